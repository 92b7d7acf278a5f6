/* SPDX-License-Identifier: MIT */
/* The manual of operations: what docs/operations.md says of each, for programs that show it.
 *
 *     const mgd_manual_entry *e = mgd_manual_find("matmul");
 *     if (e) printf("%s: %s\n  pullback  %s\n", e->name, e->what, e->pullback);
 *
 * Everything here is constant, and may be read by any thread.
 */
#ifndef MATGRAD_MANUAL_H
#define MATGRAD_MANUAL_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Nothing is NULL; "" stands for what an operation does not have. */
typedef struct {
    const char *name;        /* "matmul", as in mgd_matmul */
    const char *chapter;     /* "Products" */
    const char *what;        /* "the matrix product." */
    const char *value;       /* "C = A B" */
    const char *pullback;    /* "dA += dC B'; dB += A' dC": a rule for each operand */
    const char *pushforward; /* "C. = A. B + A B." */
    const char *singular;    /* what it is where no derivative exists */
    const char *source;      /* where to read about it */
} mgd_manual_entry;

size_t mgd_manual_count(void);
const mgd_manual_entry *mgd_manual_entry_at(size_t i);     /* in the order of the manual; NULL beyond the end */
const mgd_manual_entry *mgd_manual_find(const char *name); /* NULL where there is none of that name */

#ifdef __cplusplus
}
#endif

#endif
