/* SPDX-License-Identifier: MIT */
/* The command as its users run it: lines for a shell, in an empty folder, and what came of them. */
#ifndef MGD_TEST_COMMAND_H
#define MGD_TEST_COMMAND_H

#include <stddef.h>

extern char *command_out, *command_err; /* what the last line wrote */

/* Runs a line with sh, matgrad being the one that was built, and returns its exit status; 128 + n after signal n. */
int command(const char *line);

void command_file(const char *name, const char *text); /* a file in the folder */
void command_bytes(const char *name, const void *bytes, size_t n);
const char *command_folder(void);
const char *command_root(void); /* of the repository */

/* Runs it and compares: the status, all of standard output, and a part of standard error ("" for nothing there, NULL
 * for anything). */
void command_gives(const char *line, int status, const char *out, const char *err);
void command_says(const char *line, int status, const char *part); /* a part of standard output */

#endif
