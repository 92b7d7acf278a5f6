/* SPDX-License-Identifier: MIT */
/* Instruction sets: which there are, which one this machine runs, and how a function is compiled for one.
 *
 *     MGD_FOR_AVX2 static void product(...) { ... }
 */
#ifndef MGD_ISA_H
#define MGD_ISA_H

typedef enum { MGD_BASELINE, MGD_AVX2, MGD_AVX512, MGD_ISAS } mgd_isa;

/* The best that this processor and its system run. */
mgd_isa mgd__isa(void);

#ifdef __x86_64__
#define MGD_FOR_AVX2 __attribute__((target("avx2,fma")))
#define MGD_FOR_AVX512 __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma")))
#else
#define MGD_FOR_AVX2
#define MGD_FOR_AVX512
#endif

#endif
