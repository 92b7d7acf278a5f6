/* SPDX-License-Identifier: MIT */
#include "support/rules.h"
#include "support/precise.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEEDS = 3, TRIES = 60 };

/* What must hold for a check to make sense, in a test and in the run of mutants, which is none. */
static void demand(bool holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "%s: %s\n", test_rules.operation, what);
    abort();
}

/* m, n, k */
static const int64_t shapes[][3] = { { 2, 3, 4 }, { 3, 2, 1 }, { 4, 3, 2 }, { 1, 3, 2 }, { 3, 1, 2 }, { 1, 1, 1 } };
enum { SHAPES = sizeof shapes / sizeof shapes[0] };

mgd_var *matrix(rule_case *c, const char *name, const mgd_size *rows, const mgd_size *cols) {
    return mgd_input_sized(c->t, name, rows, cols);
}

mgd_var *variable(rule_case *c, const char *name, const mgd_size *rows, const mgd_size *cols) {
    return c->x = matrix(c, name, rows, cols);
}

static void begin(rule_case *c) {
    *c = (rule_case){ .t = mgd_tape_new() };
    c->m = mgd_size_named(c->t, "m");
    c->n = mgd_size_named(c->t, "n");
    c->k = mgd_size_named(c->t, "k");
    c->one = mgd_size_number(c->t, 1);
}

static void bind(mgd_tape *t, const int64_t *shape) {
    demand(mgd_bind(t, "m", shape[0]) && mgd_bind(t, "n", shape[1]) && mgd_bind(t, "k", shape[2]), "sizes do not bind");
}

static mgd_var *like(mgd_tape *t, const char *name, const mgd_var *v) {
    return mgd_input_sized(t, name, mgd_rows_of(v), mgd_cols_of(v));
}

static mgd_var *inner(mgd_var *a, mgd_var *b) { return mgd_sum(mgd_hadamard(a, b)); }

/* ---- explicit operations ---- */

/* Everything that the derivatives of f = <W, y> claim, and f itself. */
enum {
    F,
    FIRST_BACKWARD,
    FIRST_FORWARD,
    BACKWARD_BACKWARD,
    FORWARD_BACKWARD,
    FORWARD_FORWARD,
    BACKWARD_FORWARD,
    EXPRESSIONS
};

static const char *const claim_names[EXPRESSIONS] = { "f",
                                                      "the gradient",
                                                      "the pushforward",
                                                      "the gradient of the gradient",
                                                      "the pushforward of the gradient",
                                                      "the pushforward of the pushforward",
                                                      "the gradient of the pushforward" };

typedef struct {
    rule_case c;
    mgd_var *u, *v, *e[EXPRESSIONS];
} derivatives;

static bool record(derivatives *d, rule_function *make) {
    begin(&d->c);
    mgd_tape *t = d->c.t;
    mgd_var *y = make(&d->c), *x = d->c.x;
    demand(y && x, mgd_message(t));
    d->u = like(t, "first_direction", x);
    d->v = like(t, "second_direction", x);
    d->e[F] = inner(like(t, "weights", y), y);
    d->e[FIRST_BACKWARD] = inner(mgd_gradient(d->e[F], x), d->u);
    d->e[FIRST_FORWARD] = mgd_pushforward(d->e[F], x, d->u);
    d->e[BACKWARD_BACKWARD] = inner(mgd_gradient(d->e[FIRST_BACKWARD], x), d->v);
    d->e[FORWARD_BACKWARD] = mgd_pushforward(d->e[FIRST_BACKWARD], x, d->v);
    d->e[FORWARD_FORWARD] = mgd_pushforward(d->e[FIRST_FORWARD], x, d->v);
    d->e[BACKWARD_FORWARD] = inner(mgd_gradient(d->e[FIRST_FORWARD], x), d->v);
    return d->e[BACKWARD_FORWARD] && d->e[FORWARD_FORWARD] && d->e[FORWARD_BACKWARD] && d->e[BACKWARD_BACKWARD];
}

/* x + v e1 + u e2 */
static void move_twice(void *user, const mgd_numbers *DD, const mgd_var *input, mgd_matrix *value) {
    const derivatives *d = user;
    const mgd_numbers *D = DD->over, *S = D->over;
    if (input != d->c.x) return;
    for (int64_t i = 0; i < value->rows * value->cols; i++) {
        char *entry = value->data + (size_t)i * value->size;
        mgd_element u = S->draw(S, mgd__draw_key(d->u) + (uint64_t)i, false);
        mgd_element v = S->draw(S, mgd__draw_key(d->v) + (uint64_t)i, false);
        mgd_element value_of_x = mgd__dual_value(D, mgd__dual_value(DD, entry));
        memcpy(entry, mgd__dual(DD, mgd__dual(D, value_of_x, v), mgd__dual(D, u, whole(S, 0))), value->size);
    }
}

/* At one point: the name of the first claim that is wrong, or NULL. */
static const char *wrong_claim(derivatives *d, uint64_t seed, mgd_calculation *k) {
    mgd_numbers S = mgd__residues(k), D = mgd__duals(&S), DD = mgd__duals(&D);
    mgd_point p = { .S = &DD, .move = move_twice, .user = d };
    mgd_matrix x[EXPRESSIONS];
    const char *wrong = NULL;
    k->seed = seed;
    if (!mgd__evaluate(&p, EXPRESSIONS, d->e, x)) return NULL;
    mgd_element tangent = mgd__dual_tangent(&DD, x[F].data);
    for (int i = EXPRESSIONS - 1; i > 0; i--) {
        mgd_element truth = i <= FIRST_FORWARD ? mgd__dual_value(&D, tangent) : mgd__dual_tangent(&D, tangent);
        mgd_element claim = mgd__dual_value(&D, mgd__dual_value(&DD, x[i].data));
        if (!mgd__vanishes(&S, minus(&S, claim, truth))) wrong = claim_names[i];
    }
    for (int i = 0; i < EXPRESSIONS; i++) free(x[i].data);
    return wrong;
}

/* ---- implicit operations: what they fill is drawn, and their equations say what the tangents must be ---- */

typedef struct {
    rule_case c;
    mgd_var *node, *u, *v;
    mgd_var *by_pullback, *by_pushforward, *second[3]; /* <dA, A.> and <dC, C.>; three ways to the second derivative */
    mgd_var *part[MGD_RESULTS], *dot_u[MGD_RESULTS], *dot_v[MGD_RESULTS], *dot_uv[MGD_RESULTS];
} implicit;

static bool record_implicit(implicit *d, rule_function *make) {
    begin(&d->c);
    mgd_tape *t = d->c.t;
    mgd_var *y = make(&d->c), *x = d->c.x, *f = NULL;
    demand(y && x, mgd_message(t));
    d->node = y->arg[0];
    d->u = like(t, "first_direction", x);
    d->v = like(t, "second_direction", x);
    d->by_pushforward = NULL;
    for (int k = 0; k < d->node->op->results; k++) {
        char name[24];
        snprintf(name, sizeof name, "weights%d", k);
        d->part[k] = mgd__part(d->node, k);
        d->dot_u[k] = mgd_pushforward(d->part[k], x, d->u);
        d->dot_v[k] = mgd_pushforward(d->part[k], x, d->v);
        d->dot_uv[k] = mgd_pushforward(d->dot_u[k], x, d->v);
        mgd_var *w = like(t, name, d->part[k]), *share = inner(w, d->dot_u[k]), *value = inner(w, d->part[k]);
        d->by_pushforward = d->by_pushforward ? mgd_add(d->by_pushforward, share) : share;
        f = f ? mgd_add(f, value) : value;
    }
    d->by_pullback = inner(mgd_gradient(f, x), d->u);
    d->second[0] = inner(mgd_gradient(d->by_pullback, x), d->v);
    d->second[1] = mgd_pushforward(d->by_pullback, x, d->v);
    d->second[2] = mgd_pushforward(d->by_pushforward, x, d->v);
    return d->second[0] && d->second[1] && d->second[2];
}

/* Duals of duals, entry by entry: ((a, v), (u, uv)); NULL is 0. */
static mgd_matrix combine(const mgd_numbers *DD, const mgd_matrix *a, const mgd_matrix *v, const mgd_matrix *u,
                          const mgd_matrix *uv) {
    const mgd_numbers *D = DD->over;
    mgd_matrix m = { a->rows, a->cols, DD->size, malloc((size_t)(a->rows * a->cols) * DD->size) };
    for (int64_t i = 0; i < a->rows * a->cols; i++) {
        size_t at_i = (size_t)i * a->size;
        mgd_element last = uv ? uv->data + at_i : whole(D->over, 0);
        mgd_element x = mgd__dual(DD, mgd__dual(D, a->data + at_i, v->data + at_i), mgd__dual(D, u->data + at_i, last));
        memcpy(m.data + (size_t)i * DD->size, x, DD->size);
    }
    return m;
}

static const char *wrong_implicit(implicit *d, uint64_t seed, mgd_calculation *k) {
    enum { SCALARS = 5, X = SCALARS, U, V, PARTS };
    mgd_numbers S = mgd__residues(k), D = mgd__duals(&S), DD = mgd__duals(&D);
    mgd_point p = { .S = &S };
    int results = d->node->op->results, n = PARTS + 4 * results;
    mgd_var *vars[PARTS + 4 * MGD_RESULTS] = {
        d->by_pullback, d->by_pushforward, d->second[0], d->second[1], d->second[2], d->c.x, d->u, d->v
    };
    mgd_matrix x[PARTS + 4 * MGD_RESULTS], out[MGD_RESULTS];
    for (int r = 0; r < results; r++) {
        mgd_var *const of_part[] = { d->part[r], d->dot_v[r], d->dot_u[r], d->dot_uv[r] };
        memcpy(vars + PARTS + 4 * r, of_part, sizeof of_part);
    }
    k->seed = seed;
    if (!mgd__evaluate(&p, (size_t)n, vars, x)) return NULL;

    const char *wrong = NULL;
    if (!mgd__vanishes(&S, minus(&S, x[0].data, x[1].data))) wrong = "<dA, A.> = <dC, C.>";
    for (int i = 3; i < SCALARS; i++)
        if (!mgd__vanishes(&S, minus(&S, x[2].data, x[i].data))) wrong = "the second derivative";
    mgd_matrix in = combine(&DD, &x[X], &x[V], &x[U], NULL);
    for (int r = 0; r < results; r++) {
        const mgd_matrix *q = x + PARTS + 4 * r;
        out[r] = combine(&DD, &q[0], &q[1], &q[2], &q[3]);
    }
    mgd_step s;
    mgd_residuals left = { 0, 0 };
    demand(mgd__step_of(d->node, &s), "a size is unbound");
    d->node->op->equations(&DD, &s, &in, out, &left);
    if (left.nonzero || !left.entries) wrong = "the equations, with their first and second derivatives";
    free(in.data);
    for (int r = 0; r < results; r++) free(out[r].data);
    for (int i = 0; i < n; i++) free(x[i].data);
    return wrong;
}

/* ---- either ---- */

typedef union {
    rule_case c; /* first in both */
    derivatives explicit_;
    implicit implicit_;
} recorded;

/* A composition, which is no operation, is checked as one with a meaning. */
static bool is_implicit(const mgd_operation *op) { return op && op->equations; }

static const mgd_operation *operation_under_test(void) {
    for (size_t i = 0; i < mgd__listed_count(); i++)
        if (!strcmp(mgd__listed_at(i)->op->name, test_rules.operation)) return mgd__listed_at(i)->op;
    return NULL;
}

static bool exists(const mgd_operation *op) { return (op == NULL) == test_rules.composition; }

static bool record_any(recorded *r, const mgd_operation *op, rule_function *make) {
    return is_implicit(op) ? record_implicit(&r->implicit_, make) : record(&r->explicit_, make);
}

/* The first claim that fails at any of the shapes and seeds, or NULL; *points counts those that were decided. */
static const char *first_wrong(recorded *r, const mgd_operation *op, const int64_t **shape, int *points) {
    for (int s = 0; s < SHAPES; s++) {
        bind(r->c.t, shapes[s]);
        *shape = shapes[s];
        int decided = 0;
        for (uint64_t seed = 1; seed <= TRIES && decided < SEEDS; seed++) {
            mgd_calculation k = { .seed = seed };
            const char *wrong =
                is_implicit(op) ? wrong_implicit(&r->implicit_, seed, &k) : wrong_claim(&r->explicit_, seed, &k);
            mgd__calculation_end(&k);
            if (k.state == MGD_NO_SUCH_FUNCTION) return k.why;
            decided += k.state == MGD_FINE;
            if (wrong) return wrong;
        }
        if (!decided) return "no point was found where it is defined";
        *points += decided;
    }
    return NULL;
}

START_TEST(rules_are_exact) {
    const mgd_operation *op = operation_under_test();
    ck_assert_msg(exists(op), test_rules.composition ? "%s is an operation" : "there is no operation %s",
                  test_rules.operation);
    for (int i = 0; test_rules.cases[i]; i++) {
        recorded r;
        const int64_t *shape = NULL;
        int points = 0;
        bool fine = record_any(&r, op, test_rules.cases[i]);
        ck_assert_msg(fine, "case %d: %s", i, mgd_message(r.c.t));
        const char *wrong = first_wrong(&r, op, &shape, &points);
        ck_assert_msg(!wrong, "case %d at m = %d, n = %d, k = %d: %s", i, (int)shape[0], (int)shape[1], (int)shape[2],
                      wrong);
        ck_assert_int_ge(points, SHAPES);
        mgd_tape_free(r.c.t);
    }
}
END_TEST

/* ---- kernels ---- */

/* What a kernel is given is a double, so it is one here too; and x + v e1 + u e2 */
static void round_and_move_twice(void *user, const mgd_numbers *DD, const mgd_var *input, mgd_matrix *value) {
    const mgd_numbers *P = DD->over->over;
    for (int64_t i = 0; mgd_name(input) && i < value->rows * value->cols; i++) {
        char *entry = value->data + (size_t)i * value->size; /* of a dual the value comes first */
        memcpy(entry, precise_element(P, precise_value(P, entry)), P->size);
    }
    move_twice(user, DD, input, value);
}

static void set_input(mgd_var *v, const mgd_numbers *P, const mgd_matrix *x) {
    int64_t n = x->rows * x->cols;
    double *data = malloc((size_t)n * sizeof *data);
    for (int64_t i = 0; i < n; i++) data[i] = precise_value(P, x->data + (size_t)i * x->size);
    ck_assert_msg(mgd_set(v, data, x->rows, x->cols), "%s", mgd_message(mgd_tape_of(v)));
    free(data);
}

/* Differences are measured against the largest of all the derivatives: one of them may be 0 but for its rounding. */
static void compare(mgd_var *claim, const char *name, double truth, double scale) {
    const double *y = mgd_value(claim);
    ck_assert_msg(y, "%s", mgd_message(mgd_tape_of(claim)));
    ck_assert_msg((isnan(*y) && isnan(truth)) || fabs(*y - truth) <= 1e-11 * scale,
                  "%s: kernels give %.17g, it is %.17g (scale %g)", name, *y, truth, scale);
}

/* f and its derivatives by the meaning alone, to 60 digits, are what the kernels of everything recorded make of them.
 */
static void check_kernels(derivatives *d) {
    enum { MOST = 16 };
    mgd_calculation k = { .seed = 5 };
    mgd_numbers P = precise_numbers(&k, PRECISE_BITS), D = mgd__duals(&P), DD = mgd__duals(&D);
    mgd_point p = { .S = &DD, .move = round_and_move_twice, .user = d };
    mgd_var *vars[MOST] = { d->e[F] };
    mgd_matrix x[MOST];
    size_t n = 1;
    for (size_t v = 0; v < mgd_count(d->c.t); v++)
        if (mgd_name(mgd_at(d->c.t, v))) vars[n++] = mgd_at(d->c.t, v);
    ck_assert_msg(mgd__evaluate(&p, n, vars, x), "%s", k.why);
    for (size_t v = 1; v < n; v++) set_input(vars[v], &P, &x[v]);

    mgd_element tangent = mgd__dual_tangent(&DD, x[0].data);
    double value = precise_value(&P, x[0].data), first = precise_value(&P, tangent);
    double second = precise_value(&P, mgd__dual_tangent(&D, tangent));
    double scale = fmax(fabs(value), fmax(fabs(first), fabs(second)));
    for (int i = 0; i < EXPRESSIONS; i++)
        compare(d->e[i], claim_names[i], i == F ? value : i <= FIRST_FORWARD ? first : second, scale);
    for (size_t v = 0; v < n; v++) free(x[v].data);
    mgd__calculation_end(&k);
}

START_TEST(kernels_follow_meanings) {
    for (int i = 0; test_rules.cases[i] && !is_implicit(operation_under_test()); i++)
        for (int s = 0; s < SHAPES; s++) {
            derivatives d;
            ck_assert(record(&d, test_rules.cases[i]));
            bind(d.c.t, shapes[s]);
            check_kernels(&d);
            mgd_tape_free(d.c.t);
        }
    mpfr_free_cache();
}
END_TEST

void rule_tests_add(TCase *all) {
    tcase_add_test(all, rules_are_exact);
    tcase_add_test(all, kernels_follow_meanings);
}

/* ---- mutants ---- */

typedef enum { NEGATED, DOUBLED, DROPPED, TRANSPOSED, SLOPE_OF_ONE, MUTATIONS } mutation;
static const char *const mutation_names[] = { "negated", "doubled", "dropped", "transposed", "with a slope of 1" };

/* Alters the contributions of one operation's operand, and keeps what was altered. */
typedef struct {
    const mgd_operation *op;
    size_t operand;
    mutation how;
    bool plant;   /* else it only looks */
    bool seen[8]; /* operands that were asked for */
    int applied;  /* times that the mutation could be made */
    mgd_var *pair[512][2];
    int pairs;
} planter;

static mgd_var *mutated(mutation how, const mgd_operation *op, mgd_var *share, mgd_var *direction) {
    switch (how) {
    case NEGATED:
        return mgd_negate(share);
    case DOUBLED:
        return mgd_add(share, share);
    case DROPPED:
        return mgd__zeros_like(share);
    case TRANSPOSED:
        return share->rows == share->cols ? mgd_transpose(share) : NULL;
    default:
        return op->times_slope ? direction : NULL;
    }
}

static mgd_var *plant(void *user, mgd_var *node, size_t operand, mgd_var *share, mgd_var *direction) {
    planter *p = user;
    const mgd_operation *op = mgd__is(node, &mgd__op_part) ? node->arg[0]->op : node->op;
    if (op != p->op) return share;
    p->seen[operand] = true;
    if (!p->plant || operand != p->operand || !share) return share;
    mgd_var *wrong = mutated(p->how, op, share, direction);
    if (!wrong) return share;
    p->applied++;
    if (p->pairs < 512) {
        p->pair[p->pairs][0] = share;
        p->pair[p->pairs++][1] = wrong;
    }
    return wrong;
}

/* Is every altered share equal to what it stands for, in exact arithmetic? */
static bool all_equal(const planter *p) {
    for (int i = 0; i < p->pairs; i++)
        if (mgd_equal(p->pair[i][0], p->pair[i][1]).answer != MGD_EQUAL) return false;
    return true;
}

typedef struct {
    int caught, equal, survived, absent;
} tally;

/* The tape needs the hook before anything is recorded, so the case is wrapped. */
static planter *active;
static rule_function *wrapped;
static mgd_var *with_planter(rule_case *c) {
    mgd_var *y = wrapped(c);
    c->t->alter = plant;
    c->t->alter_user = active;
    return y;
}

static void try_mutant(const mgd_operation *op, size_t operand, mutation how, tally *sum) {
    bool caught = false, applied = false, equal = true;
    for (int i = 0; test_rules.cases[i] && !caught; i++) {
        static planter p;
        p = (planter){ .op = op, .operand = operand, .how = how, .plant = true };
        active = &p;
        wrapped = test_rules.cases[i];
        recorded r;
        const int64_t *shape;
        int points = 0;
        bool recorded_it = record_any(&r, op, with_planter);
        r.c.t->alter = NULL;
        applied |= p.applied > 0;
        if (p.applied) caught = !recorded_it || first_wrong(&r, op, &shape, &points) != NULL;
        if (p.applied && !caught) equal &= all_equal(&p);
        mgd_tape_free(r.c.t);
    }
    if (!applied)
        sum->absent++;
    else if (caught)
        sum->caught++;
    else if (equal)
        sum->equal++;
    else {
        sum->survived++;
        printf("    SURVIVED: %s, operand %zu, %s\n", op->name, operand + 1, mutation_names[how]);
    }
}

static int unseen_operands(const mgd_operation *op) {
    static planter p;
    p = (planter){ .op = op };
    for (int i = 0; test_rules.cases[i]; i++) {
        recorded r;
        active = &p;
        wrapped = test_rules.cases[i];
        record_any(&r, op, with_planter);
        mgd_tape_free(r.c.t);
    }
    int unseen = 0;
    for (int i = 0; i < op->operands; i++) {
        if (p.seen[i]) continue;
        printf("    NOT TESTED: %s, operand %d\n", op->name, i + 1);
        unseen++;
    }
    return unseen;
}

int run_mutants(void) {
    if (!&test_rules) return 0;
    const mgd_operation *op = operation_under_test();
    tally sum = { 0, 0, 0, 0 };
    if (!exists(op)) return 1;
    if (!op) return printf("%s: a composition: it has no contributions of its own\n", test_rules.operation), 0;
    int unseen = unseen_operands(op), operands = op->operands == MGD_ANY_NUMBER ? 2 : op->operands;
    for (int i = 0; i < operands; i++)
        for (int how = 0; how < MUTATIONS; how++) try_mutant(op, (size_t)i, (mutation)how, &sum);
    printf("%s: %d mutants: %d caught, %d equal in exact arithmetic, %d survived\n", op->name,
           sum.caught + sum.equal + sum.survived, sum.caught, sum.equal, sum.survived);
    return sum.survived + unseen;
}
