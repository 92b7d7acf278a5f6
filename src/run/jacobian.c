/* SPDX-License-Identifier: MIT */
/* Jacobians and Hessians: a product with a direction is recorded once, and evaluated for each unit matrix. */
#include "matgrad/jacobian.h"

#include "matgrad/derive.h"
#include "run/seeded.h"

#include <math.h>
#include <stdlib.h>

/* What becomes of the product with unit matrix k. */
typedef void keep_product(const mgd_array *out, int64_t k, int64_t n, const double *product);

typedef struct {
    const char *what;
    mgd_var *y, *x;
    mgd_array out;
} question;

static double *double_at(const mgd_array *a, int64_t i, int64_t j) {
    return (double *)a->data + i * a->row_stride + j * a->col_stride;
}

static float *float_at(const mgd_array *a, int64_t i, int64_t j) {
    return (float *)a->data + i * a->row_stride + j * a->col_stride;
}

static void put_entry(const mgd_array *a, int64_t i, int64_t j, double x) {
    if (a->precision == MGD_FLOAT)
        *float_at(a, i, j) = (float)x;
    else
        *double_at(a, i, j) = x;
}

/* ---- one recording, many directions ---- */

/* The place in a rows x cols matrix, row by row, of the entry that is number k column by column. */
static size_t place_of(int64_t k, int64_t rows, int64_t cols) { return (size_t)(k % rows * cols + k / rows); }

static bool run_all(const question *q, mgd_var *seed, mgd_var *product, keep_product *keep) {
    mgd_tape *t = seed->tape;
    mgd_seeded s;
    bool fine = mgd__seeded_make(&s, t, 1, &seed, 1, &product, 0);
    int64_t rows = mgd__dim_value(t, seed->rows), cols = mgd__dim_value(t, seed->cols), n = rows * cols;
    int64_t height = mgd__dim_value(t, product->rows), width = mgd__dim_value(t, product->cols);
    double *unit = fine ? calloc((size_t)n, sizeof *unit) : NULL;
    double *result = fine ? calloc((size_t)(2 * height * width), sizeof *result) : NULL;
    if (!unit || !result) {
        mgd__undefined(&t->complaint, "%s: out of memory", q->what);
        fine = false;
    }
    for (int64_t k = 0; fine && k < n; k++) {
        s.in[0].data = unit;
        s.out[0].data = result;
        unit[place_of(k, rows, cols)] = 1;
        fine = mgd__seeded_run(&s, &t->complaint);
        unit[place_of(k, rows, cols)] = 0;
        double *in_columns = result + height * width;
        for (int64_t e = 0; fine && e < height * width; e++) in_columns[e] = result[place_of(e, height, width)];
        if (fine) keep(&q->out, k, height * width, in_columns);
    }
    free(unit);
    free(result);
    mgd__seeded_free(&s);
    return fine;
}

static void keep_row(const mgd_array *out, int64_t k, int64_t n, const double *product) {
    for (int64_t j = 0; j < n; j++) put_entry(out, k, j, product[j]);
}

static void keep_column(const mgd_array *out, int64_t k, int64_t n, const double *product) {
    for (int64_t i = 0; i < n; i++) put_entry(out, i, k, product[i]);
}

static void keep_diagonal(const mgd_array *out, int64_t k, int64_t n, const double *product) {
    (void)n;
    put_entry(out, k % out->rows, k / out->rows, product[k]);
}

/* ---- questions ---- */

static bool is_bound(const char *what, mgd_var *v) {
    if (mgd__entries_of(v)) return true;
    mgd__unbound(v->tape, mgd__dim_value(v->tape, v->rows) ? v->cols : v->rows, mgd__label(v).text);
    return mgd__undefined(&v->tape->complaint, "%s: a size is unbound", what);
}

static bool are_vars(const question *q, const char *first) {
    mgd_tape *t = q->y ? q->y->tape : q->x ? q->x->tape : NULL;
    if (!t || t->failed) return false;
    t->complaint.text[0] = 0;
    if (!q->y || !q->x) return mgd__undefined(&t->complaint, "%s: %s is NULL", q->what, q->y ? "x" : first);
    if (q->x->tape != t)
        return mgd__undefined(&t->complaint, "%s: %s and %s are of different tapes", q->what, mgd__label(q->y).text,
                              mgd__label(q->x).text);
    return is_bound(q->what, q->y) && is_bound(q->what, q->x);
}

static bool is_scalar(const question *q) {
    return mgd__is_scalar(q->y) || mgd__undefined(&q->y->tape->complaint, "%s: %s is %s, not 1x1", q->what,
                                                  mgd__label(q->y).text, mgd__size_label(q->y).text);
}

static bool has_size(const question *q, int64_t rows, int64_t cols) {
    mgd_complaint *c = &q->y->tape->complaint;
    const mgd_array *a = &q->out;
    if (a->precision != MGD_DOUBLE && a->precision != MGD_FLOAT)
        return mgd__undefined(c, "%s: %d is no precision", q->what, (int)a->precision);
    if (a->data && a->rows == rows && a->cols == cols) return true;
    return mgd__undefined(c, "%s: that of %s (%s) by %s (%s) is %lldx%lld, the array %s%lldx%lld", q->what,
                          mgd__label(q->y).text, mgd__size_label(q->y).text, mgd__label(q->x).text,
                          mgd__size_label(q->x).text, (long long)rows, (long long)cols, a->data ? "is " : "is NULL, ",
                          (long long)a->rows, (long long)a->cols);
}

static bool by_rows(const question *q) {
    mgd_var *seed = mgd__stand_in(q->y), *product = mgd_pullback(q->y, q->x, seed);
    return product && run_all(q, seed, product, keep_row);
}

static bool by_columns(const question *q) {
    mgd_var *seed = mgd__stand_in(q->x), *product = mgd_pushforward(q->y, q->x, seed);
    return product && run_all(q, seed, product, keep_column);
}

bool mgd_jacobian(mgd_var *y, mgd_var *x, mgd_array out) {
    question q = { "jacobian", y, x, out };
    if (!are_vars(&q, "y") || !has_size(&q, mgd__entries_of(y), mgd__entries_of(x))) return false;
    mgd_aside aside = mgd__aside_begin(y->tape);
    bool rows = out.rows <= out.cols, fine = rows ? by_rows(&q) : by_columns(&q);
    if (!fine && rows && y->tape->failed) { /* a user's operation without a pullback may have a pushforward */
        mgd_clear(y->tape);
        fine = by_columns(&q);
    }
    return mgd__aside_end(&aside, fine, true);
}

static bool second_derivatives(const question *q, keep_product *keep) {
    mgd_aside aside = mgd__aside_begin(q->y->tape);
    mgd_var *seed = mgd__stand_in(q->x), *product = mgd_hessian_vector(q->y, q->x, seed);
    return mgd__aside_end(&aside, product && run_all(q, seed, product, keep), true);
}

static void make_symmetric(const mgd_array *a) {
    for (int64_t i = 0; i < a->rows; i++)
        for (int64_t j = 0; j < i; j++) {
            bool in_float = a->precision == MGD_FLOAT;
            double x = in_float ? (double)*float_at(a, i, j) : *double_at(a, i, j);
            double y = in_float ? (double)*float_at(a, j, i) : *double_at(a, j, i);
            put_entry(a, i, j, x == y ? x : x / 2 + y / 2);
            put_entry(a, j, i, x == y ? x : x / 2 + y / 2);
        }
}

bool mgd_hessian(mgd_var *f, mgd_var *x, mgd_array out) {
    question q = { "hessian", f, x, out };
    if (!are_vars(&q, "f") || !is_scalar(&q) || !has_size(&q, mgd__entries_of(x), mgd__entries_of(x))) return false;
    if (!second_derivatives(&q, keep_column)) return false;
    make_symmetric(&out);
    return true;
}

bool mgd_hessian_diagonal(mgd_var *f, mgd_var *x, mgd_array out) {
    question q = { "hessian_diagonal", f, x, out };
    if (!are_vars(&q, "f") || !is_scalar(&q)) return false;
    if (!has_size(&q, mgd__dim_value(x->tape, x->rows), mgd__dim_value(x->tape, x->cols))) return false;
    return second_derivatives(&q, keep_diagonal);
}
