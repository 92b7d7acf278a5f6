/* SPDX-License-Identifier: MIT */
/* Random expressions of every operation, and their gradients, are printed and read back as what they were. */
#include "../tape/expect.h"
#include "support/expression.h"

#include <matgrad/text.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The language has no matrices of given numbers: inputs stand for them. */
static mgd_var *without_constants(mgd_var *v) {
    mgd_tape *t = mgd_tape_of(v);
    static int names;
    char name[32];
    for (size_t i = 0, n = mgd_count(t); v && i < n; i++) {
        mgd_var *c = mgd_at(t, i);
        if (strcmp(mgd_operation_name(mgd_operation_of(c)), "constant") != 0) continue;
        int64_t rows = mgd_size_value(mgd_rows_of(c)), cols = mgd_size_value(mgd_cols_of(c));
        snprintf(name, sizeof name, "K%d", ++names);
        mgd_var *input = mgd_input(t, name, rows, cols);
        const double *value = mgd_value(c);
        double data[64];
        ck_assert_msg(value && rows * cols <= 64, "%s", mgd_message(t));
        memcpy(data, value, (size_t)(rows * cols) * sizeof *data);
        ck_assert_msg(mgd_set(input, data, rows, cols), "%s", mgd_message(t));
        v = mgd_substitute(v, c, input);
    }
    ck_assert_msg(v != NULL, "%s", mgd_message(t));
    return v;
}

static bool close_to(double x, double y, double scale) {
    return (isnan(x) && isnan(y)) || x == y || fabs(x - y) <= 1e-8 * scale;
}

static void expect_equal_values(mgd_var *v, mgd_var *again, const char *text) {
    int64_t n = mgd_size_value(mgd_rows_of(v)) * mgd_size_value(mgd_cols_of(v));
    ck_assert_msg(mgd_rows_of(v) == mgd_rows_of(again) && mgd_cols_of(v) == mgd_cols_of(again), "%s", text);
    const double *x = mgd_value(v), *y = mgd_value(again);
    double scale = 1;
    ck_assert_msg(!x == !y, "%s: %s", text, mgd_message(mgd_tape_of(v)));
    for (int64_t k = 0; x && k < n; k++) scale = fmax(scale, isfinite(x[k]) ? fabs(x[k]) : 0);
    for (int64_t k = 0; x && k < n; k++)
        ck_assert_msg(close_to(x[k], y[k], scale), "%s: %.17g is read back as %.17g", text, x[k], y[k]);
}

static void expect_to_read_back(mgd_var *v, mgd_format format, size_t width) {
    mgd_tape *t = mgd_tape_of(v);
    mgd_reader *r = mgd_reader_new(t);
    char *text = mgd_print(1, &v, NULL, format, width);
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(mgd_read(r, "print", text, NULL), "%s\n%s", text, mgd_reader_message(r));
    mgd_var *again = mgd_statement_at(r, mgd_statements(r) - 1).expression;
    if (again != v) {
        expect_equal_values(v, again, text);
        mgd_verdict verdict = mgd_equal(v, again);
        ck_assert_msg(verdict.answer != MGD_DIFFERENT, "%s: %s", text, verdict.reason);
    }
    free(text);
    mgd_reader_free(r);
}

static mgd_var *an_input(mgd_tape *t) {
    for (size_t i = mgd_count(t); i-- > 0;)
        if (mgd_name(mgd_at(t, i))) return mgd_at(t, i);
    return NULL;
}

static void round_trip(uint64_t seed) {
    generator g = { .t = mgd_tape_new(), .state = seed, .largest = 4, .fit = 0 };
    int64_t rows = draw_size(&g), cols = draw_size(&g);
    mgd_var *v = random_expression(&g, rows, cols, 1 + (int)choose(&g, 5));
    ck_assert_msg(v != NULL, "%s", mgd_message(g.t));
    v = without_constants(v);
    expect_to_read_back(v, MGD_TEXT, 0);
    expect_to_read_back(v, MGD_UNICODE, 50);
    mgd_var *x = an_input(g.t), *G = x ? mgd_gradient(mgd_sum(v), x) : NULL;
    ck_assert_msg(G || !x, "%s", mgd_message(g.t));
    if (G) expect_to_read_back(without_constants(G), MGD_TEXT, 50);
    if (G) expect_to_read_back(without_constants(G), MGD_UNICODE, 0);
    mgd_tape_free(g.t);
}

START_TEST(random_expressions_and_their_gradients_read_back) {
    const char *first = getenv("SEED");
    for (uint64_t seed = 1; seed <= 400; seed++) round_trip(first ? strtoull(first, NULL, 10) + seed : seed);
}
END_TEST

TESTS("text/round_trip", random_expressions_and_their_gradients_read_back);
