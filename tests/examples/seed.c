/* SPDX-License-Identifier: MIT */
/* examples/seed as its user sees it: what it prints, and what it says of input that it cannot read. */
#define _POSIX_C_SOURCE 200809L
#include "example.h"

#include <stdarg.h>
#include <stdbool.h>

enum { AGREES = 0, UNUSABLE = 2 };

static char X[] = "/tmp/matgrad-X-XXXXXX", a[] = "/tmp/matgrad-a-XXXXXX";

static int seed(const char *format, ...) {
    char arguments[256];
    va_list list;
    va_start(list, format);
    vsnprintf(arguments, sizeof arguments, format, list);
    va_end(list);
    return run_example("seed", "SEED", arguments);
}

static void write_file(char *path, const char *text, size_t length) {
    strcpy(path + strlen(path) - 6, "XXXXXX");
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, length), (ssize_t)length);
    close(file);
}

/* The program on two files with these texts. */
static int seed_of(const char *of_X, const char *of_a) {
    write_file(X, of_X, strlen(of_X));
    write_file(a, of_a, strlen(of_a));
    const int status = seed("%s %s", X, a);
    unlink(X);
    unlink(a);
    return status;
}

static void says(const char *text) {
    ck_assert_msg(strstr(said, text) != NULL, "expected \"%s\" in\n%.4000s", text, said);
}

static void agrees(int status) {
    ck_assert_msg(status == AGREES, "exit status %d and\n%.4000s", status, said);
    says("The three ways agree.\n");
    ck_assert_ptr_null(strstr(said, "DIFFERS"));
}

/* One line about the file at `path`: where, what was expected, what was found. */
static void refuses(int status, const char *path, const char *reason) {
    char line[600];
    snprintf(line, sizeof line, "seed: %s: %s", path, reason);
    ck_assert_msg(status == UNUSABLE, "exit status %d and\n%.4000s", status, said);
    ck_assert_msg(strncmp(said, line, strlen(line)) == 0, "expected \"%s\", not \"%s\"", line, said);
    ck_assert_ptr_eq(strchr(said, '\n'), said + strlen(said) - 1);
}

/* ---- what it prints ---- */

START_TEST(without_arguments_it_prints_everything) {
    agrees(seed("%s", ""));
    says("\n    3  matmul       2, 1      2x1");
    says("3 matmul: dA += dC B'");
    says("df/dX by backpropagation  (3x2)");
    says("(3x2)\n          1.2          1.2\n         -0.4         -0.4\n");
    says("D = diag(");
    says("in exact arithmetic: what backpropagation recorded is df/dX");
}
END_TEST

START_TEST(the_value_and_gradient_at_zero_are_known) {
    agrees(seed_of("0", "1"));
    says("f = 0.25 by the tape");
    says("df/dX by backpropagation  (1x1)\n                     0.25\n");
    says("A D  (1x1)\n                     0.25\n");
}
END_TEST

START_TEST(the_files_beside_it_are_read) {
    agrees(seed("examples/X.csv examples/a.csv"));
    says("X is examples/X.csv, 5x3; a is examples/a.csv, 5x1\n");
}
END_TEST

START_TEST(random_data_agree_at_every_shape) {
    static const int shapes[][2] = { { 1, 1 }, { 1, 9 },   { 9, 1 },   { 4, 3 },
                                     { 3, 4 }, { 40, 30 }, { 200, 7 }, { 7, 200 } };
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++)
        agrees(seed("--random %d %d %zu", shapes[k][0], shapes[k][1], k));
}
END_TEST

START_TEST(lost_digits_are_reported) {
    agrees(seed_of("25 38.2 -800 1 800", "1"));
    says("column 1: v = 25, the closed form keeps 5 of 16 digits\n");
    says("column 2: v = 38.2, the closed form keeps no digit\n");
    says("column 3: v = -800, the derivative is below the smallest double\n");
    says("column 5: v = 800, the derivative is below the smallest double\n");
    ck_assert_ptr_null(strstr(said, "column 4:"));
}
END_TEST

START_TEST(numbers_that_overflow_are_reported) {
    agrees(seed_of("1e300 1\n1e300 2", "1e300 -1"));
    says("column 1: v overflows in double, to inf here: nothing can be compared\n");
    agrees(seed_of("1e200 1\n1e200 2", "1 -1"));
    says("column 1: v = 0 is known to +-4e+184 only: no digit of the derivative is certain\n");
}
END_TEST

START_TEST(zeros_and_numbers_below_the_normal_range_agree) {
    agrees(seed_of("0 0\n0 0", "0 0"));
    agrees(seed_of("1e-310 5e-324\n3 -2e-320", "1e-310 -2.5"));
    agrees(seed_of("1e300 -1e300\n3e299 2", "1e-310 -4e-300"));
}
END_TEST

/* ---- what it reads ---- */

START_TEST(usual_ways_of_writing_a_table_are_read) {
    static const char *const tables[] = { "1,2\n3,4\n",
                                          "1;2\n3;4",
                                          "1 2\n3 4\n",
                                          " 1 ,\t2 \r\n3,4\r\n",
                                          "1\t2\n3\t4\n",
                                          "1,2\n3,4\n\n\n",
                                          "\xef\xbb\xbf"
                                          "1,2\n3,4",
                                          "# a table\n1,2\n # rows\n3,4",
                                          "\n+1,2.\n3e0,.4E+1",
                                          "1,2\r3,4\r" };
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        agrees(seed_of(tables[k], "1\n-0.5"));
        says("f = 0.39253695659655097 by the tape");
    }
}
END_TEST

START_TEST(a_may_be_a_row) {
    agrees(seed_of("1,2\n3,4\n5,6", "0.1,-0.2,0.3"));
    says("a is /tmp/matgrad-a-");
    says(", 1x3, a row that is read as a column\n");
}
END_TEST

/* ---- what it refuses ---- */

START_TEST(rows_have_one_length) {
    refuses(seed_of("1,2\n3\n", "1"), X,
            "line 2, column 2: expected 2 columns as in line 1, found the end of the line\n");
    refuses(seed_of("# x\n1,2\n3,4,5\n", "1"), X, "line 3, column 3: expected 2 columns as in line 2, found \"5\"\n");
}
END_TEST

START_TEST(cells_are_finite_numbers) {
    static const char *const cells[] = { "abc", "nan", "-inf", "0x10", "1.2.3", "1-2", "--1", "1e", "'1'", "1_000" };
    for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
        char text[40], reason[80];
        snprintf(text, sizeof text, "1,2\n3,%s\n", cells[k]);
        snprintf(reason, sizeof reason, "line 2, column 2: expected a number, found \"%s\"\n", cells[k]);
        refuses(seed_of(text, "1,2"), X, reason);
    }
    refuses(seed_of("1,,2", "1"), X, "line 1, column 2: expected a number, found \",\"\n");
    refuses(seed_of("1,2,\n", "1"), X, "line 1, column 3: expected a number, found the end of the line\n");
    refuses(seed_of("1", "\n-1e999"), a, "line 2, column 1: expected a number of at most 1.8e308, found \"-1e999\"\n");
}
END_TEST

START_TEST(a_header_line_is_refused_with_a_hint) {
    refuses(seed_of("x1,x2\n1,2\n", "1"), X,
            "line 1, column 1: expected a number, found \"x1\"; begin a header line with #, or remove it\n");
}
END_TEST

START_TEST(a_decimal_comma_is_not_taken_for_a_separator) {
    refuses(seed_of("1,5;2,5\n", "1"), X,
            "line 1, column 3: expected \",\" between numbers, as before, found \";\"; decimals are written with a "
            "point\n");
}
END_TEST

START_TEST(a_blank_line_between_rows_is_refused) {
    refuses(seed_of("1,2\n\n3,4\n", "1,2"), X,
            "line 2, column 1: expected a number, found a blank line between rows\n");
}
END_TEST

START_TEST(a_file_without_numbers_is_refused) {
    refuses(seed_of("", "1"), X, "line 1, column 1: expected a number, found the end of the file\n");
    refuses(seed_of("1", "# nothing\n\n"), a, "line 3, column 1: expected a number, found the end of the file\n");
    refuses(seed("/nonexistent/X.csv examples/a.csv"), "/nonexistent/X.csv",
            "expected a file of numbers: No such file or directory\n");
    refuses(seed("examples examples/a.csv"), "examples", "expected a file of numbers: Is a directory\n");
}
END_TEST

START_TEST(a_byte_of_zero_is_no_number) {
    write_file(X, "1\0002", 3);
    refuses(seed("%s %s", X, X), X, "line 1, column 1: expected a number, found \"1?2\"\n");
    unlink(X);
}
END_TEST

START_TEST(a_fits_the_rows_of_X) {
    char reason[120];
    const int status = seed_of("1,2\n3,4\n", "1\n2\n3\n");
    snprintf(reason, sizeof reason, "line 3, column 1: a ends here and is 3x1, expected 2x1 or 1x2 since %s is 2x2\n",
             X);
    refuses(status, a, reason);
}
END_TEST

START_TEST(bad_usage_is_one_line) {
    static const char *const wrong[] = { "X.csv",
                                         "a b c",
                                         "--random 2 3",
                                         "--random 0 2 1",
                                         "--random 2 x 1",
                                         "--random 99999999999999999999 1 1",
                                         "--random 4000000000 4000000000 1",
                                         "--what" };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        ck_assert_int_eq(seed("%s", wrong[k]), UNUSABLE);
        ck_assert_ptr_eq(strchr(said, '\n'), said + strlen(said) - 1);
        ck_assert_int_eq(strncmp(said, "seed: ", 6), 0);
    }
    ck_assert_int_eq(seed("--help"), 0);
    says("usage: seed");
}
END_TEST

TESTS("the seed example", without_arguments_it_prints_everything, the_value_and_gradient_at_zero_are_known,
      the_files_beside_it_are_read, random_data_agree_at_every_shape, lost_digits_are_reported,
      numbers_that_overflow_are_reported, zeros_and_numbers_below_the_normal_range_agree,
      usual_ways_of_writing_a_table_are_read, a_may_be_a_row, rows_have_one_length, cells_are_finite_numbers,
      a_header_line_is_refused_with_a_hint, a_decimal_comma_is_not_taken_for_a_separator,
      a_blank_line_between_rows_is_refused, a_file_without_numbers_is_refused, a_byte_of_zero_is_no_number,
      a_fits_the_rows_of_X, bad_usage_is_one_line);
