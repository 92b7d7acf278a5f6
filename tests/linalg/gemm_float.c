/* SPDX-License-Identifier: MIT */
/* gemm.c once more, for float. */
#define MGD_FLOAT
#include "gemm.c"
