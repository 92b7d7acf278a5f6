/* SPDX-License-Identifier: MIT */
/* NumPy's files: "\x93NUMPY", the version, the length of the header, the header (a Python dictionary with descr,
 * fortran_order and shape, padded with blanks to a multiple of 64 bytes), and the entries.
 * Source: NumPy Enhancement Proposal 1, and numpy.lib.format for versions 2 (a longer header) and 3 (UTF-8). */
#include "files/files.h"

#include <stdlib.h>
#include <string.h>

enum { MAGIC = 8, LONGEST_HEADER = 1 << 20, CHUNK = 1 << 16 };

typedef struct {
    char kind;    /* f, i, u or b */
    bool big;     /* the most significant byte comes first */
    size_t size;  /* of an entry, in bytes */
    bool fortran; /* column by column */
    int64_t rows, cols;
} layout;

static bool big_endian(void) {
    const uint16_t one = 1;
    return *(const unsigned char *)&one == 0;
}

/* ---- the header ---- */

typedef struct {
    const mgd_why *why;
    const char *begin, *at;
    int64_t before; /* bytes of the file before the header */
} dictionary;

static bool fail_header(const dictionary *d, const char *expected) {
    char text[24];
    size_t n = 0;
    for (; n < sizeof text - 1 && d->at[n] > ' ' && d->at[n] <= '~'; n++) text[n] = d->at[n];
    text[n] = 0;
    return mgd__complain(d->why, "byte %lld: the header is not NumPy's: expected %s, found %s%s%s",
                         (long long)(d->before + (d->at - d->begin)), expected, n ? "'" : "", n ? text : "nothing",
                         n ? "'" : "");
}

static bool take(dictionary *d, char c) {
    while (*d->at == ' ' || *d->at == '\n' || *d->at == '\t') d->at++;
    if (*d->at != c) return false;
    d->at++;
    return true;
}

static bool read_text(dictionary *d, char text[24], const char *expected) {
    const char quote = take(d, '\'') ? '\'' : take(d, '"') ? '"' : 0;
    const char *const end = quote ? strchr(d->at, quote) : NULL;
    if (!end || end - d->at > 23) return fail_header(d, expected);
    memcpy(text, d->at, (size_t)(end - d->at));
    text[end - d->at] = 0;
    d->at = end + 1;
    return true;
}

static bool fail_type(const dictionary *d, const char *descr) {
    static const struct {
        const char *code, *name;
    } names[] = {
        { "f2", "float16" },     { "f12", "long double" },   { "f16", "long double" },  { "c8", "complex64" },
        { "c16", "complex128" }, { "c", "complex numbers" }, { "O", "Python objects" }, { "U", "strings" },
        { "S", "strings" },      { "V", "records" },         { "M8", "dates" },         { "m8", "time spans" }
    };
    const char *const code = *descr && strchr("<>=|", *descr) ? descr + 1 : descr;
    const char *name = "entries of an unknown type";
    for (size_t i = sizeof names / sizeof *names; i-- > 0;)
        if (!strncmp(code, names[i].code, strlen(names[i].code))) name = names[i].name;
    return mgd__complain(d->why, "it holds %s ('%s'); read are float64, float32, integers and bool", name, descr);
}

static bool read_type(dictionary *d, layout *l) {
    if (take(d, '[')) return mgd__complain(d->why, "it holds records with fields; read are plain numbers");
    char descr[24] = "";
    if (!read_text(d, descr, "the type of the entries")) return false;
    const char *at = descr;
    l->big = *at == '>' || (*at != '<' && big_endian());
    if (*at && strchr("<>=|", *at)) at++;
    l->kind = *at;
    l->size = *at && at[1] && !at[2] ? (size_t)(at[1] - '0') : 0;
    static const char *const known[] = { "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(at, known[i])) return true;
    return fail_type(d, descr);
}

static bool read_order(dictionary *d, layout *l) {
    take(d, ' ');
    l->fortran = !strncmp(d->at, "True", 4);
    if (!l->fortran && strncmp(d->at, "False", 5) != 0) return fail_header(d, "True or False");
    d->at += l->fortran ? 4 : 5;
    return true;
}

static bool read_extent(dictionary *d, int64_t *extent) {
    take(d, ' ');
    const char *const begin = d->at;
    for (*extent = 0; *d->at >= '0' && *d->at <= '9'; d->at++)
        if (d->at - begin < 18) *extent = 10 * *extent + (*d->at - '0');
    const bool large = d->at - begin > 18;
    if (large) d->at = begin;
    if (large) return fail_header(d, "a number of rows or columns of at most 18 digits");
    if (d->at == begin) return fail_header(d, "a whole number of rows or columns");
    if (*d->at == 'L') d->at++; /* as Python 2 wrote it */
    return true;
}

static bool read_shape(dictionary *d, layout *l) {
    if (!take(d, '(')) return fail_header(d, "a shape in parentheses");
    const char *const begin = d->at - 1;
    int64_t extent[2] = { 1, 1 }, more;
    int count = 0;
    while (!take(d, ')')) {
        if (!read_extent(d, count < 2 ? &extent[count] : &more)) return false;
        count++;
        if (take(d, ',')) continue;
        if (!take(d, ')')) return fail_header(d, "',' or ')'");
        break;
    }
    l->rows = extent[0];
    l->cols = extent[1];
    if (count <= 2) return true;
    return mgd__complain(d->why, "an array of %d dimensions, %.*s; a matrix has two", count,
                         (int)(d->at - begin > 60 ? 60 : d->at - begin), begin);
}

static bool read_dictionary(dictionary *d, layout *l) {
    static const char *const keys[] = { "descr", "fortran_order", "shape" };
    static bool (*const readers[])(dictionary *, layout *) = { read_type, read_order, read_shape };
    bool got[3] = { false, false, false };
    if (!take(d, '{')) return fail_header(d, "'{'");
    while (!take(d, '}')) {
        char key[24];
        if (!read_text(d, key, "a key in quotes")) return false;
        if (!take(d, ':')) return fail_header(d, "':'");
        size_t k = 0;
        while (k < 3 && strcmp(key, keys[k]) != 0) k++;
        if (k == 3 || got[k])
            return mgd__complain(d->why, "its header has %s key '%s'", k == 3 ? "an unknown" : "twice the", key);
        if (!readers[k](d, l)) return false;
        got[k] = true;
        if (take(d, ',')) continue;
        if (!take(d, '}')) return fail_header(d, "',' or '}'");
        break;
    }
    for (size_t k = 0; k < 3; k++)
        if (!got[k]) return mgd__complain(d->why, "its header has no key '%s'", keys[k]);
    take(d, '\n');
    return *d->at ? fail_header(d, "nothing after '}'") : true;
}

static bool fail_ends(const mgd_stream *s, const char *where) {
    return mgd__complain(s->why, "truncated: it ends at byte %lld, %s", (long long)mgd__stream_offset(s), where);
}

static bool read_header(mgd_stream *s, layout *l) {
    unsigned char start[MAGIC], length[4] = { 0 };
    const size_t got = mgd__stream_read(s, start, MAGIC);
    if (got == 0 || memcmp(start, "\x93NUMPY", got < 6 ? got : 6) != 0)
        return mgd__complain(s->why, "it does not begin as an npy file does, with \\x93NUMPY");
    if (got < MAGIC) return fail_ends(s, "in the first 8");
    if (start[6] < 1 || start[6] > 3)
        return mgd__complain(s->why, "npy version %d.%d; read are 1, 2 and 3", start[6], start[7]);
    const size_t width = start[6] == 1 ? 2 : 4;
    if (mgd__stream_read(s, length, width) < width) return fail_ends(s, "in the length of the header");
    const size_t size = length[0] | (size_t)length[1] << 8 | (size_t)length[2] << 16 | (size_t)length[3] << 24;
    if (size > LONGEST_HEADER)
        return mgd__complain(s->why, "a header of %zu bytes; at most %d are read", size, LONGEST_HEADER);
    char *text = malloc(size + 1);
    if (!text) return mgd__complain(s->why, "out of memory");
    dictionary d = { .why = s->why, .begin = text, .at = text, .before = mgd__stream_offset(s) };
    const size_t there = mgd__stream_read(s, text, size);
    text[there] = 0;
    const bool read = there == size ? read_dictionary(&d, l) : fail_ends(s, "in the header");
    free(text);
    return read;
}

/* ---- the entries ---- */

static double entry_of(const layout *l, const unsigned char *bytes) {
    uint64_t bits = 0;
    for (size_t i = 0; i < l->size; i++) bits = bits << 8 | bytes[l->big ? i : l->size - 1 - i];
    switch (l->kind) {
    case 'f':
        if (l->size == 8) {
            double x;
            return memcpy(&x, &bits, sizeof x), x;
        } else {
            const uint32_t half = (uint32_t)bits;
            float x;
            return memcpy(&x, &half, sizeof x), (double)x;
        }
    case 'i': {
        const uint64_t sign = (uint64_t)1 << (8 * l->size - 1);
        return bits & sign ? -(double)((~bits & (sign - 1)) + 1) : (double)bits;
    }
    case 'b':
        return bits != 0;
    default:
        return (double)bits;
    }
}

/* Where the k-th entry of the file goes. */
static size_t place_of(const layout *l, size_t k) {
    const size_t rows = (size_t)l->rows, cols = (size_t)l->cols;
    return l->fortran ? k % rows * cols + k / rows : k;
}

static bool is_native(const layout *l) { return l->kind == 'f' && l->size == 8 && l->big == big_endian(); }

static bool fail_short(const mgd_stream *s, const layout *l, int64_t got) {
    return mgd__complain(s->why,
                         "truncated: %lldx%lld entries of %zu bytes need %lld bytes after the header, %lld are there",
                         (long long)l->rows, (long long)l->cols, l->size,
                         (long long)l->rows * (long long)l->cols * (long long)l->size, (long long)got);
}

/* Entries from..to of the file, in chunks, to where they belong. */
static bool read_part(mgd_stream *s, const layout *l, double *data, size_t from, size_t to) {
    unsigned char chunk[CHUNK];
    for (size_t k = from; k < to;) {
        const size_t most = CHUNK / l->size, count = to - k < most ? to - k : most;
        const size_t got = mgd__stream_read(s, chunk, count * l->size);
        if (got < count * l->size) return fail_short(s, l, (int64_t)(k * l->size + got));
        size_t at = place_of(l, k);
        const size_t cols = (size_t)l->cols, last = ((size_t)l->rows - 1) * cols;
        for (size_t i = 0; i < count; i++, k++) {
            data[at] = entry_of(l, chunk + i * l->size);
            at = !l->fortran ? at + 1 : at < last ? at + cols : at - last + 1;
        }
    }
    return true;
}

static bool read_native(mgd_stream *s, const layout *l, double *data, size_t from, size_t to) {
    const size_t got = mgd__stream_read(s, data + from, (to - from) * 8);
    return got == (to - from) * 8 ? true : fail_short(s, l, (int64_t)(from * 8 + got));
}

/* Memory grows with what has come where the length of the stream is not known, and is then all there from the start. */
static bool read_entries(mgd_stream *s, const layout *l, mgd_matrix_file *out) {
    const size_t count = (size_t)l->rows * (size_t)l->cols;
    layout in_order = *l;
    if (s->total < 0) in_order.fortran = false;
    size_t room = s->total < 0 && count > CHUNK ? CHUNK : count;
    for (size_t done = 0; done < count; done = room, room = count - room < room ? count : 2 * room) {
        double *larger = realloc(out->data, room * sizeof *larger);
        if (!larger) return mgd__complain_memory(s->why, l->rows, l->cols);
        out->data = larger;
        if (!(is_native(l) && !in_order.fortran ? read_native : read_part)(s, &in_order, out->data, done, room))
            return false;
    }
    if (in_order.fortran == l->fortran) return true;
    double *const data = malloc(count * sizeof *data);
    if (!data) return mgd__complain_memory(s->why, l->rows, l->cols);
    for (size_t k = 0; k < count; k++) data[place_of(l, k)] = out->data[k];
    free(out->data);
    out->data = data;
    return true;
}

bool mgd__npy_read(mgd_stream *s, mgd_matrix_file *out) {
    layout l = { 0 };
    if (!read_header(s, &l) || !mgd__check_size(s->why, l.rows, l.cols)) return false;
    const int64_t need = l.rows * l.cols * (int64_t)l.size, left = s->total - mgd__stream_offset(s);
    if (s->total >= 0 && left < need) return fail_short(s, &l, left);
    out->rows = l.rows;
    out->cols = l.cols;
    if (!read_entries(s, &l, out)) return false;
    char more;
    if (mgd__stream_read(s, &more, 1) == 0) return true;
    return mgd__complain(s->why, "byte %lld: more follows the %lldx%lld entries",
                         (long long)(mgd__stream_offset(s) - 1), (long long)l.rows, (long long)l.cols);
}

/* ---- writing ---- */

static void write_header(mgd_sink *s, const mgd_array *a) {
    char header[128];
    memset(header, ' ', sizeof header);
    memcpy(header, "\x93NUMPY\x01\x00\x76\x00", 10); /* 118 bytes follow: 128 in all */
    const int length =
        snprintf(header + 10, sizeof header - 10, "{'descr': '%cf%d', 'fortran_order': False, 'shape': (%lld, %lld), }",
                 big_endian() ? '>' : '<', a->precision == MGD_FLOAT ? 4 : 8, (long long)a->rows, (long long)a->cols);
    header[10 + length] = ' ';
    header[127] = '\n';
    mgd__sink_bytes(s, header, sizeof header);
}

void mgd__npy_write(mgd_sink *s, const mgd_array *a) {
    const size_t size = a->precision == MGD_FLOAT ? sizeof(float) : sizeof(double);
    write_header(s, a);
    for (int64_t i = 0; i < a->rows; i++) {
        const char *const row = (const char *)a->data + i * a->row_stride * (int64_t)size;
        if (a->col_stride == 1)
            mgd__sink_bytes(s, row, (size_t)a->cols * size);
        else
            for (int64_t j = 0; j < a->cols; j++) mgd__sink_bytes(s, row + j * a->col_stride * (int64_t)size, size);
    }
}
