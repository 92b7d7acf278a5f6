/* SPDX-License-Identifier: MIT */
/* Every prefix of every sample, and every sample with one byte changed in each of several ways: what comes is a matrix
 * or a sentence, and a truncated binary file is never a matrix. */
#include "files.h"
#include "samples.h"

static const char *const texts[] = {
    "1,2,3\n4,5,6\n",
    "\xef\xbb\xbf\"a, b\",c\r\n1.5,-2e-3\r\n\"3\",nan\r\n",
    "# c\n 1  2\n 3 inf \n\n",
    "a\tb\n1\t-2.5e-7\n",
    "1;2\n3;4\n",
    "%%MatrixMarket matrix array real general\n%\n3 2\n1\n2\n3\n4\n5\n6e0\n",
    "%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 1 4\n2 1 5\n",
    "%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 2\n2 2\n",
    "%%MatrixMarket matrix array integer skew-symmetric\n3 3\n1\n2\n3\n",
};

/* Both ways of reading agree, and a file with many entries is not made from a few bytes. */
static bool read_both(const void *bytes, size_t count, const char *format) {
    mgd_matrix_file m[2];
    const bool read = load_bytes(bytes, count, format, &m[0]);
    if (load_file(bytes, count, format, &m[1]) != read) ck_abort_msg("the same bytes read in one way only: %s", why);
    if (!read) return false;
    ck_assert(m[0].rows == m[1].rows && m[0].cols == m[1].cols && m[0].rows > 0 && m[0].cols > 0);
    for (int64_t i = 0; i < m[0].rows * m[0].cols; i++) ck_assert(!memcmp(&m[0].data[i], &m[1].data[i], 8));
    mgd_matrix_file_free(&m[0]);
    mgd_matrix_file_free(&m[1]);
    return true;
}

/* Coordinates are sparse, and a digit more in the sizes is gigabytes: these are looked at only. */
static bool is_small(const char *bytes) { return !strstr(bytes, "coordinate"); }

static int damage(const unsigned char *bytes, size_t size, const char *format) {
    unsigned char *const copy = malloc(size + 1);
    int refused = 0;
    for (size_t at = 0; at < size; at++)
        for (int change = 0; change < 12; change++) {
            memcpy(copy, bytes, size);
            copy[size] = 0;
            static const unsigned char others[] = { 0, 0xff, '\n', ',', ' ', '"', '9' };
            const unsigned flipped = copy[at] ^ 1u << (change < 7 ? 0 : change - 7 + 3 * (change & 1));
            copy[at] = change < 7 ? others[change] : (unsigned char)flipped;
            if (is_small((const char *)bytes) || !(copy[at] >= '0' && copy[at] <= '9'))
                refused += !read_both(copy, size, format);
        }
    free(copy);
    return refused;
}

START_TEST(every_prefix_is_a_matrix_or_a_sentence) {
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t n = 0; n < strlen(texts[i]); n++) {
            read_both(texts[i], n, NULL);
            read_both(texts[i], n, texts[i][0] == '%' ? "mtx" : "csv");
        }
    for (size_t i = 0; i < sizeof npy_samples / sizeof *npy_samples; i++)
        for (size_t n = 0; n < npy_samples[i].size; n++) ck_assert(!read_both(npy_samples[i].bytes, n, "npy"));
}
END_TEST

START_TEST(every_changed_byte_is_a_matrix_or_a_sentence) {
    int refused = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refused += damage((const unsigned char *)texts[i], strlen(texts[i]), texts[i][0] == '%' ? "mtx" : "csv");
    for (size_t i = 0; i < sizeof npy_samples / sizeof *npy_samples; i += 5)
        refused += damage(npy_samples[i].bytes, npy_samples[i].size, "npy");
    ck_assert_int_gt(refused, 1000);
}
END_TEST

START_TEST(one_byte_more_is_refused) {
    for (size_t i = 0; i < sizeof npy_samples / sizeof *npy_samples; i++) {
        unsigned char longer[512];
        memcpy(longer, npy_samples[i].bytes, npy_samples[i].size);
        longer[npy_samples[i].size] = 0;
        ck_assert(!read_both(longer, npy_samples[i].size + 1, "npy"));
        ck_assert_ptr_nonnull(strstr(why, ": more follows the "));
    }
}
END_TEST

TESTS("damage", every_prefix_is_a_matrix_or_a_sentence, every_changed_byte_is_a_matrix_or_a_sentence,
      one_byte_more_is_refused);
