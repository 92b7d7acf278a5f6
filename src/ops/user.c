/* SPDX-License-Identifier: MIT */
/* Operations that users make: descriptors whose functions call theirs. */
#include "matgrad/operation.h"

#include "ops/ops.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_OPERANDS = 8, REASON = 160 };

typedef struct mgd_user_functions {
    void *user;
    mgd_shape_function *shape;
    mgd_value_function *value;
    mgd_rule_function *pullback, *pushforward;
} functions;

#ifdef MGD_DEBUG
enum { CHECKED_UNLESS_TOLD = true };
#else
enum { CHECKED_UNLESS_TOLD = false };
#endif

typedef struct {
    mgd_operation op; /* first: the public handle points to it */
    functions functions;
    bool to_be_checked; /* read and written by all threads that use the operation */
    char name[];
} user_operation;

static functions *functions_of(mgd_operation *op) { return &((user_operation *)op)->functions; }

static bool shape(mgd_var *v) {
    const functions *f = v->op->user;
    const mgd_size *rows = NULL, *cols = NULL;
    char why[REASON] = "its shape function refused";
    const mgd_var *operands[MOST_OPERANDS];
    for (uint32_t i = 0; i < v->count; i++) operands[i] = v->arg[i];
    if (!f->shape(f->user, operands, &rows, &cols, why, sizeof why))
        return v->tape->failed ? false : mgd__refuse(v->tape, "%s: %.159s", v->op->name, why);
    v->rows = mgd__dim_of(v->tape, rows);
    v->cols = mgd__dim_of(v->tape, cols);
    return (v->rows && v->cols) ||
           mgd__refuse(v->tape, "%s: its shape function gave no size of this tape", v->op->name);
}

static bool kernel(const mgd_step *s, const mgd_array *in, mgd_array *out) {
    const functions *f = s->op->user;
    char why[REASON] = "its value function failed";
    mgd_array operands[MOST_OPERANDS];
    for (uint32_t i = 0; i < s->node->count; i++) operands[i] = in[i];
    return f->value(f->user, operands, out, why, sizeof why) ||
           mgd__undefined(s->complaint, "%s: %.159s", s->op->name, why);
}

static mgd_var *checked(const mgd_var *c, size_t i, mgd_var *share) {
    if (!share || share->tape == c->tape) return share;
    mgd__refuse(c->tape, "%s: its derivative in operand %zu, %s, is of another tape", c->op->name, i + 1,
                mgd__label(share).text);
    return NULL;
}

static mgd_var *pullback(mgd_var *c, size_t i, mgd_var *t) {
    const functions *f = c->op->user;
    if (f->pullback) return checked(c, i, f->pullback(f->user, c, i, t));
    mgd__refuse(c->tape, "%s: the operation has no pullback", c->op->name);
    return NULL;
}

static mgd_var *pushforward(mgd_var *c, size_t i, mgd_var *t) {
    const functions *f = c->op->user;
    return checked(c, i, f->pushforward(f->user, c, i, t));
}

mgd_operation *mgd_operation_new(const char *name, size_t operands) {
    if (!name || !name[0] || operands < 1 || operands > MOST_OPERANDS) return NULL;
    size_t n = strlen(name) + 1;
    user_operation *u = calloc(1, sizeof *u + n);
    if (!u) return NULL;
    memcpy(u->name, name, n);
    mgd_operation op = { .name = u->name, .operands = (int)operands, .pullback = pullback, .user = &u->functions };
    memcpy(&u->op, &op, sizeof op);
    u->to_be_checked = CHECKED_UNLESS_TOLD;
    return &u->op;
}

void mgd_operation_free(mgd_operation *op) { free(op); }

void mgd_operation_set_user(mgd_operation *op, void *user) {
    if (op) functions_of(op)->user = user;
}

void mgd_operation_set_shape(mgd_operation *op, mgd_shape_function *function) {
    if (!op) return;
    functions_of(op)->shape = function;
    op->shape = function ? shape : NULL;
}

void mgd_operation_set_value(mgd_operation *op, mgd_value_function *function) {
    if (!op) return;
    functions_of(op)->value = function;
    op->kernel = function ? kernel : NULL;
}

void mgd_operation_set_pullback(mgd_operation *op, mgd_rule_function *function) {
    if (op) functions_of(op)->pullback = function;
}

void mgd_operation_set_pushforward(mgd_operation *op, mgd_rule_function *function) {
    if (!op) return;
    functions_of(op)->pushforward = function;
    op->pushforward = function ? pushforward : NULL;
}

void mgd_operation_set_checked(mgd_operation *op, bool checked) {
    if (op) __atomic_store_n(&((user_operation *)op)->to_be_checked, checked, __ATOMIC_RELAXED);
}

bool mgd__operation_take_check(const mgd_operation *op) {
    user_operation *u = (user_operation *)(uintptr_t)op;
    if (!__atomic_load_n(&u->to_be_checked, __ATOMIC_RELAXED)) return false;
    return __atomic_exchange_n(&u->to_be_checked, false, __ATOMIC_RELAXED);
}

bool mgd__operation_has_rule(const mgd_operation *op, bool forward) {
    return forward ? op->user->pushforward : op->user->pullback;
}
