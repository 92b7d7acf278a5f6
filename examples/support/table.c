/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdio.h>

enum { MOST_ROWS = 6, MOST_COLS = 6, LINE = 100, SIGN_POINT_EXPONENT = 7 };

static int64_t smaller(int64_t x, int64_t y) { return x < y ? x : y; }

/* The rows to print: all, or the first ones and a line of dots for the others. */
static int64_t lines_of(int64_t rows) { return smaller(rows, MOST_ROWS); }

/* A row of at most `most` entries; the last line stands for all rows that are not printed. Returns the width. */
static int print_row(mgd_array A, int64_t line, int64_t most, int digits) {
    const double *const data = A.data;
    const int wide = digits + SIGN_POINT_EXPONENT;
    const bool dots = A.rows > MOST_ROWS && line == MOST_ROWS - 1;
    const int64_t shown = A.cols > most ? most - 1 : A.cols;
    int width = 0;
    for (int64_t j = 0; j < shown; j++)
        if (dots)
            width += printf(" %*s", wide, "...");
        else
            width += printf(" %*.*g", wide, digits, data[line * A.row_stride + j * A.col_stride]);
    if (shown < A.cols) width += printf(" %*s", wide, "...");
    return width;
}

void print_matrix(const char *name, mgd_array A, int digits) {
    const int64_t most = smaller(MOST_COLS, LINE / (digits + SIGN_POINT_EXPONENT + 1));
    printf("%s  (%lldx%lld)\n", name, (long long)A.rows, (long long)A.cols);
    for (int64_t line = 0; line < lines_of(A.rows); line++) {
        print_row(A, line, most, digits);
        printf("\n");
    }
    printf("\n");
}

static bool value_of(mgd_var *v, mgd_array *value) {
    const double *data = mgd_value(v);
    if (!data) return false;
    *value = mgd_rows(data, mgd_size_value(mgd_rows_of(v)), mgd_size_value(mgd_cols_of(v)));
    return true;
}

static void print_size(mgd_array A) {
    char size[48];
    snprintf(size, sizeof size, "%lldx%lld", (long long)A.rows, (long long)A.cols);
    printf("  %-11s", size);
}

/* "matmul" or, for an input, its name. */
static const char *label_of(const mgd_var *v) {
    return mgd_name(v) ? mgd_name(v) : mgd_operation_name(mgd_operation_of(v));
}

static void print_operands(const mgd_var *v) {
    char text[24] = "";
    int at = 0;
    for (size_t i = 0; i < mgd_operands(v) && at < 16; i++)
        at += snprintf(text + at, sizeof text - (size_t)at, "%s%zu", i ? ", " : "", mgd_index(mgd_operand(v, i)));
    printf("  %-8s", text);
}

bool print_tape(mgd_var *f) {
    printf(" node  operation    of        size           value\n");
    for (size_t k = 0; k <= mgd_index(f); k++) {
        mgd_var *v = mgd_at(mgd_tape_of(f), k);
        mgd_array value;
        if (!value_of(v, &value)) return false;
        for (int64_t line = 0; line < lines_of(value.rows); line++) {
            if (line == 0) {
                printf("%5zu  %-11s", k, label_of(v));
                print_operands(v);
                print_size(value);
            } else
                printf("%41s", "");
            print_row(value, line, 4, 5);
            printf("\n");
        }
    }
    printf("\n");
    return true;
}

/* The next contribution to v's adjoint, from the k-th on; their number where there is none. */
static size_t next_contribution(const mgd_sweep *s, const mgd_var *v, size_t k) {
    for (; k < mgd_contributions(s); k++) {
        const mgd_contribution c = mgd_contribution_at(s, k);
        if (mgd_operand(c.node, c.operand) == v) break;
    }
    return k;
}

static void print_rule(mgd_contribution c) {
    printf("%zu %s: %s", mgd_index(c.node), mgd_operation_name(mgd_operation_of(c.node)), c.rule);
}

static bool print_adjoint(const mgd_sweep *s, mgd_var *v, bool is_start) {
    mgd_array value;
    if (!value_of(mgd_adjoint(s, v), &value)) return false;
    size_t k = next_contribution(s, v, 0);
    for (int64_t line = 0; line < lines_of(value.rows) || k < mgd_contributions(s); line++) {
        if (line == 0) {
            printf("%5zu  %-11s", mgd_index(v), label_of(v));
            print_size(value);
        } else
            printf("%31s", "");
        const int width = line < lines_of(value.rows) ? print_row(value, line, 3, 5) : 0;
        if (line == 0 && is_start) printf("%*sthe sweep starts with df/df = 1", 41 - width, "");
        if (k < mgd_contributions(s)) {
            printf("%*s", 41 - width, "");
            print_rule(mgd_contribution_at(s, k));
            k = next_contribution(s, v, k + 1);
        }
        printf("\n");
    }
    return true;
}

bool print_sweep(const mgd_sweep *s, mgd_var *f) {
    printf(" node  operation    size         adjoint%33sfrom node, by rule\n", "");
    for (size_t k = mgd_index(f) + 1; k-- > 0;)
        if (!print_adjoint(s, mgd_at(mgd_tape_of(f), k), k == mgd_index(f))) return false;
    printf("\n");
    return true;
}
