/* SPDX-License-Identifier: MIT */
/* MAT-files: read and written where the library was built with libmatio, refused with advice where it was not. */
#include "files.h"
#include "mat_samples.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/matgrad-mat-XXXXXX", path[64];

static const char *put(const unsigned char *bytes, size_t size) {
    FILE *const f = fopen(path, "wb");
    ck_assert(f && fwrite(bytes, 1, size, f) == size);
    fclose(f);
    return path;
}

static void set_up(void) {
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/X.mat", folder);
}

static void tear_down(void) {
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0); /* nothing else is left in it */
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
}

static void expect(const char *format, int64_t rows, int64_t cols, const double *entries) {
    mgd_matrix_file m;
    ck_assert_msg(mgd_load(path, format, &m, why, sizeof why), "%s", why);
    ck_assert(m.rows == rows && m.cols == cols);
    ck_assert(!memcmp(m.data, entries, (size_t)(rows * cols) * sizeof *entries));
    mgd_matrix_file_free(&m);
}

static void expect_no_load(const char *format, const char *sentence) {
    mgd_matrix_file m;
    char message[MGD_WHY];
    snprintf(message, sizeof message, "%s: %s", path, sentence);
    ck_assert(!mgd_load(path, format, &m, why, sizeof why));
    ck_assert_str_eq(why, message);
    ck_assert_ptr_null(m.data);
}

static const double A[] = { 1.5, -2, 3, 4, 5, 6 };

START_TEST(matrices_of_mat_files_are_read) {
    if (!mgd_matio()) return;
    set_up();
    put(one_matrix, sizeof one_matrix);
    expect(NULL, 3, 2, A);
    expect("mat:A", 3, 2, A);
    expect_no_load("mat:B", "no variable 'B' in it");
    put(several, sizeof several);
    expect("mat:A", 3, 2, A);
    expect("mat:B", 1, 2, (const double[]){ 1, -2 });
    expect("mat:S", 2, 2, (const double[]){ 0, 2.5, 0, 0 });
    expect("mat:L", 1, 1, (const double[]){ 1 });
    expect_no_load("mat:c", "'c' is complex; read are real matrices");
    expect_no_load("mat:t", "'t' is text; read are real matrices");
    expect_no_load("mat:s", "'s' is a struct; read are real matrices");
    expect_no_load("mat:D", "'D' has 3 dimensions; a matrix has two");
    expect_no_load("mat:e", "0x0: a matrix has at least one row and one column");
    mgd_matrix_file m;
    ck_assert(!mgd_load(path, NULL, &m, why, sizeof why));
    ck_assert_ptr_nonnull(strstr(why, " matrices in it; say which by the format mat:NAME: A, B, S"));
    tear_down();
}
END_TEST

START_TEST(what_is_written_reads_back) {
    if (!mgd_matio()) return;
    set_up();
    ck_assert_msg(mgd_save(path, NULL, mgd_rows(A, 3, 2), why, sizeof why), "%s", why);
    expect("mat:X", 3, 2, A);
    ck_assert_msg(mgd_save(path, "mat:G_1", mgd_columns(A, 2, 3), why, sizeof why), "%s", why);
    expect(NULL, 2, 3, (const double[]){ 1.5, 3, 5, -2, 4, 6 });
    ck_assert(!mgd_save(path, "mat:1a", mgd_rows(A, 3, 2), why, sizeof why));
    ck_assert_ptr_nonnull(strstr(why, "'1a' is no name that MATLAB has"));
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 150;
    setrlimit(RLIMIT_FSIZE, &small);
    ck_assert(!mgd_save(path, NULL, mgd_rows(A, 3, 2), why, sizeof why));
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert_ptr_nonnull(strstr(why, "writing failed"));
    expect("mat:G_1", 2, 3, (const double[]){ 1.5, 3, 5, -2, 4, 6 });
    tear_down();
}
END_TEST

START_TEST(truncated_files_are_refused) {
    if (!mgd_matio()) return;
    set_up();
    for (size_t n = 0; n < sizeof one_matrix; n++) {
        put(one_matrix, n);
        mgd_matrix_file m;
        ck_assert_msg(!mgd_load(path, "mat", &m, why, sizeof why), "%zu bytes of %zu", n, sizeof one_matrix);
        ck_assert(!strncmp(why, path, strlen(path)));
    }
    put(one_matrix, 190);
    expect_no_load("mat", "truncated: 96 bytes follow at byte 136, and the file has 190");
    ck_assert_int_eq(unlink(path) + mkfifo(path, 0600), 0);
    const pid_t child = fork();
    if (child == 0) {
        put(one_matrix, sizeof one_matrix);
        _exit(0);
    }
    expect_no_load(NULL, "a MAT-file is read from an ordinary file only");
    ck_assert(waitpid(child, NULL, 0) == child && unlink(path) == 0);
    put((const unsigned char *)"1,2\n", 4);
    expect_no_load(NULL, "truncated: 4 bytes, and a MAT-file begins with 128");
    tear_down();
}
END_TEST

START_TEST(without_libmatio_there_is_advice) {
    set_up();
    mgd_matrix_file m;
    put(one_matrix, sizeof one_matrix);
    if (!mgd_matio()) {
        static const char *const advice =
            "MAT-files need libmatio, which this library was built without (Debian: libmatio-dev)";
        expect_no_load(NULL, advice);
        ck_assert(!mgd_save(path, NULL, mgd_rows(A, 3, 2), why, sizeof why));
        ck_assert_ptr_nonnull(strstr(why, advice));
    }
    ck_assert(!load_bytes(one_matrix, sizeof one_matrix, NULL, &m));
    ck_assert_str_eq(why, "X: a MAT-file is read by its name, not from a stream");
    ck_assert(!mgd_save_stream(stdout, "X", "mat", mgd_rows(A, 3, 2), why, sizeof why));
    ck_assert_str_eq(why, "X: a MAT-file is written by its name, not to a stream");
    tear_down();
}
END_TEST

TESTS("mat", matrices_of_mat_files_are_read, what_is_written_reads_back, truncated_files_are_refused,
      without_libmatio_there_is_advice);
