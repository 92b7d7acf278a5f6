/* SPDX-License-Identifier: MIT */
/* MATLAB's files, through libmatio where the library is built with it: versions 5 and 7, and 7.3 where libmatio has
 * HDF5. It keeps matrices column by column, full or sparse. */
#define _POSIX_C_SOURCE 200809L
#include "files/files.h"

#ifdef MGD_MATIO

#include <matio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DENSEST = 1032 }; /* how much zlib can make of a byte */

const char *mgd_matio(void) { return MGD_MATIO; }

/* libmatio would print; what went wrong is said by the caller. */
static void keep_quiet(int level, char *message) { (void)level, (void)message; }

static int64_t length_of(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 ? (int64_t)about.st_size : 0;
}

static const char *class_of(const matvar_t *v) {
    switch (v->class_type) {
    case MAT_C_CELL:
        return "a cell array";
    case MAT_C_STRUCT:
        return "a struct";
    case MAT_C_OBJECT:
        return "an object";
    case MAT_C_CHAR:
        return "text";
    case MAT_C_FUNCTION:
        return "a function";
    case MAT_C_OPAQUE:
        return "opaque";
    case MAT_C_EMPTY:
        return "empty";
    default:
        return v->isComplex ? "complex" : NULL; /* NULL: numbers */
    }
}

/* ---- is it whole? ----
 * libmatio fills up what is missing. In versions 5 and 7 a header of 128 bytes is followed by elements, each after its
 * type and its length in 4 bytes each. Source: MathWorks, MAT-File Format, chapter 1. */

static int64_t number_of(const unsigned char *bytes, bool big) {
    int64_t n = 0;
    for (int i = 0; i < 4; i++) n = n << 8 | bytes[big ? i : 3 - i];
    return n;
}

static bool check_elements(FILE *stream, int64_t length, const mgd_why *why) {
    unsigned char header[128], tag[8];
    if (fread(header, 1, sizeof header, stream) < sizeof header)
        return mgd__complain(why, "truncated: %lld bytes, and a MAT-file begins with 128", (long long)length);
    const bool big = header[126] == 'M';
    if (header[big ? 124 : 125] != 1) return true; /* of version 7.3 or 4 */
    int64_t at = sizeof header;
    while (fread(tag, 1, sizeof tag, stream) == sizeof tag) {
        const int64_t size = number_of(tag + 4, big);
        if (at + 8 + size > length)
            return mgd__complain(why, "truncated: %lld bytes follow at byte %lld, and the file has %lld",
                                 (long long)size, (long long)(at + 8), (long long)length);
        at += 8 + size;
        if (fseeko(stream, (off_t)at, SEEK_SET) != 0) break;
    }
    if (at == length) return true;
    return mgd__complain(why, "truncated: an element begins at byte %lld, and the file has %lld", (long long)at,
                         (long long)length);
}

static bool check_whole(const char *path, const mgd_why *why) {
    FILE *const stream = fopen(path, "rb");
    if (!stream) return mgd__complain(why, "it cannot be opened");
    const bool whole = check_elements(stream, length_of(path), why);
    fclose(stream);
    return whole;
}

/* ---- which variable ---- */

static void add_name(char *list, size_t size, const char *name) {
    const size_t used = strlen(list);
    snprintf(list + used, size - used, "%s%s", used ? ", " : "", name);
}

/* The name of the only matrix of numbers, to be freed; NULL, with a complaint, where there are none or several. */
static char *only_matrix(mat_t *file, const mgd_why *why) {
    char list[MGD_WHY / 2] = "", *name = NULL;
    int count = 0;
    for (matvar_t *v; (v = Mat_VarReadNextInfo(file)); Mat_VarFree(v)) {
        if (!v->name || class_of(v)) continue;
        add_name(list, sizeof list, v->name);
        if (count++ == 0) name = strdup(v->name);
    }
    Mat_Rewind(file);
    if (count == 1 && name) return name;
    free(name);
    if (count == 0)
        mgd__complain(why, "no matrix of numbers in it");
    else
        mgd__complain(why, "%d matrices in it; say which by the format mat:NAME: %s", count, list);
    return NULL;
}

static bool check_variable(const matvar_t *v, bool packed, int64_t length, const mgd_why *why) {
    if (class_of(v)) return mgd__complain(why, "'%.60s' is %s; read are real matrices", v->name, class_of(v));
    if (v->rank != 2) return mgd__complain(why, "'%.60s' has %d dimensions; a matrix has two", v->name, v->rank);
    if (v->dims[0] > INT32_MAX || v->dims[1] > INT32_MAX) return mgd__check_size(why, INT64_MAX, 1);
    const int64_t rows = (int64_t)v->dims[0], cols = (int64_t)v->dims[1];
    if (!mgd__check_size(why, rows, cols)) return false;
    if (!packed || v->class_type == MAT_C_SPARSE || rows * cols / DENSEST <= length) return true;
    return mgd__complain(why, "truncated: '%.60s' of %lldx%lld cannot stand in %lld bytes", v->name, (long long)rows,
                         (long long)cols, (long long)length);
}

/* ---- its numbers ---- */

static bool number_at(enum matio_types type, const void *data, size_t k, double *x) {
    switch (type) {
    case MAT_T_DOUBLE:
        return *x = ((const double *)data)[k], true;
    case MAT_T_SINGLE:
        return *x = (double)((const float *)data)[k], true;
    case MAT_T_INT8:
        return *x = ((const int8_t *)data)[k], true;
    case MAT_T_UINT8:
        return *x = ((const uint8_t *)data)[k], true;
    case MAT_T_INT16:
        return *x = ((const int16_t *)data)[k], true;
    case MAT_T_UINT16:
        return *x = ((const uint16_t *)data)[k], true;
    case MAT_T_INT32:
        return *x = ((const int32_t *)data)[k], true;
    case MAT_T_UINT32:
        return *x = ((const uint32_t *)data)[k], true;
    case MAT_T_INT64:
        return *x = (double)((const int64_t *)data)[k], true;
    case MAT_T_UINT64:
        return *x = (double)((const uint64_t *)data)[k], true;
    default:
        return false;
    }
}

static bool fail_damaged(const matvar_t *v, const mgd_why *why) {
    return mgd__complain(why, "'%.60s' cannot be read: the file is truncated or damaged", v->name);
}

static bool fill_full(const matvar_t *v, mgd_matrix_file *out) {
    const size_t rows = v->dims[0], cols = v->dims[1];
    if (v->data_size <= 0 || v->nbytes / (size_t)v->data_size / rows < cols) return false;
    for (size_t j = 0; j < cols; j++)
        for (size_t i = 0; i < rows; i++)
            if (!number_at(v->data_type, v->data, j * rows + i, &out->data[i * cols + j])) return false;
    return true;
}

static bool fill_sparse(const matvar_t *v, mgd_matrix_file *out) {
    const mat_sparse_t *const sparse = v->data;
    const size_t rows = v->dims[0], cols = v->dims[1];
    if (!sparse->jc || (size_t)sparse->njc != cols + 1) return false;
    for (size_t j = 0; j < cols; j++)
        for (size_t k = sparse->jc[j]; k < sparse->jc[j + 1]; k++) {
            if (k >= (size_t)sparse->nir || k >= (size_t)sparse->ndata || sparse->ir[k] >= rows) return false;
            if (!number_at(v->data_type, sparse->data, k, &out->data[sparse->ir[k] * cols + j])) return false;
        }
    return true;
}

static bool read_variable(mat_t *file, matvar_t *v, mgd_matrix_file *out, const mgd_why *why) {
    if (Mat_VarReadDataAll(file, v) != 0 || !v->data) return fail_damaged(v, why);
    out->rows = (int64_t)v->dims[0];
    out->cols = (int64_t)v->dims[1];
    out->data = calloc(v->dims[0] * v->dims[1], sizeof *out->data);
    if (!out->data) return mgd__complain_memory(why, out->rows, out->cols);
    return (v->class_type == MAT_C_SPARSE ? fill_sparse : fill_full)(v, out) ? true : fail_damaged(v, why);
}

static bool read_named(mat_t *file, const char *name, int64_t length, mgd_matrix_file *out, const mgd_why *why) {
    matvar_t *const v = Mat_VarReadInfo(file, name);
    if (!v) return mgd__complain(why, "no variable '%.60s' in it", name);
    const bool packed = Mat_GetVersion(file) != MAT_FT_MAT73;
    const bool read = check_variable(v, packed, length, why) && read_variable(file, v, out, why);
    Mat_VarFree(v);
    return read;
}

bool mgd__mat_read(const char *path, const char *variable, mgd_matrix_file *out, const mgd_why *why) {
    if (!check_whole(path, why)) return false;
    Mat_LogInitFunc("matgrad", keep_quiet);
    mat_t *const file = Mat_Open(path, MAT_ACC_RDONLY);
    if (!file) return mgd__complain(why, "not a MAT-file that libmatio %s can read", MGD_MATIO);
    char *const only = variable ? NULL : only_matrix(file, why);
    const char *const name = variable ? variable : only;
    const bool read = name && read_named(file, name, length_of(path), out, why);
    free(only);
    Mat_Close(file);
    return read;
}

/* ---- writing ---- */

static bool is_identifier(const char *name) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", more[] = "0123456789_";
    if (!strchr(letters, *name)) return false;
    size_t n = 0;
    while (name[n] && (strchr(letters, name[n]) || strchr(more, name[n]))) n++;
    return !name[n] && n <= 63;
}

static bool write_variable(mat_t *file, const char *name, double *columns, const mgd_array *a) {
    size_t dims[2] = { (size_t)a->rows, (size_t)a->cols };
    matvar_t *const v = Mat_VarCreate(name, MAT_C_DOUBLE, MAT_T_DOUBLE, 2, dims, columns, MAT_F_DONT_COPY_DATA);
    const bool written = v && Mat_VarWrite(file, v, MAT_COMPRESSION_NONE) == 0;
    Mat_VarFree(v);
    return written;
}

bool mgd__mat_write(const char *path, const char *variable, const mgd_array *a, const mgd_why *why) {
    const char *const name = variable ? variable : "X";
    if (!is_identifier(name))
        return mgd__complain(
            why, "'%.60s' is no name that MATLAB has: a letter, then letters, digits and _, at most 63", name);
    const size_t rows = (size_t)a->rows, cols = (size_t)a->cols;
    if (rows * cols > ((size_t)1 << 28) - 128)
        return mgd__complain(why, "%zux%zu numbers: a MAT-file of version 5 holds less than 2 GB", rows, cols);
    Mat_LogInitFunc("matgrad", keep_quiet);
    double *const columns = malloc(rows * cols * sizeof *columns);
    if (!columns) return mgd__complain_memory(why, a->rows, a->cols);
    for (size_t j = 0; j < cols; j++)
        for (size_t i = 0; i < rows; i++) columns[j * rows + i] = mgd__entry(a, (int64_t)i, (int64_t)j);
    mat_t *const file = Mat_CreateVer(path, NULL, MAT_FT_MAT5);
    bool written = file && write_variable(file, name, columns, a);
    if (file && Mat_Close(file) != 0) written = false;
    free(columns);
    /* libmatio does not tell of a full disk */
    if (written && length_of(path) >= (int64_t)(128 + rows * cols * sizeof(double))) return true;
    return mgd__complain(why, "writing failed: libmatio could not write it whole; is the disk full?");
}

#else

static bool fail_without(const mgd_why *why) {
    return mgd__complain(why, "MAT-files need libmatio, which this library was built without (Debian: libmatio-dev)");
}

const char *mgd_matio(void) { return NULL; }

bool mgd__mat_read(const char *path, const char *variable, mgd_matrix_file *out, const mgd_why *why) {
    (void)path, (void)variable, (void)out;
    return fail_without(why);
}

bool mgd__mat_write(const char *path, const char *variable, const mgd_array *a, const mgd_why *why) {
    (void)path, (void)variable, (void)a;
    return fail_without(why);
}

#endif
