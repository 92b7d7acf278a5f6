/* SPDX-License-Identifier: MIT */
/* Files by their names: what cannot be read, and that a file is replaced by a whole one or not at all. */
#include "files.h"

#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/matgrad-files-XXXXXX", text[512];
static const double numbers[] = { 1, 2, 3, 4, 5, 6 };

static void set_up(void) {
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

static int entries_of_folder(void) {
    DIR *const d = opendir(".");
    int count = 0;
    for (struct dirent *e; (e = readdir(d));) count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return count;
}

static void tear_down(void) {
    DIR *const d = opendir(".");
    for (struct dirent *e; (e = readdir(d));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && unlink(e->d_name)) rmdir(e->d_name);
    closedir(d);
    ck_assert_int_eq(rmdir(folder), 0);
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
}

static bool save(const char *path, const char *format) {
    return mgd_save(path, format, mgd_rows(numbers, 2, 3), why, sizeof why);
}

static const char *content_of(const char *path) {
    FILE *const f = fopen(path, "rb");
    ck_assert_ptr_nonnull(f);
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    return text;
}

static void put(const char *path, const char *content) {
    FILE *const f = fopen(path, "wb");
    fputs(content, f);
    fclose(f);
}

static void expect_no_load(const char *path, const char *message) {
    mgd_matrix_file m;
    ck_assert(!mgd_load(path, NULL, &m, why, sizeof why));
    ck_assert_str_eq(why, message);
}

static void expect_no_save(const char *path, const char *format, const char *message) {
    ck_assert(!save(path, format));
    ck_assert_str_eq(why, message);
}

START_TEST(the_end_of_the_name_says_the_format) {
    set_up();
    static const char *const names[] = { "X.csv", "X.tsv", "X.npy", "X.mtx", "X.MTX", "a.b.NPY", "X.mm" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_msg(save(names[i], NULL), "%s", why);
        mgd_matrix_file m;
        ck_assert_msg(mgd_load(names[i], NULL, &m, why, sizeof why), "%s", why);
        ck_assert(m.rows == 2 && m.cols == 3 && !memcmp(m.data, numbers, sizeof numbers));
        mgd_matrix_file_free(&m);
        ck_assert_int_eq(rename(names[i], "nothing"), 0);
        ck_assert_msg(mgd_load("nothing", NULL, &m, why, sizeof why), "%s", why);
        ck_assert(m.rows == 2 && m.cols == 3 && !memcmp(m.data, numbers, sizeof numbers));
        mgd_matrix_file_free(&m);
    }
    expect_no_save("X", NULL, "X: the name's end says no format; there are .csv, .tsv, .npy, .mtx and .mat");
    expect_no_save("X.xls", NULL, "X.xls: the name's end says no format; there are .csv, .tsv, .npy, .mtx and .mat");
    ck_assert(save("X.xls", "CSV"));
    ck_assert_str_eq(content_of("X.xls"), "1,2,3\n4,5,6\n");
    tear_down();
}
END_TEST

START_TEST(what_cannot_be_opened_is_named) {
    set_up();
    mkdir("folder.csv", 0777);
    put("empty.csv", "");
    put("ragged.csv", "1,2\n3\n");
    expect_no_load("missing.csv", "missing.csv: no such file");
    expect_no_load("folder.csv", "folder.csv: a directory, where a file should be");
    expect_no_load("empty.csv", "empty.csv: empty");
    expect_no_load("ragged.csv", "ragged.csv:2: 1 number, where the first row has 2");
    expect_no_load("ragged.csv/X", "ragged.csv/X: Not a directory");
    expect_no_load(NULL, "load: no file: NULL");
    mgd_matrix_file m;
    FILE *const stream = fopen("folder.csv", "rb");
    ck_assert(!mgd_load_stream(stream, "S", "csv", &m, why, sizeof why));
    ck_assert_str_eq(why, "S: reading failed: Is a directory");
    fclose(stream);
    expect_no_save("folder.csv", NULL, "folder.csv: a directory, where a file should be");
    expect_no_save("no/X.csv", NULL, "no/X.csv: no file can be made in its folder: No such file or directory");
    expect_no_save(NULL, NULL, "save: no file: NULL");
    ck_assert(!mgd_save("X.csv", NULL, mgd_rows(NULL, 2, 3), why, sizeof why));
    ck_assert_str_eq(why, "X.csv: no matrix to write: its data is NULL");
    ck_assert(!mgd_save("X.csv", NULL, mgd_rows(numbers, 0, 3), why, sizeof why));
    ck_assert_str_eq(why, "X.csv: 0x3: a matrix has at least one row and one column");
    ck_assert(!mgd_save("X.csv", NULL, mgd_rows(NULL, 2, 3), NULL, 0));
    ck_assert(!mgd_load("X.csv", NULL, NULL, why, 8));
    ck_assert_str_eq(why, "X.csv: ");
    ck_assert_int_eq(entries_of_folder(), 3);
    tear_down();
}
END_TEST

START_TEST(null_is_refused_kindly) {
    mgd_matrix_file m;
    size_t size;
    char *const csv = saved("csv", mgd_rows(numbers, 2, 3), &size);
    mgd_matrix_file_free(NULL);
    ck_assert(!mgd_load(NULL, NULL, NULL, NULL, 0) && !mgd_load_stream(NULL, NULL, NULL, NULL, NULL, 7));
    ck_assert(!mgd_load_stream(NULL, NULL, NULL, &m, why, sizeof why));
    ck_assert_str_eq(why, "stream: no stream: NULL");
    ck_assert(!mgd_save(NULL, NULL, mgd_rows(NULL, 0, 0), NULL, 0));
    ck_assert(!mgd_save_stream(NULL, NULL, NULL, mgd_rows(numbers, 2, 3), NULL, 0));
    FILE *const stream = fmemopen(csv, size, "rb");
    ck_assert(mgd_load_stream(stream, NULL, NULL, &m, NULL, 0));
    ck_assert(!mgd_load_stream(stream, NULL, NULL, NULL, why, sizeof why));
    mgd_matrix_file_free(&m);
    mgd_matrix_file_free(&m);
    fclose(stream);
    free(csv);
}
END_TEST

START_TEST(of_a_long_name_the_end_is_shown) {
    char name[2000];
    memset(name, 'a', sizeof name);
    strcpy(name + sizeof name - 6, "/.csv");
    mgd_matrix_file m;
    ck_assert(!mgd_load(name, NULL, &m, why, sizeof why));
    ck_assert_int_eq(strncmp(why, "...aaaaa", 8), 0);
    ck_assert_ptr_nonnull(strstr(why, "a/.csv: "));
}
END_TEST

START_TEST(permissions_are_an_ordinary_files) {
    set_up();
    const mode_t mask = umask(027);
    struct stat about;
    ck_assert(save("X.csv", NULL) && stat("X.csv", &about) == 0);
    ck_assert_int_eq(about.st_mode & 0777, 0640);
    ck_assert(chmod("X.csv", 0604) == 0 && save("X.csv", NULL) && stat("X.csv", &about) == 0);
    ck_assert_int_eq(about.st_mode & 0777, 0604);
    umask(mask);
    ck_assert(symlink("X.csv", "link.csv") == 0);
    put("X.csv", "old");
    ck_assert(save("link.csv", NULL) && lstat("link.csv", &about) == 0 && S_ISLNK(about.st_mode));
    ck_assert_str_eq(content_of("X.csv"), "1,2,3\n4,5,6\n");
    ck_assert_int_eq(entries_of_folder(), 2);
    tear_down();
}
END_TEST

/* A limit on the size of files stands for a full disk. */
START_TEST(a_failure_leaves_the_old_file) {
    set_up();
    put("X.csv", "old\n");
    put("X.npy", "old\n");
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 4;
    setrlimit(RLIMIT_FSIZE, &small);
    expect_no_save("X.csv", NULL, "X.csv: writing failed: File too large");
    expect_no_save("X.npy", NULL, "X.npy: writing failed: File too large");
    expect_no_save("new.csv", NULL, "new.csv: writing failed: File too large");
    double *const many = calloc(20000, sizeof *many);
    for (int f = 0; f < 3; f++) {
        ck_assert(
            !mgd_save("X.csv", (const char *[]){ "csv", "npy", "mtx" }[f], mgd_rows(many, 100, 200), why, sizeof why));
        ck_assert_str_eq(why, "X.csv: writing failed: File too large");
    }
    free(many);
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert_str_eq(content_of("X.csv"), "old\n");
    ck_assert_str_eq(content_of("X.npy"), "old\n");
    ck_assert_int_eq(entries_of_folder(), 2);
    if (access("/dev/full", W_OK) == 0)
        expect_no_save("/dev/full", "csv", "/dev/full: writing failed: No space left on device");
    tear_down();
}
END_TEST

START_TEST(a_pipe_is_written_and_read_directly) {
    set_up();
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    for (int f = 0; f < 3; f++) {
        const char *const format = (const char *[]){ "csv", "npy", "mtx" }[f];
        const pid_t child = fork();
        if (child == 0) _exit(save("pipe", format) ? 0 : 1);
        mgd_matrix_file m;
        ck_assert_msg(mgd_load("pipe", NULL, &m, why, sizeof why), "%s", why);
        ck_assert(m.rows == 2 && m.cols == 3 && !memcmp(m.data, numbers, sizeof numbers));
        mgd_matrix_file_free(&m);
    }
    tear_down();
}
END_TEST

START_TEST(a_line_stands_for_the_standard_streams) {
    set_up();
    const int out = dup(1), in = dup(0);
    fflush(stdout);
    ck_assert(freopen("out", "wb", stdout) && save("-", NULL));
    ck_assert(mgd_save("-", "tsv", mgd_rows(numbers, 1, 2), why, sizeof why));
    dup2(out, 1);
    ck_assert_str_eq(content_of("out"), "1,2,3\n4,5,6\n1\t2\n");
    put("in", "1 2\n3 x\n");
    ck_assert_ptr_nonnull(freopen("in", "rb", stdin));
    expect_no_load("-", "standard input:2:3: 'x' is no number");
    dup2(in, 0);
    close(in), close(out);
    tear_down();
}
END_TEST

START_TEST(the_locale_changes_nothing) {
    static const char *const commas[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE", NULL };
    const char *const *name = commas;
    while (*name && !setlocale(LC_ALL, *name)) name++;
    const double x[] = { 0.5, 1e-300, 1.2345678901234567e200 };
    size_t size;
    char *const csv = saved("csv", mgd_rows(x, 1, 3), &size);
    ck_assert_str_eq(csv, "0.5,1e-300,1.2345678901234567e+200\n");
    expect_bytes(csv, size, "csv", 1, 3, x);
    free(csv);
    setlocale(LC_ALL, "C");
}
END_TEST

TESTS("files", the_end_of_the_name_says_the_format, null_is_refused_kindly, of_a_long_name_the_end_is_shown,
      what_cannot_be_opened_is_named, permissions_are_an_ordinary_files, a_failure_leaves_the_old_file,
      a_pipe_is_written_and_read_directly, a_line_stands_for_the_standard_streams, the_locale_changes_nothing);
