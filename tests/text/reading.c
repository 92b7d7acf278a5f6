/* SPDX-License-Identifier: MIT */
/* What a text records: the same node as the calls that it stands for. */
#include "../tape/expect.h"

#include <matgrad/text.h>

#include <stdio.h>

static mgd_tape *t;
static mgd_reader *r;
static mgd_var *A, *B, *x, *y, *a, *b;

/* A, B: n x n;  x, y: n;  a, b: 1 */
static void begin(void) {
    t = mgd_tape_new();
    r = mgd_reader_new(t);
    const mgd_size *n = mgd_size_named(t, "n"), *one = mgd_size_number(t, 1);
    A = mgd_input_sized(t, "A", n, n);
    B = mgd_input_sized(t, "B", n, n);
    x = mgd_input_sized(t, "x", n, one);
    y = mgd_input_sized(t, "y", n, one);
    a = mgd_input_sized(t, "a", one, one);
    b = mgd_input_sized(t, "b", one, one);
}

static void end(void) {
    mgd_reader_free(r);
    mgd_tape_free(t);
}

static mgd_statement last(void) { return mgd_statement_at(r, mgd_statements(r) - 1); }

static mgd_var *read(const char *text) {
    bool fine = mgd_read(r, "text", text, NULL);
    ck_assert_msg(fine, "%s", mgd_reader_message(r));
    return last().expression;
}

#define expect_reads(text, v) ck_assert_msg(read(text) == (v), "%s is not " #v, text)
#define expect_same(one, other) ck_assert_msg(read(one) == read(other), "%s is not %s", one, other)

START_TEST(operators_record_what_they_are) {
    begin();
    expect_reads("A + B", mgd_add(A, B));
    expect_reads("A - B", mgd_subtract(A, B));
    expect_reads("A*B", mgd_matmul(A, B));
    expect_reads("a*B", mgd_scale(a, B));
    expect_reads("A*a", mgd_scale(a, A));
    expect_reads("A.*B", mgd_hadamard(A, B));
    expect_reads("A./B", mgd_divide(A, B));
    expect_reads("A/a", mgd_divide(A, a));
    expect_reads("A/B", mgd_solve_right(A, B));
    expect_reads("A\\x", mgd_solve(A, x));
    expect_reads("a\\x", mgd_divide(x, a));
    expect_reads("A'", mgd_transpose(A));
    expect_reads("A.'", mgd_transpose(A));
    expect_reads("-A", mgd_negate(A));
    expect_reads("+A", A);
    expect_reads("A.^2", mgd_power(A, 2));
    expect_reads("A.^B", mgd_pow(A, B));
    expect_reads("A^3", mgd_matrix_power(A, 3));
    expect_reads("A^-1", mgd_matrix_power(A, -1));
    expect_reads("a^b", mgd_pow(a, b));
    expect_reads("2^a", mgd_pow(mgd_number(t, 2), a));
    expect_reads("<A, B>", mgd_dot(A, B));
    end();
}
END_TEST

START_TEST(operators_bind_as_in_matlab) {
    begin();
    expect_same("-x.^2", "-(x.^2)");
    expect_same("-a^2", "-(a^2)");
    expect_same("2^-1", "2^(-1)");
    expect_same("2^-a", "2^(-a)");
    expect_same("2^-a^b", "(2^(-a))^b");
    expect_same("2^-a*b", "(2^(-a))*b");
    expect_same("2^-a'", "(2^(-a))'");
    expect_same("x.^-2.*y", "(x.^(-2)).*y");
    expect_same("a^b'", "(a^b)'");
    expect_same("a^2^3", "(a^2)^3");
    expect_same("a^+2", "a^2");
    expect_same("A^2'", "(A^2)'");
    expect_same("A'^2", "(A')^2");
    expect_same("x'*A'", "x'*(A')");
    expect_same("x'.^2", "(x').^2");
    expect_same("A\\B/a", "(A\\B)/a");
    expect_same("a/b*B", "(a/b)*B");
    expect_same("A/B\\x", "(A/B)\\x");
    expect_same("A - B - A", "(A - B) - A");
    expect_same("A - B + A", "(A - B) + A");
    expect_same("A + B*x*y'", "A + ((B*x)*(y'))");
    expect_same("x.*y./x", "(x.*y)./x");
    expect_same("-A*B", "(-A)*B");
    expect_same("A*-B", "A*(-B)");
    expect_same("A*-B*A", "(A*(-B))*A");
    expect_same("- -A", "A");
    expect_same("--a + b", "a + b");
    expect_same("a - -b", "a - (-b)");
    end();
}
END_TEST

START_TEST(numbers_are_exact_and_points_belong_to_operators) {
    begin();
    expect_reads("2.*x", mgd_hadamard(mgd_number(t, 2), x));
    expect_reads("2./x", mgd_divide(mgd_number(t, 2), x));
    expect_reads("2.^x", mgd_pow(mgd_number(t, 2), x));
    expect_reads("2.", mgd_rational(t, 2, 1));
    expect_reads("2.5", mgd_rational(t, 5, 2));
    expect_reads(".5", mgd_rational(t, 1, 2));
    expect_reads("1/3", mgd_rational(t, 1, 3));
    expect_reads("-1/3", mgd_rational(t, -1, 3));
    expect_reads("1e3", mgd_rational(t, 1000, 1));
    expect_reads("25E-2", mgd_rational(t, 1, 4));
    expect_reads("2.5e+1", mgd_rational(t, 25, 1));
    expect_reads("0e400", mgd_rational(t, 0, 1));
    expect_reads("1e400", mgd_literal(t, "1e400"));
    expect_reads("0.1", mgd_rational(t, 1, 10));
    expect_reads("9223372036854775808", mgd_literal(t, "9223372036854775808"));
    expect_reads("pi", mgd_pi(t));
    end();
}
END_TEST

START_TEST(signs_of_mathematics_are_read) {
    begin();
    expect_same("A·x", "A*x");
    expect_same("A⋅x", "A*x");
    expect_same("A∘B", "A.*B");
    expect_same("A⊙B", "A.*B");
    expect_same("A⊘B", "A./B");
    expect_same("Aᵀ", "A'");
    expect_same("A⊤", "A'");
    expect_same("A’", "A'");
    expect_same("A − B", "A - B");
    expect_same("⟨A, B⟩", "dot(A, B)");
    expect_same("σ(√(ψ(lnΓ(x))))", "sigmoid(sqrt(digamma(lgamma(x))))");
    expect_same("A\xc2\xa0+\xc2\xa0"
                "B",
                "A + B");
    expect_same("\xef\xbb\xbf"
                "A",
                "A");
    end();
}
END_TEST

START_TEST(a_power_T_is_a_transpose_where_nothing_is_called_T) {
    begin();
    expect_reads("A^T", mgd_transpose(A));
    expect_same("x^T*A^T", "x'*A'");
    expect_same("A*x^T'", "A*x''");
    read("T: 1; a^T");
    expect_reads("a^T", mgd_pow(a, mgd_named(r, "T")));
    end();
}
END_TEST

START_TEST(a_point_before_parentheses_is_a_call) {
    begin();
    expect_same("exp.(x)", "exp(x)");
    expect_same("exp (x)", "exp(x)");
    end();
}
END_TEST

START_TEST(functions_have_their_arguments) {
    begin();
    expect_reads("norm(x)", mgd_norm2(x));
    expect_reads("norm(x, 1)", mgd_norm1(x));
    expect_reads("norm(x,2)", mgd_norm2(x));
    expect_reads("norm(A, 'fro')", mgd_normF(A));
    expect_reads("max(x)", mgd_max(x));
    expect_reads("max(x, 0)", mgd_maximum(x, mgd_number(t, 0)));
    expect_reads("min(x, y)", mgd_minimum(x, y));
    expect_reads("diag(x)", mgd_from_diag(x));
    expect_reads("diag(A)", mgd_diag_of(A));
    expect_reads("eye(n)", mgd_eye_sized(t, mgd_size_named(t, "n")));
    expect_reads("I(3)", mgd_eye_sized(t, mgd_size_number(t, 3)));
    expect_reads("ones(n, 2)", mgd_ones_sized(t, mgd_size_named(t, "n"), mgd_size_number(t, 2)));
    expect_reads("hcat(A, x, y)", mgd_hcat(3, (mgd_var *[]){ A, x, y }));
    expect_reads("polygamma(x, 2)", mgd_polygamma(x, 2));
    expect_reads("gather_rows(x, [1, 0])", mgd_gather_rows(x, 2, (int64_t[]){ 1, 0 }));
    expect_same("gather_rows(x, 1, 0)", "gather_rows(x, [1, 0])");
    expect_same("transpose(A)*trace(B)", "A'*tr(B)");
    expect_same("arcsin(x)", "asin(x)");
    expect_same("ln(x)", "log(x)");
    expect_same("inv(A) + adj(A) + chol(A)", "inverse(A) + adjugate(A) + cholesky(A)");
    expect_same("rowsum(A) + colsum(A)'", "row_sums(A) + col_sums(A)'");
    end();
}
END_TEST

START_TEST(sizes_are_numbers_in_formulas) {
    begin();
    expect_reads("1/n", mgd_divide(mgd_number(t, 1), mgd_size_as_var(mgd_size_named(t, "n"))));
    read("Z: 3 x 4; Z");
    expect_reads("3", mgd_number(t, 3));
    end();
}
END_TEST

static const char *rows(const char *name) { return mgd_size_text(mgd_rows_of(mgd_named(r, name))); }
static const char *cols(const char *name) { return mgd_size_text(mgd_cols_of(mgd_named(r, name))); }

static void declare(const char *text) {
    bool fine = mgd_read(r, "text", text, NULL);
    ck_assert_msg(fine, "%s", mgd_reader_message(r));
}

START_TEST(declarations_have_sizes_of_every_form) {
    begin();
    declare("P: m x k; q: k; s: 1; N: 3 x 4; Q: 2*m x m*k; R: m + 1 x (k + m)*2; S: m*m/2 + k × m - 1");
    ck_assert_str_eq(rows("P"), "m");
    ck_assert_str_eq(cols("P"), "k");
    ck_assert_str_eq(cols("q"), "1");
    ck_assert_str_eq(rows("N"), "3");
    ck_assert_str_eq(rows("Q"), "2*m");
    ck_assert_str_eq(cols("Q"), "m*k");
    ck_assert_ptr_eq(mgd_rows_of(mgd_named(r, "R")), mgd_size_add(mgd_size_named(t, "m"), mgd_size_number(t, 1)));
    ck_assert_ptr_eq(mgd_cols_of(mgd_named(r, "S")), mgd_size_subtract(mgd_size_named(t, "m"), mgd_size_number(t, 1)));
    declare("W: 2x3");
    ck_assert_str_eq(rows("W"), "2");
    ck_assert_str_eq(cols("W"), "3");
    declare("U: m x min(m, k); V: max(m, min(k, 2*m)) x 2");
    ck_assert_ptr_eq(mgd_cols_of(mgd_named(r, "U")), mgd_size_min(mgd_size_named(t, "k"), mgd_size_named(t, "m")));
    end();
}
END_TEST

START_TEST(declarations_have_assumptions) {
    begin();
    declare("S: n x n symmetric posdef; L: n x n lower; U: n x n upper; D: n x n diagonal; Q: n x n orthogonal;"
            "p: n positive; Y: n x n upper_triangular");
    ck_assert(mgd_assumptions(mgd_named(r, "S")) & MGD_POSITIVE_DEFINITE);
    ck_assert(mgd_assumptions(mgd_named(r, "L")) & MGD_LOWER_TRIANGULAR);
    ck_assert(mgd_assumptions(mgd_named(r, "U")) & MGD_UPPER_TRIANGULAR);
    ck_assert(mgd_assumptions(mgd_named(r, "D")) & MGD_DIAGONAL);
    ck_assert(mgd_assumptions(mgd_named(r, "Q")) & MGD_ORTHOGONAL);
    ck_assert(mgd_assumptions(mgd_named(r, "p")) & MGD_POSITIVE);
    ck_assert(mgd_assumptions(mgd_named(r, "Y")) & MGD_UPPER_TRIANGULAR);
    end();
}
END_TEST

START_TEST(several_statements_are_kept_with_their_lines) {
    begin();
    declare("a # a comment; b +\n\nlet z = 2*x; z + y\n(A\n + B)*x; <A,\n B>\n# the end");
    ck_assert_uint_eq(mgd_statements(r), 4);
    ck_assert_ptr_eq(mgd_statement_at(r, 0).expression, a);
    ck_assert_ptr_eq(mgd_statement_at(r, 1).expression, mgd_add(mgd_scale(mgd_number(t, 2), x), y));
    ck_assert_ptr_eq(mgd_statement_at(r, 2).expression, mgd_matmul(mgd_add(A, B), x));
    ck_assert_ptr_eq(mgd_statement_at(r, 3).expression, mgd_dot(A, B));
    size_t lines[] = { 1, 3, 4, 5 };
    for (size_t k = 0; k < 4; k++) ck_assert_uint_eq(mgd_statement_at(r, k).line, lines[k]);
    ck_assert_ptr_null(mgd_statement_at(r, 4).expression);
    end();
}
END_TEST

START_TEST(derivatives_are_statements) {
    begin();
    declare("d x'*A*x wrt x == (A + A')*x; jacobian A*x wrt x; hessian x'*A*x wrt x == A + A'; d -a*b wrt a");
    mgd_statement s = mgd_statement_at(r, 0);
    ck_assert_int_eq(s.kind, MGD_GRADIENT);
    ck_assert_ptr_eq(s.wrt, x);
    ck_assert_ptr_eq(s.expression, read("x'*A*x"));
    ck_assert_ptr_eq(s.claim, read("(A + A')*x"));
    ck_assert_int_eq(mgd_statement_at(r, 1).kind, MGD_JACOBIAN);
    ck_assert_ptr_null(mgd_statement_at(r, 1).claim);
    ck_assert_int_eq(mgd_statement_at(r, 2).kind, MGD_HESSIAN);
    ck_assert_ptr_eq(mgd_statement_at(r, 3).expression, read("-a*b"));
    end();
}
END_TEST

START_TEST(words_are_names_elsewhere) {
    t = mgd_tape_new();
    r = mgd_reader_new(t);
    declare("d: x x k; let: x; wrt: 1; jacobian: 1; eye: k x k; d + d; wrt*let; d wrt + jacobian wrt wrt");
    ck_assert_str_eq(rows("d"), "x");
    mgd_statement s = last();
    ck_assert_int_eq(s.kind, MGD_GRADIENT);
    ck_assert_ptr_eq(s.expression, mgd_add(mgd_named(r, "wrt"), mgd_named(r, "jacobian")));
    ck_assert_ptr_eq(s.wrt, mgd_named(r, "wrt"));
    expect_reads("d - wrt", mgd_subtract(mgd_named(r, "d"), mgd_named(r, "wrt")));
    expect_reads("eye*eye(k)", mgd_matmul(mgd_named(r, "eye"), mgd_eye_sized(t, mgd_size_named(t, "k"))));
    end();
}
END_TEST

START_TEST(names_have_letters_of_every_alphabet) {
    begin();
    declare("β: 1; Σ: n x n; x_1: n; µ: n; переменная: n; 変数: n; x2y: 1; β*Σ*x_1 + µ + переменная + 変数");
    ck_assert_ptr_nonnull(mgd_named(r, "変数"));
    end();
}
END_TEST

START_TEST(a_let_names_a_part_and_the_latest_counts) {
    begin();
    declare("let z = A*x; let z = z + y");
    ck_assert_ptr_eq(mgd_named(r, "z"), mgd_add(mgd_matmul(A, x), y));
    declare("let w = z");
    ck_assert_ptr_eq(mgd_named(r, "w"), mgd_named(r, "z"));
    ck_assert(!mgd_read(r, "text", "let w = x; let w = y; )", NULL));
    ck_assert_ptr_eq(mgd_named(r, "w"), mgd_named(r, "z"));
    end();
}
END_TEST

START_TEST(vars_are_named_by_a_call) {
    begin();
    ck_assert(mgd_name_var(r, "result", mgd_exp(x)));
    expect_reads("result + y", mgd_add(mgd_exp(x), y));
    ck_assert(!mgd_name_var(r, "no name", x));
    ck_assert(!mgd_name_var(r, "z", NULL));
    mgd_tape *other = mgd_tape_new();
    ck_assert(!mgd_name_var(r, "z", mgd_number(other, 1)));
    mgd_tape_free(other);
    ck_assert_ptr_null(mgd_named(r, "z"));
    ck_assert_ptr_null(mgd_named(r, "n")); /* a size is no var */
    end();
}
END_TEST

static mgd_var *scalar_by_that_name(void *user, const char *name) {
    (*(int *)user)++;
    return name[0] == 'q' ? mgd_input(t, name, 1, 1) : NULL;
}

START_TEST(unknown_names_are_asked_for) {
    int asked = 0;
    begin();
    mgd_on_unknown(r, scalar_by_that_name, &asked);
    mgd_var *v = read("q1*x + q1*y");
    ck_assert_int_eq(asked, 1);
    ck_assert_ptr_eq(v, mgd_add(mgd_scale(mgd_named(r, "q1"), x), mgd_scale(mgd_named(r, "q1"), y)));
    ck_assert(!mgd_read(r, "text", "q2*x + z", NULL));
    ck_assert_ptr_null(mgd_named(r, "q2"));
    end();
}
END_TEST

static void expect_size(const char *name, const char *rows, const char *cols) {
    mgd_var *v = mgd_named(r, name);
    ck_assert_msg(v != NULL, "%s", name);
    ck_assert_str_eq(mgd_size_text(mgd_rows_of(v)), rows);
    ck_assert_str_eq(mgd_size_text(mgd_cols_of(v)), cols);
}

START_TEST(undeclared_names_are_guessed_where_that_is_asked_for) {
    begin();
    ck_assert(!mgd_read(r, "text", "norm(Y*w - z)^2 + c*<w, w>", NULL));
    mgd_guess_undeclared(r, true);
    ck_assert(!mgd_read(r, "text", "norm(Y*w - z)^2 + c*<w, w> + )", NULL));
    ck_assert_ptr_null(mgd_named(r, "Y"));
    declare("norm(Y*w - z)^2 + c*<w, w>; Y*x; d norm(Y*w - z)^2 wrt w");
    expect_size("Y", "m_Y", "n"); /* x is declared, of n */
    expect_size("w", "n", "1");
    expect_size("z", "m_Y", "1");
    expect_size("c", "1", "1");
    declare("logdet(S) + k'*inv(S)*k; P*Q*P");
    mgd_var *S = mgd_named(r, "S");
    ck_assert_ptr_eq(mgd_rows_of(S), mgd_cols_of(S));
    ck_assert_ptr_eq(mgd_rows_of(S), mgd_rows_of(mgd_named(r, "k")));
    ck_assert(!mgd_read(r, "text", "x + M*A*M*x(1", NULL));
    ck_assert(!mgd_read(r, "text", "A*x + ones(3, 1) + v", NULL));
    mgd_guess_undeclared(NULL, true);
    end();
}
END_TEST

START_TEST(one_expression_is_parsed_by_one_call) {
    begin();
    ck_assert_ptr_eq(mgd_parse(t, "A*x + y"), mgd_add(mgd_matmul(A, x), y));
    expect_refusal(t, mgd_parse(t, "A*"),
                   "formula:1:3: the formula ends here, where an operand should stand\n  A*\n    ^");
    expect_refusal(t, mgd_parse(t, "A; B"), "formula: one expression should stand here");
    expect_refusal(t, mgd_parse(t, ""), "formula: one expression should stand here");
    ck_assert_ptr_null(mgd_parse(t, NULL));
    ck_assert_ptr_null(mgd_parse(NULL, "A"));
    ck_assert_int_eq(mgd_letters_apart("sgimoid", "sigmoid"), 1);
    ck_assert_int_ge(mgd_letters_apart(NULL, "sigmoid"), 4);
    end();
}
END_TEST

TESTS("text/reading", operators_record_what_they_are, operators_bind_as_in_matlab,
      numbers_are_exact_and_points_belong_to_operators, signs_of_mathematics_are_read,
      a_power_T_is_a_transpose_where_nothing_is_called_T, a_point_before_parentheses_is_a_call,
      functions_have_their_arguments, sizes_are_numbers_in_formulas, declarations_have_sizes_of_every_form,
      declarations_have_assumptions, several_statements_are_kept_with_their_lines, derivatives_are_statements,
      words_are_names_elsewhere, names_have_letters_of_every_alphabet, a_let_names_a_part_and_the_latest_counts,
      vars_are_named_by_a_call, unknown_names_are_asked_for, undeclared_names_are_guessed_where_that_is_asked_for,
      one_expression_is_parsed_by_one_call);
