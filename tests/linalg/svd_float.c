/* SPDX-License-Identifier: MIT */
/* svd.c once more, for float. */
#define MGD_FLOAT
#include "svd.c"
