/* SPDX-License-Identifier: MIT */
/* What tests of programs say again and again. */
#ifndef MGD_TEST_PROGRAM_H
#define MGD_TEST_PROGRAM_H

#include "../tape/expect.h"

#include <stdio.h>
#include <stdlib.h>

/* One output as a function of every input of its tape. */
static inline mgd_program *compiled(mgd_var *output, unsigned options) {
    mgd_tape *t = mgd_tape_of(output);
    mgd_var *input[64];
    size_t inputs = 0;
    for (size_t i = 0; i < mgd_count(t); i++)
        if (mgd_name(mgd_at(t, i)) && inputs < 64) input[inputs++] = mgd_at(t, i);
    mgd_program *p = mgd_compile(t, inputs, input, 1, &output, options);
    ck_assert_msg(p, "%s", mgd_message(t));
    return p;
}

enum { DESCRIPTION = 1 << 16 };

/* What mgd_program_describe writes, into DESCRIPTION bytes. */
static inline void describe(const mgd_program *p, char *text) {
    FILE *out = fmemopen(text, DESCRIPTION, "w");
    mgd_program_describe(p, NULL, out);
    fclose(out);
}

#endif
