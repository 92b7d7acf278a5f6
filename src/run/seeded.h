/* SPDX-License-Identifier: MIT */
/* Part of a tape evaluated many times, each time with other numbers for a few of its vars (seeds): what does not depend
 * on them is computed once. */
#ifndef MGD_SEEDED_H
#define MGD_SEEDED_H

#include "matgrad/program.h"
#include "ops/ops.h"

/* Recording that is undone: between the two calls errors are not told to the tape's handler, and at the end nodes
 * and an error of recording are gone. What went wrong first is then the tape's error of evaluation, told to the
 * handler where `told`; returns `fine`. */
typedef struct {
    mgd_tape *tape;
    size_t mark;
    void (*handler)(void *user, const char *message);
} mgd_aside;
mgd_aside mgd__aside_begin(mgd_tape *t);
bool mgd__aside_end(mgd_aside *a, bool fine, bool told);

typedef struct {
    mgd_program *program;
    mgd_workspace *workspace;
    size_t inputs;
    mgd_array *in;  /* the seeds come first: their data is set by whoever runs it */
    mgd_array *out; /* and so is that of the outputs */
    double *fixed;  /* what was computed once, one value after another */
} mgd_seeded;

/* Makes it, with the options of mgd_compile, at the present sizes and data of t's inputs, and computes what is fixed.
 * False, with the error in t's complaint, where an input has no data, a size is unbound or something fixed has no
 * value. Freed in either case. */
bool mgd__seeded_make(mgd_seeded *s, mgd_tape *t, size_t seeds, mgd_var *const *seed, size_t outputs,
                      mgd_var *const *output, unsigned options);
bool mgd__seeded_run(const mgd_seeded *s, mgd_complaint *c);
void mgd__seeded_free(mgd_seeded *s);

static inline int64_t mgd__entries_of(const mgd_var *v) {
    return mgd__dim_value(v->tape, v->rows) * mgd__dim_value(v->tape, v->cols);
}

#endif
