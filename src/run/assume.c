/* SPDX-License-Identifier: MIT */
/* Are data what their input is declared to be? Rounding is forgiven where people compute such matrices: a computed X'X
 * or V diag(l) V' is symmetric up to the order of its sums, a computed Q orthogonal up to its length. Zeros and signs
 * are exact. A NaN is neither equal to anything nor positive. */
#include "run/assume.h"

#include "linalg/linalg.h"
#include "run/execute.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { ROUNDINGS = 1024 };

/* What is forgiven, relative to the size of what was summed. */
static double tolerance(const mgd_declared_data *d) {
    return ROUNDINGS * (d->precision == MGD_FLOAT ? (double)FLT_EPSILON : DBL_EPSILON) / 2;
}

static double entry(const mgd_declared_data *d, int64_t i, int64_t j) { return d->data[i * d->cols + j]; }

static bool refuse_entry(const mgd_declared_data *d, mgd_complaint *c, unsigned assumption, int64_t i, int64_t j) {
    return mgd__undefined(c, "%s: %s is declared %s, but entry (%lld,%lld) is %.17g", d->call, d->name,
                          mgd__assumption_name(assumption), (long long)i + 1, (long long)j + 1, entry(d, i, j));
}

static bool is_positive(const mgd_declared_data *d, mgd_complaint *c) {
    for (int64_t i = 0; i < d->rows; i++)
        for (int64_t j = 0; j < d->cols; j++)
            if (!(entry(d, i, j) > 0)) return refuse_entry(d, c, MGD_POSITIVE, i, j);
    return true;
}

static bool is_zero_outside(const mgd_declared_data *d, mgd_complaint *c) {
    bool lower = d->assumptions & MGD_LOWER_TRIANGULAR, upper = d->assumptions & MGD_UPPER_TRIANGULAR;
    unsigned pattern = lower && upper ? MGD_DIAGONAL : lower ? MGD_LOWER_TRIANGULAR : MGD_UPPER_TRIANGULAR;
    for (int64_t i = 0; i < d->rows; i++)
        for (int64_t j = 0; j < d->cols; j++)
            if (((lower && j > i) || (upper && j < i)) && entry(d, i, j) != 0) return refuse_entry(d, c, pattern, i, j);
    return true;
}

/* The largest finite magnitude in each row. */
static void measure_rows(const mgd_declared_data *d, double *largest) {
    for (int64_t i = 0; i < d->rows; i++) {
        largest[i] = 0;
        for (int64_t j = 0; j < d->cols; j++)
            if (isfinite(entry(d, i, j))) largest[i] = fmax(largest[i], fabs(entry(d, i, j)));
    }
}

static bool is_symmetric(const mgd_declared_data *d, mgd_complaint *c, double *largest) {
    measure_rows(d, largest);
    for (int64_t i = 0; i < d->rows; i++)
        for (int64_t j = 0; j <= i; j++) {
            double x = entry(d, j, i), y = entry(d, i, j), size = fmax(largest[i], largest[j]);
            bool near = isfinite(x) && isfinite(y) && fabs(x / 2 - y / 2) <= tolerance(d) * (size / 2);
            if (x == y || near) continue;
            if (i == j) return refuse_entry(d, c, MGD_SYMMETRIC, i, i);
            return mgd__undefined(c,
                                  "%s: %s is declared symmetric, but entry (%lld,%lld) is %.17g and (%lld,%lld) is "
                                  "%.17g",
                                  d->call, d->name, (long long)j + 1, (long long)i + 1, x, (long long)i + 1,
                                  (long long)j + 1, y);
        }
    return true;
}

static bool is_definite(const mgd_declared_data *d, mgd_complaint *c, double *work) {
    size_t n = (size_t)d->rows;
    memcpy(work, d->data, n * n * sizeof *work);
    size_t pivot = mgd__dcholesky(n, work);
    return !pivot || mgd__undefined(c, "%s: %s is declared positive definite, but pivot %zu of %zu is not positive",
                                    d->call, d->name, pivot, n);
}

static bool is_orthogonal(const mgd_declared_data *d, mgd_complaint *c, double *work) {
    int64_t n = d->rows;
    mgd__dproduct(true, false, (size_t)n, (size_t)n, (size_t)n, d->data, d->data, work);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++)
            if (!(fabs(work[i * n + j] - (i == j)) <= tolerance(d)))
                return mgd__undefined(
                    c, "%s: %s is declared orthogonal, but entry (%lld,%lld) of %s'*%s is %.17g, not %d", d->call,
                    d->name, (long long)i + 1, (long long)j + 1, d->name, d->name, work[i * n + j], i == j);
    return true;
}

size_t mgd__holds_scratch(const mgd_declared_data *d) {
    bool whole = d->assumptions & (MGD_POSITIVE_DEFINITE | MGD_ORTHOGONAL);
    return (size_t)d->rows * (whole ? (size_t)d->cols : 1) * sizeof(double);
}

bool mgd__holds(const mgd_declared_data *d, mgd_complaint *complaint, double *scratch) {
    const unsigned a = d->assumptions, triangular = MGD_LOWER_TRIANGULAR | MGD_UPPER_TRIANGULAR;
    if (a & MGD_POSITIVE && !is_positive(d, complaint)) return false;
    if (a & triangular && !is_zero_outside(d, complaint)) return false;
    if (a & MGD_SYMMETRIC && !(a & MGD_DIAGONAL) && !is_symmetric(d, complaint, scratch)) return false;
    if (a & MGD_ORTHOGONAL && !is_orthogonal(d, complaint, scratch)) return false;
    return !(a & MGD_POSITIVE_DEFINITE) || is_definite(d, complaint, scratch);
}

void mgd__take_symmetric_half(int64_t n, double *a) {
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < i; j++) {
            double x = a[i * n + j], y = a[j * n + i];
            a[i * n + j] = a[j * n + i] = x == y ? x : x / 2 + y / 2;
        }
}

/* Data that are not what x is declared to be afterwards are an error of recording: what is recorded next rests on it.
 */
static bool settle_present_data(mgd_var *x, unsigned assumptions) {
    mgd_tape *t = x->tape;
    mgd_slot *s = mgd__known_slot(t, x->id);
    if (!s || !s->data) return true;
    mgd_label name = mgd__label(x);
    mgd_complaint complaint = { .text = "" };
    int64_t rows = mgd__dim_value(t, x->rows), cols = mgd__dim_value(t, x->cols);
    mgd_declared_data d = { "assume", name.text, assumptions, rows, cols, s->data, MGD_DOUBLE };
    double *scratch = mgd__scratch_room(t, mgd__holds_scratch(&d));
    if (!scratch) return mgd__out_of_memory(t);
    if (!mgd__holds(&d, &complaint, scratch)) return mgd__refuse(t, "%s", complaint.text);
    if (assumptions & MGD_SYMMETRIC) mgd__take_symmetric_half(rows, s->data);
    s->changed = s->checked = ++t->clock;
    return true;
}

bool mgd_assume(mgd_var *x, unsigned assumptions) {
    if (!x || x->tape->failed) return false;
    mgd_tape *t = x->tape;
    t->complaint.text[0] = 0;
    if (!mgd_name(x)) return mgd__refuse(t, "assume: %s is no input", mgd__label(x).text);
    unsigned before = mgd_assumptions(x);
    if (!mgd__declare(x, assumptions)) return false;
    if (mgd_assumptions(x) == before || settle_present_data(x, mgd_assumptions(x))) return true;
    mgd__redeclare(x, before);
    return false;
}
