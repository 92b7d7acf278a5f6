/* SPDX-License-Identifier: MIT */
/* Polynomials with rational coefficients over numbered atoms, in normal form: terms in the order of their atoms, no
 * zero terms, and where it is asked for lowest terms. Sizes are such polynomials. */
#ifndef MGD_POLYNOMIAL_H
#define MGD_POLYNOMIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MGD_SIZE_TERMS = 32, MGD_SIZE_DEGREE = 6 };

typedef struct {
    int64_t coefficient;
    uint16_t atom[MGD_SIZE_DEGREE]; /* from 1; 0 behind the last */
} mgd_term;

typedef struct {
    int64_t divisor; /* the sum of the terms over this */
    int terms;
    bool broken; /* too many terms, too high a degree, or too large a coefficient */
    mgd_term term[MGD_SIZE_TERMS];
} mgd_polynomial;

mgd_polynomial mgd__polynomial_constant(int64_t n);
mgd_polynomial mgd__polynomial_scaled(mgd_polynomial p, int64_t by, int64_t divisor);
mgd_polynomial mgd__polynomial_sum(mgd_polynomial p, mgd_polynomial q);
mgd_polynomial mgd__polynomial_product(mgd_polynomial p, mgd_polynomial q);
void mgd__polynomial_reduce(mgd_polynomial *p);               /* to lowest terms */
int mgd__compare_terms(const mgd_term *x, const mgd_term *y); /* below 0: x comes first; 0: the same atoms */

/* As a formula, cut where it is longer. name(user, i) is what atom i is called. */
typedef struct {
    char text[256];
    size_t length;
} mgd_polynomial_text;
typedef const char *mgd_atom_name(const void *user, uint16_t atom);
mgd_polynomial_text mgd__polynomial_text(const mgd_polynomial *p, mgd_atom_name *name, const void *user);

#endif
