/* SPDX-License-Identifier: MIT */
/* vectors.c once more, for float. */
#define MGD_FLOAT
#include "vectors.c"
