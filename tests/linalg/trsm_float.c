/* SPDX-License-Identifier: MIT */
/* trsm.c once more, for float. */
#define MGD_FLOAT
#include "trsm.c"
