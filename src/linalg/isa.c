/* SPDX-License-Identifier: MIT */
/* Asks the processor, and through it the operating system, which instruction sets run here. */
#include "linalg/isa.h"

#ifdef __x86_64__
mgd_isa mgd__isa(void) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl"))
        return MGD_AVX512;
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? MGD_AVX2 : MGD_BASELINE;
}
#else
mgd_isa mgd__isa(void) { return MGD_BASELINE; }
#endif
