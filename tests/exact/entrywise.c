/* SPDX-License-Identifier: MIT */
/* The textbook's identities of entrywise functions, and their near misses. */
#include "exact/exact.h"

typedef struct {
    const char *name;
    bool (*make)(const world *w, mgd_var **left, mgd_var **right);
    mgd_answer answer;
} identity;

#define IDENTITY(name, l, r)                                                                                           \
    static bool name(const world *w, mgd_var **left, mgd_var **right) {                                                \
        (void)w;                                                                                                       \
        *left = (l);                                                                                                   \
        *right = (r);                                                                                                  \
        return *left && *right;                                                                                        \
    }

#define X w->X
#define Y w->Y
#define s w->s

#define sin_ mgd_sin
#define cos_ mgd_cos
#define tan_ mgd_tan
#define sinh_ mgd_sinh
#define cosh_ mgd_cosh
#define tanh_ mgd_tanh
#define sq mgd_square
#define pow_ mgd_pow
#define max_ mgd_maximum
#define min_ mgd_minimum

static mgd_var *number_(const world *w, int64_t n) { return mgd_rational(w->tape, n, 1); }
static mgd_var *one(const world *w) { return number_(w, 1); }
static mgd_var *twice(mgd_var *x) { return mgd_scale(mgd_rational(mgd_tape_of(x), 2, 1), x); }
static mgd_var *half(mgd_var *x) { return mgd_scale(mgd_rational(mgd_tape_of(x), 1, 2), x); }
static mgd_var *third(mgd_var *x) { return mgd_scale(mgd_rational(mgd_tape_of(x), 1, 3), x); }
static mgd_var *filled(const world *w) { return mgd_ones_sized(w->tape, w->m, w->n); }
static mgd_var *slope(mgd_var *f, mgd_var *x) { return mgd_gradient(mgd_sum(f), x); }
static mgd_var *second(mgd_var *f, mgd_var *x) { return slope(slope(f, x), x); }
static mgd_var *right_angle(const world *w) { return half(mgd_pi(w->tape)); }
static mgd_var *peak(const world *w) { return div_(number_(w, 2), sqrt_(mgd_pi(w->tape))); }

/* ---- true ---- */

IDENTITY(sine_and_cosine_squared, add(sq(sin_(X)), sq(cos_(X))), filled(w))
IDENTITY(sine_of_twice, sin_(twice(X)), twice(had(sin_(X), cos_(X))))
IDENTITY(cosine_of_twice, cos_(twice(X)), sub(twice(sq(cos_(X))), one(w)))
IDENTITY(sine_of_a_sum, sin_(add(X, Y)), add(had(sin_(X), cos_(Y)), had(cos_(X), sin_(Y))))
IDENTITY(cosine_of_a_difference, cos_(sub(X, Y)), add(had(cos_(X), cos_(Y)), had(sin_(X), sin_(Y))))
IDENTITY(sine_is_odd, sin_(neg(X)), neg(sin_(X)))
IDENTITY(cosine_is_even, cos_(neg(X)), cos_(X))
IDENTITY(tangent_is_a_ratio, had(tan_(X), cos_(X)), sin_(X))
IDENTITY(tangent_of_twice, tan_(twice(X)), div_(twice(tan_(X)), sub(one(w), sq(tan_(X)))))
IDENTITY(tangent_squared, add(one(w), sq(tan_(X))), mgd_reciprocal(sq(cos_(X))))
IDENTITY(product_of_sines, had(sin_(X), sin_(Y)), half(sub(cos_(sub(X, Y)), cos_(add(X, Y)))))
IDENTITY(sine_of_thrice, sin_(mgd_scale(number_(w, 3), X)),
         sub(mgd_scale(number_(w, 3), sin_(X)), mgd_scale(number_(w, 4), mgd_power(sin_(X), 3))))
IDENTITY(arcs_are_complements, add(mgd_asin(X), mgd_acos(X)), mgd_scale(right_angle(w), filled(w)))
IDENTITY(arc_sine_is_odd, mgd_asin(neg(X)), neg(mgd_asin(X)))
IDENTITY(arc_tangent_is_odd, mgd_atan(neg(X)), neg(mgd_atan(X)))
IDENTITY(second_derivative_of_sine, second(sin_(X), X), neg(sin_(X)))
IDENTITY(slope_of_tangent, slope(tan_(X), X), mgd_power(cos_(X), -2))
IDENTITY(slope_of_arc_tangent, slope(mgd_atan(X), X), mgd_reciprocal(add(one(w), sq(X))))

IDENTITY(hyperbolic_squares, sub(sq(cosh_(X)), sq(sinh_(X))), filled(w))
IDENTITY(hyperbolic_sine_of_twice, sinh_(twice(X)), twice(had(sinh_(X), cosh_(X))))
IDENTITY(hyperbolic_cosine_of_a_sum, cosh_(add(X, Y)), add(had(cosh_(X), cosh_(Y)), had(sinh_(X), sinh_(Y))))
IDENTITY(hyperbolic_functions_add_to_exp, add(cosh_(X), sinh_(X)), exp_(X))
IDENTITY(hyperbolic_tangent_is_a_ratio, tanh_(X), div_(sinh_(X), cosh_(X)))
IDENTITY(hyperbolic_tangent_by_sigmoid, tanh_(X), sub(twice(mgd_sigmoid(twice(X))), one(w)))
IDENTITY(hyperbolic_tangent_of_a_sum, tanh_(add(X, Y)),
         div_(add(tanh_(X), tanh_(Y)), add(one(w), had(tanh_(X), tanh_(Y)))))
IDENTITY(slope_of_hyperbolic_tangent, slope(tanh_(X), X), sub(one(w), sq(tanh_(X))))
IDENTITY(hyperbolic_sine_undone, sinh_(mgd_asinh(X)), X)
IDENTITY(hyperbolic_cosine_undone, cosh_(mgd_acosh(X)), X)
IDENTITY(hyperbolic_tangent_undone, tanh_(mgd_atanh(X)), X)
IDENTITY(inverse_hyperbolic_tangent_undoes, mgd_atanh(tanh_(X)), X)
IDENTITY(inverse_hyperbolic_tangent_by_log1p, mgd_atanh(X), half(sub(mgd_log1p(X), mgd_log1p(neg(X)))))
IDENTITY(slope_of_inverse_hyperbolic_sine, slope(mgd_asinh(X), X), mgd_power_rational(add(one(w), sq(X)), -1, 2))

IDENTITY(log1p_undoes_expm1, mgd_log1p(mgd_expm1(X)), X)
IDENTITY(expm1_undoes_log1p, mgd_expm1(mgd_log1p(X)), X)
IDENTITY(expm1_of_twice, mgd_expm1(twice(X)), had(mgd_expm1(X), add(mgd_expm1(X), number_(w, 2))))
IDENTITY(logarithms_change_base, had(mgd_log2(X), log_(number_(w, 2))), log_(X))
IDENTITY(log10_of_a_product, mgd_log10(had(exp_(X), exp_(Y))), add(mgd_log10(exp_(X)), mgd_log10(exp_(Y))))
IDENTITY(cube_root_cubed, mgd_power(mgd_cbrt(X), 3), X)
IDENTITY(cube_root_of_a_cube, mgd_cbrt(mgd_power(X, 3)), X)
IDENTITY(cube_roots_multiply, mgd_cbrt(had(X, Y)), had(mgd_cbrt(X), mgd_cbrt(Y)))
IDENTITY(reciprocals_undo, mgd_reciprocal(mgd_reciprocal(X)), X)
IDENTITY(square_is_a_product, sq(X), had(X, X))

IDENTITY(softplus_less_its_mirror, sub(mgd_softplus(X), mgd_softplus(neg(X))), X)
IDENTITY(slope_of_softplus, slope(mgd_softplus(X), X), mgd_sigmoid(X))
IDENTITY(logsigmoid_is_a_logarithm, mgd_logsigmoid(X), log_(mgd_sigmoid(X)))
IDENTITY(logsigmoid_and_softplus, add(mgd_logsigmoid(X), mgd_softplus(X)), X)
IDENTITY(sigmoid_is_exp_of_logsigmoid, exp_(mgd_logsigmoid(X)), mgd_sigmoid(X))
IDENTITY(relu_by_its_parts, sub(mgd_relu(X), mgd_relu(neg(X))), X)
IDENTITY(relu_by_abs, mgd_relu(X), half(add(X, abs_(X))))
IDENTITY(relu_is_a_maximum, mgd_relu(X), max_(X, number_(w, 0)))
IDENTITY(slope_of_relu, slope(mgd_relu(X), X), mgd_unit_step(X))
IDENTITY(step_by_sign, mgd_unit_step(X), half(add(one(w), mgd_sign(X))))
IDENTITY(step_is_a_comparison, mgd_unit_step(X), mgd_is_greater(X, number_(w, 0)))

IDENTITY(error_functions_are_complements, add(mgd_erf(X), mgd_erfc(X)), filled(w))
IDENTITY(error_function_is_odd, mgd_erf(neg(X)), neg(mgd_erf(X)))
IDENTITY(slope_of_the_error_function, slope(mgd_erf(X), X), mgd_scale(peak(w), exp_(neg(sq(X)))))
IDENTITY(second_derivative_of_the_error_function, second(mgd_erf(X), X), neg(twice(had(X, slope(mgd_erf(X), X)))))
IDENTITY(slope_of_lgamma, slope(mgd_lgamma(X), X), mgd_digamma(X))
IDENTITY(third_derivative_of_lgamma, second(mgd_digamma(X), X), mgd_polygamma(X, 2))

IDENTITY(maximum_by_abs, max_(X, Y), half(add(add(X, Y), abs_(sub(X, Y)))))
IDENTITY(minimum_by_abs, min_(X, Y), half(sub(add(X, Y), abs_(sub(X, Y)))))
IDENTITY(larger_and_smaller_add, add(max_(X, Y), min_(X, Y)), add(X, Y))
IDENTITY(larger_times_smaller, had(max_(X, Y), min_(X, Y)), had(X, Y))
IDENTITY(minimum_by_maximum, min_(X, Y), neg(max_(neg(X), neg(Y))))
IDENTITY(maximum_by_where, max_(X, Y), mgd_where(mgd_is_less(X, Y), Y, X))
IDENTITY(abs_is_a_maximum, abs_(X), max_(X, neg(X)))
IDENTITY(maximum_by_relu, max_(X, Y), add(X, mgd_relu(sub(Y, X))))
IDENTITY(larger_and_smaller_differ_by_abs, sub(max_(X, Y), min_(X, Y)), abs_(sub(X, Y)))
IDENTITY(comparisons_are_complements, add(mgd_is_less(X, Y), mgd_is_at_least(X, Y)), filled(w))
IDENTITY(one_of_three_holds, add(add(mgd_is_less(X, Y), mgd_is_greater(X, Y)), mgd_is_equal(X, Y)), filled(w))
IDENTITY(entries_equal_themselves, mgd_is_equal(X, X), filled(w))
IDENTITY(clamp_between_equal_bounds, mgd_clamp(X, s, s), mgd_scale(s, filled(w)))

IDENTITY(powers_add, had(pow_(X, s), pow_(X, w->t)), pow_(X, add(s, w->t)))
IDENTITY(powers_of_products, had(pow_(exp_(X), s), pow_(exp_(Y), s)), pow_(exp_(add(X, Y)), s))
IDENTITY(power_is_exp_of_a_logarithm, pow_(X, Y), exp_(had(Y, log_(X))))
IDENTITY(logarithm_of_a_power, log_(pow_(X, Y)), had(Y, log_(X)))
IDENTITY(constant_powers, pow_(exp_(X), number_(w, 3)), exp_(mgd_scale(number_(w, 3), X)))
IDENTITY(slope_by_the_base, slope(pow_(X, Y), X), had(Y, div_(pow_(X, Y), X)))
IDENTITY(slope_by_the_exponent, slope(pow_(X, Y), Y), had(pow_(X, Y), log_(X)))
IDENTITY(hypotenuse_squared, sq(mgd_hypot(X, Y)), add(sq(X), sq(Y)))
IDENTITY(hypotenuse_of_hyperbolic_functions, mgd_hypot(mgd_scale(s, sinh_(X)), s), abs_(mgd_scale(s, cosh_(X))))
IDENTITY(euler_on_the_hypotenuse, add(had(X, slope(mgd_hypot(X, Y), X)), had(Y, slope(mgd_hypot(X, Y), Y))),
         mgd_hypot(X, Y))
IDENTITY(angles_do_not_depend_on_the_radius, add(had(X, slope(mgd_atan2(X, Y), X)), had(Y, slope(mgd_atan2(X, Y), Y))),
         mgd_scale(number_(w, 0), X))

/* ---- false ---- */

IDENTITY(sine_is_additive, sin_(add(X, Y)), add(sin_(X), sin_(Y)))
IDENTITY(sine_of_twice_without_the_two, sin_(twice(X)), had(sin_(X), cos_(X)))
IDENTITY(sine_is_even, sin_(neg(X)), sin_(X))
IDENTITY(cosine_of_a_sum_with_a_plus, cos_(add(X, Y)), add(had(cos_(X), cos_(Y)), had(sin_(X), sin_(Y))))
IDENTITY(sine_and_cosine_add, add(sin_(X), cos_(X)), filled(w))
IDENTITY(tangent_upside_down, tan_(X), div_(cos_(X), sin_(X)))
IDENTITY(slope_of_cosine_without_a_sign, slope(cos_(X), X), sin_(X))
IDENTITY(slope_of_arc_tangent_as_of_arc_sine, slope(mgd_atan(X), X), mgd_power_rational(add(one(w), sq(X)), -1, 2))
IDENTITY(arcs_add_to_pi, add(mgd_asin(X), mgd_acos(X)), mgd_scale(mgd_pi(w->tape), filled(w)))
IDENTITY(hyperbolic_squares_add, add(sq(cosh_(X)), sq(sinh_(X))), filled(w))
IDENTITY(hyperbolic_tangent_is_a_sigmoid, tanh_(X), sub(twice(mgd_sigmoid(X)), one(w)))
IDENTITY(slope_of_hyperbolic_tangent_with_a_plus, slope(tanh_(X), X), add(one(w), sq(tanh_(X))))
IDENTITY(slope_of_hyperbolic_cosine_with_a_sign, slope(cosh_(X), X), neg(sinh_(X)))
IDENTITY(inverse_of_a_sine_is_a_reciprocal, mgd_asinh(X), mgd_reciprocal(sinh_(X)))
IDENTITY(expm1_without_its_one, mgd_expm1(X), exp_(X))
IDENTITY(log1p_is_additive, mgd_log1p(add(X, Y)), add(mgd_log1p(X), mgd_log1p(Y)))
IDENTITY(log2_is_log10, mgd_log2(exp_(X)), mgd_log10(exp_(X)))
IDENTITY(cube_roots_add, mgd_cbrt(add(X, Y)), add(mgd_cbrt(X), mgd_cbrt(Y)))
IDENTITY(cube_root_is_a_third, mgd_cbrt(X), third(X))
IDENTITY(softplus_is_odd, mgd_softplus(neg(X)), neg(mgd_softplus(X)))
IDENTITY(logsigmoid_without_signs, mgd_logsigmoid(X), mgd_softplus(X))
IDENTITY(relu_is_even, mgd_relu(neg(X)), mgd_relu(X))
IDENTITY(relu_by_abs_without_a_half, mgd_relu(X), add(X, abs_(X)))
IDENTITY(step_is_a_sign, mgd_unit_step(X), mgd_sign(X))
IDENTITY(error_function_of_twice, mgd_erf(twice(X)), twice(mgd_erf(X)))
IDENTITY(slope_of_the_error_function_without_pi, slope(mgd_erf(X), X), twice(exp_(neg(sq(X)))))
IDENTITY(slope_of_erfc_without_a_sign, slope(mgd_erfc(X), X), slope(mgd_erf(X), X))
IDENTITY(lgamma_is_log, mgd_lgamma(exp_(X)), log_(exp_(X)))
IDENTITY(digamma_is_its_own_derivative, slope(mgd_digamma(exp_(X)), X), mgd_digamma(exp_(X)))
IDENTITY(maximum_by_abs_with_a_sign, max_(X, Y), half(sub(add(X, Y), abs_(sub(X, Y)))))
IDENTITY(larger_is_the_first, max_(X, Y), X)
IDENTITY(maximum_by_where_turned, max_(X, Y), mgd_where(mgd_is_less(X, Y), X, Y))
IDENTITY(comparisons_are_symmetric, mgd_is_less(X, Y), mgd_is_less(Y, X))
IDENTITY(clamp_forgets_its_bounds, mgd_clamp(X, mgd_rational(w->tape, -1, 4), mgd_rational(w->tape, 1, 4)), X)
IDENTITY(powers_of_powers_add, pow_(pow_(exp_(X), s), w->t), pow_(exp_(X), add(s, w->t)))
IDENTITY(powers_commute, pow_(exp_(X), exp_(Y)), pow_(exp_(Y), exp_(X)))
IDENTITY(slope_by_the_exponent_as_by_the_base, slope(pow_(X, Y), Y), had(Y, div_(pow_(X, Y), X)))
IDENTITY(hypotenuse_is_a_sum, mgd_hypot(X, Y), add(abs_(X), abs_(Y)))
IDENTITY(angles_are_symmetric, mgd_atan2(X, Y), mgd_atan2(Y, X))
IDENTITY(pi_is_three, mgd_pi(w->tape), number_(w, 3))

/* ---- claims about gradients, by X, of the sum of the first; the second is right, the third is not ---- */

typedef struct {
    const char *name;
    bool (*make)(const world *w, mgd_var **f, mgd_var **right, mgd_var **wrong);
} claim;

#define CLAIM(name, function, r, n)                                                                                    \
    static bool name(const world *w, mgd_var **f, mgd_var **right, mgd_var **wrong) {                                  \
        *f = mgd_sum(function);                                                                                        \
        *right = (r);                                                                                                  \
        *wrong = (n);                                                                                                  \
        return *f && *right && *wrong;                                                                                 \
    }

static mgd_var *cosine_of_arc_sine(const world *w) { return sqrt_(sub(one(w), sq(X))); }

CLAIM(of_arc_sine, mgd_asin(X), mgd_reciprocal(cosine_of_arc_sine(w)), cosine_of_arc_sine(w))
CLAIM(of_arc_cosine, mgd_acos(X), neg(mgd_reciprocal(cosine_of_arc_sine(w))), mgd_reciprocal(cosine_of_arc_sine(w)))
CLAIM(of_inverse_hyperbolic_cosine, mgd_acosh(X), mgd_power_rational(sub(sq(X), one(w)), -1, 2),
      mgd_power_rational(add(sq(X), one(w)), -1, 2))
CLAIM(of_hypotenuse, mgd_hypot(X, Y), div_(X, mgd_hypot(X, Y)), div_(Y, mgd_hypot(X, Y)))
CLAIM(of_angle, mgd_atan2(X, Y), div_(Y, add(sq(X), sq(Y))), div_(X, add(sq(X), sq(Y))))
CLAIM(of_power_by_the_base, pow_(X, Y), had(Y, pow_(X, sub(Y, one(w)))), pow_(X, sub(Y, one(w))))
CLAIM(of_power_by_the_exponent, pow_(number_(w, 2), X), mgd_scale(log_(number_(w, 2)), pow_(number_(w, 2), X)),
      pow_(number_(w, 2), X))
CLAIM(of_softplus, log_(add(one(w), exp_(X))), mgd_sigmoid(X), mgd_sigmoid(neg(X)))
CLAIM(of_complementary_error_function, mgd_erfc(X), neg(mgd_scale(peak(w), exp_(neg(sq(X))))),
      neg(mgd_scale(peak(w), exp_(sq(X)))))
CLAIM(of_maximum, sq(max_(X, Y)), mgd_where(mgd_is_greater(X, Y), twice(X), mgd_scale(number_(w, 0), X)), twice(X))
CLAIM(of_clamp, mgd_clamp(X, mgd_rational(w->tape, -1, 4), mgd_rational(w->tape, 1, 4)),
      had(mgd_is_greater(X, mgd_rational(w->tape, -1, 4)), mgd_is_less(X, mgd_rational(w->tape, 1, 4))), filled(w))
CLAIM(of_lgamma, mgd_lgamma(sq(X)), twice(had(X, mgd_digamma(sq(X)))), twice(had(X, mgd_digamma(X))))

#undef X
#undef Y
#undef s

#define TRUE_(name)                                                                                                    \
    { #name, name, MGD_EQUAL }
#define FALSE_(name)                                                                                                   \
    { #name, name, MGD_DIFFERENT }

static const identity identities[] = { TRUE_(sine_and_cosine_squared),
                                       TRUE_(sine_of_twice),
                                       TRUE_(cosine_of_twice),
                                       TRUE_(sine_of_a_sum),
                                       TRUE_(cosine_of_a_difference),
                                       TRUE_(sine_is_odd),
                                       TRUE_(cosine_is_even),
                                       TRUE_(tangent_is_a_ratio),
                                       TRUE_(tangent_of_twice),
                                       TRUE_(tangent_squared),
                                       TRUE_(product_of_sines),
                                       TRUE_(sine_of_thrice),
                                       TRUE_(arcs_are_complements),
                                       TRUE_(arc_sine_is_odd),
                                       TRUE_(arc_tangent_is_odd),
                                       TRUE_(second_derivative_of_sine),
                                       TRUE_(slope_of_tangent),
                                       TRUE_(slope_of_arc_tangent),
                                       TRUE_(hyperbolic_squares),
                                       TRUE_(hyperbolic_sine_of_twice),
                                       TRUE_(hyperbolic_cosine_of_a_sum),
                                       TRUE_(hyperbolic_functions_add_to_exp),
                                       TRUE_(hyperbolic_tangent_is_a_ratio),
                                       TRUE_(hyperbolic_tangent_by_sigmoid),
                                       TRUE_(hyperbolic_tangent_of_a_sum),
                                       TRUE_(slope_of_hyperbolic_tangent),
                                       TRUE_(hyperbolic_sine_undone),
                                       TRUE_(hyperbolic_cosine_undone),
                                       TRUE_(hyperbolic_tangent_undone),
                                       TRUE_(inverse_hyperbolic_tangent_undoes),
                                       TRUE_(inverse_hyperbolic_tangent_by_log1p),
                                       TRUE_(slope_of_inverse_hyperbolic_sine),
                                       TRUE_(log1p_undoes_expm1),
                                       TRUE_(expm1_undoes_log1p),
                                       TRUE_(expm1_of_twice),
                                       TRUE_(logarithms_change_base),
                                       TRUE_(log10_of_a_product),
                                       TRUE_(cube_root_cubed),
                                       TRUE_(cube_root_of_a_cube),
                                       TRUE_(cube_roots_multiply),
                                       TRUE_(reciprocals_undo),
                                       TRUE_(square_is_a_product),
                                       TRUE_(softplus_less_its_mirror),
                                       TRUE_(slope_of_softplus),
                                       TRUE_(logsigmoid_is_a_logarithm),
                                       TRUE_(logsigmoid_and_softplus),
                                       TRUE_(sigmoid_is_exp_of_logsigmoid),
                                       TRUE_(relu_by_its_parts),
                                       TRUE_(relu_by_abs),
                                       TRUE_(relu_is_a_maximum),
                                       TRUE_(slope_of_relu),
                                       TRUE_(step_by_sign),
                                       TRUE_(step_is_a_comparison),
                                       TRUE_(error_functions_are_complements),
                                       TRUE_(error_function_is_odd),
                                       TRUE_(slope_of_the_error_function),
                                       TRUE_(second_derivative_of_the_error_function),
                                       TRUE_(slope_of_lgamma),
                                       TRUE_(third_derivative_of_lgamma),
                                       TRUE_(maximum_by_abs),
                                       TRUE_(minimum_by_abs),
                                       TRUE_(larger_and_smaller_add),
                                       TRUE_(larger_times_smaller),
                                       TRUE_(minimum_by_maximum),
                                       TRUE_(maximum_by_where),
                                       TRUE_(abs_is_a_maximum),
                                       TRUE_(maximum_by_relu),
                                       TRUE_(larger_and_smaller_differ_by_abs),
                                       TRUE_(comparisons_are_complements),
                                       TRUE_(one_of_three_holds),
                                       TRUE_(entries_equal_themselves),
                                       TRUE_(clamp_between_equal_bounds),
                                       TRUE_(powers_add),
                                       TRUE_(powers_of_products),
                                       TRUE_(power_is_exp_of_a_logarithm),
                                       TRUE_(logarithm_of_a_power),
                                       TRUE_(constant_powers),
                                       TRUE_(slope_by_the_base),
                                       TRUE_(slope_by_the_exponent),
                                       TRUE_(hypotenuse_squared),
                                       TRUE_(hypotenuse_of_hyperbolic_functions),
                                       TRUE_(euler_on_the_hypotenuse),
                                       TRUE_(angles_do_not_depend_on_the_radius),
                                       FALSE_(sine_is_additive),
                                       FALSE_(sine_of_twice_without_the_two),
                                       FALSE_(sine_is_even),
                                       FALSE_(cosine_of_a_sum_with_a_plus),
                                       FALSE_(sine_and_cosine_add),
                                       FALSE_(tangent_upside_down),
                                       FALSE_(slope_of_cosine_without_a_sign),
                                       FALSE_(slope_of_arc_tangent_as_of_arc_sine),
                                       FALSE_(arcs_add_to_pi),
                                       FALSE_(hyperbolic_squares_add),
                                       FALSE_(hyperbolic_tangent_is_a_sigmoid),
                                       FALSE_(slope_of_hyperbolic_tangent_with_a_plus),
                                       FALSE_(slope_of_hyperbolic_cosine_with_a_sign),
                                       FALSE_(inverse_of_a_sine_is_a_reciprocal),
                                       FALSE_(expm1_without_its_one),
                                       FALSE_(log1p_is_additive),
                                       FALSE_(log2_is_log10),
                                       FALSE_(cube_roots_add),
                                       FALSE_(cube_root_is_a_third),
                                       FALSE_(softplus_is_odd),
                                       FALSE_(logsigmoid_without_signs),
                                       FALSE_(relu_is_even),
                                       FALSE_(relu_by_abs_without_a_half),
                                       FALSE_(step_is_a_sign),
                                       FALSE_(error_function_of_twice),
                                       FALSE_(slope_of_the_error_function_without_pi),
                                       FALSE_(slope_of_erfc_without_a_sign),
                                       FALSE_(lgamma_is_log),
                                       FALSE_(digamma_is_its_own_derivative),
                                       FALSE_(maximum_by_abs_with_a_sign),
                                       FALSE_(larger_is_the_first),
                                       FALSE_(maximum_by_where_turned),
                                       FALSE_(comparisons_are_symmetric),
                                       FALSE_(clamp_forgets_its_bounds),
                                       FALSE_(powers_of_powers_add),
                                       FALSE_(powers_commute),
                                       FALSE_(slope_by_the_exponent_as_by_the_base),
                                       FALSE_(hypotenuse_is_a_sum),
                                       FALSE_(angles_are_symmetric),
                                       FALSE_(pi_is_three) };
enum { IDENTITIES = sizeof identities / sizeof identities[0] };

START_TEST(every_identity_and_every_near_miss_is_told_apart) {
    const identity *i = &identities[_i];
    world w;
    mgd_var *left, *right;
    begin(&w);
    bool made = i->make(&w, &left, &right);
    ck_assert_msg(made, "%s: %s", i->name, mgd_message(w.tape));
    assert_answer(&w, mgd_equal(left, right), i->answer, i->name);
    assert_answer(&w, mgd_equal(right, left), i->answer, i->name);
    ck_assert_str_eq(mgd_message(w.tape), "");
    mgd_tape_free(w.tape);
}
END_TEST

static const claim claims[] = { { "of_arc_sine", of_arc_sine },
                                { "of_arc_cosine", of_arc_cosine },
                                { "of_inverse_hyperbolic_cosine", of_inverse_hyperbolic_cosine },
                                { "of_hypotenuse", of_hypotenuse },
                                { "of_angle", of_angle },
                                { "of_power_by_the_base", of_power_by_the_base },
                                { "of_power_by_the_exponent", of_power_by_the_exponent },
                                { "of_softplus", of_softplus },
                                { "of_complementary_error_function", of_complementary_error_function },
                                { "of_maximum", of_maximum },
                                { "of_clamp", of_clamp },
                                { "of_lgamma", of_lgamma } };
enum { CLAIMS = sizeof claims / sizeof claims[0] };

START_TEST(gradients_are_told_from_what_they_are_not) {
    const claim *c = &claims[_i];
    world w;
    mgd_var *f, *right, *wrong;
    begin(&w);
    ck_assert_msg(c->make(&w, &f, &right, &wrong), "%s: %s", c->name, mgd_message(w.tape));
    assert_answer(&w, mgd_is_gradient(f, w.X, right), MGD_EQUAL, c->name);
    assert_answer(&w, mgd_is_gradient(f, w.X, wrong), MGD_DIFFERENT, c->name);
    mgd_tape_free(w.tape);
}
END_TEST

const char *const test_suite_name = "entrywise identities";
void test_suite_add(TCase *all) {
    tcase_add_loop_test(all, every_identity_and_every_near_miss_is_told_apart, 0, IDENTITIES);
    tcase_add_loop_test(all, gradients_are_told_from_what_they_are_not, 0, CLAIMS);
}
