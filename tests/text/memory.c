/* SPDX-License-Identifier: MIT */
/* Running out of memory while reading and printing, at every single allocation: nothing is lost, nothing remains, and
 * the same text is read afterwards. */
#include "../tape/expect.h"

#include "../tape/allocations.h"

#include <matgrad/text.h>

#include <stdio.h>

static const char first[] = "X: m x n; a: m; S: n x n";
static const char second[] =
    "S: n x n symmetric; q: n\n"
    "let u = X'*a; let v = sigmoid(u); let u = v.*q\n"
    "d sum(v.^2) + <u, q> + 1e400 wrt X == X; S^2*u; A1: n x min(m, k); priority(u, v)\n"
    "sum(gather_rows(A1, [0, 1])*ones(min(k, m), 2)) + (u + v*(sum(u) - 3/7) + S*u + v.*u)*(u + v)'";

static void print(mgd_reader *r, const char **wrong) {
    mgd_var *v[3];
    for (size_t k = 0; k < 3; k++) v[k] = mgd_statement_at(r, k).expression;
    for (int format = MGD_TEXT; format <= MGD_DOT; format++) {
        char *text = mgd_print(3, v, (const char *const[]){ "one", NULL, "t1" }, (mgd_format)format, 40);
        if (!text && !allocations.failing) *wrong = "no print";
        free(text);
    }
}

static void read(mgd_tape *t, mgd_reader *r, const char **wrong) {
    size_t count = mgd_count(t);
    if (mgd_read(r, "second", second, NULL)) {
        print(r, wrong);
        return;
    }
    if (!strstr(mgd_reader_message(r), "out of memory")) *wrong = "another message";
    if (mgd_count(t) != count || mgd_statements(r)) *wrong = "something remains";
    if (mgd_named(r, "u") || mgd_named(r, "q") || mgd_assumptions(mgd_named(r, "S"))) *wrong = "a name remains";
    if (mgd_failed(t)) *wrong = "the tape has an error";
    if (!mgd_read(r, "second", second, NULL)) *wrong = "the text is not read afterwards";
}

static const char *run(size_t failing) {
    const char *wrong = NULL;
    long live = allocations.live;
    allocations.requests = 0;
    allocations.failing = failing;
    mgd_tape *t = mgd_tape_new();
    mgd_reader *r = mgd_reader_new(t);
    if (r && mgd_read(r, "first", first, NULL)) read(t, r, &wrong);
    static const char third[] = "norm(Y*w - z)^2 + logdet(P)*c";
    mgd_guess_undeclared(r, true);
    if (r && !mgd_read(r, "third", third, NULL) && !strstr(mgd_reader_message(r), "out of memory"))
        wrong = "the third text has another message";
    if (t && mgd_failed(t)) wrong = "the tape has an error";
    if (t && !wrong) {
        mgd_var *v = mgd_parse(t, "1 + 2*pi");
        if (!v && !strstr(mgd_message(t), "out of memory")) wrong = "no parse, for no reason";
    }
    mgd_reader_free(r);
    mgd_tape_free(t);
    allocations.failing = 0;
    if (!wrong && allocations.live != live) wrong = "something is lost";
    return wrong;
}

START_TEST(every_allocation_may_fail) {
    size_t failing = 0;
    const char *wrong = run(0);
    ck_assert_msg(!wrong, "without a failure: %s", wrong);
    size_t requests = allocations.requests;
    ck_assert_uint_gt(requests, 40);
    while (++failing <= requests) {
        wrong = run(failing);
        ck_assert_msg(!wrong, "allocation %zu of %zu: %s", failing, requests, wrong);
    }
}
END_TEST

TESTS("text/memory", every_allocation_may_fail);
