/* SPDX-License-Identifier: MIT */
/* Which share, or which sum of shares, was the first of a sweep that is not finite. */
#include "run/origin.h"

#include <assert.h>
#include <stdio.h>

static mgd_origin of_adjoint(mgd_var *node, mgd_var *adjoint, int64_t k, bool given) {
    mgd_origin o = { .kind = MGD_ORIGIN_ADJOINT, .node = node, .share = adjoint, .rule = "" };
    mgd__point_to(&o, adjoint, k);
    mgd__say(&o, "the adjoint of ");
    mgd__say_entry(&o, node, k);
    mgd__say(&o, " is ");
    mgd__say_number(&o, o.value);
    mgd__say(&o, given ? ": the cotangent that the sweep began with" : ": the sum of shares that are finite");
    mgd__say_place(&o, node);
    return o;
}

static void say_largest_operands(mgd_origin *o, const mgd_var *v) {
    for (size_t i = 0; i < mgd__formula_operands(v); i++) {
        if (mgd__is_plain_number(v->arg[i]) || mgd__came_before(v, i)) continue;
        mgd__say(o, i ? "; " : ": ");
        mgd__say_largest(o, v->arg[i], (mgd_extent){ -1, -1 });
    }
}

static mgd_origin of_share(const mgd_contribution *c, mgd_var *adjoint, int64_t k) {
    mgd_origin o = {
        .kind = MGD_ORIGIN_SHARE, .node = c->node, .operand = c->operand, .share = c->share, .rule = c->rule
    };
    const mgd_var *v = c->node;
    bool by_entries = mgd__is_by_entries(v) && mgd__same_size(v, v->arg[c->operand]);
    mgd__point_to(&o, c->share, k);
    mgd__say(&o, "%s gives ", mgd__label(v).text);
    mgd__say_entry(&o, v->arg[c->operand], k);
    mgd__say(&o, " the share ");
    mgd__say_number(&o, o.value);
    if (by_entries)
        mgd__say_operands(&o, v, k);
    else
        say_largest_operands(&o, v);
    if (adjoint && by_entries) {
        mgd__say(&o, ", ");
        mgd__say_equation(&o, v, k);
        mgd__say(&o, ", its adjoint there ");
        mgd__say_number(&o, mgd__known_value(adjoint).data[k]);
    } else if (adjoint) {
        mgd__say(&o, "; its adjoint, ");
        mgd__say_largest(&o, adjoint, (mgd_extent){ -1, -1 });
    }
    mgd__say(&o, "; %s", c->rule);
    mgd__say_place(&o, v);
    return o;
}

static bool forward_is_finite(const mgd_var *v) {
    if (mgd__first_entry(v) >= 0) return false;
    for (size_t i = 0; i < mgd__formula_operands(v); i++)
        if (mgd__first_entry(v->arg[i]) >= 0) return false;
    return true;
}

/* A node whose own value is not finite, or an operand of it. */
static mgd_origin of_forward(mgd_var *v) {
    mgd_var *culprit = v;
    for (size_t i = 0; mgd__first_entry(culprit) < 0 && i < mgd__formula_operands(v); i++) culprit = v->arg[i];
    return mgd__find_origin(culprit);
}

/* While the contributions of one node are looked at. */
typedef struct {
    const mgd_sweep *sweep;
    mgd_var *node, *adjoint;
    bool adjoint_is_finite;
    mgd_var *blamed; /* of the first share that is not finite because of forward values, or of another such share */
} search;

/* An adjoint that was evaluated, and its first entry that is not finite, or -1; false, with the error in o. */
static bool look_at(mgd_var *adjoint, mgd_origin *o, int64_t *k) {
    *k = -1;
    if (!adjoint) return true;
    if (!mgd_value(adjoint)) {
        *o = mgd__not_evaluated(adjoint->tape);
        return false;
    }
    *k = mgd__first_entry(adjoint);
    return true;
}

/* True where the search ends, with o. Several results have no one adjoint. */
static bool begin_node(search *s, mgd_var *node, bool first, mgd_origin *o) {
    int64_t k;
    s->node = node;
    s->adjoint = node->op->results ? NULL : mgd_adjoint(s->sweep, node);
    if (!look_at(s->adjoint, o, &k)) return true;
    s->adjoint_is_finite = k < 0;
    if (k < 0 || s->blamed) return false;
    *o = of_adjoint(node, s->adjoint, k, first);
    return true;
}

static bool look_at_share(search *s, const mgd_contribution *c, mgd_origin *o) {
    if (!mgd_value(c->share) || !mgd_value(c->node)) {
        *o = mgd__not_evaluated(c->node->tape);
        return true;
    }
    int64_t k = mgd__first_entry(c->share);
    if (k < 0) return false;
    if (s->adjoint_is_finite && forward_is_finite(c->node)) {
        *o = of_share(c, s->adjoint, k);
        return true;
    }
    if (!s->blamed) s->blamed = c->node;
    return false;
}

/* What has no operands passes nothing on. */
static bool look_at_leaf(const search *s, mgd_var *x, mgd_origin *o) {
    int64_t k;
    mgd_var *adjoint = x->count ? NULL : mgd_adjoint(s->sweep, x);
    if (!look_at(adjoint, o, &k)) return true;
    if (k >= 0) *o = of_adjoint(x, adjoint, k, false);
    return k >= 0;
}

mgd_origin mgd_first_nonfinite_adjoint(const mgd_sweep *sweep) {
    mgd_origin o = { .kind = MGD_ORIGIN_NOT_EVALUATED, .rule = "", .message = "the sweep is NULL" };
    search s = { .sweep = sweep };
    if (!sweep) return o;
    for (size_t n = 0; n < mgd_contributions(sweep); n++) {
        mgd_contribution c = mgd_contribution_at(sweep, n);
        assert(c.node && c.share);
        if (c.node != s.node && begin_node(&s, c.node, n == 0, &o)) return o;
        if (look_at_share(&s, &c, &o)) return o;
    }
    if (s.blamed) return of_forward(s.blamed);
    for (size_t n = 0; n < mgd_contributions(sweep); n++) {
        mgd_contribution c = mgd_contribution_at(sweep, n);
        assert(c.node);
        if (look_at_leaf(&s, c.node->arg[c.operand], &o)) return o;
    }
    return (mgd_origin){ .kind = MGD_ORIGIN_NONE, .rule = "", .message = "every adjoint and every share is finite" };
}
