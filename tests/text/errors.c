/* SPDX-License-Identifier: MIT */
/* What is refused, with the place in the text; and that nothing of a refused text remains. */
#include "../tape/expect.h"

#include <matgrad/text.h>

#include <stdio.h>
#include <stdlib.h>

static mgd_tape *t;
static mgd_reader *r;

/* X: m x n;  A: n x n;  x: n;  a: 1 */
static void begin(void) {
    t = mgd_tape_new();
    r = mgd_reader_new(t);
    ck_assert(mgd_read(r, "begin", "X: m x n; A: n x n; x: n; a: 1", NULL));
}

static void end(void) {
    mgd_reader_free(r);
    mgd_tape_free(t);
}

/* Of "name:line:column: what", the line and the caret. */
static void expect_error(const char *text, const char *expected) {
    size_t before = mgd_count(t), statements = mgd_statements(r);
    ck_assert_msg(!mgd_read(r, "f", text, NULL), "%s is read", text);
    ck_assert_str_eq(mgd_reader_message(r), expected);
    ck_assert_uint_eq(mgd_count(t), before);
    ck_assert_uint_eq(mgd_statements(r), statements);
    ck_assert(!mgd_failed(t));
}

#define expect_what(text, what)                                                                                        \
    do {                                                                                                               \
        ck_assert_msg(!mgd_read(r, "f", text, NULL), "%s is read", text);                                              \
        ck_assert_msg(strstr(mgd_reader_message(r), what), "%s", mgd_reader_message(r));                               \
        ck_assert(!mgd_failed(t));                                                                                     \
    } while (0)

START_TEST(sizes_that_do_not_fit_are_both_told) {
    begin();
    expect_error("X*X", "f:1:2: matmul: X is mxn, X is mxn: inner sizes n and m differ\n"
                        "  X*X\n"
                        "   ^");
    expect_error("x;\n  x + (X'*x) # no", "f:2:10: matmul: X' is nxm, x is nx1: inner sizes m and n differ\n"
                                          "    x + (X'*x) # no\n"
                                          "           ^");
    expect_error("det(X)", "f:1:1: X is mxn, not square: it has no determinant, inverse or solution\n"
                           "  det(X)\n"
                           "  ^");
    end();
}
END_TEST

START_TEST(columns_count_letters) {
    begin();
    expect_error("σ(x) + λx", "f:1:8: nothing is called λx: declare it, as in λx: m x n;\n"
                              "  σ(x) + λx\n"
                              "         ^");
    expect_error("\tx +\t+ )", "f:1:8: an operand should stand here\n"
                               "   x + + )\n"
                               "         ^");
    end();
}
END_TEST

START_TEST(what_is_missing_is_named) {
    begin();
    expect_what("x +", "f:1:4: the formula ends here, where an operand should stand");
    expect_what("(x + x", "f:1:1: this is not closed");
    expect_what("exp(x", "f:1:1: this is not closed");
    expect_what("<x, x", "f:1:1: this is not closed");
    expect_what("x)", "f:1:2: nothing is open that this closes");
    expect_what("x>", "f:1:2: nothing is open that this closes");
    expect_what("<x, x)", "f:1:6: an inner product is open here, which > closes: <A, B>");
    expect_what("(x>", "f:1:3: a parenthesis is open here, not an inner product");
    expect_what("<x>", "f:1:1: an inner product has two operands: <A, B>");
    expect_what("<x, x, x>", "an inner product has two operands");
    expect_what("()", "f:1:2: an operand should stand here");
    expect_what("x, x", "f:1:2: an operator, or the end of the statement, should stand here");
    expect_what("(x, x)", "f:1:3: a comma stands between the arguments of a function alone");
    expect_what("2 x", "f:1:3: an operator should stand here: a product is written with *");
    expect_what("2x", "f:1:2: an operator should stand here");
    expect_what("a (x)", "a is no function: a product is written with *");
    expect_what("y = 2*x", "nothing is called y");
    expect_what("x = 2*x", "f:1:3: what gets a name begins with let: let y = 2*x");
    expect_what("x == x", "f:1:3: == stands behind a derivative alone");
    expect_what("let 3 = x", "nothing is called let");
    expect_what("let y + 1", "a let is written: let name = expression");
    expect_what("d x'*x", "nothing is called d");
    expect_what("d x'*x wrt 3", "nothing is called d");
    expect_what("d x'*x wrt z", "f:1:12: nothing is called z: declare it");
    expect_what("d x'*x wrt x == ", "the formula ends here");
    end();
}
END_TEST

START_TEST(misspelt_names_have_a_suggestion) {
    begin();
    expect_what("sgimoid(x)", "f:1:1: there is no function sgimoid: did you mean sigmoid?");
    expect_what("logsumexps(x)", "did you mean logsumexp?");
    expect_what("frobnicate(x)", "f:1:1: there is no function frobnicate\n");
    expect_what("let weights = x; 2*wieghts", "f:1:20: nothing is called wieghts: did you mean weights?");
    expect_what("exp + x", "f:1:1: exp is a function: its argument stands in parentheses");
    expect_what("1/k", "f:1:3: nothing is called k: declare it");
    end();
}
END_TEST

START_TEST(what_formulas_look_through_is_not_differentiated_by) {
    begin();
    expect_what("let T = X'; d tr(T'*T) wrt T == 2*T", "f:1:28: T stands for X', which formulas look through");
    expect_what("let u = -x; d sum((-u).^2) wrt u", "f:1:32: u stands for -x, which formulas look through");
    expect_what("W: mxn; sum(W)", "f:1:4: mxn is one name: did you mean m x n?");
    end();
}
END_TEST

START_TEST(functions_say_what_they_take) {
    begin();
    expect_what("exp(x, x)", "f:1:1: exp takes 1 argument, not 2");
    expect_what("dot(x)", "f:1:1: dot takes 2 arguments, not 1");
    expect_what("max(x, x, x)", "f:1:1: max takes 1 to 2 arguments, not 3");
    expect_what("gather_rows(x)", "f:1:1: gather_rows takes 2 arguments or more, not 1");
    expect_what("eye(X)", "f:1:5: no size is called X");
    expect_what("eye(k)", "f:1:5: no size is called k");
    expect_what("eye(0)", "a size is 1 or more");
    expect_what("eye(1.5)", "sizes are whole numbers from 1 to 2147483647");
    expect_what("eye(3000000000)", "sizes are whole numbers");
    expect_what("eye(sum(x))", "f:1:5: a size cannot be computed by sum");
    expect_what("eye(<x, x>)", "f:1:5: a size should stand here");
    expect_what("eye(n')", "a size has no transpose");
    expect_what("eye(-3)", "a size is 1 or more");
    expect_what("eye(n^2)", "sizes have +, - and *, and / by a number");
    expect_what("eye(3/n)", "sizes have +, - and *, and / by a number");
    expect_what("block(X, 0 + 1, 0, 1, 1)", "0 is no size");
    expect_what("block(X, 0, 0, 0, 1)", "f:1:16: a size is 1 or more");
    expect_what("place(0, 2, X, 0, 0)", "f:1:7: a size is 1 or more");
    expect_what("gather_rows(x, [1, 0)", "the [ in the arguments is not closed");
    expect_what("gather_rows(x, 1])", "] stands around the indices of a function alone");
    expect_what("exp([x])", "[ stands around the indices of a function alone");
    expect_what("gather_rows(x, n)", "an index is a whole number from 0 on");
    expect_what("norm(X, 3)", "f:1:9: a norm is 1, 2 or 'fro'");
    expect_what("norm(X, 'nuc')", "a norm is 1, 2 or 'fro'");
    expect_what("norm(X, 'fro' + 1)", "there are no strings");
    expect_what("dot(x, 'fro')", "there are no strings: only norm(X,'fro') takes a word");
    expect_what("\"x\"", "f:1:1: there are no strings");
    end();
}
END_TEST

START_TEST(what_is_ambiguous_is_refused_with_advice) {
    begin();
    expect_what("norm2(X)", "f:1:1: norm2: X is mxn, not a vector: of a matrix there are normF and spectral_norm");
    expect_what("norm(X)", "not a vector: of a matrix there are normF");
    expect_what("x^2", "powers are those of a square matrix by a whole number; entry by entry they are written .^");
    expect_what("X + ones(1, n)", "entry by entry needs equal sizes");
    end();
}
END_TEST

START_TEST(declarations_say_what_is_wrong) {
    begin();
    expect_what("Y: m x", "f:1:7: a size should stand here: a name, or a whole number from 1 on");
    expect_what("Y: 0", "a size is 1 or more");
    expect_what("Y: m n",
                "f:1:6: n is no assumption: symmetric, posdef, diagonal, lower, upper, orthogonal and positive "
                "are");
    expect_what("Y: x x 2", "f:1:4: x is a matrix, not a size");
    expect_what("m: 3 x 3", "f:1:1: m is a size already");
    expect_what("Y: Y x Y", "f:1:1: Y is a size already");
    expect_what("let k = x; k: 3", "k is named by a let already");
    expect_what("let k = x; Y: k", "k is a matrix, not a size");
    expect_what("let m = x", "m is a size already");
    expect_what("let X = x", "X is an input already");
    expect_what("pi: 3", "pi is a number already");
    expect_what("Y: pi", "pi is a number, not a size");
    expect_what("let pi = 3", "pi is a number already");
    expect_what("X: n x n", "f:1:1: X is mxn already");
    expect_what("X: m x m", "f:1:1: X is mxn already");
    expect_what("Y: m x n symmetric", "not square");
    expect_what("Y: m + exp(n) x n", "a size cannot be computed by exp");
    expect_what("Y: m - m", "0 is not a whole number from 1");
    expect_what("Y: (m", "this is not closed");
    end();
}
END_TEST

START_TEST(bytes_that_are_no_text_are_named) {
    static const struct {
        const char *text;
        size_t n;
        const char *what;
    } cases[] = {
        { "x + \0 x", 7, "f:1:5: a zero byte is no text" },
        { "x + \xff", 5, "f:1:5: this byte is not UTF-8" },
        { "\xed\xa0\x80", 3, "f:1:1: this byte is not UTF-8" }, /* half of a surrogate pair */
        { "\xc0\xaf", 2, "f:1:1: this byte is not UTF-8" },     /* longer than needed */
        { "\xf4\x90\x80\x80", 4, "f:1:1: this byte is not UTF-8" },
        { "x + \xe2\x82", 6, "f:1:5: this byte is not UTF-8" }, /* cut off */
        { "x $ x", 5, "f:1:3: this character means nothing here" },
        { "x “ x", 7, "f:1:3: this character means nothing here" },
        { "x + \xef\xbb\xbf", 7, "f:1:5: this character means nothing here" }, /* that marks a file's beginning alone */
        { "x\x01", 2, "f:1:2: this character means nothing here" },
    };
    begin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert(!mgd_read(r, "f", cases[i].text, &cases[i].n));
        ck_assert_msg(strstr(mgd_reader_message(r), cases[i].what), "%s", mgd_reader_message(r));
    }
    size_t none = 0;
    ck_assert(mgd_read(r, "f", "", &none));
    ck_assert_str_eq(mgd_reader_message(r), "");
    end();
}
END_TEST

START_TEST(long_lines_are_cut_around_the_place) {
    char text[1000] = "";
    begin();
    for (int i = 0; i < 60; i++) strcat(text, "xλ + ");
    expect_what(text, "f:1:1: nothing is called xλ: declare it, as in xλ: m x n;\n  xλ + xλ + ");
    ck_assert_ptr_nonnull(strstr(mgd_reader_message(r), "...\n  ^"));
    text[0] = '\0';
    for (int i = 0; i < 60; i++) strcat(text, "x  + ");
    strcat(text, "y +");
    for (int i = 0; i < 60; i++) strcat(text, " λ +");
    expect_what(text, "f:1:301: nothing is called y");
    const char *line = strstr(mgd_reader_message(r), "\n  ...x  + "), *caret = strchr(mgd_reader_message(r), '^');
    ck_assert(line && caret);
    const char *y = strchr(line, 'y'), *second = strchr(line + 1, '\n');
    ck_assert_int_eq(caret - second, y - line);
    ck_assert_int_eq(strncmp(second - 3, "...", 3), 0);
    end();
}
END_TEST

START_TEST(long_names_are_cut) {
    size_t n = 1000000;
    char *text = malloc(n + 5);
    begin();
    memset(text, 'q', n);
    text[n] = '\0';
    expect_what(text, "f:1:1: nothing is called qqq");
    ck_assert_uint_lt(strlen(mgd_reader_message(r)), 500);
    strcpy(text + n, ": 3");
    expect_what(text, "f:1:1: a name has at most 64 bytes: qqq");
    memcpy(text, "let ", 4);
    strcpy(text + n, "=3");
    expect_what(text, "a name has at most 64 bytes");
    memset(text, '1', n);
    text[n] = '\0';
    expect_what(text, "f:1:1: a number has at most 4000 letters");
    expect_what("1e999999", "decimal number");
    free(text);
    end();
}
END_TEST

START_TEST(nothing_of_a_refused_text_remains) {
    begin();
    size_t count = mgd_count(t);
    expect_what("Y: k x k; A: n x n symmetric; let z = A*x; z + x; z +", "the formula ends here");
    ck_assert_uint_eq(mgd_count(t), count);
    ck_assert_uint_eq(mgd_statements(r), 0);
    ck_assert_ptr_null(mgd_named(r, "Y"));
    ck_assert_ptr_null(mgd_named(r, "z"));
    ck_assert_uint_eq(mgd_assumptions(mgd_named(r, "A")), 0);
    expect_what("1/k", "nothing is called k");
    expect_what("eye(k)", "no size is called k");
    ck_assert(mgd_read(r, "f", "k: 1; let z = k; k*z", NULL));
    ck_assert(mgd_read(r, "f", "Y: j; 1/j", NULL));
    expect_what("1/j + )", "an operand should stand here");
    ck_assert(mgd_read(r, "f", "1/j", NULL));
    end();
}
END_TEST

START_TEST(an_error_that_the_tape_has_is_told_and_stays) {
    begin();
    mgd_var *X = mgd_named(r, "X");
    ck_assert_ptr_null(mgd_matmul(X, X));
    ck_assert(!mgd_read(r, "f", "x + x", NULL));
    ck_assert_ptr_nonnull(strstr(mgd_reader_message(r), "f:1:1: matmul: X is mxn"));
    ck_assert(mgd_failed(t));
    mgd_clear(t);
    ck_assert(mgd_read(r, "f", "x + x", NULL));
    end();
}
END_TEST

START_TEST(an_input_may_be_declared_again_as_it_is) {
    begin();
    mgd_var *A = mgd_named(r, "A");
    ck_assert(mgd_read(r, "f", "A: n x n symmetric; A: n x n", NULL));
    ck_assert_ptr_eq(mgd_named(r, "A"), A);
    ck_assert(mgd_assumptions(A) & MGD_SYMMETRIC);
    end();
}
END_TEST

static void expect_warning(const char *text, const char *what) {
    ck_assert_msg(mgd_read(r, "f", text, NULL), "%s", mgd_reader_message(r));
    ck_assert_msg(mgd_warnings(r) == (what[0] != '\0'), "%s: %zu warnings", text, mgd_warnings(r));
    if (what[0]) ck_assert_msg(strstr(mgd_warning_at(r, 0), what), "%s", mgd_warning_at(r, 0));
}

START_TEST(what_may_have_been_meant_otherwise_is_warned_of) {
    begin();
    expect_warning("A^2", "f:1:2: ^ is the power of a matrix, a product of such factors: entry by entry it is written "
                          ".^\n  A^2\n   ^");
    expect_warning("A^2 + A^3", "f:1:2:");
    expect_warning("A.^2 + a^2", "");
    expect_warning("A*x.*x", "f:1:4: * and .* in one product go from left to right");
    expect_warning("A.*A*x", "f:1:5: * and .* in one product");
    expect_warning("A*A./A", "f:1:4: * and .* in one product");
    expect_warning("2*x.*x + a*x.*x - x.*x*a", "");
    expect_warning("(A*x).*x + A*(x.*x)", "");
    expect_warning("A*x + x.*x", "");
    expect_warning("S: n x n symmetric; d tr(S*A) wrt S", "f:1:35: S is symmetric: its gradient is the symmetric one");
    expect_warning("d tr(S*A) wrt A; S*x", "");
    ck_assert(!mgd_read(r, "f", "A^2 + )", NULL));
    ck_assert_uint_eq(mgd_warnings(r), 1);
    ck_assert_ptr_null(mgd_warning_at(r, 1));
    ck_assert_uint_eq(mgd_warnings(NULL), 0);
    ck_assert_ptr_null(mgd_warning_at(NULL, 0));
    end();
}
END_TEST

START_TEST(every_function_accepts_no_reader) {
    begin();
    ck_assert_ptr_null(mgd_reader_new(NULL));
    mgd_reader_free(NULL);
    ck_assert(!mgd_read(NULL, "f", "x", NULL));
    ck_assert(!mgd_read(r, "f", NULL, NULL));
    ck_assert(mgd_read(r, NULL, "x", NULL));
    ck_assert(!mgd_read(r, NULL, ")", NULL));
    ck_assert_int_eq(strncmp(mgd_reader_message(r), "-:1:1: ", 7), 0);
    ck_assert_str_ne(mgd_reader_message(NULL), "");
    ck_assert_uint_eq(mgd_statements(NULL), 0);
    ck_assert_ptr_null(mgd_statement_at(NULL, 0).expression);
    ck_assert_ptr_null(mgd_named(NULL, "x"));
    ck_assert_ptr_null(mgd_named(r, NULL));
    ck_assert(!mgd_name_var(NULL, "x", NULL));
    mgd_on_unknown(NULL, NULL, NULL);
    end();
}
END_TEST

TESTS("text/errors", sizes_that_do_not_fit_are_both_told, columns_count_letters, what_is_missing_is_named,
      misspelt_names_have_a_suggestion, what_formulas_look_through_is_not_differentiated_by,
      functions_say_what_they_take, what_is_ambiguous_is_refused_with_advice, declarations_say_what_is_wrong,
      bytes_that_are_no_text_are_named, long_lines_are_cut_around_the_place, long_names_are_cut,
      nothing_of_a_refused_text_remains, an_error_that_the_tape_has_is_told_and_stays,
      an_input_may_be_declared_again_as_it_is, what_may_have_been_meant_otherwise_is_warned_of,
      every_function_accepts_no_reader);
