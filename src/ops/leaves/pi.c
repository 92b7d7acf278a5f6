/* SPDX-License-Identifier: MIT */
/* pi: the circumference of a circle over its diameter, 1x1.
 *
 * value        pi
 */
#include "ops/ops.h"

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    (void)s;
    (void)in;
    put(out, 0, 0, S->function(S, MGD_PI, 0, whole(S, 0)));
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    (void)s;
    (void)in;
    *(double *)out->data = MGD__PI;
    return true;
}

const mgd_operation mgd__op_pi = {
    .name = "pi",
    .notation = "pi",
    .precedence = MGD_ATOM,
    .meaning = meaning,
    .kernel = kernel,
};

/** The number pi, 1x1. */
mgd_var *mgd_pi(mgd_tape *t) {
    return t && !t->failed ? mgd__record(t, &mgd__op_pi, MGD_NO_PARAMETERS, 1, 1, 0, NULL) : NULL;
}
