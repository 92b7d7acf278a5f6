/* SPDX-License-Identifier: MIT */
/* What the language's operators record. Quotients and signs of exact numbers are numbers. */
#include "text/reader.h"

static bool is_number(const mgd_var *v) { return mgd__is(v, &mgd__op_number); }

static mgd_var *quotient_of_numbers(mgd_var *a, mgd_var *b) {
    int64_t n, d;
    if (!is_number(a) || !is_number(b) || b->p.rational.numerator == 0) return NULL;
    if (__builtin_mul_overflow(a->p.rational.numerator, b->p.rational.denominator, &n) ||
        __builtin_mul_overflow(a->p.rational.denominator, b->p.rational.numerator, &d) || n == INT64_MIN ||
        d == INT64_MIN)
        return NULL;
    return mgd_rational(a->tape, n, d);
}

mgd_var *mgd__dot_over(mgd_var *a, mgd_var *b) {
    mgd_var *q = quotient_of_numbers(a, b);
    return q ? q : mgd_divide(a, b);
}

mgd_var *mgd__over(mgd_var *a, mgd_var *b) { return mgd__is_scalar(b) ? mgd__dot_over(a, b) : mgd_solve_right(a, b); }

mgd_var *mgd__left_over(mgd_var *a, mgd_var *b) { return mgd__is_scalar(a) ? mgd__dot_over(b, a) : mgd_solve(a, b); }

mgd_var *mgd__minus(mgd_var *a) {
    if (is_number(a) && a->p.rational.numerator)
        return mgd_rational(a->tape, -a->p.rational.numerator, a->p.rational.denominator);
    return mgd_negate(a);
}

mgd_var *mgd__dot_to_the(mgd_var *a, mgd_var *p) {
    if (is_number(p)) return mgd_power_rational(a, p->p.rational.numerator, p->p.rational.denominator);
    return mgd_pow(a, p);
}

mgd_var *mgd__to_the(mgd_var *a, mgd_var *p) {
    if (mgd__is_scalar(a) && mgd__is_scalar(p)) return mgd__dot_to_the(a, p);
    if (is_number(p) && p->p.rational.denominator == 1 && a->rows == a->cols)
        return mgd_matrix_power(a, p->p.rational.numerator);
    mgd__refuse(a->tape,
                "^: %s is %s, %s is %s: powers are those of a square matrix by a whole number; entry by entry "
                "they are written .^",
                mgd__label(a).text, mgd__size_label(a).text, mgd__label(p).text, mgd__size_label(p).text);
    return NULL;
}
