/* SPDX-License-Identifier: MIT */
/* literal: a decimal number whose digits or exponent are too long for a rational of 64 bits, 1x1.
 *
 * value        its digits, exactly
 */
#include "ops/ops.h"
#include "ops/traits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text is normal: an optional minus, digits without leading or trailing zeros, e, a decimal exponent; so it has no
 * decimal point, which a locale could read otherwise. */
static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)in;
    const char *digit = s->p.text.text;
    bool negative = *digit == '-';
    mgd_element x = whole(S, 0), ten = whole(S, 10);
    for (digit += negative; *digit != 'e'; digit++) x = plus(S, times(S, x, ten), whole(S, *digit - '0'));
    x = times(S, x, S->power(S, ten, strtol(digit + 1, NULL, 10), 1));
    put(out, 0, 0, negative ? minus(S, whole(S, 0), x) : x);
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)in;
    *(double *)out->data = strtod(s->p.text.text, NULL);
    return true;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    (void)of;
    return v->p.text.text[0] == '-' ? 0 : MGD_POSITIVE;
}

const mgd_operation mgd__op_literal = {
    .name = "literal",
    .parameter = MGD_PARAMETER_TEXT,
    .notation = "%t",
    .precedence = MGD_ATOM,
    .meaning = meaning,
    .kernel = kernel,
    .traits = traits,
};

enum { MOST_DIGITS = 4000, LARGEST_EXPONENT = 100000 };

typedef struct {
    bool negative, valid;
    char digits[MOST_DIGITS + 1];
    size_t length;
    long exponent;
} decimal;

static void drop_zeros(decimal *d) {
    size_t zeros = 0;
    while (zeros < d->length && d->digits[zeros] == '0') zeros++;
    memmove(d->digits, d->digits + zeros, d->length - zeros);
    d->length -= zeros;
    while (d->length && d->digits[d->length - 1] == '0') d->length--, d->exponent++;
    d->digits[d->length] = 0;
}

static bool read_exponent(const char *s, decimal *d) {
    char *end;
    if (!strchr("+-0123456789", s[0]) || !s[strspn(s, "+-")]) return false;
    long e = strtol(s, &end, 10);
    if (*end || e < -LARGEST_EXPONENT || e > LARGEST_EXPONENT) return false;
    d->exponent += e;
    return true;
}

static void read_decimal(const char *s, decimal *d) {
    bool point = false, any = false;
    *d = (decimal){ .negative = *s == '-' };
    for (s += *s == '-' || *s == '+'; (*s >= '0' && *s <= '9') || (*s == '.' && !point); s++) {
        if (*s == '.') {
            point = true;
            continue;
        }
        if (d->length == MOST_DIGITS) return;
        d->digits[d->length++] = *s;
        d->exponent -= point;
        any = true;
    }
    d->valid = any && (*s == 0 || ((*s == 'e' || *s == 'E') && read_exponent(s + 1, d)));
    drop_zeros(d);
}

static bool power_of_ten(long n, int64_t *result) {
    *result = 1;
    for (; n > 0; n--)
        if (__builtin_mul_overflow(*result, (int64_t)10, result)) return false;
    return true;
}

/* As a fraction, where it fits. */
static mgd_var *small(mgd_tape *t, const decimal *d) {
    if (d->length == 0) return mgd_rational(t, 0, 1);
    if (d->length > 18 || labs(d->exponent) > 18) return NULL;
    int64_t n = strtoll(d->digits, NULL, 10), ten;
    if (!power_of_ten(labs(d->exponent), &ten)) return NULL;
    if (d->negative) n = -n;
    if (d->exponent < 0) return mgd_rational(t, n, ten);
    return __builtin_mul_overflow(n, ten, &n) ? NULL : mgd_rational(t, n, 1);
}

/** The number that the text says, "1e-3", "0.1", "-12": exactly, whatever a double can hold. Refused where the text is
 * no decimal number, or has more than 4000 digits or an exponent beyond 100000. */
mgd_var *mgd_literal(mgd_tape *t, const char *text) {
    if (!t || t->failed) return NULL;
    decimal d;
    read_decimal(text ? text : "", &d);
    if (!d.valid) {
        mgd__refuse(t, "literal: '%.64s' is no decimal number", text ? text : "(null)");
        return NULL;
    }
    mgd_var *v = small(t, &d);
    if (v || t->failed) return v;
    char normal[MOST_DIGITS + 32];
    snprintf(normal, sizeof normal, "%s%se%ld", d.negative ? "-" : "", d.digits, d.exponent);
    const char *interned = mgd__intern_text(t, normal);
    return interned ? mgd__record(t, &mgd__op_literal, (mgd_parameters){ .text = { interned, 0 } }, 1, 1, 0, NULL)
                    : NULL;
}
