/* SPDX-License-Identifier: MIT */
/* qr.c once more, for float. */
#define MGD_FLOAT
#include "qr.c"
