/* SPDX-License-Identifier: MIT */
/* What is known of a matrix chooses how it is factorised: a definite one by Cholesky, a triangular one not at all, and
 * of an orthogonal or a diagonal one the inverse is there. */
#include "run/rewrite.h"

/* op(A) X = B */
typedef struct {
    mgd_var *a, *b;
    bool transposed;
    unsigned traits;
} system_of;

static mgd_var *diagonal_of(mgd_var *a) { return mgd__is(a, &mgd__op_from_diag) ? a->arg[0] : mgd_diag_of(a); }

/* The triangle that is read is the recorded matrix's own, so a transpose is taken off first. */
static mgd_var *by_substitution(const system_of *s) {
    bool stripped = mgd__is(s->a, &mgd__op_transpose), lower = s->traits & MGD_LOWER_TRIANGULAR;
    mgd_var *a = stripped ? s->a->arg[0] : s->a;
    mgd_var *as_written = s->transposed != stripped ? mgd_transpose(a) : a;
    return lower != stripped ? mgd_triangular_solve(as_written, s->b) : mgd_triangular_solve_upper(as_written, s->b);
}

static mgd_var *solved(const system_of *s) {
    if (mgd__is_scalar(s->a)) return NULL;
    if (s->traits & MGD_ORTHOGONAL) return mgd__product_of(&(mgd_factors_of){ s->a, s->b, !s->transposed, false });
    if (s->traits & MGD_DIAGONAL) return mgd__diagonal_solve(diagonal_of(s->a), s->b);
    return s->traits & (MGD_LOWER_TRIANGULAR | MGD_UPPER_TRIANGULAR) ? by_substitution(s) : NULL;
}

static mgd_var *inverse(mgd_var *a, unsigned traits) {
    if (mgd__is_scalar(a)) return NULL;
    if (traits & MGD_ORTHOGONAL) return mgd_transpose(a);
    if (traits & MGD_DIAGONAL) return mgd_from_diag(mgd__diagonal_solve(diagonal_of(a), mgd_ones(a->tape, a->rows, 1)));
    return solved(&(system_of){ a, mgd_eye(a->tape, a->rows), false, traits });
}

/* The factorisation of what is known to be definite or triangular, else NULL. */
static mgd_var *better_factors(mgd_traits *traits, const mgd_var *lu) {
    if (!mgd__is(lu, &mgd__op_lu)) return NULL;
    mgd_var *a = lu->arg[0];
    unsigned known = mgd__traits_of(traits, a);
    if (known & MGD_UPPER_TRIANGULAR) return mgd__lu_of_triangular(a, true);
    if (known & MGD_LOWER_TRIANGULAR) return mgd__lu_of_triangular(a, false);
    return known & MGD_POSITIVE_DEFINITE ? mgd__lu_of_definite(a, mgd_assumptions(a)) : NULL;
}

enum { MOST_OPERANDS = 4 };

static mgd_var *with_better_factors(mgd_traits *traits, const mgd_var *v) {
    mgd_var *arg[MOST_OPERANDS];
    bool better = false;
    if (v->count > MOST_OPERANDS) return NULL;
    for (size_t k = 0; k < v->count; k++) {
        mgd_var *factors = k < mgd__formula_operands(v) ? NULL : better_factors(traits, v->arg[k]);
        arg[k] = factors ? factors : v->arg[k];
        better |= factors != NULL;
    }
    return better ? mgd__record(v->tape, v->op, v->p, 0, 0, v->count, arg) : NULL;
}

static mgd_var *without_factors(mgd_traits *known, const mgd_var *v) {
    bool solve = mgd__is(v, &mgd__op_solve), inverts = mgd__is(v, &mgd__op_inverse);
    if (!solve && !inverts && !mgd__is(v, &mgd__op_logdet) && !mgd__is(v, &mgd__op_transpose)) return NULL;
    mgd_var *a = v->arg[0];
    unsigned traits = mgd__traits_of(known, a);
    if (solve) return solved(&(system_of){ a, v->arg[1], v->p.flag.flag, traits });
    if (inverts) return inverse(a, traits);
    if (mgd__is(v, &mgd__op_transpose)) return traits & MGD_SYMMETRIC ? a : NULL;
    return traits & MGD_ORTHOGONAL ? mgd_rational(v->tape, 0, 1) : NULL;
}

mgd_var *mgd__pass_structure(const mgd_candidate *c) {
    mgd_var *better = without_factors(c->traits, c->v);
    return better ? better : with_better_factors(c->traits, c->v);
}
