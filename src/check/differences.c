/* SPDX-License-Identifier: MIT */
/* Romberg's table (Ridders, Advances in Engineering Software 4, 1982): a row for each step, each smaller by a ratio,
 * and in each row column j removes a power of the step from the error: powers 2, 4, ... of central differences, 1, 2,
 * ... of one-sided ones. A small step loses digits to the noise, a large one to the powers that remain, so no step is
 * right everywhere: the entry is taken that errs least by its own account. The steps of one table span two orders of
 * magnitude. What is left in the end, noise or powers, says whether the next one has larger steps or smaller. */
#include "check/differences.h"

#include <float.h>
#include <math.h>

enum { ROWS = 8, TABLES = 24 };
static const double ratio = 1.7;      /* no power of 2: where a step is a period of f, the others are none */
static const double enough = 0x1p-30; /* of the derivative: an error for which no more is done */
static const double bearable = 128;   /* of that, where a table ends: 1e-7 of the derivative */
static const double smallest = 1e-18; /* of the natural step: below it x does not move */
static const double doubt = 2;        /* of Ridders' account, which may be lucky */

typedef struct {
    double row[ROWS]; /* the latest */
    int rows;
    double power; /* of the ratio, by which a term of the error falls from row to row */
    mgd_estimate best;
    double noise; /* the part of the best one's error that is noise */
} table;

static table empty_table(double power) { return (table){ .power = power, .best = { NAN, INFINITY } }; }

static void add_row(table *t, double difference, double noise) {
    double above = t->row[0], weight = 1;
    t->row[0] = difference;
    for (int j = 1; j <= t->rows; j++) {
        double next_above = t->row[j], left = t->row[j - 1];
        weight *= t->power;
        noise *= (weight + 1) / (weight - 1);
        double better = left + (left - above) / (weight - 1);
        double change = fmax(fabs(better - left), fabs(better - above));
        change = j < t->rows ? fmax(change, fabs(better - next_above)) : doubt * change;
        double error = doubt * change + noise + 8 * DBL_EPSILON * fabs(better);
        if (error < t->best.error) {
            t->best = (mgd_estimate){ better, error };
            t->noise = noise;
        }
        t->row[j] = better;
        above = next_above;
    }
    t->rows++;
}

/* Where a step is missing the table begins anew behind it. */
static void add_row_if(bool usable, table *t, double difference, double noise) {
    if (usable)
        add_row(t, difference, noise);
    else
        t->rows = 0;
}

typedef struct {
    table central, left, right;
    bool refused; /* was a step of no use to the central one? */
    bool bent;    /* does f bend otherwise than a parabola does? Then it has its features at smaller steps */
} tables;

static bool is_enough(const mgd_line *f, mgd_estimate e, double times) {
    return e.error <= times * fmax(f->tolerated, enough * fabs(e.value));
}

static tables tabulate(const mgd_line *f, double step, bool *kink_within) {
    tables t = { empty_table(ratio * ratio), empty_table(ratio), empty_table(ratio), false, false };
    double bend = 0;
    for (int k = 0; k < ROWS && !is_enough(f, t.central.best, 1); k++, step /= ratio) {
        double up = NAN, down = NAN, noise = 2 * f->noise / step;
        mgd_sample_kind above = f->sample(f->context, step, &up), below = f->sample(f->context, -step, &down);
        *kink_within |= above == MGD_BEYOND_A_KINK || below == MGD_BEYOND_A_KINK;
        add_row_if(above != MGD_NO_VALUE, &t.right, (up - f->at_0) / step, noise);
        add_row_if(below != MGD_NO_VALUE, &t.left, (f->at_0 - down) / step, noise);
        double bend_above = bend;
        bend = fabs(up - f->at_0 + (down - f->at_0));
        t.bent |= k > 0 && bend > 64 * f->noise && bend_above < 1.5 * bend;
        bool smooth = above == MGD_SMOOTH && below == MGD_SMOOTH;
        add_row_if(smooth, &t.central, (up - down) / step / 2, noise);
        t.refused |= !smooth;
    }
    return t;
}

static void keep_better(mgd_estimate *best, mgd_estimate e) {
    if (e.error < best->error) *best = e;
}

mgd_differences mgd__differences(const mgd_line *f) {
    const mgd_estimate none = { NAN, INFINITY };
    mgd_differences d = { none, none, none, false };
    const double span = pow(ratio, ROWS);
    double noisy = 0, coarse = INFINITY, step = f->step; /* the largest step that is noisy, the smallest too coarse */
    for (int k = 0; k < TABLES; k++) {
        tables t = tabulate(f, step, &d.kink_within);
        if (noisy > 0 && t.bent) t.central = empty_table(ratio);
        keep_better(&d.central, t.central.best);
        keep_better(&d.left, t.left.best);
        keep_better(&d.right, t.right.best);
        if (is_enough(f, d.central, bearable)) break;
        bool is_noisy = t.central.noise > t.central.best.error / 2;
        if (is_noisy && t.refused) break; /* noise below, no values above */
        if (is_noisy)
            noisy = step;
        else
            coarse = step;
        if (coarse <= span * noisy) break;
        if (noisy == 0)
            step = coarse / span;
        else
            step = coarse < INFINITY ? sqrt(noisy) * sqrt(coarse) : fmin(f->most, noisy * span);
        if (step <= noisy || step < smallest * f->step) break;
    }
    return d;
}
