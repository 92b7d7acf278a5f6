/* SPDX-License-Identifier: MIT */
/* NPY: files that NumPy wrote in every type, order and version that is read, and what is refused by its name. */
#include "files.h"
#include "samples.h"

START_TEST(files_of_numpy_are_read) {
    for (size_t i = 0; i < sizeof npy_samples / sizeof *npy_samples; i++) {
        expect_bytes(npy_samples[i].bytes, npy_samples[i].size, "npy", npy_samples[i].rows, npy_samples[i].cols,
                     npy_samples[i].entries);
        expect_bytes(npy_samples[i].bytes, npy_samples[i].size, NULL, npy_samples[i].rows, npy_samples[i].cols,
                     npy_samples[i].entries);
    }
}
END_TEST

#define REFUSE_SAMPLE(name, message) expect_refusal(name, sizeof name, NULL, message)

START_TEST(what_is_no_matrix_of_reals_is_refused_by_name) {
    static const char *const others = "; read are float64, float32, integers and bool";
    static const struct {
        const unsigned char *bytes;
        size_t size;
        const char *what;
    } types[] = {
        { refused_complex128, sizeof refused_complex128, "complex128 ('<c16')" },
        { refused_complex64, sizeof refused_complex64, "complex64 ('<c8')" },
        { refused_float16, sizeof refused_float16, "float16 ('<f2')" },
        { refused_objects, sizeof refused_objects, "Python objects ('|O')" },
        { refused_strings, sizeof refused_strings, "strings ('<U2')" },
        { refused_bytes_strings, sizeof refused_bytes_strings, "strings ('|S2')" },
        { refused_dates, sizeof refused_dates, "dates ('<M8[D]')" },
        { refused_spans, sizeof refused_spans, "time spans ('<m8[s]')" },
        { refused_longdouble, sizeof refused_longdouble, "long double ('<f16')" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char message[MGD_WHY];
        snprintf(message, sizeof message, "X: it holds %s%s", types[i].what, others);
        expect_refusal(types[i].bytes, types[i].size, "npy", message);
    }
    REFUSE_SAMPLE(refused_records, "X: it holds records with fields; read are plain numbers");
    REFUSE_SAMPLE(refused_cube, "X: an array of 3 dimensions, (1, 2, 1); a matrix has two");
    REFUSE_SAMPLE(refused_none, "X: 0x3: a matrix has at least one row and one column");
}
END_TEST

/* An npy file of version 1 with this dictionary and `count` bytes behind. */
static void refuse_dictionary(const char *dictionary, size_t count, const char *message) {
    unsigned char bytes[400] = "\x93NUMPY\x01";
    const size_t length = strlen(dictionary);
    bytes[8] = (unsigned char)length;
    memcpy(bytes + 10, dictionary, length);
    for (int known = 0; known < 2; known++) {
        mgd_matrix_file m;
        ck_assert_msg(!(known ? load_file : load_bytes)(bytes, 10 + length + count, "npy", &m), "read: %s", dictionary);
        ck_assert_str_eq(why, message);
    }
}

START_TEST(a_header_is_read_with_care) {
    EXPECT("\x93NUMPY\x01\0\x3a\0{\"shape\":(1,1L),'fortran_order':True , 'descr' : '|u1'}   *", "npy", 1, 1, 42);
    refuse_dictionary("", 8, "X: byte 10: the header is not NumPy's: expected '{', found nothing");
    refuse_dictionary("{}", 8, "X: its header has no key 'descr'");
    refuse_dictionary("{'descr': '<f8', 'shape': (1,)}", 8, "X: its header has no key 'fortran_order'");
    refuse_dictionary("{'descr': '<f8', 'descr': '<f8'}", 8, "X: its header has twice the key 'descr'");
    refuse_dictionary("{'order': 1}", 8, "X: its header has an unknown key 'order'");
    refuse_dictionary("{'descr': '<f8'", 8,
                      "X: byte 25: the header is not NumPy's: expected ',' or '}', found nothing");
    refuse_dictionary("{'descr': <f8}", 8,
                      "X: byte 20: the header is not NumPy's: expected the type of the entries, found '<f8}'");
    refuse_dictionary("{'fortran_order': Maybe}", 8,
                      "X: byte 28: the header is not NumPy's: expected True or False, found 'Maybe}'");
    refuse_dictionary("{'shape': (-1,)}", 8,
                      "X: byte 21: the header is not NumPy's: expected a whole number of rows or "
                      "columns, found '-1,)}'");
    refuse_dictionary("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x", 8,
                      "X: byte 66: the header is not NumPy's: expected nothing after '}', found 'x'");
    refuse_dictionary("{'descr': '<q9'}", 8,
                      "X: it holds entries of an unknown type ('<q9'); read are float64, float32, "
                      "integers and bool");
}
END_TEST

START_TEST(sizes_are_checked_before_memory_is_asked_for) {
#define ENTRIES(type, shape) "{'descr': '" type "', 'fortran_order': False, 'shape': " shape ", }"
    refuse_dictionary(ENTRIES("<f8", "(2147483648, 1)"), 8,
                      "X: 2147483648x1: a matrix has at most 2147483647 rows and columns");
    refuse_dictionary(ENTRIES("<f8", "(1, 99999999999999999999999)"), 8,
                      "X: byte 64: the header is not NumPy's: expected a number of rows or columns of at most 18 "
                      "digits, found '99999999999999999999999'");
    mgd_matrix_file m;
    static const char claim[] = "\x93NUMPY\x01\0\x45\0" ENTRIES("<f8", "(20000, 20000)") "  12345678";
    ck_assert(!load_file(claim, sizeof claim - 1, "npy", &m));
    ck_assert_str_eq(why, "X: truncated: 20000x20000 entries of 8 bytes need 3200000000 bytes after the header, 8 are "
                          "there");
    ck_assert(!load_bytes(claim, sizeof claim - 1, "npy", &m));
    ck_assert_str_eq(why, "X: truncated: 20000x20000 entries of 8 bytes need 3200000000 bytes after the header, 8 are "
                          "there");
    refuse_dictionary(ENTRIES("<f8", "(1, 2)"), 15,
                      "X: truncated: 1x2 entries of 8 bytes need 16 bytes after the header, 15 are there");
    refuse_dictionary(ENTRIES("<i2", "(1, 2)"), 5, "X: byte 73: more follows the 1x2 entries");
    static const char huge[] = "\x93NUMPY\x01\0\x4f\0" ENTRIES("<f8", "(2147483647, 2147483647)") "  12345678";
    ck_assert(!load_file(huge, sizeof huge - 1, "npy", &m));
    ck_assert_int_eq(strncmp(why, "X: 2147483647x2147483647 numbers need 3.69e+10 GB of memory, and ", 65), 0);
}
END_TEST

START_TEST(what_does_not_begin_like_npy_is_refused) {
    REFUSE("1,2\n", "npy", "X: it does not begin as an npy file does, with \\x93NUMPY");
    REFUSE("\x93NUM", "npy", "X: truncated: it ends at byte 4, in the first 8");
    REFUSE("\x93NUMPY\x04\x01", "npy", "X: npy version 4.1; read are 1, 2 and 3");
    REFUSE("\x93NUMPY\x01\0\x10", "npy", "X: truncated: it ends at byte 9, in the length of the header");
    REFUSE("\x93NUMPY\x01\0\x10\0{'descr'", "npy", "X: truncated: it ends at byte 18, in the header");
    REFUSE("\x93NUMPY\x02\0\xff\xff\xff\xff", "npy", "X: a header of 4294967295 bytes; at most 1048576 are read");
    REFUSE("", "npy", "X: empty");
}
END_TEST

static void check_large(bool fortran, bool known) {
    enum { ROWS = 700, COLS = 301 };
    double *const x = malloc(sizeof(double) * ROWS * COLS);
    for (int i = 0; i < ROWS * COLS; i++) x[i] = i;
    size_t size;
    char *const bytes = saved("npy", fortran ? mgd_rows(x, COLS, ROWS) : mgd_rows(x, ROWS, COLS),
                              &size); /* the transposed, relabelled */
    if (fortran) {
        char *const order = strstr(bytes + 10, "False, 'shape': (301, 700)");
        ck_assert_ptr_nonnull(order);
        memcpy(order, "True , 'shape': (700, 301)", 26);
    }
    mgd_matrix_file m;
    ck_assert_msg((known ? load_file : load_bytes)(bytes, size, NULL, &m), "%s", why);
    ck_assert(m.rows == ROWS && m.cols == COLS);
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLS; j++) ck_assert(m.data[i * COLS + j] == (fortran ? j * ROWS + i : i * COLS + j));
    mgd_matrix_file_free(&m);
    free(bytes);
    free(x);
}

START_TEST(large_files_are_read_in_parts) {
    for (int k = 0; k < 4; k++) check_large(k & 1, k & 2);
}
END_TEST

START_TEST(the_header_is_padded_and_the_precision_kept) {
    const float x[] = { 1.5f, 2, 3, 4, 5, 6 };
    size_t size;
    char *bytes = saved("npy", mgd_columns_float(x, 3, 2), &size);
    ck_assert_uint_eq(size, 128 + 24);
    static const char start[] = "\x93NUMPY\x01\0\x76\0{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), } ";
    ck_assert(!memcmp(bytes, start, sizeof start - 1));
    ck_assert_int_eq(bytes[127], '\n');
    expect_bytes(bytes, size, "npy", 3, 2, (const double[]){ 1.5, 4, 2, 5, 3, 6 });
    free(bytes);
    bytes = saved("npy", (mgd_array){ (double[]){ 1, 2, 3, 4 }, 2, 1, 2, 1, MGD_DOUBLE }, &size);
    expect_bytes(bytes, size, "npy", 2, 1, (const double[]){ 1, 3 });
    free(bytes);
}
END_TEST

TESTS("npy", files_of_numpy_are_read, what_is_no_matrix_of_reals_is_refused_by_name, a_header_is_read_with_care,
      sizes_are_checked_before_memory_is_asked_for, what_does_not_begin_like_npy_is_refused,
      large_files_are_read_in_parts, the_header_is_padded_and_the_precision_kept);
