/* SPDX-License-Identifier: MIT */
/* Any bytes as a file (clang's libFuzzer): the first byte chooses the format and whether the length is known before.
 * What reads is written again in its format, and must read back as it was, bit for bit in npy. */
#define _POSIX_C_SOURCE 200809L
#include <matgrad.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static const char *const formats[] = { NULL, "csv", "npy", "mtx" };

static void must(bool holds) {
    if (!holds) abort();
}

/* A file knows its length; a stream in memory does not. */
static FILE *open_bytes(const uint8_t *bytes, size_t count, bool known) {
    if (!known && count > 0) return fmemopen((void *)(uintptr_t)bytes, count, "rb");
    static FILE *kept;
    if (!kept) kept = tmpfile();
    rewind(kept);
    must(ftruncate(fileno(kept), 0) == 0 && fwrite(bytes, 1, count, kept) == count && fflush(kept) == 0);
    rewind(kept);
    return kept;
}

static bool load(const uint8_t *bytes, size_t count, const char *format, bool known, mgd_matrix_file *m) {
    char why[MGD_WHY] = "";
    FILE *const stream = open_bytes(bytes, count, known);
    const bool read = mgd_load_stream(stream, "fuzz", format, m, why, sizeof why);
    if (!known && count > 0) fclose(stream);
    must(read == (m->data != NULL) && read == !why[0]);
    return read;
}

static void write_and_read(const mgd_matrix_file *m, const char *format, bool known) {
    char *text = NULL, why[MGD_WHY];
    size_t size = 0;
    FILE *const out = open_memstream(&text, &size);
    must(mgd_save_stream(out, "fuzz", format, (mgd_array){ m->data, m->rows, m->cols, m->cols, 1, MGD_DOUBLE }, why,
                         sizeof why));
    fclose(out);
    mgd_matrix_file again;
    must(load((const uint8_t *)text, size, format, known, &again));
    must(again.rows == m->rows && again.cols == m->cols);
    const bool bits = format && !strcmp(format, "npy");
    for (int64_t i = 0; i < m->rows * m->cols; i++)
        must(!memcmp(&m->data[i], &again.data[i], sizeof *m->data) || (!bits && m->data[i] != m->data[i]));
    mgd_matrix_file_free(&again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    if (count == 0) return 0;
    const char *const format = formats[bytes[0] & 3];
    const bool known = bytes[0] & 4;
    mgd_matrix_file m;
    if (!load(bytes + 1, count - 1, format, known, &m)) return 0;
    must(m.rows > 0 && m.cols > 0);
    if (m.rows * m.cols < 100000) write_and_read(&m, format, known);
    mgd_matrix_file_free(&m);
    return 0;
}
