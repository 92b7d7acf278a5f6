/* SPDX-License-Identifier: MIT */
/* Where a value that is not finite came from. */
#include "matgrad/diagnose.h"

#include "ops/ops.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- values that are known ---- */

typedef struct {
    const double *data;
    int64_t rows, cols;
} numbers;

static numbers value_of(const mgd_var *v) {
    const mgd_slot *s = mgd__known_slot(v->tape, v->id);
    return (numbers){ s ? s->data : NULL, mgd__dim_value(v->tape, v->rows), mgd__dim_value(v->tape, v->cols) };
}

/* The first entry that is not finite, or -1. */
static int64_t first_entry(const mgd_var *v) {
    numbers x = value_of(v);
    for (int64_t k = 0; x.data && k < x.rows * x.cols; k++)
        if (!isfinite(x.data[k])) return k;
    return -1;
}

/* One of several results is made of the operands of the operation that has them. */
static const mgd_var *maker_of(const mgd_var *v) { return mgd__is(v, &mgd__op_part) ? v->arg[0] : v; }

/* A number or a pattern of numbers, which its own formula tells. */
static bool is_plain_number(const mgd_var *v) { return !v->count && v->op->kernel; }

/* ---- words ---- */

__attribute__((format(printf, 2, 3))) static void say(mgd_origin *o, const char *format, ...) {
    size_t n = strlen(o->message);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(o->message + n, sizeof o->message - n, format, arguments);
    va_end(arguments);
}

static void say_number(mgd_origin *o, double x) {
    if (isnan(x))
        say(o, "NaN");
    else
        say(o, "%g", x);
}

/* "X(2,3)", "(X*Y)(2,3)", and "x" of a 1x1. */
static void say_entry(mgd_origin *o, const mgd_var *v, int64_t k) {
    numbers x = value_of(v);
    bool whole = x.rows == 1 && x.cols == 1;
    bool loose = !whole && v->op->notation && v->op->precedence && v->op->precedence < MGD_POSTFIX;
    say(o, loose ? "(%s)" : "%s", mgd__label(v).text);
    if (!whole) say(o, "(%lld,%lld)", (long long)(k / x.cols) + 1, (long long)(k % x.cols) + 1);
}

static void say_equation(mgd_origin *o, const mgd_var *v, int64_t k) {
    say_entry(o, v, k);
    say(o, " = ");
    say_number(o, value_of(v).data[k]);
}

typedef struct {
    int64_t row, col; /* of which only the entries count; -1 for all */
} part;

static int64_t largest(const numbers *x, part p) {
    int64_t best = -1;
    for (int64_t i = p.row < 0 ? 0 : p.row; i < (p.row < 0 ? x->rows : p.row + 1); i++)
        for (int64_t j = p.col < 0 ? 0 : p.col; j < (p.col < 0 ? x->cols : p.col + 1); j++) {
            int64_t k = i * x->cols + j;
            if (best < 0 || fabs(x->data[k]) > fabs(x->data[best])) best = k;
        }
    return best;
}

static void say_largest(mgd_origin *o, const mgd_var *v, part p) {
    numbers x = value_of(v);
    if (!x.data) return;
    if (x.rows * x.cols > 1) {
        say(o, "largest in ");
        if (p.row >= 0) say(o, "row %lld of ", (long long)p.row + 1);
        if (p.col >= 0) say(o, "column %lld of ", (long long)p.col + 1);
        say(o, "%s: ", mgd__label(v).text);
    }
    say_equation(o, v, largest(&x, p));
}

/* Which part of operand i the entry (row, col) of v is made of. */
static part part_of_operand(const mgd_var *v, size_t i, int64_t row, int64_t col) {
    const mgd_manual *manual = mgd__manual(v->op);
    const mgd_var *a = v->arg[i];
    if (mgd__is(v, &mgd__op_matmul)) return i == 0 ? (part){ row, -1 } : (part){ -1, col };
    if (!manual || strcmp(manual->chapter, "reductions") != 0) return (part){ -1, -1 };
    if (v->cols == 1 && a->cols != 1 && a->rows == v->rows) return (part){ row, -1 };
    if (v->rows == 1 && a->rows != 1 && a->cols == v->cols) return (part){ -1, col };
    return (part){ -1, -1 };
}

static bool is_by_entries(const mgd_var *v) { return v->op->entry || mgd__is(v, &mgd__op_scale); }

static bool came_before(const mgd_var *v, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (v->arg[k] == v->arg[i]) return true;
    return false;
}

/* The operands' values that entry k of v is made of. */
static void say_operands(mgd_origin *o, const mgd_var *v, int64_t k) {
    const mgd_var *maker = maker_of(v);
    int64_t cols = value_of(v).cols;
    const char *between = ": ";
    for (size_t i = 0; i < mgd__formula_operands(maker); i++) {
        const mgd_var *a = maker->arg[i];
        if (is_plain_number(a) || (is_by_entries(maker) && came_before(maker, i))) continue;
        say(o, "%s", between);
        between = is_by_entries(maker) ? ", " : "; ";
        if (is_by_entries(maker))
            say_equation(o, a, mgd__is_scalar(a) ? 0 : k);
        else
            say_largest(o, a, part_of_operand(maker, i, k / cols, k % cols));
    }
}

static void say_place(mgd_origin *o, const mgd_var *v) {
    mgd_note place = mgd__note_of_place(v);
    if (place.text[0]) say(o, " (%s)", place.text);
}

static void explain(mgd_origin *o, const mgd_var *v, int64_t k) {
    if (maker_of(v)->count) {
        say_equation(o, v, k);
        say_operands(o, v, k);
    } else {
        say_entry(o, v, k);
        say(o, " is ");
        say_number(o, value_of(v).data[k]);
        say(o, mgd_name(v)                     ? ": the input's own data"
               : mgd__is(v, &mgd__op_constant) ? ": the constant's own data"
                                               : ": no double holds the number");
    }
    say_place(o, v);
}

static void point_to(mgd_origin *o, const mgd_var *v, int64_t k) {
    numbers x = value_of(v);
    o->row = k / x.cols + 1;
    o->col = k % x.cols + 1;
    o->value = x.data[k];
}

/* ---- following values ---- */

typedef struct {
    mgd_tape *t;
    mgd_reached below;
    bool *bad;           /* does the value, not finite, reach what was asked about? */
    signed char *finite; /* 0 where it was not looked at yet, 1, or -1 */
} search;

static bool is_finite(search *s, const mgd_var *v) {
    signed char *known = &s->finite[mgd__position(s->t, &s->below, v)];
    if (!*known) *known = first_entry(v) < 0 ? 1 : -1;
    return *known > 0;
}

static bool blame(search *s, const mgd_var *v) {
    if (is_finite(s, v)) return false;
    s->bad[mgd__position(s->t, &s->below, v)] = true;
    return true;
}

/* The first entry that is not finite though the operands are, in that entry; -1 where there is none. The operands that
 * are not are to blame for the others. */
static int64_t own_entry(search *s, const mgd_var *v) {
    numbers x = value_of(v);
    int64_t own = -1;
    for (int64_t k = 0; k < x.rows * x.cols; k++) {
        if (isfinite(x.data[k])) continue;
        bool any = false;
        for (size_t i = 0; i < mgd__formula_operands(v); i++) {
            const mgd_var *a = v->arg[i];
            if (!isfinite(value_of(a).data[mgd__is_scalar(a) ? 0 : k])) any |= blame(s, a);
        }
        if (!any && own < 0) own = k;
    }
    return own;
}

static int64_t entry_begun_by(search *s, const mgd_var *v) {
    const mgd_var *maker = maker_of(v);
    if (is_by_entries(v)) return own_entry(s, v);
    bool any = false;
    for (size_t i = 0; i < mgd__formula_operands(maker); i++) any |= blame(s, maker->arg[i]);
    return any ? -1 : first_entry(v);
}

/* From v down; what is found last was recorded first. */
static void follow(search *s, mgd_origin *o) {
    int64_t entry = -1;
    s->bad[s->below.count - 1] = true;
    for (size_t i = s->below.count; i-- > 0;) {
        mgd_var *v = mgd__node(s->t, s->below.ids[i]);
        int64_t k = s->bad[i] ? entry_begun_by(s, v) : -1;
        if (k < 0) continue;
        o->node = v;
        entry = k;
    }
    o->kind = maker_of(o->node)->count ? MGD_ORIGIN_OPERATION : MGD_ORIGIN_DATA;
    point_to(o, o->node, entry);
    explain(o, o->node, entry);
}

static void note_infinities(const search *s, mgd_origin *o) {
    for (size_t i = 0; i < s->below.count; i++) {
        const mgd_var *v = mgd__node(s->t, s->below.ids[i]);
        int64_t k = v->op->results ? -1 : first_entry(v);
        if (k < 0) continue;
        say(o, "; on the way ");
        explain(o, v, k);
        return;
    }
}

static mgd_origin out_of_memory(void) {
    return (mgd_origin){ .kind = MGD_ORIGIN_NOT_EVALUATED, .rule = "", .message = "out of memory" };
}

/* No memory to look is no error of recording. */
static mgd_reached look_below(mgd_tape *t, mgd_var *v) {
    bool failed = t->failed;
    mgd_reached below = mgd__reach(t, 1, &v, 0, false);
    if (!below.ids && !failed) mgd_clear(t);
    return below;
}

/* v has a value. */
static mgd_origin find(mgd_var *v) {
    mgd_origin o = { .kind = MGD_ORIGIN_NONE, .rule = "" };
    search s = { .t = v->tape, .below = look_below(v->tape, v) };
    s.bad = s.below.ids ? calloc(s.below.count + 1, sizeof *s.bad) : NULL;
    s.finite = s.bad ? calloc(s.below.count + 1, sizeof *s.finite) : NULL;
    if (!s.finite) {
        o = out_of_memory();
    } else if (first_entry(v) >= 0) {
        follow(&s, &o);
    } else {
        say(&o, "%s is finite", mgd__label(v).text);
        note_infinities(&s, &o);
    }
    free(s.below.ids);
    free(s.bad);
    free(s.finite);
    return o;
}

static mgd_origin not_evaluated(const mgd_tape *t) {
    mgd_origin o = { .kind = MGD_ORIGIN_NOT_EVALUATED, .rule = "" };
    say(&o, "%s", mgd_message(t));
    return o;
}

mgd_origin mgd_first_nonfinite(mgd_var *v) {
    mgd_origin o = { .kind = MGD_ORIGIN_NOT_EVALUATED, .rule = "", .message = "the var is NULL" };
    if (!v) return o;
    if (!mgd_value(v)) return not_evaluated(v->tape);
    if (!v->op->results) return find(v);
    snprintf(o.message, sizeof o.message, "%s is several matrices: ask about its parts", mgd__label(v).text);
    return o;
}

/* ---- following a sweep ---- */

static mgd_origin of_adjoint(mgd_var *node, mgd_var *adjoint, int64_t k, bool given) {
    mgd_origin o = { .kind = MGD_ORIGIN_ADJOINT, .node = node, .share = adjoint, .rule = "" };
    point_to(&o, adjoint, k);
    say(&o, "the adjoint of ");
    say_entry(&o, node, k);
    say(&o, " is ");
    say_number(&o, o.value);
    say(&o, given ? ": the cotangent that the sweep began with" : ": the sum of shares that are finite");
    say_place(&o, node);
    return o;
}

static void say_largest_operands(mgd_origin *o, const mgd_var *v) {
    for (size_t i = 0; i < mgd__formula_operands(v); i++) {
        if (is_plain_number(v->arg[i]) || came_before(v, i)) continue;
        say(o, i ? "; " : ": ");
        say_largest(o, v->arg[i], (part){ -1, -1 });
    }
}

static mgd_origin of_share(const mgd_contribution *c, mgd_var *adjoint, int64_t k) {
    mgd_origin o = {
        .kind = MGD_ORIGIN_SHARE, .node = c->node, .operand = c->operand, .share = c->share, .rule = c->rule
    };
    const mgd_var *v = c->node;
    bool by_entries = is_by_entries(v) && mgd__same_size(v, v->arg[c->operand]);
    point_to(&o, c->share, k);
    say(&o, "%s gives ", mgd__label(v).text);
    say_entry(&o, v->arg[c->operand], k);
    say(&o, " the share ");
    say_number(&o, o.value);
    if (by_entries)
        say_operands(&o, v, k);
    else
        say_largest_operands(&o, v);
    if (adjoint && by_entries) {
        say(&o, ", ");
        say_equation(&o, v, k);
        say(&o, ", its adjoint there ");
        say_number(&o, value_of(adjoint).data[k]);
    } else if (adjoint) {
        say(&o, "; its adjoint, ");
        say_largest(&o, adjoint, (part){ -1, -1 });
    }
    say(&o, "; %s", c->rule);
    say_place(&o, v);
    return o;
}

static bool forward_is_finite(const mgd_var *v) {
    if (first_entry(v) >= 0) return false;
    for (size_t i = 0; i < mgd__formula_operands(v); i++)
        if (first_entry(v->arg[i]) >= 0) return false;
    return true;
}

/* A node whose own value is not finite, or an operand of it. */
static mgd_origin of_forward(mgd_var *v) {
    mgd_var *culprit = v;
    for (size_t i = 0; first_entry(culprit) < 0 && i < mgd__formula_operands(v); i++) culprit = v->arg[i];
    return find(culprit);
}

mgd_origin mgd_first_nonfinite_adjoint(const mgd_sweep *s) {
    mgd_origin none = { .kind = MGD_ORIGIN_NOT_EVALUATED, .rule = "", .message = "the sweep is NULL" };
    mgd_var *seen = NULL, *adjoint = NULL, *blamed = NULL;
    bool settled = true; /* is the node's adjoint finite? */
    for (size_t n = 0; n < mgd_contributions(s); n++) {
        mgd_contribution c = mgd_contribution_at(s, n);
        if (c.node != seen) {
            seen = c.node;
            adjoint = c.node->op->results ? NULL : mgd_adjoint(s, c.node);
            if (adjoint && !mgd_value(adjoint)) return not_evaluated(c.node->tape);
            int64_t k = adjoint ? first_entry(adjoint) : -1;
            settled = k < 0;
            if (k >= 0 && !blamed) return of_adjoint(c.node, adjoint, k, n == 0);
        }
        if (!mgd_value(c.share) || !mgd_value(c.node)) return not_evaluated(c.node->tape);
        int64_t k = first_entry(c.share);
        if (k >= 0 && settled && forward_is_finite(c.node)) return of_share(&c, adjoint, k);
        if (k >= 0 && !blamed) blamed = c.node;
    }
    if (blamed) return of_forward(blamed);
    if (!s) return none;
    for (size_t n = 0; n < mgd_contributions(s); n++) { /* what has no operands passes nothing on */
        mgd_contribution c = mgd_contribution_at(s, n);
        mgd_var *x = c.node->arg[c.operand];
        adjoint = x->count ? NULL : mgd_adjoint(s, x);
        if (adjoint && !mgd_value(adjoint)) return not_evaluated(x->tape);
        int64_t k = adjoint ? first_entry(adjoint) : -1;
        if (k >= 0) return of_adjoint(x, adjoint, k, false);
    }
    none.kind = MGD_ORIGIN_NONE;
    snprintf(none.message, sizeof none.message, "every adjoint and every share is finite");
    return none;
}
