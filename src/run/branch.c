/* SPDX-License-Identifier: MIT */
/* Branches on values, and the node that watches over each (tape/branch.c). */
#include "run/branch.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The condition is as it was when what followed was recorded. */
static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    double now = *(const double *)in[0].data;
    bool outcome = mgd__branch_outcome(s->node);
    *(double *)out->data = outcome;
    if (!isnan(now) && (now != 0) == outcome) return true;
    char is[40] = "NaN";
    if (!isnan(now)) snprintf(is, sizeof is, "%s now (%g)", now != 0 ? "true" : "false", now);
    mgd_note place = mgd__note_of_place(s->node);
    s->complaint->at = NULL; /* the place is in the message */
    return mgd__undefined(s->complaint, "branch%s: %s was %s when this was recorded, and is %s: record again",
                          place.text[0] ? place.text + strlen("recorded") : "", s->p.text.text,
                          outcome ? "true" : "false", is);
}

const mgd_operation mgd__op_branch = {
    .name = "branch",
    .operands = 1,
    .parameter = MGD_PARAMETER_TEXT,
    .notation = "branch({1})",
    .precedence = MGD_ATOM,
    .kernel = kernel,
    .decides = true,
};

/* The branches before it are not in force after it. A node, so that a mark is before or behind it. */
static const mgd_operation branch_end = {
    .name = "branch_forget",
    .parameter = MGD_PARAMETER_TEXT,
    .notation = "branch_forget",
    .precedence = MGD_ATOM,
};

static bool evaluate(mgd_var *condition, double *value) {
    mgd_tape *t = condition->tape;
    void (*handler)(void *, const char *) = t->complaint.handler;
    t->complaint.handler = NULL; /* which hears of it as an error of recording */
    const double *x = mgd_value(condition);
    t->complaint.handler = handler;
    if (x) {
        *value = *x;
        return true;
    }
    char why[MGD_MESSAGE];
    snprintf(why, sizeof why, "%s", t->complaint.text);
    return mgd__refuse(t, "branch: %.400s", why);
}

bool mgd_branch(mgd_var *condition) {
    if (!condition || condition->tape->failed) return false;
    mgd_tape *t = condition->tape;
    double value = 0;
    if (!mgd__is_scalar(condition))
        return mgd__refuse(t, "branch: %s is %s, not 1x1", mgd__label(condition).text, mgd__size_label(condition).text);
    if (!evaluate(condition, &value)) return false;
    if (isnan(value)) return mgd__refuse(t, "branch: %s is NaN: neither true nor false", mgd__label(condition).text);
    bool outcome = value != 0;
    return mgd__record_branch(t, &mgd__op_branch, condition, outcome, mgd__branch_generation(t)) && outcome;
}

void mgd_branch_forget(mgd_tape *t) {
    const mgd_var *last = t ? mgd__spans_last(&t->branches) : NULL;
    if (!last || !last->count || t->failed) return;
    const char *text = mgd__intern_text(t, "");
    if (!text) return;
    mgd_parameters p = { .text = { text, ++t->serial * 2 } };
    const mgd_var *end = mgd__record(t, &branch_end, p, 1, 1, 0, NULL);
    if (end && !mgd__spans_set(&t->branches, t->count, end)) mgd__out_of_memory(t);
}
