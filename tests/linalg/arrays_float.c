/* SPDX-License-Identifier: MIT */
/* arrays.c once more, for float. */
#define MGD_FLOAT
#include "arrays.c"
