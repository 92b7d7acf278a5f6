/* SPDX-License-Identifier: MIT */
/* Every operation. Generated from src/ops/ by src/ops/generate.sh. */
#ifndef MGD_OPS_LIST_H
#define MGD_OPS_LIST_H

#include "tape/operation.h"

extern const mgd_operation mgd__op_constant;
extern const mgd_operation mgd__op_eye;
extern const mgd_operation mgd__op_input;
extern const mgd_operation mgd__op_literal;
extern const mgd_operation mgd__op_number;
extern const mgd_operation mgd__op_ones;
extern const mgd_operation mgd__op_size;
extern const mgd_operation mgd__op_stand_in;
extern const mgd_operation mgd__op_zeros;
extern const mgd_operation mgd__op_add;
extern const mgd_operation mgd__op_chain;
extern const mgd_operation mgd__op_divide;
extern const mgd_operation mgd__op_hadamard;
extern const mgd_operation mgd__op_negate;
extern const mgd_operation mgd__op_power;
extern const mgd_operation mgd__op_scale;
extern const mgd_operation mgd__op_subtract;
extern const mgd_operation mgd__op_abs;
extern const mgd_operation mgd__op_exp;
extern const mgd_operation mgd__op_log;
extern const mgd_operation mgd__op_sigmoid;
extern const mgd_operation mgd__op_sigmoid_slope;
extern const mgd_operation mgd__op_sign;
extern const mgd_operation mgd__op_sqrt;
extern const mgd_operation mgd__op_stop;
extern const mgd_operation mgd__op_where;
extern const mgd_operation mgd__op_matmul;
extern const mgd_operation mgd__op_col_sums;
extern const mgd_operation mgd__op_row_sums;
extern const mgd_operation mgd__op_softmax_rows;
extern const mgd_operation mgd__op_sum;
extern const mgd_operation mgd__op_trace;
extern const mgd_operation mgd__op_block;
extern const mgd_operation mgd__op_diag_of;
extern const mgd_operation mgd__op_from_diag;
extern const mgd_operation mgd__op_lower;
extern const mgd_operation mgd__op_part;
extern const mgd_operation mgd__op_place;
extern const mgd_operation mgd__op_repeat;
extern const mgd_operation mgd__op_transpose;
extern const mgd_operation mgd__op_adjugate;
extern const mgd_operation mgd__op_cholesky;
extern const mgd_operation mgd__op_det;
extern const mgd_operation mgd__op_det_sign;
extern const mgd_operation mgd__op_eigen;
extern const mgd_operation mgd__op_expm;
extern const mgd_operation mgd__op_inverse;
extern const mgd_operation mgd__op_logdet;
extern const mgd_operation mgd__op_lu;
extern const mgd_operation mgd__op_over_gaps;
extern const mgd_operation mgd__op_pinv;
extern const mgd_operation mgd__op_qr;
extern const mgd_operation mgd__op_schur;
extern const mgd_operation mgd__op_solve;
extern const mgd_operation mgd__op_spectral_norm;
extern const mgd_operation mgd__op_svd;
extern const mgd_operation mgd__op_sylvester;
extern const mgd_operation mgd__op_triangular_solve;

#endif
