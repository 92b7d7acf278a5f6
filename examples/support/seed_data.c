/* SPDX-License-Identifier: MIT */
#include "csv.h"
#include "seed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *allocate(int64_t rows, int64_t cols, size_t size) {
    void *memory = rows <= (int64_t)(SIZE_MAX / 16) / cols / (int64_t)size ? calloc((size_t)(rows * cols), size) : NULL;
    if (memory) return memory;
    fprintf(stderr, "seed: not enough memory for %lld x %lld numbers\n", (long long)rows, (long long)cols);
    exit(UNUSABLE);
}

static seed_data allocate_data(int64_t m, int64_t n) {
    return (seed_data){ m, n, allocate(m, n, sizeof(double)), allocate(m, 1, sizeof(double)) };
}

seed_data built_in_data(void) {
    static const double X[] = { 0.5, -1.25, 2, 0.75, -1, 0.3 }, a[] = { 1.2, -0.4, 0.9 };
    const seed_data d = allocate_data(3, 2);
    memcpy(d.X, X, sizeof X);
    memcpy(d.a, a, sizeof a);
    return d;
}

/* Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014. */
static double uniform(uint64_t *state) {
    uint64_t x = (*state += 0x9e3779b97f4a7c15u);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return (double)((x ^ (x >> 31)) >> 11) * 0x1p-52 - 1;
}

seed_data random_data(int64_t m, int64_t n, uint64_t seed) {
    const seed_data d = allocate_data(m, n);
    for (int64_t k = 0; k < m * n; k++) d.X[k] = uniform(&seed);
    for (int64_t i = 0; i < m; i++) d.a[i] = uniform(&seed);
    return d;
}

static csv_matrix read_or_exit(const char *path) {
    csv_matrix M;
    char why[CSV_WHY];
    if (csv_read(path, &M, why)) return M;
    fprintf(stderr, "seed: %s\n", why);
    exit(UNUSABLE);
}

seed_data data_from_files(const char *X_path, const char *a_path) {
    const csv_matrix X = read_or_exit(X_path), a = read_or_exit(a_path);
    const bool is_column = a.cols == 1 && a.rows == X.rows, is_row = a.rows == 1 && a.cols == X.rows;
    const long long m = X.rows, n = X.cols, rows = a.rows, cols = a.cols;
    if (!is_column && !is_row) {
        fprintf(stderr,
                "seed: %s: line %lld, column %lld: a ends here and is %lldx%lld, "
                "expected %lldx1 or 1x%lld since %s is %lldx%lld\n",
                a_path, (long long)a.last_line, cols, rows, cols, m, m, X_path, m, n);
        exit(UNUSABLE);
    }
    printf("X is %s, %lldx%lld; a is %s, %lldx%lld%s\n\n", X_path, m, n, a_path, rows, cols,
           is_column ? "" : ", a row that is read as a column");
    return (seed_data){ X.rows, X.cols, X.data, a.data };
}

void free_data(seed_data d) {
    free(d.X);
    free(d.a);
}
