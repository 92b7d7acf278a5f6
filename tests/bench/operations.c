/* SPDX-License-Identifier: MIT */
/* Operations of all kinds as programs, against what one would write by hand in the same process: loops with the C
 * library's functions, or the calls of the linear algebra. */
#define _POSIX_C_SOURCE 200809L
#include "bench/timing.h"
#include "linalg/linalg.h"
#include "matgrad.h"

#include <math.h>
#include <stdio.h>

enum { RESULTS = 2 };

typedef struct {
    int m, n;
    double *X, *Y, *out[RESULTS], *rival[RESULTS], *work;
    mgd_tape *t;
    mgd_var *x, *y, *result[RESULTS]; /* the second may be missing */
} contest;

/* The processor's time of all threads, whatever else the machine does. */
static double used(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void demand(bool holds, const char *message) {
    if (holds) return;
    fprintf(stderr, "%s\n", message);
    exit(EXIT_FAILURE);
}

/* ---- entrywise ---- */

static void record_chain(contest *c) {
    mgd_var *one = mgd_number(c->t, 1), *x = c->x, *y = c->y;
    mgd_var *a = mgd_hadamard(mgd_tanh(x), mgd_softplus(y));
    mgd_var *b = mgd_hadamard(mgd_log(mgd_add(one, mgd_square(x))), mgd_sin(y));
    c->result[0] = mgd_add(a, b);
}

static double softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }

static void chain_by_hand(contest *c) {
    for (int k = 0; k < c->m * c->n; k++) {
        double x = c->X[k], y = c->Y[k];
        c->rival[0][k] = tanh(x) * softplus(y) + log(1 + x * x) * sin(y);
    }
}

static void record_cheap(contest *c) {
    mgd_var *d = mgd_subtract(c->x, c->y);
    c->result[0] = mgd_sum(mgd_relu(mgd_hadamard(d, mgd_add(c->x, d))));
}

static void cheap_by_hand(contest *c) {
    double sum = 0;
    for (int k = 0; k < c->m * c->n; k++) {
        double d = c->X[k] - c->Y[k], p = d * (c->X[k] + d);
        sum += p > 0 ? p : 0;
    }
    c->rival[0][0] = sum;
}

/* ---- reductions ---- */

static void record_logsumexp(contest *c) { c->result[0] = mgd_row_logsumexps(c->x); }

static double logsumexp(int n, const double *x) {
    double most = x[0], sum = 0;
    for (int j = 1; j < n; j++) most = x[j] > most ? x[j] : most;
    for (int j = 0; j < n; j++) sum += exp(x[j] - most);
    return most + log(sum);
}

static void logsumexp_by_hand(contest *c) {
    for (int i = 0; i < c->m; i++) c->rival[0][i] = logsumexp(c->n, c->X + i * c->n);
}

/* With weights Y in place of classes: f = -sum(Y .* log_softmax(X)), and its gradient. */
static void record_cross_entropy(contest *c) {
    c->result[0] = mgd_negate(mgd_sum(mgd_hadamard(c->y, mgd_log_softmax_rows(c->x))));
    c->result[1] = mgd_gradient(c->result[0], c->x);
}

static void cross_entropy_by_hand(contest *c) {
    double f = 0;
    for (int i = 0; i < c->m; i++) {
        const double *x = c->X + i * c->n, *y = c->Y + i * c->n;
        double l = logsumexp(c->n, x), weight = 0, *g = c->rival[1] + i * c->n;
        for (int j = 0; j < c->n; j++) {
            weight += y[j];
            f -= y[j] * (x[j] - l);
        }
        for (int j = 0; j < c->n; j++) g[j] = weight * exp(x[j] - l) - y[j];
    }
    c->rival[0][0] = f;
}

static void record_variance(contest *c) {
    c->result[0] = mgd_col_variances(c->x);
    c->result[1] = mgd_gradient(mgd_sum(c->result[0]), c->x);
}

static void variance_by_hand(contest *c) {
    double *mean = c->work, *v = c->rival[0], m = c->m;
    for (int j = 0; j < c->n; j++) mean[j] = v[j] = 0;
    for (int i = 0; i < c->m; i++)
        for (int j = 0; j < c->n; j++) mean[j] += c->X[i * c->n + j] / m;
    for (int i = 0; i < c->m; i++)
        for (int j = 0; j < c->n; j++) {
            double d = c->X[i * c->n + j] - mean[j];
            v[j] += d * d / m;
            c->rival[1][i * c->n + j] = 2 / m * d;
        }
}

/* ---- linear algebra ---- */

static void record_qr(contest *c) {
    mgd_var *q = mgd_qr_q(c->x), *r = mgd_qr_r(c->x);
    c->result[0] = q;
    c->result[1] = r;
}

static void qr_by_hand(contest *c) {
    demand(mgd__dqr((size_t)c->m, (size_t)c->n, c->X, c->rival[0], c->rival[1], c->work), "qr");
}

static void record_pinv(contest *c) { c->result[0] = mgd_pinv(c->x); }

/* V diag(1/s) U' by the singular values. */
static void pinv_by_hand(contest *c) {
    size_t m = (size_t)c->m, n = (size_t)c->n, r = m < n ? m : n;
    double *u = c->work, *s = u + m * r, *v = s + r, *rest = v + n * r;
    demand(mgd__dsvd(m, n, c->X, u, s, v, rest), "svd");
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < r; k++) v[i * r + k] /= s[k];
    mgd__dgemm(false, true, n, m, r, 1, v, r, u, r, 0, c->rival[0], m);
}

static void record_expm(contest *c) { c->result[0] = mgd_expm(c->x); }

static void expm_by_hand(contest *c) { demand(mgd__dexpm((size_t)c->n, c->X, c->rival[0], c->work), "expm"); }

static void record_eigen(contest *c) { c->result[0] = mgd_eigenvalues(mgd_symmetric_part(c->x)); }

static void eigen_by_hand(contest *c) {
    size_t n = (size_t)c->n;
    double *a = c->work, *v = a + n * n, *rest = v + n * n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) a[i * n + j] = (c->X[i * n + j] + c->X[j * n + i]) / 2;
    demand(mgd__deigen(n, a, c->rival[0], v, rest), "eigen");
}

/* ---- the contests ---- */

static const struct rivals {
    const char *name;
    int m, n;
    void (*record)(contest *c);
    void (*by_hand)(contest *c);
} all[] = {
    { "tanh(X).*softplus(Y) + log(1+X.^2).*sin(Y)", 500, 200, record_chain, chain_by_hand },
    { "sum(relu((X-Y).*(X+(X-Y))))", 500, 200, record_cheap, cheap_by_hand },
    { "logsumexp by rows", 1000, 200, record_logsumexp, logsumexp_by_hand },
    { "softmax cross-entropy and its gradient", 1000, 200, record_cross_entropy, cross_entropy_by_hand },
    { "softmax cross-entropy and its gradient", 20000, 10, record_cross_entropy, cross_entropy_by_hand },
    { "variance by columns and its gradient", 1000, 200, record_variance, variance_by_hand },
    { "qr, by the provider's call", 100, 100, record_qr, qr_by_hand },
    { "pinv, by the provider's svd and product", 100, 100, record_pinv, pinv_by_hand },
    { "expm, by the library's call", 100, 100, record_expm, expm_by_hand },
    { "eigenvalues, by the provider's call", 100, 100, record_eigen, eigen_by_hand },
};

static double *numbers(size_t n, int seed) {
    double *x = malloc(n * sizeof *x);
    demand(x, "out of memory");
    for (size_t i = 0; i < n; i++) x[i] = sin((double)i * (1 + 0.37 * seed) * (1 + 1e-3 * (double)(i % 97)));
    return x;
}

static size_t work_bytes(size_t m, size_t n) {
    const size_t all_of_them[] = { mgd__dsvd_scratch(m, n), mgd__dqr_scratch(m, n), mgd__dexpm_scratch(n),
                                   mgd__deigen_scratch(n) };
    size_t most = 0;
    for (int k = 0; k < 4; k++) most = all_of_them[k] > most ? all_of_them[k] : most;
    return most + (4 * m * n + m + n) * sizeof(double);
}

static contest begin(const struct rivals *of) {
    size_t m = (size_t)of->m, n = (size_t)of->n;
    contest c = { .m = of->m, .n = of->n, .X = numbers(m * n, 1), .Y = numbers(m * n, 2) };
    c.work = malloc(m == n ? work_bytes(m, n) : n * sizeof(double));
    demand(c.work, "out of memory");
    for (int k = 0; k < RESULTS; k++) {
        c.out[k] = calloc(m * n, sizeof(double));
        c.rival[k] = calloc(m * n, sizeof(double));
        demand(c.out[k] && c.rival[k], "out of memory");
    }
    c.t = mgd_tape_new();
    c.x = mgd_input(c.t, "X", of->m, of->n);
    c.y = mgd_input(c.t, "Y", of->m, of->n);
    of->record(&c);
    demand(c.result[0], mgd_message(c.t));
    return c;
}

static void end(contest *c) {
    mgd_tape_free(c->t);
    for (int k = 0; k < RESULTS; k++) {
        free(c->out[k]);
        free(c->rival[k]);
    }
    free(c->X);
    free(c->Y);
    free(c->work);
}

static void check(const contest *c, const char *name) {
    for (int k = 0; k < RESULTS; k++) {
        double most = 0, largest = 1;
        for (size_t i = 0, n = (size_t)c->m * (size_t)c->n; c->result[k] && i < n; i++) {
            most = fmax(most, fabs(c->out[k][i] - c->rival[k][i]));
            largest = fmax(largest, fabs(c->rival[k][i]));
        }
        demand(most <= 1e-9 * largest, name);
    }
}

static mgd_array array_of(const mgd_var *v, double *data) {
    return mgd_rows(data, mgd_size_value(mgd_rows_of(v)), mgd_size_value(mgd_cols_of(v)));
}

static void time_rivals(const struct rivals *of) {
    contest c = begin(of);
    const size_t results = c.result[1] ? 2 : 1;
    mgd_array in[] = { mgd_rows(c.X, c.m, c.n), mgd_rows(c.Y, c.m, c.n) }, out[RESULTS];
    for (size_t k = 0; k < results; k++) out[k] = array_of(c.result[k], c.out[k]);
    mgd_program *p = mgd_compile(c.t, 2, (mgd_var *[]){ c.x, c.y }, results, c.result, 0);
    mgd_workspace *ws = p ? mgd_workspace_new(p) : NULL;
    demand(ws, mgd_message(c.t));
    double hand[ROUNDS], program[ROUNDS];
    int repeats = 1;
    for (int r = -1; r < ROUNDS; r++) {
        double start = used();
        for (int k = 0; k < repeats; k++) of->by_hand(&c);
        double middle = used();
        for (int k = 0; k < repeats; k++) demand(mgd_run(p, ws, in, out), mgd_workspace_message(ws));
        double stop = used();
        if (r >= 0) {
            hand[r] = (middle - start) / repeats;
            program[r] = (stop - middle) / repeats;
        } else { /* the first says how often */
            repeats = (int)(10e-3 / (middle - start)) + 1;
        }
    }
    check(&c, of->name);
    printf("%-43s %5dx%-4d by hand %8.3g us; program %.2f times that\n", of->name, c.m, c.n, median(hand) * 1e6,
           median(program) / median(hand));
    mgd_workspace_free(ws);
    mgd_program_free(p);
    end(&c);
}

int main(void) {
    printf("linear algebra: %s %s\n", mgd_linear_algebra(), mgd__blas_core());
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) time_rivals(&all[k]);
    return 0;
}
