/* SPDX-License-Identifier: MIT */
#include "run/rewrite.h"

#include "matgrad/program.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    unsigned without;
    mgd_pass *pass;
} passes[] = {
    { MGD_WITHOUT_TRANSPOSES, mgd__pass_transposes }, { MGD_WITHOUT_REPEATS, mgd__pass_repeats },
    { MGD_WITHOUT_DIAGONALS, mgd__pass_diagonals },   { MGD_WITHOUT_TRACES, mgd__pass_traces },
    { MGD_WITHOUT_SOLVES, mgd__pass_solves },         { MGD_WITHOUT_STRUCTURE, mgd__pass_structure },
    { MGD_WITHOUT_FACTORS, mgd__pass_factors },       { MGD_WITHOUT_STRUCTURE, mgd__pass_triangles },
};

enum { PASSES = sizeof passes / sizeof passes[0], ROUNDS = 8 };
static const int64_t MOST_ENTRIES = (int64_t)1 << 40;

typedef struct {
    mgd_tape *to, *from;
    unsigned options;
    mgd_reached below;
    mgd_var **made; /* for each node below: what became of it; NULL where an input is missing */
    uint32_t *uses; /* by what the outputs need */
    mgd_dim *list;  /* a parameter's sizes */
    mgd_var **arg;
    size_t list_room, arg_room;
    mgd_traits traits;
} rewriting;

static bool out_of_memory(rewriting *r) { return mgd__undefined(&r->from->complaint, "compile: out of memory"); }

static mgd_dim number_of(rewriting *r, mgd_dim d, const mgd_var *v) {
    mgd_dim n = (mgd_dim)mgd__dim_value(r->from, d);
    if (!n && d) mgd__unbound(r->from, d, mgd__label(v).text);
    return n;
}

static bool parameters_of(rewriting *r, const mgd_var *v, mgd_parameters *p) {
    *p = v->p;
    if (v->op->parameter == MGD_PARAMETER_TEXT) {
        p->text.text = mgd__intern_text(r->to, v->p.text.text);
        return p->text.text || out_of_memory(r);
    }
    if (v->op->parameter != MGD_PARAMETER_SIZES) return true;
    size_t n = (size_t)v->p.sizes.length;
    if (!mgd__grow(&r->list, &r->list_room, n + 1, sizeof *r->list)) return out_of_memory(r);
    for (size_t i = 0; i < n; i++) {
        mgd_dim d = v->p.sizes.list[i];
        r->list[i] = number_of(r, d, v);
        if (d && !r->list[i]) return false;
    }
    *p = mgd__size_list(r->to, r->list, n);
    return p->sizes.list || out_of_memory(r);
}

/* A constant matrix comes with its numbers; an input that is not among the program's has none to come with. */
static bool make_leaf(rewriting *r, const mgd_var *v, mgd_parameters p, mgd_dim rows, mgd_dim cols, mgd_var **made) {
    const mgd_slot *s = mgd__known_slot(r->from, v->id);
    bool constant = v->op == &mgd__op_constant;
    if (!v->op->kernel && !constant) return true;
    *made = mgd__record(r->to, v->op, p, rows, cols, 0, NULL);
    if (!*made) return out_of_memory(r);
    if (!constant) return true;
    double *data = mgd__value_room(r->to, *made, rows, cols);
    if (!data) return out_of_memory(r);
    memcpy(data, s->data, (size_t)rows * (size_t)cols * sizeof *data);
    return true;
}

static mgd_var *improved(const rewriting *r, mgd_candidate c) {
    for (int round = 0, k = 0; round < ROUNDS && k < PASSES; k++) {
        mgd_var *better = r->options & passes[k].without ? NULL : passes[k].pass(&c);
        if (!better || better == c.v) continue;
        mgd_factors_of f; /* transposes absorbed: the factors are where they were */
        bool still_product = mgd__is_product(c.v, &f) && mgd__is_product(better, &f);
        c = still_product ? (mgd_candidate){ better, c.traits, { c.used_once[0], c.used_once[1] } }
                          : (mgd_candidate){ better, c.traits, { false, false } };
        round++;
        k = -1;
    }
    return c.v;
}

/* By v's user alone? What is under a transpose is used by the transpose's users. */
static bool is_used_once(const rewriting *r, const mgd_var *v) {
    while (mgd__is(v, &mgd__op_transpose) && r->uses[mgd__position(r->from, &r->below, v)] == 1) v = v->arg[0];
    return r->uses[mgd__position(r->from, &r->below, v)] == 1;
}

static bool make_node(rewriting *r, const mgd_var *v, mgd_parameters p, mgd_dim rows, mgd_dim cols, mgd_var **made) {
    mgd_candidate c = { .traits = &r->traits };
    if (!mgd__grow(&r->arg, &r->arg_room, v->count, sizeof *r->arg)) return out_of_memory(r);
    for (uint32_t k = 0; k < v->count; k++) {
        int64_t place = mgd__position(r->from, &r->below, v->arg[k]);
        r->arg[k] = r->made[place];
        if (!r->arg[k]) return true;
        if (k < 2) c.used_once[k] = is_used_once(r, v->arg[k]);
    }
    if (mgd__is(v, &mgd__op_stop)) {
        *made = r->arg[0]; /* nothing is differentiated here */
        return true;
    }
    if (!mgd__has_kernel(v->op))
        return mgd__undefined(&r->from->complaint, "%s: the operation has no value function", mgd__label(v).text);
    c.v = mgd__record(r->to, v->op, p, rows, cols, v->count, r->arg);
    *made = c.v ? improved(r, c) : NULL;
    return *made || mgd__undefined(&r->from->complaint, "compile: %s", mgd_message(r->to));
}

static bool make(rewriting *r, size_t i) {
    const mgd_var *v = mgd__node(r->from, r->below.ids[i]);
    mgd_parameters p;
    if (r->made[i] || !r->uses[i]) return true; /* an input of the program, or only below one */
    mgd_dim rows = number_of(r, v->rows, v), cols = number_of(r, v->cols, v);
    if (!rows || !cols || !parameters_of(r, v, &p)) return false;
    mgd__record_at_place_of(r->to, v);
    if ((int64_t)rows * cols > MOST_ENTRIES) /* below it, no sum of sizes in a plan is near 2^64 */
        return mgd__undefined(&r->from->complaint, "compile: %s: no memory for %ld x %ld numbers", mgd__label(v).text,
                              (long)rows, (long)cols);
    return v->count ? make_node(r, v, p, rows, cols, &r->made[i]) : make_leaf(r, v, p, rows, cols, &r->made[i]);
}

static bool make_inputs(rewriting *r, size_t inputs, mgd_var *const *input) {
    for (size_t k = 0; k < inputs; k++) {
        int64_t place = mgd__position(r->from, &r->below, input[k]);
        if (place < 0) continue; /* nothing depends on it */
        if (r->made[place])
            return mgd__undefined(&r->from->complaint, "compile: input %zu, %s, is there twice", k + 1,
                                  mgd__label(input[k]).text);
        mgd_dim rows = number_of(r, input[k]->rows, input[k]), cols = number_of(r, input[k]->cols, input[k]);
        const char *name = mgd__intern_text(r->to, mgd__label(input[k]).text);
        mgd_parameters p = { .text = { name, (int64_t)k + 1 } };
        if (!rows || !cols) return false;
        r->made[place] = name ? mgd__record(r->to, &mgd__op_input, p, rows, cols, 0, NULL) : NULL;
        if (!r->made[place] || !mgd__declare(r->made[place], mgd_assumptions(input[k]))) return out_of_memory(r);
    }
    return true;
}

/* What an input of the program is made of is not needed for it. */
static void count_uses(rewriting *r, size_t outputs, mgd_var *const *output) {
    for (size_t k = 0; k < outputs; k++) r->uses[mgd__position(r->from, &r->below, output[k])]++;
    for (size_t i = r->below.count; i-- > 0;) {
        const mgd_var *v = mgd__node(r->from, r->below.ids[i]);
        if (!r->uses[i] || r->made[i]) continue;
        for (uint32_t k = 0; k < v->count; k++) r->uses[mgd__position(r->from, &r->below, v->arg[k])]++;
        const mgd_var *branch = mgd__branch_over(v);
        if (branch) r->uses[mgd__position(r->from, &r->below, branch)]++;
    }
}

static bool missing_input(rewriting *r, const mgd_var *output) {
    const mgd_var *v = output;
    for (uint32_t k = 0; k < v->count;) {
        const mgd_var *operand = v->arg[k];
        bool made = r->made[mgd__position(r->from, &r->below, operand)];
        k = made ? k + 1 : 0;
        if (!made) v = operand;
    }
    return mgd__undefined(&r->from->complaint, "compile: %s needs %s, which is not among the inputs",
                          mgd__label(output).text, mgd__label(v).text);
}

static bool rewrite_all(rewriting *r, size_t inputs, mgd_var *const *input, size_t outputs, mgd_var *const *output,
                        mgd_var **result) {
    if (!make_inputs(r, inputs, input)) return false;
    count_uses(r, outputs, output);
    for (size_t i = 0; i < r->below.count; i++)
        if (!make(r, i)) return false;
    for (size_t k = 0; k < outputs; k++) {
        result[k] = r->made[mgd__position(r->from, &r->below, output[k])];
        if (!result[k]) return missing_input(r, output[k]);
    }
    for (size_t i = 0; r->from->branches.count && i < r->below.count; i++) {
        const mgd_var *v = mgd__node(r->from, r->below.ids[i]);
        if (v->op->decides && r->uses[i] && !r->made[i]) return missing_input(r, v);
    }
    return true;
}

bool mgd__rewrite(mgd_tape *to, mgd_tape *t, size_t inputs, mgd_var *const *input, size_t outputs,
                  mgd_var *const *output, unsigned options, mgd_var **result) {
    rewriting r = { .to = to, .from = t, .options = options };
    bool failed = t->failed;
    r.below = mgd__reach_held(t, outputs, output, 0);
    t->failed = failed; /* no memory to compile is no error of recording */
    r.made = r.below.ids ? calloc(r.below.count + 1, sizeof *r.made) : NULL;
    r.uses = r.made ? calloc(r.below.count + 1, sizeof *r.uses) : NULL;
    bool fine = r.uses ? rewrite_all(&r, inputs, input, outputs, output, result) : out_of_memory(&r);
    free(r.below.ids);
    free(r.made);
    free(r.uses);
    free(r.list);
    free(r.traits.of);
    free(r.arg);
    return fine;
}

/* ---- products, as passes see them ---- */

bool mgd__is_product(const mgd_var *v, mgd_factors_of *f) {
    if (!mgd__is(v, &mgd__op_matmul) && !mgd__is(v, &mgd__op_product)) return false;
    int64_t flags = mgd__is(v, &mgd__op_product) ? v->p.flag.flag : 0;
    *f = (mgd_factors_of){ v->arg[0], v->arg[1], flags & MGD_A_TRANSPOSED, flags & MGD_B_TRANSPOSED };
    return true;
}

mgd_var *mgd__product_of(const mgd_factors_of *f) {
    return mgd__product(f->a, f->b,
                        (f->a_transposed ? MGD_A_TRANSPOSED : 0) | (f->b_transposed ? MGD_B_TRANSPOSED : 0));
}
