/* SPDX-License-Identifier: MIT */
/* power: every entry to a constant power.
 *
 * value        C = A.^p, p a constant number
 * pullback     dA += chain(dC, p A.^(p-1))
 * pushforward  C. = chain(A., p A.^(p-1))
 * singular     the slope at 0 is 0 for p > 1, 1 for p = 1, +inf for 0 < p < 1, 0 for p = 0, -inf for p < 0; 0.^0 = 1;
 *              negative entries give NaN unless p is a whole number
 */
#include "numbers/rational.h"
#include "ops/ops.h"

static mgd_var *reduce(const mgd_var *v) {
    if (v->p.rational.numerator == 0) return mgd__ones_like(v->arg[0]);
    return v->p.rational.numerator == 1 && v->p.rational.denominator == 1 ? v->arg[0] : NULL;
}

static mgd_element entry(const mgd_numbers *S, const mgd_step *s, const mgd_element *x) {
    return S->power(S, x[0], s->p.rational.numerator, s->p.rational.denominator);
}

/* A root of even order needs positive numbers. */
static bool domain(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out) {
    return s->p.rational.denominator % 2 == 0 && mgd__domain_positive(S, key, s, in, out);
}

MGD_BLOCK1(blocks, p == 2 ? a * a : p == -1 ? 1 / a : mgd__pow(a, p));

static mgd_var *times_slope(mgd_var *c, size_t i, mgd_var *t) {
    (void)i;
    int64_t n = c->p.rational.numerator, d = c->p.rational.denominator;
    return mgd_chain(t, mgd_scale(mgd_rational(c->tape, n, d), mgd_power_rational(c->arg[0], n - d, d)));
}

const mgd_operation mgd__op_power = {
    .name = "power",
    .operands = 1,
    .parameter = MGD_PARAMETER_RATIONAL,
    .notation = "<1.^%q",
    .precedence = MGD_POSTFIX,
    .reduce = reduce,
    .domain = domain,
    .entry = entry,
    .blocks = &blocks,
    .times_slope = times_slope,
};

/** A.^(numerator/denominator), entry by entry. Refused where the denominator is 0 or either is 2^62 or more. */
mgd_var *mgd_power_rational(mgd_var *A, int64_t numerator, int64_t denominator) {
    const int64_t limit = (int64_t)1 << 62;
    if (!A || A->tape->failed) return NULL;
    if (denominator == 0 || numerator >= limit || numerator <= -limit || denominator >= limit ||
        denominator <= -limit) {
        mgd__refuse(A->tape, "power: the exponent %lld/%lld is not a fraction of whole numbers below 2^62",
                    (long long)numerator, (long long)denominator);
        return NULL;
    }
    int64_t g = mgd__common_divisor(numerator, denominator);
    if (denominator < 0) g = -g;
    return mgd__apply(&mgd__op_power, (mgd_parameters){ .rational = { numerator / g, denominator / g } }, 0, 0, 1, &A);
}

/** A.^p, entry by entry, for a constant p, which is read as mgd_number reads it: 0.1 is 1/10. Refused where that is no
 * fraction of whole numbers below 2^62. */
mgd_var *mgd_power(mgd_var *A, double p) {
    mgd_var *number = A && isfinite(p) ? mgd_number(A->tape, p) : NULL;
    if (!A || A->tape->failed) return NULL;
    if (mgd__is(number, &mgd__op_number))
        return mgd_power_rational(A, number->p.rational.numerator, number->p.rational.denominator);
    mgd__refuse(A->tape, "power: the exponent %g is not a fraction of whole numbers below 2^62", p);
    return NULL;
}
