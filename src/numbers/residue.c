/* SPDX-License-Identifier: MIT */
/* Residues modulo a tower of primes p[0] > p[1] > ..., a Cunningham chain: p[l] = 2 p[l+1] + 1.
 *
 * An element holds one residue for each level. exp at level l is a square of high order raised to the residue of level
 * l+1, so exp(a+b) = exp(a) exp(b) holds exactly, and uses one level up (Gonnet, STOC 1984; Monagan and Gonnet, ISSAC
 * 1994). Every p[l] is 3 mod 4 and, but for the last, (p[l]-1)/2 is prime: "positive" is "a non-zero square", -1 is
 * negative, every square has one positive root, and odd roots are unique. Logarithms are carried as forms, plain + sum
 * of c log(atom), with their exponentials beside them; only the logarithm of an atom is uninterpreted, a number that
 * depends on the atom alone. Atoms may hide a relation, as |det(A B)| with |det(A)| and |det(B)|, so a form is zero
 * where its exponential is 1.
 */
#include "numbers/number.h"

enum { LEVELS = 7, ATOMS = 64 };

static const uint64_t prime[LEVELS] = { 0x18000774415b38ff, 0xc0003ba20ad9c7f, 0x60001dd1056ce3f, 0x30000ee882b671f,
                                        0x18000774415b38f,  0xc0003ba20ad9c7,  0x60001dd1056ce3 };

typedef struct {
    uint64_t r[LEVELS];
    int depth; /* levels 0 to depth-1 are known */
} residue;

typedef struct {
    residue plain;
    int atoms;
    struct {
        residue coefficient, atom; /* the atom is a non-zero square */
    } log[];
} form;

/* x = the form `sum`, and x = exp(the form `product`), as far as known. */
typedef struct {
    residue x;
    const form *sum, *product;
} element;

#define E(e) ((const element *)(e))

double mgd__residue_modulus(void) { return (double)prime[0]; }

uint64_t mgd__mix(uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

/* ---- one level ---- */

__extension__ typedef unsigned __int128 wide;
__extension__ typedef __int128 signed_wide;

static uint64_t multiply(uint64_t a, uint64_t b, int l) { return (uint64_t)((wide)a * b % prime[l]); }

static uint64_t raise(uint64_t a, uint64_t exponent, int l) {
    uint64_t r = 1;
    for (; exponent; exponent >>= 1, a = multiply(a, a, l))
        if (exponent & 1) r = multiply(r, a, l);
    return r;
}

/* 1/a modulo m, or 0 where a and m have a common factor. */
static uint64_t inverse_modulo(uint64_t a, uint64_t m) {
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

static uint64_t reciprocal(uint64_t a, int l) { return inverse_modulo(a, prime[l]); }
static bool is_square(uint64_t a, int l) { return a == 0 || raise(a, (prime[l] - 1) / 2, l) == 1; }

/* ---- all levels ---- */

static int least(int a, int b) { return a < b ? a : b; }

static residue r_rational(int64_t n, int64_t d) {
    residue q = { .depth = LEVELS };
    for (int l = 0; l < LEVELS; l++) {
        uint64_t magnitude = (n < 0 ? 0 - (uint64_t)n : (uint64_t)n) % prime[l];
        uint64_t x = n < 0 && magnitude ? prime[l] - magnitude : magnitude;
        if ((uint64_t)d % prime[l] == 0) {
            q.depth = l;
            return q;
        }
        q.r[l] = d == 1 ? x : multiply(x, reciprocal((uint64_t)d, l), l);
    }
    return q;
}

static residue r_plus(residue a, residue b) {
    a.depth = least(a.depth, b.depth);
    for (int l = 0; l < a.depth; l++) a.r[l] = (a.r[l] + b.r[l]) % prime[l];
    return a;
}

static residue r_minus(residue a, residue b) {
    a.depth = least(a.depth, b.depth);
    for (int l = 0; l < a.depth; l++) a.r[l] = (a.r[l] + prime[l] - b.r[l]) % prime[l];
    return a;
}

static residue r_times(residue a, residue b) {
    a.depth = least(a.depth, b.depth);
    for (int l = 0; l < a.depth; l++) a.r[l] = multiply(a.r[l], b.r[l], l);
    return a;
}

/* 1/a, known as deep as no residue is 0. */
static residue r_reciprocal(residue a) {
    for (int l = 0; l < a.depth; l++) {
        if (a.r[l] == 0)
            a.depth = l;
        else
            a.r[l] = reciprocal(a.r[l], l);
    }
    return a;
}

/* ---- forms ---- */

static form *new_form(const mgd_numbers *S, int atoms) {
    form *f = mgd__scratch(S->calculation, sizeof *f + (size_t)atoms * sizeof f->log[0]);
    if (!f) return NULL;
    f->plain = r_rational(0, 1);
    f->atoms = atoms;
    return f;
}

static const form *plain_form(const mgd_numbers *S, residue x) {
    form *f = new_form(S, 0);
    if (f) f->plain = x;
    return f;
}

static const form *atom_form(const mgd_numbers *S, residue atom) {
    form *f = new_form(S, 1);
    if (!f) return NULL;
    f->log[0].coefficient = r_rational(1, 1);
    f->log[0].atom = atom;
    return f;
}

static const form *scaled_form(const mgd_numbers *S, residue s, const form *f) {
    form *g = f ? new_form(S, f->atoms) : NULL;
    if (!g) return NULL;
    g->plain = r_times(s, f->plain);
    for (int i = 0; i < f->atoms; i++) {
        g->log[i].coefficient = r_times(s, f->log[i].coefficient);
        g->log[i].atom = f->log[i].atom;
    }
    return g;
}

/* f + g, like atoms joined; NULL where either is unknown or the result is too long to be worth its cost. */
static const form *sum_form(const mgd_numbers *S, const form *f, const form *g) {
    if (!f || !g || f->atoms + g->atoms > ATOMS) return NULL;
    form *h = new_form(S, f->atoms + g->atoms);
    if (!h) return NULL;
    h->plain = r_plus(f->plain, g->plain);
    h->atoms = f->atoms;
    for (int i = 0; i < f->atoms; i++) h->log[i] = f->log[i];
    for (int i = 0; i < g->atoms; i++) {
        int j = 0;
        while (j < h->atoms && h->log[j].atom.r[0] != g->log[i].atom.r[0]) j++;
        if (j < h->atoms)
            h->log[j].coefficient = r_plus(h->log[j].coefficient, g->log[i].coefficient);
        else
            h->log[h->atoms++] = g->log[i];
    }
    return h;
}

static const form *as_sum(const mgd_numbers *S, mgd_element a) {
    return E(a)->sum ? E(a)->sum : plain_form(S, E(a)->x);
}

/* The logarithm of a positive element: what is known of it, else that it is itself an atom. */
static const form *as_product(const mgd_numbers *S, mgd_element a) {
    if (E(a)->product) return E(a)->product;
    if (E(a)->x.r[0] == 1) return plain_form(S, r_rational(0, 1));
    return E(a)->x.r[0] && is_square(E(a)->x.r[0], 0) ? atom_form(S, E(a)->x) : NULL;
}

static bool known_product(mgd_element a) { return E(a)->product || E(a)->x.r[0] == 1; }

/* ---- the number system ---- */

static mgd_element make(const mgd_numbers *S, residue x, const form *sum, const form *product) {
    element *e = mgd__scratch(S->calculation, sizeof *e);
    *e = (element){ x, sum, product };
    return e;
}

static mgd_element bad_point(const mgd_numbers *S, const char *why) { return mgd__fail(S, MGD_BAD_POINT, why); }

static mgd_element residue_rational(const mgd_numbers *S, int64_t n, int64_t d) {
    residue x = r_rational(n, d);
    if (!x.depth) return mgd__fail(S, MGD_NO_SUCH_FUNCTION, "a denominator is a multiple of the modulus");
    return make(S, x, NULL, NULL);
}

static mgd_element residue_plus(const mgd_numbers *S, mgd_element a, mgd_element b) {
    bool forms = E(a)->sum || E(b)->sum;
    return make(S, r_plus(E(a)->x, E(b)->x), forms ? sum_form(S, as_sum(S, a), as_sum(S, b)) : NULL, NULL);
}

static mgd_element residue_minus(const mgd_numbers *S, mgd_element a, mgd_element b) {
    const form *f = NULL;
    if (E(a)->sum || E(b)->sum) f = sum_form(S, as_sum(S, a), scaled_form(S, r_rational(-1, 1), as_sum(S, b)));
    return make(S, r_minus(E(a)->x, E(b)->x), f, NULL);
}

static mgd_element residue_times(const mgd_numbers *S, mgd_element a, mgd_element b) {
    const form *sum = NULL, *product = NULL;
    if (E(a)->product || E(b)->product) product = sum_form(S, as_product(S, a), as_product(S, b));
    if (E(a)->sum && !E(b)->sum) sum = scaled_form(S, E(b)->x, E(a)->sum);
    if (E(b)->sum && !E(a)->sum) sum = scaled_form(S, E(a)->x, E(b)->sum);
    return make(S, r_times(E(a)->x, E(b)->x), sum, product);
}

static mgd_element residue_divide(const mgd_numbers *S, mgd_element a, mgd_element b) {
    const form *sum = NULL, *product = NULL;
    if (E(b)->x.depth && E(b)->x.r[0] == 0) return bad_point(S, "division by zero");
    residue inverse = r_reciprocal(E(b)->x);
    if (known_product(a) || E(b)->product)
        product = sum_form(S, as_product(S, a), scaled_form(S, r_rational(-1, 1), as_product(S, b)));
    if (E(a)->sum && !E(b)->sum) sum = scaled_form(S, inverse, E(a)->sum);
    return make(S, r_times(E(a)->x, inverse), sum, product);
}

static int exp_depth(const form *f) {
    int depth = f->plain.depth - 1;
    for (int i = 0; i < f->atoms; i++)
        depth = least(depth, least(f->log[i].coefficient.depth - 1, f->log[i].atom.depth));
    return depth;
}

static uint64_t exp_at(const form *f, int l) {
    uint64_t x = raise(49, f->plain.r[l + 1], l);
    for (int i = 0; i < f->atoms; i++)
        x = multiply(x, raise(f->log[i].atom.r[l], f->log[i].coefficient.r[l + 1], l), l);
    return x;
}

static mgd_element residue_exp(const mgd_numbers *S, mgd_element a) {
    S->calculation->irrational = true;
    const form *f = as_sum(S, a);
    residue x = { .depth = f ? exp_depth(f) : 0 };
    if (x.depth <= 0) return mgd__fail(S, MGD_NO_SUCH_FUNCTION, "exp is nested deeper than the tower of primes");
    for (int l = 0; l < x.depth; l++) x.r[l] = exp_at(f, l);
    return make(S, x, NULL, f);
}

/* The number that stands for an atom's logarithm. */
static residue uninterpreted_log(const mgd_numbers *S, residue atom) {
    for (int l = 0; l < atom.depth; l++)
        atom.r[l] = mgd__mix(S->calculation->seed ^ mgd__mix(atom.r[l] ^ 0x106)) % prime[l];
    return atom;
}

static mgd_element residue_log(const mgd_numbers *S, mgd_element a) {
    S->calculation->irrational = true;
    if (E(a)->x.r[0] == 0) return bad_point(S, "the logarithm of zero");
    const form *f = as_product(S, a);
    if (!f) return bad_point(S, "the logarithm of a negative number");
    residue x = f->plain;
    for (int i = 0; i < f->atoms; i++)
        x = r_plus(x, r_times(f->log[i].coefficient, uninterpreted_log(S, f->log[i].atom)));
    return make(S, x, f->atoms ? f : NULL, NULL);
}

/* x to the power n/d at one level; false where it does not exist. */
static bool power_at(uint64_t x, int64_t n, int64_t d, int l, uint64_t *result) {
    if (n < 0 && x == 0) return false;
    for (; d % 2 == 0; d /= 2) {
        if (!is_square(x, l)) return false;
        x = raise(x, (prime[l] + 1) / 4, l); /* the root that is itself a square */
    }
    if (d > 1) {
        uint64_t e = inverse_modulo((uint64_t)d, prime[l] - 1);
        if (!e) return false;
        x = raise(x, e, l);
    }
    x = raise(x, n < 0 ? 0 - (uint64_t)n : (uint64_t)n, l);
    *result = n < 0 ? reciprocal(x, l) : x;
    return true;
}

static mgd_element residue_power(const mgd_numbers *S, mgd_element a, int64_t n, int64_t d) {
    residue x = E(a)->x;
    S->calculation->irrational |= d != 1;
    if (x.depth && x.r[0] == 0) return n < 0 ? bad_point(S, "0 to a negative power") : residue_rational(S, n == 0, 1);
    for (int l = 0; l < x.depth; l++) {
        if (power_at(x.r[l], n, d, l, &x.r[l])) continue;
        if (l == 0) return bad_point(S, "a root of a negative number");
        x.depth = l;
    }
    const form *product = E(a)->product ? scaled_form(S, r_rational(n, d), E(a)->product) : NULL;
    return make(S, x, NULL, product);
}

static mgd_element residue_sign(const mgd_numbers *S, mgd_element a) { /* level 0 decides for all */
    S->calculation->irrational = true;
    if (E(a)->x.r[0] == 0) return residue_rational(S, 0, 1);
    return residue_rational(S, is_square(E(a)->x.r[0], 0) ? 1 : -1, 1);
}

/* Of rational numbers every level counts, so that the first prime itself is not 0. */
static bool residue_is_zero(const mgd_numbers *S, mgd_element a) {
    const residue *x = &E(a)->x;
    int levels = S->calculation->irrational ? least(x->depth, 1) : x->depth, l = 0;
    while (l < levels && x->r[l] == 0) l++;
    if (l == levels) return levels > 0;
    return E(a)->sum && exp_depth(E(a)->sum) > 0 && exp_at(E(a)->sum, 0) == 1;
}

static double residue_magnitude(const mgd_numbers *S, mgd_element a) { return !residue_is_zero(S, a); }

static mgd_element residue_draw(const mgd_numbers *S, uint64_t key, bool positive) {
    residue x = { .depth = LEVELS };
    for (int l = 0; l < LEVELS; l++) {
        x.r[l] = mgd__mix(S->calculation->seed ^ mgd__mix(key * 8 + (uint64_t)l)) % prime[l];
        if (positive) x.r[l] = multiply(x.r[l], x.r[l], l);
        if (x.r[l] == 0) x.r[l] = 1;
    }
    return make(S, x, NULL, positive ? atom_form(S, x) : NULL);
}

static const form *keep_form(const mgd_numbers *S, const form *f) {
    if (!f) return NULL;
    size_t bytes = sizeof *f + (size_t)f->atoms * sizeof f->log[0];
    form *g = mgd__keep(S->calculation, bytes);
    return g ? memcpy(g, f, bytes) : NULL;
}

static void residue_keep(const mgd_numbers *S, void *e) {
    element *x = e;
    x->sum = keep_form(S, x->sum);
    x->product = keep_form(S, x->product);
}

mgd_numbers mgd__residues(mgd_calculation *k) {
    return (mgd_numbers){
        .name = "residues",
        .size = sizeof(element),
        .calculation = k,
        .rational = residue_rational,
        .plus = residue_plus,
        .minus = residue_minus,
        .times = residue_times,
        .divide = residue_divide,
        .exp = residue_exp,
        .log = residue_log,
        .power = residue_power,
        .sign = residue_sign,
        .is_zero = residue_is_zero,
        .magnitude = residue_magnitude,
        .keep = residue_keep,
        .draw = residue_draw,
    };
}
