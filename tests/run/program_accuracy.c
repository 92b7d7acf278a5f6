/* SPDX-License-Identifier: MIT */
/* How accurate a program is where rounding could add up: sums of ten million numbers, by every way to write them. */
#include "../tape/expect.h"

#include <math.h>
#include <stdlib.h>

__extension__ typedef __int128 wide;

static double error_of_sum(mgd_var *y, mgd_var *z, const double *data, int64_t rows, int64_t cols, long double sum,
                           long double magnitudes) {
    mgd_tape *t = mgd_tape_of(y);
    mgd_program *p = mgd_compile(t, 1, &z, 1, &y, 0);
    ck_assert_msg(p, "%s", mgd_message(t));
    mgd_workspace *ws = mgd_workspace_new(p);
    double result;
    mgd_array in = mgd_rows(data, rows, cols), out = mgd_rows(&result, 1, 1);
    ck_assert(mgd_run(p, ws, &in, &out));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    return (double)(fabsl((long double)result - sum) / magnitudes) / 0x1p-53;
}

START_TEST(the_error_of_a_long_sum_grows_like_the_logarithm) {
    enum { N = 10000000 };
    mgd_tape *t = mgd_tape_new();
    double *data = malloc(N * sizeof *data);
    uint64_t state = 3;
    wide exact = 0, exact_squares = 0; /* of whole numbers, which are the data times 2^40 */
    for (int i = 0; i < N; i++) {
        int64_t whole_number = (int64_t)((0.1 + 0.01 * test_uniform(&state)) * 0x1p40);
        data[i] = (double)whole_number * 0x1p-40;
        exact += whole_number;
        exact_squares += (wide)whole_number * whole_number;
    }
    const long double sum = (long double)exact * 0x1p-40L, squares = (long double)exact_squares * 0x1p-80L;
    mgd_var *z = mgd_input(t, "z", N, 1), *w = mgd_input(t, "w", 100, N / 100);
    double most = 24 + 2; /* log2 of 10^7, and the rounding of what is summed */
    ck_assert_double_le(error_of_sum(mgd_sum(z), z, data, N, 1, sum, sum), most);
    ck_assert_double_le(error_of_sum(mgd_sum(mgd_negate(z)), z, data, N, 1, -sum, sum), most);
    ck_assert_double_le(error_of_sum(mgd_sum(mgd_hadamard(z, z)), z, data, N, 1, squares, squares), most);
    ck_assert_double_le(error_of_sum(mgd_matmul(mgd_transpose(z), mgd_ones(t, N, 1)), z, data, N, 1, sum, sum), most);
    mgd_var *rows = mgd_row_sums(mgd_hadamard(w, w));
    ck_assert_double_le(error_of_sum(mgd_sum(rows), w, data, 100, N / 100, squares, squares), most);
    ck_assert_double_le(error_of_sum(mgd_sum(mgd_col_sums(mgd_exp(mgd_log(w)))), w, data, 100, N / 100, sum, sum),
                        most + 10);
    free(data);
    mgd_tape_free(t);
}
END_TEST

TESTS("accuracy of programs", the_error_of_a_long_sum_grows_like_the_logarithm);
