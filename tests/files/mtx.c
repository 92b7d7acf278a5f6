/* SPDX-License-Identifier: MIT */
/* Matrix Market, in the forms that SciPy and the NIST write. */
#include "files.h"

#define BANNER "%%MatrixMarket matrix "

START_TEST(arrays_are_column_by_column) {
    EXPECT(BANNER "array real general\n%\n3 2\n1\n2\n3\n4\n5\n6\n", "mtx", 3, 2, 1, 4, 2, 5, 3, 6);
    EXPECT(BANNER "array integer general\n% two\n% comments\n\n 1  2 \n  -7 \n\n8\n", NULL, 1, 2, -7, 8);
    EXPECT("%%matrixmarket MATRIX Array Real General\r\n2 1\r\n1e3\r\nnan\r\n", "mtx", 2, 1, 1000, NAN);
    EXPECT(BANNER "array real symmetric\n2 2\n1\n2\n3\n", "mtx", 2, 2, 1, 2, 2, 3);
    EXPECT(BANNER "array real skew-symmetric\n3 3\n1\n2\n3\n", "mtx", 3, 3, 0, -1, -2, 1, 0, -3, 2, 3, 0);
    EXPECT(BANNER "array real skew-symmetric\n1 1\n", "mtx", 1, 1, 0);
}
END_TEST

START_TEST(coordinates_count_from_one) {
    EXPECT(BANNER "coordinate real general\n2 3 2\n1 3 2.5\n2 1 -1\n", "mtx", 2, 3, 0, 0, 2.5, -1, 0, 0);
    EXPECT(BANNER "coordinate integer symmetric\n2 2 2\n1 1 4\n2 1 5\n", "mtx", 2, 2, 4, 5, 5, 0);
    EXPECT(BANNER "coordinate real skew-symmetric\n2 2 1\n2 1 5\n", "mtx", 2, 2, 0, -5, 5, 0);
    EXPECT(BANNER "coordinate pattern general\n2 2 2\n1 2\n2 2\n", "mtx", 2, 2, 0, 1, 0, 1);
    EXPECT(BANNER "coordinate pattern symmetric\n2 2 2\n2 1\n2 2\n", "mtx", 2, 2, 0, 1, 1, 1);
    EXPECT(BANNER "coordinate real general\n2 2 0\n", "mtx", 2, 2, 0, 0, 0, 0);
    EXPECT(BANNER "coordinate real general\n1 1 2\n1 1 2\n1 1 3\n", "mtx", 1, 1, 5);
}
END_TEST

START_TEST(the_banner_is_checked_word_by_word) {
    REFUSE("1,2\n", "mtx", "X:1: it does not begin as a Matrix Market file does, with %%MatrixMarket");
    REFUSE("%%MatrixMarket vector array real general\n", "mtx",
           "X:1: 'vector' in the banner, where it should be matrix");
    REFUSE(BANNER "dense real general\n", "mtx", "X:1: 'dense' in the banner, where it should be array or coordinate");
    REFUSE(BANNER "array complex general\n1 1\n1 0\n", "mtx",
           "X:1: a complex matrix; read are real, integer and pattern");
    REFUSE(BANNER "array quaternion general\n", "mtx",
           "X:1: 'quaternion' in the banner, where it should be real, integer or pattern");
    REFUSE(BANNER "coordinate real hermitian\n", "mtx",
           "X:1: a hermitian matrix; read are general, symmetric and skew-symmetric");
    REFUSE(BANNER "array real\n", "mtx",
           "X:1: '' in the banner, where it should be general, symmetric or skew-symmetric");
    REFUSE(BANNER "array real general twice\n", "mtx", "X:1:42: more in the banner than its five words");
    REFUSE(BANNER "array pattern general\n", "mtx", "X:1: a pattern matrix is coordinate, and general or symmetric");
}
END_TEST

START_TEST(sizes_are_checked_before_memory_is_asked_for) {
    REFUSE(BANNER "array real general\n", "mtx", "X:2: the file ends where its sizes should stand");
    REFUSE(BANNER "array real general\n0 3\n", "mtx", "X:2:1: '0' is no number of rows from 1 to 2147483647");
    REFUSE(BANNER "array real general\n3 2147483648\n", "mtx",
           "X:2:3: '2147483648' is no number of columns from 1 to 2147483647");
    REFUSE(BANNER "array real general\n3\n", "mtx", "X:2:2: the line ends where the number of columns should stand");
    REFUSE(BANNER "array real general\n3 2 1\n", "mtx", "X:2:5: '1', where the line should end");
    REFUSE(BANNER "coordinate real general\n3 2\n", "mtx",
           "X:2:4: the line ends where the number of entries should stand");
    REFUSE(BANNER "array real symmetric\n3 2\n", "mtx", "X:2: a symmetric matrix of 3x2; it should be square");
    mgd_matrix_file m;
    static const char claim[] = BANNER "array real general\n20000 20000\n1\n";
    ck_assert(!load_file(claim, sizeof claim - 1, "mtx", &m));
    ck_assert_str_eq(why, "X: truncated: 400000000 entries cannot stand in the 3 bytes after the sizes");
    static const char huge[] = BANNER "coordinate real general\n2147483647 2147483647 1\n1 1 1\n";
    ck_assert(!load_file(huge, sizeof huge - 1, "mtx", &m));
    ck_assert_int_eq(strncmp(why, "X: 2147483647x2147483647 numbers need 3.69e+10 GB of memory, and ", 65), 0);
}
END_TEST

START_TEST(entries_are_checked_one_by_one) {
    REFUSE(BANNER "array real general\n2 1\n1\n", "mtx", "X:4: the file ends after 1 of 2 entries");
    REFUSE(BANNER "array real general\n2 1\n1\nx\n", "mtx", "X:4:1: 'x' is no number");
    REFUSE(BANNER "array real general\n2 1\n1 2\n", "mtx", "X:3:3: '2', where the line should end");
    REFUSE(BANNER "array real general\n1 1\n1e999\n", "mtx", "X:3:1: '1e999' is beyond the largest double");
    REFUSE(BANNER "array real general\n1 1\n1\n2\n", "mtx", "X:4: more follows the last entry");
    REFUSE(BANNER "coordinate real general\n2 2 1\n3 1 5\n", "mtx", "X:3:1: '3' is no row from 1 to 2");
    REFUSE(BANNER "coordinate real general\n2 2 1\n1 0 5\n", "mtx", "X:3:3: '0' is no column from 1 to 2");
    REFUSE(BANNER "coordinate real general\n2 2 1\n1 1\n", "mtx", "X:3:4: the line ends where a number should stand");
    REFUSE(BANNER "coordinate real symmetric\n2 2 1\n1 2 5\n", "mtx",
           "X:3: entry (1, 2); a symmetric file holds the entries below the diagonal and on it");
    REFUSE(BANNER "coordinate real skew-symmetric\n2 2 1\n2 2 5\n", "mtx",
           "X:3: entry (2, 2); a skew-symmetric file holds the entries below the diagonal");
}
END_TEST

START_TEST(both_forms_are_written) {
    const double x[] = { 1.5, 0, -0.0, 4 };
    size_t size;
    char *text = saved("mtx", mgd_rows(x, 2, 2), &size);
    ck_assert_str_eq(text, BANNER "array real general\n2 2\n1.5\n-0\n0\n4\n");
    free(text);
    text = saved("mtx:coordinate", mgd_rows(x, 2, 2), &size);
    ck_assert_str_eq(text, BANNER "coordinate real general\n2 2 3\n1 1 1.5\n2 1 -0\n2 2 4\n");
    expect_bytes(text, size, NULL, 2, 2, x);
    free(text);
}
END_TEST

TESTS("mtx", arrays_are_column_by_column, coordinates_count_from_one, the_banner_is_checked_word_by_word,
      sizes_are_checked_before_memory_is_asked_for, entries_are_checked_one_by_one, both_forms_are_written);
