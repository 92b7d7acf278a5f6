/* SPDX-License-Identifier: MIT */
/* What decides whether a program may run comes first, so that a branch that differs is what a run complains of, and not
 * what became of its wrong side. The order is otherwise kept. */
#include "run/program.h"

#include <stdlib.h>
#include <string.h>

bool mgd__find_early(mgd_compilation *c) {
    if (c->results == c->p->outputs) return true;
    c->early = calloc(c->below.count + 1, sizeof *c->early);
    if (!c->early) return false;
    for (size_t i = c->below.count; i-- > 0;) {
        const mgd_var *v = mgd__below(c, i);
        c->early[i] |= v->op->decides;
        for (uint32_t k = 0; c->early[i] && k < v->count; k++) c->early[mgd__place_of(c, v->arg[k])] = true;
    }
    return true;
}

/* Early nodes and others share no step. */
static bool is_early_step(const mgd_compilation *c, const mgd_program_step *s) { return c->early[s->result[0]]; }

bool mgd__branches_first(mgd_compilation *c) {
    mgd_program *p = c->p;
    if (!c->early) return true;
    mgd_program_step *ordered = malloc((p->steps + 1) * sizeof *ordered);
    if (!ordered) return mgd__undefined(&c->from->complaint, "compile: out of memory");
    size_t n = 0;
    for (int late = 0; late < 2; late++)
        for (uint32_t t = 0; t < p->steps; t++)
            if (is_early_step(c, &p->step[t]) != late) ordered[n++] = p->step[t];
    memcpy(p->step, ordered, n * sizeof *ordered);
    free(ordered);
    return true;
}
