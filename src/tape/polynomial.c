/* SPDX-License-Identifier: MIT */
#include "tape/polynomial.h"

#include "numbers/rational.h"

#include <stdio.h>
#include <string.h>

mgd_polynomial mgd__polynomial_constant(int64_t n) {
    return (mgd_polynomial){ .divisor = 1, .terms = 1, .term = { { .coefficient = n } } };
}

static void remove_term(mgd_polynomial *p, int i) {
    p->terms--;
    memmove(p->term + i, p->term + i + 1, (size_t)(p->terms - i) * sizeof p->term[0]);
}

/* Atoms come in the order in which they were made; none, 0, comes last. */
static bool before(uint16_t a, uint16_t b) { return (uint16_t)(a - 1) < (uint16_t)(b - 1); }

int mgd__compare_terms(const mgd_term *x, const mgd_term *y) {
    for (int d = 0; d < MGD_SIZE_DEGREE; d++)
        if (x->atom[d] != y->atom[d]) return before(x->atom[d], y->atom[d]) ? -1 : 1;
    return 0;
}

static void add_term(mgd_polynomial *p, mgd_term x) {
    int i = 0, order = 1;
    while (i < p->terms && (order = mgd__compare_terms(&p->term[i], &x)) < 0) i++;
    if (i < p->terms && order == 0) {
        p->broken |= __builtin_add_overflow(p->term[i].coefficient, x.coefficient, &p->term[i].coefficient);
        if (p->term[i].coefficient == 0) remove_term(p, i);
        return;
    }
    if (p->terms == MGD_SIZE_TERMS) {
        p->broken = true;
        return;
    }
    memmove(p->term + i + 1, p->term + i, (size_t)(p->terms - i) * sizeof x);
    p->term[i] = x;
    p->terms++;
}

static mgd_term product_of_terms(mgd_term x, mgd_term y, bool *broken) {
    mgd_term z = { 0 };
    int i = 0, j = 0, n = 0;
    *broken |= __builtin_mul_overflow(x.coefficient, y.coefficient, &z.coefficient);
    while ((i < MGD_SIZE_DEGREE && x.atom[i]) || (j < MGD_SIZE_DEGREE && y.atom[j])) {
        uint16_t a = i < MGD_SIZE_DEGREE ? x.atom[i] : 0, b = j < MGD_SIZE_DEGREE ? y.atom[j] : 0;
        if (n == MGD_SIZE_DEGREE) {
            *broken = true;
            break;
        }
        z.atom[n++] = before(b, a) ? b : a;
        if (before(b, a))
            j++;
        else
            i++;
    }
    return z;
}

mgd_polynomial mgd__polynomial_scaled(mgd_polynomial p, int64_t by, int64_t divisor) {
    for (int i = 0; i < p.terms; i++)
        p.broken |= __builtin_mul_overflow(p.term[i].coefficient, by, &p.term[i].coefficient);
    p.broken |= __builtin_mul_overflow(p.divisor, divisor, &p.divisor);
    return p;
}

mgd_polynomial mgd__polynomial_sum(mgd_polynomial p, mgd_polynomial q) {
    int64_t g = mgd__common_divisor(p.divisor, q.divisor), to_p = q.divisor / g, to_q = p.divisor / g;
    p = mgd__polynomial_scaled(p, to_p, to_p);
    q = mgd__polynomial_scaled(q, to_q, to_q);
    p.broken |= q.broken;
    for (int i = 0; i < q.terms; i++) add_term(&p, q.term[i]);
    return p;
}

mgd_polynomial mgd__polynomial_product(mgd_polynomial p, mgd_polynomial q) {
    mgd_polynomial r = { .divisor = 1 };
    r.broken = p.broken | q.broken | __builtin_mul_overflow(p.divisor, q.divisor, &r.divisor);
    for (int i = 0; i < p.terms; i++)
        for (int j = 0; j < q.terms; j++) add_term(&r, product_of_terms(p.term[i], q.term[j], &r.broken));
    return r;
}

void mgd__polynomial_reduce(mgd_polynomial *p) {
    int64_t g = p->divisor;
    for (int i = 0; i < p->terms; i++) g = mgd__common_divisor(g, p->term[i].coefficient);
    if (p->divisor < 0) g = -g;
    for (int i = 0; i < p->terms; i++) p->term[i].coefficient /= g;
    p->divisor /= g;
}

static void append(mgd_polynomial_text *b, const char *s) {
    int n = snprintf(b->text + b->length, sizeof b->text - b->length, "%s", s);
    b->length += (size_t)n;
    if (b->length >= sizeof b->text) b->length = sizeof b->text - 1;
}

static void append_number(mgd_polynomial_text *b, uint64_t n) {
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    append(b, digits);
}

static void append_term(mgd_polynomial_text *b, const mgd_term *x, bool first, mgd_atom_name *name, const void *user) {
    bool negative = x->coefficient < 0;
    uint64_t k = negative ? 0 - (uint64_t)x->coefficient : (uint64_t)x->coefficient;
    if (negative)
        append(b, "-");
    else if (!first)
        append(b, "+");
    if (k != 1 || !x->atom[0]) append_number(b, k);
    for (int d = 0; d < MGD_SIZE_DEGREE && x->atom[d]; d++) {
        if (d || k != 1) append(b, "*");
        append(b, name(user, x->atom[d]));
    }
}

mgd_polynomial_text mgd__polynomial_text(const mgd_polynomial *p, mgd_atom_name *name, const void *user) {
    mgd_polynomial_text b = { .length = 0 };
    if (p->divisor != 1 && p->terms > 1) append(&b, "(");
    for (int i = 0; i < p->terms; i++) append_term(&b, &p->term[i], i == 0, name, user);
    if (!p->terms) append(&b, "0");
    if (p->divisor != 1) {
        append(&b, p->terms > 1 ? ")/" : "/");
        append_number(&b, (uint64_t)p->divisor);
    }
    return b;
}
