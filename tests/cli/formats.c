/* SPDX-License-Identifier: MIT */
/* Results in each format, and in files. */
#define _POSIX_C_SOURCE 200809L
#include "support/command.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(numbers_as_text_read_back) {
    command_gives("matgrad eval x --at x=[0.1,1e300,-2.5e-310,123456789.123]", 0,
                  "0.1,1e+300,-2.5e-310,123456789.123\n", "");
    command_gives("matgrad eval x --at x=0.30000000000000004", 0, "0.30000000000000004\n", "");
    command_gives("matgrad eval x/3 --at x=[1,2] --digits 3", 0, "0.333,0.667\n", "");
    ck_assert_int_eq(command("matgrad eval 'X; X+X' --at X=[1.5,2] >two.txt; cat two.txt"), 0);
    ck_assert_str_eq(command_out, "# r1, 1x2\n1.5,2\n# r2, 1x2\n3,4\n");
}
END_TEST

START_TEST(formulas_in_each_format) {
    command_gives("matgrad grad \"x: n; x'*x\" --format unicode", 0, "x + x\n", "");
    command_gives("matgrad eval \"A: n x n; A'*A\" --format unicode", 0,
                  "A\xe1\xb5\x80\xc2\xb7"
                  "A\n",
                  "");
    command_says("matgrad eval \"A: n x n; A'*A\" --format latex", 0, "{A}^{\\top}\\, A");
    command_says("matgrad eval \"A: n x n; A'*A\" --format mathml", 0, "<math");
    command_gives(
        "matgrad eval \"A: m x n; A'*A\" --format json", 0,
        "{\"results\": [\n  {\"name\": \"result\", \"rows\": \"n\", \"cols\": \"n\", \"formula\": \"A'*A\"}\n]}\n", "");
    command_gives("matgrad eval \"A: m x n; A'*A\" --format c-array", 2, "", "--format c-array is for numbers");
}
END_TEST

START_TEST(numbers_in_each_format) {
    command_gives("matgrad eval A --at 'A=[1,2;3,4e30]' -F latex", 0,
                  "\\begin{pmatrix}\n1 & 2 \\\\\n3 & 4 \\cdot 10^{30}\n\\end{pmatrix}\n", "");
    command_says("matgrad eval A --at 'A=[1,2;3,4]' -F mathml", 0,
                 "<mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr>");
    command_gives(
        "matgrad eval A --at 'A=[1,2;3,4]' -F json", 0,
        "{\"results\": [\n  {\"name\": \"result\", \"rows\": 2, \"cols\": 2, \"value\": [[1, 2], [3, 4]]}\n]}\n", "");
    command_gives("matgrad grad 'sum(A*A)' --at 'A=[1,2;3,4]' -F c-array", 0,
                  "static const double dA[2][2] = {\n    { 7, 11 },\n    { 9, 13 },\n};\n", "");
    command_gives("matgrad eval A --at 'A=[1,2]' -F unicode", 0, "1,2\n", "");
}
END_TEST

START_TEST(what_is_not_finite_in_each_format) {
    command_gives("matgrad eval x --at x=[nan,inf,-inf]", 3, "nan,inf,-inf\n", "the result is not finite");
    command_says("matgrad eval x --at x=[nan,inf,-inf] -F json", 3, "[[\"NaN\", \"Infinity\", \"-Infinity\"]]");
    command_says("matgrad eval x --at x=[nan,inf,-inf] -F c-array", 3, "#include <math.h>\n");
    command_says("matgrad eval x --at x=[nan,inf,-inf] -F c-array", 3, "{ NAN, INFINITY, -INFINITY }");
    command_says("matgrad eval x --at x=[nan,inf,-inf] -F latex", 3, "\\mathrm{NaN} & \\infty & -\\infty");
}
END_TEST

/* A compiler and an interpreter, where they are there, agree that it is C and JSON. */
START_TEST(other_readers_accept_it) {
    command_file("use.c", "#include \"g.h\"\nint main(void) { return dA[1][0] == 9 ? 0 : 1; }\n");
    ck_assert_int_eq(command("matgrad grad 'sum(A*A)' --at 'A=[1,2;3,4]' -F c-array -o g.h &&"
                             " { ! command -v cc >/dev/null || { cc use.c -o use && ./use; }; }"),
                     0);
    ck_assert_int_eq(
        command("matgrad eval 'A: 2 x 2; A; d sum(A) wrt A == ones(2,2)' --at 'A=[1,2;nan,4]' -F json >r.json;"
                " ! command -v python3 >/dev/null || python3 -m json.tool r.json"),
        0);
}
END_TEST

START_TEST(names_that_are_no_c_and_no_ascii) {
    command_gives("matgrad grad '\xce\xb1^2' --at \xce\xb1=2 -F c-array", 0,
                  "static const double d_ce_b1[1][1] = {\n    { 4 },\n};\n", "");
    command_says("matgrad grad '\xce\xb1^2' --at \xce\xb1=2 -F json", 0, "\"d\xce\xb1\"");
}
END_TEST

START_TEST(a_file_is_written_whole_or_not_at_all) {
    command_file("old.txt", "old\n");
    command_gives("matgrad eval 'log(x)' --at x=-1 -o old.txt; s=$?; cat old.txt; exit $s", 3, "old\n",
                  "old.txt is not written");
    command_gives("matgrad eval 'inv(x)' --at x=0 -o old.txt; s=$?; cat old.txt; exit $s", 3, "old\n", "x is singular");
    command_gives("matgrad eval 'x+' --at x=0 -o old.txt; s=$?; cat old.txt; exit $s", 2, "old\n", "formula:1:3: ");
    command_gives("matgrad eval 'x+1' --at x=0 -o old.txt; cat old.txt", 0, "1\n", "");
    command_gives("chmod 600 old.txt; matgrad eval 'x+2' --at x=0 -o old.txt; ls -l old.txt | cut -c1-10", 0,
                  "-rw-------\n", "");
    command_gives("ln -s old.txt link.txt; matgrad eval 'x+3' --at x=0 -o link.txt; cat old.txt; test -L link.txt", 0,
                  "3\n", "");
    command_gives("matgrad eval 1 -o no/such/folder.txt", 3, "", "no/such/folder.txt: cannot be opened for writing");
    command_gives("matgrad eval 1 -o .", 3, "", ".: cannot be written: Is a directory");
    command_gives("ls | grep -c 'txt\\.'", 1, "0\n", "");
}
END_TEST

START_TEST(a_matrix_goes_to_a_file_of_matrices) {
    command_gives("matgrad eval A+A --at 'A=[1,2;3,4]' -o B.npy && matgrad eval B/2 --at B=B.npy", 0, "1,2\n3,4\n", "");
    command_gives("matgrad eval A+A --at 'A=[1,2;3,4]' -o B.mtx && head -c 14 B.mtx", 0, "%%MatrixMarket", "");
    command_gives("matgrad eval A+A --at 'A=[1,2;3,4]' -o B.csv && cat B.csv", 0, "2,4\n6,8\n", "");
    command_gives("matgrad eval 'A: m x n; A' -o B.npy", 2, "", "B.npy: it holds one matrix, and there are no numbers");
    command_gives("matgrad eval 'A; A' --at A=1 -o C.npy; test -e C.npy", 1, "", "there are several results");
    command_gives("matgrad eval A --at A=1 -F json -o C.csv; head -c 1 C.csv", 0, "{", "");
}
END_TEST

START_TEST(long_formulas_in_lines_read_back) {
    static const char formula[] = "A: n x n; sum(A) + sum(A*A) + sum(A*A*A) + sum(sin(A)) + sum(cos(A*A))";
    char line[400];
    snprintf(line, sizeof line,
             "matgrad eval '%s' --width 40 >f.txt; awk 'length > 40' f.txt; wc -l <f.txt; "
             "{ echo 'A: n x n'; cat f.txt; } | matgrad",
             formula);
    ck_assert_int_eq(command(line), 0);
    ck_assert_msg(atoi(command_out) > 1, "%s", command_out);
    char *again = strdup(strchr(command_out, '\n') + 1);
    snprintf(line, sizeof line, "matgrad eval '%s'", formula);
    command_gives(line, 0, again, "");
    free(again);
}
END_TEST

TESTS("the formats of the command", numbers_as_text_read_back, formulas_in_each_format, numbers_in_each_format,
      what_is_not_finite_in_each_format, other_readers_accept_it, names_that_are_no_c_and_no_ascii,
      a_file_is_written_whole_or_not_at_all, a_matrix_goes_to_a_file_of_matrices, long_formulas_in_lines_read_back);
