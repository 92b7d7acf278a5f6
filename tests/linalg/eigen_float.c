/* SPDX-License-Identifier: MIT */
/* eigen.c once more, for float. */
#define MGD_FLOAT
#include "eigen.c"
