/* SPDX-License-Identifier: MIT */
#include "check/subject.h"

#include "matgrad/derive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KINDS = 256 };
static const size_t most_mask_entries = (size_t)1 << 22;

static bool out_of_memory(mgd_tape *t) { return mgd__undefined(&t->complaint, "check: out of memory"); }

static mgd_var *added(mgd_var *sum, mgd_var *term) { return sum ? mgd_add(sum, term) : term; }

/* ---- how exactly f and its gradient can be computed ---- */

/* The magnitude of a share's part in f. An operand's rounding error is at least one of the smallest number. */
static mgd_var *weight(mgd_var *share, mgd_var *operand) {
    mgd_var *smallest = mgd_number(share->tape, 0x1p-1021);
    return mgd_sum(mgd_hadamard(mgd_abs(share), mgd_add(mgd_abs(operand), smallest)));
}

/* Records |f| + the sum of |share .* operand| over all contributions, and the sum of the |shares| that x received.
 * Where there is no sweep, an operation without a pullback, f alone has to do. */
static mgd_var *record_terms(mgd_var *f, const mgd_var *x, mgd_var **magnitude) {
    mgd_sweep *sweep = mgd_backward(f, NULL);
    mgd_var *terms = mgd_abs(f);
    *magnitude = NULL;
    for (size_t k = 0; k < mgd_contributions(sweep); k++) {
        mgd_contribution c = mgd_contribution_at(sweep, k);
        terms = mgd_add(terms, weight(c.share, c.node->arg[c.operand]));
        if (c.node->arg[c.operand] == x) *magnitude = added(*magnitude, mgd_abs(c.share));
    }
    mgd_sweep_free(sweep);
    mgd_clear(f->tape);
    return terms ? terms : mgd_abs(f);
}

static bool evaluate_terms(mgd_subject *s) {
    mgd_var *output[2];
    mgd_seeded of;
    output[0] = record_terms(s->f, s->x, &output[1]);
    bool has_magnitude = output[1];
    bool fine = mgd__seeded_make(&of, s->tape, 0, NULL, has_magnitude ? 2 : 1, output, 0);
    if (fine) of.out[0].data = &s->terms;
    if (fine && has_magnitude) of.out[1].data = s->magnitude;
    fine = fine && mgd__seeded_run(&of, &s->tape->complaint);
    mgd__seeded_free(&of);
    if (!fine || !isfinite(s->terms)) s->terms = fabs(s->value);
    for (int64_t i = 0; i < s->entries; i++)
        if (!fine || !isfinite(s->magnitude[i])) s->magnitude[i] = 0;
    s->tape->complaint.text[0] = 0;
    return true;
}

static void make_doubt(mgd_subject *s) {
    mgd_var *seed = mgd__stand_in(s->x), *magnitude;
    mgd_var *product = s->gradient ? mgd_sum(mgd_hadamard(s->gradient, seed)) : NULL;
    mgd_var *terms = product ? record_terms(product, s->x, &magnitude) : NULL;
    s->doubt_made = true;
    if (terms && !mgd__seeded_make(&s->doubt, s->tape, 1, &seed, 1, &terms, 0)) {
        mgd__seeded_free(&s->doubt);
        s->doubt = (mgd_seeded){ .program = NULL };
    }
    mgd_clear(s->tape);
}

double mgd__subject_terms_along(mgd_subject *s, double *direction) {
    double terms = 0;
    if (!s->doubt_made) make_doubt(s);
    if (!s->doubt.program) return 0;
    s->doubt.in[0].data = direction;
    s->doubt.out[0].data = &terms;
    return mgd__seeded_run(&s->doubt, &s->tape->complaint) && isfinite(terms) ? terms : 0;
}

/* ---- nodes that change only at kinks ---- */

typedef struct {
    const mgd_operation *op[MOST_KINDS];
    bool is_mask[MOST_KINDS];
    size_t count;
} kinds;

/* Has the node no derivative, though it depends on x? Then it is constant on each smooth piece: a sign, a comparison, a
 * mask. An operation of the user's may forget its rule: it is no witness. */
static bool has_no_slope(mgd_var *v) {
    if (mgd__is(v, &mgd__op_stop) || mgd__is(v, &mgd__op_part) || v->op->user || v->op->results > 1) return false;
    mgd_var *u = mgd__stand_in(v);
    bool none = u;
    for (size_t i = 0; none && i < mgd__formula_operands(v); i++) {
        mgd_var *share = mgd__pullback(v, i, u);
        none = !v->tape->failed && (!share || mgd__is_zeros(share));
    }
    mgd_clear(v->tape);
    return none;
}

static bool is_mask(kinds *known, mgd_var *v) {
    for (size_t k = 0; k < known->count; k++)
        if (known->op[k] == v->op) return known->is_mask[k];
    bool answer = has_no_slope(v);
    if (known->count < MOST_KINDS) {
        known->op[known->count] = v->op;
        known->is_mask[known->count++] = answer;
    }
    return answer;
}

/* The masks that depend on x in f and its gradient, behind the first of the outputs. */
static size_t find_masks(const mgd_subject *s, mgd_reached below, mgd_var **output) {
    kinds known = { .count = 0 };
    unsigned char *depends = calloc(below.count + 1, 1);
    size_t n = 1, entries = 0;
    for (size_t i = 0; depends && i < below.count; i++) {
        const mgd_var *v = mgd__node(s->tape, below.ids[i]);
        depends[i] = v == s->x;
        for (size_t k = 0; k < mgd__formula_operands(v); k++)
            depends[i] |= depends[mgd__position(s->tape, &below, v->arg[k])];
    }
    for (size_t i = 0; depends && i < below.count; i++) { /* probing may walk over the tape, and take the marks */
        mgd_var *v = mgd__node(s->tape, below.ids[i]);
        if (!depends[i] || !v->count || v == s->f || v == s->x || !is_mask(&known, v)) continue;
        entries += (size_t)mgd__entries_of(v);
        if (entries > most_mask_entries) break;
        output[n++] = v;
    }
    free(depends);
    return n;
}

/* f and the masks, as functions of x: of any x, also of one that is not what it is declared to be. */
static bool make_function(mgd_subject *s) {
    mgd_var *const both[] = { s->f, s->gradient };
    mgd_reached below = mgd__reach(s->tape, s->gradient ? 2 : 1, both, 0, false);
    mgd_var **output = below.ids ? calloc(below.count + 1, sizeof *output) : NULL;
    bool fine = output;
    size_t outputs = 1;
    if (!fine) out_of_memory(s->tape);
    if (fine) {
        output[0] = s->f;
        outputs = find_masks(s, below, output);
        fine = mgd__seeded_make(&s->function, s->tape, 1, &s->x, outputs, output, MGD_WITHOUT_STRUCTURE);
    }
    for (size_t k = 1; fine && k < outputs; k++) s->mask_entries += (size_t)mgd__entries_of(output[k]);
    s->masks = calloc(2 * s->mask_entries + 1, sizeof *s->masks);
    if (fine && !s->masks) fine = out_of_memory(s->tape);
    s->masks_at = s->masks + s->mask_entries;
    double *room = s->masks;
    for (size_t k = 1; fine && k < outputs; k++, room += mgd__entries_of(output[k - 1])) s->function.out[k].data = room;
    if (fine) s->function.in[0].data = s->moved;
    free(below.ids);
    free(output);
    return fine;
}

mgd_sample_kind mgd__subject_sample(mgd_subject *s, double *value) {
    s->function.out[0].data = value;
    if (!mgd__seeded_run(&s->function, &s->tape->complaint) || !isfinite(*value)) return MGD_NO_VALUE;
    bool same = !memcmp(s->masks, s->masks_at, s->mask_entries * sizeof *s->masks);
    return same ? MGD_SMOOTH : MGD_BEYOND_A_KINK;
}

/* ---- all of it ---- */

static bool copy_data(mgd_subject *s) {
    const double *x = mgd_value(s->x);
    if (!x) return false;
    s->rows = mgd__dim_value(s->tape, s->x->rows);
    s->cols = mgd__dim_value(s->tape, s->x->cols);
    s->entries = s->rows * s->cols;
    s->at = calloc((size_t)s->entries, 4 * sizeof *s->at);
    if (!s->at) return out_of_memory(s->tape);
    s->moved = s->at + s->entries;
    s->scale = s->moved + s->entries;
    s->magnitude = s->scale + s->entries;
    memcpy(s->at, x, (size_t)s->entries * sizeof *x);
    memcpy(s->moved, x, (size_t)s->entries * sizeof *x);
    for (int64_t i = 0; i < s->entries; i++) {
        s->largest = fmax(s->largest, fabs(x[i]));
        if (!isfinite(x[i]))
            return mgd__undefined(&s->tape->complaint, "check: entry (%lld,%lld) of %s is %g",
                                  (long long)(i / s->cols) + 1, (long long)(i % s->cols) + 1, mgd__label(s->x).text,
                                  x[i]);
    }
    for (int64_t i = 0; i < s->entries; i++) s->scale[i] = x[i] != 0 ? fabs(x[i]) : s->largest > 0 ? s->largest : 1;
    return true;
}

static bool evaluate_at_x(mgd_subject *s) {
    bool there = mgd__subject_sample(s, &s->value) != MGD_NO_VALUE;
    if (!there && !s->tape->complaint.text[0])
        mgd__undefined(&s->tape->complaint, "check: %s is %g", mgd__label(s->f).text, isnan(s->value) ? NAN : s->value);
    memcpy(s->masks_at, s->masks, s->mask_entries * sizeof *s->masks);
    return there;
}

static void make_forward(mgd_subject *s) {
    mgd_var *direction = mgd__stand_in(s->x), *product = mgd_pushforward(s->f, s->x, direction);
    if (product && !mgd__seeded_make(&s->forward, s->tape, 1, &direction, 1, &product, 0)) {
        mgd__seeded_free(&s->forward);
        s->forward = (mgd_seeded){ .program = NULL };
    }
    mgd_clear(s->tape);
}

bool mgd__subject_make(mgd_subject *s, mgd_var *f, mgd_var *x, mgd_var *claim) {
    *s = (mgd_subject){ .tape = f->tape, .f = f, .x = x, .assumed = mgd_assumptions(x) };
    if (!copy_data(s)) return false;
    s->claim = mgd_value(claim);
    if (!s->claim) return false;
    s->gradient = mgd_gradient(f, x); /* beside the claim it need not be there */
    mgd_clear(s->tape);
    if (!make_function(s) || !evaluate_at_x(s)) return false;
    make_forward(s);
    return evaluate_terms(s);
}

void mgd__subject_free(mgd_subject *s) {
    mgd__seeded_free(&s->function);
    mgd__seeded_free(&s->forward);
    mgd__seeded_free(&s->doubt);
    free(s->at);
    free(s->masks);
}
