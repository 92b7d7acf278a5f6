/* SPDX-License-Identifier: MIT */
/* A node of a tape, and how one is recorded. A node never moves and never changes. */
#ifndef MGD_NODE_H
#define MGD_NODE_H

#include "matgrad/tape.h"

/* A number of rows or columns: positive, or negative for an expression in named sizes (tape/size.h); 0 is no size. */
typedef int32_t mgd_dim;

/* What an operation takes beside matrices; its descriptor says which member. Two nodes with equal bits are one, so
 * texts and lists are interned (tape/intern.c) and compare by address. */
typedef union {
    struct {
        int64_t numerator, denominator; /* in lowest terms, denominator > 0 */
    } rational;
    struct {
        const char *text;
        int64_t serial;
    } text;
    struct {
        const mgd_dim *list; /* entries of 0 are allowed here: a block's corner counts from 0 */
        int64_t length;
    } sizes;
    struct {
        int64_t flag, serial; /* a variant; what keeps nodes apart that look the same (constant matrices) */
    } flag;
    int64_t bits[2];
} mgd_parameters;

struct mgd_var {
    const mgd_operation *op;
    mgd_tape *tape;
    mgd_dim rows, cols;
    uint32_t id;    /* its place on the tape */
    uint32_t count; /* operands: the formula's, then those that only the kernel reads */
    mgd_parameters p;
    mgd_var *arg[];
};

#define MGD_NO_PARAMETERS ((mgd_parameters){ .bits = { 0, 0 } })

static inline bool mgd__is_scalar(const mgd_var *v) { return v && v->rows == 1 && v->cols == 1; }
static inline bool mgd__same_size(const mgd_var *a, const mgd_var *b) {
    return a->rows == b->rows && a->cols == b->cols;
}

/* Records a node, or finds the one that is the same, or the simpler one that its operation reduces it to. rows and
 * cols are for operations whose operands do not decide their size, else 0. NULL after an error. */
mgd_var *mgd__record(mgd_tape *t, const mgd_operation *op, mgd_parameters p, mgd_dim rows, mgd_dim cols, size_t count,
                     mgd_var *const *arg);

/* The same on the tape of the operands, of which there is at least one. A NULL among them flows through; beside a
 * live operand it is an error on that one's tape. */
mgd_var *mgd__apply(const mgd_operation *op, mgd_parameters p, mgd_dim rows, mgd_dim cols, size_t count,
                    mgd_var *const *arg);

/* The node that mgd__record would find, or NULL. Records nothing. */
mgd_var *mgd__lookup(mgd_tape *t, const mgd_operation *op, mgd_parameters p, mgd_dim rows, mgd_dim cols, size_t count,
                     mgd_var *const *arg);

/* The error of an evaluation, and whom to tell: a tape has one, and whoever runs a program. */
enum { MGD_MESSAGE = 512 };
typedef struct {
    char text[MGD_MESSAGE]; /* "" for none */
    void (*handler)(void *user, const char *message);
    void *user;
    const mgd_var *at; /* the node that is being evaluated, whose place the message names; or NULL */
} mgd_complaint;

/* The one place where errors are raised. Of recording, and of evaluation; both return false. */
bool mgd__refuse(mgd_tape *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool mgd__undefined(mgd_complaint *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool mgd__out_of_memory(mgd_tape *t);

/* Texts for messages: mgd__label(v).text is "X'*a", mgd__size_label(v).text is "3x2". */
typedef struct {
    char text[72];
} mgd_label;
mgd_label mgd__label(const mgd_var *v);
mgd_label mgd__size_label(const mgd_var *v);

#endif
