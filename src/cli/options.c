/* SPDX-License-Identifier: MIT */
/* The command line, by the table of options. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"

bool cli_list_add(cli_list *l, const char *text, size_t n) {
    if (l->count == l->room) {
        size_t room = l->room ? 2 * l->room : 8;
        char **more = realloc(l->item, room * sizeof *more);
        if (!more) return cli_out_of_memory();
        l->item = more;
        l->room = room;
    }
    l->item[l->count] = strndup(text, n);
    return l->item[l->count++] != NULL || cli_out_of_memory();
}

void cli_list_free(cli_list *l) {
    for (size_t k = 0; k < l->count; k++) free(l->item[k]);
    free(l->item);
    *l = (cli_list){ 0 };
}

void cli_options_free(cli_options *o) {
    cli_list_free(&o->wrt);
    cli_list_free(&o->let);
    cli_list_free(&o->data);
}

static const char *command_name(const void *of, size_t k) {
    (void)of;
    return k + 1 < CLI_VERBS ? cli_commands[k + 1].name : NULL;
}

static bool belongs(const cli_option *x, cli_verb verb) { return !x->hidden && (x->verbs >> verb & 1u); }

static const char *option_name(const void *of, size_t k) {
    const cli_options *o = of;
    for (size_t i = 0; i < cli_option_count; i++)
        if (belongs(&cli_option_table[i], o->verb) && k-- == 0) return cli_option_table[i].name;
    return NULL;
}

static const char *of_command(const cli_options *o) { return cli_commands[o->verb].name; }

static bool usage(const cli_options *o, const char *advice) {
    if (o->verb)
        cli_note("%smatgrad %s --help says what %s takes", advice, of_command(o), of_command(o));
    else
        cli_note("%smatgrad --help says what there is", advice);
    return false;
}

static const cli_option *find_long(const cli_options *o, const char *name, size_t n) {
    for (size_t k = 0; k < cli_option_count; k++) {
        const cli_option *x = &cli_option_table[k];
        if (x->name && strlen(x->name) == n && !strncmp(x->name, name, n) && (x->verbs >> o->verb & 1u)) return x;
    }
    return NULL;
}

static const cli_option *find_letter(const cli_options *o, char letter) {
    for (size_t k = 0; k < cli_option_count; k++)
        if (cli_option_table[k].letter == letter && (cli_option_table[k].verbs >> o->verb & 1u))
            return &cli_option_table[k];
    return NULL;
}

static bool unknown_option(const cli_options *o, const char *argument, const char *name) {
    const char *like = cli_nearest(name, option_name, o);
    bool elsewhere = false;
    for (size_t k = 0; k < cli_option_count; k++) elsewhere |= !strcmp(cli_option_table[k].name, name);
    if (elsewhere && o->verb)
        cli_error("%s: %s does not take it", argument, of_command(o));
    else if (like)
        cli_error("%s: there is no such option: did you mean --%s?", argument, like);
    else
        cli_error("%s: there is no such option", argument);
    return usage(o, "");
}

/* ---- what an option is given ---- */

static const char *choice_at(const void *of, size_t k) { return ((const char *const *)of)[k]; }

static bool check_choice(const cli_option *x, const char *given) {
    char all[160] = "";
    size_t n = 0;
    for (size_t k = 0; x->choices && x->choices[k]; k++) {
        if (!strcmp(x->choices[k], given)) return true;
        n += (size_t)snprintf(all + n, sizeof all - n, "%s%s", k ? ", " : "", x->choices[k]);
    }
    if (!x->choices) return true;
    const char *like = cli_nearest(given, choice_at, x->choices);
    if (like)
        cli_error("--%s %s: did you mean %s? There are %s", x->name, given, like, all);
    else
        cli_error("--%s %s: one of %s should stand here", x->name, given, all);
    return false;
}

bool cli_format_named(const char *name, cli_format *format) {
    static const char *const names[] = { "text", "unicode", "latex", "mathml", "json", "c-array" };
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
        if (!strcmp(names[k], name)) {
            *format = (cli_format)k;
            return true;
        }
    return false;
}

static bool add_names(cli_list *l, const char *text) {
    for (;;) {
        size_t n = strcspn(text, ",");
        if (n && !cli_list_add(l, text, n)) return false;
        if (!text[n]) return true;
        text += n + 1;
    }
}

static bool whole_number(const cli_option *x, const char *text, long least, long most, long *n) {
    char *end;
    *n = strtol(text, &end, 10);
    if (end != text && !*end && *n >= least && *n <= most) return true;
    cli_error("--%s %s: a whole number from %ld to %ld should stand here", x->name, text, least, most);
    return false;
}

static bool read_digits(const cli_option *x, const char *text) {
    long n;
    if (!whole_number(x, text, 1, 17, &n)) return false;
    cli_digits((int)n);
    return true;
}

static bool add_datum(cli_options *o, const char *text) {
    if (cli_is_assignment(text)) return cli_list_add(&o->data, text, strlen(text));
    cli_error("--at %s: NAME=FILE, NAME=NUMBER or NAME=[1,2;3,4] should stand here", text);
    return false;
}

static bool take(cli_options *o, const cli_option *x, const char *given) {
    if (!given) given = "";
    if (!check_choice(x, given)) return false;
    switch (x->kind) {
    case CLI_WRT:
        return add_names(&o->wrt, given);
    case CLI_LET:
        return cli_list_add(&o->let, given, strlen(given));
    case CLI_AT:
        return add_datum(o, given);
    case CLI_FORMAT:
        o->format_given = true;
        return cli_format_named(given, &o->format);
    case CLI_OUTPUT:
        o->output = given;
        return true;
    case CLI_FILE:
        o->file = given;
        return true;
    case CLI_GUESS:
        return o->guess = true;
    case CLI_WIDTH:
        return whole_number(x, given, 0, 1000000, &o->width);
    case CLI_DIGITS:
        return read_digits(x, given);
    case CLI_DOT:
        return o->dot = true;
    case CLI_COLOR:
        cli_color(given);
        return true;
    case CLI_ASK_HELP:
        return o->help = true;
    case CLI_ASK_VERSION:
        return o->version = true;
    case CLI_MAN:
        return o->man = true;
    case CLI_COMPLETION:
        o->completion = given;
        return true;
    }
    return false;
}

static bool lacks_argument(const cli_options *o, const cli_option *x, const char *argument) {
    cli_error("%s: %s should follow", argument, x->argument);
    return usage(o, "");
}

/* ---- arguments, one after the other ---- */

typedef struct {
    int count, next;
    char **item;
} arguments;

static bool long_option(cli_options *o, arguments *a) {
    const char *argument = a->item[a->next++], *name = argument + 2, *given = strchr(name, '=');
    size_t n = given ? (size_t)(given++ - name) : strlen(name);
    const cli_option *x = find_long(o, name, n);
    if (!x) {
        char plain[64];
        snprintf(plain, sizeof plain, "%.*s", (int)(n < 60 ? n : 60), name);
        return unknown_option(o, argument, plain);
    }
    if (given && !x->argument) {
        cli_error("%s: it takes nothing behind the =", argument);
        return usage(o, "");
    }
    if (!given && x->argument) {
        if (a->next == a->count) return lacks_argument(o, x, argument);
        given = a->item[a->next++];
    }
    return take(o, x, given);
}

static bool short_options(cli_options *o, arguments *a) {
    const char *argument = a->item[a->next++];
    for (const char *letter = argument + 1; *letter; letter++) {
        const cli_option *x = find_letter(o, *letter);
        if (!x) return unknown_option(o, argument, argument + 1);
        if (!x->argument) {
            if (!take(o, x, NULL)) return false;
            continue;
        }
        if (letter[1]) return take(o, x, letter + 1);
        if (a->next == a->count) return lacks_argument(o, x, argument);
        return take(o, x, a->item[a->next++]);
    }
    return true;
}

static bool find_verb(cli_options *o, const char *name) {
    for (int k = CLI_EVAL; k < CLI_VERBS; k++)
        if (!strcmp(cli_commands[k].name, name)) {
            o->verb = (cli_verb)k;
            return true;
        }
    const char *like = cli_nearest(name, command_name, NULL);
    bool word = strspn(name, LETTERS) == strlen(name);
    if (like && word)
        cli_error("%s: there is no such command: did you mean %s?", name, like);
    else if (word)
        cli_error("%s: there is no such command", name);
    else
        cli_error("%.60s: a command should stand in front of a formula, as in matgrad grad 'sum(A*x)'", name);
    return usage(o, "");
}

static bool positional(cli_options *o, const char *argument) {
    if (o->verb == CLI_INTERACTIVE) return find_verb(o, argument);
    if (!o->formula) {
        o->formula = argument;
        return true;
    }
    if (cli_is_assignment(argument))
        cli_error("%s: data stand behind --at", argument);
    else if (o->verb == CLI_OPS || o->verb == CLI_HELP)
        cli_error("%s: one name is enough", argument);
    else
        cli_error("%s: there is a formula already: put quotes around it, as in matgrad %s 'sum(A*x)'", argument,
                  of_command(o));
    return usage(o, "");
}

/* A formula may begin with a minus: -X*a is no option. */
static bool is_option(const cli_options *o, const char *argument) {
    if (argument[0] != '-' || !argument[1]) return false;
    if (argument[1] == '-' || find_letter(o, argument[1])) return true;
    bool word = isalpha((unsigned char)argument[1]) && strspn(argument + 1, LETTERS) == strlen(argument + 1);
    return word || o->formula;
}

bool cli_parse_options(int argc, char **argv, cli_options *o) {
    arguments a = { argc, 1, argv };
    bool data = false, only_operands = false;
    *o = (cli_options){ .width = -1 };
    while (a.next < argc) {
        const char *argument = argv[a.next];
        bool option = !only_operands && is_option(o, argument);
        if (!only_operands && !strcmp(argument, "--")) {
            only_operands = true;
            a.next++;
        } else if (option) {
            bool fine = argument[1] == '-' ? long_option(o, &a) : short_options(o, &a);
            if (!fine) return false;
            data = !strncmp(argument, "--at", 4) && (argument[4] == '\0' || argument[4] == '=');
        } else if (data && cli_is_assignment(argument)) {
            if (!add_datum(o, argument)) return false;
            a.next++;
        } else {
            if (!positional(o, argument)) return false;
            a.next++;
        }
    }
    return true;
}
