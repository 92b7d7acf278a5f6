/* SPDX-License-Identifier: MIT */
/* constant: a matrix of given numbers, which nothing differentiates.
 *
 * value        the numbers given
 */
#include "ops/ops.h"

const mgd_operation mgd__op_constant = {
    .name = "constant",
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "constant(%rx%c)",
    .precedence = MGD_ATOM,
};

/** A constant matrix with a copy of the data. Each is a var of its own, equal numbers or not. */
mgd_var *mgd_constant(mgd_tape *t, mgd_array data) {
    if (!t || t->failed) return NULL;
    if (data.precision != MGD_DOUBLE && data.precision != MGD_FLOAT) {
        mgd__refuse(t, "constant: %d is no precision", (int)data.precision);
        return NULL;
    }
    if (!data.data || data.rows < 1 || data.cols < 1 || data.rows > INT32_MAX || data.cols > INT32_MAX) {
        mgd__refuse(t, "constant: %s%lldx%lld", data.data ? "" : "no data, ", (long long)data.rows,
                    (long long)data.cols);
        return NULL;
    }
    mgd_parameters p = { .flag = { 0, ++t->serial } };
    mgd_var *v = mgd__record(t, &mgd__op_constant, p, (mgd_dim)data.rows, (mgd_dim)data.cols, 0, NULL);
    if (!v) return NULL;
    double *x = mgd__value_room(t, v, data.rows, data.cols);
    if (!x) return mgd__out_of_memory(t), NULL;
    mgd__read_array(&data, x);
    mgd__slot(t, v->id)->changed = ++t->clock;
    return v;
}
