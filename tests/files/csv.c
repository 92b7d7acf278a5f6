/* SPDX-License-Identifier: MIT */
/* CSV: what separates, what surrounds, headers, and a sentence with the place for what is no matrix. */
#include "files.h"

START_TEST(rows_are_lines) {
    EXPECT("1,2,3\n4,5,6\n", "csv", 2, 3, 1, 2, 3, 4, 5, 6);
    EXPECT("1,2,3\n4,5,6", "csv", 2, 3, 1, 2, 3, 4, 5, 6);
    EXPECT("1,2,3\r\n4,5,6\r\n", "csv", 2, 3, 1, 2, 3, 4, 5, 6);
    EXPECT("1,2,3\r4,5,6\r", "csv", 2, 3, 1, 2, 3, 4, 5, 6);
    EXPECT("\xef\xbb\xbf"
           "1,2\n",
           "csv", 1, 2, 1, 2);
    EXPECT("7", "csv", 1, 1, 7);
    EXPECT("1\n2\n3\n", NULL, 3, 1, 1, 2, 3);
}
END_TEST

START_TEST(the_first_line_says_what_separates) {
    EXPECT("1;2\n3;4\n", "csv", 2, 2, 1, 2, 3, 4);
    EXPECT("1\t2\n3\t4\n", "csv", 2, 2, 1, 2, 3, 4);
    EXPECT("1\t2\n3\t4\n", "tsv", 2, 2, 1, 2, 3, 4);
    EXPECT("1 2\n3 4\n", "csv", 2, 2, 1, 2, 3, 4);
    EXPECT("  1   2  \n 3 4\n", "csv", 2, 2, 1, 2, 3, 4);
    EXPECT(" 1 , 2 \n3,\t4\n", "csv", 2, 2, 1, 2, 3, 4);
    EXPECT("1 ;2; 3\n", "csv", 1, 3, 1, 2, 3);
    EXPECT(" 1 \t 2\n", "csv", 1, 2, 1, 2);
}
END_TEST

START_TEST(comments_and_empty_lines_at_the_ends_are_skipped) {
    EXPECT("# made by hand\n\n1,2\n# between\n3,4\n\n\n", "csv", 2, 2, 1, 2, 3, 4);
    EXPECT("\n\n5\n   \n", "csv", 1, 1, 5);
}
END_TEST

START_TEST(numbers_may_be_quoted_and_special) {
    EXPECT("\"1.5\",\" 2 \"\n3,\"-4e-1\"\n", "csv", 2, 2, 1.5, 2, 3, -0.4);
    EXPECT("nan,NaN,NAN\ninf,-Inf,+INFINITY\n", "csv", 2, 3, NAN, NAN, NAN, INFINITY, -INFINITY, INFINITY);
    EXPECT("+1,-0,.5,5.,1E3,1e+3\n", "csv", 1, 6, 1, -0.0, .5, 5, 1000, 1000);
    EXPECT("1e-400,4.9e-324\n", "csv", 1, 2, 0, 4.9e-324);
}
END_TEST

static void expect_header(const char *text, const char *header, int64_t rows, int64_t cols) {
    mgd_matrix_file m;
    ck_assert_msg(load_bytes(text, strlen(text), "csv", &m), "%s: %s", text, why);
    if (header)
        ck_assert_str_eq(m.header, header);
    else
        ck_assert_ptr_null(m.header);
    ck_assert_int_eq(m.rows, rows);
    ck_assert_int_eq(m.cols, cols);
    mgd_matrix_file_free(&m);
    ck_assert_ptr_null(m.header);
}

START_TEST(a_line_of_names_is_a_header) {
    expect_header("a,b\n1,2\n", "a,b", 1, 2);
    expect_header("\"height, cm\",\"weight\"\r\n1,2\r\n", "\"height, cm\",\"weight\"", 1, 2);
    expect_header("# units\nx y z\n1 2 3\n4 5 6\n", "x y z", 2, 3);
    expect_header(",a,b\n0,1,2\n", ",a,b", 1, 3);
    expect_header("infant;nano\n1;2", "infant;nano", 1, 2);
    expect_header("gr\xc3\xb6\xc3\x9f"
                  "e\n1\n",
                  "gr\xc3\xb6\xc3\x9f"
                  "e",
                  1, 1);
    expect_header("inf,nan\n1,2\n", NULL, 2, 2);
    REFUSE("a,2\n1,2\n", "csv", "X:1:1: 'a' is no number");
    REFUSE("a,b\n1,2,3\n", "csv", "X:2: 3 numbers, where the header has 2 names");
    REFUSE("a,b\nc,d\n", "csv", "X:2:1: 'c' is no number");
    REFUSE("a,b\n", "csv", "X: no numbers, only a header");
    REFUSE("1.O\n2\n", "csv", "X:1:1: '1.O' is no number");
    REFUSE("a\t\n%\n2 ", "csv", "X:2:1: '%' is no number");
}
END_TEST

START_TEST(a_ragged_row_is_refused_with_both_counts) {
    REFUSE("1,2,3,4,5\n1,2,3,4,5\n1,2,3,4\n", "csv", "X:3: 4 numbers, where the first row has 5");
    REFUSE("1,2\n1,2,3\n", "csv", "X:2: 3 numbers, where the first row has 2");
    REFUSE("1 2\n1\n", "csv", "X:2: 1 number, where the first row has 2");
    REFUSE("1,2\n\n3,4\n", "csv", "X:2: an empty line between rows");
}
END_TEST

START_TEST(what_is_no_number_is_shown_with_its_place) {
    REFUSE("1,2\n3,abc\n", "csv", "X:2:3: 'abc' is no number");
    REFUSE("1,2\n3,\"4x\"\n", "csv", "X:2:3: '\"4x\"' is no number");
    REFUSE("1,2\n3,\"4\n", "csv", "X:2:3: '\"4' is no number");
    REFUSE("1,0x10\n", "csv", "X:1:3: '0x10' is no number");
    REFUSE("1,--2\n", "csv", "X:1:3: '--2' is no number");
    REFUSE("1,2e\n", "csv", "X:1:3: '2e' is no number");
    REFUSE("1,.\n", "csv", "X:1:3: '.' is no number");
    REFUSE("1,1.2.3\n", "csv", "X:1:3: '1.2.3' is no number");
    REFUSE("1,nano\n", "csv", "X:1:3: 'nano' is no number");
    REFUSE("1,\x01\xff\n", "csv", "X:1:3: '\\x01\\xff' is no number");
    REFUSE("1,\0002\n", "csv", "X:1:3: '\\x002' is no number");
    REFUSE("1,1e309\n", "csv", "X:1:3: '1e309' is beyond the largest double");
    REFUSE("1,-1e999999999999\n", "csv", "X:1:3: '-1e999999999999' is beyond the largest double");
    REFUSE("1,,2\n", "csv", "X:1:3: an empty cell is no number; a missing one is written nan");
    REFUSE("1,2,\n", "csv", "X:1:5: an empty cell is no number; a missing one is written nan");
    REFUSE("1,2,", "csv", "X:1:5: the file ends where a number should stand");
    REFUSE("1,2 3\n", "csv", "X:1:5: '3', where a comma should separate");
    REFUSE("1;2\n1;2,5\n", "csv", "X:2:3: '2,5' is no number; a decimal comma? Decimals have a point");
    REFUSE("1,5;2,5\n", "csv", "X:1:1: '1,5' is no number; a decimal comma? Decimals have a point");
    REFUSE("1,2\n3;4\n", "csv", "X:2:1: '3;4' is no number");
    REFUSE("1,abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz\n", "csv",
           "X:1:3: 'abcdefghijklmnopqrstuvwxyzabcdefghijklm... is no number");
}
END_TEST

START_TEST(what_is_no_text_is_named) {
    REFUSE("", "csv", "X: empty");
    REFUSE("\n\n", "csv", "X: no numbers in it");
    REFUSE("# nothing\n", "csv", "X: no numbers in it");
    REFUSE("\xff\xfe"
           "1\0",
           "csv", "X: text in UTF-16; expected plain numbers (ASCII or UTF-8)");
    REFUSE("PK\x03\x04zip", NULL,
           "X: it is a zip archive, as .npz and .xlsx files are; take the matrix out of it first");
    REFUSE("\x1f\x8b\x08", NULL, "X: it is compressed by gzip; unpack it first");
    REFUSE("1\n", "xls", "X: no format is called 'xls'; there are csv, tsv, npy, mtx and mat");
    REFUSE("1\n", "csv:a", "X: no format is called 'csv:a'; after a colon go mtx:array, mtx:coordinate and mat:NAME");
}
END_TEST

/* Rows longer than the window, and windows that end at every place of a row. */
START_TEST(long_rows_and_files_are_read_through_the_window) {
    enum { COLS = 60000, ROWS = 12 };
    char *const text = malloc((size_t)COLS * ROWS * 8);
    size_t n = 0;
    for (int i = 0; i < ROWS * COLS; i++)
        n += (size_t)sprintf(text + n, "%d%s", i, (i + 1) % COLS ? (i % 3 ? "," : " , ") : "\r\n");
    mgd_matrix_file m;
    ck_assert_msg(load_bytes(text, n, "csv", &m), "%s", why);
    ck_assert(m.rows == ROWS && m.cols == COLS);
    for (int i = 0; i < ROWS * COLS; i++) ck_assert(m.data[i] == i);
    mgd_matrix_file_free(&m);
    memcpy(text + n - 4, "x\r\n", 3);
    ck_assert(!load_bytes(text, n, "csv", &m));
    ck_assert_ptr_nonnull(strstr(why, "is no number"));
    ck_assert_int_eq(strncmp(why, "X:12:", 5), 0);
    free(text);
}
END_TEST

START_TEST(numbers_are_at_most_4096_characters_long) {
    char text[10000];
    memset(text, '0', sizeof text);
    text[1] = '.';
    text[4000] = '1';
    text[4001] = '\n';
    EXPECT("0.5\n", "csv", 1, 1, 0.5);
    expect_bytes(text, 4002, "csv", 1, 1, (const double[]){ 0 });
    char *const huge = malloc(1 << 20);
    memset(huge, '1', 1 << 20);
    mgd_matrix_file m;
    ck_assert(!load_bytes(huge, 1 << 20, "csv", &m));
    ck_assert_int_eq(strncmp(why, "X:1:1: '1111", 12), 0);
    free(huge);
}
END_TEST

START_TEST(written_matrices_read_back_bit_for_bit) {
    uint64_t random = 7;
    double x[600];
    for (int i = 0; i < 600; i++) {
        const uint64_t bits = test_random(&random);
        memcpy(&x[i], &bits, sizeof x[i]);
        if (i % 2 || isnan(x[i])) x[i] = test_uniform(&random);
    }
    x[0] = -0.0, x[1] = INFINITY, x[2] = NAN, x[3] = 5e-324, x[4] = 0x1.fffffffffffffp1023, x[5] = 0.1, x[6] = 1e22;
    static const char *const formats[] = { "csv", "tsv", "mtx", "mtx:coordinate", "npy" };
    for (int f = 0; f < 5; f++) {
        size_t size;
        char *const text = saved(formats[f], mgd_rows(x, 20, 30), &size);
        expect_bytes(text, size, formats[f], 20, 30, x);
        expect_bytes(text, size, NULL, 20, 30, x);
        free(text);
    }
}
END_TEST

START_TEST(the_text_has_the_fewest_digits) {
    const double x[] = { 0.1, 100, -2.5, 1e-7, 1. / 3, 1e300 };
    size_t size;
    char *text = saved("csv", mgd_rows(x, 2, 3), &size);
    ck_assert_str_eq(text, "0.1,100,-2.5\n1e-07,0.3333333333333333,1e+300\n");
    free(text);
    text = saved("tsv", mgd_columns(x, 2, 3), &size);
    ck_assert_str_eq(text, "0.1\t-2.5\t0.3333333333333333\n100\t1e-07\t1e+300\n");
    free(text);
}
END_TEST

TESTS("csv", rows_are_lines, the_first_line_says_what_separates, comments_and_empty_lines_at_the_ends_are_skipped,
      numbers_may_be_quoted_and_special, a_line_of_names_is_a_header, a_ragged_row_is_refused_with_both_counts,
      what_is_no_number_is_shown_with_its_place, what_is_no_text_is_named,
      long_rows_and_files_are_read_through_the_window, numbers_are_at_most_4096_characters_long,
      written_matrices_read_back_bit_for_bit, the_text_has_the_fewest_digits);
