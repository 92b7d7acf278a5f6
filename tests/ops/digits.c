/* SPDX-License-Identifier: MIT */
/* The digits of entrywise kernels: every operation that is entrywise, in double and in float, on every instruction set
 * of this machine, against its meaning to as many digits as it takes. Where the meaning is NaN the kernel is, too. */
#include "linalg/block.h"
#include "ops/ops.h"
#include "support/precise.h"
#include "support/support.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_OPERANDS = 3, ALONE = 2000, TOGETHER = 4000 };

/* ---- bounds ---- */

/* In units of the last place. What is bounded otherwise says why. */
static const double usual_bound = 4;

typedef enum {
    NOTHING,
    ZEROS,       /* below 1 the unit is that of 1: there are zeros that no double hits */
    OVERFLOW,    /* the meaning exceeds MPFR's exponents where the result does not */
    EXPONENT,    /* the rounding of the constant exponent counts as often as the logarithm of the result says */
    STRONG_ZERO, /* a first operand of 0 gives 0, whatever the second is */
    INFINITIES,  /* equal ones are equal, though their difference is NaN */
    NAN_STAYS    /* the same, and a NaN stays, which the meaning cannot say */
} reason;

typedef struct {
    const char *name;
    double bound;
    reason why;
} allowance;

static const allowance allowances[] = {
    { "chain", 0.5, STRONG_ZERO },   { "compare", 0.5, INFINITIES }, { "digamma", 7, ZEROS },
    { "lgamma", 6, ZEROS },          { "polygamma", 12, ZEROS },     { "power", 1, EXPONENT },
    { "sigmoid_slope", 6, NOTHING }, { "softplus", 2, OVERFLOW },    { "same", 0.5, NAN_STAYS },
};

static allowance allowance_of(const char *name) {
    for (size_t i = 0; i < sizeof allowances / sizeof *allowances; i++)
        if (!strcmp(allowances[i].name, name)) return allowances[i];
    return (allowance){ name, usual_bound, NOTHING };
}

/* ---- what is tested ---- */

/* An operation with a parameter is several. */
static const struct {
    int64_t numerator, denominator;
} rationals[] = { { 2, 1 }, { -1, 1 }, { 3, 1 }, { -4, 1 }, { 7, 1 },
                  { 1, 2 }, { -3, 2 }, { 1, 3 }, { -2, 3 }, { 11, 5 } };

typedef struct {
    const mgd_operation *op;
    const mgd_block_kernels *kernels; /* the operation's, or others that are to be caught */
    mgd_parameters p;
} subject;

/* Others take a whole number, from the first to the last, or none; at fewer points, where the truth takes its time. */
static const struct {
    const char *name;
    int64_t first, last;
    size_t points;
} orders[] = {
    { "polygamma", 1, 5, 100 }, { "compare", 0, 3, TOGETHER }, { "erfc", 0, 0, 250 }, { "digamma", 0, 0, 500 }
};

static int order_entry(const mgd_operation *op) {
    for (int i = 0; i < (int)(sizeof orders / sizeof *orders); i++)
        if (!strcmp(op->name, orders[i].name)) return i;
    return -1;
}

static size_t variants(const mgd_operation *op) {
    int k = order_entry(op);
    if (k >= 0) return (size_t)(orders[k].last - orders[k].first + 1);
    return op->parameter == MGD_PARAMETER_RATIONAL ? sizeof rationals / sizeof *rationals : 1;
}

static subject variant(const mgd_operation *op, size_t k) {
    subject s = { .op = op, .kernels = op->blocks };
    int of_order = order_entry(op);
    if (of_order >= 0 && op->parameter == MGD_PARAMETER_FLAG)
        s.p.flag.flag = orders[of_order].first + (int64_t)k;
    else if (of_order >= 0)
        s.p.rational.numerator = orders[of_order].first + (int64_t)k, s.p.rational.denominator = 1;
    else if (op->parameter == MGD_PARAMETER_RATIONAL)
        s.p.rational.numerator = rationals[k].numerator, s.p.rational.denominator = rationals[k].denominator;
    return s;
}

typedef struct {
    int digits, least, most; /* of a format's exponents, as frexp has them */
    bool is_float;
} format;
static const format formats[] = { { DBL_MANT_DIG, DBL_MIN_EXP - DBL_MANT_DIG, DBL_MAX_EXP, false },
                                  { FLT_MANT_DIG, FLT_MIN_EXP - FLT_MANT_DIG, FLT_MAX_EXP, true } };

/* ---- arguments ---- */

static const double special[] = { 0,
                                  -0.0,
                                  1,
                                  -1,
                                  2,
                                  -2,
                                  3,
                                  -3,
                                  0.5,
                                  -0.5,
                                  1.5,
                                  -1.5,
                                  2.5,
                                  10,
                                  -10,
                                  0x1.fffffffffffffp-1,
                                  0x1.0000000000001p+0,
                                  -0x1.fffffffffffffp-1,
                                  0x1.921fb54442d18p+0, /* pi/2, where the cosine is least */
                                  0x1.921fb54442d18p+1,
                                  0x1.762d86356be3fp+0,  /* digamma is 0 */
                                  -0x1.3a7fc9600f86cp+1, /* lgamma is 0 */
                                  1e-3,
                                  -1e-3,
                                  1e-9,
                                  -1e-9,
                                  1e-160,
                                  -1e-160,
                                  DBL_MIN,
                                  -DBL_MIN,
                                  FLT_MIN,
                                  0x1p-149,
                                  0x1p-1074,
                                  -0x1p-1074,
                                  1e5,
                                  -1e5,
                                  1e9,
                                  1e15,
                                  -1e15,
                                  0x1p53,
                                  1e22,
                                  -1e22,
                                  1e100,
                                  1e300,
                                  -1e300,
                                  FLT_MAX,
                                  DBL_MAX,
                                  -DBL_MAX,
                                  709.782712893384,
                                  709.7827128933841,
                                  -745.1332191019411,
                                  -745.1332191019412,
                                  88.72284,
                                  -103.97207,
                                  INFINITY,
                                  -INFINITY,
                                  NAN };
enum { SPECIAL = sizeof special / sizeof *special };

static double any_exponent(uint64_t *seed) {
    double mantissa = test_uniform(seed);
    return ldexp(mantissa, (int)(test_random(seed) % 2098) - 1074);
}

/* A whole number of halves, and what is near it. */
static double near_a_half(uint64_t *seed) {
    double half = ((double)(test_random(seed) % 81) - 40) / 2;
    return half + test_uniform(seed) * ldexp(1, -(int)(test_random(seed) % 60));
}

static double random_argument(uint64_t *seed) {
    switch (test_random(seed) % 8) {
    case 0:
        return test_uniform(seed) * 40;
    case 1:
        return test_uniform(seed) * 760;
    case 2:
        return test_uniform(seed) * 1e-3;
    case 3:
        return any_exponent(seed);
    case 4:
    case 5:
        return near_a_half(seed);
    default:
        return test_uniform(seed) * 2;
    }
}

/* One operand takes every special argument, two take every pair and what is nearly equal. */
static void choose_arguments(size_t i, int operands, double *x, uint64_t *seed) {
    for (int k = 0; k < operands; k++) x[k] = random_argument(seed);
    if (operands == 1 && i < SPECIAL) x[0] = special[i];
    if (operands > 1 && i % 2)
        for (int k = 0; k < operands; k++) x[k] = special[test_random(seed) % SPECIAL];
    if (operands > 1 && i % 16 == 8) x[1] = x[0];
    if (operands > 1 && i % 16 == 10) x[1] = x[0] * (1 + test_uniform(seed) * 1e-10);
}

/* ---- the truth ---- */

static bool has_nan(const double *x, int n) {
    bool nan = false;
    for (int k = 0; k < n; k++) nan |= isnan(x[k]);
    return nan;
}

static bool has_infinity(const double *x, int n) {
    bool infinite = false;
    for (int k = 0; k < n; k++) infinite |= isinf(x[k]);
    return infinite;
}

typedef enum { UNDECIDED, NOT_A_NUMBER, KNOWN } knowledge;

/* The meaning with so many bits; false where it says that it does not know. */
static bool meaning(const subject *s, const double *x, int bits, mpfr_t result) {
    mgd_calculation k = { .seed = 1 };
    mgd_numbers P = precise_numbers(&k, bits);
    mgd_step step = { .op = s->op, .p = s->p };
    mgd_element in[MOST_OPERANDS];
    mpfr_t view;
    for (int i = 0; i < s->op->operands; i++) in[i] = precise_element(&P, x[i]);
    precise_view(&P, s->op->entry(&P, &step, in), view);
    mpfr_set_prec(result, bits);
    mpfr_set(result, view, MPFR_RNDN);
    mgd__calculation_end(&k);
    return k.state == MGD_FINE;
}

static bool agree(mpfr_srcptr a, mpfr_srcptr b) {
    if (!mpfr_regular_p(a) || !mpfr_regular_p(b)) return false;
    mpfr_t difference;
    mpfr_init2(difference, 64);
    mpfr_sub(difference, a, b, MPFR_RNDN);
    bool close = mpfr_zero_p(difference) || mpfr_get_exp(difference) < mpfr_get_exp(b) - 100;
    mpfr_clear(difference);
    return close;
}

/* With more bits until two times agree. A 0 or NaN may be what few bits made of a difference, and counts with the most
 * bits alone; a NaN that comes from infinity, given or made, says nothing. */
static knowledge find_truth(const subject *s, const double *x, mpfr_t truth) {
    static const int bits[] = { 192, 384, 2560, 4096 };
    bool known = true;
    mpfr_t before;
    mpfr_init2(before, 64);
    mpfr_clear_flags();
    for (int i = 0; i < 4 && known; i++) {
        known = meaning(s, x, bits[i], truth);
        if (i % 2 && agree(truth, before)) break;
        if (i == 3) known = !mpfr_regular_p(truth) && !mpfr_regular_p(before);
        mpfr_set_prec(before, bits[i]);
        mpfr_set(before, truth, MPFR_RNDN);
    }
    mpfr_clear(before);
    if (!known) return UNDECIDED;
    if (!mpfr_nan_p(truth)) return KNOWN;
    bool infinite = precise_range_exceeded() || has_infinity(x, s->op->operands);
    return infinite && !has_nan(x, s->op->operands) ? UNDECIDED : NOT_A_NUMBER;
}

static knowledge exact_zero(mpfr_t truth) {
    mpfr_set_zero(truth, 1);
    return KNOWN;
}

/* What lies beyond the format counts as the first power of 2 that does. */
static double error_of(mpfr_srcptr truth, double got, const format *f, bool absolute) {
    if (isnan(got)) return INFINITY;
    mpfr_t t, limit;
    mpfr_inits2(256, t, limit, (mpfr_ptr)0);
    mpfr_set_ui_2exp(limit, 1, f->most, MPFR_RNDN);
    mpfr_set(t, truth, MPFR_RNDN);
    if (mpfr_cmpabs(t, limit) > 0) mpfr_copysign(t, limit, t, MPFR_RNDN);
    mpfr_exp_t exponent = mpfr_zero_p(t) ? f->least : mpfr_get_exp(t);
    if (exponent > f->most) exponent = f->most;
    if (absolute && exponent < 1) exponent = 1;
    mpfr_exp_t unit = exponent - f->digits < f->least ? f->least : exponent - f->digits;
    if (isinf(got))
        got > 0 ? mpfr_sub(t, t, limit, MPFR_RNDN) : mpfr_add(t, t, limit, MPFR_RNDN);
    else
        mpfr_sub_d(t, t, got, MPFR_RNDN);
    mpfr_div_2si(t, t, unit, MPFR_RNDN);
    double error = fabs(mpfr_get_d(t, MPFR_RNDN));
    mpfr_clears(t, limit, (mpfr_ptr)0);
    return error;
}

static double bound_of(const subject *s, const allowance *a, mpfr_srcptr truth) {
    if (a->why != EXPONENT || !mpfr_regular_p(truth)) return a->bound;
    return a->bound + fabs((double)mpfr_get_exp(truth)) * 0.7 * (s->p.rational.denominator != 1);
}

/* ---- a subject at many points ---- */

/* valgrind compares a NaN in vectors as if it were equal: then kernels are not asked what they make of it. */
MGD_BLOCK1(probe, a > 0 ? 1 : a < 0 ? -1 : a);

static bool knows_nan(mgd_isa isa) {
    double x[8], y[8];
    bool kept = true;
    for (int i = 0; i < 8; i++) x[i] = (double)NAN;
    probe.of[0][isa](0, 8, (const void *const[]){ x }, y);
    for (int i = 0; i < 8; i++) kept &= isnan(y[i]);
    return kept;
}

typedef struct {
    double worst, bound; /* in units of the last place, where error is largest beside its bound */
    int decided;
    char where[160];
} findings;

static void run_kernel(const subject *s, const format *f, mgd_isa isa, size_t n, double *const *x, double *y) {
    double p = mgd__constant_of(s->op, &s->p);
    const void *in[MOST_OPERANDS];
    float *single[MOST_OPERANDS + 1] = { NULL };
    for (int k = 0; k < s->op->operands; k++) in[k] = x[k];
    if (!f->is_float) {
        s->kernels->of[0][isa](p, n, in, y);
        return;
    }
    for (int k = 0; k <= s->op->operands; k++) single[k] = malloc(n * sizeof(float));
    for (int k = 0; k < s->op->operands; k++) {
        for (size_t i = 0; i < n; i++) single[k][i] = (float)x[k][i];
        in[k] = single[k];
    }
    s->kernels->of[1][isa](p, n, in, single[s->op->operands]);
    for (size_t i = 0; i < n; i++) y[i] = (double)single[s->op->operands][i];
    for (int k = 0; k <= s->op->operands; k++) free(single[k]);
}

static void note(findings *found, double error, double bound, const subject *s, const double *x, double got) {
    if (error <= 0 || error / bound <= found->worst / found->bound) return;
    found->worst = error;
    found->bound = bound;
    snprintf(found->where, sizeof found->where, "(%a, %a, %a) with %lld/%lld gives %.17g", x[0],
             s->op->operands > 1 ? x[1] : 0, s->op->operands > 2 ? x[2] : 0, (long long)s->p.rational.numerator,
             (long long)s->p.rational.denominator, got);
}

typedef struct {
    size_t n;
    double *x[MOST_OPERANDS], *y[MGD_ISAS];
} table;

static int points_for(const mgd_operation *op) {
    int k = order_entry(op);
    return k >= 0 ? (int)orders[k].points : op->operands == 1 ? ALONE : TOGETHER;
}

static table compute(const subject *s, const format *f) {
    table t = { .n = (size_t)points_for(s->op) };
    double point[MOST_OPERANDS] = { 0 };
    uint64_t seed = 11;
    for (int k = 0; k < MOST_OPERANDS; k++) t.x[k] = malloc(t.n * sizeof(double));
    for (size_t i = 0; i < t.n; i++) {
        choose_arguments(i, s->op->operands, point, &seed);
        for (int k = 0; k < MOST_OPERANDS; k++) t.x[k][i] = f->is_float ? (double)(float)point[k] : point[k];
    }
    for (int isa = 0; isa <= (int)mgd__isa(); isa++) {
        t.y[isa] = malloc(t.n * sizeof(double));
        run_kernel(s, f, (mgd_isa)isa, t.n, t.x, t.y[isa]);
    }
    return t;
}

static void drop(table *t) {
    for (int k = 0; k < MOST_OPERANDS; k++) free(t->x[k]);
    for (int isa = 0; isa <= (int)mgd__isa(); isa++) free(t->y[isa]);
}

/* With the exceptions that are allowed. */
static knowledge allowed_truth(const subject *s, reason why, const double *x, mpfr_t truth) {
    int n = s->op->operands;
    if (why == STRONG_ZERO && x[0] == 0) return exact_zero(truth);
    if (why == NAN_STAYS && has_nan(x, n)) return NOT_A_NUMBER;
    if ((why == INFINITIES || why == NAN_STAYS) && has_infinity(x, n)) return UNDECIDED;
    knowledge known = find_truth(s, x, truth);
    return why == OVERFLOW && known == KNOWN && mpfr_inf_p(truth) && isfinite(x[0]) ? UNDECIDED : known;
}

static findings examine(const subject *s, const format *f) {
    allowance a = allowance_of(s->op->name);
    findings found = { .bound = 1 };
    table t = compute(s, f);
    mpfr_t truth;
    mpfr_init2(truth, 64);
    for (size_t i = 0; i < t.n; i++) {
        const double x[MOST_OPERANDS] = { t.x[0][i], t.x[1][i], t.x[2][i] };
        knowledge known = allowed_truth(s, a.why, x, truth);
        found.decided += known != UNDECIDED;
        for (int isa = 0; isa <= (int)mgd__isa() && known != UNDECIDED; isa++) {
            double got = t.y[isa][i];
            if (has_nan(x, s->op->operands) && !knows_nan((mgd_isa)isa)) continue;
            if (known == KNOWN)
                note(&found, error_of(truth, got, f, a.why == ZEROS), bound_of(s, &a, truth), s, x, got);
            else
                note(&found, isnan(got) ? 0 : INFINITY, 1, s, x, got);
        }
    }
    mpfr_clear(truth);
    drop(&t);
    return found;
}

START_TEST(kernels_have_the_digits_of_their_meanings) {
    const mgd_operation *op = mgd__listed_at((size_t)_i)->op;
    for (size_t v = 0; op->entry && v < variants(op); v++)
        for (int k = 0; k < 2; k++) {
            subject s = variant(op, v);
            findings found = examine(&s, &formats[k]);
            ck_assert_msg(found.worst <= found.bound, "%s in %s: %g ulp where %g are allowed: %s", op->name,
                          k ? "float" : "double", found.worst, found.bound, found.where);
            ck_assert_msg(found.decided > points_for(op) / 4, "%s: its meaning is known at %d points alone", op->name,
                          found.decided);
        }
    mpfr_free_cache();
}
END_TEST

/* ---- that the test can fail ---- */

MGD_BLOCK1(slope_from_the_value, mgd__sigmoid(a) * (1 - mgd__sigmoid(a)));
MGD_BLOCK1(root_of_the_magnitude, mgd__sqrt(mgd__abs(a)));
MGD_BLOCK1(without_infinity, a > 700 ? mgd__exp((T)700) : mgd__exp(a));

START_TEST(kernels_that_lose_digits_or_nans_are_caught) {
    const subject wrong[] = { { .op = &mgd__op_sigmoid_slope, .kernels = &slope_from_the_value },
                              { .op = &mgd__op_sqrt, .kernels = &root_of_the_magnitude },
                              { .op = &mgd__op_exp, .kernels = &without_infinity } };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        findings found = examine(&wrong[i], &formats[0]);
        ck_assert_msg(found.worst > found.bound, "%s", wrong[i].op->name);
    }
    mpfr_free_cache();
}
END_TEST

const char *const test_suite_name = "digits";
void test_suite_add(TCase *all) {
    tcase_add_loop_test(all, kernels_have_the_digits_of_their_meanings, 0, (int)mgd__listed_count());
    tcase_add_test(all, kernels_that_lose_digits_or_nans_are_caught);
}
