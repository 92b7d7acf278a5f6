/* SPDX-License-Identifier: MIT */
/* What hcat and vcat have in common: blocks that tile a matrix. The parameter's sizes are their corners, as place's. */
#ifndef MGD_CAT_H
#define MGD_CAT_H

#include "ops/ops.h"

void mgd__cat_meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out);
bool mgd__cat_kernel(const mgd_step *s, const mgd_array *in, mgd_array *out);
mgd_var *mgd__cat_pullback(mgd_var *c, size_t i, mgd_var *t);
mgd_var *mgd__cat_pushforward(mgd_var *c, size_t i, mgd_var *t);

/* The n vars one below another, or side by side. */
mgd_var *mgd__cat(const mgd_operation *op, size_t n, mgd_var *const *vars, bool below);

#endif
