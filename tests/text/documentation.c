/* SPDX-License-Identifier: MIT */
/* docs/language.md says what the language has. */
#include "../tape/expect.h"

#include "text/reader.h"

#include <stdio.h>
#include <stdlib.h>

static char *language(void) {
    static char text[1 << 16];
    FILE *f = fopen("docs/language.md", "rb");
    ck_assert_msg(f != NULL, "docs/language.md is missing: tests run in the repository's root");
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

static void expect_function(const char *text, const char *name) {
    char call[80];
    snprintf(call, sizeof call, "`%s(", name);
    ck_assert_msg(strstr(text, call), "docs/language.md has no %s", name);
}

START_TEST(every_function_is_in_the_manual) {
    const char *text = language();
    for (size_t i = 0; i < mgd__alias_count; i++) expect_function(text, mgd__aliases[i].name);
    for (size_t i = 0; i < mgd__function_count; i++) expect_function(text, mgd__functions[i].name);
}
END_TEST

/* `name(` in the chapter on functions. */
START_TEST(every_function_of_the_manual_is_known) {
    const char *text = strstr(language(), "## Functions"), *end = strstr(text, "## Errors");
    mgd_function_name found;
    size_t count = 0;
    for (const char *c = text; c < end; c++) {
        size_t n = *c == '`' ? strcspn(c + 1, "(`. ") : 0;
        if (!n || c[n + 1] != '(' || (n == 1 && c[1] == 'f')) continue;
        bool known = mgd__function_named(c + 1, n) || mgd__function_by_notation(c + 1, n, &found);
        ck_assert_msg(known, "%.*s is no function", (int)n, c + 1);
        count++;
    }
    ck_assert_uint_gt(count, 150);
}
END_TEST

START_TEST(the_example_is_read) {
    char *text = strstr(language(), "```\n") + 4, *end = strstr(text, "```");
    mgd_tape *t = mgd_tape_new();
    mgd_reader *r = mgd_reader_new(t);
    size_t length = (size_t)(end - text);
    ck_assert_msg(mgd_read(r, "docs/language.md", text, &length), "%s", mgd_reader_message(r));
    ck_assert_uint_eq(mgd_statements(r), 3);
    mgd_reader_free(r);
    mgd_tape_free(t);
}
END_TEST

TESTS("text/documentation", every_function_is_in_the_manual, every_function_of_the_manual_is_known,
      the_example_is_read);
