/* SPDX-License-Identifier: MIT */
/* Any bytes as a formula. What is read is printed in every format, and the language's own print reads back. Built with
 * clang's libFuzzer: make fuzz. */
#include <matgrad.h>
#include <matgrad/text.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COMPARED = 300 }; /* bytes of a text whose print is compared in numbers */

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "%s\n%s\n", what, detail);
    abort();
}

static void read_back(mgd_tape *t, mgd_var *v, mgd_format format, bool compare) {
    mgd_reader *r = mgd_reader_new(t);
    char *text = mgd_print(1, &v, NULL, format, 60);
    if (!r || !text) fail("no print", "");
    if (!mgd_read(r, "print", text, NULL)) fail(text, mgd_reader_message(r));
    mgd_var *again = mgd_statement_at(r, mgd_statements(r) - 1).expression;
    if (again != v && compare) {
        mgd_verdict verdict = mgd_equal(again, v);
        if (verdict.answer == MGD_DIFFERENT) fail(text, "reads back as another node");
    }
    free(text);
    mgd_reader_free(r);
}

static void print(mgd_tape *t, mgd_var *v, bool compare) {
    for (int format = MGD_LATEX; format <= MGD_DOT; format++) {
        char *text = mgd_print(1, &v, NULL, (mgd_format)format, 60);
        if (!text) fail("no print", "");
        free(text);
    }
    read_back(t, v, MGD_TEXT, compare);
    read_back(t, v, MGD_UNICODE, compare);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mgd_tape *t = mgd_tape_new();
    mgd_reader *r = mgd_reader_new(t);
    size_t before = mgd_count(t);
    char *text = malloc(size + 1); /* of its own, so that a sanitizer sees a read behind it */
    if (!r || !text) fail("out of memory", "");
    memcpy(text, data, size);
    mgd_guess_undeclared(r, size % 2);
    bool fine = mgd_read(r, "fuzz", text, &size);
    free(text);
    if (!fine && !mgd_reader_message(r)[0]) fail("refused without a message", "");
    if (!fine && (mgd_count(t) != before || mgd_statements(r))) fail("something of a refused text remains", "");
    if (mgd_failed(t)) fail("the tape has an error that nobody cleared", mgd_message(t));
    for (size_t k = 0; k < mgd_statements(r); k++) {
        mgd_statement s = mgd_statement_at(r, k);
        bool compare = size < COMPARED && !memchr(data, '^', size); /* large powers are exact, and slow */
        print(t, s.expression, compare);
        if (s.claim) print(t, s.claim, compare);
    }
    mgd_reader_free(r);
    mgd_tape_free(t);
    return 0;
}
