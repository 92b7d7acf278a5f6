/* SPDX-License-Identifier: MIT */
/* Texts that are large or deep: read in linear time, or refused with the limit. */
#include "../tape/expect.h"

#include <matgrad/text.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static mgd_tape *t;
static mgd_reader *r;

static void begin(void) {
    t = mgd_tape_new();
    r = mgd_reader_new(t);
    ck_assert(mgd_read(r, "begin", "X: m x n; A: n x n; x: n; a: 1", NULL));
}

static void end(void) {
    mgd_reader_free(r);
    mgd_tape_free(t);
}

/* first, then n times the middle, the core, n times the close. */
static char *text_of(const char *first, size_t n, const char *middle, const char *core, const char *close) {
    size_t m = strlen(middle), c = strlen(close);
    char *text = malloc(strlen(first) + n * (m + c) + strlen(core) + 1), *out = text;
    ck_assert_ptr_nonnull(text);
    out += sprintf(out, "%s", first);
    for (size_t i = 0; i < n; i++, out += m) memcpy(out, middle, m);
    out += sprintf(out, "%s", core);
    for (size_t i = 0; i < n; i++, out += c) memcpy(out, close, c);
    *out = '\0';
    return text;
}

static double seconds(clock_t from) { return (double)(clock() - from) / CLOCKS_PER_SEC; }

static void expect_reads(char *text) {
    ck_assert_msg(mgd_read(r, "f", text, NULL), "%s", mgd_reader_message(r));
    free(text);
}

static void expect_refused(char *text, const char *what) {
    size_t count = mgd_count(t);
    ck_assert(!mgd_read(r, "f", text, NULL));
    ck_assert_msg(strstr(mgd_reader_message(r), what), "%s", mgd_reader_message(r));
    ck_assert_uint_eq(mgd_count(t), count);
    free(text);
}

START_TEST(depth_is_limited_to_ten_thousand) {
    static const char *const nested[][3] = { { "(", "x", ")" }, { "exp(", "x", ")" },    { "-", "x", "" },
                                             { "+", "x", "" },  { "max(x, ", "x", ")" }, { "sum(<", "x, x", ">)" } };
    begin();
    for (size_t i = 0; i < sizeof nested / sizeof nested[0]; i++) {
        const char *const *s = nested[i];
        size_t levels = i == 5 ? 2 : 1;
        if (i < 5) expect_reads(text_of("", 9900, s[0], s[1], s[2]));
        expect_refused(text_of("", 10001 / levels + 1, s[0], s[1], s[2]), "the formula is nested deeper than 10000");
        expect_refused(text_of("", 500000, s[0], s[1], s[2]), "the formula is nested deeper than 10000");
    }
    expect_refused(text_of("Y: ", 20000, "(", "m", ")"), "the formula is nested deeper than 10000");
    expect_refused(text_of("Y: ", 20000, "min(n, ", "m", ")"), "the formula is nested deeper than 10000");
    end();
}
END_TEST

START_TEST(chains_that_do_not_nest_are_not_limited) {
    begin();
    expect_reads(text_of("x", 100000, "'", "", ""));
    expect_reads(text_of("a", 20000, "^2", "", ""));
    expect_reads(text_of("A", 20000, "*A", "", ""));
    end();
}
END_TEST

START_TEST(a_deep_formula_is_printed_and_reads_back) {
    begin();
    expect_reads(text_of("", 4900, "exp(-", "x", ")"));
    mgd_var *v = mgd_statement_at(r, 0).expression;
    for (int format = MGD_TEXT; format <= MGD_DOT; format++) {
        char *text = mgd_print(1, &v, NULL, (mgd_format)format, 80);
        ck_assert_ptr_nonnull(text);
        if (format <= MGD_UNICODE) {
            ck_assert(mgd_read(r, "print", text, NULL));
            ck_assert_ptr_eq(mgd_statement_at(r, mgd_statements(r) - 1).expression, v);
        }
        free(text);
    }
    end();
}
END_TEST

START_TEST(a_sum_of_a_million_terms_is_read_and_printed) {
    clock_t start = clock();
    begin();
    expect_reads(text_of("a", 1000000, " + a.*2", "", ""));
    mgd_var *v = mgd_statement_at(r, 0).expression;
    char *text = mgd_print(1, &v, NULL, MGD_TEXT, 0);
    ck_assert_ptr_nonnull(text);
    ck_assert(mgd_read(r, "print", text, NULL));
    ck_assert_ptr_eq(mgd_statement_at(r, 1).expression, v);
    free(text);
    ck_assert_msg(seconds(start) < 30, "%g seconds", seconds(start));
    end();
}
END_TEST

START_TEST(many_statements_and_lets_take_linear_time) {
    enum { LETS = 100000 };
    clock_t start = clock();
    char *text = malloc(LETS * 60), *out = text;
    begin();
    out += sprintf(out, "let v0 = x\n");
    for (int i = 1; i < LETS; i++) out += sprintf(out, "let v%d = v%d + v%d; v%d\n", i, i - 1, i / 2, i % 7);
    expect_reads(text);
    ck_assert_uint_eq(mgd_statements(r), LETS - 1);
    ck_assert_uint_eq(mgd_statement_at(r, LETS - 2).line, LETS);
    expect_refused(text_of("", 500000, "a;", "nothing_of_that_name", ""), "f:1:1000001: nothing is called");
    ck_assert_msg(seconds(start) < 20, "%g seconds", seconds(start));
    end();
}
END_TEST

START_TEST(many_inputs_and_sizes_take_linear_time) {
    enum { INPUTS = 50000 };
    clock_t start = clock();
    char *text = malloc(INPUTS * 60), *out = text;
    begin();
    for (int i = 0; i < INPUTS; i++) out += sprintf(out, "Y%d: p%d; sum(Y%d)/p%d\n", i, i % 5000, i, i % 5000);
    expect_reads(text);
    text = out = malloc(INPUTS * 60);
    for (int i = 0; i < INPUTS; i++) out += sprintf(out, "Z%d: %d x %d\n", i, 2 * i + 1, 2 * i + 2);
    expect_reads(text);
    ck_assert_msg(seconds(start) < 20, "%g seconds", seconds(start));
    end();
}
END_TEST

START_TEST(a_text_has_at_most_64_megabytes) {
    size_t n = 64u << 20;
    begin();
    char *text = text_of("", n - 1, "\n", "x", "");
    ck_assert(mgd_read(r, "f", text, NULL));
    ck_assert_uint_eq(mgd_statement_at(r, 0).line, n);
    free(text);
    expect_refused(text_of("", n, " ", "x", ""), "f:1:1: the text has more than 64 MB");
    end();
}
END_TEST

/* Bytes, and pieces of the language, in any order: nothing crashes. */
START_TEST(any_tokens_in_any_order_are_read_or_refused) {
    static const char *const pieces[] = { "X",
                                          "A",
                                          "x",
                                          "a",
                                          "(",
                                          ")",
                                          "+",
                                          "-",
                                          "*",
                                          ".*",
                                          "/",
                                          "\\",
                                          "^",
                                          "'",
                                          "exp(",
                                          ",",
                                          "<",
                                          ">",
                                          ";",
                                          "\n",
                                          "2",
                                          "1.5",
                                          "d ",
                                          " wrt ",
                                          "let q =",
                                          "q",
                                          ":",
                                          "m",
                                          "==",
                                          "eye(",
                                          "block(",
                                          "[",
                                          "]",
                                          "'fro'",
                                          "norm(",
                                          "#",
                                          "ᵀ",
                                          "·",
                                          "\xff",
                                          "gather_rows(",
                                          "min(",
                                          "place(",
                                          "kron_adjoint(",
                                          "0",
                                          "symmetric",
                                          " x " };
    uint64_t random = 3;
    begin();
    for (int i = 0; i < 20000; i++) {
        char text[200] = "";
        size_t n = test_random(&random) % 14 + 1;
        for (size_t k = 0; k < n; k++) strcat(text, pieces[test_random(&random) % (sizeof pieces / sizeof pieces[0])]);
        size_t count = mgd_count(t);
        bool fine = mgd_read(r, "f", text, NULL);
        ck_assert_msg(!mgd_failed(t), "%s: %s", text, mgd_message(t));
        ck_assert_msg(fine == !mgd_reader_message(r)[0], "%s: %s", text, mgd_reader_message(r));
        if (!fine) ck_assert_uint_eq(mgd_count(t), count);
    }
    end();
}
END_TEST

TESTS("text/limits", depth_is_limited_to_ten_thousand, chains_that_do_not_nest_are_not_limited,
      a_deep_formula_is_printed_and_reads_back, a_sum_of_a_million_terms_is_read_and_printed,
      many_statements_and_lets_take_linear_time, many_inputs_and_sizes_take_linear_time,
      a_text_has_at_most_64_megabytes, any_tokens_in_any_order_are_read_or_refused);
