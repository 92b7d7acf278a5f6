/* SPDX-License-Identifier: MIT */
/* matgrad eval, grad, jacobian, hessian, tape and ops, as a shell sees them. */
#define _POSIX_C_SOURCE 200809L
#include "support/command.h"
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

#define SEED "X: m x n; a: m; sum(sigmoid(X'*a).^2)"

static void seed_files(void) {
    command_file("X.csv", "1,2\n3,4\n-1,0.5\n");
    command_file("a.csv", "0.5\n-0.25\n2\n");
}

START_TEST(a_formula_of_numbers_is_a_number) {
    command_gives("matgrad eval '2^10 + 1'", 0, "1025\n", "");
    command_gives("matgrad eval '1/3'", 0, "0.3333333333333333\n", "");
    command_gives("matgrad eval 'eye(2)'", 0, "1,0\n0,1\n", "");
    command_gives("matgrad eval -X*X --at 'X=[1,2;3,4]'", 0, "-7,-10\n-15,-22\n", "");
    command_gives("matgrad eval -- '-3'", 0, "-3\n", "");
    command_gives("matgrad eval -3", 0, "-3\n", "");
}
END_TEST

START_TEST(a_formula_without_data_is_itself) {
    command_gives("matgrad eval \"X: m x n; (X')'*ones(n,1)\"", 0, "X*ones(n, 1)\n", "");
    command_gives("matgrad eval \"X: m x n; X; X'\"", 0, "let r1 = X\nlet r2 = X'\n", "");
}
END_TEST

START_TEST(data_declare_what_nothing_declares) {
    seed_files();
    command_gives("matgrad eval \"X'*a\" --at X=X.csv a=a.csv", 0, "-2.25\n1\n", "");
    command_gives("matgrad eval 'ones(m,1)*2' --at m=2", 0, "2\n2\n", "");
    command_gives("matgrad eval 'm*s' --at m=2 s=0.5", 0, "1\n", "");
    command_gives("matgrad grad 's^2' --at s=3", 0, "6\n", "");
    command_gives("matgrad eval 'X: m x n; m + n' --at m=2 n=5", 0, "7\n", "");
    command_gives("matgrad eval 'X: m x n; m*n' --at X=X.csv", 0, "6\n", "");
}
END_TEST

START_TEST(the_seed_is_differentiated) {
    seed_files();
    command_gives("matgrad grad \"" SEED "\" --wrt X", 0, "(2*sigmoid(X'*a).*sigmoid_slope(X'*a)*a')'\n", "");
    command_says("matgrad grad \"" SEED "\"", 0, "let da = X*t1\n");
    command_gives("matgrad grad 'sum(X.*X)' --at X=X.csv", 0, "2,4\n6,8\n-2,1\n", "");
    command_gives("matgrad grad \"sum(X'*a)\" --at X=X.csv a=a.csv", 0,
                  "# dX, 3x2\n0.5,0.5\n-0.25,-0.25\n2,2\n# da, 3x1\n3\n7\n-0.5\n", "");
    command_gives("matgrad grad \"sum(X'*a)\" --at X=X.csv a=a.csv -w a", 0, "3\n7\n-0.5\n", "");
    command_says("matgrad grad \"sum(X'*a)\" --at X=X.csv a=a.csv --wrt a,X", 0, "# da, 3x1\n3\n7\n-0.5\n# dX");
}
END_TEST

/* What grad prints is a formula of the language: its value is what grad computes. */
START_TEST(a_printed_derivative_reads_back) {
    seed_files();
    ck_assert_int_eq(command("matgrad grad \"" SEED "\" --wrt X >G.txt; matgrad eval -f G.txt --at X=X.csv a=a.csv"),
                     0);
    char *first = strdup(command_out);
    command_gives("matgrad grad \"" SEED "\" --wrt X --at X=X.csv a=a.csv", 0, first, "");
    free(first);
}
END_TEST

START_TEST(lets_of_the_command_line_are_read_where_they_are_used) {
    command_gives("matgrad eval 'w + 1' --let w=v*2 --let v=s^2 --at s=3", 0, "19\n", "");
    command_gives("matgrad grad 'w^2' --let 'w=3*s' --wrt s --at s=2", 0, "36\n", "");
    command_gives("matgrad grad 'w^2' --let 'w=3*s' --wrt w --at s=2", 0, "12\n", "");
    command_gives("matgrad eval 'w' --let w=v --let v=w", 2, "", "nothing is called w");
    command_gives("matgrad eval 'w' --let 'w=(1'", 2, "", "--let w:1:1: this is not closed");
    command_gives("matgrad eval 'w' --let w", 2, "", "--let w: NAME=FORMULA should stand here");
}
END_TEST

START_TEST(jacobians_and_hessians) {
    command_gives("matgrad jacobian 'A*x' --wrt x --at 'A=[1,2;3,4;5,6]' 'x=[1;2]'", 0, "1,2\n3,4\n5,6\n", "");
    command_gives("matgrad hessian \"x'*A*x\" --wrt x --at 'A=[1,2;3,4]' 'x=[1;2]'", 0, "2,5\n5,8\n", "");
    command_gives("matgrad jacobian 'A: m x n; x: n; s: 1; A*x*s' --wrt s", 0, "A*x\n", "");
    command_gives("matgrad jacobian \"x: n; x'*x\" --wrt x", 0, "(x + x)'\n", "");
    command_gives("matgrad hessian 's: 1; s^3' --wrt s", 0, "3.*(2.*s)\n", "");
    command_gives("matgrad jacobian 'A: m x n; x: n; A*x' --wrt x", 2, "",
                  "a Jacobian by a matrix of n x 1 is no single formula: give data, as in --at A=FILE");
    command_gives("matgrad hessian \"x: n; x\" --wrt x", 2, "", "a Hessian is of a 1x1 formula, this is n x 1");
}
END_TEST

START_TEST(claims_are_decided) {
    command_says("matgrad eval \"x: n; d x'*x wrt x == 2*x\"", 0, "holds (in exact arithmetic, at ");
    command_says("matgrad eval \"x: n; d x'*x wrt x == 3*x\"", 1, "does not hold: ");
    command_says("matgrad grad \"X: m x n; a: m; let w = sigmoid(X'*a);"
                 " d sum(w.^2) wrt X == 2*a*(w.*w - w.*w.*w)'\"",
                 0, "holds");
    command_says("matgrad eval \"x: n; A: n x n; hessian x'*A*x wrt x == A + A'; jacobian A*x wrt x == A\"", 0,
                 "claim_2: holds");
    command_says("matgrad eval \"x: n; A: n x n; jacobian A*x wrt x == A'\"", 1, "does not hold");
    command_says("matgrad eval \"x: n; A: n x n; hessian x'*A*x wrt x == 2*A\"", 1, "does not hold");
    command_says("matgrad eval \"A: n x n symmetric; x: n; hessian x'*A*x wrt x == 2*A\"", 0, "holds");
    command_says("matgrad eval \"x: n; d x'*x wrt x == 2*x; d x'*x wrt x == x\"", 1, "claim_2: does not hold");
    command_gives("matgrad eval \"x: n; d x wrt x == x\"", 2, "", "1x1");
    command_gives("matgrad eval \"x: n; d x'*x wrt x == x'\"", 2, "", "the claim is 1 x n, the derivative is n x 1");
}
END_TEST

START_TEST(a_tape_is_a_table) {
    seed_files();
    command_says("matgrad tape \"" SEED "\"", 0, "  4  matmul     3, 2  n x 1  X'*a\n");
    command_says("matgrad tape \"" SEED "\"", 0, "  3 += share of 4  matmul     dA += dC B' ");
    command_says("matgrad tape \"sum(sigmoid(X'*a).^2)\" --at X=X.csv a=a.csv", 0, "[-2.25; 1]");
    command_says("matgrad tape 'x: n; sum(exp(x))' --dot", 0, "digraph");
    command_says("matgrad tape 'x: n; sum(exp(x))' --dot --wrt x", 0, "dx");
    command_says("matgrad tape 'x: n; exp(x)'", 0, "    2 = the start                                 ones(n,1)\n");
    command_gives("matgrad tape 'x: n; x; x' --dot", 2, "", "a graph is of one formula, here are 2");
    command_gives("matgrad tape 'x: n; x' -F json", 2, "", "a tape is written as text");
}
END_TEST

START_TEST(the_manual_of_operations) {
    command_says("matgrad ops", 0, "Products\n");
    command_says("matgrad ops", 0, "\n  matmul             the matrix product.\n");
    command_says("matgrad ops logdet", 0, "\n  pullback    ");
    command_says("matgrad ops tr", 0, "trace: the sum of the diagonal.\n");
    command_says("matgrad ops inv", 0, "inverse: ");
    command_says("matgrad ops chol", 0, "cholesky: ");
    command_says("matgrad ops mean", 0, "mean: ");
    command_gives("matgrad ops matmull", 2, "", "did you mean matmul?");
    command_gives("matgrad ops qqqqqqq", 2, "", "matgrad ops lists them");
    command_gives("matgrad ops a b", 2, "", "one name is enough");
}
END_TEST

START_TEST(the_formula_may_stand_elsewhere) {
    seed_files();
    command_file("model.txt", "# the seed\nX: m x n\na: m\nsum(\n  X'*a\n)\n");
    command_gives("matgrad eval model.txt --at X=X.csv a=a.csv", 0, "-1.25\n", "");
    command_gives("matgrad eval -f model.txt --at X=X.csv a=a.csv", 0, "-1.25\n", "");
    command_gives("matgrad eval - --at X=X.csv a=a.csv <model.txt", 0, "-1.25\n", "");
    command_gives("matgrad eval <model.txt", 0, "sum(X'*a)\n", "");
    command_gives("matgrad <model.txt", 0, "sum(X'*a)\n", "");
    command_gives("echo '2+3' | matgrad", 0, "5\n", "");
    command_gives("matgrad eval s --at s=- <<.\n2.5\n.\n", 0, "2.5\n", "");
    command_gives("matgrad eval - --at s=- <model.txt", 2, "", "standard input can be read once");
    command_gives("matgrad eval 1 -f model.txt", 2, "", "the formula is read from model.txt");
    command_file("x", "999");
    command_gives("matgrad eval x --at x=2", 0, "2\n", "");
}
END_TEST

START_TEST(names_are_guessed_only_when_asked) {
    command_gives("matgrad grad \"x'*A*x\" --wrt x --guess", 0, "(x'*A)' + (x'*A')'\n", "");
    command_gives("matgrad grad \"x'*A*x\" --wrt x", 2, "", "nothing is called x: declare it");
}
END_TEST

TESTS("the verbs of the command", a_formula_of_numbers_is_a_number, a_formula_without_data_is_itself,
      data_declare_what_nothing_declares, the_seed_is_differentiated, a_printed_derivative_reads_back,
      lets_of_the_command_line_are_read_where_they_are_used, jacobians_and_hessians, claims_are_decided,
      a_tape_is_a_table, the_manual_of_operations, the_formula_may_stand_elsewhere, names_are_guessed_only_when_asked);
