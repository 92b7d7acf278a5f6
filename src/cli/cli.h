/* SPDX-License-Identifier: MIT */
/* The command: what its files share. Everything that it knows of the library stands in include/. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "matgrad.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* ---- how it ends ---- */
typedef enum {
    CLI_DONE = 0,
    CLI_REFUTED = 1, /* a claim does not hold, and nothing else */
    CLI_USAGE = 2,   /* options, files and formulas that are not as they should be */
    CLI_FAILED = 3   /* singular, not finite, undecided, not written */
} cli_status;

/* The worse of two: what failed says more than what was refuted. */
static inline cli_status cli_worse(cli_status a, cli_status b) { return a > b ? a : b; }

/* ---- words (help.c): one table gives the help, the manual page, the completions and the parser ---- */
typedef enum { CLI_INTERACTIVE, CLI_EVAL, CLI_GRAD, CLI_JACOBIAN, CLI_HESSIAN, CLI_TAPE, CLI_OPS, CLI_HELP } cli_verb;
enum { CLI_VERBS = CLI_HELP + 1 };

typedef struct {
    const char *name, *operands, *what; /* "" for the session */
    const char *more;                   /* lines of at most 78 letters */
    const char *const *example;         /* pairs: the command, what it does; ends with NULL */
} cli_command;

typedef enum {
    CLI_WRT,
    CLI_LET,
    CLI_AT,
    CLI_FORMAT,
    CLI_OUTPUT,
    CLI_FILE,
    CLI_GUESS,
    CLI_WIDTH,
    CLI_DIGITS,
    CLI_DOT,
    CLI_COLOR,
    CLI_ASK_HELP,
    CLI_ASK_VERSION,
    CLI_MAN,
    CLI_COMPLETION
} cli_option_kind;

typedef struct {
    cli_option_kind kind;
    const char *name;
    char letter;                /* 0 for none */
    const char *argument;       /* NULL for none */
    const char *const *choices; /* up to NULL; NULL where anything may stand */
    const char *what;
    unsigned verbs; /* bit 1 << verb for each that it belongs to */
    bool hidden;
} cli_option;

extern const cli_command cli_commands[CLI_VERBS];
extern const cli_option cli_option_table[];
extern const size_t cli_option_count;

void cli_write_help(FILE *out, cli_verb verb);
void cli_write_usage(FILE *out);
void cli_write_man(FILE *out);
void cli_write_completion(FILE *out, bool zsh);

/* ---- the command line (options.c) ---- */
typedef enum { CLI_TEXT, CLI_UNICODE, CLI_LATEX, CLI_MATHML, CLI_JSON, CLI_C_ARRAY } cli_format;

typedef struct {
    char **item;
    size_t count, room;
} cli_list;

typedef struct {
    cli_verb verb;
    const char *formula; /* NULL for none */
    const char *file;    /* of -f */
    cli_list wrt, let, data;
    cli_format format;
    bool format_given;
    const char *output;
    bool guess, dot, man, help, version;
    const char *completion;
    long width; /* -1 where it was not given */
} cli_options;

bool cli_parse_options(int argc, char **argv, cli_options *o); /* false after a message */
void cli_options_free(cli_options *o);
bool cli_format_named(const char *name, cli_format *format);
bool cli_list_add(cli_list *l, const char *text, size_t n);
void cli_list_free(cli_list *l);

/* The nearest of the names (get(k), NULL behind the last) to a misspelt one; NULL where none is near. */
const char *cli_nearest(const char *name, const char *(*get)(const void *of, size_t k), const void *of);

/* ---- messages (say.c): on standard error ---- */
void cli_color(const char *when); /* auto, always, never */
void cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void cli_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void cli_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void cli_error_in_text(const char *message); /* of the reader: with the line and a caret */
void cli_warning_in_text(const char *message);
void cli_busy(const char *what); /* says so after a second, where a person looks on; NULL ends it */
bool cli_out_of_memory(void);    /* says so; false */

/* ---- what is known: a tape, names, data (session.c, data.c) ---- */
typedef struct {
    char *name, *from; /* "X", "X.csv" */
    double *numbers;
    int64_t rows, cols;
    bool used;
} cli_datum;

typedef struct {
    char *name, *formula;
    mgd_var *v; /* once read */
    bool reading;
} cli_let;

typedef struct {
    mgd_tape *tape;
    mgd_reader *reader;
    cli_datum *datum;
    size_t data, data_room;
    cli_let *let;
    size_t lets, let_room;
    bool guess;
    bool strict;  /* is it an error that data is missing? else the formula is the result */
    char *nested; /* the message of a let that could not be read */
} cli_session;

bool cli_session_open(cli_session *s);
void cli_session_close(cli_session *s);
bool cli_add_let(cli_session *s, const char *text);                          /* NAME=FORMULA */
bool cli_read(cli_session *s, const char *name, const char *text, size_t n); /* false after a message */
cli_status cli_apply_data(cli_session *s, bool all); /* all: data for a name that nothing has are an error */
bool cli_is_assignment(const char *text);            /* NAME=... */
bool cli_read_datum(cli_datum *d, const char *text); /* NAME=FILE, NAME=NUMBER, NAME=[1,2;3,4]; false after a message */
bool cli_add_datum(cli_session *s, const char *text); /* the same, kept; a datum of that name before is forgotten */
void cli_free_datum(cli_datum *d);
char *cli_read_text(FILE *in, const char *name, size_t *n);    /* a whole stream; NULL after a message */
char *cli_read_text_file(const char *path, size_t *n);         /* "-" is standard input */
mgd_var *cli_input_at(const cli_session *s, size_t k);         /* the k-th declared input; NULL behind the last */
mgd_var *cli_find_var(const cli_session *s, const char *name); /* NULL after a message */
bool cli_has_data(mgd_var *v);
const char *cli_lacks(const cli_session *s, mgd_var *v); /* the first name below v that has no number, or NULL */

/* ---- what comes out (results.c, numbers.c, formats.c, output.c) ---- */
typedef enum { CLI_FORMULA, CLI_NUMBERS, CLI_VERDICT } cli_result_kind;

typedef struct {
    cli_result_kind kind;
    char *name; /* "dX" */
    mgd_var *v; /* of a formula, or whose value the numbers are; NULL for Jacobians */
    double *numbers;
    int64_t rows, cols;
    mgd_verdict verdict;
} cli_result;

typedef struct {
    cli_result *item;
    size_t count, room;
    bool not_finite;
    bool named; /* is the name shown of one alone, too? */
} cli_results;

/* The results of the statements from the number `from` on, asked for by that verb. */
cli_status cli_results_of(cli_session *s, cli_verb verb, const cli_list *wrt, size_t from, cli_results *results);
cli_status cli_derivative(cli_session *s, mgd_statement_kind kind, mgd_var *f, mgd_var *x, cli_results *results);
void cli_results_free(cli_results *r);

bool cli_write_results(FILE *out, const cli_results *r, cli_format format, size_t width); /* false after a message */
void cli_digits(int digits); /* of numbers as text; 0 for as many as read back */
void cli_write_number(FILE *out, double x, cli_format format);
void cli_write_value(FILE *out, mgd_var *v); /* short, in one line */
void cli_write_json_text(FILE *out, const char *text);

/* What is to be written is gathered, and written when it is whole. */
typedef struct {
    FILE *stream;
    char *text;
    size_t length;
} cli_output;
bool cli_output_begin(cli_output *o);
bool cli_output_finish(cli_output *o, const char *path); /* NULL or "-": standard output; false after a message */
void cli_output_drop(cli_output *o);

/* ---- the verbs ---- */
cli_status cli_run_formula(const cli_options *o); /* formula.c */
cli_status cli_run_tape(const cli_options *o);    /* tape.c */
cli_status cli_write_tape(cli_session *s, mgd_var *f, FILE *out);
cli_status cli_run_ops(const cli_options *o);                               /* ops.c */
cli_status cli_run_session(const cli_options *o);                           /* repl.c */
char *cli_formula_text(const cli_options *o, const char **name, size_t *n); /* NULL after a message */
cli_status cli_prepare(const cli_options *o, cli_session *s);               /* opened, read, with data */
size_t cli_width(const cli_options *o);

/* ---- a line of a terminal (line.c) ---- */
typedef struct cli_line cli_line;
cli_line *cli_line_open(const cli_session *s);
void cli_line_close(cli_line *l);
char *cli_line_read(cli_line *l, const char *prompt, bool *interrupted); /* without its newline; NULL at the end */

#endif
