/* SPDX-License-Identifier: MIT */
/* A number known by its residues modulo a tower of primes p[0] > p[1] > ..., a Cunningham chain: p[l] = 2 p[l+1] + 1,
 * and modulo one prime that divides every p[l] + 1. Included by residue.c. */
#ifndef MGD_TOWER_H
#define MGD_TOWER_H

#include <stdbool.h>
#include <stdint.h>

enum { LEVELS = 7 };

static const uint64_t prime[LEVELS] = { 0x18000774415b38ff, 0xc0003ba20ad9c7f, 0x60001dd1056ce3f, 0x30000ee882b671f,
                                        0x18000774415b38f,  0xc0003ba20ad9c7,  0x60001dd1056ce3 };

static const uint64_t circle_order = 2030551447; /* p[6] + 1 = 2^2 3^2 5 11^2 13 47 circle_order */

typedef struct {
    uint64_t r[LEVELS];
    int depth;         /* levels 0 to depth-1 are known */
    bool on_circle;    /* is the residue below known? */
    uint64_t exponent; /* modulo circle_order */
} residue;

/* ---- one level ---- */

__extension__ typedef unsigned __int128 wide;
__extension__ typedef __int128 signed_wide;

static inline uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t m) { return (uint64_t)((wide)a * b % m); }
static inline uint64_t multiply(uint64_t a, uint64_t b, int l) { return multiply_modulo(a, b, prime[l]); }

static inline uint64_t raise(uint64_t a, uint64_t exponent, int l) {
    uint64_t r = 1;
    for (; exponent; exponent >>= 1, a = multiply(a, a, l))
        if (exponent & 1) r = multiply(r, a, l);
    return r;
}

/* 1/a modulo m, or 0 where a and m have a common factor. */
static inline uint64_t inverse_modulo(uint64_t a, uint64_t m) {
    signed_wide t = 0, next_t = 1, r = (signed_wide)m, next_r = (signed_wide)(a % m);
    while (next_r) {
        signed_wide q = r / next_r, x = t - q * next_t;
        t = next_t;
        next_t = x;
        x = r - q * next_r;
        r = next_r;
        next_r = x;
    }
    if (r != 1) return 0;
    return (uint64_t)(t < 0 ? t + (signed_wide)m : t);
}

static inline uint64_t reciprocal(uint64_t a, int l) { return inverse_modulo(a, prime[l]); }
static inline bool is_square(uint64_t a, int l) { return a == 0 || raise(a, (prime[l] - 1) / 2, l) == 1; }

/* ---- all levels ---- */

static inline int least(int a, int b) { return a < b ? a : b; }

static inline uint64_t whole_modulo(int64_t n, uint64_t m) {
    uint64_t magnitude = (n < 0 ? 0 - (uint64_t)n : (uint64_t)n) % m;
    return n < 0 && magnitude ? m - magnitude : magnitude;
}

static inline residue r_rational(int64_t n, int64_t d) {
    uint64_t over = d == 1 ? 1 : inverse_modulo((uint64_t)d, circle_order);
    residue q = { .depth = LEVELS, .on_circle = over != 0 };
    q.exponent = multiply_modulo(whole_modulo(n, circle_order), over, circle_order);
    for (int l = 0; l < LEVELS; l++) {
        uint64_t x = whole_modulo(n, prime[l]);
        if ((uint64_t)d % prime[l] == 0) {
            q.depth = l;
            return q;
        }
        q.r[l] = d == 1 ? x : multiply(x, reciprocal((uint64_t)d, l), l);
    }
    return q;
}

static inline residue r_plus(residue a, residue b) {
    a.depth = least(a.depth, b.depth);
    a.on_circle &= b.on_circle;
    a.exponent = (a.exponent + b.exponent) % circle_order;
    for (int l = 0; l < a.depth; l++) a.r[l] = (a.r[l] + b.r[l]) % prime[l];
    return a;
}

static inline residue r_minus(residue a, residue b) {
    a.depth = least(a.depth, b.depth);
    a.on_circle &= b.on_circle;
    a.exponent = (a.exponent + circle_order - b.exponent) % circle_order;
    for (int l = 0; l < a.depth; l++) a.r[l] = (a.r[l] + prime[l] - b.r[l]) % prime[l];
    return a;
}

static inline residue r_times(residue a, residue b) {
    a.depth = least(a.depth, b.depth);
    a.on_circle &= b.on_circle;
    a.exponent = multiply_modulo(a.exponent, b.exponent, circle_order);
    for (int l = 0; l < a.depth; l++) a.r[l] = multiply(a.r[l], b.r[l], l);
    return a;
}

/* 1/a, known as deep as no residue is 0. */
static inline residue r_reciprocal(residue a) {
    for (int l = 0; l < a.depth; l++) {
        if (a.r[l] == 0)
            a.depth = l;
        else
            a.r[l] = reciprocal(a.r[l], l);
    }
    a.on_circle &= a.exponent != 0;
    a.exponent = inverse_modulo(a.exponent, circle_order);
    return a;
}

/* What is not rational has no residue for the circle. */
static inline residue off_circle(residue a) {
    a.on_circle = false;
    a.exponent = 0;
    return a;
}

#endif
