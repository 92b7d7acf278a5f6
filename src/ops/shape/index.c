/* SPDX-License-Identifier: MIT */
/* What gather_rows and scatter_add_rows have in common: a list of rows, counted from 0. */
#include "ops/shape/index.h"

#include <stdlib.h>

mgd_parameters mgd__index_list(mgd_tape *t, const char *name, size_t n, const int64_t *index) {
    if (!index || n == 0 || n > INT32_MAX) {
        mgd__refuse(t, "%s: the index has %zu entries%s", name, n, index ? "" : " and is NULL");
        return MGD_NO_PARAMETERS;
    }
    mgd_dim *list = malloc(n * sizeof *list);
    if (!list) return mgd__out_of_memory(t), MGD_NO_PARAMETERS;
    mgd_parameters p = MGD_NO_PARAMETERS;
    size_t k = 0;
    for (; k < n && index[k] >= 0 && index[k] < INT32_MAX; k++) list[k] = (mgd_dim)index[k];
    if (k == n)
        p = mgd__size_list(t, list, n);
    else
        mgd__refuse(t, "%s: index[%zu] is %lld: rows and columns count from 0 to %d", name, k, (long long)index[k],
                    INT32_MAX - 1);
    free(list);
    return p;
}

bool mgd__index_fits(const mgd_var *v, mgd_dim rows) {
    for (int64_t k = 0; rows > 0 && k < v->p.sizes.length; k++)
        if (v->p.sizes.list[k] >= rows)
            return mgd__refuse(v->tape, "%s: index[%lld] is %ld: %s is %s, and has the rows 0 to %ld", v->op->name,
                               (long long)k, (long)v->p.sizes.list[k], mgd__label(v->arg[0]).text,
                               mgd__size_label(v->arg[0]).text, (long)rows - 1);
    return true;
}

/* The first place of a row that is not there, or -1. */
static int64_t outside(const mgd_step *s, int64_t rows) {
    for (int64_t k = 0; k < s->p.sizes.length; k++)
        if (s->sizes[k] >= rows) return k;
    return -1;
}

bool mgd__index_inside(const mgd_step *s, int64_t rows) {
    int64_t k = outside(s, rows);
    return k < 0 || mgd__undefined(s->complaint, "%s: index[%lld] is %lld, of %lld rows, counted from 0",
                                   mgd__label(s->node).text, (long long)k, (long long)s->sizes[k], (long long)rows);
}

bool mgd__index_drawn_inside(const mgd_numbers *S, const mgd_step *s, int64_t rows) {
    if (outside(s, rows) < 0) return true;
    mgd__fail(S, MGD_BAD_POINT, "a row of the index is outside the matrix");
    return false;
}
