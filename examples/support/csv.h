/* SPDX-License-Identifier: MIT */
/* Matrices from text files: a row a line, numbers apart by commas, semicolons or blanks, one of the three in a file.
 *
 *     csv_matrix X;
 *     char why[CSV_WHY];
 *     if (!csv_read("X.csv", &X, why)) fprintf(stderr, "%s\n", why);
 *
 * Blanks around a number, either end of line, a byte order mark, lines that begin with # and blank lines before and
 * after the rows are no obstacle. All else is refused, with the line and the column where it stands. */
#ifndef EXAMPLES_CSV_H
#define EXAMPLES_CSV_H

#include <stdbool.h>
#include <stdint.h>

enum { CSV_WHY = 512 };

typedef struct {
    double *data; /* row by row; the caller frees it */
    int64_t rows, cols;
    int64_t last_line; /* where the last row stands in the file */
} csv_matrix;

/* Reads a file of at least one finite number. False, with the reason in why (CSV_WHY chars) and nothing to free. */
bool csv_read(const char *path, csv_matrix *matrix, char *why);

#endif
