/* SPDX-License-Identifier: MIT */
/* The random identity test: at enough points two expressions are equal, or at one they are not. The vars are copied to
 * a tape of their own, so that sizes can be drawn without touching the user's. */
#include "exact/point.h"
#include "matgrad/exact.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 6, ROUNDS = 12, PATIENCE = 64, SIZES_TRIED = 40 };

static mgd_verdict undecided(const char *why) {
    mgd_verdict v = { .answer = MGD_UNDECIDED, .doubt = 1 };
    snprintf(v.reason, sizeof v.reason, "%s", why);
    return v;
}

/* ---- sizes ---- */

/* Names get small numbers that mostly differ from one another, 1 among them; 3 and 4 in the first rounds, so that what
 * holds for small sizes alone is seen; 1 and 2 where larger ones were of no use. */
static int64_t draw_size(uint64_t name, uint64_t round, uint64_t k, bool small) {
    uint64_t draw = mgd__mix((round * SIZES_TRIED + k) * 97 + name);
    if (small) return draw % 4 == 0 ? 1 : 2;
    if (round < 2 && k == 0) return 3 + (int64_t)((name + round) % 2);
    return draw % 8 == 0 ? 1 : 1 + (int64_t)((draw >> 8) % 4);
}

static bool draw_sizes(mgd_tape *t, uint64_t round, uint64_t k, bool small, bool *wide) {
    *wide = true;
    for (size_t i = 0, named = 0; i < t->sizes.atoms; i++) {
        const mgd_atom *a = &t->sizes.atom[i];
        if (a->kind != MGD_ATOM_NAME) continue;
        int64_t size = draw_size(named++, round, k, small);
        *wide &= size > 1;
        if (!mgd_bind(t, a->name, size)) return false;
    }
    for (size_t i = 0; i < t->sizes.count; i++)
        if (!t->sizes.size[i]->value) return false;
    return true;
}

static bool bind_sizes(mgd_tape *t, uint64_t round, bool small, bool *wide) {
    for (uint64_t k = 0; k < SIZES_TRIED; k++)
        if (draw_sizes(t, round, k, small, wide)) return true;
    return small && bind_sizes(t, round, false, wide);
}

/* ---- how sure ---- */

static double entries_of(const mgd_var *v) {
    return (double)mgd__dim_value(v->tape, v->rows) * (double)mgd__dim_value(v->tape, v->cols);
}

/* The degree of an input's entries in what is drawn for it: exact/assumed.c. */
static double degree_of_draw(const mgd_var *v) {
    unsigned a = mgd_assumptions(v);
    if (!mgd_name(v)) return 0;
    if (a & MGD_ORTHOGONAL) return 4.0 * (double)mgd__dim_value(v->tape, v->rows);
    return a & MGD_POSITIVE_DEFINITE ? 4 : a & MGD_POSITIVE ? 2 : 1;
}

/* A bound on the degree of v as a quotient of polynomials in the entries of the inputs: an entrywise operation adds the
 * degrees of its operands, any other one multiplies their sum by at most the square of the entries that it reads; what
 * stands for the exponential of a small matrix has a degree of its own. */
static double degree(mgd_tape *t, mgd_var *v) {
    mgd_reached below = mgd__reach(t, 1, &v, 0, false);
    double *degrees = below.ids ? calloc(below.count, sizeof *degrees) : NULL, result = INFINITY;
    for (size_t i = 0; degrees && i < below.count; i++) {
        const mgd_var *w = mgd__node(t, below.ids[i]);
        double sum = w->count == 0 ? degree_of_draw(w) : 0, read = 1;
        for (size_t k = 0; k < mgd__formula_operands(w); k++) {
            sum += degrees[mgd__position(t, &below, w->arg[k])];
            read += entries_of(w->arg[k]);
        }
        if (!w->op->entry)
            sum *= mgd__is(w, &mgd__op_expm) ? fmax(MGD_EXPM_DEGREE, read * read) : read * read;
        else if (w->op->parameter == MGD_PARAMETER_RATIONAL)
            sum *= fabs((double)w->p.rational.numerator) + (double)w->p.rational.denominator;
        result = degrees[i] = sum;
    }
    free(degrees);
    free(below.ids);
    return result;
}

/* A bound on the chance that a difference vanishes at one point, at the present sizes. */
static double chance(const mgd_question *q, const mgd_calculation *k) {
    double modulus = k->circular ? mgd__circle_modulus() : mgd__residue_modulus();
    return fmin(1, (degree(q->tape, q->a) + degree(q->tape, q->b) + 1) / modulus);
}

/* ---- the test ---- */

/* Why a gradient that looks right may not be: by x it is projected. */
static void add_convention(mgd_verdict *v, const mgd_var *x) {
    unsigned projected = MGD_SYMMETRIC | MGD_DIAGONAL | MGD_LOWER_TRIANGULAR | MGD_UPPER_TRIANGULAR;
    unsigned a = x ? mgd_assumptions(x) & projected : 0;
    if (a & MGD_DIAGONAL) a = MGD_DIAGONAL;
    size_t n = strlen(v->reason);
    if (a)
        snprintf(v->reason + n, sizeof v->reason - n, "; %s is declared %s, and its gradient is so too",
                 mgd__label(x).text, mgd__assumption_name(a));
}

static mgd_verdict different(mgd_question *q, const mgd_trial *p, int points, int64_t k) {
    mgd_verdict v = { .answer = MGD_DIFFERENT, .points = points, .doubt = 1 };
    const mgd_matrix *m = &p->b;
    if (p->k.irrational && !mgd__differ_as_reals(q))
        return undecided("different residues, but no different real numbers were found");
    if (q->derivative) {
        snprintf(v.reason, sizeof v.reason, "the derivative along a random direction differs");
        add_convention(&v, q->x);
    } else {
        snprintf(v.reason, sizeof v.reason, "entry (%lld,%lld) differs at sizes %lldx%lld",
                 (long long)(k / m->cols) + 1, (long long)(k % m->cols) + 1, (long long)m->rows, (long long)m->cols);
    }
    return v;
}

/* A point at the present sizes, drawn until it is a good one; it counts in v, or decides. */
static void try_sizes(mgd_question *q, uint64_t round, mgd_verdict *v) {
    for (uint64_t draw = 0, known = (uint64_t)v->points; draw < PATIENCE && (uint64_t)v->points == known; draw++) {
        mgd_trial p;
        int64_t k =
            mgd__try_point(q, &p, mgd__residues, 1 + round * PATIENCE + draw) ? mgd__first_difference(q, &p) : -1;
        mgd_calculation_state state = p.k.state;
        if (state == MGD_FINE) {
            v->points++;
            v->doubt = fmax(v->doubt * chance(q, &p.k), DBL_MIN);
            if (k >= 0) *v = different(q, &p, v->points, k);
        }
        mgd__end_trial(q, &p);
        if (state == MGD_NO_SUCH_FUNCTION) *v = undecided(q->why);
        if (v->answer != MGD_EQUAL) return;
    }
}

/* Equality counts only where it was seen at sizes other than 1: there everything commutes. */
static mgd_verdict answer(mgd_question *q) {
    mgd_verdict v = { .answer = MGD_EQUAL, .doubt = 1 };
    bool small = false, seen_wide = false;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        bool wide;
        int before = v.points;
        if (!bind_sizes(q->tape, round, small, &wide)) return undecided("no small sizes fit the expression");
        try_sizes(q, round, &v);
        seen_wide |= wide && v.points > before;
        small |= v.points == before;
        if (v.answer != MGD_EQUAL || (v.points >= POINTS && seen_wide)) break;
    }
    return v.answer != MGD_EQUAL || seen_wide ? v : undecided(q->why);
}

/* The vars on a tape of their own. */
static bool copy_question(mgd_question *q, mgd_var *a, mgd_var *b, const mgd_var *x) {
    mgd_var *image = NULL;
    q->derivative = x;
    q->a = mgd__copy_expression(q->tape, a, x, &image);
    q->x = image;
    q->b = q->a ? mgd__copy_expression(q->tape, b, NULL, NULL) : NULL;
    return q->b;
}

static mgd_verdict decide(mgd_var *a, mgd_var *b, const mgd_var *x) {
    mgd_question q = { .tape = mgd_tape_new() };
    if (!q.tape) return undecided("out of memory");
    mgd_verdict v = copy_question(&q, a, b, x) ? answer(&q) : undecided(mgd_message(q.tape));
    mgd_tape_free(q.tape);
    return v;
}

mgd_verdict mgd_equal(mgd_var *a, mgd_var *b) {
    if (!a || !b) return undecided("a var is NULL");
    if (a->tape != b->tape) return undecided("the vars are of different tapes");
    if (a == b) return (mgd_verdict){ .answer = MGD_EQUAL };
    if (mgd__same_size(a, b)) return decide(a, b, NULL);
    mgd_verdict v = { .answer = MGD_DIFFERENT, .doubt = 1 };
    snprintf(v.reason, sizeof v.reason, "the sizes differ: %s and %s", mgd__size_label(a).text,
             mgd__size_label(b).text);
    return v;
}

mgd_verdict mgd_is_gradient(mgd_var *f, mgd_var *x, mgd_var *g) {
    if (!f || !x || !g) return undecided("a var is NULL");
    if (f->tape != x->tape || f->tape != g->tape) return undecided("the vars are of different tapes");
    if (!mgd__is_scalar(f)) return undecided("the function is not 1x1");
    if (mgd__same_size(x, g)) return decide(f, g, x);
    mgd_verdict v = { .answer = MGD_DIFFERENT, .doubt = 1 };
    snprintf(v.reason, sizeof v.reason, "the gradient by a %s variable is %s, not %s", mgd__size_label(x).text,
             mgd__size_label(x).text, mgd__size_label(g).text);
    return v;
}
