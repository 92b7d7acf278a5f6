/* SPDX-License-Identifier: MIT */
/* Branches that the caller's program took on values. Each is a node, which whatever is recorded after it depends on:
 * the branch's kernel refuses where the condition is not as it was. So a branch hangs on those before it, as every
 * other node does, and rewinding undoes it. */
#include "tape/tape.h"

int64_t mgd__branch_generation(const mgd_tape *t) {
    const mgd_var *last = mgd__spans_last(&t->branches);
    return last ? last->p.text.serial >> 1 : 0;
}

static mgd_parameters parameters(const char *text, bool outcome, int64_t generation) {
    return (mgd_parameters){ .text = { text, generation * 2 + outcome } };
}

mgd_var *mgd__record_branch(mgd_tape *t, const mgd_operation *op, mgd_var *condition, bool outcome,
                            int64_t generation) {
    if (t->failed) return NULL;
    uint32_t before = t->count;
    const char *text = mgd__intern_text(t, mgd__label(condition).text);
    if (!text) return NULL;
    const mgd_var *contrary = mgd__lookup(t, op, parameters(text, !outcome, generation), 1, 1, 1, &condition);
    if (contrary) {
        mgd__refuse(t,
                    "branch: %s is %s now and was %s when what is on the tape was recorded: rewind to before that "
                    "branch, or mgd_branch_forget",
                    text, outcome ? "true" : "false", outcome ? "false" : "true");
        return NULL;
    }
    mgd_var *branch = mgd__record(t, op, parameters(text, outcome, generation), 1, 1, 1, &condition);
    if (!branch || branch->id < before) return branch; /* it is in force already */
    return mgd__spans_set(&t->branches, t->count, branch) ? branch : (mgd__out_of_memory(t), NULL);
}
