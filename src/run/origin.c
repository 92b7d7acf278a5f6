/* SPDX-License-Identifier: MIT */
/* Where a value that is not finite came from: down through the operands that are not finite themselves. */
#include "run/origin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    mgd_tape *t;
    mgd_reached below;
    bool *bad;           /* does the value, not finite, reach what was asked about? */
    signed char *finite; /* 0 where it was not looked at yet, 1, or -1 */
} search;

static bool is_finite(search *s, const mgd_var *v) {
    signed char *known = &s->finite[mgd__position(s->t, &s->below, v)];
    if (!*known) *known = mgd__first_entry(v) < 0 ? 1 : -1;
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
    mgd_known x = mgd__known_value(v);
    int64_t own = -1;
    for (int64_t k = 0; k < x.rows * x.cols; k++) {
        if (isfinite(x.data[k])) continue;
        bool any = false;
        for (size_t i = 0; i < mgd__formula_operands(v); i++) {
            const mgd_var *a = v->arg[i];
            if (!isfinite(mgd__known_value(a).data[mgd__is_scalar(a) ? 0 : k])) any |= blame(s, a);
        }
        if (!any && own < 0) own = k;
    }
    return own;
}

static int64_t entry_begun_by(search *s, const mgd_var *v) {
    const mgd_var *maker = mgd__maker_of(v);
    if (mgd__is_by_entries(v)) return own_entry(s, v);
    bool any = false;
    for (size_t i = 0; i < mgd__formula_operands(maker); i++) any |= blame(s, maker->arg[i]);
    return any ? -1 : mgd__first_entry(v);
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
    o->kind = mgd__maker_of(o->node)->count ? MGD_ORIGIN_OPERATION : MGD_ORIGIN_DATA;
    mgd__point_to(o, o->node, entry);
    mgd__explain(o, o->node, entry);
}

static void note_infinities(const search *s, mgd_origin *o) {
    for (size_t i = 0; i < s->below.count; i++) {
        const mgd_var *v = mgd__node(s->t, s->below.ids[i]);
        int64_t k = v->op->results ? -1 : mgd__first_entry(v);
        if (k < 0) continue;
        mgd__say(o, "; on the way ");
        mgd__explain(o, v, k);
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
mgd_origin mgd__find_origin(mgd_var *v) {
    mgd_origin o = { .kind = MGD_ORIGIN_NONE, .rule = "" };
    search s = { .t = v->tape, .below = look_below(v->tape, v) };
    s.bad = s.below.ids ? calloc(s.below.count + 1, sizeof *s.bad) : NULL;
    s.finite = s.bad ? calloc(s.below.count + 1, sizeof *s.finite) : NULL;
    if (!s.finite) {
        o = out_of_memory();
    } else if (mgd__first_entry(v) >= 0) {
        follow(&s, &o);
    } else {
        mgd__say(&o, "%s is finite", mgd__label(v).text);
        note_infinities(&s, &o);
    }
    free(s.below.ids);
    free(s.bad);
    free(s.finite);
    return o;
}

mgd_origin mgd__not_evaluated(const mgd_tape *t) {
    mgd_origin o = { .kind = MGD_ORIGIN_NOT_EVALUATED, .rule = "" };
    mgd__say(&o, "%s", mgd_message(t));
    return o;
}

mgd_origin mgd_first_nonfinite(mgd_var *v) {
    mgd_origin o = { .kind = MGD_ORIGIN_NOT_EVALUATED, .rule = "", .message = "the var is NULL" };
    if (!v) return o;
    if (!mgd_value(v)) return mgd__not_evaluated(v->tape);
    if (!v->op->results) return mgd__find_origin(v);
    snprintf(o.message, sizeof o.message, "%s is several matrices: ask about its parts", mgd__label(v).text);
    return o;
}
