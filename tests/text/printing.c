/* SPDX-License-Identifier: MIT */
/* What is printed: how it looks, and that each format is well formed. */
#include "../tape/expect.h"

#include "text/print.h"
#include "text/reader.h"

#include <stdio.h>
#include <stdlib.h>

static mgd_tape *t;
static mgd_reader *r;

static void begin(void) {
    t = mgd_tape_new();
    r = mgd_reader_new(t);
    ck_assert(mgd_read(r, "begin", "X: m x n; A: n x n; B: n x n; x: n; y: n; w: m; a: 1; b: 1", NULL));
}

static void end(void) {
    mgd_reader_free(r);
    mgd_tape_free(t);
}

static mgd_var *read(const char *text) {
    ck_assert_msg(mgd_read(r, "text", text, NULL), "%s", mgd_reader_message(r));
    mgd_statement s = mgd_statement_at(r, mgd_statements(r) - 1);
    mgd_var *v = s.kind == MGD_GRADIENT ? mgd_gradient(s.expression, s.wrt) : s.expression;
    ck_assert_msg(v != NULL, "%s", mgd_message(t));
    return v;
}

static void expect(const char *text, mgd_format format, size_t width, const char *expected) {
    mgd_var *v = read(text);
    char *printed = mgd_print(1, &v, NULL, format, width);
    ck_assert_ptr_nonnull(printed);
    ck_assert_str_eq(printed, expected);
    free(printed);
}

static void expect_printed(const char *text, const char *expected) { expect(text, MGD_TEXT, 0, expected); }

START_TEST(parentheses_stand_where_they_are_needed) {
    begin();
    expect_printed("(A + B)*x", "(A + B)*x\n");
    expect_printed("A*(B*x)", "A*(B*x)\n");
    expect_printed("(A*B)*x", "A*B*x\n");
    expect_printed("(A*B)'", "(A*B)'\n");
    expect_printed("A - (B - A)", "A - (B - A)\n");
    expect_printed("(A - B) - A", "A - B - A\n");
    expect_printed("(-x).^2", "(-x).^2\n");
    expect_printed("-(x.^2)", "-x.^2\n");
    expect_printed("x.^(1/2) + x.^-2", "x.^(1/2) + x.^-2\n");
    expect_printed("(x.*y)./x", "x.*y./x\n");
    expect_printed("x.*(y./x)", "x.*(y./x)\n");
    expect_printed("<x, y>*x'", "sum(x.*y)*x'\n");
    end();
}
END_TEST

START_TEST(signs_are_drawn_together) {
    begin();
    expect_printed("A + (-B)", "A - B\n");
    expect_printed("A - (-B)", "A + B\n");
    expect_printed("A + (-2)*B", "A - 2*B\n");
    expect_printed("x + (-1/2)", "x - 1/2\n");
    expect_printed("A - (-2)*B", "A + 2*B\n");
    expect_printed("(-2)*B", "-2*B\n");
    expect_printed("A*((-2)*x)", "A*(-2*x)\n");
    expect_printed("(-2).^a", "(-2).^a\n");
    expect_printed("a + 1/2", "a + 1/2\n");
    end();
}
END_TEST

START_TEST(numbers_that_are_spread_stand_as_they_are) {
    begin();
    expect_printed("1./(1 + exp(x))", "1./(1 + exp(x))\n");
    expect_printed("a.*x + a", "a*x + a\n");
    expect_printed("X.*0 + a", "0*X + a\n");
    mgd_var *v = read("sum(X)");
    v = mgd_gradient(mgd_scale(read("a"), v), mgd_named(r, "X"));
    char *text = mgd_print(1, &v, NULL, MGD_TEXT, 0);
    ck_assert_str_eq(text, "a*ones(m, n)\n");
    free(text);
    end();
}
END_TEST

START_TEST(sizes_are_whole_however_long_they_are) {
    char text[3000] = "L: ", size[64];
    begin();
    for (int i = 0; i < 25; i++) {
        snprintf(size, sizeof size, "%sa_size_of_a_long_name_%d*m", i ? "+" : "", i);
        strcat(text, size);
    }
    strcat(text, " x min(m*2 + n, 7); eye(n - m)*ones(n - m, 3)");
    expect_printed(text, "eye(n - m)*ones(n - m, 3)\n");
    mgd_var *Z = read("d sum(L) wrt L");
    char *printed = mgd_print(1, &Z, NULL, MGD_TEXT, 0);
    ck_assert_uint_gt(strlen(printed), 500);
    ck_assert_ptr_eq(read(printed), Z);
    free(printed);
    end();
}
END_TEST

START_TEST(what_repeats_gets_a_name_that_nothing_has) {
    begin();
    expect_printed("sigmoid(X'*w + 1).*exp(sigmoid(X'*w + 1)) + sigmoid(X'*w + 1)", "let t1 = sigmoid(X'*w + 1)\n"
                                                                                    "t1.*exp(t1) + t1\n");
    read("t1: n; t3: t2; t1");
    mgd_var *v[2] = { read("sigmoid(X'*w + 1) + t1"), read("sigmoid(X'*w + 1)") };
    char *text = mgd_print(2, v, (const char *[]){ "t4", "z" }, MGD_TEXT, 0);
    ck_assert_str_eq(text, "let t5 = sigmoid(X'*w + 1)\n"
                           "let t4 = t5 + t1\n"
                           "let z = t5\n");
    free(text);
    end();
}
END_TEST

START_TEST(long_formulas_are_broken_where_they_read_back) {
    char text[4000] = "exp(x)";
    begin();
    for (int i = 0; i < 60; i++) sprintf(text + strlen(text), i % 3 ? " + sin(%d*x)" : " - clamp(%d*x, -1, y)", i + 2);
    mgd_var *v = read(text);
    for (size_t width = 20; width < 120; width += 7) {
        char *printed = mgd_print(1, &v, NULL, MGD_UNICODE, width);
        ck_assert_ptr_eq(read(printed), v);
        for (const char *line = printed, *next; *line; line = next + 1) {
            next = strchr(line, '\n');
            size_t letters = 0;
            for (const char *c = line; c < next; c++) letters += ((unsigned char)*c & 0xc0) != 0x80;
            ck_assert_msg(width < 40 || letters <= width, "%.*s", (int)(next - line), line);
        }
        free(printed);
    }
    end();
}
END_TEST

START_TEST(unicode_has_the_signs_of_mathematics) {
    begin();
    expect("sigmoid(X'*w).*sqrt(x)", MGD_UNICODE, 0, "σ(Xᵀ·w)∘√(x)\n");
    expect("lgamma(x) - digamma(x)", MGD_UNICODE, 0, "lnΓ(x) - ψ(x)\n");
    end();
}
END_TEST

START_TEST(latex_has_formulas_and_aligned_lines) {
    begin();
    expect("A'*x", MGD_LATEX, 0, "{A}^{\\top}\\, x\n");
    expect("inv(A)*x", MGD_LATEX, 0, "{A}^{-1}\\, x\n");
    expect("1/a + 1/2", MGD_LATEX, 0, "\\frac{1}{a} + \\tfrac{1}{2}\n");
    expect("normF(A) + norm(x)", MGD_LATEX, 0, "\\left\\lVert A\\right\\rVert_F + \\left\\lVert x\\right\\rVert_2\n");
    expect("alpha_1: 1; w_hat: 1; alpha_1 + w_hat", MGD_LATEX, 0, "\\alpha_{1} + w_{\\mathrm{hat}}\n");
    mgd_var *v[] = { read("exp(x)"), read("A*x") };
    char *text = mgd_print(2, v, (const char *[]){ "E", NULL }, MGD_LATEX, 0);
    ck_assert_str_eq(text, "\\begin{aligned}\nE &= \\exp\\left(x\\right) \\\\\n & A\\, x \\\\\n\\end{aligned}\n");
    free(text);
    end();
}
END_TEST

/* ---- every operation, in every format ---- */

static const char *const formulas[] = {
    "abs(x) + acos(x) + acosh(x) + asin(x) + asinh(x) + atan(x) + atanh(x) + cbrt(x) + cos(x) + cosh(x)",
    "digamma(x) + erf(x) + erfc(x) + exp(x) + expm1(x) + lgamma(x) + log(x) + log10(x) + log1p(x) + log2(x)",
    "logsigmoid(x) + relu(x) + sigmoid(x) + sigmoid_slope(x) + sign(x) + sin(x) + sinh(x) + softplus(x) + sqrt(x)",
    "square(x) + unit_step(x) + tan(x) + tanh(x) + reciprocal(x) + stop(x) + polygamma(x, 3) + x.^3 + x.^a",
    "atan2(x, y) + hypot(x, y) + maximum(x, y) + minimum(x, y) + x./y + x.*y - x + where(x, y, 2) + clamp(x, 0, y)",
    "is_less(x, y) + is_at_most(x, y) + is_equal(x, y) + is_not_equal(x, y) + is_greater(x, y) + priority(x, y)",
    "chain(x, y) + gaussian(x)",
    "pi*1e400 + n + 3/7 - 2*m*n + dot(x, y) + quadratic_form(A, x) + sum(outer(x, y))",
    "sum(kron(A, X)) + det(A) + logdet(A) + det_sign(A) + tr(A) + mean(x) + prod(x) + variance(x) + max(x) - min(x)",
    "argmax(x) + argmin(x) + norm1(x) + norm2(x) + normF(A) + logsumexp(x) + induced_norm1(A)",
    "col_sums(X) + col_maxima(X) + col_minima(X) + col_means(X) + col_prods(X) + col_norms1(X) + col_norms2(X)",
    "row_sums(X) + row_maxima(X) + row_minima(X) + row_means(X) + row_prods(X) + row_norms1(X) + row_norms2(X)",
    "row_argmaxima(X) + row_argminima(X) + row_logsumexps(X) + row_variances(X)",
    "col_argmaxima(X) + col_argminima(X) + col_logsumexps(X) + col_variances(X)",
    "softmax(X) + softmax_rows(X) + softmax_cols(X) + log_softmax(X) + log_softmax_rows(X) + log_softmax_cols(X)",
    "cumsum_rows(X) + cumsum_cols(X) + reverse_rows(X) + reverse_cols(X) + zeros(m, n) + ones(m, n)",
    "adjugate(A) + inv(A) + pinv(A) + expm(A) + chol(A) + A^3 + A^-2 + tril(A) + triu(A) + lower(A, 1/2) + eye(n)",
    "A\\B + A'\\B + A/B + triangular_solve(A, B) + triangular_solve(A', B) + triangular_solve_upper(A, B)",
    "sylvester(A, B, A) + sylvester(A', B, A) + sylvester(A, B', A) + sylvester(A', B', A) + lyapunov(A, B)",
    "eigenvalues(A) + eigenvectors(A)*x + symmetric_part(A)*x + diag(x)*y + diag(A) + singular_values(A)",
    "qr_q(A)*qr_r(A) + svd_left(A)*svd_right(A)",
    "vec(X)'*vec(X) + sum(reshape(X, n, m)) + sum(hcat(A, B, x)) + sum(vcat(A, B)) + sum(block(X, 0, 1, m, n - 1))",
    "Q: 3 x 4; sum(gather_rows(Q, [0, 2, 1])) + sum(scatter_add_rows(Q, [0, 2, 1], 9)) + sum(place(9, 9, Q, 0, 3))",
    "d sum(cumsum_rows(X.^2)) + sum(cumsum_cols(X.^2)) wrt X",
    "d sum(kron(A, X).^2) wrt A",
    "d sum(kron(A, X).^2) wrt X",
    "d sum(eigenvectors(A)) wrt A",
    "d sum(svd_left(A)) + sum(singular_values(A)) wrt A",
    "d prod(x) wrt x",
    "d sum(row_prods(X)) + sum(col_prods(X)) wrt X",
    "d normF(A) + norm(x) + sum(row_norms2(A)) + sum(col_norms2(A)) wrt A",
    "d det(A) + logdet(A) + sum(chol(A)) wrt A",
    "d sum(logsumexp(x)*row_logsumexps(A)) + sum(softmax_cols(A)) wrt A",
    "d sum(expm(A)) + sum(pinv(A)) + sum(adjugate(A)) wrt A",
    "d sum(sylvester(A, B, A)) + sum(triangular_solve(A, B)) + sum(qr_q(A)) wrt A",
};
enum { FORMULAS = sizeof formulas / sizeof formulas[0] };

/* Those that stand in no formula of the language: factorisations, and what only a program records. */
static bool is_never_written(const char *name) {
    static const char *const never[] = { "constant", "stand_in", "lu", "schur" };
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (!strcmp(never[i], name)) return true;
    return false;
}

static void mark_operations(const mgd_var *v, bool *seen) {
    for (size_t i = 0; i < mgd__listed_count(); i++)
        if (mgd__listed_at(i)->op == v->op) seen[i] = true;
}

static void expect_to_read_back(mgd_var *v) {
    for (int format = MGD_TEXT; format <= MGD_UNICODE; format++) {
        char *text = mgd_print(1, &v, NULL, (mgd_format)format, 70);
        mgd_var *again = read(text);
        mgd_verdict verdict = { .answer = MGD_EQUAL };
        if (again != v) verdict = mgd_equal(v, again);
        ck_assert_msg(verdict.answer != MGD_DIFFERENT, "%s: %s", text, verdict.reason);
        free(text);
    }
}

START_TEST(every_operation_is_printed_and_reads_back) {
    bool *seen = calloc(mgd__listed_count(), sizeof *seen);
    begin();
    for (size_t k = 0; k < FORMULAS; k++) expect_to_read_back(read(formulas[k]));
    mgd_var *A = mgd_named(r, "A"), *G = read("d spectral_norm(A) wrt A");
    expect_to_read_back(mgd_gradient(mgd_sum(G), A));
    for (size_t i = 0; i < mgd_count(t); i++) mark_operations(mgd_at(t, i), seen);
    for (size_t i = 0; i < mgd__listed_count(); i++) {
        const mgd_operation *op = mgd__listed_at(i)->op;
        if (op) ck_assert_msg(seen[i] || is_never_written(op->name) || op->decides, "%s is never printed", op->name);
    }
    free(seen);
    end();
}
END_TEST

/* Braces and \left \right are balanced, and every \begin has its \end. */
static void expect_balanced(const char *s) {
    int braces = 0, pairs = 0, environments = 0;
    for (const char *c = s; *c; c++) {
        braces += *c == '{' ? 1 : *c == '}' ? -1 : 0;
        if (!strncmp(c, "\\left", 5) && strchr("([.\\", c[5])) pairs++;
        if (!strncmp(c, "\\right", 6) && strchr(")].\\", c[6])) pairs--;
        if (!strncmp(c, "\\begin{", 7)) environments++;
        if (!strncmp(c, "\\end{", 5)) environments--;
        ck_assert_msg(braces >= 0 && pairs >= 0 && environments >= 0, "%s", s);
        ck_assert_msg(*c != '_' || c[1] == '{' || c[-1] == '\\' || strchr("12F", c[1]), "%s", c);
        ck_assert_msg(*c != '%' && *c != '#', "%s", c);
    }
    ck_assert_msg(!braces && !pairs && !environments, "%s", s);
}

/* Tags are balanced, and nothing stands raw that must be escaped. */
static void expect_xml(const char *s) {
    enum { DEEPEST = 1000 };
    static char open[DEEPEST][16];
    int depth = 0;
    for (const char *c = s; *c; c++) {
        ck_assert_msg(*c != '>', "%s", c);
        if (*c == '&')
            ck_assert_msg(!strncmp(c, "&lt;", 4) || !strncmp(c, "&amp;", 5) || !strncmp(c, "&gt;", 4), "%s", c);
        if (*c != '<') continue;
        bool closes = c[1] == '/';
        const char *name = c + 1 + closes;
        size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz");
        ck_assert_msg(n > 0 && n < sizeof open[0], "%s", c);
        if (closes) {
            depth--;
            ck_assert_msg(depth >= 0 && strlen(open[depth]) == n && !strncmp(open[depth], name, n), "%s", c);
        } else {
            ck_assert_int_lt(depth, DEEPEST);
            snprintf(open[depth++], sizeof open[0], "%.*s", (int)n, name);
        }
        c = strchr(c, '>');
        ck_assert_ptr_nonnull(c);
    }
    ck_assert_int_eq(depth, 0);
}

/* digraph NAME { statements; } with strings that end. */
static void expect_dot(const char *s) {
    ck_assert_int_eq(strncmp(s, "digraph matgrad {\n", 18), 0);
    for (const char *line = s, *next; *line; line = next + 1) {
        bool string = false;
        next = strchr(line, '\n');
        ck_assert_ptr_nonnull(next);
        for (const char *c = line; c < next; c++) {
            if (string && *c == '\\')
                c++;
            else if (*c == '"')
                string = !string;
        }
        ck_assert_msg(!string && strchr(";{}", next[-1]), "%s", line);
    }
}

START_TEST(latex_is_balanced_mathml_is_xml_dot_has_statements) {
    begin();
    read("odd_name_: 1; x__y: 1; α: 1; max_2: 1; a");
    for (size_t k = 0; k < FORMULAS; k++) {
        mgd_var *v[] = { read(formulas[k]), read("odd_name_*x__y + α - max_2") };
        for (size_t n = 1; n <= 2; n++) {
            char *latex = mgd_print(n, v, n == 2 ? (const char *[]){ "G_x", NULL } : NULL, MGD_LATEX, 0);
            char *mathml = mgd_print(n, v, n == 2 ? (const char *[]){ "G_x", NULL } : NULL, MGD_MATHML, 0);
            char *dot = mgd_print(n, v, n == 2 ? (const char *[]){ "G\"\\x", NULL } : NULL, MGD_DOT, 0);
            ck_assert(latex && mathml && dot);
            expect_balanced(latex);
            expect_xml(mathml);
            expect_dot(dot);
            free(latex);
            free(mathml);
            free(dot);
        }
    }
    end();
}
END_TEST

static size_t variants(const char *notation) {
    size_t n = 1;
    for (; *notation; notation++) n += *notation == '|';
    return n;
}

START_TEST(a_format_writes_every_variant_of_an_operation) {
    const mgd_style *styles[] = { &mgd__style_text, &mgd__style_unicode, &mgd__style_latex, &mgd__style_mathml };
    for (size_t s = 0; s < 4; s++)
        for (size_t k = 0; k < styles[s]->notations; k++) {
            const mgd_notation *own = &styles[s]->notation[k];
            const mgd_operation *op = NULL;
            if (k) ck_assert_msg(strcmp(own[-1].name, own->name) < 0, "%s", own->name);
            for (size_t i = 0; i < mgd__listed_count(); i++) {
                const mgd_operation *known = mgd__listed_at(i)->op;
                if (known && !strncmp(known->name, own->name, strlen(known->name)) &&
                    strchr(":", own->name[strlen(known->name)]))
                    op = known;
            }
            ck_assert_msg(op != NULL, "no operation is called %s", own->name);
            if (op->notation && op->parameter == MGD_PARAMETER_FLAG)
                ck_assert_msg(variants(own->notation) == variants(op->notation), "%s", own->name);
        }
}
END_TEST

START_TEST(names_of_functions_are_in_order) {
    for (size_t i = 1; i < mgd__alias_count; i++)
        ck_assert_msg(strcmp(mgd__aliases[i - 1].name, mgd__aliases[i].name) < 0, "%s", mgd__aliases[i].name);
    for (size_t i = 1; i < mgd__function_count; i++)
        ck_assert_msg(strcmp(mgd__functions[i - 1].name, mgd__functions[i].name) < 0, "%s", mgd__functions[i].name);
    for (size_t i = 0; i < mgd__alias_count; i++)
        ck_assert_ptr_eq(mgd__function_named(mgd__aliases[i].name, strlen(mgd__aliases[i].name)), &mgd__aliases[i]);
}
END_TEST

START_TEST(what_cannot_be_printed_is_NULL) {
    begin();
    mgd_tape *other = mgd_tape_new();
    mgd_var *v[] = { read("x"), NULL, mgd_number(other, 1) };
    ck_assert_ptr_null(mgd_print(0, v, NULL, MGD_TEXT, 0));
    ck_assert_ptr_null(mgd_print(1, NULL, NULL, MGD_TEXT, 0));
    ck_assert_ptr_null(mgd_print(2, v, NULL, MGD_TEXT, 0));
    v[1] = v[2];
    ck_assert_ptr_null(mgd_print(2, v, NULL, MGD_TEXT, 0));
    mgd_tape_free(other);
    end();
}
END_TEST

TESTS("text/printing", parentheses_stand_where_they_are_needed, signs_are_drawn_together,
      numbers_that_are_spread_stand_as_they_are, sizes_are_whole_however_long_they_are,
      what_repeats_gets_a_name_that_nothing_has, long_formulas_are_broken_where_they_read_back,
      unicode_has_the_signs_of_mathematics, latex_has_formulas_and_aligned_lines,
      every_operation_is_printed_and_reads_back, latex_is_balanced_mathml_is_xml_dot_has_statements,
      a_format_writes_every_variant_of_an_operation, names_of_functions_are_in_order, what_cannot_be_printed_is_NULL);
