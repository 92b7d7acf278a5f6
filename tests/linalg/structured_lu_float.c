/* SPDX-License-Identifier: MIT */
/* structured_lu.c once more, for float. */
#define MGD_FLOAT
#include "structured_lu.c"
