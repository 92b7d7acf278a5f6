/* SPDX-License-Identifier: MIT */
/* Which format: by its name, by the end of the file's name, by the first bytes. */
#include "files/files.h"

#include <string.h>

static const char *const names[MGD_FORMATS] = { "csv", "tsv", "npy", "mtx", "mat" };

static const struct {
    const char *bytes;
    size_t length;
    mgd_file_format kind;
} beginnings[] = {
    { "\x93NUMPY", 6, MGD_NPY },
    { "%%MatrixMarket", 14, MGD_MTX },
    { "MATLAB 5.0 MAT-file", 19, MGD_MAT },
    { "MATLAB 7.3 MAT-file", 19, MGD_MAT },
};

static const struct {
    const char *bytes;
    size_t length;
    const char *what;
} strangers[] = {
    { "PK\x03\x04", 4, "a zip archive, as .npz and .xlsx files are; take the matrix out of it first" },
    { "\x1f\x8b", 2, "compressed by gzip; unpack it first" },
    { "\x28\xb5\x2f\xfd", 4, "compressed by zstd; unpack it first" },
    { "\x89HDF\r\n\x1a\n", 8, "an HDF5 file" },
};

static bool begins(const mgd_stream *s, const char *bytes, size_t length) {
    return (size_t)(s->end - s->at) >= length && memcmp(s->at, bytes, length) == 0;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c; }

/* The name up to its end or a colon, in either case. */
static bool same(const char *name, const char *text, size_t length) {
    for (; length > 0 && *name && *name == lower(*text); length--) name++, text++;
    return length == 0 && *name == 0;
}

static bool find_name(const char *text, size_t length, mgd_file_format *kind) {
    for (int k = 0; k < MGD_FORMATS; k++)
        if (same(names[k], text, length)) return *kind = (mgd_file_format)k, true;
    return false;
}

static bool by_name(const char *named, const mgd_why *why, mgd_chosen_format *found) {
    const size_t length = strcspn(named, ":");
    if (!find_name(named, length, &found->kind))
        return mgd__complain(why, "no format is called '%.40s'; there are csv, tsv, npy, mtx and mat", named);
    if (!named[length]) return true;
    found->detail = named + length + 1;
    if (found->kind == MGD_MAT && *found->detail) return true;
    if (found->kind == MGD_MTX && !strcmp(found->detail, "coordinate")) return true;
    if (found->kind == MGD_MTX && !strcmp(found->detail, "array")) return found->detail = NULL, true;
    return mgd__complain(why, "no format is called '%.40s'; after a colon go mtx:array, mtx:coordinate and mat:NAME",
                         named);
}

static bool by_content(const mgd_stream *s, mgd_chosen_format *found) {
    found->kind = MGD_CSV;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (begins(s, beginnings[i].bytes, beginnings[i].length)) found->kind = beginnings[i].kind;
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        if (begins(s, strangers[i].bytes, strangers[i].length))
            return mgd__complain(s->why, "it is %s", strangers[i].what);
    return true;
}

bool mgd__format_find(const char *named, const char *path, const mgd_stream *s, const mgd_why *why,
                      mgd_chosen_format *found) {
    *found = (mgd_chosen_format){ .kind = MGD_CSV };
    if (named) return by_name(named, why, found);
    const char *const slash = path ? strrchr(path, '/') : NULL, *const base = slash ? slash + 1 : path;
    const char *const dot = base ? strrchr(base, '.') : NULL;
    if (dot && find_name(dot + 1, strlen(dot + 1), &found->kind)) return true;
    if (dot && same("mm", dot + 1, strlen(dot + 1))) return found->kind = MGD_MTX, true;
    if (s) return by_content(s, found);
    if (!path) return true;
    return mgd__complain(why, "the name's end says no format; there are .csv, .tsv, .npy, .mtx and .mat");
}
