/* SPDX-License-Identifier: MIT */
/* matgrad, the command. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file that is opened must not become a standard stream that was closed: what is written to one fails then. */
static void hold_streams(void) {
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd) _exit(CLI_FAILED);
}

static void write_version(FILE *out) {
    const char *matio = mgd_matio();
    fprintf(out, "matgrad %s\nlinear algebra: %s\nMAT-files: %s%s\nline editing: %s\n", mgd_version(),
            mgd_linear_algebra(), matio ? "libmatio " : "none", matio ? matio : "",
#ifdef MATGRAD_LIBEDIT
            "libedit"
#else
            "none"
#endif
    );
}

static const char *command_name(const void *of, size_t k) {
    (void)of;
    return k + 1 < CLI_VERBS ? cli_commands[k + 1].name : NULL;
}

static bool topic(const char *name, cli_verb *verb) {
    for (int k = CLI_EVAL; name && k < CLI_VERBS; k++)
        if (!strcmp(cli_commands[k].name, name)) {
            *verb = (cli_verb)k;
            return true;
        }
    *verb = CLI_INTERACTIVE;
    if (!name) return true;
    const char *like = cli_nearest(name, command_name, NULL);
    if (like)
        cli_error("help %s: there is no such command: did you mean %s?", name, like);
    else
        cli_error("help %s: there is no such command", name);
    return false;
}

static cli_status write_words(const cli_options *o) {
    cli_output out;
    cli_verb verb = o->verb;
    if (o->verb == CLI_HELP && !o->help && !topic(o->formula, &verb)) return CLI_USAGE;
    if (!cli_output_begin(&out)) return CLI_FAILED;
    if (o->version)
        write_version(out.stream);
    else if (o->man)
        cli_write_man(out.stream);
    else if (o->completion)
        cli_write_completion(out.stream, !strcmp(o->completion, "zsh"));
    else
        cli_write_help(out.stream, verb);
    return cli_output_finish(&out, NULL) ? CLI_DONE : CLI_FAILED;
}

static cli_status run(const cli_options *o) {
    if (o->help || o->version || o->verb == CLI_HELP) return write_words(o);
    switch (o->verb) {
    case CLI_TAPE:
        return cli_run_tape(o);
    case CLI_OPS:
        return cli_run_ops(o);
    case CLI_INTERACTIVE:
        return !o->file && isatty(STDIN_FILENO) ? cli_run_session(o) : cli_run_formula(o);
    default:
        return cli_run_formula(o);
    }
}

int main(int argc, char **argv) {
    cli_options o;
    hold_streams();
    cli_color("auto");
    cli_status status = cli_parse_options(argc, argv, &o) ? run(&o) : CLI_USAGE;
    cli_options_free(&o);
    return (int)status;
}
