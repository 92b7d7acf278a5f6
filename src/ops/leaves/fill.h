/* SPDX-License-Identifier: MIT */
#ifndef MGD_FILL_H
#define MGD_FILL_H

#include "ops/ops.h"

mgd_var *mgd__fill_reduce(const mgd_var *v);
void mgd__fill_meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out);
bool mgd__fill_kernel(const mgd_step *s, const mgd_array *in, mgd_array *out);
mgd_var *mgd__fill(mgd_tape *t, const mgd_operation *op, int64_t value, const mgd_size *rows, const mgd_size *cols);
mgd_var *mgd__fill_like(const mgd_operation *op, int64_t value, const mgd_var *v);
bool mgd__is_fill(const mgd_var *v, const mgd_operation *op, int64_t value);

#endif
