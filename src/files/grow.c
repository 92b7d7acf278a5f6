/* SPDX-License-Identifier: MIT */
/* Room for what is read, and what is refused before there is any. */
#define _POSIX_C_SOURCE 200809L
#include "files/files.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void mgd__tell(const mgd_why *why, const char *place, const char *sentence) {
    enum { LONGEST_NAME = 200 }; /* of a longer one, the end: the sentence needs room too */
    const size_t length = strlen(why->name);
    const bool cut = length > LONGEST_NAME;
    snprintf(why->text, why->size, "%s%s%s: %s", cut ? "..." : "", why->name + (cut ? length - LONGEST_NAME : 0), place,
             sentence);
}

bool mgd__complain(const mgd_why *why, const char *format, ...) {
    char sentence[MGD_WHY];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    mgd__tell(why, "", sentence);
    return false;
}

bool mgd__complain_memory(const mgd_why *why, int64_t rows, int64_t cols) {
    return mgd__complain(why, "not enough memory for its %lldx%lld numbers, %.3g GB", (long long)rows, (long long)cols,
                         (double)rows * (double)cols * 8e-9);
}

/* The bytes of memory that the machine has, free or not. */
static double memory_of_machine(void) {
#ifdef _SC_PHYS_PAGES
    const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    if (pages > 0 && page > 0) return (double)pages * (double)page;
#endif
    return 0x1p46;
}

bool mgd__check_size(const mgd_why *why, int64_t rows, int64_t cols) {
    if (rows < 1 || cols < 1)
        return mgd__complain(why, "%lldx%lld: a matrix has at least one row and one column", (long long)rows,
                             (long long)cols);
    if (rows > INT32_MAX || cols > INT32_MAX)
        return mgd__complain(why, "%lldx%lld: a matrix has at most %lld rows and columns", (long long)rows,
                             (long long)cols, (long long)INT32_MAX);
    const double memory = memory_of_machine();
    if ((double)rows * (double)cols * sizeof(double) > memory)
        return mgd__complain(why, "%lldx%lld numbers need %.3g GB of memory, and this machine has %.3g GB",
                             (long long)rows, (long long)cols, (double)rows * (double)cols * 8e-9, memory * 1e-9);
    return true;
}

bool mgd__numbers_grow(mgd_numbers *n) {
    if (n->room > SIZE_MAX / 2 / sizeof(double)) return false;
    const size_t room = n->room ? 2 * n->room : 64;
    double *larger = realloc(n->data, room * sizeof *larger);
    if (!larger) return false;
    n->data = larger;
    n->room = room;
    return true;
}
