/* SPDX-License-Identifier: MIT */
/* The rules of a user's operation against differences of its value: on a tape of its own, at numbers that are drawn. */
#include "check/operation.h"

#include "matgrad/derive.h"
#include "ops/ops.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_OPERANDS = 8, MOST_ROWS = 64, SMALL = 3, KINDS = 6, POINTS = 2 };

typedef struct {
    mgd_tape *tape;
    const mgd_operation *op;
    size_t n;
    mgd_var *operand[MOST_OPERANDS], *result, *weights, *f; /* f is the sum of weights .* result */
} trial;

/* ---- sizes ---- */

/* A size of the tape `from` on the trial's: numbers that are large become small ones, the same for the same. */
static mgd_dim size_on(const trial *r, const mgd_tape *from, mgd_dim d, bool small) {
    if (d < 0) return mgd__dim_on(r->tape, from, d);
    return small && d > MOST_ROWS ? SMALL + 2 + (mgd_dim)(mgd__mix((uint64_t)d) % 11) : d;
}

/* Names keep what they are bound to, unless it is large. */
static bool bind_names(const trial *r, const mgd_tape *from) {
    mgd_sizes *sizes = &r->tape->sizes;
    for (size_t i = 0, named = 0; i < sizes->atoms; i++) {
        int64_t bound = 0;
        if (sizes->atom[i].kind != MGD_ATOM_NAME) continue;
        for (size_t k = 0; k < from->sizes.atoms; k++)
            if (from->sizes.atom[k].kind == MGD_ATOM_NAME && !strcmp(from->sizes.atom[k].name, sizes->atom[i].name))
                bound = from->sizes.atom[k].value;
        int64_t size = bound && bound <= MOST_ROWS ? bound : SMALL + (int64_t)named;
        named++;
        if (!mgd_bind(r->tape, sizes->atom[i].name, size)) return false;
    }
    for (size_t i = 0; i < sizes->count; i++)
        if (!sizes->size[i]->value) return false;
    return true;
}

static bool record(trial *r, mgd_var *const *operands, bool small) {
    r->tape = mgd_tape_new();
    if (!r->tape) return false;
    for (size_t i = 0; i < r->n; i++) {
        char name[40];
        snprintf(name, sizeof name, "operand%zu", i + 1);
        const mgd_tape *from = operands[i]->tape;
        mgd_dim rows = size_on(r, from, operands[i]->rows, small), cols = size_on(r, from, operands[i]->cols, small);
        r->operand[i] = mgd_input_sized(r->tape, name, mgd__dim_size(r->tape, rows), mgd__dim_size(r->tape, cols));
        if (!r->operand[i]) return false;
    }
    r->result = mgd__apply(r->op, MGD_NO_PARAMETERS, 0, 0, r->n, r->operand);
    if (!r->result) return false;
    r->weights = mgd_input_sized(r->tape, "weights", mgd_rows_of(r->result), mgd_cols_of(r->result));
    r->f = mgd_sum(mgd_hadamard(r->weights, r->result));
    return r->f && bind_names(r, operands[0]->tape);
}

/* ---- numbers ---- */

static double uniform(uint64_t key) { return (double)(mgd__mix(key) >> 11) * 0x1p-52 - 1; } /* in (-1, 1) */

/* Numbers of a kind: of either sign; positive; positive definite where square; small; large; above 1. */
static double drawn(int kind, uint64_t key, int64_t i, int64_t j, bool square, int64_t n) {
    double u = uniform(key);
    switch (kind) {
    case 0:
        return 2 * u;
    case 1:
        return 1 + 0.8 * u;
    case 2:
        return !square ? 1 + 0.8 * u : i == j ? (double)n + u : 0.5 * uniform((uint64_t)(i * j + i + j) + 77);
    case 3:
        return 0.4 * u;
    case 4:
        return 5 * u;
    default:
        return 3 + 1.5 * u;
    }
}

static bool set_numbers(mgd_var *v, int kind, uint64_t key) {
    int64_t rows = mgd__dim_value(v->tape, v->rows), cols = mgd__dim_value(v->tape, v->cols);
    double *numbers = malloc((size_t)rows * (size_t)cols * sizeof *numbers);
    for (int64_t k = 0; numbers && k < rows * cols; k++)
        numbers[k] = drawn(kind, key + (uint64_t)k, k / cols, k % cols, rows == cols, rows);
    bool set = numbers && mgd_set(v, numbers, rows, cols);
    free(numbers);
    return set;
}

static bool draw_point(trial *r, int kind) {
    for (size_t i = 0; i < r->n; i++)
        if (!set_numbers(r->operand[i], kind, (uint64_t)(i + 1) << 40)) return false;
    if (!set_numbers(r->weights, 0, (uint64_t)99 << 40)) return false;
    const double *value = mgd_value(r->f);
    return value && isfinite(*value);
}

/* ---- rules ---- */

static void blame(mgd_gradient_check *c, const trial *r, const char *rule, size_t i) {
    char reason[sizeof c->message];
    snprintf(reason, sizeof reason, "%s", c->message);
    if (!c->row)
        snprintf(c->message, sizeof c->message,
                 "%s: the pushforward of operand %zu does not agree with its pullback: "
                 "along a direction %.12g and %.12g",
                 r->op->name, i + 1, c->expected, c->got);
    else if (isinf(c->error))
        snprintf(c->message, sizeof c->message, "%s: the %s of operand %zu is not the derivative of the value: %.200s",
                 r->op->name, rule, i + 1, reason);
    else
        snprintf(c->message, sizeof c->message,
                 "%s: the %s of operand %zu is not the derivative of the value: "
                 "entry (%lld,%lld) is %.12g, by differences %.12g, which err by about %.1g",
                 r->op->name, rule, i + 1, (long long)c->row, (long long)c->col, c->got, c->expected, c->error);
}

/* Nothing was compared: an error kept the check from being made. */
static bool was_made(const mgd_gradient_check *c) { return c->holds || c->row || !isnan(c->got); }

/* Where there is a pushforward alone: the result as the operand moves along a direction, by the distance. */
static mgd_gradient_check check_forward(trial *r, size_t i, int kind) {
    mgd_gradient_check c = { .got = NAN, .error = INFINITY };
    char name[2][64];
    snprintf(name[0], sizeof name[0], "direction%zu_%d", i + 1, kind);
    snprintf(name[1], sizeof name[1], "distance%zu_%d", i + 1, kind);
    mgd_var *a = r->operand[i], *operand[MOST_OPERANDS], *s = mgd_input(r->tape, name[1], 1, 1);
    mgd_var *v = mgd_input_sized(r->tape, name[0], mgd_rows_of(a), mgd_cols_of(a));
    for (size_t k = 0; k < r->n; k++) operand[k] = r->operand[k];
    operand[i] = mgd_add(a, mgd_scale(s, v));
    mgd_var *moved = mgd__apply(r->op, MGD_NO_PARAMETERS, 0, 0, r->n, operand);
    mgd_var *tangent = mgd_sum(mgd_hadamard(r->weights, mgd_pushforward(r->result, a, v)));
    if (tangent && set_numbers(v, 0, (uint64_t)98 << 40) && mgd_set(s, (double[]){ 0 }, 1, 1))
        c = mgd_check_gradient(mgd_sum(mgd_hadamard(r->weights, moved)), s, tangent);
    if (!c.message[0]) snprintf(c.message, sizeof c.message, "%s", mgd_message(r->tape));
    return c;
}

static mgd_gradient_check check_operand(trial *r, size_t i, int kind) {
    bool backward = mgd__operation_has_rule(r->op, false);
    mgd_gradient_check c = backward ? mgd_check_gradient(r->f, r->operand[i], NULL) : check_forward(r, i, kind);
    if (!c.holds && was_made(&c)) blame(&c, r, backward ? "pullback" : "pushforward", i);
    return c;
}

static mgd_gradient_check check_rules(trial *r) {
    mgd_gradient_check c = { .holds = true };
    for (int kind = 0, points = 0; kind < KINDS && points < POINTS; kind++) {
        if (!draw_point(r, kind)) continue;
        points++;
        for (size_t i = 0; i < r->n; i++) {
            c = check_operand(r, i, kind);
            if (!c.holds) return c;
        }
    }
    return c;
}

/* The operands may not fit: then the message says why, and nothing was compared. */
static mgd_gradient_check try_operation(const mgd_operation *op, size_t n, mgd_var *const *operands) {
    mgd_gradient_check c = { .holds = true };
    if (!op->kernel || (!mgd__operation_has_rule(op, false) && !mgd__operation_has_rule(op, true))) return c;
    bool recorded = false;
    for (int small = 1; small >= 0 && !recorded; small--) {
        trial r = { .op = op, .n = n };
        recorded = record(&r, operands, small);
        c = recorded ? check_rules(&r) : (mgd_gradient_check){ .got = NAN, .expected = NAN, .error = INFINITY };
        if (!recorded) snprintf(c.message, sizeof c.message, "%.399s", mgd_message(r.tape));
        mgd_tape_free(r.tape);
    }
    return c;
}

mgd_gradient_check mgd__try_operation(const mgd_operation *op, size_t n, mgd_var *const *operands) {
    mgd_gradient_check c = try_operation(op, n, operands);
    if (!was_made(&c)) c.holds = true;
    return c;
}

static bool say(mgd_gradient_check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool say(mgd_gradient_check *c, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(c->message, sizeof c->message, format, arguments);
    va_end(arguments);
    return false;
}

static bool are_operands(const mgd_operation *op, size_t n, mgd_var *const *operands, mgd_gradient_check *c) {
    if (!op || !operands) return say(c, "check: %s NULL", op ? "the operands are" : "the operation is");
    if (!op->user) return say(c, "%s is not an operation of your own", op->name);
    if (n != (size_t)op->operands) return say(c, "%s takes %d operands, not %zu", op->name, op->operands, n);
    for (size_t i = 0; i < n; i++) {
        if (!operands[i]) return say(c, "%s: operand %zu is NULL", op->name, i + 1);
        if (operands[i]->tape != operands[0]->tape)
            return say(c, "%s: operand %zu, %s, is of another tape", op->name, i + 1, mgd__label(operands[i]).text);
    }
    return true;
}

mgd_gradient_check mgd_check_operation(const mgd_operation *op, size_t n, mgd_var *const *operands) {
    mgd_gradient_check c = { .got = NAN, .expected = NAN, .error = INFINITY };
    return are_operands(op, n, operands, &c) ? try_operation(op, n, operands) : c;
}
