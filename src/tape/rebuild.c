/* SPDX-License-Identifier: MIT */
/* An expression recorded again: on another tape, or with one var in the place of another. */
#include "tape/tape.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool parameters_on(mgd_tape *to, const mgd_var *v, mgd_parameters *p) {
    *p = v->p;
    if (to == v->tape) return true;
    if (v->op->parameter == MGD_PARAMETER_TEXT) {
        p->text.text = mgd__intern_text(to, v->p.text.text);
        return p->text.text;
    }
    if (v->op->parameter == MGD_PARAMETER_SIZES) {
        size_t n = (size_t)v->p.sizes.length;
        mgd_dim *list = malloc((n + 1) * sizeof *list);
        if (!list) return mgd__out_of_memory(to);
        bool all = true;
        for (size_t i = 0; i < n; i++) {
            list[i] = mgd__dim_on(to, v->tape, v->p.sizes.list[i]);
            all &= list[i] || !v->p.sizes.list[i];
        }
        if (all) *p = mgd__size_list(to, list, n);
        free(list);
        return all && p->sizes.list;
    }
    return true;
}

/* Lets w be rows x cols there. Where a name is bound otherwise it cannot, which is no error. */
static bool try_to_bind(mgd_tape *to, const mgd_var *w, int64_t rows, int64_t cols) {
    void (*handler)(void *, const char *) = to->complaint.handler;
    to->complaint.handler = NULL;
    bool fits = mgd__try_binding(to, w, rows, cols);
    to->complaint.handler = handler;
    if (fits)
        mgd__keep_binding(to);
    else
        to->complaint.text[0] = 0;
    return fits;
}

/* A leaf's data, which is not computed: an input's, a constant matrix's. */
static bool copy_data(mgd_tape *to, mgd_var *w, const mgd_var *v) {
    const mgd_slot *s = mgd__known_slot(v->tape, v->id);
    if (!s || !s->data || v->op->kernel || v->count) return true;
    int64_t rows = mgd__dim_value(v->tape, v->rows), cols = mgd__dim_value(v->tape, v->cols);
    if (!try_to_bind(to, w, rows, cols)) return true; /* the input stays without data */
    double *data = mgd__value_room(to, w, rows, cols);
    if (!data) return mgd__out_of_memory(to);
    memcpy(data, s->data, (size_t)rows * (size_t)cols * sizeof *data);
    mgd_slot *made = mgd__slot(to, w->id);
    made->changed = ++to->clock;
    return true;
}

/* The input of that name that `to` has: as v, or refused. */
static mgd_var *matched(mgd_tape *to, mgd_var *known, const mgd_var *v, mgd_dim rows, mgd_dim cols) {
    unsigned here = mgd_assumptions(known), there = mgd_assumptions(v), apart = here ^ there;
    if (known->rows != rows || known->cols != cols)
        mgd__refuse(to, "copy: the input %s is %s here and %s there", mgd_name(v), mgd__size_label(known).text,
                    mgd__size_label(v).text);
    else if (apart)
        mgd__refuse(to, "copy: the input %s is declared %s %s", mgd_name(v), mgd__assumption_name(apart),
                    here & apart ? "here alone" : "there alone");
    return to->failed ? NULL : known;
}

static mgd_var *leaf_on(mgd_tape *to, const mgd_var *v, mgd_parameters p, mgd_dim rows, mgd_dim cols, bool data) {
    if (!mgd_name(v)) {
        if (v->op->parameter == MGD_PARAMETER_FLAG && p.flag.serial) p.flag.serial = ++to->serial;
        mgd_var *w = mgd__record(to, v->op, p, rows, cols, 0, NULL);
        return w && copy_data(to, w, v) ? w : NULL;
    }
    mgd_var *known = mgd__input_named(to, p.text.text);
    if (known) return matched(to, known, v, rows, cols);
    mgd_var *w = mgd__record(to, v->op, p, rows, cols, 0, NULL);
    if (!w) return NULL;
    mgd__name_input(to, p.text.text, w);
    if (!mgd__declare(w, mgd_assumptions(v))) return NULL;
    return !data || copy_data(to, w, v) ? w : NULL;
}

static mgd_var *node_on(mgd_tape *to, const mgd_var *v, mgd_var *const *arg, bool data) {
    mgd_parameters p;
    if (!parameters_on(to, v, &p)) return NULL;
    mgd_dim rows = mgd__dim_on(to, v->tape, v->rows), cols = mgd__dim_on(to, v->tape, v->cols);
    if (!rows || !cols) return NULL;
    if (v->count == 0) return to == v->tape ? NULL : leaf_on(to, v, p, rows, cols, data);
    return mgd__record(to, v->op, p, rows, cols, v->count, arg);
}

typedef struct {
    const mgd_var *x; /* which becomes `by`; or, where there is no `by`, whose image is wanted */
    mgd_var *by, *image;
    bool data; /* of inputs */
    bool held; /* to the branches that v is held to; else only the expression counts */
} wish;

/* What x became: NULL where v does not depend on it. Equal nodes that branches had kept apart have become one. */
static bool find_image(mgd_tape *to, const mgd_reached *below, mgd_var *const *made, wish *w) {
    int64_t place = mgd__position(w->x->tape, below, w->x);
    w->image = place >= 0 ? made[place] : NULL;
    for (size_t i = 0; w->image && i < below->count; i++)
        if (made[i] == w->image && (int64_t)i != place)
            return mgd__refuse(to, "copy: %s was recorded twice, behind different branches", mgd__label(w->x).text);
    return true;
}

/* v on `to`. What was recorded behind branches is recorded behind them again, with their conditions rebuilt as it is.
 */
static mgd_var *rebuild_nodes(mgd_tape *to, mgd_var *v, wish *wanted) {
    mgd_tape *from = v->tape;
    const mgd_var *x = wanted->by ? wanted->x : NULL;
    bool held = wanted->held && from->branches.count > 0;
    int64_t generation = held ? ++to->serial : 0;
    mgd_reached below = held ? mgd__reach_held(from, 1, &v, 0) : mgd__reach(from, 1, &v, x ? x->id : 0, true);
    mgd_var **made = below.ids ? calloc(below.count + 1, sizeof *made) : NULL, **arg = NULL;
    size_t room = 0, i = 0;
    bool fine = made;
    for (; fine && i < below.count; i++) {
        mgd_var *w = mgd__node(from, below.ids[i]);
        fine = w->count <= room || mgd__grow(&arg, &room, w->count, sizeof *arg);
        bool moved = to != from;
        for (size_t k = 0; fine && k < w->count; k++) {
            int64_t place = mgd__position(from, &below, w->arg[k]);
            arg[k] = place >= 0 ? made[place] : w->arg[k];
            moved |= arg[k] != w->arg[k];
        }
        if (fine && (moved || w->op->decides)) mgd__record_at_place_of(to, w);
        assert(!fine || !w->op->decides || arg); /* its condition */
        if (fine && w->op->decides && held)
            made[i] = mgd__record_branch(to, w->op, arg[0], mgd__branch_outcome(w), generation);
        else if (fine)
            made[i] = w == x ? wanted->by : moved ? node_on(to, w, arg, wanted->data) : w;
        fine = fine && made[i];
    }
    if (fine && wanted->x && !x) fine = find_image(to, &below, made, wanted);
    mgd_var *result = !fine ? NULL : below.count ? made[below.count - 1] : v;
    if (!fine && !to->failed) mgd__out_of_memory(to);
    free(made);
    free(arg);
    free(below.ids);
    return result;
}

/* What is recorded afterwards has the place, and is held to the branches, that the tape was at. */
static mgd_var *rebuild(mgd_tape *to, mgd_var *v, wish *wanted) {
    const void *place = mgd__spans_last(&to->places), *branch = mgd__spans_last(&to->branches);
    mgd_var *result = rebuild_nodes(to, v, wanted);
    mgd__record_at_place(to, place);
    if (!mgd__spans_set(&to->branches, to->count, branch)) mgd__out_of_memory(to);
    return to->failed ? NULL : result;
}

mgd_var *mgd_copy(mgd_tape *to, mgd_var *v) {
    if (!to || !v || to->failed) return NULL;
    return to == v->tape ? v : rebuild(to, v, &(wish){ .data = true, .held = true });
}

mgd_var *mgd__copy_expression(mgd_tape *to, mgd_var *v, const mgd_var *x, mgd_var **image) {
    wish wanted = { .x = x };
    mgd_var *copy = rebuild(to, v, &wanted);
    if (image) *image = wanted.image;
    return copy;
}

mgd_var *mgd_substitute(mgd_var *f, mgd_var *x, mgd_var *by) {
    mgd_tape *t = f ? f->tape : x ? x->tape : by ? by->tape : NULL;
    if (!t || t->failed) return NULL;
    mgd_var *const all[] = { f, x, by };
    for (size_t i = 0; i < 3; i++) {
        if (all[i] && all[i]->tape == t) continue;
        mgd__refuse(t, all[i] ? "substitute: the vars are of different tapes" : "substitute: operand %zu is NULL",
                    i + 1);
        return NULL;
    }
    if (!mgd__same_size(x, by)) {
        mgd__refuse(t, "substitute: %s is %s, %s is %s", mgd__label(x).text, mgd__size_label(x).text,
                    mgd__label(by).text, mgd__size_label(by).text);
        return NULL;
    }
    return rebuild(t, f, &(wish){ .x = x, .by = by, .held = true });
}
