/* SPDX-License-Identifier: MIT */
/* Residues are a field with functions whose laws hold exactly, at every point where they are defined; and what is no
 * law fails at every point. */
#include "numbers/numbers.h"

enum { POINTS = 20 };

/* What laws are told about: any numbers a, b, c and positive ones p, q, r. */
typedef struct {
    const mgd_numbers *S;
    mgd_element a, b, c, p, q, r, zero, one, two;
} point;

typedef mgd_element law(const point *x); /* what must vanish */

static mgd_element add(const point *x, mgd_element u, mgd_element v) { return plus(x->S, u, v); }
static mgd_element sub(const point *x, mgd_element u, mgd_element v) { return minus(x->S, u, v); }
static mgd_element mul(const point *x, mgd_element u, mgd_element v) { return times(x->S, u, v); }
static mgd_element quotient(const point *x, mgd_element u, mgd_element v) { return over(x->S, u, v); }
static mgd_element negative(const point *x, mgd_element u) { return minus(x->S, x->zero, u); }
static mgd_element exponential(const point *x, mgd_element u) { return x->S->exp(x->S, u); }
static mgd_element logarithm(const point *x, mgd_element u) { return x->S->log(x->S, u); }
static mgd_element power(const point *x, mgd_element u, int64_t n, int64_t d) { return x->S->power(x->S, u, n, d); }
static mgd_element root(const point *x, mgd_element u) { return power(x, u, 1, 2); }
static mgd_element sign(const point *x, mgd_element u) { return x->S->sign(x->S, u); }
static mgd_element absolute(const point *x, mgd_element u) { return mul(x, u, sign(x, u)); }
static mgd_element sigmoid(const point *x, mgd_element u) {
    return quotient(x, x->one, add(x, x->one, exponential(x, negative(x, u))));
}

static void begin_point(point *x, const mgd_numbers *S) {
    *x = (point){ S,
                  S->draw(S, 1, false),
                  S->draw(S, 2, false),
                  S->draw(S, 3, false),
                  S->draw(S, 4, true),
                  S->draw(S, 5, true),
                  S->draw(S, 6, true),
                  whole(S, 0),
                  whole(S, 1),
                  whole(S, 2) };
}

/* ---- a field ---- */

static mgd_element sums_commute(const point *x) { return sub(x, add(x, x->a, x->b), add(x, x->b, x->a)); }
static mgd_element products_commute(const point *x) { return sub(x, mul(x, x->a, x->b), mul(x, x->b, x->a)); }
static mgd_element sums_associate(const point *x) {
    return sub(x, add(x, add(x, x->a, x->b), x->c), add(x, x->a, add(x, x->b, x->c)));
}
static mgd_element products_associate(const point *x) {
    return sub(x, mul(x, mul(x, x->a, x->b), x->c), mul(x, x->a, mul(x, x->b, x->c)));
}
static mgd_element products_distribute(const point *x) {
    return sub(x, mul(x, x->a, add(x, x->b, x->c)), add(x, mul(x, x->a, x->b), mul(x, x->a, x->c)));
}
static mgd_element zero_is_neutral(const point *x) { return sub(x, add(x, x->a, x->zero), x->a); }
static mgd_element one_is_neutral(const point *x) { return sub(x, mul(x, x->a, x->one), x->a); }
static mgd_element a_less_a_is_zero(const point *x) { return sub(x, x->a, x->a); }
static mgd_element a_and_its_opposite_are_zero(const point *x) { return add(x, x->a, negative(x, x->a)); }
static mgd_element a_over_a_is_one(const point *x) { return sub(x, quotient(x, x->a, x->a), x->one); }
static mgd_element quotients_undo_products(const point *x) {
    return sub(x, quotient(x, mul(x, x->a, x->b), x->b), x->a);
}
static mgd_element quotients_add(const point *x) { /* a/b + c/p = (a p + c b)/(b p) */
    mgd_element sum = add(x, quotient(x, x->a, x->b), quotient(x, x->c, x->p));
    mgd_element whole_sum = add(x, mul(x, x->a, x->p), mul(x, x->c, x->b));
    return sub(x, sum, quotient(x, whole_sum, mul(x, x->b, x->p)));
}

/* ---- exp ---- */

static mgd_element exp_of_a_sum(const point *x) {
    return sub(x, exponential(x, add(x, x->a, x->b)), mul(x, exponential(x, x->a), exponential(x, x->b)));
}
static mgd_element exp_of_a_difference(const point *x) {
    return sub(x, exponential(x, sub(x, x->a, x->b)), quotient(x, exponential(x, x->a), exponential(x, x->b)));
}
static mgd_element exp_of_zero(const point *x) { return sub(x, exponential(x, x->zero), x->one); }
static mgd_element exp_of_three_a(const point *x) {
    return sub(x, exponential(x, mul(x, whole(x->S, 3), x->a)), power(x, exponential(x, x->a), 3, 1));
}
static mgd_element exp_of_half_a(const point *x) {
    return sub(x, exponential(x, quotient(x, x->a, x->two)), root(x, exponential(x, x->a)));
}
static mgd_element exp_of_a_third_of_a(const point *x) {
    return sub(x, exponential(x, quotient(x, x->a, whole(x->S, 3))), power(x, exponential(x, x->a), 1, 3));
}
static mgd_element exp_is_positive(const point *x) { return sub(x, sign(x, exponential(x, x->a)), x->one); }
static mgd_element exp_nests(const point *x) { /* exp(exp(a) + exp(b)) */
    mgd_element u = exponential(x, x->a), v = exponential(x, x->b);
    return sub(x, exponential(x, add(x, u, v)), mul(x, exponential(x, u), exponential(x, v)));
}

/* ---- log ---- */

static mgd_element exp_undoes_log(const point *x) { return sub(x, exponential(x, logarithm(x, x->p)), x->p); }
static mgd_element log_undoes_exp(const point *x) { return sub(x, logarithm(x, exponential(x, x->a)), x->a); }
static mgd_element log_of_one(const point *x) { return logarithm(x, x->one); }
static mgd_element log_of_a_product(const point *x) {
    return sub(x, logarithm(x, mul(x, x->p, x->q)), add(x, logarithm(x, x->p), logarithm(x, x->q)));
}
static mgd_element log_of_a_quotient(const point *x) {
    return sub(x, logarithm(x, quotient(x, x->p, x->q)), sub(x, logarithm(x, x->p), logarithm(x, x->q)));
}
static mgd_element log_of_a_reciprocal(const point *x) {
    return add(x, logarithm(x, quotient(x, x->one, x->p)), logarithm(x, x->p));
}
static mgd_element log_of_a_square(const point *x) {
    return sub(x, logarithm(x, mul(x, x->p, x->p)), mul(x, x->two, logarithm(x, x->p)));
}
static mgd_element log_of_a_power(const point *x) {
    return sub(x, logarithm(x, power(x, x->p, 5, 1)), mul(x, whole(x->S, 5), logarithm(x, x->p)));
}
static mgd_element log_of_a_root(const point *x) {
    return sub(x, logarithm(x, root(x, x->p)), quotient(x, logarithm(x, x->p), x->two));
}
static mgd_element log_of_p_exp_a(const point *x) {
    return sub(x, logarithm(x, mul(x, x->p, exponential(x, x->a))), add(x, logarithm(x, x->p), x->a));
}
static mgd_element exp_of_b_log_p_is_a_power(const point *x) { /* p^2 */
    return sub(x, exponential(x, mul(x, x->two, logarithm(x, x->p))), mul(x, x->p, x->p));
}
static mgd_element exp_of_log_p_halved(const point *x) {
    return sub(x, exponential(x, quotient(x, logarithm(x, x->p), x->two)), root(x, x->p));
}
static mgd_element powers_of_one_base_multiply(const point *x) { /* p^a p^b = p^(a+b) */
    mgd_element l = logarithm(x, x->p);
    mgd_element left = mul(x, exponential(x, mul(x, x->a, l)), exponential(x, mul(x, x->b, l)));
    return sub(x, left, exponential(x, mul(x, add(x, x->a, x->b), l)));
}
static mgd_element powers_of_powers_multiply(const point *x) { /* (p^a)^b = p^(a b) */
    mgd_element l = logarithm(x, x->p), u = exponential(x, mul(x, x->a, l));
    mgd_element left = exponential(x, mul(x, x->b, logarithm(x, u)));
    return sub(x, left, exponential(x, mul(x, mul(x, x->a, x->b), l)));
}
static mgd_element powers_of_two_bases_multiply(const point *x) { /* (p q)^a = p^a q^a */
    mgd_element left = exponential(x, mul(x, x->a, logarithm(x, mul(x, x->p, x->q))));
    mgd_element right =
        mul(x, exponential(x, mul(x, x->a, logarithm(x, x->p))), exponential(x, mul(x, x->a, logarithm(x, x->q))));
    return sub(x, left, right);
}

/* ---- what is made of them ---- */

static mgd_element sum_of_exponentials(const point *x) {
    return add(x, exponential(x, x->a), add(x, exponential(x, x->b), exponential(x, x->c)));
}
static mgd_element softmax_by_logsumexp(const point *x) { /* exp(a - log sum e^b) = e^a/sum e^b */
    mgd_element total = sum_of_exponentials(x);
    return sub(x, exponential(x, sub(x, x->a, logarithm(x, total))), quotient(x, exponential(x, x->a), total));
}
static mgd_element logsumexp_shifts(const point *x) { /* log sum e^(b - a) = log(sum e^b) - a */
    mgd_element b = exponential(x, sub(x, x->b, x->a)), c = exponential(x, sub(x, x->c, x->a));
    mgd_element shifted = logarithm(x, add(x, x->one, add(x, b, c)));
    return sub(x, shifted, sub(x, logarithm(x, sum_of_exponentials(x)), x->a));
}
static mgd_element log_sigmoid_is_softplus(const point *x) { /* -log sigmoid(a) = log(1 + e^-a) */
    mgd_element softplus = logarithm(x, add(x, x->one, exponential(x, negative(x, x->a))));
    return add(x, logarithm(x, sigmoid(x, x->a)), softplus);
}
static mgd_element sigmoids_of_opposites_sum_to_one(const point *x) {
    return sub(x, add(x, sigmoid(x, x->a), sigmoid(x, negative(x, x->a))), x->one);
}
static mgd_element sigmoid_is_a_ratio(const point *x) {
    mgd_element e = exponential(x, x->a);
    return sub(x, sigmoid(x, x->a), quotient(x, e, add(x, x->one, e)));
}
static mgd_element softplus_splits(const point *x) { /* log(1 + e^a) - log(1 + e^-a) = a */
    mgd_element up = logarithm(x, add(x, x->one, exponential(x, x->a)));
    mgd_element down = logarithm(x, add(x, x->one, exponential(x, negative(x, x->a))));
    return sub(x, sub(x, up, down), x->a);
}

/* ---- roots and signs ---- */

static mgd_element root_of_a_square(const point *x) { return sub(x, root(x, mul(x, x->a, x->a)), absolute(x, x->a)); }
static mgd_element square_of_a_root(const point *x) {
    mgd_element r = root(x, x->p);
    return sub(x, mul(x, r, r), x->p);
}
static mgd_element roots_multiply(const point *x) {
    return sub(x, root(x, mul(x, x->p, x->q)), mul(x, root(x, x->p), root(x, x->q)));
}
static mgd_element roots_divide(const point *x) {
    return sub(x, root(x, quotient(x, x->p, x->q)), quotient(x, root(x, x->p), root(x, x->q)));
}
static mgd_element root_of_exp(const point *x) {
    return sub(x, root(x, exponential(x, x->a)), exponential(x, quotient(x, x->a, x->two)));
}
static mgd_element fourth_root(const point *x) { return sub(x, root(x, root(x, x->p)), power(x, x->p, 1, 4)); }
static mgd_element cube_of_a_cube_root(const point *x) { return sub(x, power(x, power(x, x->p, 1, 3), 3, 1), x->p); }
static mgd_element cube_root_of_a_cube(const point *x) { return sub(x, power(x, power(x, x->a, 3, 1), 1, 3), x->a); }
static mgd_element cube_roots_are_odd(const point *x) {
    return add(x, power(x, negative(x, x->a), 1, 3), power(x, x->a, 1, 3));
}
static mgd_element powers_of_fractions_add(const point *x) { /* p^(2/3) p^(-1/6) = p^(1/2) */
    return sub(x, mul(x, power(x, x->p, 2, 3), power(x, x->p, -1, 6)), root(x, x->p));
}
static mgd_element negative_powers_divide(const point *x) {
    return sub(x, power(x, x->a, -3, 1), quotient(x, x->one, mul(x, x->a, mul(x, x->a, x->a))));
}
static mgd_element sign_is_odd(const point *x) { return add(x, sign(x, negative(x, x->a)), sign(x, x->a)); }
static mgd_element sign_is_multiplicative(const point *x) {
    return sub(x, sign(x, mul(x, x->a, x->b)), mul(x, sign(x, x->a), sign(x, x->b)));
}
static mgd_element sign_of_a_quotient(const point *x) {
    return sub(x, sign(x, quotient(x, x->a, x->b)), mul(x, sign(x, x->a), sign(x, x->b)));
}
static mgd_element sign_of_a_positive(const point *x) { return sub(x, sign(x, x->p), x->one); }
static mgd_element sign_of_a_root(const point *x) { return sub(x, sign(x, root(x, x->p)), x->one); }
static mgd_element sign_of_one(const point *x) { return sub(x, sign(x, x->one), x->one); }
static mgd_element sign_of_minus_one(const point *x) { return add(x, sign(x, negative(x, x->one)), x->one); }
static mgd_element sign_of_zero(const point *x) { return sign(x, x->zero); }
static mgd_element sign_is_its_own_sign(const point *x) { return sub(x, sign(x, sign(x, x->a)), sign(x, x->a)); }
static mgd_element absolute_values_multiply(const point *x) {
    return sub(x, absolute(x, mul(x, x->a, x->b)), mul(x, absolute(x, x->a), absolute(x, x->b)));
}
static mgd_element log_of_a_square_is_of_the_absolute_value(const point *x) { /* log(a^2) = 2 log|a| */
    return sub(x, logarithm(x, mul(x, x->a, x->a)), mul(x, x->two, logarithm(x, absolute(x, x->a))));
}
static mgd_element root_of_the_fourth_power(const point *x) {
    return sub(x, root(x, power(x, x->a, 4, 1)), mul(x, x->a, x->a));
}

/* ---- logarithms of magnitudes ---- */

static mgd_element exp_undoes_log_of_any_sign(const point *x) {
    return sub(x, exponential(x, logarithm(x, x->a)), x->a);
}
static mgd_element log_of_any_product(const point *x) {
    return sub(x, logarithm(x, mul(x, x->a, x->b)), add(x, logarithm(x, x->a), logarithm(x, x->b)));
}
static mgd_element log_is_even(const point *x) { return sub(x, logarithm(x, negative(x, x->a)), logarithm(x, x->a)); }
static mgd_element cube_by_logarithm(const point *x) {
    return sub(x, exponential(x, mul(x, whole(x->S, 3), logarithm(x, x->a))), power(x, x->a, 3, 1));
}
static mgd_element reciprocal_by_logarithm(const point *x) {
    return sub(x, exponential(x, negative(x, logarithm(x, x->a))), quotient(x, x->one, x->a));
}

/* ---- the circle, and odd functions ---- */

static mgd_element function(const point *x, mgd_function f, mgd_element u) { return x->S->function(x->S, f, 0, u); }
static mgd_element sine(const point *x, mgd_element u) { return function(x, MGD_SINE, u); }
static mgd_element cosine(const point *x, mgd_element u) { return function(x, MGD_COSINE, u); }

static mgd_element squares_of_sine_and_cosine(const point *x) {
    mgd_element u = sine(x, x->a), v = cosine(x, x->a);
    return sub(x, add(x, mul(x, u, u), mul(x, v, v)), x->one);
}
static mgd_element squares_of_nested_sine_and_cosine(const point *x) {
    mgd_element e = exponential(x, sine(x, x->a)), u = sine(x, e), v = cosine(x, e);
    return sub(x, add(x, mul(x, u, u), mul(x, v, v)), x->one);
}
static mgd_element sine_of_a_sum(const point *x) {
    mgd_element right = add(x, mul(x, sine(x, x->a), cosine(x, x->b)), mul(x, cosine(x, x->a), sine(x, x->b)));
    return sub(x, sine(x, add(x, x->a, x->b)), right);
}
static mgd_element cosine_of_a_difference(const point *x) {
    mgd_element right = add(x, mul(x, cosine(x, x->a), cosine(x, x->b)), mul(x, sine(x, x->a), sine(x, x->b)));
    return sub(x, cosine(x, sub(x, x->a, x->b)), right);
}
static mgd_element cosine_of_half_a(const point *x) { /* 2 cos(a/2)^2 = 1 + cos(a) */
    mgd_element u = cosine(x, quotient(x, x->a, x->two));
    return sub(x, mul(x, x->two, mul(x, u, u)), add(x, x->one, cosine(x, x->a)));
}
static mgd_element sine_of_zero(const point *x) { return sine(x, x->zero); }
static mgd_element cosine_of_zero(const point *x) { return sub(x, cosine(x, x->zero), x->one); }
static mgd_element sine_of_exp_is_odd(const point *x) {
    mgd_element e = exponential(x, x->a);
    return add(x, sine(x, negative(x, e)), sine(x, e));
}
static mgd_element cosine_of_exp_is_even(const point *x) {
    mgd_element e = exponential(x, x->a);
    return sub(x, cosine(x, negative(x, e)), cosine(x, e));
}
static mgd_element arctangent_is_odd(const point *x) {
    return add(x, function(x, MGD_ARCTANGENT, negative(x, x->a)), function(x, MGD_ARCTANGENT, x->a));
}
static mgd_element error_function_of_zero(const point *x) { return function(x, MGD_ERROR_FUNCTION, x->zero); }
static mgd_element pi_is_one_number(const point *x) {
    return sub(x, function(x, MGD_PI, x->a), function(x, MGD_PI, x->zero));
}
static mgd_element pi_is_positive(const point *x) { return sub(x, sign(x, function(x, MGD_PI, x->zero)), x->one); }

#define LAW(name)                                                                                                      \
    { #name, name }
static const struct {
    const char *name;
    law *difference;
} laws[] = { LAW(sums_commute),
             LAW(products_commute),
             LAW(sums_associate),
             LAW(products_associate),
             LAW(products_distribute),
             LAW(zero_is_neutral),
             LAW(one_is_neutral),
             LAW(a_less_a_is_zero),
             LAW(a_and_its_opposite_are_zero),
             LAW(a_over_a_is_one),
             LAW(quotients_undo_products),
             LAW(quotients_add),
             LAW(exp_of_a_sum),
             LAW(exp_of_a_difference),
             LAW(exp_of_zero),
             LAW(exp_of_three_a),
             LAW(exp_of_half_a),
             LAW(exp_of_a_third_of_a),
             LAW(exp_is_positive),
             LAW(exp_nests),
             LAW(exp_undoes_log),
             LAW(log_undoes_exp),
             LAW(log_of_one),
             LAW(log_of_a_product),
             LAW(log_of_a_quotient),
             LAW(log_of_a_reciprocal),
             LAW(log_of_a_square),
             LAW(log_of_a_power),
             LAW(log_of_a_root),
             LAW(log_of_p_exp_a),
             LAW(exp_of_b_log_p_is_a_power),
             LAW(exp_of_log_p_halved),
             LAW(powers_of_one_base_multiply),
             LAW(powers_of_powers_multiply),
             LAW(powers_of_two_bases_multiply),
             LAW(softmax_by_logsumexp),
             LAW(logsumexp_shifts),
             LAW(log_sigmoid_is_softplus),
             LAW(sigmoids_of_opposites_sum_to_one),
             LAW(sigmoid_is_a_ratio),
             LAW(softplus_splits),
             LAW(root_of_a_square),
             LAW(square_of_a_root),
             LAW(roots_multiply),
             LAW(roots_divide),
             LAW(root_of_exp),
             LAW(fourth_root),
             LAW(cube_of_a_cube_root),
             LAW(cube_root_of_a_cube),
             LAW(cube_roots_are_odd),
             LAW(powers_of_fractions_add),
             LAW(negative_powers_divide),
             LAW(sign_is_odd),
             LAW(sign_is_multiplicative),
             LAW(sign_of_a_quotient),
             LAW(sign_of_a_positive),
             LAW(sign_of_a_root),
             LAW(sign_of_one),
             LAW(sign_of_minus_one),
             LAW(sign_of_zero),
             LAW(sign_is_its_own_sign),
             LAW(absolute_values_multiply),
             LAW(log_of_a_square_is_of_the_absolute_value),
             LAW(root_of_the_fourth_power),
             LAW(exp_undoes_log_of_any_sign),
             LAW(log_of_any_product),
             LAW(log_is_even),
             LAW(cube_by_logarithm),
             LAW(reciprocal_by_logarithm),
             LAW(squares_of_sine_and_cosine),
             LAW(squares_of_nested_sine_and_cosine),
             LAW(sine_of_a_sum),
             LAW(cosine_of_a_difference),
             LAW(cosine_of_half_a),
             LAW(sine_of_zero),
             LAW(cosine_of_zero),
             LAW(sine_of_exp_is_odd),
             LAW(cosine_of_exp_is_even),
             LAW(arctangent_is_odd),
             LAW(error_function_of_zero),
             LAW(pi_is_one_number),
             LAW(pi_is_positive) };
enum { LAWS = sizeof laws / sizeof laws[0] };

/* A point where the law is not defined (the sum of two positives may be negative) is drawn again. */
START_TEST(every_law_holds_at_20_points_of_20) {
    for (int i = 0; i < LAWS; i++) {
        int held = 0;
        for (uint64_t seed = 1; held < POINTS; seed++) {
            systems w;
            point x;
            ck_assert_msg(seed < 20 * POINTS, "%s: %d points only", laws[i].name, held);
            begin(&w, seed);
            begin_point(&x, &w.S);
            mgd_element difference = laws[i].difference(&x);
            ck_assert_msg(w.k.state != MGD_NO_SUCH_FUNCTION, "%s: %s", laws[i].name, w.k.why);
            if (fine(&w)) ck_assert_msg(mgd__vanishes(&w.S, difference), "%s, point %d", laws[i].name, (int)seed);
            held += fine(&w);
            end(&w);
        }
    }
}
END_TEST

/* The same laws, with their derivatives in all directions at once. */
START_TEST(every_law_holds_for_duals) {
    for (int i = 0; i < LAWS; i++) {
        int held = 0;
        for (uint64_t seed = 1; held < 3; seed++) {
            systems w;
            point x;
            ck_assert_msg(seed < 200, "%s: %d points only", laws[i].name, held);
            begin(&w, seed);
            begin_point(&x, &w.D);
            mgd_element *const moving[] = { &x.a, &x.b, &x.c, &x.p, &x.q, &x.r };
            for (uint64_t k = 0; k < 6; k++)
                *moving[k] = mgd__dual(&w.D, mgd__dual_value(&w.D, *moving[k]), w.S.draw(&w.S, 10 + k, false));
            mgd_element difference = laws[i].difference(&x);
            ck_assert_msg(w.k.state != MGD_NO_SUCH_FUNCTION, "%s: %s", laws[i].name, w.k.why);
            if (fine(&w)) ck_assert_msg(mgd__vanishes(&w.D, difference), "%s, point %d", laws[i].name, (int)seed);
            held += fine(&w);
            end(&w);
        }
    }
}
END_TEST

/* ---- what is no law ---- */

static mgd_element product_of_exponentials(const point *x) {
    return sub(x, exponential(x, mul(x, x->a, x->b)), mul(x, exponential(x, x->a), exponential(x, x->b)));
}
static mgd_element sum_of_roots(const point *x) {
    mgd_element squares = add(x, mul(x, x->a, x->a), mul(x, x->b, x->b));
    return sub(x, root(x, squares), add(x, absolute(x, x->a), absolute(x, x->b)));
}
static mgd_element log_of_a_sum(const point *x) {
    return sub(x, logarithm(x, add(x, x->p, x->q)), add(x, logarithm(x, x->p), logarithm(x, x->q)));
}
static mgd_element square_of_a_log(const point *x) {
    mgd_element l = logarithm(x, x->p);
    return sub(x, logarithm(x, mul(x, x->p, x->p)), mul(x, l, l));
}
static mgd_element log_of_p_is_log_of_q(const point *x) { return sub(x, logarithm(x, x->p), logarithm(x, x->q)); }
static mgd_element sigmoid_is_even(const point *x) { return sub(x, sigmoid(x, x->a), sigmoid(x, negative(x, x->a))); }
static mgd_element exp_less_a_ten_thousandth(const point *x) {
    mgd_element factor = x->S->rational(x->S, 10001, 10000), e = exponential(x, x->a);
    return sub(x, mul(x, factor, e), e);
}
static mgd_element exp_of_exp(const point *x) {
    return sub(x, exponential(x, exponential(x, x->a)), exponential(x, x->a));
}
static mgd_element a_shift_that_is_forgotten(const point *x) {
    mgd_element total = sum_of_exponentials(x);
    return sub(x, exponential(x, sub(x, x->a, total)), quotient(x, exponential(x, x->a), total));
}

static const struct {
    const char *name;
    law *difference;
} errors[] = { LAW(product_of_exponentials),   LAW(sum_of_roots),         LAW(log_of_a_sum),
               LAW(square_of_a_log),           LAW(log_of_p_is_log_of_q), LAW(sigmoid_is_even),
               LAW(exp_less_a_ten_thousandth), LAW(exp_of_exp),           LAW(a_shift_that_is_forgotten) };

START_TEST(what_is_no_law_fails_at_20_points_of_20) {
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        int failed = 0;
        for (uint64_t seed = 1; failed < POINTS; seed++) {
            systems w;
            point x;
            ck_assert_msg(seed < 20 * POINTS, "%s: %d points only", errors[i].name, failed);
            begin(&w, seed);
            begin_point(&x, &w.S);
            mgd_element difference = errors[i].difference(&x);
            if (fine(&w)) ck_assert_msg(!mgd__vanishes(&w.S, difference), "%s, point %d", errors[i].name, (int)seed);
            failed += fine(&w);
            end(&w);
        }
    }
}
END_TEST

/* ---- more than six factors, and factors that hide ---- */

enum { MANY = 40 };

START_TEST(a_product_of_many_has_the_sum_of_their_logarithms) {
    for (int n = 2; n <= MANY; n++) {
        systems w;
        begin(&w, (uint64_t)n);
        mgd_element product = whole(&w.S, 1), sum = whole(&w.S, 0);
        for (int i = 0; i < n; i++) {
            mgd_element p = w.S.draw(&w.S, (uint64_t)i, true);
            product = times(&w.S, product, p);
            sum = plus(&w.S, sum, w.S.log(&w.S, p));
        }
        mgd_element of_log = w.S.exp(&w.S, sum), of_product = w.S.log(&w.S, product);
        if (w.k.state != MGD_NO_SUCH_FUNCTION) { /* it may say that they are too many, not that they differ */
            ck_assert_msg(mgd__vanishes(&w.S, minus(&w.S, of_log, product)), "exp of %d logarithms", n);
            ck_assert_msg(mgd__vanishes(&w.S, minus(&w.S, of_product, sum)), "log of %d factors", n);
        }
        ck_assert(n > 16 || fine(&w));
        end(&w);
    }
}
END_TEST

START_TEST(logarithms_see_through_factors_that_hide) { /* log((a b)^2 p) with a b one number, and a and b two */
    for (uint64_t seed = 1; seed <= POINTS; seed++) {
        systems w;
        point x;
        begin(&w, seed);
        begin_point(&x, &w.S);
        mgd_element a2 = mul(&x, x.a, x.a), b2 = mul(&x, x.b, x.b), ab = mul(&x, x.a, x.b);
        mgd_element left = logarithm(&x, mul(&x, ab, ab)), right = add(&x, logarithm(&x, a2), logarithm(&x, b2));
        assert_equal(&w.S, left, right);
        assert_differ(&w.S, left, logarithm(&x, a2));
        assert_differ(&w.S, left, add(&x, right, x.one));
        end(&w);
    }
}
END_TEST

TESTS("laws of residues", every_law_holds_at_20_points_of_20, every_law_holds_for_duals,
      what_is_no_law_fails_at_20_points_of_20, a_product_of_many_has_the_sum_of_their_logarithms,
      logarithms_see_through_factors_that_hide);
