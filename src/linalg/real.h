/* SPDX-License-Identifier: MIT */
/* A file that includes this is compiled twice: for double, and with MGD_FLOAT for float. */
#ifndef MGD_REAL_H
#define MGD_REAL_H

#include "linalg/linalg.h"

#ifdef MGD_FLOAT
#define real float
#define LINALG(name) mgd__s##name
#else
#define real double
#define LINALG(name) mgd__d##name
#endif

#endif
