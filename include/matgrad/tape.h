/* SPDX-License-Identifier: MIT */
/* Tapes: what records an expression, and what can be read from one.
 *
 *     mgd_tape *t = mgd_tape_new();
 *     const mgd_size *m = mgd_size_named(t, "m"), *n = mgd_size_named(t, "n");
 *     mgd_var *X = mgd_input_sized(t, "X", m, n);    // one recording serves every m and n
 *     mgd_var *f = mgd_sum(mgd_exp(X));
 *     if (!f) fprintf(stderr, "%s\n", mgd_message(t));
 *     mgd_tape_free(t);                              // and every var with it
 *
 * A tape owns every var, size and array reached from it. One tape is used by one thread at a time; different tapes
 * share nothing. Every function here accepts NULL.
 */
#ifndef MATGRAD_TAPE_H
#define MATGRAD_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined __GNUC__
#define MGD_CHECK_RESULT __attribute__((warn_unused_result))
#else
#define MGD_CHECK_RESULT
#endif

typedef struct mgd_tape mgd_tape;
typedef struct mgd_var mgd_var;             /* a node of a tape: a real matrix with a size; a scalar is 1x1 */
typedef struct mgd_size mgd_size;           /* a number, or an expression in named sizes */
typedef struct mgd_operation mgd_operation; /* what a node does */

/* "0.1.0" */
const char *mgd_version(void);

/* A new, empty tape; NULL without memory. Free it with mgd_tape_free. */
mgd_tape *mgd_tape_new(void) MGD_CHECK_RESULT;
void mgd_tape_free(mgd_tape *t);

/* Forgets every var, size, binding and error, and keeps the memory for what is recorded next. */
void mgd_tape_reset(mgd_tape *t);

/* How far the recording has come; rewinding undoes what was recorded since, values included. Vars and sweeps made
 * since the mark must not be used afterwards. A mark beyond the end is ignored. */
size_t mgd_mark(const mgd_tape *t);
void mgd_rewind(mgd_tape *t, size_t mark);

/* ---- errors ----
 * An error of recording (sizes that do not fit, a wrong call, no memory) stays on the tape until mgd_clear: the first
 * one, in a sentence with the names and sizes. From then on operations return NULL, and since they accept NULL one
 * check at the end is enough. What was recorded before stays valid.
 * An error of evaluation (a singular matrix, an input without data) belongs to that evaluation: the call returns NULL
 * or false, and the next mgd_set, mgd_bind or mgd_value starts clean. */
const char *mgd_message(const mgd_tape *t); /* the error, "" where there is none; valid until the next call */
bool mgd_failed(const mgd_tape *t);         /* is there an error of recording? */
void mgd_clear(mgd_tape *t);

/* Says where the caller is: what is recorded from now on, until the next call, has that place, which errors of
 * recording and of evaluation then name ("..., recorded at model.c:41"), and mgd_first_nonfinite. The file's name is
 * copied; NULL ends it. A var that is found again keeps the place where it was recorded first; what mgd_copy and
 * mgd_substitute record has the place of what it is made from. Rewinding undoes the calls that were made when the tape
 * was longer than the mark. Calls from within a rule of a sweep do nothing. */
void mgd_here(mgd_tape *t, const char *file, int line);
#define MGD_HERE(t) mgd_here(t, __FILE__, __LINE__)

/* Where v was recorded. What a sweep or a pushforward recorded has the place of the var whose rule it follows. */
typedef struct {
    const char *file; /* NULL for none; valid as long as v */
    int line;
    bool derivative;        /* v is part of the derivative of something that was recorded there: */
    const mgd_var *rule_of; /* of this var; NULL in copies, and where no place was ever set */
} mgd_place;
mgd_place mgd_place_of(const mgd_var *v);

/* Calls handler(user, message) for each error, when it is raised; NULL takes the handler away. It may longjmp only if
 * the tape is then freed or reset; what the interrupted call had allocated is lost, except for a sweep. */
void mgd_on_error(mgd_tape *t, void (*handler)(void *user, const char *message), void *user);

/* ---- sizes ----
 * Polynomials with rational coefficients over names, and the smaller or larger of two. Two sizes are equal when their
 * normal forms are; different names differ even where both happen to be 3. All return NULL after an error. */
const mgd_size *mgd_size_number(mgd_tape *t, int64_t number); /* 1 to 2147483647 */
const mgd_size *mgd_size_named(mgd_tape *t, const char *name);
const mgd_size *mgd_size_add(const mgd_size *a, const mgd_size *b);
const mgd_size *mgd_size_subtract(const mgd_size *a, const mgd_size *b);
const mgd_size *mgd_size_times(const mgd_size *a, const mgd_size *b);
const mgd_size *mgd_size_divide(const mgd_size *a, int64_t divisor); /* exact: checked when it is used */
const mgd_size *mgd_size_min(const mgd_size *a, const mgd_size *b);
const mgd_size *mgd_size_max(const mgd_size *a, const mgd_size *b);
const char *mgd_size_text(const mgd_size *s);
int64_t mgd_size_value(const mgd_size *s); /* 0 where a name is unbound, or where it is no whole number from 1 up */

/* Gives a name its number. Setting an input does this by itself for names that it alone decides. Inputs whose size
 * changes lose their data. False, with a message, where the name is not known or the number is no size. */
bool mgd_bind(mgd_tape *t, const char *name, int64_t number);

/* ---- assumptions ----
 * What every value of an input is known to be. Assumptions change no recording, and no adjoint on the way: they act on
 * what mgd_gradient returns for a declared input (projected: (G + G')/2 for a symmetric one), on data, which must
 * satisfy them, on the points that mgd_equal draws, and on programs, which choose factorisations by them.
 * docs/assumptions.md has the conventions. */
enum {
    MGD_SYMMETRIC = 1 << 0,
    MGD_POSITIVE_DEFINITE = 1 << 1, /* and so symmetric */
    MGD_DIAGONAL = 1 << 2,          /* and so symmetric and triangular, both ways */
    MGD_LOWER_TRIANGULAR = 1 << 3,
    MGD_UPPER_TRIANGULAR = 1 << 4,
    MGD_ORTHOGONAL = 1 << 5, /* A'A = I */
    MGD_POSITIVE = 1 << 6    /* every entry is above 0 */
};

/* Declares an input to be all that is named, besides what it was declared before. What was differentiated before the
 * declaration stays as it is. False, with an error of recording, where x is no input, where it is not square (all but
 * MGD_POSITIVE need that), where no matrix is all of it, and where its data are not, with the entry. An assumption goes
 * with its input, when that is rewound. */
bool mgd_assume(mgd_var *x, unsigned assumptions);
unsigned mgd_assumptions(const mgd_var *x); /* with what follows from them; 0 where there are none */

/* ---- walking ----
 * Vars are numbered from 0 in the order in which they were recorded, operands before what uses them. */
size_t mgd_count(const mgd_tape *t);
mgd_var *mgd_at(const mgd_tape *t, size_t index); /* NULL beyond the end */
size_t mgd_index(const mgd_var *v);
mgd_tape *mgd_tape_of(const mgd_var *v);
const mgd_size *mgd_rows_of(const mgd_var *v);
const mgd_size *mgd_cols_of(const mgd_var *v);
const mgd_operation *mgd_operation_of(const mgd_var *v);
const char *mgd_operation_name(const mgd_operation *op); /* "matmul" */
size_t mgd_operands(const mgd_var *v);                   /* those of the formula; factorisations are not counted */
mgd_var *mgd_operand(const mgd_var *v, size_t i);        /* NULL beyond the end */
const char *mgd_name(const mgd_var *v);                  /* an input's name, else NULL */

/* What an operation takes beside matrices. */
typedef enum {
    MGD_PARAMETER_NONE,
    MGD_PARAMETER_RATIONAL, /* numerator/denominator: a number, an exponent */
    MGD_PARAMETER_TEXT,     /* a name, the digits of a literal */
    MGD_PARAMETER_SIZES,    /* the corners of blocks: row, column, row, column, ... from 0; the rows of an index */
    MGD_PARAMETER_FLAG      /* 0, 1, ...: a variant, or which result */
} mgd_parameter_kind;

mgd_parameter_kind mgd_parameter(const mgd_var *v);
int64_t mgd_parameter_numerator(const mgd_var *v);   /* the flag too; 0 where there is none */
int64_t mgd_parameter_denominator(const mgd_var *v); /* 1 where there is none */
const char *mgd_parameter_text(const mgd_var *v);    /* "" where there is none */
size_t mgd_parameter_sizes(const mgd_var *v);        /* how many */
const char *mgd_parameter_size(const mgd_var *v, size_t i);

/* Writes v as a short formula, as messages call it ("X'*a"), with "..." for what lies deeper than five operations or
 * does not fit; always ends it with 0 where size > 0. Returns its length. */
size_t mgd_describe(const mgd_var *v, char *text, size_t size);

/* ---- moving expressions ---- */

/* The same expression on another tape, held to the branches that v is held to (mgd_branch). Inputs are matched by name,
 * and made, with their data, where `to` has none of that name; NULL, with the error on `to`, where it has one of
 * another size or of other assumptions. */
mgd_var *mgd_copy(mgd_tape *to, mgd_var *v);

/* f with `by` in the place of x, which has the same size; all on one tape. What x is declared to be is not asked of
 * `by`. */
mgd_var *mgd_substitute(mgd_var *f, mgd_var *x, mgd_var *by);

#ifdef __cplusplus
}
#endif

#endif
