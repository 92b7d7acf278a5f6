/* SPDX-License-Identifier: MIT */
#include "derive/derive.h"

mgd_var *mgd__contribution(mgd_var *node, size_t i, mgd_var *share, mgd_var *t, const mgd_var *like) {
    mgd_tape *tape = node->tape;
    if (tape->alter) share = tape->alter(tape->alter_user, node, i, share, t);
    if (!share || mgd__is_zeros(share)) return NULL;
    if (mgd__same_size(share, like)) return share;
    mgd__refuse(tape, "%s: the derivative in operand %zu is %s, which should be %s like %s", node->op->name, i + 1,
                mgd__size_label(share).text, mgd__size_label(like).text, mgd__label(like).text);
    return NULL;
}

bool mgd__derivable(const char *what, mgd_var *y, mgd_var *x, mgd_var *direction, const mgd_var *like) {
    mgd_var *const all[] = { y, x, direction };
    mgd_tape *t = y ? y->tape : x ? x->tape : direction ? direction->tape : NULL;
    if (!t || t->failed) return false;
    for (size_t i = 0; i < 3; i++) {
        if (!all[i]) return mgd__refuse(t, "%s: argument %zu is NULL", what, i + 1);
        if (all[i]->tape != t)
            return mgd__refuse(t, "%s: argument %zu, %s, is of another tape", what, i + 1, mgd__label(all[i]).text);
    }
    if (mgd__same_size(direction, like)) return true;
    return mgd__refuse(t, "%s: the direction %s is %s, %s is %s", what, mgd__label(direction).text,
                       mgd__size_label(direction).text, mgd__label(like).text, mgd__size_label(like).text);
}
