/* SPDX-License-Identifier: MIT */
/* cholesky.c once more, for float. */
#define MGD_FLOAT
#include "cholesky.c"
