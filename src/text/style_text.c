/* SPDX-License-Identifier: MIT */
/* The language itself, in ASCII and with mathematics' signs. Both read back. */
#include "text/print.h"

#include <ctype.h>
#include <string.h>

static void write_number(mgd_buffer *b, const char *numerator, const char *denominator) {
    mgd__writes(b, numerator);
    if (!denominator) return;
    mgd__writes(b, "/");
    mgd__writes(b, denominator);
}

/* Behind an operand + and - have two; what stands in front of one is a sign. */
static bool is_behind_an_operand(const mgd_buffer *b) {
    unsigned char last = b->length ? (unsigned char)b->text[b->length - 1] : ' ';
    return isalnum(last) || last == ')' || last == '\'' || last == '_' || last >= 0x80;
}

static void write_sign(mgd_buffer *b, const char *sign, size_t n) {
    if (n == 1 && (*sign == '+' || *sign == '-') && is_behind_an_operand(b)) {
        mgd__writes(b, *sign == '+' ? " + " : " - ");
        return;
    }
    mgd__write(b, sign, n);
    if (*sign == ',') mgd__writes(b, " ");
}

/* What must say its size, or its variant, to be read back. */
static const mgd_notation notations[] = {
    { "kronecker_adjoint", "kron_adjoint({1}, {2}, %r, %c)|kron_adjoint({2}, {1}, %r, %c)", MGD_ATOM },
    { "over_gaps", "over_gaps({1}, {2})|over_gaps_of_squares({1}, {2})", MGD_ATOM },
};

static const mgd_layout layout = {
    .open = "(",
    .close = ")",
    .line = "",
    .definition = "let ",
    .of = " = ",
    .unnamed = "",
    .end = "\n",
    .begin_one = "",
    .finish_one = "\n",
    .begin = "",
    .finish = "",
    .breaks = true,
};

const mgd_style mgd__style_text = {
    .notation = notations,
    .notations = sizeof notations / sizeof notations[0],
    .layout = &layout,
    .fraction = MGD_PRODUCT,
    .spread = "<1*ones(%r,%c)",
    .write_name = mgd__writes,
    .write_number = write_number,
    .write_function = mgd__write,
    .write_sign = write_sign,
};

static void write_unicode_sign(mgd_buffer *b, const char *sign, size_t n) {
    static const char *const signs[][2] = { { "*", "·" }, { ".*", "∘" }, { "'", "ᵀ" }, { ".'", "ᵀ" } };
    const char *other = mgd__in_pairs(signs, sizeof signs / sizeof signs[0], sign, n);
    if (other)
        mgd__writes(b, other);
    else
        write_sign(b, sign, n);
}

static void write_unicode_function(mgd_buffer *b, const char *name, size_t n) {
    static const char *const functions[][2] = {
        { "sigmoid", "σ" }, { "sqrt", "√" }, { "lgamma", "lnΓ" }, { "digamma", "ψ" }
    };
    const char *other = mgd__in_pairs(functions, sizeof functions / sizeof functions[0], name, n);
    if (other)
        mgd__writes(b, other);
    else
        mgd__write(b, name, n);
}

const mgd_style mgd__style_unicode = {
    .notation = notations,
    .notations = sizeof notations / sizeof notations[0],
    .layout = &layout,
    .fraction = MGD_PRODUCT,
    .spread = "<1*ones(%r,%c)",
    .write_name = mgd__writes,
    .write_number = write_number,
    .write_function = write_unicode_function,
    .write_sign = write_unicode_sign,
};
