/* SPDX-License-Identifier: MIT */
/* Matrices in the caller's memory. */
#include "linalg/linalg.h"
#include "tape/tape.h"

mgd_array mgd_rows(const double *data, int64_t rows, int64_t cols) {
    return (mgd_array){ (void *)(uintptr_t)data, rows, cols, cols, 1, MGD_DOUBLE };
}

mgd_array mgd_columns(const double *data, int64_t rows, int64_t cols) {
    return (mgd_array){ (void *)(uintptr_t)data, rows, cols, 1, rows, MGD_DOUBLE };
}

mgd_array mgd_rows_float(const float *data, int64_t rows, int64_t cols) {
    return (mgd_array){ (void *)(uintptr_t)data, rows, cols, cols, 1, MGD_FLOAT };
}

mgd_array mgd_columns_float(const float *data, int64_t rows, int64_t cols) {
    return (mgd_array){ (void *)(uintptr_t)data, rows, cols, 1, rows, MGD_FLOAT };
}

void mgd__read_array(const mgd_array *from, double *to) {
    if (from->precision == MGD_DOUBLE) {
        mgd__dcopy((size_t)from->rows, (size_t)from->cols, from->data, from->row_stride, from->col_stride, to,
                   (size_t)from->cols);
        return;
    }
    const float *x = from->data;
    for (int64_t i = 0; i < from->rows; i++)
        for (int64_t j = 0; j < from->cols; j++)
            to[i * from->cols + j] = (double)x[i * from->row_stride + j * from->col_stride];
}

void mgd__write_array(const double *from, const mgd_array *to) {
    double *x = to->data;
    float *y = to->data;
    for (int64_t i = 0; i < to->rows; i++)
        for (int64_t j = 0; j < to->cols; j++) {
            int64_t k = i * to->row_stride + j * to->col_stride;
            if (to->precision == MGD_FLOAT)
                y[k] = (float)from[i * to->cols + j];
            else
                x[k] = from[i * to->cols + j];
        }
}
