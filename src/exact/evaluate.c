/* SPDX-License-Identifier: MIT */
#include "exact/evaluate.h"
#include "exact/assumed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_ENTRIES = 4096, MOST_DRAWN = 3 };

typedef struct {
    const mgd_point *point;
    const mgd_numbers *S;
    mgd_tape *tape;
    mgd_reached below;
    mgd_matrix *value; /* data is NULL until it is known */
    mgd_matrix *in;    /* a step's operands */
    size_t room;
} evaluation;

static bool failed(const evaluation *e) { return e->S->calculation->state != MGD_FINE; }

static bool give_up(evaluation *e, const char *why) {
    mgd__fail(e->S, MGD_NO_SUCH_FUNCTION, why);
    return false;
}

static mgd_matrix *value_of(evaluation *e, const mgd_var *v) { return &e->value[mgd__position(e->tape, &e->below, v)]; }

static bool is_leaf(const mgd_var *v) { return v->count == 0 && !v->op->meaning; }

static bool make_room(evaluation *e, const mgd_var *v, mgd_matrix *m) {
    if (m->data) return true;
    *m = (mgd_matrix){ mgd__dim_value(e->tape, v->rows), mgd__dim_value(e->tape, v->cols), e->S->size, NULL };
    if (!m->rows || !m->cols) return give_up(e, "a size is unbound");
    if (m->rows > MOST_ENTRIES / m->cols) return give_up(e, "the sizes are too large for exact arithmetic: name them");
    m->data = calloc((size_t)(m->rows * m->cols), m->size);
    return m->data || give_up(e, "out of memory");
}

/* What leaves the scratch must own what it refers to. */
static void finish(evaluation *e, mgd_matrix *m) {
    if (e->S->keep)
        for (int64_t k = 0; k < m->rows * m->cols; k++) e->S->keep(e->S, m->data + (size_t)k * m->size);
}

void mgd__results_in(const mgd_var *v, mgd_matrix *whole_value, mgd_matrix *results) {
    char *data = whole_value->data;
    results[0] = *whole_value;
    for (int k = 0; k < v->op->results; k++) {
        mgd_dim rows = 0, cols = 0;
        v->op->part(v, k, &rows, &cols);
        results[k] =
            (mgd_matrix){ mgd__dim_value(v->tape, rows), mgd__dim_value(v->tape, cols), whole_value->size, data };
        data += (size_t)(results[k].rows * results[k].cols) * results[k].size;
    }
}

/* ---- inputs ---- */

uint64_t mgd__draw_key(const mgd_var *v) {
    const char *name = mgd_name(v);
    uint64_t key = name ? 0 : mgd__mix(v->id);
    for (; name && *name; name++) key = mgd__mix(key ^ (unsigned char)*name);
    return key & ~(uint64_t)0xffffff;
}

/* A double is a whole number times a power of 2. */
static mgd_element exactly(const mgd_numbers *S, double x) {
    int exponent;
    double mantissa = frexp(x, &exponent);
    if (!isfinite(x)) return mgd__fail(S, MGD_NO_SUCH_FUNCTION, "a constant is not finite");
    mgd_element whole_part = whole(S, (int64_t)ldexp(mantissa, 53));
    return times(S, whole_part, S->power(S, whole(S, 2), exponent - 53, 1));
}

static void draw_leaf(evaluation *e, const mgd_var *v, mgd_matrix *m) {
    const mgd_slot *slot = v->op == &mgd__op_constant ? mgd__known_slot(v->tape, v->id) : NULL;
    uint64_t key = mgd__draw_key(v);
    if (mgd_assumptions(v)) {
        mgd__draw_assumed(e->S, key, mgd_assumptions(v), m);
        return;
    }
    for (int64_t i = 0; i < m->rows; i++)
        for (int64_t j = 0; j < m->cols; j++) {
            int64_t k = i * m->cols + j;
            bool given = slot && slot->data;
            put(m, i, j, given ? exactly(e->S, slot->data[k]) : e->S->draw(e->S, key + (uint64_t)k, false));
        }
}

static bool all_operands_are_new_inputs(evaluation *e, const mgd_var *v) {
    for (size_t i = 0; i < mgd__formula_operands(v); i++)
        if (!mgd_name(v->arg[i]) || value_of(e, v->arg[i])->data) return false;
    return true;
}

static void forget(mgd_matrix *m) {
    free(m->data);
    m->data = NULL;
}

/* What the inputs are declared to be comes before where the operation is defined. An entrywise one is defined entry by
 * entry, so symmetric operands may be mirrored. */
static bool keep_assumptions(evaluation *e, const mgd_var *v, size_t n, mgd_matrix *in) {
    bool mirrored = v->op->entry, fine = true;
    for (size_t k = 0; k < n; k++) mirrored &= (mgd_assumptions(v->arg[k]) & MGD_SYMMETRIC) != 0;
    for (size_t k = 0; k < n && fine; k++) {
        for (int64_t i = 0; mirrored && i < in[k].rows; i++)
            for (int64_t j = 0; j < i; j++) put(&in[k], i, j, at(&in[k], j, i));
        unsigned declared = mgd_assumptions(v->arg[k]);
        fine = !declared || mgd__is_assumed(e->S, declared, &in[k]);
    }
    return fine;
}

/* All operands are drawn freely first, for a domain that moves some of them alone. */
static bool draw_domain(evaluation *e, const mgd_var *v) {
    mgd_matrix *own = value_of(e, v), in[MOST_DRAWN], out[MGD_RESULTS] = { { 0 } };
    mgd_step s;
    size_t n = mgd__formula_operands(v);
    if (n > MOST_DRAWN) return true;
    for (size_t k = 0; k < n; k++) {
        mgd_matrix *m = value_of(e, v->arg[k]);
        if (!make_room(e, v->arg[k], m)) return false;
        draw_leaf(e, v->arg[k], m);
        in[k] = *m;
    }
    if (!mgd__step_of(v, &s)) return false;
    if (v->op->equations) {
        if (!make_room(e, v, own)) return false;
        mgd__results_in(v, own, out);
    }
    bool drawn = v->op->domain(e->S, mgd__draw_key(v->arg[0]), &s, in, out);
    if (drawn && !keep_assumptions(e, v, n, in)) {
        drawn = false;
        if (v->op->equations)
            mgd__fail(e->S, MGD_BAD_POINT, "a matrix was drawn that is not what it is declared to be");
    }
    for (size_t k = 0; k < n; k++) {
        if (drawn)
            finish(e, &in[k]);
        else
            forget(value_of(e, v->arg[k]));
    }
    if (drawn && v->op->equations) finish(e, own);
    if (!drawn && v->op->equations) forget(own);
    mgd__scratch_reset(e->S->calculation);
    return !failed(e);
}

/* Implicit results that were drawn are constant: they are right only where what they come from does not move. */
static void forget_moved_results(evaluation *e, const mgd_var *v) {
    mgd_matrix *own = value_of(e, v);
    const mgd_matrix *a = value_of(e, v->arg[0]);
    bool moved = false;
    for (int64_t k = 0; e->S->over && k < a->rows * a->cols; k++)
        moved |= !mgd__vanishes(e->S->over, mgd__dual_tangent(e->S, a->data + (size_t)k * a->size));
    if (moved) forget(own);
}

static bool draw_inputs(evaluation *e) {
    for (size_t i = 0; i < e->below.count; i++) {
        const mgd_var *v = mgd__node(e->tape, e->below.ids[i]);
        if (v->op->domain && all_operands_are_new_inputs(e, v) && !draw_domain(e, v)) return false;
    }
    for (size_t i = 0; i < e->below.count; i++) {
        const mgd_var *v = mgd__node(e->tape, e->below.ids[i]);
        mgd_matrix *m = &e->value[i];
        if (is_leaf(v) && !m->data) {
            if (!make_room(e, v, m)) return false;
            draw_leaf(e, v, m);
            finish(e, m);
        }
        if (is_leaf(v) && e->point->move) {
            e->point->move(e->point->user, e->S, v, m);
            finish(e, m);
        }
        if (v->op->equations && m->data) forget_moved_results(e, v);
        mgd__scratch_reset(e->S->calculation);
    }
    return !failed(e);
}

/* ---- nodes ---- */

static bool compute(evaluation *e, const mgd_var *v, mgd_matrix *m) {
    mgd_step s;
    if (!mgd__has_meaning(v->op)) {
        mgd_calculation *k = e->S->calculation;
        snprintf(k->text, sizeof k->text, "%.40s has no definition in exact arithmetic", v->op->name);
        return give_up(e, k->text);
    }
    if (!make_room(e, v, m) || !mgd__step_of(v, &s)) return give_up(e, "a size is unbound");
    if (!mgd__grow(&e->in, &e->room, v->count, sizeof *e->in)) return give_up(e, "out of memory");
    for (size_t i = 0; i < mgd__formula_operands(v); i++) e->in[i] = *value_of(e, v->arg[i]);
    mgd__meaning(e->S, &s, e->in, m);
    if (e->point->move) e->point->move(e->point->user, e->S, v, m);
    finish(e, m);
    mgd__scratch_reset(e->S->calculation);
    return !failed(e);
}

static bool evaluate(evaluation *e) {
    if (!draw_inputs(e)) return false;
    for (size_t i = 0; i < e->below.count; i++)
        if (!e->value[i].data && !compute(e, mgd__node(e->tape, e->below.ids[i]), &e->value[i])) return false;
    return true;
}

static bool copy_out(evaluation *e, size_t n, mgd_var *const *vars, mgd_matrix *values) {
    for (size_t k = 0; k < n; k++) {
        const mgd_matrix *m = value_of(e, vars[k]);
        size_t bytes = (size_t)(m->rows * m->cols) * m->size;
        values[k] = *m;
        values[k].data = malloc(bytes);
        if (!values[k].data) return give_up(e, "out of memory");
        memcpy(values[k].data, m->data, bytes);
    }
    return true;
}

bool mgd__evaluate(const mgd_point *p, size_t n, mgd_var *const *vars, mgd_matrix *values) {
    evaluation e = { .point = p, .S = p->S, .tape = vars[0]->tape };
    for (size_t k = 0; k < n; k++) values[k].data = NULL;
    e.below = mgd__reach(e.tape, n, vars, 0, false);
    e.value = e.below.ids ? calloc(e.below.count, sizeof *e.value) : NULL;
    bool fine = e.value ? evaluate(&e) && copy_out(&e, n, vars, values) : give_up(&e, "out of memory");
    for (size_t k = 0; !fine && k < n; k++) {
        free(values[k].data);
        values[k].data = NULL;
    }
    for (size_t i = 0; e.value && i < e.below.count; i++) free(e.value[i].data);
    free(e.value);
    free(e.in);
    free(e.below.ids);
    return fine;
}
