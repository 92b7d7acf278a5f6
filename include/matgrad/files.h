/* SPDX-License-Identifier: MIT */
/* Matrices in files.
 *
 *     char why[MGD_WHY];
 *     mgd_matrix_file X;
 *     if (!mgd_load("X.csv", NULL, &X, why, sizeof why)) fprintf(stderr, "%s\n", why);
 *     mgd_set(x, X.data, X.rows, X.cols);
 *     mgd_matrix_file_free(&X);
 *
 *     if (!mgd_save("G.npy", NULL, mgd_rows(mgd_value(G), 3, 2), why, sizeof why)) fprintf(stderr, "%s\n", why);
 *
 * A format is named "csv", "tsv" (csv with tabs), "npy", "mtx" (Matrix Market) or "mat" (MATLAB); "mat:A" names the
 * matrix in the file, "mtx:coordinate" asks for the entries that are not 0 alone. NULL chooses by the end of the
 * file's name; where that says nothing, reading goes by the file's first bytes, and writing to "-" gives csv. Every
 * number that is read is the double nearest to what stands in the file, whatever the locale; what is written as text
 * has the fewest digits that read back as the same double. docs/files.md says what each format may hold.
 */
#ifndef MATGRAD_FILES_H
#define MATGRAD_FILES_H

#include "matgrad/run.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { MGD_WHY = 512 }; /* room for the reason of a failure: a longer one is cut */

/* What was read. The caller owns it, and frees it with mgd_matrix_file_free. */
typedef struct {
    double *data; /* row by row */
    int64_t rows, cols;
    char *header; /* csv: the first line, where it holds names instead of numbers; else NULL */
} mgd_matrix_file;

/* Reads a file with one matrix; "-" is standard input. False, with the reason in why (one sentence that names the
 * file, the line and column or the byte, what was found and what was expected) and *out empty, where it does not hold
 * one. A vector in an npy file becomes a column, and a scalar is 1x1. */
bool mgd_load(const char *path, const char *format, mgd_matrix_file *out, char *why, size_t why_size) MGD_CHECK_RESULT;

/* The same from a stream, to its end; `name` stands in messages. No MAT-files, which libmatio opens itself. */
bool mgd_load_stream(FILE *stream, const char *name, const char *format, mgd_matrix_file *out, char *why,
                     size_t why_size) MGD_CHECK_RESULT;

/* Frees what a load gave, and empties it. */
void mgd_matrix_file_free(mgd_matrix_file *m);

/* Writes a matrix to a file: to a temporary one beside it, which takes its name when it is whole, so that after a
 * failure what was there before is still there. "-" is standard output; it, and what is no ordinary file (a pipe, a
 * device), is written to directly. False, with the reason in why, after a failure. */
bool mgd_save(const char *path, const char *format, mgd_array matrix, char *why, size_t why_size) MGD_CHECK_RESULT;

/* The same to a stream, which is flushed and stays open. */
bool mgd_save_stream(FILE *stream, const char *name, const char *format, mgd_array matrix, char *why,
                     size_t why_size) MGD_CHECK_RESULT;

/* "1.5.23", the version of libmatio where the library was built with it; else NULL: no MAT-files then. */
const char *mgd_matio(void);

#ifdef __cplusplus
}
#endif

#endif
