/* SPDX-License-Identifier: MIT */
/* From statements to results: formulas, numbers, verdicts. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void cli_results_free(cli_results *r) {
    for (size_t k = 0; k < r->count; k++) free(r->item[k].name), free(r->item[k].numbers);
    free(r->item);
    *r = (cli_results){ 0 };
}

static cli_result *add(cli_results *r, cli_result_kind kind, const char *name) {
    if (r->count == r->room) {
        size_t room = r->room ? 2 * r->room : 8;
        cli_result *more = realloc(r->item, room * sizeof *more);
        if (!more) return cli_out_of_memory(), NULL;
        r->item = more;
        r->room = room;
    }
    cli_result *x = &r->item[r->count];
    *x = (cli_result){ .kind = kind, .name = strdup(name) };
    if (!x->name) return cli_out_of_memory(), NULL;
    r->count++;
    return x;
}

/* ---- what is done, and for which statement ---- */

typedef struct {
    cli_session *s;
    cli_results *results;
    cli_verb verb;
    size_t number; /* of the statement, from 1; 0 where there is one alone */
} work;

/* "dX", or "dX_2" for the second of several statements. */
static void result_name(const work *w, char name[120], const char *prefix, const mgd_var *x, size_t k) {
    const char *of = x ? mgd_name(x) : NULL;
    int n = of ? snprintf(name, 120, "%s%.70s", prefix, of) : snprintf(name, 120, "%s%zu", prefix, k + 1);
    if (w->number) snprintf(name + n, 120 - (size_t)n, "_%zu", w->number);
}

static cli_status refuse(const work *w, cli_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static cli_status refuse(const work *w, cli_status status, const char *format, ...) {
    char text[1200], where[40] = "";
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (w->number) snprintf(where, sizeof where, "statement %zu: ", w->number);
    cli_error("%s%s", where, text);
    return status;
}

/* An error of recording is the asker's; it is said, and cleared. */
static cli_status refused_by_tape(const work *w) {
    cli_status status = refuse(w, CLI_USAGE, "%s", mgd_message(w->s->tape));
    mgd_clear(w->s->tape);
    return status;
}

static cli_status refuse_not_one(const work *w, mgd_statement_kind kind, const mgd_var *f) {
    return refuse(w, CLI_USAGE, "%s is of a 1x1 formula, this is %s x %s%s",
                  kind == MGD_HESSIAN ? "a Hessian" : "a gradient", mgd_size_text(mgd_rows_of(f)),
                  mgd_size_text(mgd_cols_of(f)),
                  kind == MGD_HESSIAN ? "" : ": differentiate its sum, or ask for the jacobian");
}

static bool is_one(const mgd_var *v) {
    return !strcmp(mgd_size_text(mgd_rows_of(v)), "1") && !strcmp(mgd_size_text(mgd_cols_of(v)), "1");
}

/* ---- numbers ---- */

static bool all_finite(const double *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i])) return false;
    return true;
}

/* Of a gradient of f it is told whose rule it was, where one was to blame. */
static cli_status not_finite(const work *w, cli_result *x, mgd_var *v, mgd_var *f) {
    w->results->not_finite = true;
    mgd_sweep *sweep = f ? mgd_backward(f, NULL) : NULL;
    mgd_origin o = { .kind = MGD_ORIGIN_NONE };
    if (sweep) o = mgd_first_nonfinite_adjoint(sweep);
    if (o.kind == MGD_ORIGIN_NONE) o = mgd_first_nonfinite(v);
    mgd_sweep_free(sweep);
    return refuse(w, CLI_FAILED, "%s is not finite%s%s", *x->name ? x->name : "the result", *o.message ? ": " : "",
                  o.message);
}

static cli_status take_numbers(const work *w, const char *name, mgd_var *v, mgd_var *f) {
    cli_busy("computing");
    const double *value = mgd_value(v);
    cli_busy(NULL);
    if (!value) return refuse(w, CLI_FAILED, "%s", mgd_message(w->s->tape));
    cli_result *x = add(w->results, CLI_NUMBERS, name);
    if (!x) return CLI_FAILED;
    x->v = v;
    x->rows = mgd_size_value(mgd_rows_of(v));
    x->cols = mgd_size_value(mgd_cols_of(v));
    size_t n = (size_t)x->rows * (size_t)x->cols;
    x->numbers = malloc(n * sizeof *x->numbers);
    if (!x->numbers) return cli_out_of_memory(), CLI_FAILED;
    memcpy(x->numbers, value, n * sizeof *x->numbers);
    return all_finite(x->numbers, n) ? CLI_DONE : not_finite(w, x, v, f);
}

/* A size and a 1x1 are given as a number. */
static cli_status lacks(const work *w, const char *name) {
    mgd_var *v = mgd_named(w->s->reader, name);
    return refuse(w, CLI_USAGE, "%s has no data: give it, as in --at %s=%s", name, name,
                  v && !is_one(v) ? "FILE" : "3");
}

/* Numbers where nothing is missing, else the formula. f: what v is the gradient of, or NULL. */
static cli_status take(const work *w, const char *name, mgd_var *v, mgd_var *f) {
    const char *missing = cli_lacks(w->s, v);
    if (!missing) return take_numbers(w, name, v, f);
    if (w->s->strict) return lacks(w, missing);
    cli_result *x = add(w->results, CLI_FORMULA, name);
    if (!x) return CLI_FAILED;
    x->v = v;
    return CLI_DONE;
}

/* ---- gradients ---- */

static cli_status gradients(const work *w, mgd_var *f, size_t n, mgd_var *const *x) {
    cli_status status = CLI_DONE;
    mgd_var **g = calloc(n + 1, sizeof *g);
    if (!g) return cli_out_of_memory(), CLI_FAILED;
    if (!is_one(f))
        status =
            refuse(w, CLI_USAGE,
                   "a gradient is of a 1x1 formula, this is %s x %s: differentiate its sum, or ask for the jacobian",
                   mgd_size_text(mgd_rows_of(f)), mgd_size_text(mgd_cols_of(f)));
    else if (!mgd_gradients(f, n, x, g))
        status = refused_by_tape(w);
    for (size_t k = 0; k < n && g[k] && status != CLI_USAGE; k++) {
        char name[120];
        result_name(w, name, "d", x[k], k);
        status = cli_worse(status, take(w, name, g[k], f));
    }
    free(g);
    return status;
}

/* ---- Jacobians and Hessians ---- */

static bool entries_of(mgd_var *v, int64_t *n) {
    int64_t rows = mgd_size_value(mgd_rows_of(v)), cols = mgd_size_value(mgd_cols_of(v));
    *n = rows && cols && rows <= INT32_MAX / cols ? rows * cols : 0;
    return *n > 0;
}

static cli_status second_order_numbers(const work *w, const char *name, mgd_var *y, mgd_var *x, bool hessian) {
    int64_t p, n;
    if (!entries_of(y, &p) || !entries_of(x, &n)) return refuse(w, CLI_FAILED, "the matrix is too large");
    if (hessian) p = n;
    double *numbers = p <= (INT64_C(1) << 40) / n ? malloc((size_t)p * (size_t)n * sizeof *numbers) : NULL;
    if (!numbers)
        return refuse(w, CLI_FAILED, "a matrix of %lldx%lld does not fit the memory", (long long)p, (long long)n);
    cli_busy(hessian ? "computing the Hessian" : "computing the Jacobian");
    bool fine = hessian ? mgd_hessian(y, x, mgd_rows(numbers, p, n)) : mgd_jacobian(y, x, mgd_rows(numbers, p, n));
    cli_busy(NULL);
    cli_result *r = fine ? add(w->results, CLI_NUMBERS, name) : NULL;
    if (!r) {
        free(numbers);
        return fine ? CLI_FAILED : refuse(w, CLI_FAILED, "%s", mgd_message(w->s->tape));
    }
    r->numbers = numbers;
    r->rows = p;
    r->cols = n;
    return all_finite(numbers, (size_t)p * (size_t)n) ? CLI_DONE : not_finite(w, r, y, NULL);
}

/* By a number, or of one, the Jacobian is one formula. */
static mgd_var *jacobian_formula(mgd_var *y, mgd_var *x) {
    if (is_one(x)) return mgd_vec(mgd_pushforward(y, x, mgd_number(mgd_tape_of(y), 1)));
    return is_one(y) ? mgd_transpose(mgd_vec(mgd_gradient(y, x))) : NULL;
}

static mgd_var *hessian_formula(mgd_var *f, mgd_var *x) {
    return is_one(x) ? mgd_gradient(mgd_gradient(f, x), x) : NULL;
}

static cli_status second_order(const work *w, mgd_var *y, mgd_var *x, size_t k, bool hessian) {
    char name[120];
    result_name(w, name, hessian ? "H" : "J", x, k);
    if (hessian && !is_one(y)) return refuse_not_one(w, MGD_HESSIAN, y);
    const char *missing = cli_lacks(w->s, y);
    if (!missing) missing = cli_lacks(w->s, x);
    if (!missing) return second_order_numbers(w, name, y, x, hessian);
    if (w->s->strict) return lacks(w, missing);
    mgd_var *formula = hessian ? hessian_formula(y, x) : jacobian_formula(y, x);
    if (formula) return take(w, name, formula, NULL);
    if (mgd_failed(w->s->tape)) return refused_by_tape(w);
    return refuse(w, CLI_USAGE, "%s by a matrix of %s x %s is no single formula: give data, as in --at %s=FILE",
                  hessian ? "a Hessian" : "a Jacobian", mgd_size_text(mgd_rows_of(x)), mgd_size_text(mgd_cols_of(x)),
                  missing);
}

/* ---- claims ---- */

/* Of a Jacobian or a Hessian H nothing is recorded but its product with a direction V: H vec(V) is compared. */
static bool product_with_direction(const work *w, const mgd_statement *q, mgd_var **claimed, mgd_var **recorded) {
    mgd_tape *t = w->s->tape;
    char name[48];
    mgd_var *v = NULL;
    for (int k = 0; !v && k < 1000; k++) {
        snprintf(name, sizeof name, "direction_%zu_%d", mgd_count(t), k);
        v = mgd_named(w->s->reader, name) ? NULL : mgd_input_sized(t, name, mgd_rows_of(q->wrt), mgd_cols_of(q->wrt));
    }
    bool hessian = q->kind == MGD_HESSIAN;
    *recorded =
        mgd_vec(hessian ? mgd_hessian_vector(q->expression, q->wrt, v) : mgd_pushforward(q->expression, q->wrt, v));
    *claimed = mgd_matmul(q->claim, mgd_vec(v));
    return *claimed && *recorded;
}

static bool same_size(const mgd_var *a, const mgd_var *b) {
    char rows[256];
    snprintf(rows, sizeof rows, "%s", mgd_size_text(mgd_rows_of(a)));
    if (strcmp(rows, mgd_size_text(mgd_rows_of(b))) != 0) return false;
    snprintf(rows, sizeof rows, "%s", mgd_size_text(mgd_cols_of(a)));
    return !strcmp(rows, mgd_size_text(mgd_cols_of(b)));
}

static cli_status refuse_size(const work *w, const mgd_var *claim, const mgd_var *x) {
    char text[2][256];
    snprintf(text[0], sizeof text[0], "%.100s x %.100s", mgd_size_text(mgd_rows_of(claim)),
             mgd_size_text(mgd_cols_of(claim)));
    snprintf(text[1], sizeof text[1], "%.100s x %.100s", mgd_size_text(mgd_rows_of(x)), mgd_size_text(mgd_cols_of(x)));
    return refuse(w, CLI_USAGE, "the claim is %s, the derivative is %s", text[0], text[1]);
}

static cli_status judge(const work *w, const mgd_statement *q) {
    mgd_verdict verdict;
    if (q->kind != MGD_JACOBIAN && !is_one(q->expression)) return refuse_not_one(w, q->kind, q->expression);
    if (q->kind == MGD_GRADIENT && !same_size(q->claim, q->wrt)) return refuse_size(w, q->claim, q->wrt);
    cli_busy("deciding");
    if (q->kind == MGD_GRADIENT) {
        verdict = mgd_is_gradient(q->expression, q->wrt, q->claim);
    } else {
        mgd_var *claimed, *recorded;
        if (!product_with_direction(w, q, &claimed, &recorded)) return cli_busy(NULL), refused_by_tape(w);
        verdict = mgd_equal(claimed, recorded);
    }
    cli_busy(NULL);
    if (mgd_failed(w->s->tape)) return refused_by_tape(w);
    char name[32] = "";
    if (w->number) snprintf(name, sizeof name, "claim_%zu", w->number);
    cli_result *x = add(w->results, CLI_VERDICT, name);
    if (!x) return CLI_FAILED;
    x->verdict = verdict;
    return verdict.answer == MGD_EQUAL ? CLI_DONE : verdict.answer == MGD_DIFFERENT ? CLI_REFUTED : CLI_FAILED;
}

/* ---- statements ---- */

static cli_status derivative(const work *w, mgd_statement_kind kind, mgd_var *f, size_t n, mgd_var *const *x) {
    cli_status status = CLI_DONE;
    if (kind == MGD_GRADIENT) return gradients(w, f, n, x);
    for (size_t k = 0; k < n; k++) status = cli_worse(status, second_order(w, f, x[k], k, kind == MGD_HESSIAN));
    return status;
}

cli_status cli_derivative(cli_session *s, mgd_statement_kind kind, mgd_var *f, mgd_var *x, cli_results *results) {
    const work w = { .s = s, .results = results };
    return derivative(&w, kind, f, 1, &x);
}

/* By what --wrt names, else by every input. */
static cli_status by_what(const work *w, const cli_list *wrt, mgd_var ***x, size_t *n) {
    *n = 0;
    if (!wrt || !wrt->count)
        while (cli_input_at(w->s, *n)) ++*n;
    else
        *n = wrt->count;
    if (!*n) return refuse(w, CLI_USAGE, "the formula has no input to differentiate by");
    *x = calloc(*n, sizeof **x);
    if (!*x) return cli_out_of_memory(), CLI_FAILED;
    for (size_t k = 0; k < *n; k++) {
        (*x)[k] = wrt && wrt->count ? cli_find_var(w->s, wrt->item[k]) : cli_input_at(w->s, k);
        if (!(*x)[k]) return CLI_USAGE;
    }
    return CLI_DONE;
}

static cli_status one_statement(const work *w, const mgd_statement *q, const cli_list *wrt) {
    static const mgd_statement_kind asked[CLI_VERBS] = {
        [CLI_GRAD] = MGD_GRADIENT, [CLI_JACOBIAN] = MGD_JACOBIAN, [CLI_HESSIAN] = MGD_HESSIAN
    };
    if (q->claim) return judge(w, q);
    if (q->kind != MGD_EXPRESSION) return derivative(w, q->kind, q->expression, 1, (mgd_var *[]){ q->wrt });
    if (asked[w->verb] == MGD_EXPRESSION) {
        char name[32] = "";
        if (w->number) snprintf(name, sizeof name, "r%zu", w->number);
        return take(w, name, q->expression, NULL);
    }
    mgd_var **x = NULL;
    size_t n;
    cli_status status = by_what(w, wrt, &x, &n);
    if (status == CLI_DONE) status = derivative(w, asked[w->verb], q->expression, n, x);
    free(x);
    return status;
}

cli_status cli_results_of(cli_session *s, cli_verb verb, const cli_list *wrt, size_t from, cli_results *results) {
    cli_status status = CLI_DONE;
    size_t end = mgd_statements(s->reader);
    *results = (cli_results){ 0 };
    for (size_t k = from; k < end; k++) {
        work w = { s, results, verb, end - from > 1 ? k - from + 1 : 0 };
        mgd_statement q = mgd_statement_at(s->reader, k);
        status = cli_worse(status, one_statement(&w, &q, wrt));
    }
    return status;
}
