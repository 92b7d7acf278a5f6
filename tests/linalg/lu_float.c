/* SPDX-License-Identifier: MIT */
/* lu.c once more, for float. */
#define MGD_FLOAT
#include "lu.c"
