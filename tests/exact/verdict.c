/* SPDX-License-Identifier: MIT */
/* What a verdict says beside yes and no: reasons, doubts, sizes, and that it leaves the tape as it was. */
#include "exact/exact.h"

#include <math.h>
#include <stdio.h>

/* ---- numbers ---- */

static bool equal(mgd_var *x, mgd_var *y) { return mgd_equal(x, y).answer == MGD_EQUAL; }

START_TEST(literals_are_the_numbers_that_they_say) {
    world w;
    begin(&w);
    mgd_tape *t = w.tape;
    mgd_var *one = number(&w, "1"), *ten = number(&w, "10");
    ck_assert(equal(had(number(&w, "0.1"), ten), one));
    ck_assert(equal(had(mgd_number(t, 0.1), ten), one));
    ck_assert(!equal(had(number(&w, "0.1000000000000000055511151231257827"), ten), one)); /* the double beside it */
    ck_assert(equal(add(number(&w, "0.1"), number(&w, "0.2")), number(&w, "0.3")));
    ck_assert(equal(number(&w, "123456789012345678901234567890"),
                    add(mgd_scale(number(&w, "1e15"), number(&w, "123456789012345")), number(&w, "678901234567890"))));
    ck_assert(!equal(number(&w, "123456789012345678901234567890"), number(&w, "123456789012345678901234567891")));
    ck_assert(equal(had(number(&w, "1e-400"), number(&w, "1e400")), one));
    ck_assert(equal(had(number(&w, "-0.333333333333333333333333333333"), number(&w, "3")),
                    number(&w, "-0.999999999999999999999999999999")));
    ck_assert(!equal(had(number(&w, "0.333333333333333333333333333333"), number(&w, "3")), one));
    ck_assert(equal(had(fraction(&w, 1, 3), number(&w, "3")), one));
    ck_assert(equal(had(fraction(&w, INT64_MAX, 2), number(&w, "2")), fraction(&w, INT64_MAX, 1)));
    ck_assert(equal(mgd_number(t, 1e300), number(&w, "1e300")));
    ck_assert(!equal(number(&w, "1e-60"), number(&w, "0")));
    mgd_tape_free(t);
}
END_TEST

START_TEST(constant_matrices_are_their_doubles_exactly) {
    mgd_tape *t = mgd_tape_new();
    static const double x[] = { 0.1, -3, 0x1p-1074, 1e300, 0, -0.0 };
    mgd_var *K = mgd_constant(t, mgd_rows(x, 2, 3)), *again = mgd_constant(t, mgd_rows(x, 2, 3));
    mgd_var *first = mgd_block(K, 0, 0, 1, 1), *third = mgd_block(K, 0, 2, 1, 1);
    ck_assert(equal(K, again));
    ck_assert(!equal(first, mgd_literal(t, "0.1")));
    ck_assert(equal(first, mgd_literal(t, "0.1000000000000000055511151231257827021181583404541015625")));
    ck_assert(!equal(third, mgd_literal(t, "0")));
    ck_assert(equal(mgd_matmul(third, mgd_power(mgd_literal(t, "2"), 1074)), mgd_literal(t, "1")));
    ck_assert(equal(mgd_block(K, 1, 1, 1, 2), mgd_zeros(t, 1, 2)));

    static const double y[] = { 1, NAN };
    mgd_var *bad = mgd_constant(t, mgd_rows(y, 2, 1));
    assert_undecided(mgd_equal(mgd_exp(bad), bad), "a constant is not finite");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_constant_may_hold_infinities_where_it_is_not_looked_at) {
    mgd_tape *t = mgd_tape_new();
    static const double y[] = { 1, INFINITY };
    mgd_var *bad = mgd_constant(t, mgd_rows(y, 2, 1));
    ck_assert(equal(bad, bad)); /* one node */
    mgd_tape_free(t);
}
END_TEST

START_TEST(numbers_that_the_first_prime_divides_are_not_zero) {
    world w;
    begin(&w);
    mgd_var *p = fraction(&w, 0x18000774415b38ff, 1), *inverse = fraction(&w, 1, 0x18000774415b38ff);
    ck_assert_int_ne(mgd_equal(p, number(&w, "0")).answer, MGD_EQUAL);
    ck_assert_int_ne(mgd_equal(had(p, inverse), number(&w, "1")).answer, MGD_DIFFERENT);
    ck_assert_int_ne(mgd_equal(mgd_scale(p, w.X), mgd_zeros_sized(w.tape, w.m, w.n)).answer, MGD_EQUAL);
    mgd_tape_free(w.tape);
}
END_TEST

/* ---- sizes ---- */

START_TEST(sizes_that_are_numbers_are_taken_as_they_are) {
    for (int n = 1; n <= 4; n++) { /* det A = (tr(A)^2 - tr(A^2))/2 for 2x2 alone */
        mgd_tape *t = mgd_tape_new();
        mgd_var *A = mgd_input(t, "A", n, n);
        mgd_var *right = mgd_scale(mgd_rational(t, 1, 2), sub(square(tr(A)), tr(mul(A, A))));
        ck_assert_int_eq(equal(mgd_det(A), right), n == 2);
        ck_assert_int_eq(equal(mul(A, A), had(A, A)), n == 1);
        mgd_tape_free(t);
    }
}
END_TEST

START_TEST(what_holds_for_small_sizes_alone_is_refused_for_named_ones) {
    world w;
    begin(&w);
    mgd_var *A = w.A, *A2 = mul(A, A), *A3 = mul(A2, A), *half = fraction(&w, 1, 2), *sixth = fraction(&w, 1, 6);
    mgd_var *to_two = mgd_scale(half, sub(square(tr(A)), tr(A2)));
    mgd_var *to_three = add(sub(had(square(tr(A)), tr(A)), mgd_scale(number(&w, "3"), had(tr(A), tr(A2)))),
                            mgd_scale(number(&w, "2"), tr(A3)));
    ck_assert_int_eq(mgd_equal(mgd_det(A), to_two).answer, MGD_DIFFERENT);
    ck_assert_int_eq(mgd_equal(mgd_det(A), mgd_scale(sixth, to_three)).answer, MGD_DIFFERENT);
    ck_assert_int_eq(mgd_equal(mgd_size_as_var(w.n), number(&w, "3")).answer, MGD_DIFFERENT);
    ck_assert_int_eq(mgd_equal(mgd_size_as_var(w.n), mgd_size_as_var(w.m)).answer, MGD_DIFFERENT);
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(sizes_are_drawn_so_that_they_fit) {
    world w;
    begin(&w);
    mgd_tape *t = w.tape;
    const mgd_size *three = mgd_size_number(t, 3), *less = mgd_size_subtract(w.m, three);
    const mgd_size *least = mgd_size_min(w.m, w.n), *half = mgd_size_divide(w.m, 2), *gap = mgd_size_subtract(w.n, w.m);
    mgd_var *P = mgd_input_sized(t, "P", less, w.n), *Q = mgd_input_sized(t, "Q", least, w.m);
    mgd_var *R = mgd_input_sized(t, "R", half, half), *S = mgd_input_sized(t, "S", gap, gap);
    ck_assert(equal(T(mul(P, T(w.X))), mul(w.X, T(P))));
    ck_assert(equal(tr(mul(Q, T(Q))), inner(Q, Q)));
    ck_assert(!equal(mul(R, R), had(R, R)));
    ck_assert(equal(inv(mul(R, R)), mul(inv(R), inv(R))));
    ck_assert(!equal(mul(S, S), had(S, S)));
    ck_assert(equal(tr(S), tr(T(S))));
    mgd_tape_free(t);
}
END_TEST

START_TEST(sizes_that_cannot_fit_are_undecided) {
    world w;
    begin(&w);
    mgd_tape *t = w.tape;
    const mgd_size *never = mgd_size_subtract(w.m, mgd_size_number(t, 100));
    mgd_var *P = mgd_input_sized(t, "P", never, w.n);
    assert_undecided(mgd_equal(mgd_scale(number(&w, "2"), P), add(P, P)), "no small sizes fit the expression");
    mgd_tape_free(t);
}
END_TEST

START_TEST(too_large_sizes_are_undecided) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 65, 64), *B = mgd_input(t, "B", 64, 64);
    assert_undecided(mgd_equal(mgd_scale(mgd_literal(t, "2"), A), add(A, A)),
                     "the sizes are too large for exact arithmetic: name them");
    ck_assert(equal(mgd_scale(mgd_literal(t, "2"), B), add(B, B)));
    mgd_tape_free(t);
}
END_TEST

START_TEST(different_sizes_differ_and_are_named) {
    world w;
    begin(&w);
    mgd_verdict v = mgd_equal(w.X, T(w.X));
    ck_assert_int_eq(v.answer, MGD_DIFFERENT);
    ck_assert_str_eq(v.reason, "the sizes differ: mxn and nxm");
    v = mgd_is_gradient(mgd_sum(w.X), w.X, T(w.X));
    ck_assert_int_eq(v.answer, MGD_DIFFERENT);
    ck_assert_str_eq(v.reason, "the gradient by a mxn variable is mxn, not nxm");
    mgd_tape_free(w.tape);
}
END_TEST

/* ---- what cannot be decided ---- */

START_TEST(wrong_arguments_are_undecided) {
    world w;
    begin(&w);
    mgd_tape *other = mgd_tape_new();
    mgd_var *x = mgd_input(other, "s", 1, 1);
    assert_undecided(mgd_equal(NULL, w.s), "a var is NULL");
    assert_undecided(mgd_equal(w.s, NULL), "a var is NULL");
    assert_undecided(mgd_is_gradient(NULL, w.s, w.s), "a var is NULL");
    assert_undecided(mgd_is_gradient(w.s, NULL, w.s), "a var is NULL");
    assert_undecided(mgd_is_gradient(w.s, w.s, NULL), "a var is NULL");
    assert_undecided(mgd_equal(w.s, x), "the vars are of different tapes");
    assert_undecided(mgd_is_gradient(w.s, x, w.s), "the vars are of different tapes");
    assert_undecided(mgd_is_gradient(w.s, w.s, x), "the vars are of different tapes");
    assert_undecided(mgd_is_gradient(w.X, w.X, w.X), "the function is not 1x1");
    mgd_tape_free(other);
    mgd_tape_free(w.tape);
}
END_TEST

static bool squared(void *user, const mgd_array *in, mgd_array *out, char *why, size_t n) {
    (void)user, (void)why, (void)n;
    *(double *)out->data = *(const double *)in->data * *(const double *)in->data;
    return true;
}

START_TEST(an_operation_without_a_definition_is_named) {
    world w;
    begin(&w);
    mgd_operation *op = mgd_operation_new("my_square", 1);
    mgd_operation_set_value(op, squared);
    mgd_var *mine = mgd_apply(op, 1, &w.s), *B = add(w.B, w.C);
    assert_undecided(mgd_equal(mine, square(w.s)), "my_square has no definition in exact arithmetic");
    assert_undecided(mgd_equal(mgd_sum(mgd_eigenvalues(B)), tr(B)), "eigen has no definition in exact arithmetic");
    assert_undecided(mgd_equal(mgd_sum(mgd_singular_values(add(w.X, w.Y))), mgd_sum(w.X)),
                     "svd has no definition in exact arithmetic");
    mgd_tape_free(w.tape);
    mgd_operation_free(op);
}
END_TEST

START_TEST(drawn_eigenvalues_and_singular_values_obey_their_equations) {
    world w;
    begin(&w);
    mgd_var *l = mgd_eigenvalues(w.A), *V = mgd_eigenvectors(w.A);
    ck_assert(equal(mul(V, mul(mgd_from_diag(l), T(V))), mgd_scale(fraction(&w, 1, 2), add(w.A, T(w.A)))));
    ck_assert(equal(mgd_sum(l), tr(w.A)));
    ck_assert(!equal(mul(V, V), w.I));
    ck_assert(equal(mul(T(V), V), w.I));
    assert_undecided(mgd_is_gradient(mgd_sum(l), w.A, w.I), "eigen has no definition in exact arithmetic");
    mgd_var *s = mgd_singular_values(w.X), *U = mgd_svd_left(w.X), *W = mgd_svd_right(w.X);
    ck_assert(equal(mul3(U, mgd_from_diag(s), T(W)), w.X));
    ck_assert(equal(inner(s, s), inner(w.X, w.X)));
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(exp_that_is_nested_too_deep_is_undecided) {
    world w;
    begin(&w);
    mgd_var *x = w.s;
    for (int depth = 0; depth < 6; depth++) x = exp_(x);
    ck_assert(equal(add(x, x), mgd_scale(number(&w, "2"), x)));
    x = exp_(x);
    assert_undecided(mgd_equal(add(x, x), mgd_scale(number(&w, "2"), x)),
                     "exp is nested deeper than the tower of primes");
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(what_is_nowhere_defined_is_undecided) {
    world w;
    begin(&w);
    mgd_var *x = inv(sub(w.A, w.A));
    assert_undecided(mgd_equal(x, add(x, x)), "a matrix is singular");
    mgd_var *y = log_(sub(w.s, w.s)), *z = log_(neg(exp_(w.s)));
    assert_undecided(mgd_equal(y, add(y, y)), "the logarithm of zero");
    assert_undecided(mgd_equal(z, add(z, z)), "different residues, but no different real numbers were found");
    mgd_tape_free(w.tape);
}
END_TEST

/* Laws of order that residues do not have: they must not be called false. */
START_TEST(what_only_the_real_numbers_know_is_not_refuted) {
    world w;
    begin(&w);
    mgd_var *x = w.s, *y = w.t, *sum = add(square(x), square(y)), *one = number(&w, "1");
    mgd_var *true_pairs[][2] = {
        { abs_(sum), sum },
        { mgd_sign(add(exp_(x), exp_(y))), one },
        { abs_(mgd_sigmoid(x)), mgd_sigmoid(x) },
        { exp_(sqrt_(square(x))), exp_(abs_(x)) },
        { mgd_sigmoid(sqrt_(square(x))), mgd_sigmoid(abs_(x)) },
        { square(log_(mgd_det(mul(w.A, T(w.A))))), square(mgd_scale(number(&w, "2"), mgd_logdet(w.A))) },
        { exp_(had(log_(exp_(x)), add(log_(sum), one))), had(exp_(had(x, log_(sum))), exp_(x)) },
    };
    for (size_t i = 0; i < sizeof true_pairs / sizeof true_pairs[0]; i++) {
        char name[64];
        snprintf(name, sizeof name, "pair %d", (int)i);
        mgd_verdict v = mgd_equal(true_pairs[i][0], true_pairs[i][1]);
        ck_assert_msg(v.answer != MGD_DIFFERENT, "%s: %s", name, v.reason);
    }
    mgd_tape_free(w.tape);
}
END_TEST

/* ---- how sure ---- */

START_TEST(rational_claims_leave_little_doubt) {
    world w;
    begin(&w);
    mgd_verdict v = mgd_equal(inv(mul(w.A, w.B)), mul(inv(w.B), inv(w.A)));
    ck_assert_int_eq(v.answer, MGD_EQUAL);
    ck_assert_int_eq(v.points, 6);
    ck_assert(0 < v.doubt && v.doubt < 1e-50);
    ck_assert_str_eq(v.reason, "");
    v = mgd_is_gradient(mgd_logdet(mul(w.A, w.B)), w.A, T(inv(w.A)));
    ck_assert_int_eq(v.answer, MGD_EQUAL);
    ck_assert(0 < v.doubt && v.doubt < 1e-50);
    v = mgd_equal(w.A, w.B);
    ck_assert(v.doubt == 1 && v.points == 1);
    v = mgd_equal(w.A, w.A);
    ck_assert(v.answer == MGD_EQUAL && v.doubt == 0);
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(arguments_of_sine_count_modulo_a_smaller_prime) {
    world w;
    begin(&w);
    mgd_verdict rational = mgd_equal(add(w.s, w.s), mgd_scale(number(&w, "2"), w.s));
    mgd_var *x = mgd_sin(w.s);
    mgd_verdict circular = mgd_equal(add(x, x), mgd_scale(number(&w, "2"), x));
    ck_assert(circular.answer == MGD_EQUAL && rational.doubt < circular.doubt && circular.doubt < 1e-40);
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(a_power_of_high_degree_leaves_more_doubt) {
    world w;
    begin(&w);
    mgd_var *low = mgd_power(w.s, 2), *high = mgd_power(w.s, 1000000000000);
    mgd_verdict of_low = mgd_equal(add(low, low), mgd_scale(number(&w, "2"), low));
    mgd_verdict of_high = mgd_equal(add(high, high), mgd_scale(number(&w, "2"), high));
    ck_assert(of_low.answer == MGD_EQUAL && of_high.answer == MGD_EQUAL);
    ck_assert(of_low.doubt < of_high.doubt && of_high.doubt < 1e-30);
    mgd_var *towering = mgd_power(mgd_power(w.s, 0x1p40), 0x1p40);
    ck_assert(mgd_equal(add(towering, towering), mgd_scale(number(&w, "2"), towering)).doubt == 1);
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(the_same_question_has_the_same_answer) {
    world w;
    begin(&w);
    mgd_var *l = mgd_softmax_rows(mul(w.X, w.Z)), *r = add(l, mgd_scale(number(&w, "1e-9"), l));
    for (int i = 0; i < 2; i++) {
        mgd_verdict u = i ? mgd_equal(l, r) : mgd_equal(mul(w.A, inv(w.A)), w.I);
        mgd_verdict v = i ? mgd_equal(l, r) : mgd_equal(mul(w.A, inv(w.A)), w.I);
        ck_assert_int_eq(u.answer, v.answer);
        ck_assert_int_eq(u.points, v.points);
        ck_assert(u.doubt == v.doubt);
        ck_assert_str_eq(u.reason, v.reason);
    }
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(a_difference_names_its_first_entry) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *X = mgd_input(t, "X", 2, 3);
    static const double d[] = { 0, 0, 0, 0, 1, 1 };
    mgd_verdict v = mgd_equal(X, add(X, mgd_constant(t, mgd_rows(d, 2, 3))));
    ck_assert_int_eq(v.answer, MGD_DIFFERENT);
    ck_assert_str_eq(v.reason, "entry (2,2) differs at sizes 2x3");
    mgd_tape_free(t);
}
END_TEST

/* ---- the user's tape ---- */

START_TEST(the_tape_is_left_as_it_was) {
    world w;
    begin(&w);
    static const double x[] = { 1, 2, 3, 4, 5, 6 }, a[] = { 1, -1 };
    mgd_var *u = mul(w.X, w.a), *f = inner(u, u), *g = mgd_gradient(f, w.X);
    ck_assert(mgd_set(w.X, x, 3, 2) && mgd_set(w.a, a, 2, 1));
    const double *value = mgd_value(g), before = value ? value[0] : 0;
    ck_assert_ptr_nonnull(value);
    size_t count = mgd_count(w.tape);
    ck_assert_int_eq(mgd_is_gradient(f, w.X, g).answer, MGD_EQUAL);
    ck_assert_int_eq(mgd_is_gradient(f, u, mgd_gradient(f, w.X)).answer, MGD_DIFFERENT);
    ck_assert_int_eq(mgd_equal(mgd_eigenvalues(w.A), w.a).answer, MGD_DIFFERENT);
    ck_assert(mgd_count(w.tape) >= count);
    count = mgd_count(w.tape);
    mgd_verdict v = mgd_equal(u, w.c);
    ck_assert_int_eq(v.answer, MGD_DIFFERENT);
    ck_assert_uint_eq(mgd_count(w.tape), count);
    ck_assert_int_eq(mgd_size_value(w.m), 3);
    ck_assert_int_eq(mgd_size_value(w.n), 2);
    ck_assert_int_eq(mgd_size_value(w.k), 0);
    ck_assert_str_eq(mgd_message(w.tape), "");
    ck_assert(!mgd_failed(w.tape));
    ck_assert_ptr_eq(mgd_value(g), value);
    ck_assert(value[0] == before);
    ck_assert_ptr_null(mgd_value(w.c));
    ck_assert_str_ne(mgd_message(w.tape), ""); /* c has no data: it got none */
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(an_error_of_evaluation_stays_to_be_read) {
    world w;
    begin(&w);
    ck_assert_ptr_null(mgd_value(w.s));
    char message[256];
    snprintf(message, sizeof message, "%s", mgd_message(w.tape));
    ck_assert_str_ne(message, "");
    ck_assert_int_eq(mgd_equal(w.s, w.t).answer, MGD_DIFFERENT);
    ck_assert_str_eq(mgd_message(w.tape), message);
    mgd_tape_free(w.tape);
}
END_TEST

START_TEST(data_and_bindings_do_not_decide) { /* X = 1 at 1x1 is set, and yet X.*X is not X */
    world w;
    begin(&w);
    static const double one[] = { 1 };
    ck_assert(mgd_set(w.X, one, 1, 1));
    ck_assert_int_eq(mgd_equal(square(w.X), w.X).answer, MGD_DIFFERENT);
    ck_assert_int_eq(mgd_equal(mul(w.A, w.B), mul(w.B, w.A)).answer, MGD_DIFFERENT);
    mgd_tape_free(w.tape);
}
END_TEST

TESTS("verdict", literals_are_the_numbers_that_they_say, constant_matrices_are_their_doubles_exactly,
      a_constant_may_hold_infinities_where_it_is_not_looked_at, numbers_that_the_first_prime_divides_are_not_zero,
      sizes_that_are_numbers_are_taken_as_they_are, what_holds_for_small_sizes_alone_is_refused_for_named_ones,
      sizes_are_drawn_so_that_they_fit, sizes_that_cannot_fit_are_undecided, too_large_sizes_are_undecided,
      different_sizes_differ_and_are_named, wrong_arguments_are_undecided, an_operation_without_a_definition_is_named,
      drawn_eigenvalues_and_singular_values_obey_their_equations, exp_that_is_nested_too_deep_is_undecided,
      what_is_nowhere_defined_is_undecided, what_only_the_real_numbers_know_is_not_refuted,
      rational_claims_leave_little_doubt, arguments_of_sine_count_modulo_a_smaller_prime,
      a_power_of_high_degree_leaves_more_doubt, the_same_question_has_the_same_answer,
      a_difference_names_its_first_entry, the_tape_is_left_as_it_was, an_error_of_evaluation_stays_to_be_read,
      data_and_bindings_do_not_decide);
