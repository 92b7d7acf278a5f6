/* SPDX-License-Identifier: MIT */
/* What a program's steps cost, and a program as a text. */
#include "run/workspace.h"

#include <inttypes.h>

static double entries_of(const mgd_program *p, uint32_t n, const uint32_t *value) {
    double sum = 0;
    for (uint32_t k = 0; k < n; k++) sum += (double)mgd__entries(&p->value[value[k]]);
    return sum;
}

void mgd__cost_of_step(const mgd_program *p, mgd_program_step *s) {
    double read = entries_of(p, s->operands, s->operand), written = entries_of(p, s->results, s->result);
    s->bytes = sizeof(double) * (read + written);
    switch (s->kind) {
    case MGD_COPY_STEP:
        s->flops = 0;
        break;
    case MGD_SCALAR_STEP:
        s->flops = s->instructions;
        break;
    case MGD_FUSED_STEP:
        s->flops = (double)(s->fused.instructions + s->fused.ends) * (double)s->fused.rows * (double)s->fused.cols;
        break;
    case MGD_KERNEL_STEP:
        s->flops = s->step.op->flops ? s->step.op->flops(s->step.node) : read > written ? read : written;
    }
}

static const char *home_of(const mgd_program *p, const mgd_program_value *v, char *text, size_t n) {
    const mgd_program_value *base = &p->value[v->base];
    static const char *const homes[] = { "workspace +", "input ", "output ", "constants +" };
    size_t place = base->place + (base->home == MGD_IN_INPUT || base->home == MGD_IN_OUTPUT);
    snprintf(text, n, "%s%zu", homes[base->home], place);
    return text;
}

static void describe_loop(const mgd_program *p, const mgd_fused *f, FILE *out) {
    fprintf(out, "loop of %u operations over %" PRId64 "x%" PRId64 " in blocks of %zu:", f->instructions, f->rows,
            f->cols, f->block);
    for (uint32_t k = 0; k < f->instructions; k++)
        fprintf(out, " %s", p->value[f->slot[f->instruction[k].result].value].node->op->name);
    for (uint32_t k = 0; k < f->ends; k++) fprintf(out, " %s", p->value[f->end[k].value].node->op->name);
}

static void describe_step(const mgd_program *p, const mgd_program_step *s, FILE *out) {
    switch (s->kind) {
    case MGD_KERNEL_STEP:
        fprintf(out, "%s", s->step.op->name);
        break;
    case MGD_FUSED_STEP:
        describe_loop(p, &s->fused, out);
        break;
    case MGD_SCALAR_STEP:
        fprintf(out, "%u operations on numbers", s->instructions);
        break;
    case MGD_COPY_STEP:
        fprintf(out, "copy");
        break;
    }
    fprintf(out, " ->");
    for (uint32_t k = 0; k < s->results && k < 4; k++) {
        char text[40];
        const mgd_program_value *v = &p->value[s->result[k]];
        fprintf(out, "%s %" PRId64 "x%" PRId64 " in %s", k ? "," : "", v->rows, v->cols,
                home_of(p, v, text, sizeof text));
    }
    if (s->results > 4) fprintf(out, ", ... (%u)", s->results);
}

void mgd_program_describe(const mgd_program *p, const mgd_workspace *ws, FILE *out) {
    if (!p || !out) return;
    fprintf(out, "%zu inputs, %zu outputs, %u steps, %.6g flops, %.6g bytes; workspace %zu bytes, alive at once %zu\n",
            p->inputs, p->outputs, p->steps, mgd_program_flops(p), mgd_program_bytes(p), p->values_bytes,
            p->live_bytes);
    for (uint32_t t = 0; t < p->steps; t++) {
        const mgd_program_step *s = &p->step[t];
        fprintf(out, "%4u  ", t + 1);
        describe_step(p, s, out);
        fprintf(out, "; %.6g flops, %.6g bytes", s->flops, s->bytes);
        if (ws && ws->timing && ws->p == p) fprintf(out, ", %.3g us", ws->seconds[t] * 1e6);
        fprintf(out, "\n");
    }
}
