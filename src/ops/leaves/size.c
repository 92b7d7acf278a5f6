/* SPDX-License-Identifier: MIT */
/* size: a size as a number, 1x1.
 *
 * value        the number that the size stands for
 */
#include "ops/ops.h"

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)in;
    put(out, 0, 0, whole(S, s->sizes[0]));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)in;
    *(double *)out->data = (double)s->sizes[0];
    return true;
}

const mgd_operation mgd__op_size = {
    .name = "size",
    .parameter = MGD_PARAMETER_SIZES,
    .notation = "(%z)",
    .precedence = MGD_ATOM,
    .meaning = meaning,
    .kernel = kernel,
};

/** A size in an expression, as in sum(X)/(m*n): a number where it is one already. */
mgd_var *mgd_size_as_var(const mgd_size *size) {
    if (!size || size->tape->failed) return NULL;
    mgd_tape *t = size->tape;
    if (size->dim > 0) return mgd_rational(t, size->dim, 1);
    mgd_parameters p = mgd__size_list(t, &size->dim, 1);
    return p.sizes.list ? mgd__record(t, &mgd__op_size, p, 1, 1, 0, NULL) : NULL;
}
