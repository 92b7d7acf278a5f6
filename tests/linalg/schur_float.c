/* SPDX-License-Identifier: MIT */
/* schur.c once more, for float. */
#define MGD_FLOAT
#include "schur.c"
