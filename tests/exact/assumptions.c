/* SPDX-License-Identifier: MIT */
/* Points of declared inputs are what they are declared to be, identities that rest on it hold, those that would rest on
 * more do not; and gradients are projected, once, in every order. */
#include "exact/exact.h"

typedef struct {
    mgd_tape *t;
    const mgd_size *n;
    mgd_var *S, *P, *D, *E, *L, *U, *Q, *H, *x, *R, *B, *C, *I;
} declared;

static mgd_var *square_input(declared *d, const char *name, unsigned assumptions) {
    mgd_var *v = mgd_input_sized(d->t, name, d->n, d->n);
    ck_assert(mgd_assume(v, assumptions));
    return v;
}

/* Symmetric S, positive definite P, diagonal D, positive diagonal E, triangular L and U, orthogonal Q, orthogonal and
 * symmetric H, positive x, symmetric positive R; free B and C. */
static void begin_declared(declared *d) {
    *d = (declared){ .t = mgd_tape_new() };
    d->n = mgd_size_named(d->t, "n");
    d->S = square_input(d, "S", MGD_SYMMETRIC);
    d->P = square_input(d, "P", MGD_POSITIVE_DEFINITE);
    d->D = square_input(d, "D", MGD_DIAGONAL);
    d->E = square_input(d, "E", MGD_DIAGONAL | MGD_POSITIVE_DEFINITE);
    d->L = square_input(d, "L", MGD_LOWER_TRIANGULAR);
    d->U = square_input(d, "U", MGD_UPPER_TRIANGULAR);
    d->Q = square_input(d, "Q", MGD_ORTHOGONAL);
    d->H = square_input(d, "H", MGD_ORTHOGONAL | MGD_SYMMETRIC);
    d->R = square_input(d, "R", MGD_SYMMETRIC | MGD_POSITIVE);
    d->x = mgd_input_sized(d->t, "x", d->n, mgd_size_number(d->t, 1));
    ck_assert(mgd_assume(d->x, MGD_POSITIVE));
    d->B = mgd_input_sized(d->t, "B", d->n, d->n);
    d->C = mgd_input_sized(d->t, "C", d->n, d->n);
    d->I = mgd_eye_sized(d->t, d->n);
}

#define expect(verdict, wanted)                                                                                        \
    do {                                                                                                               \
        mgd_verdict given_here = (verdict);                                                                            \
        ck_assert_msg(given_here.answer == (wanted), "line %d: %s (%s) %s", __LINE__, answer_name(given_here.answer),  \
                      given_here.reason, mgd_message(d.t));                                                            \
    } while (0)
#define expect_equal(a, b) expect(mgd_equal(a, b), MGD_EQUAL)
#define expect_different(a, b) expect(mgd_equal(a, b), MGD_DIFFERENT)

static mgd_var *half(mgd_var *a) { return mgd_scale(mgd_rational(mgd_tape_of(a), 1, 2), a); }
static mgd_var *sym(mgd_var *a) { return half(add(a, T(a))); }
static mgd_var *upper(mgd_var *a) { return T(mgd_tril(T(a))); }
static mgd_var *diagonal(mgd_var *a) { return mgd_from_diag(mgd_diag_of(a)); }
static mgd_var *same(mgd_var *a) { return a; }

START_TEST(what_the_assumption_says_is_equal) {
    declared d;
    begin_declared(&d);
    mgd_var *zeros = mgd_zeros_sized(d.t, d.n, d.n);
    expect_equal(T(d.S), d.S);
    expect_equal(T(d.P), d.P);
    expect_equal(mul(d.P, T(d.B)), T(mul(d.B, d.P)));
    expect_equal(mgd_cholesky(d.S), mgd_cholesky(T(d.S)));
    expect_equal(mul(mgd_cholesky(d.P), T(mgd_cholesky(d.P))), d.P);
    expect_equal(diagonal(d.D), d.D);
    expect_equal(mul(d.D, d.E), mul(d.E, d.D));
    expect_equal(mgd_tril(d.L), d.L);
    expect_equal(sub(upper(d.L), diagonal(d.L)), zeros);
    expect_equal(upper(d.U), d.U);
    expect_equal(mul(T(d.Q), d.Q), d.I);
    expect_equal(mgd_solve(d.Q, d.B), mul(T(d.Q), d.B));
    expect_equal(inv(d.Q), T(d.Q));
    expect_equal(mul(d.H, d.H), d.I);
    expect_equal(T(d.R), d.R);
    expect_equal(mgd_det(d.L), mgd_det(diagonal(d.L)));
    expect_equal(mgd_triangular_solve(d.L, d.B), mgd_solve(d.L, d.B));
    expect_equal(mgd_logdet(d.P), mgd_scale(mgd_number(d.t, 2), mgd_sum(log_(mgd_diag_of(mgd_cholesky(d.P))))));
    expect_equal(square(mgd_det(d.Q)), mgd_number(d.t, 1));
    expect_equal(mgd_det_sign(d.P), mgd_number(d.t, 1));
    expect_equal(abs_(d.x), d.x);
    expect_equal(square(sqrt_(d.R)), d.R);
    mgd_var *large = mgd_input(d.t, "large", 6, 6); /* too many entries for their roots to exist by chance */
    ck_assert(mgd_assume(large, MGD_SYMMETRIC));
    expect_equal(square(sqrt_(large)), T(large));
    mgd_tape_free(d.t);
}
END_TEST

START_TEST(what_it_does_not_say_is_different) {
    declared d;
    begin_declared(&d);
    expect_different(T(d.L), d.L);
    expect_different(T(d.Q), d.Q);
    expect_different(mgd_tril(d.S), d.S);
    expect_different(mul(d.S, d.P), mul(d.P, d.S));
    expect_different(mgd_det(d.Q), mgd_number(d.t, 1));
    expect_different(mgd_det(d.Q), mgd_number(d.t, -1));
    expect_different(mgd_det_sign(d.S), mgd_number(d.t, 1));
    expect_different(mgd_det(d.H), mgd_number(d.t, 1));
    expect_different(mgd_trace(d.H), mgd_trace(d.I));
    expect_different(d.H, sub(d.I, mgd_scale(mgd_number(d.t, 2), d.I)));
    expect_different(d.P, d.I);
    expect_different(T(d.B), d.B);
    expect_different(diagonal(d.R), d.R);
    mgd_tape_free(d.t);
}
END_TEST

/* Singular values of a symmetric matrix are not its eigenvalues; those of a definite one are. */
START_TEST(implicit_results_are_drawn_inside_the_assumption) {
    declared d;
    begin_declared(&d);
    mgd_var *v = mgd_eigenvectors(d.S), *l = mgd_eigenvalues(d.S);
    expect_equal(mul3(v, mgd_from_diag(l), T(v)), d.S);
    expect_equal(mgd_trace(d.P), mgd_sum(mgd_eigenvalues(d.P)));
    expect_equal(mgd_trace(d.P), mgd_sum(mgd_singular_values(d.P)));
    expect_different(mgd_trace(d.S), mgd_sum(mgd_singular_values(d.S)));
    expect_equal(mgd_trace(mul(d.S, d.S)), inner(mgd_singular_values(d.S), mgd_singular_values(d.S)));
    mgd_tape_free(d.t);
}
END_TEST

START_TEST(gradients_are_projected) {
    declared d;
    begin_declared(&d);
    const struct {
        mgd_var *x;
        mgd_var *(*project)(mgd_var *);
    } all[] = { { d.S, sym },   { d.P, sym },  { d.D, diagonal }, { d.E, diagonal }, { d.L, mgd_tril },
                { d.U, upper }, { d.Q, same }, { d.H, sym },      { d.R, sym },      { d.B, same } };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        mgd_var *x = all[k].x, *linear = tr(mul(d.C, x)), *cubic = tr(mul3(x, mul(d.C, x), x));
        mgd_sweep *s = mgd_backward(cubic, NULL);
        expect_equal(mgd_gradient(linear, x), all[k].project(T(d.C)));
        expect_equal(mgd_gradient(cubic, x), all[k].project(mgd_adjoint(s, x)));
        expect_equal(mgd_pullback(mul(d.C, x), x, d.B), all[k].project(mul(T(d.C), d.B)));
        expect_equal(mgd_pushforward(mul(d.C, x), x, d.B), mul(d.C, all[k].project(d.B)));
    }
    mgd_tape_free(d.t);
}
END_TEST

/* Functions of a declared input at which the operations with domains are met too. */
static size_t functions_of(declared *d, mgd_var *x, mgd_var **f) {
    size_t n = 0;
    f[n++] = tr(mul3(x, mul(d->C, x), x));
    f[n++] = inner(inv(x), d->B);
    f[n++] = inner(mgd_solve(x, d->B), mgd_solve(T(x), d->C));
    f[n++] = mgd_logdet(x);
    f[n++] = mgd_det(x);
    if (x == d->S || x == d->P || x == d->E) f[n++] = inner(mgd_cholesky(x), d->C);
    if (x == d->L) f[n++] = inner(mgd_triangular_solve(x, d->B), d->C);
    if (x == d->R) f[n++] = inner(log_(x), mul(d->B, sqrt_(x)));
    return n;
}

START_TEST(gradients_are_right_along_the_space_and_the_free_ones_are_not_theirs) {
    declared d;
    begin_declared(&d);
    mgd_var *const all[] = { d.S, d.P, d.D, d.E, d.L, d.U, d.Q, d.H, d.R, d.B };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        mgd_var *f[16], *x = all[k];
        size_t n = functions_of(&d, x, f);
        for (size_t i = 0; i < n; i++) {
            mgd_verdict right = mgd_is_gradient(f[i], x, mgd_gradient(f[i], x));
            ck_assert_msg(right.answer == MGD_EQUAL, "%s, function %zu: %s", mgd_name(x), i, right.reason);
        }
        mgd_sweep *s = mgd_backward(f[0], NULL); /* the projection left out */
        expect(mgd_is_gradient(f[0], x, mgd_adjoint(s, x)), x == d.Q || x == d.B ? MGD_EQUAL : MGD_DIFFERENT);
    }
    mgd_var *g = mgd_gradient(mgd_sum(log_(d.x)), d.x);
    expect(mgd_is_gradient(mgd_sum(log_(d.x)), d.x, g), MGD_EQUAL);
    /* the convention of the Matrix Cookbook, and half of ours, are other ones */
    mgd_var *G = T(d.C), *f = tr(mul(d.C, d.S));
    expect(mgd_is_gradient(f, d.S, sub(add(G, T(G)), diagonal(G))), MGD_DIFFERENT);
    expect(mgd_is_gradient(f, d.S, half(sym(G))), MGD_DIFFERENT);
    ck_assert_str_eq(mgd_is_gradient(f, d.S, G).reason, "the derivative along a random direction differs; S is "
                                                        "declared symmetric, and its gradient is so too");
    ck_assert_str_eq(mgd_is_gradient(f, d.B, G).reason, "the derivative along a random direction differs");
    mgd_tape_free(d.t);
}
END_TEST

START_TEST(pushforwards_and_pullbacks_are_transposes_of_each_other) {
    declared d;
    begin_declared(&d);
    mgd_var *const all[] = { d.S, d.P, d.D, d.E, d.L, d.U, d.Q, d.H, d.R };
    mgd_var *u = mgd_input_sized(d.t, "u", d.n, d.n), *w = mgd_input_sized(d.t, "w", d.n, d.n);
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        mgd_var *x = all[k], *y = mul3(x, d.B, inv(x));
        expect_equal(inner(w, mgd_pushforward(y, x, u)), inner(mgd_pullback(y, x, w), u));
    }
    mgd_var *y = mgd_cholesky(d.P);
    expect_equal(inner(w, mgd_pushforward(y, d.P, u)), inner(mgd_pullback(y, d.P, w), u));
    mgd_tape_free(d.t);
}
END_TEST

/* <u, H w> = <H u, w>, and H w by reverse over reverse is H w by forward over reverse; to the third order. */
START_TEST(hessians_are_symmetric) {
    declared d;
    begin_declared(&d);
    mgd_var *const all[] = { d.S, d.P, d.D, d.E, d.L, d.U, d.Q, d.H };
    mgd_var *u = mgd_input_sized(d.t, "u", d.n, d.n), *w = mgd_input_sized(d.t, "w", d.n, d.n);
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        mgd_var *x = all[k], *f = tr(mul3(x, mul(d.C, x), x)), *G = mgd_gradient(f, x);
        mgd_var *Hu = mgd_hessian_vector(f, x, u), *Hw = mgd_hessian_vector(f, x, w);
        expect_equal(inner(u, Hw), inner(Hu, w));
        expect_equal(mgd_gradient(inner(G, w), x), Hw);
        expect(mgd_is_gradient(inner(G, w), x, Hw), MGD_EQUAL);
        mgd_var *third = mgd_pushforward(Hw, x, u);
        expect_equal(third, mgd_pushforward(Hu, x, w));
        expect_equal(mgd_gradient(inner(Hw, u), x), third);
    }
    mgd_tape_free(d.t);
}
END_TEST

/* A matrix cannot be drawn for the singular values' sake and be triangular too: that is said, and nothing is claimed.
 */
START_TEST(what_cannot_be_drawn_is_undecided) {
    declared d;
    begin_declared(&d);
    mgd_var *s = mgd_singular_values(d.L);
    expect(mgd_equal(inner(s, s), inner(d.L, d.L)), MGD_UNDECIDED);
    mgd_tape_free(d.t);
}
END_TEST

TESTS("exact assumptions", what_the_assumption_says_is_equal, what_it_does_not_say_is_different,
      implicit_results_are_drawn_inside_the_assumption, gradients_are_projected,
      gradients_are_right_along_the_space_and_the_free_ones_are_not_theirs,
      pushforwards_and_pullbacks_are_transposes_of_each_other, hessians_are_symmetric,
      what_cannot_be_drawn_is_undecided);
