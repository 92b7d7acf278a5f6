/* SPDX-License-Identifier: MIT */
/* The random identity test: at enough points two expressions are equal, or at one they are not. The vars are copied to
 * a tape of their own, so that sizes can be drawn without touching the user's. */
#include "exact/evaluate.h"
#include "matgrad/exact.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 6, TRIES = 400, SIZES_TRIED = 40 };

/* What is compared: a with b, or the derivative of a along a direction of x with b's product with it. */
typedef struct {
    mgd_tape *tape;
    mgd_var *a, *b, *x;
    char why[96]; /* the last point that was tried could not be decided */
} question;

static mgd_verdict undecided(const char *why) {
    mgd_verdict v = { .answer = MGD_UNDECIDED, .doubt = 1 };
    snprintf(v.reason, sizeof v.reason, "%s", why);
    return v;
}

/* ---- sizes ---- */

/* Names get small numbers, 1 among them, that mostly differ from one another. */
static bool draw_sizes(mgd_tape *t, uint64_t seed) {
    for (size_t i = 0, named = 0; i < t->sizes.atoms; i++) {
        const mgd_atom *a = &t->sizes.atom[i];
        if (a->kind != MGD_ATOM_NAME) continue;
        uint64_t draw = mgd__mix(seed * 97 + named++);
        if (!mgd_bind(t, a->name, draw % 8 == 0 ? 1 : 1 + (int64_t)((draw >> 8) % 4))) return false;
    }
    for (size_t i = 0; i < t->sizes.count; i++)
        if (!t->sizes.size[i]->value) return false;
    return true;
}

static bool bind_sizes(mgd_tape *t, uint64_t seed) {
    for (uint64_t k = 0; k < SIZES_TRIED; k++)
        if (draw_sizes(t, seed * SIZES_TRIED + k)) return true;
    return false;
}

/* ---- one point ---- */

static const uint64_t direction_key = 0x1000001;

static mgd_element direction(const mgd_numbers *S, int64_t k) { return S->draw(S, direction_key + (uint64_t)k, false); }

static void move_along(void *user, const mgd_numbers *D, const mgd_var *v, mgd_matrix *value) {
    const question *q = user;
    if (v != q->x) return;
    for (int64_t k = 0; k < value->rows * value->cols; k++) {
        char *entry = value->data + (size_t)k * value->size;
        memcpy(entry, mgd__dual(D, mgd__dual_value(D, entry), direction(D->over, k)), value->size);
    }
}

/* The position of the first entry in which a and b differ, or -1. */
static int64_t first_difference(const mgd_numbers *S, const mgd_matrix *a, const mgd_matrix *b) {
    for (int64_t k = 0; k < a->rows * a->cols; k++) {
        size_t offset = (size_t)k * a->size;
        if (!mgd__vanishes(S, minus(S, a->data + offset, b->data + offset))) return k;
    }
    return -1;
}

/* 0 where df along the direction is <g, direction>, else -1: one comparison. */
static int64_t compare_derivative(const mgd_numbers *D, const mgd_matrix *f, const mgd_matrix *g) {
    const mgd_numbers *S = D->over;
    mgd_element product = whole(S, 0);
    for (int64_t k = 0; k < g->rows * g->cols; k++)
        product = plus(S, product, times(S, mgd__dual_value(D, g->data + (size_t)k * g->size), direction(S, k)));
    return mgd__vanishes(S, minus(S, mgd__dual_tangent(D, f->data), product)) ? -1 : 0;
}

/* At one point: are they equal? difference is the entry in which they are not. */
static mgd_calculation_state try_point(question *q, uint64_t seed, int64_t *difference) {
    mgd_calculation k = { .seed = seed };
    mgd_numbers S = mgd__residues(&k), D = mgd__duals(&S);
    mgd_point p = { .S = q->x ? &D : &S, .move = q->x ? move_along : NULL, .user = q };
    mgd_matrix values[2];
    if (mgd__evaluate(&p, 2, (mgd_var *[]){ q->a, q->b }, values)) {
        *difference = q->x ? compare_derivative(&D, &values[0], &values[1])
                           : first_difference(&S, &values[0], &values[1]);
        free(values[0].data);
        free(values[1].data);
    }
    mgd__calculation_end(&k);
    if (k.state != MGD_FINE) snprintf(q->why, sizeof q->why, "%s", k.why);
    return k.state;
}

/* ---- how sure ---- */

static double entries(const mgd_var *v) {
    return (double)mgd__dim_value(v->tape, v->rows) * (double)mgd__dim_value(v->tape, v->cols);
}

/* A bound on the degree of v as a quotient of polynomials in the entries of the inputs: an entrywise operation adds the
 * degrees of its operands, any other one multiplies their sum by at most the square of the entries that it reads. */
static double degree(mgd_tape *t, mgd_var *v) {
    mgd_reached below = mgd__reach(t, 1, &v, 0, false);
    double *degrees = below.ids ? calloc(below.count, sizeof *degrees) : NULL, result = INFINITY;
    for (size_t i = 0; degrees && i < below.count; i++) {
        const mgd_var *w = mgd__node(t, below.ids[i]);
        double sum = w->count == 0 && mgd_name(w), read = 1;
        for (size_t k = 0; k < mgd__formula_operands(w); k++) {
            sum += degrees[mgd__position(t, &below, w->arg[k])];
            read += entries(w->arg[k]);
        }
        if (!w->op->entry) sum *= read * read;
        else if (w->op->parameter == MGD_PARAMETER_RATIONAL)
            sum *= fabs((double)w->p.rational.numerator) + (double)w->p.rational.denominator;
        result = degrees[i] = sum;
    }
    free(degrees);
    free(below.ids);
    return result;
}

static double doubt(const question *q, int points) {
    double d = (degree(q->tape, q->a) + degree(q->tape, q->b) + 1) / mgd__residue_modulus();
    return d < 1 ? fmax(pow(d, points), DBL_MIN) : 1;
}

/* ---- the test ---- */

static mgd_verdict different(const question *q, int points, int64_t entry) {
    mgd_verdict v = { .answer = MGD_DIFFERENT, .points = points, .doubt = 1 };
    int64_t cols = mgd__dim_value(q->tape, q->b->cols);
    if (q->x) snprintf(v.reason, sizeof v.reason, "the derivative along a random direction differs");
    else snprintf(v.reason, sizeof v.reason, "entry (%lld,%lld) differs at sizes %lldx%lld", (long long)(entry / cols) + 1,
                  (long long)(entry % cols) + 1, (long long)mgd__dim_value(q->tape, q->b->rows), (long long)cols);
    return v;
}

static mgd_verdict answer(question *q) {
    int points = 0;
    for (uint64_t seed = 1; seed <= TRIES && points < POINTS; seed++) {
        int64_t difference = -1;
        if (!bind_sizes(q->tape, seed)) return undecided("no small sizes fit the expression");
        mgd_calculation_state state = try_point(q, seed, &difference);
        if (state == MGD_NO_SUCH_FUNCTION) return undecided(q->why);
        if (state == MGD_BAD_POINT) continue;
        points++;
        if (difference >= 0) return different(q, points, difference);
    }
    if (!points) return undecided(q->why);
    return (mgd_verdict){ .answer = MGD_EQUAL, .points = points, .doubt = doubt(q, points) };
}

/* The vars on a tape of their own, x as an input there. */
static bool copy_question(question *q, mgd_var *a, mgd_var *b, mgd_var *x) {
    mgd_tape *t = q->tape;
    q->a = mgd__copy_without_data(t, a);
    q->b = q->a ? mgd__copy_without_data(t, b) : NULL;
    q->x = q->b && x ? mgd__copy_without_data(t, x) : NULL;
    if (!x || !q->x || mgd_name(q->x)) return q->b && (!x || q->x);
    mgd_var *free_x = mgd_input_sized(t, "the_variable", mgd_rows_of(q->x), mgd_cols_of(q->x));
    q->a = mgd_substitute(q->a, q->x, free_x);
    q->b = mgd_substitute(q->b, q->x, free_x);
    q->x = free_x;
    return q->a && q->b;
}

static mgd_verdict decide(mgd_var *a, mgd_var *b, mgd_var *x) {
    question q = { .tape = mgd_tape_new() };
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
    snprintf(v.reason, sizeof v.reason, "the sizes differ: %s and %s", mgd__size_label(a).text, mgd__size_label(b).text);
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
