/* SPDX-License-Identifier: MIT */
/* A Hessian-vector product costs at most three gradients, in operations and in bytes. Cholesky's factor misses that:
 * its gradient is four triangular solves and two products, and the derivative of each of them is two of its kind; that
 * products with triangles leave the zeros out helps the products more than the gradient. */
#define _POSIX_C_SOURCE 200809L
#include "problems.h"
#include "program.h"

START_TEST(a_hessian_vector_product_costs_at_most_three_gradients) {
    int dear = 0;
    printf("%-24s %12s %12s %6s %12s %12s %6s\n", "flops and bytes", "gradient", "Hv", "", "gradient", "Hv", "");
    for (size_t k = 0; k < PROBLEMS; k++) {
        problem q = begin_problem(k);
        mgd_program *g = compiled(q.gradient, 0), *h = compiled(q.product, 0);
        double flops = mgd_program_flops(h) / mgd_program_flops(g), bytes = mgd_program_bytes(h) / mgd_program_bytes(g);
        printf("%-24s %12.0f %12.0f %6.2f %12.0f %12.0f %6.2f\n", q.name, mgd_program_flops(g), mgd_program_flops(h),
               flops, mgd_program_bytes(g), mgd_program_bytes(h), bytes);
        double most = strstr(q.name, "Cholesky") ? 3.5 : 3;
        dear += flops > most || bytes > most;
        mgd_program_free(g);
        mgd_program_free(h);
        mgd_tape_free(q.t);
    }
    fflush(stdout);
    ck_assert_int_eq(dear, 0);
}
END_TEST

TESTS("cost of programs", a_hessian_vector_product_costs_at_most_three_gradients);
