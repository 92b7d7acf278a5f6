/* SPDX-License-Identifier: MIT */
/* Every request for memory refused in turn: a sentence, and nothing is kept. */
#include "files.h"

#include "../tape/allocations.h"

static const char *const texts[] = {
    "a,b\n1,2\n3,4\n",
    "%%MatrixMarket matrix array real general\n2 1\n1\n2\n",
    "%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 2\n",
};

static const char npy[] =
    "\x93NUMPY\x01\0\x47\0{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2)}               1234";

static size_t load_failing(FILE *stream, size_t failing, bool *read) {
    rewind(stream);
    mgd_matrix_file m;
    why[0] = 0;
    const long before = allocations.live;
    allocations.requests = 0;
    allocations.failing = failing;
    *read = mgd_load_stream(stream, "X", NULL, &m, why, sizeof why);
    allocations.failing = 0;
    const size_t requests = allocations.requests;
    const bool agree = *read == !why[0] && *read == (m.data != NULL);
    mgd_matrix_file_free(&m);
    const long kept = allocations.live - before;
    ck_assert(agree);
    ck_assert_int_eq(kept, 0);
    return requests;
}

static void check_load(const char *bytes, size_t count) {
    FILE *const known = tmpfile(), *const unknown = fmemopen((void *)(uintptr_t)bytes, count, "rb");
    ck_assert(known && unknown && fwrite(bytes, 1, count, known) == count);
    for (int k = 0; k < 2; k++) {
        FILE *const stream = k ? known : unknown;
        bool read;
        const size_t requests = load_failing(stream, 0, &read);
        ck_assert_msg(read && requests >= 2, "%s", why);
        for (size_t failing = 1; failing <= requests; failing++) {
            load_failing(stream, failing, &read);
            if (read) continue; /* the last one may only have made the data smaller */
            ck_assert_msg(strstr(why, "memory") != NULL, "%s", why);
        }
    }
    fclose(known);
    fclose(unknown);
}

START_TEST(a_load_without_memory_says_so) {
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) check_load(texts[i], strlen(texts[i]));
    check_load(npy, sizeof npy - 1);
}
END_TEST

START_TEST(a_save_without_memory_says_so) {
    FILE *const stream = tmpfile();
    allocations.requests = 0;
    allocations.failing = 1;
    ck_assert(!mgd_save_stream(stream, "X", "csv", mgd_rows((double[]){ 1 }, 1, 1), why, sizeof why));
    ck_assert_str_eq(why, "X: out of memory");
    allocations.failing = 0;
    ck_assert_int_eq(ftell(stream), 0);
    fclose(stream);
}
END_TEST

TESTS("memory of files", a_load_without_memory_says_so, a_save_without_memory_says_so);
