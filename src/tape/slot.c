/* SPDX-License-Identifier: MIT */
/* Where values live: one slot a node, made when its value is first asked for. */
#include "tape/tape.h"

#include <stdlib.h>

enum { ALIGNMENT = 64 };

void mgd__forget_value(mgd_tape *t, uint32_t id) {
    mgd_slot *s = mgd__known_slot(t, id);
    if (!s) return;
    if (s->data != &s->scalar) free(s->data);
    *s = (mgd_slot){ .data = NULL };
}

double *mgd__value_room(mgd_tape *t, const mgd_var *v, int64_t rows, int64_t cols) {
    mgd_slot *s = mgd__slot(t, v->id);
    if (s && s->data) return s->data;
    size_t bytes;
    bool fits = !__builtin_mul_overflow((size_t)rows * sizeof(double), (size_t)cols, &bytes) &&
                !__builtin_add_overflow(bytes, (size_t)ALIGNMENT - 1, &bytes);
    if (s && rows == 1 && cols == 1)
        s->data = &s->scalar;
    else if (s && fits)
        s->data = aligned_alloc(ALIGNMENT, bytes & ~(size_t)(ALIGNMENT - 1));
    if (s && s->data) return s->data;
    mgd__undefined(&t->complaint, "%s: no memory for %lld x %lld numbers", mgd__label(v).text, (long long)rows,
                   (long long)cols);
    return NULL;
}
