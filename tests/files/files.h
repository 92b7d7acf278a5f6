/* SPDX-License-Identifier: MIT */
/* Files that are in memory, or in a folder that is removed. */
#ifndef MGD_TEST_FILES_H
#define MGD_TEST_FILES_H

#define _XOPEN_SOURCE 700 /* fmemopen, mkdtemp */
#include "support/support.h"

#include <matgrad.h>

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static char why[MGD_WHY];

__attribute__((unused)) static bool load_bytes(const void *bytes, size_t count, const char *format,
                                               mgd_matrix_file *m) {
    FILE *const stream = fmemopen((void *)(uintptr_t)bytes, count, "rb");
    ck_assert_ptr_nonnull(stream);
    why[0] = 0;
    const bool read = mgd_load_stream(stream, "X", format, m, why, sizeof why);
    fclose(stream);
    ck_assert(read == (m->data != NULL) && read == !why[0]);
    return read;
}

/* The same through a file, whose length is known beforehand. */
__attribute__((unused)) static bool load_file(const void *bytes, size_t count, const char *format, mgd_matrix_file *m) {
    FILE *const stream = tmpfile();
    ck_assert(stream && fwrite(bytes, 1, count, stream) == count);
    rewind(stream);
    why[0] = 0;
    const bool read = mgd_load_stream(stream, "X", format, m, why, sizeof why);
    fclose(stream);
    ck_assert(read == (m->data != NULL) && read == !why[0]);
    return read;
}

__attribute__((unused)) static void expect_bytes(const void *bytes, size_t count, const char *format, int64_t rows,
                                                 int64_t cols, const double *entries) {
    for (int known = 0; known < 2; known++) {
        mgd_matrix_file m;
        ck_assert_msg((known ? load_file : load_bytes)(bytes, count, format, &m), "%s", why);
        ck_assert_int_eq(m.rows, rows);
        ck_assert_int_eq(m.cols, cols);
        for (int64_t i = 0; i < rows * cols; i++)
            ck_assert_msg(!memcmp(&m.data[i], &entries[i], sizeof *entries) || (isnan(m.data[i]) && isnan(entries[i])),
                          "entry %d is %.17g, not %.17g", (int)i, m.data[i], entries[i]);
        mgd_matrix_file_free(&m);
        ck_assert_ptr_null(m.data);
    }
}

#define EXPECT(text, format, rows, cols, ...)                                                                          \
    expect_bytes(text, sizeof text - 1, format, rows, cols, (const double[]){ __VA_ARGS__ })

__attribute__((unused)) static void expect_refusal(const void *bytes, size_t count, const char *format,
                                                   const char *message) {
    mgd_matrix_file m;
    ck_assert_msg(!load_bytes(bytes, count, format, &m), "read, where it should say: %s", message);
    ck_assert_str_eq(why, message);
    ck_assert(!m.data && !m.header && m.rows == 0 && m.cols == 0);
}

#define REFUSE(text, format, message) expect_refusal(text, sizeof text - 1, format, message)

/* What is saved, to be freed. */
__attribute__((unused, noinline)) static char *saved(const char *format, mgd_array a, size_t *size) {
    char *text = NULL;
    FILE *const stream = open_memstream(&text, size);
    why[0] = 0;
    ck_assert_msg(mgd_save_stream(stream, "X", format, a, why, sizeof why), "%s", why);
    fclose(stream);
    return text;
}

#endif
