/* SPDX-License-Identifier: MIT */
/* What is wrong with the command line, the formula, the data; and streams that fail. */
#define _POSIX_C_SOURCE 200809L
#include "support/command.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(misspelt_words_get_a_suggestion) {
    command_gives("matgrad gard x", 2, "", "gard: there is no such command: did you mean grad?");
    command_gives("matgrad frobnicate x", 2, "", "frobnicate: there is no such command\n");
    command_gives("matgrad 'sum(X)'", 2, "", "a command should stand in front of a formula");
    command_gives("matgrad grad x --wtr x", 2, "", "--wtr: there is no such option: did you mean --wrt?");
    command_gives("matgrad grad x --frobnicate", 2, "", "--frobnicate: there is no such option\n");
    command_gives("matgrad grad x -q", 2, "", "-q: there is no such option");
    command_gives("matgrad eval x --wrt x", 2, "", "--wrt: eval does not take it");
    command_gives("matgrad grad x --format jsno", 2, "", "--format jsno: did you mean json?");
    command_gives("matgrad grad x --color perhaps", 2, "", "one of auto, always, never should stand here");
    command_gives("matgrad grad x --wrt", 2, "", "--wrt: NAME should follow");
    command_gives("matgrad grad x --guess=1", 2, "", "--guess=1: it takes nothing behind the =");
    command_gives("matgrad grad x --width ten", 2, "", "--width ten: a whole number from 0 to 1000000 should");
    command_gives("matgrad eval 1 --digits 18", 2, "", "--digits 18: a whole number from 1 to 17 should stand here");
    command_gives("matgrad grad 'x: n; sum(x)' y", 2, "", "y: there is a formula already");
    command_gives("matgrad grad 'sum(x)' x=3", 2, "", "x=3: data stand behind --at");
    command_gives("matgrad grad 'sum(x)' --at 3", 2, "", "--at 3: NAME=FILE, NAME=NUMBER");
    command_gives("matgrad help gard", 2, "", "did you mean grad?");
    command_gives("matgrad grad 'Xab: 2 x 2; sum(Xab)' --wrt Xba", 2, "", "did you mean Xab?");
    command_gives("matgrad grad 'Xab: 2 x 2; sum(Xab)' --at Xba=3", 2, "",
                  "Xba=3: nothing in the formula is called Xba: did you mean Xab?");
    command_gives("matgrad grad 'X: m x n; sum(X)/m' --wrt m", 2, "",
                  "m is a size: nothing can be differentiated by it");
    command_gives("matgrad grad '2+3'", 2, "", "the formula has no input to differentiate by");
}
END_TEST

START_TEST(formulas_that_are_wrong_are_pointed_into) {
    command_gives("matgrad eval 'X: m x n; a: n; X*(a'", 2, "",
                  "formula:1:19: this is not closed\n  X: m x n; a: n; X*(a\n");
    command_gives("matgrad eval 'X: m x n; a: m; X*a'", 2, "", "inner sizes n and m differ\n");
    command_gives("matgrad eval 'sigmiod(1)'", 2, "", "did you mean sigmoid?");
    command_gives("matgrad eval ''", 2, "", "there is nothing to do");
    command_gives("matgrad eval 'X: m x n;'", 2, "", "there is nothing to do");
    command_gives("matgrad eval </dev/null", 2, "", "there is nothing to do");
    command_gives("matgrad grad 'X: m x n; X'", 2, "",
                  "a gradient is of a 1x1 formula, this is m x n: differentiate its sum");
    command_gives("printf 'x: n\\nx + \\000' | matgrad", 2, "", "standard input:2:5: a zero byte");
    command_gives("printf '\\377\\376\\001' | matgrad", 2, "", "standard input:1:1: ");
    command_gives("matgrad eval -f bad.txt", 2, "", "bad.txt: cannot be opened: No such file or directory");
    command_gives("matgrad eval -f .", 2, "", ".: cannot be read: Is a directory");
}
END_TEST

START_TEST(what_may_be_meant_otherwise_is_warned_of) {
    command_gives("matgrad eval 'A: n x n; A^2'", 0, "A*A\n", "warning: formula:1:");
    command_gives("matgrad eval 'S: n x n symmetric; d sum(S) wrt S'", 0, "1/2*(ones(n, n) + 1)\n", "warning: ");
}
END_TEST

START_TEST(a_formula_may_be_large_and_no_larger) {
    ck_assert_int_eq(
        command("{ printf 'x: 1\\n0'; awk 'BEGIN { for (i = 0; i < 250000; i++) printf \" + x\" }'; echo; }"
                " >large.txt; matgrad eval -f large.txt --at x=2"),
        0);
    ck_assert_str_eq(command_out, "500000\n");
    ck_assert_int_eq(command("awk 'BEGIN { for (i = 0; i < 20000; i++) printf \"(\" }' | matgrad"), 2);
    ck_assert_ptr_nonnull(strstr(command_err, "nested deeper than 10000"));
    ck_assert_int_eq(command("head -c 70000000 /dev/zero | tr '\\0' ' ' | matgrad"), 2);
    ck_assert_ptr_nonnull(strstr(command_err, "more than 64 MB"));
}
END_TEST

START_TEST(data_that_are_wrong_name_themselves) {
    command_file("X.csv", "1,2\n3,4\n5,6\n");
    command_file("bad.csv", "1,2\n3,x\n");
    command_gives("matgrad eval X --at X=none.csv", 2, "", "X: none.csv: ");
    command_gives("matgrad eval X --at X=.", 2, "", "X: .: a file with a matrix is expected, this is a directory");
    command_gives("matgrad eval X --at X=bad.csv", 2, "", "bad.csv");
    command_gives("matgrad eval X --at X=", 2, "", "X=: a file, a number or [a matrix] should follow the =");
    command_gives("matgrad eval X --at 'X=[1,2;3]'", 2, "", "X=[1,2;3]: row 2 has 1 numbers, the first has 2");
    command_gives("matgrad eval X --at 'X=[]'", 2, "", "row 1 is empty");
    command_gives("matgrad eval X --at 'X=[1,y]'", 2, "", "at \"y]\": a number");
    command_gives("matgrad eval X --at 'X=[1,2'", 2, "", "a number, or one of , ; ] should stand here");
    command_gives("matgrad eval X --at 'X=[1]2'", 2, "", "nothing should follow the ]");
    command_gives("matgrad eval 'X: m x 3; X' --at X=X.csv", 2, "", "X: X.csv is 3x2, and X is declared m x 3");
    command_gives("matgrad eval 'X: m x n; X' --at X=X.csv m=5", 2, "", "X: X.csv is 3x2, and X is declared m x n: ");
    command_gives("matgrad eval 'X: m x n; X' --at m=0.5", 2, "", "m=0.5: m is a size, a whole number from 1 on");
    command_gives("matgrad eval 'X: m x n; X' --at m=3", 2, "", "X has no data: give it, as in --at X=FILE");
    command_gives("matgrad eval 'let w = 1; w' --at w=3", 2, "", "w is what a let says, and takes no data");
    command_gives("matgrad eval 'S: n x n symmetric; S' --at 'S=[1,2;3,4]'", 2, "", "S: [1,2;3,4] is 2x2");
    command_gives("matgrad eval 'X: m x n; a: m; X' --at X=X.csv a=[1,2]", 2, "",
                  "a: [1,2] is 1x2, and a is declared m x 1");
}
END_TEST

START_TEST(what_cannot_be_computed_says_why) {
    command_gives("matgrad eval 'inv(A)' --at 'A=[1,1;1,1]'", 3, "", "inverse: A is singular: pivot 2 of 2 is 0");
    command_gives("matgrad eval 'chol(A)' --at 'A=[1,0;0,-1]'", 3, "", "cholesky: ");
    command_gives("matgrad eval 'log(x)' --at x=0", 3, "-inf\n", "the result is not finite: log(x) = -inf: x = 0");
    command_gives("matgrad grad 'sum(sqrt(x))' --at 'x=[0;1]'", 3, "inf\n0.5\n",
                  "dx is not finite: sqrt(x) gives x(1,1) the share inf: x(1,1) = 0");
    command_gives("matgrad jacobian 'sqrt(x)' --at 'x=[0;1]'", 3, "inf,0\n0,0.5\n", "Jx is not finite");
}
END_TEST

START_TEST(streams_that_fail_are_reported) {
    command_gives("matgrad eval 1 >&-", 3, "", "standard output: cannot be written: Bad file descriptor");
    command_gives("matgrad --help >&-", 3, "", "standard output: cannot be written");
    command_gives("matgrad ops >/dev/full", 3, "", "standard output: cannot be written: No space left on device");
    command_gives("matgrad eval 1 -o /dev/full", 3, "", "/dev/full: cannot be written: No space left on device");
    command_gives("matgrad eval x --at x=1 2>&-", 0, "1\n", "");
    command_gives("matgrad eval 'x' 2>&-", 2, "", NULL);
    command_gives("matgrad eval 1 >&- 2>&- <&-; echo $?", 0, "3\n", "");
    command_gives("matgrad <&-", 2, "", "standard input: cannot be read");
    command_gives("(matgrad ops; echo $? >status) | true; cat status", 0, "141\n", "");
}
END_TEST

START_TEST(colour_is_where_it_is_wanted) {
    command_gives("matgrad eval x", 2, "", "formula:1:1: ");
    ck_assert_ptr_null(strchr(command_err, 27));
    command_gives("matgrad eval x --color=always", 2, "", "\033[1;31m");
    command_gives("NO_COLOR=1 matgrad --color always eval x", 2, "", "\033[1;31m");
    command_gives("NO_COLOR=1 matgrad eval x", 2, "", "formula:1:1: ");
    ck_assert_ptr_null(strchr(command_err, 27));
}
END_TEST

TESTS("what the command refuses", misspelt_words_get_a_suggestion, formulas_that_are_wrong_are_pointed_into,
      what_may_be_meant_otherwise_is_warned_of, a_formula_may_be_large_and_no_larger,
      data_that_are_wrong_name_themselves, what_cannot_be_computed_says_why, streams_that_fail_are_reported,
      colour_is_where_it_is_wanted);
