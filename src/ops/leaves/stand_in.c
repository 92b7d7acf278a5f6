/* SPDX-License-Identifier: MIT */
/* stand_in: a leaf without a value, by which a linear rule is transposed (derive/forward.c).
 *
 * value        none
 */
#include "ops/ops.h"

const mgd_operation mgd__op_stand_in = {
    .name = "stand_in",
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "?",
    .precedence = MGD_ATOM,
};

mgd_var *mgd__stand_in(const mgd_var *like) {
    mgd_parameters p = { .flag = { 0, ++like->tape->serial } };
    return mgd__record(like->tape, &mgd__op_stand_in, p, like->rows, like->cols, 0, NULL);
}
