/* SPDX-License-Identifier: MIT */
/* Asking a descriptor: entrywise operations give less than the others, and what they leave out stands here. */
#include "numbers/rational.h"
#include "ops/ops.h"

#include <string.h>

enum { MOST_OPERANDS = 4 };

static void meaning_entrywise(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) {
            mgd_element x[MOST_OPERANDS];
            for (int k = 0; k < s->op->operands; k++) x[k] = at(&in[k], i, j);
            put(out, i, j, s->op->entry(S, s, x));
        }
}

bool mgd__has_meaning(const mgd_operation *op) { return op->entry || op->meaning; }

void mgd__meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    if (s->op->entry)
        meaning_entrywise(S, s, in, out);
    else
        s->op->meaning(S, s, in, out);
}

/* A place counts from 0, so a list's entry of 0 is the number 0. */
static bool bind_parameters(mgd_tape *t, const mgd_var *v) {
    size_t n = (size_t)v->p.sizes.length;
    if (!mgd__grow(&t->bound, &t->bound_room, n, sizeof *t->bound))
        return mgd__undefined(&t->complaint, "out of memory");
    for (size_t i = 0; i < n; i++) {
        mgd_dim d = v->p.sizes.list[i];
        t->bound[i] = mgd__dim_value(t, d);
        if (d && !t->bound[i]) return mgd__unbound(t, d, mgd__label(v).text);
    }
    return true;
}

bool mgd__step_of(const mgd_var *v, mgd_step *s) {
    mgd_tape *t = v->tape;
    *s = (mgd_step){ .op = v->op, .p = v->p, .isa = t->isa, .complaint = &t->complaint, .node = v };
    if (v->op->parameter == MGD_PARAMETER_SIZES && !bind_parameters(t, v)) return false;
    s->sizes = t->bound;
    return true;
}

double mgd__constant_of(const mgd_operation *op, const mgd_parameters *p) {
    if (op->parameter == MGD_PARAMETER_FLAG) return (double)p->flag.flag;
    if (op->parameter != MGD_PARAMETER_RATIONAL) return 0;
    return mgd__nearest_double(p->rational.numerator, p->rational.denominator);
}

static bool kernel_entrywise(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    const void *x[MOST_OPERANDS];
    for (int k = 0; k < s->op->operands; k++) x[k] = in[k].data;
    double p = mgd__constant_of(s->op, &s->p);
    s->op->blocks->of[out->precision == MGD_FLOAT][s->isa](p, (size_t)out->rows * (size_t)out->cols, x, out->data);
    return true;
}

bool mgd__has_kernel(const mgd_operation *op) { return op->blocks || op->kernel; }

bool mgd__kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    return s->op->blocks ? kernel_entrywise(s, in, out) : s->op->kernel(s, in, out);
}

mgd_var *mgd__pullback(mgd_var *c, size_t i, mgd_var *t) {
    if (c->op->times_slope) return c->op->times_slope(c, i, t);
    return c->op->pullback ? c->op->pullback(c, i, t) : NULL;
}

/* Exchanges the terms of one operation that merges to the front; returns how many there are. */
static size_t gather(size_t n, mgd_var **terms) {
    const mgd_operation *op = NULL;
    size_t gathered = 0;
    for (size_t k = 0; k < n; k++) {
        if (!op && terms[k]->op->merge) op = terms[k]->op;
        if (!op || terms[k]->op != op) continue;
        mgd_var *term = terms[k];
        terms[k] = terms[gathered];
        terms[gathered++] = term;
    }
    return gathered;
}

mgd_var *mgd__sum_of(size_t n, mgd_var **terms) {
    size_t alike = n > 1 ? gather(n, terms) : 0, next = alike > 1 ? alike : 1;
    mgd_var *sum = alike > 1 ? terms[0]->op->merge(terms[0]->tape, alike, terms) : terms[0];
    for (; next < n; next++) sum = mgd_add(sum, terms[next]);
    return sum;
}
