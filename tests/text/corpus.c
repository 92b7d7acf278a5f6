/* SPDX-License-Identifier: MIT */
/* Every formula of ../shared/corpus/claims.json is read, differentiated, printed and read back. MATGRAD_SHARED says
 * where another ../shared lies. */
#include "../tape/expect.h"
#include "support/json.h"

#include <matgrad/text.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static json *corpus(void) {
    char path[4096];
    const char *shared = getenv("MATGRAD_SHARED");
    snprintf(path, sizeof path, "%s/corpus/claims.json", shared ? shared : "../shared");
    json *all = json_read_file(path);
    ck_assert_msg(all && json_count(all) > 300, "%s is missing, or no list of claims", path);
    return all;
}

static const char *assumption(const char *word) {
    static const char *const known[] = { "symmetric", "posdef", "positive" };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (!strcmp(known[i], word)) return known[i];
    return ""; /* invertible, a range: of the points, not of the reader */
}

/* A name; one claim has an r that is to be m*n. */
static const char *size_of(const json *claim, const json *v, const char *which) {
    const char *size = json_text(v, which);
    return json_at(claim, "dims_fixed") && !strcmp(size, "r") ? "m*n" : size;
}

static bool is_size_of_a_variable(const json *claim, const char *name) {
    for (const json *v = json_at(claim, "vars")->members; v; v = v->next)
        if (!strcmp(size_of(claim, v, "rows"), name) || !strcmp(size_of(claim, v, "cols"), name)) return true;
    return false;
}

/* "X: m x n; S: n x n posdef; ". What is a size of nothing is a number. */
static void write_declarations(char *out, size_t room, const json *claim) {
    size_t n = 0;
    out[0] = '\0';
    for (const json *d = json_at(claim, "dims")->members; d; d = d->next)
        if (!is_size_of_a_variable(claim, d->key) && strcmp(d->key, "r") != 0)
            n += (size_t)snprintf(out + n, room - n, "%s: 1; ", d->key);
    for (const json *v = json_at(claim, "vars")->members; v; v = v->next) {
        n += (size_t)snprintf(out + n, room - n, "%s: %s x %s", v->key, size_of(claim, v, "rows"),
                              size_of(claim, v, "cols"));
        const json *all = json_at(v, "assumptions");
        for (const json *a = all ? all->members : NULL; a; a = a->next)
            n += (size_t)snprintf(out + n, room - n, " %s", assumption(a->text));
        n += (size_t)snprintf(out + n, room - n, "; ");
    }
}

typedef struct {
    mgd_tape *t;
    mgd_reader *r;
    const json *source;
    const char *id;
    mgd_var *f, *x, *claim; /* NULL where it was refused */
} entry;

/* Formulas that the language refuses, and why. */
static const char *refused(const char *id) {
    return !strcmp(id, "M55") ? "not a vector: of a matrix there are induced_norm1 and sum(abs(A))" : NULL;
}

/* A false claim may be one whose sizes do not fit: it is refused, and NULL. */
static mgd_var *read_claim(entry *e, const json *claim) {
    bool fine = mgd_read(e->r, e->id, json_text(claim, "claim"), NULL);
    ck_assert_msg(fine || (!json_at(claim, "verdict")->truth && strstr(mgd_reader_message(e->r), "sizes")), "%s",
                  mgd_reader_message(e->r));
    return fine ? mgd_statement_at(e->r, mgd_statements(e->r) - 1).expression : NULL;
}

static mgd_var *read_one(entry *e, const char *text) {
    bool fine = mgd_read(e->r, e->id, text, NULL);
    ck_assert_msg(fine, "%s", mgd_reader_message(e->r));
    return mgd_statement_at(e->r, mgd_statements(e->r) - 1).expression;
}

static entry begin(const json *claim) {
    char declarations[1000];
    entry e = { .t = mgd_tape_new(), .source = claim, .id = json_text(claim, "id") };
    e.r = mgd_reader_new(e.t);
    write_declarations(declarations, sizeof declarations, claim);
    bool declared = mgd_read(e.r, e.id, declarations, NULL);
    ck_assert_msg(declared, "%s", mgd_reader_message(e.r));
    if (refused(e.id)) {
        ck_assert(!mgd_read(e.r, e.id, json_text(claim, "expr"), NULL));
        ck_assert_ptr_nonnull(strstr(mgd_reader_message(e.r), refused(e.id)));
        return e;
    }
    e.f = read_one(&e, json_text(claim, "expr"));
    e.x = mgd_named(e.r, json_text(claim, "wrt"));
    ck_assert_msg(e.x != NULL, "%s: %s is no variable", e.id, json_text(claim, "wrt"));
    e.claim = read_claim(&e, claim);
    return e;
}

static void end(entry *e) {
    mgd_reader_free(e->r);
    mgd_tape_free(e->t);
}

static bool is_scalar(const mgd_var *v) {
    return mgd_size_value(mgd_rows_of(v)) == 1 && mgd_size_value(mgd_cols_of(v)) == 1;
}

static void set_inputs(const entry *e) {
    static double data[4096];
    uint64_t random = 7;
    for (const json *d = json_at(e->source, "dims")->members; d; d = d->next)
        (void)mgd_bind(e->t, d->key, atoi(d->text));
    mgd_clear(e->t);
    for (size_t i = 0; i < mgd_count(e->t); i++) {
        mgd_var *v = mgd_at(e->t, i);
        int64_t rows = mgd_size_value(mgd_rows_of(v)), cols = mgd_size_value(mgd_cols_of(v));
        if (!mgd_name(v)) continue;
        for (int64_t k = 0; k < rows * cols; k++) data[k] = 0.5 + 0.3 * test_uniform(&random);
        ck_assert_msg(mgd_set(v, data, rows, cols), "%s: %s", e->id, mgd_message(e->t));
    }
}

/* What the exact test leaves undecided is compared in numbers. */
static bool close_to(const entry *e, mgd_var *a, mgd_var *b) {
    set_inputs(e);
    const double *x = mgd_value(a), *y = mgd_value(b);
    int64_t n = mgd_size_value(mgd_rows_of(a)) * mgd_size_value(mgd_cols_of(a));
    ck_assert_msg(x && y, "%s: %s", e->id, mgd_message(e->t));
    for (int64_t k = 0; k < n; k++)
        if (!(fabs(x[k] - y[k]) <= 1e-9 * (1 + fabs(x[k])))) return false;
    return true;
}

static void expect_to_read_back(entry *e, mgd_var *v, mgd_format format, size_t width) {
    char *text = mgd_print(1, &v, NULL, format, width);
    ck_assert_ptr_nonnull(text);
    mgd_reader *r = mgd_reader_new(e->t);
    bool fine = mgd_read(r, e->id, text, NULL);
    ck_assert_msg(fine, "%s\n%s", text, mgd_reader_message(r));
    mgd_var *again = mgd_statement_at(r, mgd_statements(r) - 1).expression;
    mgd_verdict verdict = again == v ? (mgd_verdict){ .answer = MGD_EQUAL } : mgd_equal(again, v);
    bool decided = verdict.answer != MGD_UNDECIDED;
    ck_assert_msg(decided ? verdict.answer == MGD_EQUAL : close_to(e, again, v), "%s: %s: %s", e->id, text,
                  verdict.reason);
    mgd_reader_free(r);
    free(text);
}

static void expect_round_trips(entry *e, mgd_var *v) {
    expect_to_read_back(e, v, MGD_TEXT, 0);
    expect_to_read_back(e, v, MGD_TEXT, 40);
    expect_to_read_back(e, v, MGD_UNICODE, 60);
}

START_TEST(every_formula_of_the_corpus_is_read_and_reads_back) {
    json *all = corpus();
    for (const json *claim = all->members; claim; claim = claim->next) {
        entry e = begin(claim);
        if (e.f) expect_round_trips(&e, e.f);
        if (e.claim) expect_round_trips(&e, e.claim);
        if (json_text(claim, "correct")[0]) expect_round_trips(&e, read_one(&e, json_text(claim, "correct")));
        end(&e);
    }
    json_free(all);
}
END_TEST

START_TEST(every_gradient_of_the_corpus_reads_back) {
    json *all = corpus();
    for (const json *claim = all->members; claim; claim = claim->next) {
        entry e = begin(claim);
        mgd_var *f = e.f && is_scalar(e.f) ? e.f : mgd_sum(e.f), *G = mgd_gradient(f, e.x);
        ck_assert_msg(G || !e.f, "%s: %s", e.id, mgd_message(e.t));
        if (G) expect_round_trips(&e, G);
        end(&e);
    }
    json_free(all);
}
END_TEST

/* With one 1 in each column of Y. */
static bool holds_for_some_data_alone(const char *id) { return !strcmp(id, "M60"); }

/* A false claim is never confirmed, a true one never refuted. How many stay undecided is the exact test's matter. */
START_TEST(no_verdict_contradicts_the_corpus) {
    json *all = corpus();
    int confirmed = 0, refuted = 0, undecided = 0;
    for (const json *claim = all->members; claim; claim = claim->next) {
        bool plain = !strcmp(json_text(claim, "kind"), "gradient") && !strcmp(json_text(claim, "convention"), "free");
        if (!plain) continue;
        entry e = begin(claim);
        bool is_true = json_at(claim, "verdict")->truth;
        mgd_verdict verdict = { .answer = MGD_DIFFERENT };
        if (e.claim) verdict = mgd_is_gradient(e.f, e.x, e.claim);
        if (getenv("TABLE")) printf("%s %s %d %s\n", e.id, is_true ? "true" : "false", verdict.answer, verdict.reason);
        bool may_differ = !is_true || !e.f || holds_for_some_data_alone(e.id);
        ck_assert_msg(is_true || verdict.answer != MGD_EQUAL, "%s is false", e.id);
        ck_assert_msg(may_differ || verdict.answer != MGD_DIFFERENT, "%s is true: %s", e.id, verdict.reason);
        confirmed += verdict.answer == MGD_EQUAL;
        refuted += verdict.answer == MGD_DIFFERENT;
        undecided += verdict.answer == MGD_UNDECIDED;
        end(&e);
    }
    if (getenv("TABLE")) printf("confirmed %d, refuted %d, undecided %d\n", confirmed, refuted, undecided);
    json_free(all);
}
END_TEST

TESTS("text/corpus", every_formula_of_the_corpus_is_read_and_reads_back, every_gradient_of_the_corpus_reads_back,
      no_verdict_contradicts_the_corpus);
