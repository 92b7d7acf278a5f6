/* SPDX-License-Identifier: MIT */
/* Residues modulo a tower of primes p[0] > p[1] > ..., a Cunningham chain: p[l] = 2 p[l+1] + 1.
 *
 * An element holds one residue for each level. exp at level l is a square of high order raised to the residue of level
 * l+1, so exp(a+b) = exp(a) exp(b) holds exactly, and uses one level up (Gonnet, STOC 1984; Monagan and Gonnet, ISSAC
 * 1994). Every p[l] is 3 mod 4 and, but for the last, (p[l]-1)/2 is prime: "positive" is "a non-zero square", -1 is
 * negative, every square has one positive root, and odd roots are unique. Logarithms are carried as forms, plain + sum
 * of c log(atom), with their exponentials beside them; only the logarithm of an atom is uninterpreted, a number that
 * depends on the atom alone. Atoms may hide a relation, as |det(A B)| with |det(A)| and |det(B)|, so a form is zero
 * where its exponential is 1. The logarithm of a negative number is that of its magnitude, and its form remembers the
 * sign for exp: an identity of real logarithms is one of log|x|, and no point is lost.
 *
 * Cosine and sine are the parts of a power in the circle a^2 + b^2 = 1, whose order p[l] + 1 has the prime factor
 * `circle_order` at every level; the exponent is the argument modulo that prime, which rational numbers carry along. Of
 * other arguments, and of the other functions, nothing is kept but equal values for equal arguments, the square sum of
 * sine and cosine, and which functions are odd or even.
 */
#include "numbers/number.h"
#include "numbers/tower.h"

enum { ATOMS = 64 };

/* The sign of a form's exponential; that of (1/2) log(-1) is unknown. */
typedef enum { POSITIVE, NEGATIVE, UNSIGNED } form_sign;

typedef struct {
    residue plain;
    form_sign sign;
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
double mgd__circle_modulus(void) { return (double)circle_order; }

uint64_t mgd__mix(uint64_t x) {
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

/* ---- forms ---- */

static form *new_form(const mgd_numbers *S, int atoms) {
    form *f = mgd__scratch(S->calculation, sizeof *f + (size_t)atoms * sizeof f->log[0]);
    if (!f) return NULL;
    f->plain = r_rational(0, 1);
    f->sign = POSITIVE;
    f->atoms = atoms;
    return f;
}

static const form *plain_form(const mgd_numbers *S, residue x) {
    form *f = new_form(S, 0);
    if (f) f->plain = x;
    return f;
}

/* log|x|, with x's sign; x is not 0. */
static const form *atom_form(const mgd_numbers *S, residue x) {
    form *f = new_form(S, 1);
    if (!f) return NULL;
    residue atom = x;
    if (!is_square(x.r[0], 0)) {
        f->sign = NEGATIVE;
        atom = r_minus(r_rational(0, 1), x);
    }
    f->log[0].coefficient = r_rational(1, 1);
    f->log[0].atom = atom;
    return f;
}

/* sign^s, for the whole numbers near 0 that a residue can be told to be. */
static form_sign sign_to_the(form_sign sign, residue s) {
    const uint64_t near = 1 << 20;
    if (sign != NEGATIVE || !s.depth) return sign;
    if (s.r[0] < near) return s.r[0] % 2 ? NEGATIVE : POSITIVE;
    if (prime[0] - s.r[0] < near) return (prime[0] - s.r[0]) % 2 ? NEGATIVE : POSITIVE;
    return UNSIGNED;
}

static form_sign product_of_signs(form_sign a, form_sign b) {
    if (a == UNSIGNED || b == UNSIGNED) return UNSIGNED;
    return a == b ? POSITIVE : NEGATIVE;
}

static form *scaled_form(const mgd_numbers *S, residue s, const form *f) {
    form *g = f ? new_form(S, f->atoms) : NULL;
    if (!g) return NULL;
    g->plain = r_times(s, f->plain);
    g->sign = sign_to_the(f->sign, s);
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
    h->sign = product_of_signs(f->sign, g->sign);
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

/* The logarithm of an element other than 0: what is known of it, else that it is itself an atom. */
static const form *as_product(const mgd_numbers *S, mgd_element a) {
    if (E(a)->product) return E(a)->product;
    if (E(a)->x.r[0] == 1) return plain_form(S, r_rational(0, 1));
    return E(a)->x.r[0] ? atom_form(S, E(a)->x) : NULL;
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
    return f->sign == NEGATIVE ? prime[l] - x : x;
}

static mgd_element residue_exp(const mgd_numbers *S, mgd_element a) {
    S->calculation->irrational = true;
    const form *f = as_sum(S, a);
    residue x = { .depth = f ? exp_depth(f) : 0 };
    if (x.depth <= 0) return mgd__fail(S, MGD_NO_SUCH_FUNCTION, "exp is nested deeper than the tower of primes");
    if (f->sign == UNSIGNED) return bad_point(S, "a negative number to a fraction");
    for (int l = 0; l < x.depth; l++) x.r[l] = exp_at(f, l);
    return make(S, x, NULL, f);
}

/* The number that stands for an atom's logarithm. */
static residue uninterpreted_log(const mgd_numbers *S, residue atom) {
    for (int l = 0; l < atom.depth; l++)
        atom.r[l] = mgd__mix(S->calculation->seed ^ mgd__mix(atom.r[l] ^ 0x106)) % prime[l];
    return off_circle(atom);
}

static mgd_element residue_log(const mgd_numbers *S, mgd_element a) {
    S->calculation->irrational = true;
    if (E(a)->x.r[0] == 0) return bad_point(S, "the logarithm of zero");
    const form *f = as_product(S, a);
    if (!f) return mgd__fail(S, MGD_NO_SUCH_FUNCTION, "out of memory");
    residue x = f->plain;
    for (int i = 0; i < f->atoms; i++)
        x = r_plus(x, r_times(f->log[i].coefficient, uninterpreted_log(S, f->log[i].atom)));
    return make(S, x, f->atoms || f->sign != POSITIVE ? f : NULL, NULL);
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

/* The exponent of the circle alone: the levels are those of x already. */
static residue to_the(residue x, int64_t n) {
    uint64_t e = x.exponent, power = 1;
    for (uint64_t k = n < 0 ? 0 - (uint64_t)n : (uint64_t)n; k; k >>= 1, e = multiply_modulo(e, e, circle_order))
        if (k & 1) power = multiply_modulo(power, e, circle_order);
    x.on_circle &= n >= 0 || power != 0;
    x.exponent = n < 0 ? inverse_modulo(power, circle_order) : power;
    return x;
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
    x = d == 1 ? to_the(x, n) : off_circle(x);
    form *product = E(a)->product ? scaled_form(S, r_rational(n, d), E(a)->product) : NULL;
    if (product)
        product->sign = d % 2 && n % 2 ? E(a)->product->sign : POSITIVE; /* of an even root there is one alone */
    return make(S, x, NULL, product);
}

/* ---- the circle, and functions of which next to nothing is known ---- */

typedef struct {
    uint64_t a, b; /* a + b i, i^2 = -1 */
} gaussian;

static gaussian gaussian_times(gaussian x, gaussian y, int l) {
    uint64_t p = prime[l];
    return (gaussian){ (multiply(x.a, y.a, l) + p - multiply(x.b, y.b, l)) % p,
                       (multiply(x.a, y.b, l) + multiply(x.b, y.a, l)) % p };
}

static gaussian gaussian_raise(gaussian x, uint64_t exponent, int l) {
    gaussian r = { 1, 0 };
    for (; exponent; exponent >>= 1, x = gaussian_times(x, x, l))
        if (exponent & 1) r = gaussian_times(r, x, l);
    return r;
}

/* ((1 + t i)/(1 - t i)), a point of the circle for any t: its order divides p + 1. */
static gaussian point_of_circle(uint64_t t, int l) {
    uint64_t p = prime[l], tt = multiply(t, t, l), over = reciprocal((1 + tt) % p, l);
    return (gaussian){ multiply((1 + p - tt) % p, over, l), multiply(2 * t % p, over, l) };
}

/* A number that depends on the function and on x alone; odd functions change sign with x. */
static uint64_t uninterpreted(const mgd_numbers *S, uint64_t function, bool odd, uint64_t x, int l) {
    bool flip = odd && !is_square(x, l);
    if (odd && x == 0) return 0;
    uint64_t y = mgd__mix(S->calculation->seed ^ mgd__mix((flip ? prime[l] - x : x) ^ function << 8)) % prime[l];
    return flip && y ? prime[l] - y : y;
}

enum { HALF_TANGENT = MGD_FUNCTIONS, GENERATOR = 3 };

static gaussian cosine_and_sine(const mgd_numbers *S, const residue *x, int l) {
    if (!x->on_circle) return point_of_circle(uninterpreted(S, HALF_TANGENT, true, x->r[l], l), l);
    uint64_t to_order = (prime[l] + 1) / circle_order;
    return gaussian_raise(gaussian_raise(point_of_circle(GENERATOR, l), to_order, l), x->exponent, l);
}

static uint64_t function_at(const mgd_numbers *S, mgd_function f, int order, const residue *x, int l) {
    uint64_t label = (uint64_t)f + (uint64_t)order * 64;
    if (f == MGD_SINE) return cosine_and_sine(S, x, l).b;
    if (f == MGD_COSINE) return cosine_and_sine(S, x, l).a;
    if (f != MGD_PI) return uninterpreted(S, label, f <= MGD_ERROR_FUNCTION, x->r[l], l);
    uint64_t root = uninterpreted(S, label, false, 1, l);
    return multiply(root, root, l); /* pi is positive */
}

static mgd_element residue_function(const mgd_numbers *S, mgd_function f, int order, mgd_element a) {
    residue x = E(a)->x, y = { .depth = f == MGD_PI || (f <= MGD_COSINE && x.on_circle) ? LEVELS : x.depth };
    S->calculation->irrational = true;
    S->calculation->circular |= f <= MGD_COSINE;
    for (int l = 0; l < y.depth; l++) y.r[l] = function_at(S, f, order, &x, l);
    return make(S, y, NULL, f == MGD_PI ? atom_form(S, y) : NULL);
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
    if (!E(a)->sum || exp_depth(E(a)->sum) <= 0) return false;
    uint64_t e = exp_at(E(a)->sum, 0); /* logarithms are those of magnitudes */
    return e == 1 || e == prime[0] - 1;
}

static double residue_magnitude(const mgd_numbers *S, mgd_element a) { return !residue_is_zero(S, a); }

static mgd_element residue_draw(const mgd_numbers *S, uint64_t key, bool positive) {
    residue x = { .depth = LEVELS };
    for (int l = 0; l < LEVELS; l++) {
        x.r[l] = mgd__mix(S->calculation->seed ^ mgd__mix(key * 8 + (uint64_t)l)) % prime[l];
        if (positive) x.r[l] = multiply(x.r[l], x.r[l], l);
        if (x.r[l] == 0) x.r[l] = 1;
    }
    x.on_circle = true;
    x.exponent = 1 + mgd__mix(S->calculation->seed ^ mgd__mix(key * 8 + LEVELS)) % (circle_order - 1);
    if (positive) x.exponent = multiply_modulo(x.exponent, x.exponent, circle_order);
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
        .function = residue_function,
        .sign = residue_sign,
        .is_zero = residue_is_zero,
        .magnitude = residue_magnitude,
        .keep = residue_keep,
        .draw = residue_draw,
    };
}
