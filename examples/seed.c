/* SPDX-License-Identifier: MIT */
/* The gradient of f = w'w, w = sigmoid(v), v = X'a by X, three ways that must agree:
 *
 *     1. backpropagation over the tape, by the library
 *     2. the closed form 2 a (w.*w - w.*w.*w)'
 *     3. the diagonal form A D: A has n columns, each a copy of a, and D = diag(d) with
 *        d_r = 2 sigmoid(v_r) e^-v_r/(1 + e^-v_r)^2
 *
 * Ways 2 and 3 are plain loops over these formulas and call nothing of the library. They carry a running error bound,
 * and a difference beyond the bound is a failure: there is no tolerance. Differences of f confirm all three. */
#include "support/seed.h"
#include "support/table.h"
#include <matgrad.h>

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "usage: seed                     X is 3x2, the numbers are built in\n"
                            "       seed X.csv a.csv         X is m x n; a is m x 1 or 1 x m\n"
                            "       seed --random m n seed   entries uniform in (-1, 1)\n"
                            "       seed --help\n";

/* ---- way 1: the library ---- */

typedef struct {
    mgd_tape *tape;
    mgd_var *X, *a, *v, *f, *G;
} recording;

/* One recording for all sizes: X gives m and n their numbers when it is set. */
static recording record(void) {
    mgd_tape *t = mgd_tape_new();
    const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
    mgd_var *X = mgd_input_sized(t, "X", m, n);
    mgd_var *a = mgd_input_sized(t, "a", m, mgd_size_number(t, 1));
    mgd_var *v = mgd_matmul(mgd_transpose(X), a);
    mgd_var *w = mgd_sigmoid(v);
    mgd_var *f = mgd_sum(mgd_hadamard(w, w));
    return (recording){ t, X, a, v, f, mgd_gradient(f, X) };
}

static void exit_with_message(recording r) {
    fprintf(stderr, "seed: %s\n", r.tape ? mgd_message(r.tape) : "not enough memory");
    exit(UNUSABLE);
}

static const double *value_or_exit(recording r, mgd_var *v) {
    const double *value = mgd_value(v);
    if (!value) exit_with_message(r);
    return value;
}

static void print_recording(recording r) {
    char formula[120];
    mgd_describe(r.f, formula, sizeof formula);
    printf("f = w'w with w = sigmoid(v), v = X'a, recorded as %s\n\n", formula);
    mgd_sweep *s = mgd_backward(r.f, NULL);
    if (!s || !print_tape(r.f) || !print_sweep(s, r.f)) exit_with_message(r);
    mgd_sweep_free(s);
}

/* ---- ways 2 and 3, from support/seed_forms.c ---- */

enum { MOST_NOTES = 6 };

/* What a reader should know of a column. False where there is nothing to say. */
static bool describe_column(const seed_column *c, char *text, size_t size) {
    const double derivative = fabs(c->diagonal.value);
    const double kept = -log10(fabs(c->closed.value - c->diagonal.value) / derivative);
    const bool vague = expm1(4 * c->doubt) >= 1 && fabs(c->v) - 2 * c->doubt < 746;
    if (overflows(c))
        snprintf(text, size, "v overflows in double, to %g here: nothing can be compared", c->v);
    else if (vague)
        snprintf(text, size, "v = %.4g is known to +-%.1g only: no digit of the derivative is certain", c->v, c->doubt);
    else if (derivative <= 0)
        snprintf(text, size, "v = %.4g, the derivative is below the smallest double", c->v);
    else if (kept < 1)
        snprintf(text, size, "v = %.4g, the closed form keeps no digit", c->v);
    else if (kept < 8)
        snprintf(text, size, "v = %.4g, the closed form keeps %.0f of 16 digits", c->v, floor(kept));
    else
        return false;
    return true;
}

static void print_notes(seed_data d, const seed_column *c) {
    int64_t notes = 0;
    for (int64_t r = 0; r < d.n; r++) {
        char text[120];
        if (!describe_column(&c[r], text, sizeof text)) continue;
        if (++notes <= MOST_NOTES) printf("column %lld: %s\n", (long long)r + 1, text);
    }
    if (notes > MOST_NOTES) printf("... and %lld more such columns\n", (long long)(notes - MOST_NOTES));
    if (notes > 0) printf("\n");
}

static bool any_column_compared(seed_data d, const seed_column *c) {
    for (int64_t r = 0; r < d.n; r++)
        if (!overflows(&c[r])) return true;
    return false;
}

/* Of D no more exists than the corner that is printed. */
static void print_factors(seed_data d, const seed_column *c) {
    enum { CORNER = 6 };
    double D[CORNER][CORNER] = { { 0 } };
    for (int64_t r = 0; r < d.n && r < CORNER; r++) D[r][r] = c[r].diagonal.value;
    print_matrix("A, every column a copy of a", (mgd_array){ d.a, d.m, d.n, 1, 0, MGD_DOUBLE }, 5);
    print_matrix("D = diag(2 sigmoid(v) e^-|v|/(1 + e^-|v|)^2): the fraction is even in v, as e^-v it would overflow",
                 (mgd_array){ D, d.n, d.n, CORNER, 1, MGD_DOUBLE }, 5);
}

static void print_gradients(seed_data d, const double *const *G) {
    print_matrix("df/dX by backpropagation", mgd_rows(G[BACKPROPAGATION], d.m, d.n), 17);
    print_matrix("df/dX by the closed form 2 a (w.*w - w.*w.*w)'", mgd_rows(G[CLOSED_FORM], d.m, d.n), 17);
    print_matrix("df/dX by the diagonal form A D", mgd_rows(G[DIAGONAL_FORM], d.m, d.n), 17);
}

/* ---- the three ways compared ---- */

typedef struct {
    double largest, ulps, of_bound; /* each the largest over the entries */
    int64_t beyond, row, col;       /* how many are beyond their bound, and where of_bound was found */
} difference;

static void note_entry(difference *D, double x, double y, double bound, int64_t row, int64_t col) {
    const double apart = fabs(x - y);
    if (apart <= 0) return;
    if (!(apart <= bound)) D->beyond++;
    D->largest = fmax(D->largest, apart);
    D->ulps = fmax(D->ulps, bounded_ulps(x, y));
    if (apart / bound <= D->of_bound) return;
    D->of_bound = apart / bound;
    D->row = row;
    D->col = col;
}

static difference compare(seed_data d, const seed_column *c, const double *const *G, int way, int other) {
    difference D = { 0 };
    double *of_column = allocate(d.n, 1, sizeof *of_column);
    for (int64_t r = 0; r < d.n; r++) of_column[r] = column_bound(&c[r], way, other);
    for (int64_t i = 0; i < d.m; i++)
        for (int64_t r = 0; r < d.n; r++) {
            if (overflows(&c[r])) continue;
            const double x = G[way][i * d.n + r], y = G[other][i * d.n + r];
            note_entry(&D, x, y, entry_bound(d.a[i], of_column[r], x, y), i, r);
        }
    free(of_column);
    return D;
}

/* v has a bound before anything is built on it: both programs' are within the doubt of the true one. */
static difference compare_v(seed_data d, const seed_column *c) {
    difference D = { 0 };
    for (int64_t r = 0; r < d.n; r++)
        if (!overflows(&c[r])) note_entry(&D, c[r].tape_v, c[r].v, 2 * c[r].doubt, r, 0);
    return D;
}

static bool print_difference(const char *way, const char *other, difference D) {
    printf("  %-15s - %-15s %10.3g %10.3g %14.3g", way, other, D.largest, D.ulps, D.of_bound);
    if (D.largest > 0) printf("   (%lld,%lld)", (long long)D.row + 1, (long long)D.col + 1);
    if (D.beyond > 0) printf("   DIFFERS: %lld entries beyond the bound", (long long)D.beyond);
    printf("\n");
    return D.beyond == 0;
}

static bool print_comparison(seed_data d, const seed_column *c, const double *const *G) {
    static const char *const names[WAYS] = { "backpropagation", "closed form", "diagonal form" };
    printf("largest differences                  absolute     in ulp   of its bound   entry\n");
    bool agree = print_difference("v by the tape", "v by loops", compare_v(d, c));
    for (int way = 0; way < WAYS; way++)
        for (int other = way + 1; other < WAYS; other++)
            agree &= print_difference(names[way], names[other], compare(d, c, G, way, other));
    printf("\n");
    return agree;
}

static bool print_f(seed_data d, const seed_column *c, double by_tape) {
    const bounded f = plain_f(d, c);
    const double apart = fabs(by_tape - f.value), bound = 2 * f.error;
    bool compared = true;
    for (int64_t r = 0; r < d.n; r++) compared = compared && !overflows(&c[r]);
    const bool agrees = !compared || apart <= bound;
    printf("f = %.17g by the tape,\n    %.17g by plain loops: ", by_tape, f.value);
    if (compared)
        printf("apart %.3g, bound %.3g%s\n\n", apart, bound, agrees ? "" : "   DIFFERS");
    else
        printf("not compared, v overflows\n\n");
    return agrees;
}

/* ---- confirmed by differences of f ---- */

static bool print_entry(seed_data d, const seed_column *c, double G, int64_t row, int64_t col) {
    const int width = printf("  (%lld,%lld)", (long long)row + 1, (long long)col + 1);
    printf("%*s", width < 14 ? 14 - width : 1, "");
    if (overflows(c)) {
        printf("v overflows\n");
        return true;
    }
    const bounded D = by_differences(d, c, row, col);
    const double bound = D.error + entry_bound(d.a[row], true_bound(c), G, 0);
    const bool agrees = fabs(G - D.value) <= bound;
    const bool resolved = bound < 0.1 * fabs(G) || bound <= 0;
    const char *const verdict = !agrees ? "DIFFERS" : resolved ? "agrees" : "below resolution";
    printf("%24.17g %24.17g %10.2g %10.2g   %s\n", G, D.value, fabs(G - D.value), bound, verdict);
    return agrees;
}

/* All entries of a small matrix, six of a large one, from corner to corner. */
static bool print_differences(seed_data d, const seed_column *c, const double *G) {
    enum { MOST = 12, SOME = 6 };
    const bool all = d.m <= MOST && d.n <= MOST && d.m * d.n <= MOST;
    const int64_t count = all ? d.m * d.n : SOME;
    bool agree = true;
    printf("differences of f, extrapolated to step 0, and how far they may be off by their own account\n");
    printf("  entry                backpropagation              differences      apart     may be\n");
    for (int64_t k = 0; k < count; k++) {
        const int64_t row = all ? k / d.n : (d.m - 1) * k / (SOME - 1),
                      col = all ? k % d.n : (d.n - 1) * k / (SOME - 1);
        if (!print_entry(d, &c[col], G[row * d.n + col], row, col)) agree = false;
    }
    printf("\n");
    return agree;
}

/* ---- proved in exact arithmetic ---- */

/* This is about the recorded expressions, at all values and, since m and n are names, all sizes: no rounding. */
static bool print_proof(recording r) {
    const mgd_verdict v = mgd_is_gradient(r.f, r.X, r.G);
    if (v.answer == MGD_EQUAL)
        printf("in exact arithmetic: what backpropagation recorded is df/dX, at each of %d random points\n\n",
               v.points);
    else
        printf("in exact arithmetic: %s: %s\n\n", v.answer == MGD_DIFFERENT ? "DIFFERS" : "undecided", v.reason);
    return v.answer != MGD_DIFFERENT;
}

/* ---- the program ---- */

static int run(seed_data d) {
    recording r = record();
    if (!r.G || !mgd_set(r.X, d.X, d.m, d.n) || !mgd_set(r.a, d.a, d.m, 1)) exit_with_message(r);
    print_recording(r);

    seed_column *c = columns_of(d, value_or_exit(r, r.v));
    const double f = *value_or_exit(r, r.f), *backpropagated = value_or_exit(r, r.G);
    double *closed = closed_gradient(d, c), *diagonal = diagonal_gradient(d, c);
    const double *const G[WAYS] = { backpropagated, closed, diagonal };

    print_gradients(d, G);
    print_factors(d, c);
    print_notes(d, c);
    bool agree = print_f(d, c, f);
    agree &= print_comparison(d, c, G);
    agree &= print_differences(d, c, backpropagated);
    agree &= print_proof(r);
    printf("%s\n", !agree                      ? "The three ways do NOT agree."
                   : any_column_compared(d, c) ? "The three ways agree."
                                               : "No column could be compared.");

    free(closed);
    free(diagonal);
    free(c);
    mgd_tape_free(r.tape);
    return agree ? AGREES : DIFFERS;
}

/* A whole number from least up to 2^63 - 1. */
static bool read_whole(const char *text, int64_t least, int64_t *number) {
    char *after;
    errno = 0;
    const long long x = strtoll(text, &after, 10);
    *number = x;
    return after != text && *after == 0 && errno == 0 && x >= least;
}

static int refuse_arguments(const char *why) {
    fprintf(stderr, "seed: %s; try seed --help\n", why);
    return UNUSABLE;
}

int main(int argc, char **argv) {
    const int64_t largest = INT32_MAX, most_entries = (int64_t)1 << 32;
    int64_t m, n, seed;
    seed_data d;
    if (argc == 2 && strcmp(argv[1], "--help") == 0) return printf("%s", usage) < 0;
    if (argc == 1)
        d = built_in_data();
    else if (strcmp(argv[1], "--random") == 0) {
        if (argc != 5) return refuse_arguments("--random takes three numbers: m n seed");
        if (!read_whole(argv[2], 1, &m) || !read_whole(argv[3], 1, &n) || !read_whole(argv[4], 0, &seed))
            return refuse_arguments("--random m n seed: m and n are whole numbers from 1 up, seed from 0 up");
        if (m > largest || n > largest || m * n > most_entries)
            return refuse_arguments("--random m n seed: m and n up to 2147483647, and 2^32 entries at most");
        d = random_data(m, n, (uint64_t)seed);
    } else if (argv[1][0] == '-')
        return refuse_arguments("no such option");
    else if (argc != 3)
        return refuse_arguments("expected two files, X.csv and a.csv");
    else
        d = data_from_files(argv[1], argv[2]);
    const int status = run(d);
    free_data(d);
    return status;
}
