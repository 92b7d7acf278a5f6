/* SPDX-License-Identifier: MIT */
/* From a tape to a program, stage after stage. */
#include "run/rewrite.h"

#include "run/assume.h"
#include "run/program.h"

#include <stdlib.h>
#include <string.h>

void *mgd__take(mgd_compilation *c, size_t n, size_t bytes) {
    void *p = mgd__arena_take(&c->p->memory, (n ? n : 1) * bytes);
    if (p) return memset(p, 0, (n ? n : 1) * bytes);
    mgd__undefined(&c->from->complaint, "compile: out of memory");
    return NULL;
}

static bool keep_sizes(mgd_compilation *c, size_t n, mgd_var *const *v, mgd_program_value **sizes) {
    *sizes = mgd__take(c, n, sizeof **sizes);
    for (size_t k = 0; *sizes && k < n; k++) {
        (*sizes)[k].rows = mgd__dim_value(c->from, v[k]->rows);
        (*sizes)[k].cols = mgd__dim_value(c->from, v[k]->cols);
    }
    return *sizes;
}

/* What each run is to check of its inputs, and the scratch for that. */
static bool keep_assumptions(mgd_compilation *c, mgd_var *const *input) {
    mgd_program *p = c->p;
    p->assumed = mgd__take(c, p->inputs, sizeof *p->assumed);
    for (size_t k = 0; p->assumed && p->options & MGD_CHECK_ASSUMPTIONS && k < p->inputs; k++) {
        unsigned assumptions = mgd_assumptions(input[k]);
        if (!assumptions) continue;
        const char *name = mgd__intern_text(p->tape, mgd_name(input[k]));
        if (!name) return mgd__undefined(&c->from->complaint, "compile: out of memory");
        p->assumed[k] = (mgd_program_assumption){ assumptions, name };
        mgd_declared_data d = { .assumptions = assumptions, .rows = p->input[k].rows, .cols = p->input[k].cols };
        size_t bytes = mgd__holds_scratch(&d);
        if (bytes > p->scratch_bytes) p->scratch_bytes = bytes;
    }
    return p->assumed;
}

/* The scratch that the kernels ask for, and what each step costs. */
static void measure_steps(mgd_program *p) {
    for (uint32_t t = 0; t < p->steps; t++) {
        mgd_program_step *s = &p->step[t];
        mgd__cost_of_step(p, s);
        if (s->kind != MGD_KERNEL_STEP || !s->step.op->scratch) continue;
        mgd_array in[8];
        for (uint32_t k = 0; k < s->operands && k < 8; k++)
            in[k] = mgd_rows(NULL, p->value[s->operand[k]].rows, p->value[s->operand[k]].cols);
        size_t bytes = s->step.op->scratch(&s->step, in);
        if (bytes > p->scratch_bytes) p->scratch_bytes = bytes;
    }
}

/* The branches that were rewritten are those that count. */
static bool add_branches(mgd_compilation *c) {
    mgd_program *p = c->p;
    c->results = p->outputs;
    if (!c->from->branches.count) return true;
    uint32_t nodes = p->tape->count, branches = 0;
    for (uint32_t id = 0; id < nodes; id++) branches += mgd__node(p->tape, id)->op->decides;
    mgd_var **all = mgd__take(c, p->outputs + branches, sizeof(mgd_var *));
    if (!all) return false;
    memcpy(all, c->result, p->outputs * sizeof(mgd_var *));
    c->result = all;
    for (uint32_t id = 0; id < nodes; id++)
        if (mgd__node(p->tape, id)->op->decides) all[c->results++] = mgd__node(p->tape, id);
    return true;
}

static bool compile(mgd_compilation *c, mgd_var *const *input, mgd_var *const *output) {
    mgd_program *p = c->p;
    p->tape = mgd_tape_new();
    c->result = mgd__take(c, p->outputs, sizeof *c->result);
    if (!p->tape || !c->result) return mgd__undefined(&c->from->complaint, "compile: out of memory");
    if (!mgd__rewrite(p->tape, c->from, p->inputs, input, p->outputs, output, p->options, c->result)) return false;
    if (!add_branches(c)) return false;
    if (!(p->options & MGD_WITHOUT_ORDER) && !mgd__order_products(p->tape, c->results, c->result))
        return mgd__undefined(&c->from->complaint, "compile: out of memory");
    if (!keep_sizes(c, p->inputs, input, &p->input) || !keep_sizes(c, p->outputs, output, &p->output)) return false;
    c->below = mgd__reach(p->tape, c->results, c->result, 0, true);
    if (!c->below.ids || !mgd__schedule(c) || !mgd__plan(c))
        return mgd__undefined(&c->from->complaint, "compile: out of memory");
    measure_steps(p);
    return keep_assumptions(c, input);
}

static bool are_vars(mgd_tape *t, const char *what, size_t n, mgd_var *const *v) {
    for (size_t k = 0; k < n; k++) {
        if (!v[k]) return mgd__undefined(&t->complaint, "compile: %s %zu is NULL", what, k + 1);
        if (v[k]->tape != t)
            return mgd__undefined(&t->complaint, "compile: %s %zu, %s, is of another tape", what, k + 1,
                                  mgd__label(v[k]).text);
        if (v[k]->op->results)
            return mgd__undefined(&t->complaint, "compile: %s %zu, %s, is several matrices: name its parts", what,
                                  k + 1, mgd__label(v[k]).text);
    }
    return true;
}

mgd_program *mgd_compile(mgd_tape *t, size_t inputs, mgd_var *const *input, size_t outputs, mgd_var *const *output,
                         unsigned options) {
    if (!t) return NULL;
    t->complaint.text[0] = 0;
    if (!outputs || !output || (inputs && !input)) {
        mgd__undefined(&t->complaint, "compile: there are no outputs");
        return NULL;
    }
    if (!are_vars(t, "input", inputs, input) || !are_vars(t, "output", outputs, output)) return NULL;
    mgd_program *p = calloc(1, sizeof *p);
    if (!p) return mgd__undefined(&t->complaint, "compile: out of memory"), NULL;
    p->options = options;
    p->inputs = inputs;
    p->outputs = outputs;
    mgd_compilation c = { .p = p, .from = t };
    bool fine = compile(&c, input, output);
    free(c.below.ids);
    free(c.group);
    free(c.early);
    free(c.formed);
    if (fine) return p;
    mgd_program_free(p);
    return NULL;
}

void mgd_program_free(mgd_program *p) {
    if (!p) return;
    mgd_tape_free(p->tape);
    mgd__arena_free(&p->memory);
    free(p->constants);
    free(p);
}

size_t mgd_program_live_bytes(const mgd_program *p) { return p ? p->live_bytes : 0; }
size_t mgd_program_steps(const mgd_program *p) { return p ? p->steps : 0; }

double mgd_program_flops(const mgd_program *p) {
    double sum = 0;
    for (uint32_t t = 0; p && t < p->steps; t++) sum += p->step[t].flops;
    return sum;
}

double mgd_program_bytes(const mgd_program *p) {
    double sum = 0;
    for (uint32_t t = 0; p && t < p->steps; t++) sum += p->step[t].bytes;
    return sum;
}
