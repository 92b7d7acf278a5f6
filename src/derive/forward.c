/* SPDX-License-Identifier: MIT */
/* Forward mode: reads the tape from x up and records each operation's pushforward on the same tape. */
#include "derive/derive.h"

#include <stdlib.h>

/* The pullback is linear in the cotangent: transposing it gives the pushforward. */
static mgd_var *transposed_pullback(mgd_var *c, size_t i, mgd_var *t) {
    mgd_var *u = mgd__stand_in(c), *share = u ? mgd__pullback(c, i, u) : NULL;
    return share ? mgd_pullback(share, u, t) : NULL;
}

/* The part of node's tangent that comes from operand i of c: node is c, or one of the parts of c. */
static mgd_var *push(mgd_var *node, mgd_var *c, size_t i, mgd_var *t) {
    if (node != c) return c->op->pushforward_part(c, (int)node->p.flag.flag, i, t);
    if (c->op->times_slope) return c->op->times_slope(c, i, t);
    return c->op->pushforward ? c->op->pushforward(c, i, t) : c->op->pullback ? transposed_pullback(c, i, t) : NULL;
}

/* The tangents of all nodes between x and y; a NULL is zero. */
typedef struct {
    mgd_reached between;
    mgd_var **tangent;
} tangents;

static mgd_var *tangent_of(const mgd_tape *t, const tangents *s, const mgd_var *v) {
    int64_t place = mgd__position(t, &s->between, v);
    return place >= 0 ? s->tangent[place] : NULL;
}

static bool push_forward(mgd_tape *t, tangents *s, size_t place) {
    mgd_var *node = mgd__node(t, s->between.ids[place]), *c = node->op == &mgd__op_part ? node->arg[0] : node;
    if (node->op->results > 1) return true; /* its parts have the tangents */
    for (size_t i = 0; i < mgd__formula_operands(c); i++) {
        if (t->mark_base != s->between.base + s->between.count) mgd__mark_again(t, &s->between);
        mgd_var *dot = tangent_of(t, s, c->arg[i]);
        if (!dot) continue;
        mgd_var *share = push(node, c, i, dot);
        if (share) share = mgd__contribution(node, i, share, dot, node);
        if (t->failed) return false;
        if (share) s->tangent[place] = s->tangent[place] ? mgd_add(s->tangent[place], share) : share;
    }
    return !t->failed;
}

mgd_var *mgd_pushforward(mgd_var *y, mgd_var *x, mgd_var *tangent) {
    if (!mgd__derivable("pushforward", y, x, tangent, x)) return NULL;
    mgd_tape *t = y->tape;
    tangent = mgd__project(x, tangent);
    if (!tangent) return NULL;
    tangents s = { .between = mgd__reach(t, 1, &y, x->id, false) };
    s.tangent = s.between.ids ? calloc(s.between.count + 1, sizeof *s.tangent) : NULL;
    bool fine = s.tangent != NULL, outermost = !mgd__spans_last(&t->rules);
    if (!fine) mgd__out_of_memory(t);
    for (size_t i = 0; fine && i < s.between.count; i++) {
        if (outermost) mgd__record_for(t, mgd__node(t, s.between.ids[i]));
        if (s.between.ids[i] == x->id)
            s.tangent[i] = mgd__is_zeros(tangent) ? NULL : tangent;
        else
            fine = push_forward(t, &s, i);
    }
    if (outermost) mgd__record_for(t, NULL);
    mgd_var *dot = fine && s.between.count ? s.tangent[s.between.count - 1] : NULL;
    free(s.between.ids);
    free(s.tangent);
    return dot ? dot : fine ? mgd__zeros_like(y) : NULL;
}

mgd_var *mgd_hessian_vector(mgd_var *f, mgd_var *x, mgd_var *direction) {
    if (!mgd__derivable("hessian_vector", f, x, direction, x)) return NULL;
    return mgd_pushforward(mgd_gradient(f, x), x, direction);
}
