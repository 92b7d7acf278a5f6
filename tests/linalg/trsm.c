/* SPDX-License-Identifier: MIT */
/* Triangular solves: the residual op(T) X - B beside the sum of the magnitudes that make it. */
#include "numbers.h"

enum { PADDING = 3 };

typedef struct {
    bool upper, transposed, unit;
    size_t n, m;
} solving;

/* A well-conditioned triangle; what must not be read is NaN. */
static real *triangle(solving s, size_t ldt) {
    real *const t = blank(s.n * ldt);
    for (size_t i = 0; i < s.n; i++) {
        if (!s.unit) t[i * ldt + i] = (real)(1 + fabs((double)uniform())) * (below(2) ? 1 : -1);
        for (size_t j = s.upper ? i + 1 : 0; j < (s.upper ? s.n : i); j++) t[i * ldt + j] = uniform() / (real)s.n;
    }
    return t;
}

static void check_residual(solving s, const real *t, size_t ldt, const real *x, const real *b, size_t ldb) {
    for (size_t i = 0; i < s.n; i++)
        for (size_t k = 0; k < s.m; k++) {
            long double sum = -(long double)b[i * ldb + k], size = magnitude(sum);
            for (size_t j = 0; j < s.n; j++) {
                const size_t row = s.transposed ? j : i, col = s.transposed ? i : j;
                if (row != col && (col > row) != s.upper) continue;
                const long double factor = row == col && s.unit ? 1 : (long double)t[row * ldt + col];
                const long double term = factor * (long double)x[j * ldb + k];
                sum += term;
                size += magnitude(term);
            }
            ck_assert_msg(magnitude(sum) <= (long double)(s.n + 4) * EPSILON * size,
                          "n %zu, m %zu, upper %d, transposed %d, unit %d: row %zu is off by %Lg", s.n, s.m, s.upper,
                          s.transposed, s.unit, i, sum);
        }
}

static void check_solve(solving s, bool simple) {
    const size_t ldt = s.n + below(PADDING), ldb = s.m + below(PADDING);
    const real *const t = triangle(s, ldt), *const b = numbers(s.n * ldb);
    real *const x = copy_of(s.n * ldb, b);
    if (simple)
        LINALG(triangular_solve)(s.transposed, s.n, s.m, t, ldt, x, ldb);
    else
        LINALG(trsm)(s.upper, s.transposed, s.unit, s.n, s.m, t, ldt, x, ldb);
    check_residual(s, t, ldt, x, b, ldb);
    for (size_t i = 0; i < s.n; i++) ck_assert_mem_eq(x + i * ldb + s.m, b + i * ldb + s.m, (ldb - s.m) * sizeof(real));
    release();
}

START_TEST(every_kind_of_triangle_is_solved) {
    for (int round = 0; round < 1000; round++)
        check_solve((solving){ below(2), below(2), below(2), any_size(), any_size() }, false);
}
END_TEST

START_TEST(a_lower_triangle_is_solved_by_its_own_name) {
    for (int round = 0; round < 200; round++)
        check_solve((solving){ false, below(2), false, any_size(), any_size() }, true);
}
END_TEST

TESTS(IN_PRECISION("linalg trsm"), every_kind_of_triangle_is_solved, a_lower_triangle_is_solved_by_its_own_name);
