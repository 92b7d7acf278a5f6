/* SPDX-License-Identifier: MIT */
/* Block kernels: on every instruction set, in both precisions, for every number of operands and every aliasing. */
#include "linalg/block.h"
#include "../support/support.h"

enum { LENGTH = 71, OPERANDS = 3, GUARD = 8 };

MGD_BLOCK1(difference, p - a);
MGD_BLOCK2(quotient, a / b);
MGD_BLOCK2(second, b);
MGD_BLOCK3(choice, a < b ? c : a);

static const mgd_block_kernels *const kernels[] = { &difference, &quotient, &second, &choice };

static double expected(size_t kernel, double p, double a, double b, double c) {
    switch (kernel) {
    case 0:
        return p - a;
    case 1:
        return a / b;
    case 2:
        return b;
    default:
        return a < b ? c : a;
    }
}

/* n entries from an address that is not a vector's; `alias` says which operand y is, or none. */
static void check_double(size_t kernel, mgd_isa isa, size_t n, size_t alias) {
    uint64_t seed = 7;
    double x[OPERANDS][LENGTH + GUARD], kept[OPERANDS][LENGTH + GUARD], apart[LENGTH + GUARD] = { 0 };
    for (size_t k = 0; k < OPERANDS; k++)
        for (size_t i = 0; i < LENGTH + GUARD; i++) kept[k][i] = x[k][i] = test_uniform(&seed);
    double *const y = alias < OPERANDS ? x[alias] : apart, before = y[n + 1];

    kernels[kernel]->of[0][isa](0.5, n, (const void *const[]){ x[0] + 1, x[1] + 1, x[2] + 1 }, y + 1);

    for (size_t i = 1; i <= n; i++) ck_assert(y[i] == expected(kernel, 0.5, kept[0][i], kept[1][i], kept[2][i]));
    ck_assert(y[n + 1] == before);
}

static void check_float(size_t kernel, mgd_isa isa, size_t n, size_t alias) {
    uint64_t seed = 7;
    float x[OPERANDS][LENGTH + GUARD], kept[OPERANDS][LENGTH + GUARD], apart[LENGTH + GUARD] = { 0 };
    for (size_t k = 0; k < OPERANDS; k++)
        for (size_t i = 0; i < LENGTH + GUARD; i++) kept[k][i] = x[k][i] = (float)test_uniform(&seed);
    float *const y = alias < OPERANDS ? x[alias] : apart, before = y[n + 1];

    kernels[kernel]->of[1][isa](0.5, n, (const void *const[]){ x[0] + 1, x[1] + 1, x[2] + 1 }, y + 1);

    for (size_t i = 1; i <= n; i++)
        ck_assert(y[i] == (float)expected(kernel, 0.5, (double)kept[0][i], (double)kept[1][i], (double)kept[2][i]));
    ck_assert(y[n + 1] == before);
}

START_TEST(every_kernel_computes_its_expression_and_no_more) {
    for (size_t kernel = 0; kernel < sizeof kernels / sizeof *kernels; kernel++)
        for (mgd_isa isa = MGD_BASELINE; isa <= mgd__isa(); isa++)
            for (size_t n = 0; n <= LENGTH; n++)
                for (size_t alias = 0; alias <= OPERANDS; alias++) {
                    check_double(kernel, isa, n, alias);
                    check_float(kernel, isa, n, alias);
                }
}
END_TEST

START_TEST(every_table_is_full) {
    for (size_t kernel = 0; kernel < sizeof kernels / sizeof *kernels; kernel++)
        for (mgd_isa isa = MGD_BASELINE; isa < MGD_ISAS; isa++)
            ck_assert(kernels[kernel]->of[0][isa] && kernels[kernel]->of[1][isa]);
}
END_TEST

TESTS("linalg block", every_kernel_computes_its_expression_and_no_more, every_table_is_full);
