/* SPDX-License-Identifier: MIT */
/* What the command says of itself; and how soon. */
#define _XOPEN_SOURCE 700
#include "support/command.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const char *const verbs[] = { "eval", "grad", "jacobian", "hessian", "tape", "ops", "help" };
enum { VERBS = sizeof verbs / sizeof verbs[0] };

START_TEST(every_verb_has_help_with_examples) {
    char line[100];
    for (int k = 0; k < VERBS; k++) {
        snprintf(line, sizeof line, "matgrad %s --help", verbs[k]);
        command_says(line, 0, "\nExamples:\n  ");
        command_says(line, 0, "\nOptions:\n  ");
        snprintf(line, sizeof line, "matgrad %s -h | awk 'length > 80' | grep -v matgrad", verbs[k]);
        command_gives(line, 1, "", "");
        snprintf(line, sizeof line, "matgrad help %s", verbs[k]);
        if (strcmp(verbs[k], "help") != 0) command_says(line, 0, "\nExamples:\n  ");
        snprintf(line, sizeof line, "  matgrad %s", verbs[k]);
        command_says("matgrad --help", 0, line);
    }
    command_says("matgrad --help", 0, "Exit status: 0 done; 1 a claim does not hold;");
}
END_TEST

START_TEST(the_version_says_what_it_was_built_with) {
    command_says("matgrad --version", 0, "matgrad 0.");
    command_says("matgrad -V", 0, "\nlinear algebra: ");
    command_says("matgrad grad --version", 0, "\nline editing: ");
}
END_TEST

/* Its examples that need no files of the user's do what they say. */
START_TEST(examples_of_the_help_run) {
    command_file("X.csv", "1,2\n3,4\n");
    command_file("a.csv", "1\n2\n");
    command_file("A.csv", "1,2\n3,4\n");
    for (int k = 0; k < VERBS - 1; k++) {
        char line[500];
        snprintf(line, sizeof line,
                 "matgrad help %s | sed -n '/^Examples:/,$s/^  \\(matgrad\\)/\\1/p' | grep -v -e 'model.txt' -e 'dot "
                 "-T' >try.sh;"
                 "while read -r one; do sh -c \"$one\" || { echo \"$one\"; exit 1; }; done <try.sh",
                 verbs[k]);
        int status = command(line);
        ck_assert_msg(status == 0, "%s: status %d\n%s\n%s", verbs[k], status, command_out, command_err);
    }
}
END_TEST

START_TEST(the_manual_page_is_in_order) {
    command_says("matgrad help --man", 0, ".TH MATGRAD 1");
    command_says("matgrad help --man", 0, ".SH EXIT STATUS\n0 done;");
    command_gives("matgrad help --man >m.1; ! command -v man >/dev/null || MANWIDTH=80 man --warnings -E ascii -l "
                  "./m.1 2>&1 >/dev/null",
                  0, "", "");
}
END_TEST

START_TEST(completions_are_in_order) {
    command_says("matgrad help --completion=bash", 0, "complete -o filenames -F _matgrad matgrad");
    command_says("matgrad help --completion=zsh", 0, "#compdef matgrad");
    command_gives("matgrad help --completion=bash >c.bash; ! command -v bash >/dev/null || bash -n c.bash", 0, "", "");
    command_gives("matgrad help --completion=zsh >c.zsh; ! command -v zsh >/dev/null || zsh -n c.zsh", 0, "", "");
    if (command("command -v bash") != 0) return;
    command_file("try.bash",
                 ". ./c.bash\nCOMP_WORDS=(\"$@\"); COMP_CWORD=$(($#-1)); _matgrad; echo \"${COMPREPLY[@]}\"\n");
    command_gives("bash try.bash matgrad gr", 0, "grad\n", "");
    command_gives("bash try.bash matgrad grad --fo", 0, "--format\n", "");
    command_gives("bash try.bash matgrad grad --format js", 0, "json\n", "");
    command_gives("bash try.bash matgrad ops logd", 0, "logdet\n", "");
    command_gives("bash try.bash matgrad grad try.b", 0, "try.bash\n", "");
    command_gives("bash try.bash matgrad help ta", 0, "tape\n", "");
}
END_TEST

static double seconds_of_children(void) {
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           1e-6 * (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

/* By the processor's time, the shell's included, in the best of many runs: the machine may be busy. Builds that check
 * more may take longer. */
START_TEST(it_starts_in_under_20_ms) {
    double best = 1;
    for (int k = 0; k < 20; k++) {
        double before = seconds_of_children();
        ck_assert_int_eq(command("exec matgrad eval 1"), 0);
        double now = seconds_of_children() - before;
        if (now < best) best = now;
    }
#if defined NDEBUG
    ck_assert_msg(best < 0.02, "%.1f ms", 1e3 * best);
#endif
}
END_TEST

TESTS("what the command says of itself", every_verb_has_help_with_examples, the_version_says_what_it_was_built_with,
      examples_of_the_help_run, the_manual_page_is_in_order, completions_are_in_order, it_starts_in_under_20_ms);
