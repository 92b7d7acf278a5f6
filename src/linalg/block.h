/* SPDX-License-Identifier: MIT */
/* Block kernels: an entrywise function of arrays, for double and float, on every instruction set. An operation's file
 * writes one line,
 *
 *     MGD_BLOCK2(kernels, a + b);
 *     MGD_BLOCK1(kernels, mgd__sigmoid(a));
 *
 * which defines `static const mgd_block_kernels kernels`. The expression is in the entries a (and b, and c), the
 * operation's constant p, and the type T of all of them, double or float: write (T)0.5, so that float stays float. */
#ifndef MGD_BLOCK_H
#define MGD_BLOCK_H

#include "linalg/isa.h"

#include <stddef.h>

/* y[i] = f(x[0][i], x[1][i], ...), i < n. y may be one of the x exactly, and overlaps them in no other way. */
typedef void mgd_block_kernel(double p, size_t n, const void *const *x, void *y);

typedef struct {
    mgd_block_kernel *of[2][MGD_ISAS]; /* [0] double, [1] float */
} mgd_block_kernels;

#define MGD_BLOCK1(name, expression) MGD_BLOCK(name, MGD_BLOCK_POINTERS1, MGD_BLOCK_ENTRIES1, expression)
#define MGD_BLOCK2(name, expression) MGD_BLOCK(name, MGD_BLOCK_POINTERS2, MGD_BLOCK_ENTRIES2, expression)
#define MGD_BLOCK3(name, expression) MGD_BLOCK(name, MGD_BLOCK_POINTERS3, MGD_BLOCK_ENTRIES3, expression)

#define MGD_BLOCK_POINTERS1 const T *const as = x[0];
#define MGD_BLOCK_POINTERS2 MGD_BLOCK_POINTERS1 const T *const bs = x[1];
#define MGD_BLOCK_POINTERS3 MGD_BLOCK_POINTERS2 const T *const cs = x[2];

#define MGD_BLOCK_ENTRIES1                                                                                             \
    const T a = as[i];                                                                                                 \
    (void)a;
#define MGD_BLOCK_ENTRIES2                                                                                             \
    MGD_BLOCK_ENTRIES1 const T b = bs[i];                                                                              \
    (void)b;
#define MGD_BLOCK_ENTRIES3                                                                                             \
    MGD_BLOCK_ENTRIES2 const T c = cs[i];                                                                              \
    (void)c;

/* What the compiler cannot see: y is one of the x or apart from them, so one entry does not depend on another. Where
 * the expression calls a function that has no vector form, clang need not say so. */
#ifdef __clang__
#define MGD_BLOCK_INDEPENDENT                                                                                          \
    _Pragma("clang diagnostic ignored \"-Wpass-failed\"") _Pragma("clang loop vectorize(assume_safety)")
#else
#define MGD_BLOCK_INDEPENDENT _Pragma("GCC ivdep")
#endif

#define MGD_BLOCK_FUNCTION(function, target, number, pointers, entries, expression)                                    \
    target static void function(double constant, size_t n, const void *const *x, void *y) {                            \
        typedef number T;                                                                                              \
        const T p = (T)constant;                                                                                       \
        T *const ys = y;                                                                                               \
        (void)p;                                                                                                       \
        pointers MGD_BLOCK_INDEPENDENT for (size_t i = 0; i < n; i++) { entries ys[i] = (T)(expression); }             \
    }

#ifdef __x86_64__
#define MGD_BLOCK(name, pointers, entries, expression)                                                                 \
    MGD_BLOCK_FUNCTION(name##_d_baseline, , double, pointers, entries, expression)                                     \
    MGD_BLOCK_FUNCTION(name##_d_avx2, MGD_FOR_AVX2, double, pointers, entries, expression)                             \
    MGD_BLOCK_FUNCTION(name##_d_avx512, MGD_FOR_AVX512, double, pointers, entries, expression)                         \
    MGD_BLOCK_FUNCTION(name##_s_baseline, , float, pointers, entries, expression)                                      \
    MGD_BLOCK_FUNCTION(name##_s_avx2, MGD_FOR_AVX2, float, pointers, entries, expression)                              \
    MGD_BLOCK_FUNCTION(name##_s_avx512, MGD_FOR_AVX512, float, pointers, entries, expression)                          \
    static const mgd_block_kernels name = { { { name##_d_baseline, name##_d_avx2, name##_d_avx512 },                   \
                                              { name##_s_baseline, name##_s_avx2, name##_s_avx512 } } }
#else
#define MGD_BLOCK(name, pointers, entries, expression)                                                                 \
    MGD_BLOCK_FUNCTION(name##_d, , double, pointers, entries, expression)                                              \
    MGD_BLOCK_FUNCTION(name##_s, , float, pointers, entries, expression)                                               \
    static const mgd_block_kernels name = { { { name##_d, name##_d, name##_d }, { name##_s, name##_s, name##_s } } }
#endif

#endif
