/* SPDX-License-Identifier: MIT */
#include "support/expression.h"
#include "ops/ops.h"

#include <stdio.h>
#include <stdlib.h>

/* What an operand is made to be before an operation has it. */
typedef enum {
    FREE,
    TAME,       /* in [-1/2, 1/2] */
    POSITIVE,   /* at least 1 */
    OFF_ZERO,   /* but for chance, whatever the rounding */
    REGULAR,    /* square, and far from singular */
    POLYNOMIAL, /* square; singular, too, where no derivative asks for an inverse */
    DEFINITE,
    APART, /* the singular values stand apart, and the eigenvalues of what is square */
    MASK
} domain;

/* Sizes are two letters. The result is m x n, m x m or has a 1; of its operands' sizes, k and l are drawn, w is drawn,
 * too, but at least m, M and N are one more than m and n, and n = p + q, m = r + s are parts. A row says in one of four
 * ways how it is made. */
typedef struct {
    const char *result;
    struct {
        const char *size;
        domain domain;
    } of[3];
    mgd_var *(*one)(mgd_var *);
    mgd_var *(*two)(mgd_var *, mgd_var *);
    mgd_var *(*three)(mgd_var *, mgd_var *, mgd_var *);
    mgd_var *(*made)(generator *g, mgd_var *const *x, int64_t rows, int64_t cols); /* with random parameters */
    unsigned unfit;                                                                /* for what it is not fit */
    int weight;                                                                    /* 0 is 1 */
    int64_t most; /* sizes, where large ones take too long */
} maker;

int64_t choose(generator *g, int64_t n) { return (int64_t)(test_random(&g->state) % (uint64_t)n); }
int64_t draw_size(generator *g) { return 1 + choose(g, g->largest); }

bool is_one_matrix(const mgd_var *v) {
    return v->op->results == 0 && (v->count == 0 || v->op->meaning || v->op->equations || v->op->entry);
}

/* ---- operands ---- */

static mgd_var *number(const mgd_var *x, int64_t n, int64_t d) { return mgd_rational(x->tape, n, d); }

mgd_var *tame(mgd_var *x) { return x ? mgd_divide(x, mgd_add(number(x, 1, 1), mgd_hadamard(x, x))) : NULL; }

static mgd_var *regular(mgd_var *x, int64_t n) {
    mgd_var *small = mgd_scale(number(x, 1, n), tame(x));
    return mgd_add(small, mgd_scale(number(x, 2, 1), mgd_eye(x->tape, n)));
}

static mgd_var *apart(mgd_var *x, int64_t m, int64_t n) {
    double d[2 * MOST_DRAWN * MOST_DRAWN] = { 0 };
    for (int64_t i = 0; i < m && i < n; i++) d[i * n + i] = (double)(3 * (i + 1));
    return mgd_add(mgd_scale(number(x, 1, 2 * (m + n)), tame(x)), mgd_constant(x->tape, mgd_rows(d, m, n)));
}

static mgd_var *in_domain(const generator *g, domain d, mgd_var *x, int64_t rows, int64_t cols) {
    if (!x) return NULL;
    switch (d) {
    case TAME:
        return tame(x);
    case POSITIVE:
        return mgd_add(number(x, 1, 1), mgd_hadamard(x, x));
    case OFF_ZERO:
        return mgd_add(x, mgd_literal(x->tape, "0.7641392847105"));
    case REGULAR:
        return regular(x, rows);
    case POLYNOMIAL:
        return g->fit & FIT_FOR_MEANINGS ? tame(x) : regular(x, rows);
    case DEFINITE:
        return mgd_add(mgd_matmul(tame(x), mgd_transpose(tame(x))), mgd_eye(x->tape, rows));
    case APART:
        return apart(x, rows, cols);
    default:
        return x;
    }
}

/* ---- leaves ---- */

static mgd_var *input(generator *g, int64_t rows, int64_t cols) {
    char name[48];
    snprintf(name, sizeof name, "%c%lld_%lld", (char)('A' + choose(g, 2)), (long long)rows, (long long)cols);
    for (size_t i = 0; i < mgd_count(g->t); i++) {
        const char *known = mgd_name(mgd_at(g->t, i));
        if (known && !strcmp(known, name)) return mgd_at(g->t, i);
    }
    return mgd_input(g->t, name, rows, cols);
}

mgd_var *random_constant(generator *g, int64_t rows, int64_t cols) {
    double *x = malloc((size_t)(rows * cols) * sizeof *x);
    for (int64_t i = 0; i < rows * cols; i++) x[i] = choose(g, 5) ? test_uniform(&g->state) : 0;
    mgd_var *v = mgd_constant(g->t, mgd_rows(x, rows, cols));
    free(x);
    return v;
}

static mgd_var *leaf(generator *g, int64_t rows, int64_t cols) {
    switch (choose(g, 14)) {
    case 0:
        return mgd_ones(g->t, rows, cols);
    case 1:
        return mgd_zeros(g->t, rows, cols);
    case 2:
        return random_constant(g, rows, cols);
    case 3:
        return mgd_scale(mgd_rational(g->t, 1 + choose(g, 9), -3), mgd_ones(g->t, rows, cols));
    case 4:
        return mgd_scale(mgd_literal(g->t, "0.12345678901234567890123"), mgd_ones(g->t, rows, cols));
    case 5:
        return rows == cols ? mgd_eye(g->t, rows) : input(g, rows, cols);
    default:
        return input(g, rows, cols);
    }
}

/* A var of that size that is there already, so that much is shared. */
static mgd_var *known(generator *g, int64_t rows, int64_t cols) {
    for (int tries = 0; tries < 12 && mgd_count(g->t); tries++) {
        mgd_var *v = mgd_at(g->t, (size_t)choose(g, (int64_t)mgd_count(g->t)));
        if (is_one_matrix(v) && mgd_size_value(mgd_rows_of(v)) == rows && mgd_size_value(mgd_cols_of(v)) == cols)
            return v;
    }
    return leaf(g, rows, cols);
}

/* ---- what programs know how to do better: products of several operations ---- */

static mgd_var *transposed_product(mgd_var *a, mgd_var *b) { return mgd_matmul(mgd_transpose(a), b); }
static mgd_var *product_transposed(mgd_var *a, mgd_var *b) { return mgd_matmul(a, mgd_transpose(b)); }
static mgd_var *both_transposed(mgd_var *a, mgd_var *b) { return mgd_matmul(mgd_transpose(a), mgd_transpose(b)); }
static mgd_var *transpose_of_product(mgd_var *a, mgd_var *b) { return mgd_transpose(mgd_matmul(a, b)); }
static mgd_var *from_the_left(mgd_var *a, mgd_var *b, mgd_var *c) { return mgd_matmul(mgd_matmul(a, b), c); }
static mgd_var *from_the_right(mgd_var *a, mgd_var *b, mgd_var *c) { return mgd_matmul(a, mgd_matmul(b, c)); }
static mgd_var *trace_of_product(mgd_var *a, mgd_var *b) { return mgd_trace(mgd_matmul(a, b)); }
static mgd_var *frobenius(mgd_var *a, mgd_var *b) { return mgd_sum(mgd_hadamard(a, b)); }
static mgd_var *diagonal_of_product(mgd_var *a, mgd_var *b) { return mgd_diag_of(product_transposed(a, b)); }
static mgd_var *inverse_times(mgd_var *a, mgd_var *b) { return mgd_matmul(mgd_inverse(a), b); }
static mgd_var *times_inverse(mgd_var *a, mgd_var *b) { return mgd_matmul(b, mgd_transpose(mgd_inverse(a))); }
static mgd_var *transposed_solve(mgd_var *a, mgd_var *b) { return mgd_solve(mgd_transpose(a), b); }
static mgd_var *upper_solve(mgd_var *a, mgd_var *b) { return mgd_triangular_solve(mgd_transpose(a), b); }
static mgd_var *sum_of_adjugate(mgd_var *a) { return mgd_sum(mgd_adjugate(a)); }
static mgd_var *rows_scaled(mgd_var *c, mgd_var *x) { return mgd_matmul(mgd_from_diag(c), x); }
static mgd_var *columns_scaled(mgd_var *r, mgd_var *x) { return mgd_matmul(x, mgd_from_diag(mgd_transpose(r))); }

static mgd_var *gaussian(mgd_var *a, mgd_var *b) {
    return mgd_add(mgd_logdet(a), mgd_matmul(mgd_transpose(b), mgd_solve(a, b)));
}
static mgd_var *several_scalars(mgd_var *x, mgd_var *y) {
    return mgd_sigmoid(mgd_subtract(mgd_hadamard(x, y), mgd_exp(mgd_add(x, y))));
}

/* Rows and columns repeated by products with ones. */
static mgd_var *repeated_row(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    (void)cols;
    return mgd_matmul(mgd_ones(g->t, rows, 1), x[0]);
}
static mgd_var *repeated_column(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    (void)rows;
    return mgd_matmul(x[0], mgd_ones(g->t, 1, cols));
}
static mgd_var *times_repeated_row(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    return mgd_hadamard(x[1], repeated_row(g, x, rows, cols));
}
static mgd_var *less_repeated_column(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    return mgd_subtract(repeated_column(g, x, rows, cols), x[1]);
}
static mgd_var *product_with_ones(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    (void)rows;
    (void)cols;
    return mgd_matmul(x[0], mgd_ones_sized(g->t, mgd_cols_of(x[0]), mgd_size_number(g->t, 1)));
}
static mgd_var *ones_times(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    (void)rows;
    (void)cols;
    return mgd_matmul(mgd_ones_sized(g->t, mgd_size_number(g->t, 1), mgd_rows_of(x[0])), x[0]);
}

/* ---- operations with parameters ---- */

static mgd_var *whole_power(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    (void)rows;
    (void)cols;
    return mgd_power_rational(x[0], 2 + choose(g, 3), 1);
}
static mgd_var *any_power(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    (void)rows;
    (void)cols;
    return mgd_power_rational(x[0], choose(g, 9) - 4, 1 + choose(g, 3));
}
static mgd_var *shifted(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    (void)rows;
    (void)cols;
    return mgd_add(x[0], mgd_rational(g->t, 1 + choose(g, 3), 2));
}
static mgd_var *inner_block(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    return mgd_block(x[0], choose(g, 2), choose(g, 2), rows, cols);
}
static mgd_var *one_entry(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    int64_t i = choose(g, mgd_size_value(mgd_rows_of(x[0]))), j = choose(g, mgd_size_value(mgd_cols_of(x[0])));
    return mgd_block(x[0], i, j, rows, cols);
}

/* ---- functions entry by entry, of which a row takes any ---- */

typedef mgd_var *function(mgd_var *);

static mgd_var *clamped(mgd_var *x) { return mgd_clamp(x, number(x, -1, 3), number(x, 1, 2)); }
static mgd_var *above_one(mgd_var *x) { return mgd_acosh(mgd_add(number(x, 1, 1), x)); }
static mgd_var *trigamma(mgd_var *x) { return mgd_polygamma(x, 1); }
static mgd_var *scaled_by_pi(mgd_var *x) { return mgd_divide(x, mgd_pi(x->tape)); }

#define ONE_OF(name, ...)                                                                                              \
    static mgd_var *name(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {                                \
        static function *const functions[] = { __VA_ARGS__ };                                                          \
        (void)rows;                                                                                                    \
        (void)cols;                                                                                                    \
        return functions[choose(g, sizeof functions / sizeof *functions)](x[0]);                                       \
    }
ONE_OF(one_of_anything, mgd_sin, mgd_cos, mgd_atan, mgd_tanh, mgd_asinh, mgd_softplus, mgd_logsigmoid, mgd_erf,
       mgd_erfc, scaled_by_pi)
ONE_OF(one_of_small, mgd_expm1, mgd_log1p, mgd_tan, mgd_asin, mgd_acos, mgd_sinh, mgd_cosh, mgd_atanh, mgd_square)
ONE_OF(one_of_positive, mgd_log2, mgd_log10, mgd_cbrt, mgd_reciprocal, mgd_lgamma, mgd_digamma, trigamma, above_one)
ONE_OF(one_with_a_kink, mgd_relu, clamped)
static int64_t rows_of(const mgd_var *x) { return mgd_size_value(mgd_rows_of(x)); }
static int64_t cols_of(const mgd_var *x) { return mgd_size_value(mgd_cols_of(x)); }

static mgd_var *side_by_side(mgd_var *a, mgd_var *b) { return mgd_hcat(2, (mgd_var *[]){ a, b }); }
static mgd_var *one_below_another(mgd_var *a, mgd_var *b) { return mgd_vcat(2, (mgd_var *[]){ a, b }); }
static mgd_var *outer_of_a_row(mgd_var *a, mgd_var *b) { return mgd_outer(a, mgd_transpose(b)); }
static mgd_var *reshaped(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    return choose(g, 2) ? mgd_reshape(x[0], rows, cols) : mgd_unvec(mgd_vec(x[0]), rows, cols);
}
static mgd_var *repeated(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    (void)g;
    return mgd_repeat(x[0], rows, cols);
}

/* Rows of x[0] at random, or its rows added to a result's at random. */
static mgd_var *indexed(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    int64_t n = rows_of(x[0]), *index = malloc((size_t)(rows + n) * sizeof *index);
    bool scatter = choose(g, 2);
    (void)cols;
    for (int64_t k = 0; k < rows + n; k++) index[k] = choose(g, scatter ? rows : n);
    mgd_var *y =
        scatter ? mgd_scatter_add_rows(x[0], (size_t)n, index, rows) : mgd_gather_rows(x[0], (size_t)rows, index);
    free(index);
    return y;
}
static mgd_var *kronecker_block(generator *g, mgd_var *const *x, int64_t rows, int64_t cols) {
    int64_t i = choose(g, rows_of(x[0])), j = choose(g, cols_of(x[0]));
    return mgd_block(mgd_kronecker(x[0], x[1]), i * rows, j * cols, rows, cols);
}

static mgd_var *cubed(mgd_var *x) { return mgd_matrix_power(x, 3); }

/* ---- the table ---- */

enum {
    SOLVED = FIT_FOR_MEANINGS | FIT_TWICE, /* unfit for these */
    HELD = FIT_FOR_DIFFERENCES | FIT_TWICE,
    KINKED = FIT_FOR_DIFFERENCES | FIT_TWICE,
    CHOSEN = FIT_FOR_DIFFERENCES
};

static const maker makers[] = {
    /* entry by entry */
    { "mn", { { "mn", FREE } }, .one = mgd_negate },
    { "mn", { { "mn", TAME } }, .one = mgd_exp },
    { "mn", { { "mn", POSITIVE } }, .one = mgd_log },
    { "mn", { { "mn", POSITIVE } }, .one = mgd_sqrt },
    { "mn", { { "mn", FREE } }, .one = mgd_sigmoid },
    { "mn", { { "mn", FREE } }, .one = mgd__slope_of_sigmoid },
    { "mn", { { "mn", TAME } }, .made = whole_power },
    { "mn", { { "mn", POSITIVE } }, .made = any_power },
    { "mn", { { "mn", TAME } }, .made = shifted },
    { "mn", { { "mn", FREE } }, .made = one_of_anything, .weight = 3 },
    { "mn", { { "mn", TAME } }, .made = one_of_small, .weight = 2 },
    { "mn", { { "mn", POSITIVE } }, .made = one_of_positive, .weight = 2 },
    { "mn", { { "mn", FREE } }, .made = one_with_a_kink, .unfit = KINKED },
    { "mn", { { "mn", OFF_ZERO } }, .one = mgd_unit_step, .unfit = KINKED },
    { "mn", { { "mn", FREE } }, .one = mgd_stop, .unfit = HELD },
    { "mn", { { "mn", FREE } }, .one = mgd_abs, .unfit = KINKED },
    { "mn", { { "mn", OFF_ZERO } }, .one = mgd_sign, .unfit = KINKED },
    { "mn", { { "mn", FREE }, { "mn", FREE } }, .two = mgd_add },
    { "mn", { { "mn", FREE }, { "mn", FREE } }, .two = mgd_subtract },
    { "mn", { { "mn", FREE }, { "mn", FREE } }, .two = mgd_hadamard },
    { "mn", { { "mn", FREE }, { "mn", FREE } }, .two = mgd_chain },
    { "mn", { { "mn", FREE }, { "mn", POSITIVE } }, .two = mgd_divide },
    { "mn", { { "11", FREE }, { "mn", TAME } }, .two = mgd_scale, .weight = 2 },
    { "mn", { { "mn", TAME }, { "11", FREE } }, .two = mgd_add },
    { "mn", { { "11", FREE }, { "mn", POSITIVE } }, .two = mgd_divide },
    { "mn", { { "mn", POSITIVE }, { "mn", TAME } }, .two = mgd_pow },
    { "mn", { { "mn", FREE }, { "mn", POSITIVE } }, .two = mgd_hypot },
    { "mn", { { "mn", FREE }, { "11", POSITIVE } }, .two = mgd_atan2 },
    { "mn", { { "mn", FREE }, { "mn", OFF_ZERO } }, .two = mgd_maximum, .unfit = KINKED },
    { "mn", { { "mn", FREE }, { "11", OFF_ZERO } }, .two = mgd_minimum, .unfit = KINKED },
    { "mn", { { "mn", FREE }, { "mn", OFF_ZERO } }, .two = mgd_is_less, .unfit = KINKED },
    { "mn", { { "mn", MASK }, { "mn", FREE }, { "mn", FREE } }, .three = mgd_where, .unfit = CHOSEN },
    { "mn", { { "mn", MASK }, { "11", FREE }, { "mn", FREE } }, .three = mgd_where, .unfit = CHOSEN },

    /* products and solves */
    { "mn", { { "mk", FREE }, { "kn", FREE } }, .two = mgd_matmul, .weight = 2 },
    { "mn", { { "km", FREE }, { "kn", FREE } }, .two = transposed_product },
    { "mn", { { "mk", FREE }, { "nk", FREE } }, .two = product_transposed },
    { "mn", { { "km", FREE }, { "nk", FREE } }, .two = both_transposed },
    { "mn", { { "nk", FREE }, { "km", FREE } }, .two = transpose_of_product },
    { "mn", { { "mk", FREE }, { "kl", FREE }, { "ln", FREE } }, .three = from_the_left },
    { "mn", { { "mk", FREE }, { "kl", FREE }, { "ln", FREE } }, .three = from_the_right },
    { "mn", { { "m1", FREE }, { "1n", FREE } }, .two = mgd_matmul },
    { "mn", { { "mm", REGULAR }, { "mn", FREE } }, .two = mgd_solve },
    { "mn", { { "mm", REGULAR }, { "mn", FREE } }, .two = transposed_solve },
    { "mn", { { "mm", REGULAR }, { "mn", FREE } }, .two = mgd_triangular_solve },
    { "mn", { { "mm", REGULAR }, { "mn", FREE } }, .two = upper_solve },
    { "mn", { { "mn", FREE }, { "nn", REGULAR } }, .two = mgd_solve_right },
    { "mn", { { "mm", REGULAR }, { "nn", REGULAR }, { "mn", FREE } }, .three = mgd_sylvester },
    { "mn", { { "nm", APART } }, .one = mgd_pinv },

    /* rows and columns over a matrix */
    { "mn", { { "1n", FREE } }, .made = repeated_row },
    { "mn", { { "m1", FREE } }, .made = repeated_column },
    { "mn", { { "1n", FREE }, { "mn", TAME } }, .made = times_repeated_row },
    { "mn", { { "m1", FREE }, { "mn", TAME } }, .made = less_repeated_column },
    { "mn", { { "m1", FREE }, { "mn", TAME } }, .two = rows_scaled, .most = 130 },
    { "mn", { { "1n", FREE }, { "mn", TAME } }, .two = columns_scaled, .most = 130 },

    /* parts */
    { "mn", { { "nm", FREE } }, .one = mgd_transpose, .weight = 2 },
    { "mn", { { "MN", FREE } }, .made = inner_block, .weight = 2 },
    { "mn", { { "mn", TAME } }, .one = mgd_softmax_rows },
    { "mn", { { "mn", TAME } }, .one = mgd_softmax_cols },
    { "mn", { { "mn", FREE } }, .one = mgd_log_softmax_rows },
    { "mn", { { "mn", FREE } }, .one = mgd_log_softmax },
    { "mn", { { "nm", FREE } }, .made = reshaped },
    { "mn", { { "mp", FREE }, { "mq", FREE } }, .two = side_by_side },
    { "mn", { { "rn", FREE }, { "sn", FREE } }, .two = one_below_another },
    { "mn", { { "1n", FREE } }, .made = repeated },
    { "mn", { { "m1", FREE } }, .made = repeated },
    { "mn", { { "kn", FREE } }, .made = indexed, .weight = 2 },
    { "mn", { { "mn", FREE } }, .one = mgd_reverse_rows },
    { "mn", { { "mn", FREE } }, .one = mgd_reverse_cols },
    { "mn", { { "mn", TAME } }, .one = mgd_cumsum_rows },
    { "mn", { { "mn", TAME } }, .one = mgd_cumsum_cols },
    { "mn", { { "m1", FREE }, { "1n", FREE } }, .two = mgd_kronecker },
    { "mn", { { "kl", TAME }, { "mn", TAME } }, .made = kronecker_block, .most = 130 },
    { "mn", { { "m1", FREE }, { "1n", FREE } }, .two = outer_of_a_row },
    { "mn", { { "mn", FREE } }, .one = mgd_triu },

    /* square */
    { "mm", { { "m1", FREE } }, .one = mgd_from_diag },
    { "mm", { { "mm", FREE } }, .one = mgd_tril },
    { "mm", { { "mm", FREE } }, .one = mgd_symmetric_part },
    { "mm", { { "mm", REGULAR } }, .one = mgd_inverse },
    { "mm", { { "mm", REGULAR }, { "mm", FREE } }, .two = inverse_times },
    { "mm", { { "mm", REGULAR }, { "mm", FREE } }, .two = times_inverse },
    { "mm", { { "mm", POLYNOMIAL } }, .one = mgd_adjugate, .most = 3 },
    { "mm", { { "mm", DEFINITE } }, .one = mgd_cholesky },
    { "mm", { { "mm", TAME } }, .one = mgd_expm },
    { "mm", { { "mm", TAME } }, .one = cubed },
    { "mm", { { "mm", APART } }, .one = mgd_qr_q, .unfit = SOLVED },
    { "mm", { { "mm", APART } }, .one = mgd_qr_r, .unfit = SOLVED },

    /* columns and rows */
    { "m1", { { "mm", FREE } }, .one = mgd_diag_of },
    { "m1", { { "mk", FREE } }, .one = mgd_row_sums },
    { "m1", { { "mk", FREE } }, .made = product_with_ones },
    { "m1", { { "mk", FREE }, { "mk", FREE } }, .two = diagonal_of_product },
    { "m1", { { "mm", APART } }, .one = mgd_eigenvalues, .unfit = SOLVED },
    { "m1", { { "mm", APART } }, .one = mgd_singular_values, .unfit = SOLVED },
    { "m1", { { "mw", APART } }, .one = mgd_singular_values, .unfit = SOLVED },
    { "m1", { { "mk", FREE } }, .one = mgd_row_logsumexps },
    { "m1", { { "mk", FREE } }, .one = mgd_row_means },
    { "m1", { { "mk", TAME } }, .one = mgd_row_variances },
    { "m1", { { "mk", TAME } }, .one = mgd_row_prods },
    { "m1", { { "mk", POSITIVE } }, .one = mgd_row_norms2 },
    { "m1", { { "mk", OFF_ZERO } }, .one = mgd_row_norms1, .unfit = KINKED },
    { "m1", { { "mk", OFF_ZERO } }, .one = mgd_row_maxima, .unfit = KINKED },
    { "1n", { { "kn", FREE } }, .one = mgd_col_logsumexps },
    { "1n", { { "kn", TAME } }, .one = mgd_col_prods },
    { "1n", { { "kn", TAME } }, .one = mgd_col_variances },
    { "1n", { { "kn", POSITIVE } }, .one = mgd_col_norms2 },
    { "1n", { { "kn", OFF_ZERO } }, .one = mgd_col_minima, .unfit = KINKED },
    { "1n", { { "kn", FREE } }, .one = mgd_col_sums },
    { "1n", { { "kn", FREE } }, .made = ones_times },
    { "1n", { { "n1", FREE } }, .one = mgd_transpose },

    /* scalars */
    { "11", { { "kl", FREE } }, .one = mgd_sum },
    { "11", { { "kk", FREE } }, .one = mgd_trace },
    { "11", { { "kl", FREE } }, .one = mgd_logsumexp },
    { "11", { { "kl", FREE } }, .one = mgd_mean },
    { "11", { { "kl", TAME } }, .one = mgd_variance },
    { "11", { { "kl", TAME } }, .one = mgd_prod },
    { "11", { { "kl", POSITIVE } }, .one = mgd_normF },
    { "11", { { "k1", POSITIVE } }, .one = mgd_norm2 },
    { "11", { { "k1", OFF_ZERO } }, .one = mgd_norm1, .unfit = KINKED },
    { "11", { { "kl", OFF_ZERO } }, .one = mgd_max, .unfit = KINKED },
    { "11", { { "kl", APART } }, .one = mgd_spectral_norm, .unfit = SOLVED },
    { "11", { { "kk", POLYNOMIAL } }, .one = mgd_det },
    { "11", { { "kk", REGULAR } }, .one = mgd_logdet },
    { "11", { { "kl", FREE }, { "lk", FREE } }, .two = trace_of_product },
    { "11", { { "kl", FREE }, { "kl", FREE } }, .two = frobenius },
    { "11", { { "1k", FREE }, { "k1", FREE } }, .two = mgd_matmul },
    { "11", { { "kk", REGULAR }, { "k1", FREE } }, .two = gaussian },
    { "11", { { "11", TAME }, { "11", TAME } }, .two = several_scalars },
    { "11", { { "kl", FREE }, { "kl", FREE } }, .two = mgd_dot },
    { "11", { { "kk", FREE }, { "k1", TAME } }, .two = mgd_quadratic_form },
    { "11", { { "kl", FREE } }, .made = one_entry },
    { "11", { { "kk", POLYNOMIAL } }, .one = sum_of_adjugate, .most = 3 },
};
enum { MAKERS = sizeof makers / sizeof *makers };

/* ---- choosing ---- */

/* What the letters stand for. */
typedef struct {
    int64_t m, n, k, l, p, r;
} sizes;

static int64_t size_of(const sizes *s, char letter) {
    switch (letter) {
    case 'm':
        return s->m;
    case 'n':
        return s->n;
    case 'k':
        return s->k;
    case 'l':
        return s->l;
    case 'M':
        return s->m + 1;
    case 'N':
        return s->n + 1;
    case 'w':
        return s->m + s->k - 1;
    case 'p':
        return s->p;
    case 'q':
        return s->n - s->p;
    case 'r':
        return s->r;
    case 's':
        return s->m - s->r;
    default:
        return 1;
    }
}

static bool is_general(const maker *how) { return !strcmp(how->result, "mn"); }

static bool mentions(const maker *how, const char *letters) {
    bool found = false;
    for (int i = 0; i < 3 && how->of[i].size; i++) found |= strpbrk(how->of[i].size, letters) != NULL;
    return found;
}

/* A matrix that is square in a size of the result, and what is decomposed, is small. */
static bool fits(const generator *g, const maker *how, int64_t rows, int64_t cols) {
    const char *r = how->result;
    if (g->fit & how->unfit || (r[0] == '1' && rows > 1) || (r[1] == '1' && cols > 1)) return false;
    if (r[0] == r[1] && rows != cols) return false;
    if (how->most && (rows > how->most || cols > how->most)) return false;
    if ((mentions(how, "pq") && cols < 2) || (mentions(how, "rs") && rows < 2)) return false;
    for (int i = 0; i < 3 && how->of[i].size; i++) {
        const sizes s = { .m = rows, .n = cols };
        const char *of = how->of[i].size;
        bool square = of[0] == of[1] || how->of[i].domain == APART;
        if (square && (size_of(&s, of[0]) > g->largest || size_of(&s, of[1]) > g->largest)) return false;
    }
    return r[0] != r[1] || rows <= g->largest;
}

static const maker *choose_maker(generator *g, int64_t rows, int64_t cols) {
    bool general = choose(g, 4) != 0;
    const maker *fitting[MAKERS * 2];
    int64_t n = 0;
    for (int again = 0; again < 2 && n == 0; again++, general = !general)
        for (int i = 0; i < MAKERS; i++)
            for (int w = 0; is_general(&makers[i]) == general && fits(g, &makers[i], rows, cols) &&
                            w < (makers[i].weight ? makers[i].weight : 1);
                 w++)
                fitting[n++] = &makers[i];
    return fitting[choose(g, n)];
}

static mgd_var *make(generator *g, const maker *how, int64_t rows, int64_t cols, int depth) {
    int64_t k = draw_size(g), l = draw_size(g), most = how->most ? how->most : k + l;
    const sizes s = { rows,
                      cols,
                      k < most ? k : most,
                      l < most ? l : most,
                      cols > 1 ? 1 + choose(g, cols - 1) : 0,
                      rows > 1 ? 1 + choose(g, rows - 1) : 0 };
    mgd_var *x[3] = { NULL };
    for (int i = 0; i < 3 && how->of[i].size; i++) {
        int64_t m = size_of(&s, how->of[i].size[0]), n = size_of(&s, how->of[i].size[1]);
        domain d = how->of[i].domain;
        x[i] = in_domain(g, d, d == MASK ? leaf(g, m, n) : random_expression(g, m, n, depth), m, n);
        if (!x[i]) return NULL;
    }
    if (how->one) return how->one(x[0]);
    if (how->two) return how->two(x[0], x[1]);
    if (how->three) return how->three(x[0], x[1], x[2]);
    return how->made(g, x, rows, cols);
}

mgd_var *random_expression(generator *g, int64_t rows, int64_t cols, int depth) {
    if (depth <= 0) return choose(g, 4) ? leaf(g, rows, cols) : known(g, rows, cols);
    if (choose(g, 8) == 0) return known(g, rows, cols);
    return make(g, choose_maker(g, rows, cols), rows, cols, depth - 1);
}
