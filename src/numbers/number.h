/* SPDX-License-Identifier: MIT */
/* A number system is a table of scalar functions over elements that nobody else looks into: the reals, duals over
 * another system, residues modulo a tower of primes. A meaning is written once and serves them all.
 *
 *     mgd_element s = over(S, one, plus(S, one, S->exp(S, minus_x)));
 *
 * Elements are handles into the calculation's scratch, which is reset after each node. A system that has no such
 * function, or none at this point, marks the calculation as failed, says why, and returns some element.
 */
#ifndef MGD_NUMBER_H
#define MGD_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef const void *mgd_element;
typedef struct mgd_numbers mgd_numbers;

/* Why a calculation failed: another point may do, or no point will. */
typedef enum { MGD_FINE, MGD_BAD_POINT, MGD_NO_SUCH_FUNCTION } mgd_calculation_state;

typedef struct mgd_chunk mgd_chunk;
typedef struct {
    mgd_chunk *scratch, *kept;
    mgd_calculation_state state;
    const char *why;
    char text[96]; /* where why points to when it is made up */
    uint64_t seed;
    bool irrational;       /* a function was used of which only laws are known: a difference may be the system's own */
    bool circular;         /* sine or cosine was, whose arguments count modulo mgd__circle_modulus */
    max_align_t spare[64]; /* what scratch() returns without memory, after the calculation has failed */
} mgd_calculation;

/* Functions beside exp, log and powers. The order is polygamma's: 0 is digamma; pi ignores its argument. */
typedef enum {
    MGD_SINE,
    MGD_COSINE,
    MGD_ARCSINE,
    MGD_ARCTANGENT,
    MGD_ERROR_FUNCTION,
    MGD_LOG_GAMMA, /* log|gamma(x)| */
    MGD_POLYGAMMA,
    MGD_PI,
    MGD_FUNCTIONS
} mgd_function;

struct mgd_numbers {
    const char *name;
    size_t size;             /* bytes of an element */
    const mgd_numbers *over; /* what duals are over */
    mgd_calculation *calculation;
    mgd_element (*rational)(const mgd_numbers *, int64_t numerator, int64_t denominator);
    mgd_element (*plus)(const mgd_numbers *, mgd_element, mgd_element);
    mgd_element (*minus)(const mgd_numbers *, mgd_element, mgd_element);
    mgd_element (*times)(const mgd_numbers *, mgd_element, mgd_element);
    mgd_element (*divide)(const mgd_numbers *, mgd_element, mgd_element);
    mgd_element (*exp)(const mgd_numbers *, mgd_element);
    mgd_element (*log)(const mgd_numbers *, mgd_element);
    mgd_element (*power)(const mgd_numbers *, mgd_element, int64_t numerator, int64_t denominator);
    mgd_element (*function)(const mgd_numbers *, mgd_function, int order, mgd_element);
    mgd_element (*sign)(const mgd_numbers *, mgd_element); /* -1, 0 or 1; locally constant */
    bool (*is_zero)(const mgd_numbers *, mgd_element);     /* of a dual: is its value? */
    double (*magnitude)(const mgd_numbers *, mgd_element); /* to choose pivots by; 0 for zero alone */

    /* Makes an element that leaves the scratch (an entry of a result) own what it refers to; NULL where it refers to
     * nothing. */
    void (*keep)(const mgd_numbers *, void *element);

    /* A number that depends on the calculation's seed and the key alone, the same in every system over one base. */
    mgd_element (*draw)(const mgd_numbers *, uint64_t key, bool positive);
};

/* A matrix of elements, row by row. */
typedef struct {
    int64_t rows, cols;
    size_t size; /* bytes of an element */
    char *data;
} mgd_matrix;

/* What a system of equations leaves over: the entries told to mgd__must_vanish. */
typedef struct {
    int64_t entries, nonzero;
} mgd_residuals;

void *mgd__scratch(mgd_calculation *k, size_t bytes); /* until the reset; NULL only for more bytes than the spare has */
void *mgd__keep(mgd_calculation *k, size_t bytes);    /* until the end; NULL, and failed, without memory */
void mgd__scratch_reset(mgd_calculation *k);
void mgd__calculation_end(mgd_calculation *k);
mgd_element mgd__fail(const mgd_numbers *S, mgd_calculation_state state, const char *why); /* an element, zeroed */

mgd_numbers mgd__reals(mgd_calculation *k);
mgd_numbers mgd__duals(const mgd_numbers *over); /* v + t e with e*e = 0 */
mgd_numbers mgd__residues(mgd_calculation *k);

mgd_element mgd__dual(const mgd_numbers *D, mgd_element value, mgd_element tangent);
mgd_element mgd__dual_value(const mgd_numbers *D, mgd_element);
mgd_element mgd__dual_tangent(const mgd_numbers *D, mgd_element);
mgd_element mgd__held(const mgd_numbers *S, mgd_element x); /* x without tangents, at any depth */

mgd_element mgd__real(const mgd_numbers *R, double x);
double mgd__real_value(mgd_element);

double mgd__residue_modulus(void); /* the largest prime */
double mgd__circle_modulus(void);
uint64_t mgd__mix(uint64_t);

/* Is every part of x zero: of a dual, value and tangent? */
bool mgd__vanishes(const mgd_numbers *S, mgd_element x);
void mgd__must_vanish(const mgd_numbers *S, mgd_residuals *r, mgd_element x);

/* [A | B], n x (n + m) handles row by row, becomes [I | inv(A) B], with exchanges of rows; returns det(A). A singular A
 * gives 0 and, where anything depends on its inverse (m > 0), fails the calculation. */
mgd_element mgd__eliminate(const mgd_numbers *S, int64_t n, int64_t m, mgd_element *w);

mgd_element mgd__determinant(const mgd_numbers *S, const mgd_matrix *a);

static inline mgd_element at(const mgd_matrix *m, int64_t i, int64_t j) {
    return m->data + (size_t)(i * m->cols + j) * m->size;
}
static inline void put(mgd_matrix *m, int64_t i, int64_t j, mgd_element e) {
    memcpy(m->data + (size_t)(i * m->cols + j) * m->size, e, m->size);
}
static inline mgd_element plus(const mgd_numbers *S, mgd_element a, mgd_element b) { return S->plus(S, a, b); }
static inline mgd_element minus(const mgd_numbers *S, mgd_element a, mgd_element b) { return S->minus(S, a, b); }
static inline mgd_element times(const mgd_numbers *S, mgd_element a, mgd_element b) { return S->times(S, a, b); }
static inline mgd_element over(const mgd_numbers *S, mgd_element a, mgd_element b) { return S->divide(S, a, b); }
static inline mgd_element whole(const mgd_numbers *S, int64_t n) { return S->rational(S, n, 1); }

#endif
