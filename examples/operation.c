/* SPDX-License-Identifier: MIT */
/* An operation of one's own, with the public header alone: circular convolution of two signals, which the library does
 * not have. A signal x is seen through a blur h, y = h * x, and the blur is to be estimated:
 *
 *     f(h) = sum of (h * x - y)^2 + 1/10 sum of (h - previous h on the circle)^2
 *
 * The rules of convolution are correlations, and those of correlation are convolutions: two operations that name one
 * another, and so have derivatives of every order. */
#include <matgrad.h>

#include <math.h>
#include <stdio.h>

enum { N = 6 };

/* What the functions of both operations share: each other. */
typedef struct {
    mgd_operation *convolve, *correlate;
} circular;

static mgd_var *apply(const mgd_operation *op, mgd_var *a, mgd_var *b) {
    return mgd_apply(op, 2, (mgd_var *[]){ a, b });
}

/* convolve: c(i) = sum over j of a(j) b(i - j), indices on the circle. */
static bool convolution(void *user, const mgd_array *in, mgd_array *out, char *why, size_t size) {
    const double *a = in[0].data, *b = in[1].data;
    const int64_t n = out->rows;
    (void)user, (void)why, (void)size; /* always defined */
    for (int64_t i = 0; i < n; i++) {
        double sum = 0;
        for (int64_t j = 0; j < n; j++) sum += a[j] * b[(i - j + n) % n];
        ((double *)out->data)[i] = sum;
    }
    return true;
}

/* da = correlate(dc, b), db = correlate(dc, a) */
static mgd_var *convolution_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    return apply(((const circular *)user)->correlate, dc, mgd_operand(c, 1 - i));
}

/* c. = convolve(a., b) + convolve(a, b.) */
static mgd_var *convolution_pushforward(void *user, mgd_var *c, size_t i, mgd_var *tangent) {
    return apply(((const circular *)user)->convolve, tangent, mgd_operand(c, 1 - i));
}

/* correlate: c(j) = sum over i of a(i) b(i - j). */
static bool correlation(void *user, const mgd_array *in, mgd_array *out, char *why, size_t size) {
    const double *a = in[0].data, *b = in[1].data;
    const int64_t n = out->rows;
    (void)user, (void)why, (void)size;
    for (int64_t j = 0; j < n; j++) {
        double sum = 0;
        for (int64_t i = 0; i < n; i++) sum += a[i] * b[(i - j + n) % n];
        ((double *)out->data)[j] = sum;
    }
    return true;
}

/* da = convolve(dc, b), db = correlate(a, dc) */
static mgd_var *correlation_pullback(void *user, mgd_var *c, size_t i, mgd_var *dc) {
    const circular *both = user;
    return i == 0 ? apply(both->convolve, dc, mgd_operand(c, 1)) : apply(both->correlate, mgd_operand(c, 0), dc);
}

/* Two columns of one length; without such a function they might be matrices too. */
static bool shape(void *user, const mgd_var *const *operands, const mgd_size **rows, const mgd_size **cols, char *why,
                  size_t size) {
    (void)user;
    *rows = mgd_rows_of(operands[0]);
    *cols = mgd_cols_of(operands[0]);
    if (*rows == mgd_rows_of(operands[1]) && *cols == mgd_cols_of(operands[1]) && mgd_size_value(*cols) == 1)
        return true;
    snprintf(why, size, "the signals are %sx%s and %sx%s, not columns of one length", mgd_size_text(*rows),
             mgd_size_text(*cols), mgd_size_text(mgd_rows_of(operands[1])), mgd_size_text(mgd_cols_of(operands[1])));
    return false;
}

static circular *make_operations(circular *both) {
    *both = (circular){ mgd_operation_new("convolve", 2), mgd_operation_new("correlate", 2) };
    mgd_operation *const each[] = { both->convolve, both->correlate };
    for (int k = 0; k < 2; k++) {
        mgd_operation_set_user(each[k], both);
        mgd_operation_set_shape(each[k], shape);
        mgd_operation_set_value(each[k], k == 0 ? convolution : correlation);
        mgd_operation_set_pullback(each[k], k == 0 ? convolution_pullback : correlation_pullback);
    }
    mgd_operation_set_pushforward(both->convolve, convolution_pushforward); /* the other's follows from its pullback */
    return both;
}

/* Says what was checked and how it ended; true where it holds. */
static bool report(const char *what, mgd_gradient_check c) {
    printf("%-34s %s\n", what, c.holds ? "holds" : c.message);
    return c.holds;
}

static void print_rows(const char *what, const double *x, int rows, int cols) {
    for (int i = 0; i < rows; i++) {
        printf("%-10s", i == 0 ? what : "");
        for (int j = 0; j < cols; j++) printf(" %8.4f", x[i * cols + j]);
        printf("\n");
    }
}

static mgd_var *blur_error(const circular *both, mgd_var *h, mgd_var *x, mgd_var *y) {
    mgd_tape *t = mgd_tape_of(h);
    const double shift[N] = { 0, 1 };
    mgd_var *previous = apply(both->convolve, h, mgd_constant(t, mgd_rows(shift, N, 1)));
    mgd_var *rest = mgd_subtract(apply(both->convolve, h, x), y), *step = mgd_subtract(h, previous);
    mgd_var *roughness = mgd_sum(mgd_hadamard(step, step));
    return mgd_add(mgd_sum(mgd_hadamard(rest, rest)), mgd_scale(mgd_rational(t, 1, 10), roughness));
}

int main(void) {
    const double x0[N] = { 1, 0.5, -0.25, 2, 0, 1 }, y0[N] = { 0.8, 0.7, 0.1, 1.2, 0.9, 0.6 };
    const double h0[N] = { 0.6, 0.3, 0.1 }, direction[N] = { 1, -1, 0, 0, 2, 0 };
    circular both;
    make_operations(&both);
    mgd_tape *t = mgd_tape_new();
    mgd_var *h = mgd_input(t, "h", N, 1), *x = mgd_input(t, "x", N, 1), *y = mgd_input(t, "y", N, 1);
    mgd_var *f = blur_error(&both, h, x, y), *g = mgd_gradient(f, h);
    mgd_var *v = mgd_constant(t, mgd_rows(direction, N, 1)), *Hv = mgd_hessian_vector(f, h, v);
    double gradient[N], hessian[N * N];
    bool fine = mgd_set(h, h0, N, 1) && mgd_set(x, x0, N, 1) && mgd_set(y, y0, N, 1);
    fine = fine && mgd_get(g, mgd_rows(gradient, N, 1)) && mgd_hessian(f, h, mgd_rows(hessian, N, N));
    if (fine) {
        mgd_var *const operands[] = { h, x };
        print_rows("gradient", gradient, 1, N);
        print_rows("Hessian", hessian, N, N);
        fine &= report("the rules of convolve", mgd_check_operation(both.convolve, 2, operands));
        fine &= report("the rules of correlate", mgd_check_operation(both.correlate, 2, operands));
        fine &= report("the gradient by h", mgd_check_gradient(f, h, NULL));
        fine &= report("the gradient by x", mgd_check_gradient(f, x, NULL));
        fine &= report("the second derivative along v", mgd_check_gradient(mgd_sum(mgd_hadamard(v, g)), h, Hv));
    } else {
        fprintf(stderr, "%s\n", mgd_message(t));
    }
    mgd_tape_free(t);
    mgd_operation_free(both.convolve); /* after the last tape that uses them */
    mgd_operation_free(both.correlate);
    return fine ? 0 : 1;
}
