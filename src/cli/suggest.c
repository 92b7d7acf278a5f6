/* SPDX-License-Identifier: MIT */
/* Did you mean ...? */
#include "cli/cli.h"

#include <string.h>

const char *cli_nearest(const char *name, const char *(*get)(const void *of, size_t k), const void *of) {
    const char *best = NULL, *other;
    size_t n = strlen(name);
    int least = n < 3 ? 2 : n < 6 ? 3 : 4;
    for (size_t k = 0; (other = get(of, k)); k++) {
        int apart = mgd_letters_apart(name, other);
        bool begins = n >= 2 && !strncmp(name, other, n);
        if (begins && apart > 1) apart = 1;
        if (apart < least) best = other, least = apart;
    }
    return best;
}
