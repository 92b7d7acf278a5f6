/* SPDX-License-Identifier: MIT */
/* product: op(A) op(B), with op the transpose or nothing. What matmul becomes when transposes are absorbed. Where it is
 * known that a factor is triangular, the result is computed strip by strip, each from the entries that are not zeros:
 * half the work, nearly, and the provider's product is fast enough on strips to gain by it from small matrices on. */
#include "ops/traits.h"
#include "run/kernels/kernels.h"

static mgd_dim rows_of(const mgd_var *v, bool transposed) { return transposed ? v->cols : v->rows; }
static mgd_dim cols_of(const mgd_var *v, bool transposed) { return transposed ? v->rows : v->cols; }

static bool shape(mgd_var *v) {
    v->rows = rows_of(v->arg[0], v->p.flag.flag & MGD_A_TRANSPOSED);
    v->cols = cols_of(v->arg[1], v->p.flag.flag & MGD_B_TRANSPOSED);
    return true;
}

static void meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out) {
    bool ta = s->p.flag.flag & MGD_A_TRANSPOSED, tb = s->p.flag.flag & MGD_B_TRANSPOSED;
    int64_t inner = ta ? in[0].rows : in[0].cols;
    for (int64_t i = 0; i < out->rows; i++)
        for (int64_t j = 0; j < out->cols; j++) {
            mgd_element c = whole(S, 0);
            for (int64_t k = 0; k < inner; k++)
                c = plus(S, c,
                         times(S, ta ? at(&in[0], k, i) : at(&in[0], i, k), tb ? at(&in[1], j, k) : at(&in[1], k, j)));
            put(out, i, j, c);
        }
}

/* Rows or columns first to end of the result, and the inner indices from and to, where the triangle is not 0. */
typedef struct {
    size_t first, end, from, to;
} strip;

static size_t height_of(size_t n) { return n < 256 ? 16 : 64; }

/* Rows of an upper triangle begin at the diagonal, and columns of it end there. */
static strip strip_at(size_t first, size_t n, bool begins_there) {
    size_t end = n - first < height_of(n) ? n : first + height_of(n);
    return (strip){ first, end, begins_there ? first : 0, begins_there ? n : end };
}

/* Is it op(A) or op(B) that is triangular, and which triangle of it? */
static bool is_first(const mgd_parameters *p) { return p->flag.serial <= MGD_A_UPPER; }
static bool is_upper(const mgd_parameters *p) {
    bool upper = p->flag.serial == MGD_A_UPPER || p->flag.serial == MGD_B_UPPER;
    return upper != !!(p->flag.flag & (is_first(p) ? MGD_A_TRANSPOSED : MGD_B_TRANSPOSED));
}

/* C, n x m, of op(A), n x n and triangular. */
static void by_rows(const mgd_parameters *p, size_t n, size_t m, const double *a, const double *b, double *c) {
    bool ta = p->flag.flag & MGD_A_TRANSPOSED, tb = p->flag.flag & MGD_B_TRANSPOSED, upper = is_upper(p);
    strip s;
    for (size_t i = 0; i < n; i = s.end) {
        s = strip_at(i, n, upper);
        mgd__dgemm(ta, tb, s.end - i, m, s.to - s.from, 1, ta ? a + s.from * n + i : a + i * n + s.from, n,
                   tb ? b + s.from : b + s.from * m, tb ? n : m, 0, c + i * m, m);
    }
}

/* C, m x n, of op(B), n x n and triangular. */
static void by_columns(const mgd_parameters *p, size_t m, size_t n, const double *a, const double *b, double *c) {
    bool ta = p->flag.flag & MGD_A_TRANSPOSED, tb = p->flag.flag & MGD_B_TRANSPOSED, upper = is_upper(p);
    strip s;
    for (size_t j = 0; j < n; j = s.end) {
        s = strip_at(j, n, !upper);
        mgd__dgemm(ta, tb, m, s.end - j, s.to - s.from, 1, ta ? a + s.from * m : a + s.from, ta ? m : n,
                   tb ? b + j * n + s.from : b + s.from * n + j, n, 0, c + j, n);
    }
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    if (s->p.flag.serial) {
        (is_first(&s->p) ? by_rows : by_columns)(&s->p, (size_t)out->rows, (size_t)out->cols, in[0].data, in[1].data,
                                                 out->data);
        return true;
    }
    bool ta = s->p.flag.flag & MGD_A_TRANSPOSED, tb = s->p.flag.flag & MGD_B_TRANSPOSED;
    size_t inner = (size_t)(ta ? in[0].rows : in[0].cols);
    mgd__dproduct(ta, tb, (size_t)out->rows, (size_t)out->cols, inner, in[0].data, in[1].data, out->data);
    return true;
}

static double flops_by_strips(const mgd_var *v) {
    size_t n = (size_t)(is_first(&v->p) ? v->rows : v->cols), entries = 0;
    strip s;
    for (size_t i = 0; i < n; i = s.end) {
        s = strip_at(i, n, false);
        entries += (s.end - i) * s.to;
    }
    return 2 * (double)entries * (is_first(&v->p) ? v->cols : v->rows);
}

static double flops(const mgd_var *v) {
    if (v->p.flag.serial) return flops_by_strips(v);
    double inner = v->p.flag.flag & MGD_A_TRANSPOSED ? v->arg[0]->rows : v->arg[0]->cols;
    return 2 * inner * v->rows * v->cols;
}

static unsigned traits(const mgd_var *v, const unsigned *of) {
    bool ta = v->p.flag.flag & MGD_A_TRANSPOSED, tb = v->p.flag.flag & MGD_B_TRANSPOSED;
    const unsigned turned[] = { ta ? mgd__traits_transposed(of[0]) : of[0],
                                tb ? mgd__traits_transposed(of[1]) : of[1] };
    return mgd__traits_of_product(v->arg[0] == v->arg[1] && ta != tb, turned);
}

const mgd_operation mgd__op_product = {
    .name = "product",
    .operands = 2,
    .parameter = MGD_PARAMETER_FLAG,
    .notation = "<1*>2|>1'*>2|<1*>2'|>1'*>2'",
    .precedence = MGD_PRODUCT,
    .shape = shape,
    .meaning = meaning,
    .kernel = kernel,
    .flops = flops,
    .traits = traits,
};

mgd_var *mgd__product(mgd_var *a, mgd_var *b, int64_t flags) {
    return mgd__apply(&mgd__op_product, mgd__flag(flags), 0, 0, 2, (mgd_var *[]){ a, b });
}

mgd_var *mgd__triangular_product(mgd_var *a, mgd_var *b, int64_t flags, mgd_triangle triangle) {
    mgd_parameters p = { .flag = { flags, triangle } };
    return mgd__apply(&mgd__op_product, p, 0, 0, 2, (mgd_var *[]){ a, b });
}
