/* SPDX-License-Identifier: MIT */
/* What the command says of itself. One table of commands and one of options: the help, the manual page, the completions
 * and the parser read them. */
#include "cli/cli.h"

#include <string.h>

#define BIT(verb) (1u << (verb))
#define DERIVATIVES (BIT(CLI_GRAD) | BIT(CLI_JACOBIAN) | BIT(CLI_HESSIAN))
#define FORMULAS (BIT(CLI_EVAL) | DERIVATIVES | BIT(CLI_TAPE))
#define ALL (BIT(CLI_VERBS) - 1)

static const char *const formats[] = { "text", "unicode", "latex", "mathml", "json", "c-array", NULL };
static const char *const whens[] = { "auto", "always", "never", NULL };
static const char *const shells[] = { "bash", "zsh", NULL };

const cli_option cli_option_table[] = {
    { CLI_WRT, "wrt", 'w', "NAME", NULL,
      "differentiate by it; more than one: --wrt X,a or --wrt X --wrt a. Without: by every input",
      DERIVATIVES | BIT(CLI_TAPE), false },
    { CLI_LET, "let", 'l', "NAME=FORMULA", NULL, "a name for a part, to be used in the formula and in other lets",
      FORMULAS | BIT(CLI_INTERACTIVE), false },
    { CLI_AT, "at", 'a', "NAME=DATA...", NULL,
      "data: a file (CSV, NPY, Matrix Market, MAT), a number, or [1,2; 3,4]; all of that form that follow",
      FORMULAS | BIT(CLI_INTERACTIVE), false },
    { CLI_FILE, "file", 'f', "FILE", NULL, "read the formula from a file; - is standard input",
      FORMULAS | BIT(CLI_INTERACTIVE), false },
    { CLI_FORMAT, "format", 'F', "FORMAT", formats, "how results are written: text unless it says otherwise",
      FORMULAS | BIT(CLI_INTERACTIVE), false },
    { CLI_OUTPUT, "output", 'o', "FILE", NULL,
      "write there, once everything is computed; one matrix to .npy, .mtx, .tsv, .csv or .mat in that format",
      FORMULAS | BIT(CLI_OPS) | BIT(CLI_INTERACTIVE), false },
    { CLI_DOT, "dot", 0, NULL, NULL, "the graph, for graphviz", BIT(CLI_TAPE), false },
    { CLI_GUESS, "guess", 'g', NULL, NULL,
      "names that nothing declares: a to g are numbers, h to z columns, A to Z matrices, of sizes that fit",
      FORMULAS | BIT(CLI_INTERACTIVE), false },
    { CLI_WIDTH, "width", 0, "LETTERS", NULL,
      "break formulas into lines of so many letters; 0 never, which is so unless a terminal shows them",
      FORMULAS | BIT(CLI_INTERACTIVE), false },
    { CLI_DIGITS, "digits", 'd', "N", NULL,
      "write numbers with N digits; without, with as many as read back as the same number",
      FORMULAS | BIT(CLI_INTERACTIVE), false },
    { CLI_COLOR, "color", 0, "WHEN", whens, "colour messages: auto (on a terminal, without NO_COLOR), always, never",
      ALL, false },
    { CLI_ASK_HELP, "help", 'h', NULL, NULL, "this text", ALL, false },
    { CLI_ASK_VERSION, "version", 'V', NULL, NULL, "the version, and what it was built with", ALL, false },
    { CLI_MAN, "man", 0, NULL, NULL, "the manual page", BIT(CLI_HELP), false },
    { CLI_COMPLETION, "completion", 0, "SHELL", shells, "the completions for a shell", BIT(CLI_HELP), false },
};
const size_t cli_option_count = sizeof cli_option_table / sizeof cli_option_table[0];

static const char *const interactive_examples[] = {
    "matgrad", "a session: formulas, :load X X.csv, :help", "echo '2^10 + 1' | matgrad", "1025", NULL,
};
static const char *const eval_examples[] = {
    "matgrad eval 'sum(X*a)' --at X=X.csv 'a=[1; 2]'",
    "a number from a file and a column",
    "matgrad eval '2^10 + 1'",
    "1025",
    "matgrad eval \"X: m x n; (X')' + 0*X\"",
    "the formula as it was recorded",
    "matgrad eval \"x: n; d x'*x wrt x == 2*x\"",
    "a claim: holds, or status 1",
    NULL,
};
static const char *const grad_examples[] = {
    "matgrad grad \"X: m x n; a: m; sum(sigmoid(X'*a).^2)\" --wrt X",
    "the derivative as a formula",
    "matgrad grad \"sum(sigmoid(X'*a).^2)\" --at X=X.csv a=a.csv",
    "by X and by a, in numbers",
    "matgrad grad \"x: n; A: n x n; x'*A*x\" --wrt x --format latex",
    "for a paper",
    "matgrad grad -f model.txt --at X=X.npy y=y.npy --wrt w -o g.npy",
    "a formula in a file, the result in another",
    NULL,
};
static const char *const jacobian_examples[] = {
    "matgrad jacobian 'A*x' --wrt x --at A=A.csv 'x=[1;2]'",
    "A again",
    "matgrad jacobian 'A: m x n; x: n; s: 1; A*x*s' --wrt s",
    "by a number: a formula, A*x",
    NULL,
};
static const char *const hessian_examples[] = {
    "matgrad hessian \"x'*A*x\" --wrt x --at A=A.csv 'x=[1;2]'",
    "A + A'",
    "matgrad hessian 's: 1; exp(s^2)' --wrt s",
    "by a number: a formula",
    NULL,
};
static const char *const tape_examples[] = {
    "matgrad tape \"X: m x n; a: m; sum(sigmoid(X'*a).^2)\"",
    "each step, and each step back",
    "matgrad tape \"sum(sigmoid(X'*a).^2)\" --at X=X.csv a=a.csv",
    "with values",
    "matgrad tape 'x: n; sum(exp(x))' --dot | dot -Tsvg >tape.svg",
    "a picture",
    NULL,
};
static const char *const ops_examples[] = {
    "matgrad ops",
    "all of them, a line each",
    "matgrad ops logdet",
    "value, rules, what holds at singular points, source",
    NULL,
};
static const char *const help_examples[] = {
    "matgrad help grad",
    "the same as matgrad grad --help",
    "source <(matgrad help --completion=bash)",
    "completions in this shell",
    NULL,
};

#define TEXT_OF_FORMULA                                                                                                \
    "FORMULA is a text in the language of matgrad: declarations may precede it\n"                                      \
    "(\"X: m x n; a: m;\"); what has data needs none, its size is the data's. It is\n"                                 \
    "read from a file where a file of that name exists and the name has a dot or a\n"                                  \
    "slash and no blank; - is standard input.\n"

const cli_command cli_commands[CLI_VERBS] = {
    { "", "", "a session on a terminal; else evaluate what standard input holds",
      "Without a command matgrad reads statements, one after the other. On a terminal\n"
      "it edits lines, remembers them (in $XDG_STATE_HOME/matgrad/history) and\n"
      "completes names; :help lists what else it can do. A result keeps a name: ans is\n"
      "the last one, r1, r2, ... are all.\n",
      interactive_examples },
    { "eval", "FORMULA", "evaluate a formula; print it where data is missing",
      TEXT_OF_FORMULA "With data (--at), or where none is needed, the value; else the formula as it\n"
                      "was recorded. A statement may be a derivative (d FORMULA wrt X), or claim one\n"
                      "(d FORMULA wrt X == FORMULA), which is decided: holds, does not hold\n"
                      "(status 1), undecided (status 3).\n",
      eval_examples },
    { "grad", "FORMULA", "the gradient of a 1x1 formula, in numbers or as a formula",
      TEXT_OF_FORMULA "With data the numbers, of the size of what is differentiated by; without, the\n"
                      "derivative as it was recorded by backpropagation. Without --wrt by every\n"
                      "input, all in one sweep, each with its name: dX, da.\n",
      grad_examples },
    { "jacobian", "FORMULA", "the Jacobian of any formula",
      TEXT_OF_FORMULA "The derivative of vec(FORMULA) by vec(NAME), columns stacked. It needs data,\n"
                      "unless the formula or what it is differentiated by is 1x1.\n",
      jacobian_examples },
    { "hessian", "FORMULA", "the second derivatives of a 1x1 formula",
      TEXT_OF_FORMULA "By vec(NAME), columns stacked. It needs data, unless what it is differentiated\n"
                      "by is 1x1.\n",
      hessian_examples },
    { "tape", "FORMULA", "the steps of a formula, and backpropagation through them",
      TEXT_OF_FORMULA "The recorded steps in order, then the shares that the reverse sweep adds to\n"
                      "their adjoints, with the rule used for each; with data, values too. For a\n"
                      "matrix the sweep starts from ones: it is that of the sum of the entries.\n",
      tape_examples },
    { "ops", "[NAME]", "the manual of operations",
      "Without a name all operations, by chapter. NAME may be what the language calls\n"
      "the operation, too: tr, inv, chol.\n",
      ops_examples },
    { "help", "[COMMAND]", "what a command does", "", help_examples },
};

static bool shown(const cli_option *x, cli_verb verb) { return !x->hidden && (x->verbs >> verb & 1u); }

/* Words in lines of at most 78 letters, from that column on. */
static void wrap(FILE *out, const char *text, size_t column) {
    size_t at = column;
    while (*text) {
        size_t n = strcspn(text, " ");
        if (at + n > 78 && at > column) {
            fprintf(out, "\n%*s", (int)column, "");
            at = column;
        } else if (at > column) {
            fputc(' ', out);
            at++;
        }
        fprintf(out, "%.*s", (int)n, text);
        at += n;
        text += n;
        while (*text == ' ') text++;
    }
    fputc('\n', out);
}

static void write_option(FILE *out, const cli_option *x) {
    char left[64];
    int n = snprintf(left, sizeof left, x->letter ? "  -%c, " : "      ", x->letter);
    n += snprintf(left + n, sizeof left - (size_t)n, "--%s", x->name);
    if (x->argument) snprintf(left + n, sizeof left - (size_t)n, " %s", x->argument);
    fprintf(out, "%-26s", left);
    if (strlen(left) >= 26) fprintf(out, "\n%26s", "");
    wrap(out, x->what, 26);
    for (size_t k = 0; x->choices && x->choices[k]; k++)
        fprintf(out, "%s%s%s", k ? ", " : "                          ", x->choices[k], x->choices[k + 1] ? "" : "\n");
}

static const char exits[] = "Exit status: 0 done; 1 a claim does not hold; 2 a wrong option, formula or file;\n"
                            "3 it could not be computed (singular, not finite, undecided) or not be written.\n";

void cli_write_usage(FILE *out) {
    fputs("matgrad differentiates matrix expressions.\n\nUsage:\n", out);
    for (int k = CLI_INTERACTIVE; k < CLI_VERBS; k++) {
        char left[64];
        const cli_command *c = &cli_commands[k];
        snprintf(left, sizeof left, "  matgrad%s%s%s%s", *c->name ? " " : "", c->name, *c->operands ? " " : "",
                 c->operands);
        fprintf(out, "%-28s", left);
        wrap(out, c->what, 28);
    }
    fputs("\nmatgrad COMMAND --help says more of each, with examples.\n\n", out);
    fputs(exits, out);
}

void cli_write_help(FILE *out, cli_verb verb) {
    const cli_command *c = &cli_commands[verb];
    if (verb == CLI_INTERACTIVE) {
        cli_write_usage(out);
        fputc('\n', out);
    } else {
        fprintf(out, "matgrad %s: %s.\n\nUsage: matgrad %s %s [OPTION]...\n\n", c->name, c->what, c->name, c->operands);
    }
    if (*c->more) fprintf(out, "%s\n", c->more);
    fputs("Options:\n", out);
    for (size_t k = 0; k < cli_option_count; k++)
        if (shown(&cli_option_table[k], verb)) write_option(out, &cli_option_table[k]);
    if (verb == CLI_INTERACTIVE) return;
    fputs("\nExamples:\n", out);
    for (size_t k = 0; c->example[k]; k += 2) fprintf(out, "  %s\n      %s\n", c->example[k], c->example[k + 1]);
}

/* ---- the manual page ---- */

/* A backslash is no escape, a line that begins with . or ' no request, and - is typed as it stands. */
static void roff(FILE *out, const char *text) {
    bool start = true;
    for (const char *s = text; *s; s++) {
        if (start && (*s == '.' || *s == '\'')) fputs("\\&", out);
        start = *s == '\n';
        if (*s == '\\')
            fputs("\\e", out);
        else if (*s == '-')
            fputs("\\-", out);
        else if (*s == '\'')
            fputs("\\(aq", out);
        else
            fputc(*s, out);
    }
}

static void man_option(FILE *out, const cli_option *x) {
    fputs(".TP\n", out);
    if (x->letter) fprintf(out, "\\fB\\-%c\\fR, ", x->letter);
    fprintf(out, "\\fB\\-\\-");
    roff(out, x->name);
    fputs("\\fR", out);
    if (x->argument) fprintf(out, " \\fI%s\\fR", x->argument);
    fputc('\n', out);
    roff(out, x->what);
    fputc('\n', out);
    for (size_t k = 0; x->choices && x->choices[k]; k++) {
        fputs(k ? ", " : ".br\n", out);
        roff(out, x->choices[k]);
        if (!x->choices[k + 1]) fputc('\n', out);
    }
}

void cli_write_man(FILE *out) {
    fprintf(out, ".TH MATGRAD 1 \"\" \"matgrad %s\"\n.ad l\n.SH NAME\nmatgrad \\- differentiate matrix expressions\n",
            mgd_version());
    fputs(".SH SYNOPSIS\n", out);
    for (int k = CLI_INTERACTIVE; k < CLI_VERBS; k++) {
        const cli_command *c = &cli_commands[k];
        fprintf(out, "%s\\fBmatgrad%s%s\\fR %s\n", k ? ".br\n" : "", *c->name ? " " : "", c->name, c->operands);
    }
    fputs(".SH COMMANDS\n", out);
    for (int k = CLI_INTERACTIVE; k < CLI_VERBS; k++) {
        const cli_command *c = &cli_commands[k];
        fprintf(out, ".SS matgrad%s%s\n", *c->name ? " " : "", c->name);
        roff(out, c->what);
        fputs(*c->more ? "\n.PP\n" : "\n", out);
        roff(out, c->more);
        if (k == CLI_INTERACTIVE) continue;
        fputs(".PP\nExamples:\n.nf\n", out);
        for (size_t e = 0; c->example[e]; e += 2) {
            fputs("\n    ", out);
            roff(out, c->example[e]);
            fputs("\n        ", out);
            roff(out, c->example[e + 1]);
        }
        fputs("\n.fi\n", out);
    }
    fputs(".SH OPTIONS\n", out);
    for (size_t k = 0; k < cli_option_count; k++)
        if (!cli_option_table[k].hidden) man_option(out, &cli_option_table[k]);
    fputs(".SH EXIT STATUS\n", out);
    roff(out, exits + strlen("Exit status: "));
    fputs(".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nwhere it is set, messages have no "
          "colour\n.TP\n\\fBXDG_STATE_HOME\\fR\n"
          "where the history of sessions is kept: ~/.local/state without it\n",
          out);
}

/* ---- completions ---- */

static void bash_words(FILE *out, cli_verb verb) {
    for (size_t k = 0; k < cli_option_count; k++)
        if (shown(&cli_option_table[k], verb)) fprintf(out, " --%s", cli_option_table[k].name);
}

static void write_choices(FILE *out, const cli_option *x) {
    for (size_t k = 0; x->choices[k]; k++) fprintf(out, "%s%s", k ? " " : "", x->choices[k]);
}

static void write_bash(FILE *out) {
    fputs("# completions of matgrad for bash: matgrad help --completion=bash\n_matgrad() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
          "    COMPREPLY=()\n    case $before in\n",
          out);
    for (size_t k = 0; k < cli_option_count; k++) {
        const cli_option *x = &cli_option_table[k];
        if (!x->argument || x->hidden) continue;
        fprintf(out, "    --%s", x->name);
        if (x->letter) fprintf(out, " | -%c", x->letter);
        if (x->choices) {
            fputs(") COMPREPLY=($(compgen -W '", out);
            write_choices(out, x);
            fputs("' -- \"$word\")); return ;;\n", out);
        } else if (x->kind == CLI_OUTPUT || x->kind == CLI_FILE)
            fputs(") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n", out);
        else
            fputs(") ;;\n", out);
    }
    fputs("    =) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n    esac\n    case ${COMP_WORDS[1]} in\n", out);
    for (int k = CLI_EVAL; k < CLI_VERBS; k++) {
        fprintf(out, "    %s) words='", cli_commands[k].name);
        bash_words(out, (cli_verb)k);
        fputs("' ;;\n", out);
    }
    fputs("    *) words='", out);
    bash_words(out, CLI_INTERACTIVE);
    fputs("' ;;\n    esac\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"", out);
    for (int k = CLI_EVAL; k < CLI_VERBS; k++) fprintf(out, "%s ", cli_commands[k].name);
    fputs("$words\"\n    elif [ \"${COMP_WORDS[1]}\" = ops ] && [[ $word != -* ]]; then\n"
          "        words=$(matgrad ops 2>/dev/null | sed -n 's/^  \\([a-z0-9_A-Z]*\\) .*/\\1/p')\n"
          "    elif [ \"${COMP_WORDS[1]}\" = help ] && [[ $word != -* ]]; then\n        words='",
          out);
    for (int k = CLI_EVAL; k < CLI_VERBS; k++) fprintf(out, "%s%s", k > CLI_EVAL ? " " : "", cli_commands[k].name);
    fputs(
        "'\n    elif [[ $word != -* ]]; then\n        COMPREPLY=($(compgen -f -- \"$word\"))\n        return\n    fi\n"
        "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\ncomplete -o filenames -F _matgrad matgrad\n",
        out);
}

/* Between quotes of zsh's, where a quote, a bracket and a colon mean something. */
static void zsh_text(FILE *out, const char *text) {
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", out);
        else if (strchr("[]:", *text))
            fprintf(out, "\\%c", *text);
        else
            fputc(*text, out);
    }
}

static void write_zsh(FILE *out) {
    fputs("#compdef matgrad\n# completions of matgrad for zsh: matgrad help --completion=zsh\n_matgrad() {\n"
          "    local -a commands options\n    commands=(\n",
          out);
    for (int k = CLI_EVAL; k < CLI_VERBS; k++) {
        fprintf(out, "        '%s:", cli_commands[k].name);
        zsh_text(out, cli_commands[k].what);
        fputs("'\n", out);
    }
    fputs("    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
          "    case $words[2] in\n",
          out);
    for (int k = CLI_EVAL; k < CLI_VERBS; k++) {
        fprintf(out, "    %s) options=(\n", cli_commands[k].name);
        for (size_t i = 0; i < cli_option_count; i++) {
            const cli_option *x = &cli_option_table[i];
            if (!shown(x, (cli_verb)k)) continue;
            fprintf(out, "        '--%s[", x->name);
            zsh_text(out, x->what);
            fputs("]", out);
            if (x->argument) {
                fprintf(out, ":%s:", x->argument);
                if (x->choices) {
                    fputc('(', out);
                    write_choices(out, x);
                    fputc(')', out);
                } else if (x->kind == CLI_OUTPUT || x->kind == CLI_FILE)
                    fputs("_files", out);
            }
            fputs("'\n", out);
        }
        fputs("        ) ;;\n", out);
    }
    fputs("    esac\n    shift words\n    (( CURRENT-- ))\n    _arguments -s $options '*:file:_files'\n}\n_matgrad "
          "\"$@\"\n",
          out);
}

void cli_write_completion(FILE *out, bool zsh) { zsh ? write_zsh(out) : write_bash(out); }
