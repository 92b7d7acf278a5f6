/* SPDX-License-Identifier: MIT */
/* What an operation's file includes: the descriptor, the other operations, and the few helpers that many share. */
#ifndef MGD_OPS_H
#define MGD_OPS_H

#include "linalg/linalg.h"
#include "linalg/primitives.h"
#include "linalg/special.h"
#include "matgrad/ops.h"
#include "ops/list.h"
#include "tape/tape.h"

static inline mgd_var *mgd__record1(const mgd_operation *op, mgd_var *a) {
    return mgd__apply(op, MGD_NO_PARAMETERS, 0, 0, 1, (mgd_var *[]){ a });
}
static inline mgd_var *mgd__record2(const mgd_operation *op, mgd_var *a, mgd_var *b) {
    return mgd__apply(op, MGD_NO_PARAMETERS, 0, 0, 2, (mgd_var *[]){ a, b });
}
static inline mgd_var *mgd__record3(const mgd_operation *op, mgd_var *a, mgd_var *b, mgd_var *c) {
    return mgd__apply(op, MGD_NO_PARAMETERS, 0, 0, 3, (mgd_var *[]){ a, b, c });
}
static inline mgd_parameters mgd__flag(int64_t flag) { return (mgd_parameters){ .flag = { flag, 0 } }; }

static inline bool mgd__is(const mgd_var *v, const mgd_operation *op) { return v && v->op == op; }

/* ---- leaves ---- */
mgd_var *mgd__zeros_like(const mgd_var *v);
mgd_var *mgd__ones_like(const mgd_var *v);
bool mgd__is_zeros(const mgd_var *v); /* recorded as zeros, or as the number 0 */
bool mgd__is_ones(const mgd_var *v);
mgd_var *mgd__whole(const mgd_var *v, int64_t n); /* the number n, on v's tape */

/* ---- recorded operations that have no public name ---- */
mgd_var *mgd__repeat(mgd_var *a, mgd_dim rows, mgd_dim cols); /* a 1x1, a column or a row, over rows x cols */
mgd_var *mgd__spread(mgd_var *x, mgd_var *like);              /* x, or a 1x1 x repeated over the size of `like` */
mgd_var *mgd__slope_of_sigmoid(mgd_var *a);
mgd_var *mgd__gaussian_of(mgd_var *a);                  /* exp(-a.^2) */
mgd_var *mgd__quotient_or_zero(mgd_var *a, mgd_var *b); /* a ./ b, and 0 where b is 0 */
mgd_var *mgd__priority(mgd_var *a, mgd_var *b);         /* 1 where a > b, 1/2 where they are equal, else 0 */
mgd_var *mgd__lu(mgd_var *a);
mgd_var *mgd__schur(mgd_var *a);
mgd_var *mgd__solve(mgd_var *a, mgd_var *b, bool transposed);
mgd_var *mgd__lower(mgd_var *a, int64_t numerator, int64_t denominator);
mgd_var *mgd__place(mgd_tape *t, size_t n, mgd_var *const *blocks, const mgd_dim *corners, mgd_dim rows, mgd_dim cols);
mgd_var *mgd__block(mgd_var *a, mgd_dim row, mgd_dim col, mgd_dim rows, mgd_dim cols);
mgd_var *mgd__part(mgd_var *c, int k);
mgd_var *mgd__kronecker_adjoint(mgd_var *k, mgd_var *factor, bool left, mgd_dim rows, mgd_dim cols);
mgd_var *mgd__over_gaps(mgd_var *m, mgd_var *l, bool of_squares, mgd_var *computed_of, mgd_var *dl); /* or NULL */
mgd_var *mgd__simple_norm(mgd_var *s, mgd_var *whole);
mgd_var *mgd__symmetric_half(mgd_var *a);    /* (A + A')/2 */
mgd_var *mgd__stand_in(const mgd_var *like); /* a leaf without a value, different from every other */

/* For a composition, which looks at its operands before anything is recorded: are all n there, and of one tape that has
 * not failed? Where one is NULL beside a live one, or of another tape, the error is in the composition's name. */
bool mgd__all_live(const char *name, size_t n, mgd_var *const *arg);

enum { MGD_EXPM_DEGREE = 39 }; /* of what stands for expm over residues, at 2 x 2 */

/* ---- shapes that many have ---- */
bool mgd__shape_of_first(mgd_var *v);
bool mgd__shape_scalar(mgd_var *v);
bool mgd__shape_square(mgd_var *v); /* refuses an operand that is not square */
bool mgd__shape_scalar_of_square(mgd_var *v);

/* ---- a rule that many have: the operation is linear, and its tangent is itself of the operand's ---- */
mgd_var *mgd__pushforward_linear(mgd_var *c, size_t i, mgd_var *t);

/* ---- reductions: what they go along, and what they share (ops/axis.c) ---- */

/* A flag of MGD_AXES and more says the same as its remainder, with another notation. */
static inline mgd_axis mgd__axis_of(const mgd_operation *op, const mgd_parameters *p) {
    return op->parameter == MGD_PARAMETER_FLAG ? (mgd_axis)(p->flag.flag % MGD_AXES) : op->axis;
}
mgd_var *mgd__along(const mgd_operation *op, int64_t flag, mgd_var *a); /* the operation on a, with that flag */
mgd_var *mgd__sums_along(mgd_axis axis, mgd_var *a);                    /* sum, row_sums or col_sums */
mgd_var *mgd__size_along(mgd_axis axis, const mgd_var *a);              /* how many entries each sum has, as a number */
mgd_var *mgd__repeat_over(mgd_var *a, const mgd_var *like);             /* over like's size */
bool mgd__is_vector(const mgd_var *v);                                  /* a column or a row, as recorded */
bool mgd__shape_reduced(mgd_var *v);                                    /* 1x1, a column or a row */
mgd_var *mgd__reduce_single(const mgd_var *v); /* the operand, where each result is of one entry alone */
bool mgd__reduction_kernel(const mgd_step *s, const mgd_array *in, mgd_array *out);
size_t mgd__reduction_scratch(const mgd_step *s, const mgd_array *in);
mgd_var *mgd__reduction_pullback(mgd_var *c, size_t i, mgd_var *t); /* by the descriptor's slope */
mgd_var *mgd__reduction_pushforward(mgd_var *c, size_t i, mgd_var *t);

/* The groups of entries of a matrix of rows x cols that each become one number, in the order of the results. */
typedef struct {
    int64_t groups, length; /* entries of a group */
    int64_t first, step;    /* from a group's first entry to the next group's, and from entry to entry */
} mgd_groups;
mgd_groups mgd__groups_of(const mgd_step *s, const mgd_matrix *in);

/* A kernel that does something to each group: of_group to n entries that lie together, of_columns to all columns of a
 * matrix at once. */
bool mgd__each_group(const mgd_step *s, const mgd_array *in, mgd_array *out,
                     void (*of_group)(const mgd_step *s, size_t n, const double *a, double *c),
                     void (*of_columns)(const mgd_step *s, size_t rows, size_t cols, const double *a, double *c));
static inline mgd_element mgd__member(const mgd_matrix *m, const mgd_groups *g, int64_t group, int64_t k) {
    return m->data + (size_t)(group * g->first + k * g->step) * m->size;
}

void mgd__meaning_of_sums(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out);

/* What the rules of reductions are made of. */
mgd_var *mgd__softmax(mgd_axis axis, mgd_var *a);
mgd_var *mgd__weights(mgd_axis axis, mgd_var *a); /* softmax with limits at infinity, the slope of logsumexp */
mgd_var *mgd__other_factors(mgd_axis axis, size_t n, mgd_var *const *a);

/* ---- domains that several have: positive entries, sides of right triangles, sines whose cosines are numbers too ----
 */
bool mgd__domain_positive(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out);
/* Two sides, so that the root of their squares' sum is in every system. */
bool mgd__domain_right_triangle(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out);
bool mgd__domain_sine(const mgd_numbers *S, uint64_t key, const mgd_step *s, mgd_matrix *in, mgd_matrix *out);

/* ---- asking a descriptor, whatever its kind ---- */
void mgd__meaning(const mgd_numbers *S, const mgd_step *s, const mgd_matrix *in, mgd_matrix *out);
bool mgd__has_meaning(const mgd_operation *op);
bool mgd__step_of(const mgd_var *v, mgd_step *s); /* at bound sizes; false, with the error, where one is unbound */
bool mgd__kernel(const mgd_step *s, const mgd_array *in, mgd_array *out);
bool mgd__has_kernel(const mgd_operation *op);
double mgd__constant_of(const mgd_operation *op, const mgd_parameters *p); /* what block kernels take as p */
mgd_var *mgd__pullback(mgd_var *c, size_t i, mgd_var *t);

/* The sum of n vars of one size, added from the first on, with those merged that can be: many blocks of one matrix. The
 * terms may come back in another order. */
mgd_var *mgd__sum_of(size_t n, mgd_var **terms);

/* ---- operations of users ---- */
bool mgd__operation_has_rule(const mgd_operation *op, bool forward); /* a pushforward, or a pullback, of its own? */
/* Is it to be checked before its first use? The answer is yes once; whoever got it says so again where the check
 * fails. A rule that applies its own operation while it is checked is told no. */
bool mgd__operation_take_check(const mgd_operation *op);

/* How many matrices an operation fills. */
static inline int mgd__results(const mgd_operation *op) { return op->results ? op->results : 1; }

/* Every operation, with its rules as the head of its file has them. */
typedef struct {
    const mgd_operation *op;
    const char *pullback[4]; /* a rule for each operand, NULL behind the last */
} mgd_listed;
const mgd_listed *mgd__listed(const mgd_operation *op); /* NULL for a user's operation */
size_t mgd__listed_count(void);
const mgd_listed *mgd__listed_at(size_t i);

#endif
