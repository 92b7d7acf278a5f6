/* SPDX-License-Identifier: MIT */
/* Results as text, Unicode, LaTeX, MathML, JSON and C. */
#define _POSIX_C_SOURCE 200809L
#include "cli/cli.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int digits_wanted; /* 0 for as many as it takes */

void cli_digits(int digits) { digits_wanted = digits; }

/* The fewest digits that read back as the same double, unless fewer are wanted. */
static void shortest(char text[40], double x) {
    if (digits_wanted) {
        snprintf(text, 40, "%.*g", digits_wanted, x);
        return;
    }
    for (int digits = fabs(x) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {
        snprintf(text, 40, "%.*g", digits, x);
        if (digits == 17 || strtod(text, NULL) == x) return;
    }
}

static void write_not_finite(FILE *out, double x, cli_format format) {
    static const char *const words[][3] = {
        [CLI_TEXT] = { "nan", "inf", "-inf" },
        [CLI_UNICODE] = { "nan", "\u221e", "-\u221e" },
        [CLI_LATEX] = { "\\mathrm{NaN}", "\\infty", "-\\infty" },
        [CLI_MATHML] = { "NaN", "&#x221E;", "-&#x221E;" },
        [CLI_JSON] = { "\"NaN\"", "\"Infinity\"", "\"-Infinity\"" },
        [CLI_C_ARRAY] = { "NAN", "INFINITY", "-INFINITY" },
    };
    fputs(words[format][isnan(x) ? 0 : x > 0 ? 1 : 2], out);
}

void cli_write_number(FILE *out, double x, cli_format format) {
    char text[40];
    if (!isfinite(x)) {
        write_not_finite(out, x, format);
        return;
    }
    shortest(text, x);
    char *e = strchr(text, 'e');
    if (format == CLI_LATEX && e) {
        fprintf(out, "%.*s \\cdot 10^{%d}", (int)(e - text), text, atoi(e + 1));
        return;
    }
    fputs(text, out);
}

void cli_write_value(FILE *out, mgd_var *v) {
    enum { SHOWN = 4 };
    const double *x = cli_lacks(&(cli_session){ .tape = mgd_tape_of(v) }, v) ? NULL : mgd_value(v);
    if (!x) return;
    int64_t rows = mgd_size_value(mgd_rows_of(v)), cols = mgd_size_value(mgd_cols_of(v)), n = rows * cols;
    if (n == 1) {
        cli_write_number(out, *x, CLI_TEXT);
        return;
    }
    fputc('[', out);
    for (int64_t i = 0; i < n && i < SHOWN; i++) {
        if (i) fputs(i % cols ? ", " : "; ", out);
        fprintf(out, "%.6g", x[i]);
    }
    fputs(n > SHOWN ? ", ...]" : "]", out);
}

/* ---- matrices ---- */

typedef struct {
    const char *begin, *row, *between, *end_row, *last_row, *end;
} frame;

static const frame frames[] = {
    [CLI_TEXT] = { "", "", ",", "\n", "\n", "" },
    [CLI_UNICODE] = { "", "", ",", "\n", "\n", "" },
    [CLI_LATEX] = { "\\begin{pmatrix}\n", "", " & ", " \\\\\n", "\n", "\\end{pmatrix}" },
    [CLI_MATHML] = { "<mrow><mo>(</mo><mtable>\n", "<mtr><mtd><mn>", "</mn></mtd><mtd><mn>", "</mn></mtd></mtr>\n",
                     "</mn></mtd></mtr>\n", "</mtable><mo>)</mo></mrow>" },
    [CLI_JSON] = { "[", "[", ", ", "], ", "]", "]" },
    [CLI_C_ARRAY] = { "{\n", "    { ", ", ", " },\n", " },\n", "}" },
};

static void write_matrix(FILE *out, const cli_result *x, cli_format format) {
    const frame *f = &frames[format];
    fputs(f->begin, out);
    for (int64_t i = 0; i < x->rows; i++) {
        fputs(f->row, out);
        for (int64_t j = 0; j < x->cols; j++) {
            if (j) fputs(f->between, out);
            cli_write_number(out, x->numbers[i * x->cols + j], format);
        }
        fputs(i + 1 < x->rows ? f->end_row : f->last_row, out);
    }
    fputs(f->end, out);
}

/* ---- one result ---- */

static const char *const answers[] = { "holds", "does not hold", "undecided" };

static void write_verdict(FILE *out, const mgd_verdict *v) {
    fputs(answers[v->answer], out);
    if (v->answer == MGD_EQUAL && v->points)
        fprintf(out, " (in exact arithmetic, at %d points; wrong with probability below %.0e)", v->points, v->doubt);
    else if (v->answer == MGD_EQUAL)
        fputs(" (both are recorded as one and the same)", out);
    else if (*v->reason)
        fprintf(out, ": %s", v->reason);
    fputc('\n', out);
}

static void write_mathml_text(FILE *out, const char *text) {
    for (; *text; text++) {
        if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '&')
            fputs("&amp;", out);
        else
            fputc(*text, out);
    }
}

static void write_numbers(FILE *out, const cli_result *x, cli_format format, bool named) {
    named = named && *x->name;
    switch (format) {
    case CLI_LATEX:
        if (named) {
            fprintf(out, "%c_{", x->name[0]);
            for (const char *s = x->name + 1; *s; s++) fprintf(out, *s == '_' ? "\\_" : "%c", *s);
            fputs("} = ", out);
        }
        write_matrix(out, x, format);
        fputc('\n', out);
        return;
    case CLI_MATHML:
        fputs("<math xmlns=\"http://www.w3.org/1998/Math/MathML\">", out);
        if (named) {
            fputs("<mi>", out);
            write_mathml_text(out, x->name);
            fputs("</mi><mo>=</mo>", out);
        }
        write_matrix(out, x, format);
        fputs("</math>\n", out);
        return;
    default:
        if (named) fprintf(out, "# %s, %lldx%lld\n", x->name, (long long)x->rows, (long long)x->cols);
        write_matrix(out, x, format);
    }
}

static bool write_formula(FILE *out, const cli_result *x, cli_format format, size_t width, bool named) {
    static const mgd_format formats[] = { MGD_TEXT, MGD_UNICODE, MGD_LATEX, MGD_MATHML };
    const char *const names[] = { x->name };
    char *text = mgd_print(1, &x->v, named && *x->name ? names : NULL, formats[format], width);
    if (!text) return cli_out_of_memory();
    fputs(text, out);
    free(text);
    return true;
}

/* ---- JSON ---- */

void cli_write_json_text(FILE *out, const char *text) {
    fputc('"', out);
    for (const unsigned char *s = (const unsigned char *)text; *s; s++) {
        if (*s == '"' || *s == '\\')
            fprintf(out, "\\%c", *s);
        else if (*s == '\n')
            fputs("\\n", out);
        else if (*s < 0x20)
            fprintf(out, "\\u%04x", *s);
        else
            fputc(*s, out);
    }
    fputc('"', out);
}

static bool write_json_formula(FILE *out, const cli_result *x) {
    char *text = mgd_print(1, &x->v, NULL, MGD_TEXT, 0);
    if (!text) return cli_out_of_memory();
    size_t n = strlen(text);
    if (n && text[n - 1] == '\n') text[n - 1] = '\0';
    fputs("\"rows\": ", out);
    cli_write_json_text(out, mgd_size_text(mgd_rows_of(x->v)));
    fputs(", \"cols\": ", out);
    cli_write_json_text(out, mgd_size_text(mgd_cols_of(x->v)));
    fputs(", \"formula\": ", out);
    cli_write_json_text(out, text);
    free(text);
    return true;
}

static bool write_json(FILE *out, const cli_results *r) {
    bool fine = true;
    fputs("{\"results\": [", out);
    for (size_t k = 0; fine && k < r->count; k++) {
        const cli_result *x = &r->item[k];
        fputs(k ? ",\n  {\"name\": " : "\n  {\"name\": ", out);
        cli_write_json_text(out, *x->name ? x->name : "result");
        fputs(", ", out);
        if (x->kind == CLI_FORMULA) {
            fine = write_json_formula(out, x);
        } else if (x->kind == CLI_NUMBERS) {
            fprintf(out, "\"rows\": %lld, \"cols\": %lld, \"value\": ", (long long)x->rows, (long long)x->cols);
            write_matrix(out, x, CLI_JSON);
        } else {
            fprintf(out, "\"claim\": \"%s\", \"points\": %d, \"doubt\": ", answers[x->verdict.answer],
                    x->verdict.points);
            cli_write_number(out, x->verdict.doubt, CLI_JSON);
            fputs(", \"reason\": ", out);
            cli_write_json_text(out, x->verdict.reason);
        }
        fputc('}', out);
    }
    fputs("\n]}\n", out);
    return fine;
}

/* ---- C ---- */

static bool write_c(FILE *out, const cli_results *r) {
    bool special = false;
    for (size_t k = 0; k < r->count; k++) {
        const cli_result *x = &r->item[k];
        if (x->kind != CLI_NUMBERS) {
            cli_error("--format c-array is for numbers: give data, with --at");
            return false;
        }
        for (int64_t i = 0; i < x->rows * x->cols; i++) special |= !isfinite(x->numbers[i]);
    }
    if (special) fputs("#include <math.h>\n", out);
    for (size_t k = 0; k < r->count; k++) {
        const cli_result *x = &r->item[k];
        fputs("static const double ", out);
        for (const char *s = *x->name ? x->name : "result"; *s; s++)
            isalnum((unsigned char)*s) || *s == '_' ? fputc(*s, out) : fprintf(out, "_%02x", (unsigned char)*s);
        fprintf(out, "[%lld][%lld] = ", (long long)x->rows, (long long)x->cols);
        write_matrix(out, x, CLI_C_ARRAY);
        fputs(";\n", out);
    }
    return true;
}

/* ---- all ---- */

/* Formulas that stand together share the names of what repeats. */
static bool all_formulas(const cli_results *r) {
    for (size_t k = 0; k < r->count; k++)
        if (r->item[k].kind != CLI_FORMULA) return false;
    return r->count > 1 || r->named;
}

static bool write_formulas(FILE *out, const cli_results *r, cli_format format, size_t width) {
    static const mgd_format formats[] = { MGD_TEXT, MGD_UNICODE, MGD_LATEX, MGD_MATHML };
    mgd_var **v = calloc(r->count, sizeof *v);
    const char **names = calloc(r->count, sizeof *names);
    for (size_t k = 0; v && names && k < r->count; k++) v[k] = r->item[k].v, names[k] = r->item[k].name;
    char *text = v && names ? mgd_print(r->count, v, names, formats[format], width) : NULL;
    if (text) fputs(text, out);
    bool fine = text || cli_out_of_memory();
    free(text);
    free(v);
    free(names);
    return fine;
}

bool cli_write_results(FILE *out, const cli_results *r, cli_format format, size_t width) {
    bool fine = true;
    if (format == CLI_JSON) return write_json(out, r);
    if (format == CLI_C_ARRAY) return write_c(out, r);
    if (all_formulas(r)) return write_formulas(out, r, format, width);
    for (size_t k = 0; fine && k < r->count; k++) {
        const cli_result *x = &r->item[k];
        bool named = r->count > 1 || r->named;
        if (x->kind == CLI_FORMULA)
            fine = write_formula(out, x, format, width, named);
        else if (x->kind == CLI_NUMBERS)
            write_numbers(out, x, format, named);
        else {
            if (named) fprintf(out, "%s: ", x->name);
            write_verdict(out, &x->verdict);
        }
    }
    return fine;
}
