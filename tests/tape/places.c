/* SPDX-License-Identifier: MIT */
/* Where the caller was: told of every var, and in errors. */
#include "expect.h"

static mgd_tape *t;
static mgd_var *x, *y;

static void set_up(void) {
    t = mgd_tape_new();
    x = mgd_input(t, "x", 1, 1);
    y = mgd_input(t, "y", 1, 1);
}

#define expect_place(v, expected_file, expected_line)                                                                  \
    do {                                                                                                               \
        const mgd_place place = mgd_place_of(v);                                                                       \
        ck_assert_msg(place.file != NULL, "no place");                                                                 \
        ck_assert_str_eq(place.file, expected_file);                                                                   \
        ck_assert_int_eq(place.line, expected_line);                                                                   \
    } while (0)

#define expect_no_place(v) ck_assert_ptr_null(mgd_place_of(v).file)

START_TEST(a_place_holds_until_the_next) {
    set_up();
    char file[] = "model.c";
    mgd_here(t, file, 41);
    file[0] = '?'; /* it was copied */
    mgd_var *a = mgd_exp(x), *b = mgd_add(a, y);
    mgd_here(t, "other.c", 7);
    mgd_var *c = mgd_exp(b);
    mgd_here(t, NULL, 0);
    mgd_var *d = mgd_exp(c);
    mgd_here(t, "model.c", 42);
    mgd_here(t, "model.c", 43);
    mgd_var *e = mgd_exp(d);
    expect_no_place(x);
    expect_place(a, "model.c", 41);
    expect_place(b, "model.c", 41);
    expect_place(c, "other.c", 7);
    expect_no_place(d);
    expect_place(e, "model.c", 43);
    expect_no_place(NULL);
    mgd_here(NULL, "model.c", 1);
    mgd_here(t, "", 1);
    expect_no_place(mgd_exp(e));
    mgd_tape_free(t);
}
END_TEST

START_TEST(the_macro_says_this_line) {
    set_up();
    const int line = __LINE__ + 1;
    MGD_HERE(t);
    expect_place(mgd_exp(x), __FILE__, line);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_var_that_is_found_again_keeps_its_place) {
    set_up();
    mgd_here(t, "model.c", 1);
    mgd_var *a = mgd_exp(x);
    mgd_here(t, "model.c", 2);
    ck_assert_ptr_eq(mgd_exp(x), a);
    expect_place(a, "model.c", 1);
    mgd_tape_free(t);
}
END_TEST

START_TEST(errors_of_recording_say_where_the_caller_was) {
    set_up();
    mgd_var *A = mgd_input(t, "A", 3, 2);
    expect_refusal(t, mgd_matmul(A, A), "matmul: A is 3x2, A is 3x2: inner sizes 2 and 3 differ");
    mgd_here(t, "model.c", 41);
    expect_refusal(t, mgd_matmul(A, A), "matmul: A is 3x2, A is 3x2: inner sizes 2 and 3 differ, at model.c:41");
    mgd_here(t, "a/path/that/goes/on/and/on/and/says/little/until/it/ends/in/the/name/of/model.c", 41);
    expect_refusal(t, mgd_matmul(A, A),
                   "matmul: A is 3x2, A is 3x2: inner sizes 2 and 3 differ, at "
                   "...d/on/and/says/little/until/it/ends/in/the/name/of/model.c:41");
    mgd_here(t, NULL, 0);
    expect_refusal(t, mgd_matmul(A, A), "matmul: A is 3x2, A is 3x2: inner sizes 2 and 3 differ");
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_place_set_while_there_is_an_error_counts_afterwards) {
    set_up();
    mgd_here(t, "model.c", 1);
    ck_assert_ptr_null(mgd_exp(NULL));
    ck_assert_ptr_null(mgd_det(mgd_input(t, "A", 3, 2)));
    mgd_here(t, "model.c", 2);
    ck_assert_str_eq(mgd_message(t), "A is 3x2, not square: it has no determinant, inverse or solution, at model.c:1");
    mgd_clear(t);
    expect_place(mgd_exp(x), "model.c", 2);
    mgd_tape_free(t);
}
END_TEST

static char heard[512];
static void hear(void *user, const char *message) {
    (void)user;
    strcpy(heard, message);
}

START_TEST(errors_of_evaluation_say_where_the_var_was_recorded) {
    set_up();
    mgd_var *S = mgd_input(t, "S", 2, 2), *z = mgd_input(t, "z", 1, 1);
    mgd_on_error(t, hear, NULL);
    mgd_here(t, "model.c", 41);
    mgd_var *f = mgd_sum(mgd_inverse(S));
    mgd_here(t, "model.c", 50);
    ck_assert(mgd_set(S, (double[]){ 1, 1, 1, 1 }, 2, 2));
    const char *const expected = "inverse: S is singular: pivot 2 of 2 is 0, recorded at model.c:41";
    expect_undefined(t, mgd_value(f), expected);
    ck_assert_str_eq(heard, expected);
    expect_undefined(t, mgd_value(mgd_exp(z)), "z: the input has no data: set it first");
    expect_undefined(t, mgd_set(S, NULL, 2, 2), "set: S: the data is NULL"); /* not of a node's evaluation */
    mgd_var *in[] = { S }, *out[] = { f };
    mgd_program *p = mgd_compile(t, 1, in, 1, out, 0);
    mgd_tape_free(t);
    mgd_workspace *ws = mgd_workspace_new(p);
    double value;
    const mgd_array from = mgd_rows((double[]){ 1, 1, 1, 1 }, 2, 2), to = mgd_rows(&value, 1, 1);
    ck_assert(!mgd_run(p, ws, &from, &to));
    ck_assert_str_eq(mgd_workspace_message(ws), expected);
    mgd_workspace_free(ws);
    mgd_program_free(p);
}
END_TEST

START_TEST(what_a_sweep_records_is_where_its_rule_comes_from) {
    set_up();
    mgd_here(t, "model.c", 10);
    mgd_var *a = mgd_log(x);
    mgd_here(t, "model.c", 11);
    mgd_var *f = mgd_exp(mgd_hadamard(a, a));
    mgd_here(t, "model.c", 20);
    size_t mark = mgd_mark(t);
    mgd_var *g = mgd_gradient(f, x), *after = mgd_exp(g);
    expect_place(mgd_at(t, mark), "model.c", 20); /* the 1 that the sweep begins with */
    expect_place(after, "model.c", 20);
    ck_assert_ptr_null(mgd_place_of(after).rule_of);
    size_t of_log = 0, of_others = 0;
    for (size_t i = mark + 1; i < mgd_index(g); i++) {
        const mgd_place place = mgd_place_of(mgd_at(t, i));
        ck_assert(place.derivative);
        ck_assert_int_eq(place.line, place.rule_of == a ? 10 : 11);
        of_log += place.rule_of == a;
        of_others += place.rule_of != a;
    }
    ck_assert_uint_gt(of_log, 0);
    ck_assert_uint_gt(of_others, 0);
    ck_assert_ptr_eq(mgd_place_of(g).rule_of, a);
    /* of the second order: the place is that of what was recorded first of all */
    mark = mgd_mark(t);
    mgd_var *h = mgd_gradient(g, x), *forward = mgd_hessian_vector(f, x, y);
    for (size_t i = mark; i < mgd_count(t); i++) {
        const mgd_place place = mgd_place_of(mgd_at(t, i));
        if (place.rule_of) ck_assert(place.line == 10 || place.line == 11 || !mgd_operands(place.rule_of));
    }
    ck_assert(h && forward);
    mgd_tape_free(t);
}
END_TEST

START_TEST(an_error_in_a_sweep_names_the_rule) {
    set_up();
    mgd_here(t, "model.c", 10);
    mgd_operation *op = mgd_operation_new("mystery", 1); /* without a pullback */
    mgd_var *f = mgd_apply(op, 1, &x);
    mgd_here(t, "model.c", 20);
    expect_refusal(t, mgd_gradient(f, x),
                   "mystery: the operation has no pullback, in the derivative of mystery(x) at model.c:10");
    expect_place(mgd_exp(y), "model.c", 20);
    ck_assert(!mgd_place_of(mgd_exp(y)).derivative);
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

static mgd_var *labelled_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    (void)user;
    mgd_here(mgd_tape_of(c), "pullback.c", 1);
    return mgd_hadamard(dc, mgd_exp(mgd_gradient(mgd_sum(mgd_exp(mgd_operand(c, i))), mgd_operand(c, i))));
}

/* Not even a rule of a user's that differentiates, and says where it is. */
START_TEST(a_rule_cannot_take_the_place_away) {
    set_up();
    mgd_operation *op = mgd_operation_new("mine", 1);
    mgd_operation_set_pullback(op, labelled_pullback);
    mgd_here(t, "model.c", 10);
    mgd_var *f = mgd_apply(op, 1, &x);
    mgd_here(t, "model.c", 20);
    size_t mark = mgd_mark(t);
    mgd_var *g = mgd_gradient(f, x);
    for (size_t i = mark + 1; i <= mgd_index(g); i++) {
        expect_place(mgd_at(t, i), "model.c", 10);
        ck_assert_ptr_eq(mgd_place_of(mgd_at(t, i)).rule_of, f);
    }
    expect_place(mgd_exp(g), "model.c", 20);
    mgd_tape_free(t);
    mgd_operation_free(op);
}
END_TEST

START_TEST(rewinding_undoes_places) {
    set_up();
    mgd_here(t, "model.c", 1);
    mgd_var *a = mgd_exp(x);
    size_t mark = mgd_mark(t);
    mgd_here(t, "model.c", 2);
    ck_assert_ptr_nonnull(mgd_exp(a));
    mgd_here(t, "model.c", 3);
    mgd_var *f = mgd_exp(mgd_exp(mgd_exp(a)));
    ck_assert_ptr_nonnull(mgd_gradient(f, x));
    mgd_rewind(t, mgd_index(f) + 3); /* in the midst of what the sweep recorded */
    mgd_var *g = mgd_exp(f);
    expect_place(g, "model.c", 3);
    ck_assert(!mgd_place_of(g).derivative);
    mgd_rewind(t, mark);
    expect_place(a, "model.c", 1);
    expect_place(mgd_exp(a), "model.c", 2); /* which was set when the tape was as long */
    mgd_tape_reset(t);
    x = mgd_input(t, "x", 1, 1);
    expect_no_place(x);
    expect_no_place(mgd_exp(x));
    expect_refusal(t, mgd_input(t, "x", 1, 1), "input: this tape has an input named x already, 1x1");
    mgd_tape_free(t);
}
END_TEST

START_TEST(copies_carry_the_places_of_what_they_are_made_from) {
    set_up();
    mgd_here(t, "model.c", 10);
    mgd_var *a = mgd_log(x);
    mgd_here(t, "model.c", 11);
    mgd_var *f = mgd_hadamard(a, a), *g = mgd_gradient(f, x);
    mgd_tape *other = mgd_tape_new();
    mgd_here(other, "other.c", 1);
    mgd_var *b = mgd_copy(other, g), *after = mgd_exp(b);
    mgd_var *c = mgd_substitute(f, x, y);
    mgd_tape_free(t);
    (void)c;
    expect_place(after, "other.c", 1);
    ck_assert(!mgd_place_of(after).derivative);
    size_t of_derivative = 0;
    for (size_t i = 0; i < mgd_index(b); i++) {
        const mgd_place place = mgd_place_of(mgd_at(other, i));
        ck_assert_ptr_null(place.rule_of);
        if (!place.file) continue;
        ck_assert_str_eq(place.file, "model.c");
        of_derivative += place.derivative;
    }
    ck_assert_uint_gt(of_derivative, 0);
    mgd_tape_free(other);
}
END_TEST

START_TEST(rewinding_a_copy_brings_the_place_back) {
    set_up();
    mgd_here(t, "model.c", 10);
    mgd_var *f = mgd_exp(mgd_log(x));
    mgd_tape *other = mgd_tape_new();
    mgd_here(other, "old.c", 1);
    mgd_var *z = mgd_exp(mgd_input(other, "z", 1, 1));
    mgd_here(other, "other.c", 2);
    for (int i = 0; i < 3; i++) {
        size_t mark = mgd_mark(other);
        mgd_var *g = mgd_copy(other, f);
        expect_place(g, "model.c", 10);
        expect_place(mgd_negate(z), "other.c", 2);
        if (i == 1) {
            mgd_rewind(other, mgd_index(g)); /* in the midst of it */
            expect_place(mgd_negate(z), "other.c", 2);
        }
        mgd_rewind(other, mark);
        expect_place(mgd_negate(z), "other.c", 2);
        mgd_rewind(other, mark);
    }
    mgd_tape_free(other);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_substitution_carries_them_too) {
    set_up();
    mgd_here(t, "model.c", 10);
    mgd_var *f = mgd_exp(mgd_log(x));
    mgd_here(t, "model.c", 20);
    mgd_var *g = mgd_substitute(f, x, y);
    expect_place(g, "model.c", 10);
    expect_place(mgd_exp(g), "model.c", 20);
    mgd_tape_free(t);
}
END_TEST

START_TEST(a_place_for_each_of_many_vars_is_found) {
    enum { MANY = 100000 };
    set_up();
    mgd_var *v = x;
    size_t first = mgd_count(t);
    for (int i = 0; i < MANY; i++) {
        mgd_here(t, i % 3 ? "a.c" : "b.c", i);
        v = mgd_exp(mgd_negate(v));
    }
    for (size_t i = 0; i < 2 * MANY; i += 7)
        expect_place(mgd_at(t, first + i), i / 2 % 3 ? "a.c" : "b.c", (int)(i / 2));
    mgd_tape_free(t);
}
END_TEST

TESTS("places", a_place_holds_until_the_next, the_macro_says_this_line, a_var_that_is_found_again_keeps_its_place,
      errors_of_recording_say_where_the_caller_was, a_place_set_while_there_is_an_error_counts_afterwards,
      errors_of_evaluation_say_where_the_var_was_recorded, what_a_sweep_records_is_where_its_rule_comes_from,
      an_error_in_a_sweep_names_the_rule, a_rule_cannot_take_the_place_away, rewinding_undoes_places,
      copies_carry_the_places_of_what_they_are_made_from, rewinding_a_copy_brings_the_place_back,
      a_substitution_carries_them_too, a_place_for_each_of_many_vars_is_found);
