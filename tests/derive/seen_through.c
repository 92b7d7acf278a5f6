/* SPDX-License-Identifier: MIT */
/* What operations look through is marked as such, so that nobody differentiates by it unawares. */
#include "matgrad/derive.h"
#include "ops/ops.h"
#include "support/support.h"

#include <stdlib.h>

/* Is v made of x, or x itself? */
static bool is_made_of(mgd_var *v, const mgd_var *x) {
    mgd_reached below = mgd__reach(v->tape, 1, &v, 0, false);
    bool made = mgd__position(v->tape, &below, x) >= 0;
    free(below.ids);
    return made;
}

static void must_be_marked_where_lost(mgd_var *x, mgd_var *y) {
    if (x && y && x->count && !is_made_of(y, x))
        ck_assert_msg(mgd_is_seen_through(x), "%s is lost in %s", mgd__label(x).text, mgd__label(y).text);
}

/* Every operation of one operand, of every other: reversals and transposes that undo one another, say. */
START_TEST(what_is_lost_is_marked) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *const inputs[] = { mgd_input(t, "A", 3, 3), mgd_input(t, "a", 3, 1) };
    int pairs = 0;
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < mgd__listed_count(); i++)
            for (size_t j = 0; j < mgd__listed_count(); j++) {
                const mgd_operation *of[] = { mgd__listed_at(i)->op, mgd__listed_at(j)->op };
                mgd_var *made[3] = { inputs[k] };
                for (int m = 0; m < 2; m++) {
                    const mgd_operation *op = of[m];
                    bool plain = op->operands == 1 && !op->auxiliary && op->results < 2 &&
                                 (op->parameter == MGD_PARAMETER_NONE || op->parameter == MGD_PARAMETER_FLAG);
                    if (plain && made[m] && op != &mgd__op_part && !(op->parameter && !op->notation))
                        made[m + 1] = mgd__apply(op, mgd__flag(0), made[m]->rows, made[m]->cols, 1, &made[m]);
                    mgd_clear(t);
                }
                must_be_marked_where_lost(made[1], made[2] ? made[2] : made[1]);
                pairs += made[2] != NULL;
            }
    ck_assert_int_gt(pairs, 1000);
    mgd_tape_free(t);
}
END_TEST

START_TEST(solves_look_through_a_transpose) {
    mgd_tape *t = mgd_tape_new();
    mgd_var *A = mgd_input(t, "A", 3, 3), *b = mgd_input(t, "b", 3, 2), *x = mgd_transpose(A);
    must_be_marked_where_lost(x, mgd_solve(x, b));
    must_be_marked_where_lost(x, mgd_triangular_solve(x, b));
    must_be_marked_where_lost(x, mgd_triangular_solve_upper(x, b));
    must_be_marked_where_lost(x, mgd_sylvester(x, mgd_input(t, "B", 2, 2), b));
    ck_assert(mgd_is_seen_through(x) && mgd_is_seen_through(mgd_vec(A)));
    ck_assert(!mgd_is_seen_through(A) && !mgd_is_seen_through(mgd_exp(A)) && !mgd_is_seen_through(NULL));
    mgd_tape_free(t);
}
END_TEST

TESTS("what is looked through", what_is_lost_is_marked, solves_look_through_a_transpose);
