/* SPDX-License-Identifier: MIT */
/* Did you mean ...? */
#include "cli/cli.h"

#include <string.h>

enum { LONGEST = 40 };

/* Insertions, deletions and exchanges of letters, and swaps of neighbours. */
static int letters_apart(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b);
    int row[3][LONGEST + 1];
    if (n > LONGEST || m > LONGEST) return LONGEST;
    for (size_t j = 0; j <= m; j++) row[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int best = before[j - 1] + (a[i - 1] != b[j - 1]);
            if (before[j] + 1 < best) best = before[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && earlier[j - 2] + 1 < best) best = earlier[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[n % 3][m];
}

const char *cli_nearest(const char *name, const char *(*get)(const void *of, size_t k), const void *of) {
    const char *best = NULL, *other;
    size_t n = strlen(name);
    int least = n < 3 ? 2 : n < 6 ? 3 : 4;
    for (size_t k = 0; (other = get(of, k)); k++) {
        int apart = letters_apart(name, other);
        bool begins = n >= 2 && !strncmp(name, other, n);
        if (begins && apart > 1) apart = 1;
        if (apart < least) best = other, least = apart;
    }
    return best;
}
