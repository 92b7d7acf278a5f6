/* SPDX-License-Identifier: MIT */
/* number: an exact rational number, 1x1.
 *
 * value        q
 */
#include "numbers/rational.h"
#include "ops/ops.h"
#include "ops/traits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)in;
    put(out, 0, 0, S->rational(S, s->p.rational.numerator, s->p.rational.denominator));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)in;
    *(double *)out->data = mgd__nearest_double(s->p.rational.numerator, s->p.rational.denominator);
    return true;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)of;
    return v->p.rational.numerator > 0 ? MGD_POSITIVE : 0;
}

const mgd_operation mgd__op_number = {
    .name = "number",
    .parameter = MGD_PARAMETER_RATIONAL,
    .notation = "%q",
    .precedence = MGD_ATOM,
    .meaning = meaning,
    .kernel = kernel,
    .traits = traits,
};

/** The number numerator/denominator, exactly. Refused where the denominator is 0, or either is -2^63. */
mgd_var *mgd_rational(mgd_tape *t, int64_t numerator, int64_t denominator) {
    if (!t || t->failed) return NULL;
    if (denominator == 0 || numerator == INT64_MIN || denominator == INT64_MIN) {
        mgd__refuse(t, "rational: %lld/%lld is no number here", (long long)numerator, (long long)denominator);
        return NULL;
    }
    int64_t g = mgd__common_divisor(numerator, denominator);
    if (denominator < 0) g = -g;
    mgd_parameters p = { .rational = { numerator / g, denominator / g } };
    return mgd__record(t, &mgd__op_number, p, 1, 1, 0, NULL);
}

/** The number that x prints as: 0.1 is 1/10, not the double beside it. Whatever reads the tape exactly sees the
 * shortest decimal that reads back as x. Refused for NaN and infinity. */
mgd_var *mgd_number(mgd_tape *t, double x) {
    if (!t || t->failed) return NULL;
    if (!isfinite(x)) {
        mgd__refuse(t, "number: %g is not finite", x);
        return NULL;
    }
    if (x == floor(x) && fabs(x) < 0x1p53) return mgd_rational(t, (int64_t)x, 1);
    char digits[32];
    for (int precision = 0; precision < 17; precision++) {
        snprintf(digits, sizeof digits, "%.*e", precision, x);
        if (strtod(digits, NULL) == x) break;
    }
    char *point = strpbrk(digits, ",."); /* a locale may write its own */
    if (point) *point = '.';
    return mgd_literal(t, digits);
}

mgd_var *mgd__whole(const mgd_var *v, int64_t n) { return v ? mgd_rational(v->tape, n, 1) : NULL; }
