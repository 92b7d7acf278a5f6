/* SPDX-License-Identifier: MIT */
/* expm.c once more, for float. */
#define MGD_FLOAT
#include "expm.c"
