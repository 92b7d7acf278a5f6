/* SPDX-License-Identifier: MIT */
/* input: a matrix whose entries the user sets.
 *
 * value        X
 */
#include "ops/ops.h"

const mgd_operation mgd__op_input = {
    .name = "input",
    .parameter = MGD_PARAMETER_TEXT,
    .notation = "%t",
    .precedence = MGD_ATOM,
};

static mgd_var *input(mgd_tape *t, const char *name, mgd_dim rows, mgd_dim cols) {
    if (!mgd__is_name(name)) {
        mgd__refuse(t, "input: '%.64s' is no name", name ? name : "(null)");
        return NULL;
    }
    const char *text = mgd__intern_text(t, name);
    const mgd_var *known = text ? mgd__input_named(t, text) : NULL;
    if (known) mgd__refuse(t, "input: this tape has an input named %s already, %s", name, mgd__size_label(known).text);
    if (!text || known) return NULL;
    mgd_var *v = mgd__record(t, &mgd__op_input, (mgd_parameters){ .text = { text, 0 } }, rows, cols, 0, NULL);
    if (v) mgd__name_input(t, text, v);
    return v;
}

/** An input of a size in numbers. The name is copied; one tape has one input of a name. NULL after an error. */
mgd_var *mgd_input(mgd_tape *t, const char *name, int64_t rows, int64_t cols) {
    if (!t || t->failed) return NULL;
    if (rows < 1 || cols < 1 || rows > INT32_MAX || cols > INT32_MAX) {
        mgd__refuse(t, "input: %.64s cannot be %lldx%lld: sizes are whole numbers from 1 to %d", name ? name : "(null)",
                    (long long)rows, (long long)cols, INT32_MAX);
        return NULL;
    }
    return input(t, name, (mgd_dim)rows, (mgd_dim)cols);
}

/** An input of a size in names: one recording serves every number that they stand for. */
mgd_var *mgd_input_sized(mgd_tape *t, const char *name, const mgd_size *rows, const mgd_size *cols) {
    if (!t || t->failed) return NULL;
    mgd_dim r = mgd__dim_of(t, rows), c = mgd__dim_of(t, cols);
    if (r && c) return input(t, name, r, c);
    mgd__refuse(t, "input: %.64s: the number of %s is NULL or of another tape", name ? name : "(null)",
                r ? "columns" : "rows");
    return NULL;
}
