/* SPDX-License-Identifier: MIT */
#include "run/seeded.h"

#include <stdio.h>
#include <stdlib.h>

mgd_aside mgd__aside_begin(mgd_tape *t) {
    mgd_aside a = { .tape = t, .mark = t->count, .handler = t->complaint.handler };
    t->complaint.handler = NULL;
    t->complaint.text[0] = 0;
    return a;
}

bool mgd__aside_end(mgd_aside *a, bool fine, bool told) {
    mgd_tape *t = a->tape;
    char text[MGD_MESSAGE];
    snprintf(text, sizeof text, "%s", t->failed ? t->message : t->complaint.text);
    mgd_rewind(t, a->mark);
    mgd_clear(t);
    t->complaint.handler = told ? a->handler : NULL;
    if (!fine) mgd__undefined(&t->complaint, "%s", text[0] ? text : "out of memory");
    t->complaint.handler = a->handler;
    return fine;
}

/* ---- what is fixed ---- */

typedef struct {
    mgd_tape *t;
    mgd_reached below;
    unsigned char *moves; /* does the node depend on a seed? */
    unsigned char *needed;
    mgd_var **input; /* of the program: the seeds, then what is fixed */
    size_t inputs, seeds;
} split;

/* Cheap, and worth more to the program as they are than as a matrix of numbers: passes see through them. */
static bool is_structure(const mgd_var *v) {
    if (mgd__is(v, &mgd__op_transpose) || mgd__is(v, &mgd__op_repeat) || mgd__is(v, &mgd__op_from_diag)) return true;
    return !v->count && (mgd__is(v, &mgd__op_constant) || mgd__has_kernel(v->op));
}

static size_t place_of(const split *s, const mgd_var *v) { return (size_t)mgd__position(s->t, &s->below, v); }

static bool is_seed(const split *s, const mgd_var *v) {
    for (size_t k = 0; k < s->seeds; k++)
        if (s->input[k] == v) return true;
    return false;
}

static void follow_seeds(split *s) {
    for (size_t i = 0; i < s->below.count; i++) {
        const mgd_var *v = mgd__node(s->t, s->below.ids[i]);
        s->moves[i] = is_seed(s, v);
        for (uint32_t k = 0; k < v->count && !s->moves[i]; k++) s->moves[i] = s->moves[place_of(s, v->arg[k])];
    }
}

static void find_fixed(split *s, size_t outputs, mgd_var *const *output) {
    for (size_t k = 0; k < outputs; k++) s->needed[place_of(s, output[k])] = 1;
    for (size_t i = s->below.count; i-- > 0;) {
        mgd_var *v = mgd__node(s->t, s->below.ids[i]);
        if (!s->needed[i] || is_seed(s, v)) continue;
        if (s->moves[i] || is_structure(v))
            for (uint32_t k = 0; k < v->count; k++) s->needed[place_of(s, v->arg[k])] = 1;
        else
            s->input[s->inputs++] = v;
    }
}

static bool make_split(split *s, mgd_tape *t, size_t seeds, mgd_var *const *seed, size_t outputs,
                       mgd_var *const *output) {
    *s = (split){ .t = t, .seeds = seeds, .inputs = seeds, .below = mgd__reach(t, outputs, output, 0, true) };
    size_t n = s->below.count + seeds + 1;
    s->moves = calloc(n, 1);
    s->needed = calloc(n, 1);
    s->input = calloc(n, sizeof *s->input);
    if (!s->below.ids || !s->moves || !s->needed || !s->input) return mgd__undefined(&t->complaint, "out of memory");
    for (size_t k = 0; k < seeds; k++) s->input[k] = seed[k];
    follow_seeds(s);
    find_fixed(s, outputs, output);
    return true;
}

static void free_split(split *s) {
    free(s->below.ids);
    free(s->moves);
    free(s->needed);
    free(s->input);
}

/* ---- inputs and their data ---- */

static bool needs_data(const mgd_var *v) { return !v->count && v->op != &mgd__op_constant && !mgd__has_kernel(v->op); }

static mgd_array array_of(const mgd_var *v, const double *data) {
    return mgd_rows(data, mgd__dim_value(v->tape, v->rows), mgd__dim_value(v->tape, v->cols));
}

/* The inputs of the tape that n vars are made of, with their data, as those of a program. */
static bool inputs_below(mgd_tape *t, size_t n, mgd_var *const *v, mgd_var **input, mgd_array *in, size_t *inputs) {
    mgd_reached below = mgd__reach(t, n, v, 0, true);
    bool fine = below.ids;
    if (!fine) mgd__undefined(&t->complaint, "out of memory");
    *inputs = 0;
    for (size_t i = 0; fine && i < below.count; i++) {
        mgd_var *w = mgd__node(t, below.ids[i]);
        if (!needs_data(w)) continue;
        const double *data = mgd_value(w);
        fine = data;
        in[*inputs] = array_of(w, data);
        input[(*inputs)++] = w;
    }
    free(below.ids);
    return fine;
}

static bool run_once(mgd_tape *t, size_t inputs, mgd_var *const *input, const mgd_array *in, size_t outputs,
                     mgd_var *const *output, const mgd_array *out) {
    mgd_program *p = mgd_compile(t, inputs, input, outputs, output, 0);
    mgd_workspace *ws = mgd_workspace_new(p);
    bool fine = ws && mgd_run(p, ws, in, out);
    if (!fine && !t->complaint.text[0])
        mgd__undefined(&t->complaint, "%s", ws ? mgd_workspace_message(ws) : "out of memory");
    mgd_workspace_free(ws);
    mgd_program_free(p);
    return fine;
}

/* Gives every fixed input its data: the tape's own, or what a program computes now. */
static bool compute_fixed(mgd_seeded *s, const split *of) {
    size_t entries = 0, computed = 0, inputs;
    mgd_var **output = calloc(of->inputs + 1, sizeof *output), **input = calloc(of->below.count + 1, sizeof *input);
    mgd_array *in = calloc(of->below.count + 1, sizeof *in), *out = calloc(of->inputs + 1, sizeof *out);
    bool fine = output && input && in && out;
    if (!fine) mgd__undefined(&of->t->complaint, "out of memory");
    fine = fine && inputs_below(of->t, of->inputs - of->seeds, of->input + of->seeds, input, in, &inputs);
    for (size_t k = of->seeds; fine && k < of->inputs; k++) {
        mgd_var *v = of->input[k];
        s->in[k] = array_of(v, needs_data(v) ? mgd_value(v) : NULL);
        if (!needs_data(v)) entries += (size_t)mgd__entries_of(v);
    }
    s->fixed = fine ? malloc((entries + 1) * sizeof *s->fixed) : NULL;
    if (!s->fixed) {
        mgd__undefined(&of->t->complaint, "out of memory");
        fine = false;
    }
    double *room = s->fixed;
    for (size_t k = of->seeds; fine && k < of->inputs; k++) {
        if (s->in[k].data) continue;
        s->in[k].data = room;
        out[computed] = s->in[k];
        output[computed++] = of->input[k];
        room += mgd__entries_of(of->input[k]);
    }
    fine = fine && (!computed || run_once(of->t, inputs, input, in, computed, output, out));
    free(output);
    free(input);
    free(in);
    free(out);
    return fine;
}

bool mgd__seeded_make(mgd_seeded *s, mgd_tape *t, size_t seeds, mgd_var *const *seed, size_t outputs,
                      mgd_var *const *output, unsigned options) {
    split of;
    *s = (mgd_seeded){ .program = NULL };
    bool fine = make_split(&of, t, seeds, seed, outputs, output);
    s->in = fine ? calloc(of.inputs + 1, sizeof *s->in) : NULL;
    s->out = fine ? calloc(outputs + 1, sizeof *s->out) : NULL;
    s->inputs = of.inputs;
    if (!s->in || !s->out) {
        mgd__undefined(&t->complaint, "out of memory");
        fine = false;
    }
    fine = fine && compute_fixed(s, &of);
    if (fine) s->program = mgd_compile(t, of.inputs, of.input, outputs, output, options);
    s->workspace = mgd_workspace_new(s->program);
    fine = fine && s->workspace;
    if (!fine) mgd__undefined(&t->complaint, "out of memory");
    for (size_t k = 0; fine && k < seeds; k++) s->in[k] = array_of(seed[k], NULL);
    for (size_t k = 0; fine && k < outputs; k++) s->out[k] = array_of(output[k], NULL);
    free_split(&of);
    return fine;
}

bool mgd__seeded_run(const mgd_seeded *s, mgd_complaint *c) {
    c->text[0] = 0;
    return mgd_run(s->program, s->workspace, s->in, s->out) ||
           mgd__undefined(c, "%s", mgd_workspace_message(s->workspace));
}

void mgd__seeded_free(mgd_seeded *s) {
    mgd_workspace_free(s->workspace);
    mgd_program_free(s->program);
    free(s->in);
    free(s->out);
    free(s->fixed);
}
