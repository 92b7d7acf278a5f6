/* SPDX-License-Identifier: MIT */
/* LaTeX: matrices in the book's signs. An entry "name:1" is for 1x1 results. */
#include "text/print.h"

#include <string.h>

static const mgd_notation notations[] = {
    { "abs", "\\left\\lvert {1}\\right\\rvert", MGD_ATOM },
    { "chain", "<1 \\odot >2", MGD_PRODUCT },
    { "chain:1", "<1\\, >2", MGD_PRODUCT },
    { "divide", "<1 \\oslash >2", MGD_PRODUCT },
    { "divide:1", "\\frac{{1}}{{2}}", MGD_ATOM },
    { "eye", "I_{%r}", MGD_ATOM },
    { "hadamard", "<1 \\odot >2", MGD_PRODUCT },
    { "hadamard:1", "<1\\, >2", MGD_PRODUCT },
    { "inverse", "{<1}^{-1}", MGD_POSTFIX },
    { "kronecker", "<1 \\otimes >2", MGD_PRODUCT },
    { "matmul", "<1\\, >2", MGD_PRODUCT },
    { "norm2",
      "\\left\\lVert {1}\\right\\rVert_F|\\operatorname{rownorm2}\\left({1}\\right)|"
      "\\operatorname{colnorm2}\\left({1}\\right)|\\left\\lVert {1}\\right\\rVert_2",
      MGD_ATOM },
    { "ones", "\\mathbf{1}_{%r\\times %c}", MGD_ATOM },
    { "pi", "\\pi", MGD_ATOM },
    { "pinv", "{<1}^{+}", MGD_POSTFIX },
    { "power", "{<1}^{\\circ %q}", MGD_POSTFIX },
    { "power:1", "{<1}^{%q}", MGD_POSTFIX },
    { "quotient_or_zero", "<1 \\oslash >2", MGD_PRODUCT },
    { "quotient_or_zero:1", "\\frac{{1}}{{2}}", MGD_ATOM },
    { "repeat", "<1|<1\\, \\mathbf{1}_{%c}^{\\top}|\\mathbf{1}_{%r}\\, >1", MGD_PRODUCT },
    { "scale", "<1\\, >2", MGD_PRODUCT },
    { "size", "%z", MGD_PRODUCT },
    { "solve", "{<1}^{-1}\\, >2|{<1}^{-\\top}\\, >2", MGD_PRODUCT },
    { "sqrt", "\\sqrt{{1}}", MGD_ATOM },
    { "transpose", "{<1}^{\\top}", MGD_POSTFIX },
    { "zeros", "0_{%r\\times %c}", MGD_ATOM },
};

static const char *const greek[] = { "alpha", "beta",  "gamma",   "delta",  "epsilon", "zeta",   "eta",
                                     "theta", "iota",  "kappa",   "lambda", "mu",      "nu",     "xi",
                                     "pi",    "rho",   "sigma",   "tau",    "upsilon", "phi",    "chi",
                                     "psi",   "omega", "Gamma",   "Delta",  "Theta",   "Lambda", "Xi",
                                     "Pi",    "Sigma", "Upsilon", "Phi",    "Psi",     "Omega" };

static bool is_greek(const char *s, size_t n) {
    for (size_t i = 0; i < sizeof greek / sizeof greek[0]; i++)
        if (strlen(greek[i]) == n && !memcmp(greek[i], s, n)) return true;
    return false;
}

/* One letter of any alphabet? */
static bool is_letter(const char *s, size_t n) {
    size_t letters = 0;
    for (size_t i = 0; i < n; i++) letters += ((unsigned char)s[i] & 0xc0) != 0x80;
    return letters == 1;
}

static void write_escaped(mgd_buffer *b, const char *word, size_t n) {
    for (size_t i = 0; i < n; i++) mgd__write(b, word[i] == '_' ? "\\_" : word + i, word[i] == '_' ? 2 : 1);
}

/* One letter or digits as they are, Greek letters by their names, other words upright. */
static void write_word(mgd_buffer *b, const char *word, size_t n) {
    bool upright = !is_greek(word, n) && !is_letter(word, n) && strspn(word, "0123456789") < n;
    if (is_greek(word, n)) mgd__writes(b, "\\");
    if (upright) mgd__writes(b, "\\mathrm{");
    write_escaped(b, word, n);
    if (upright) mgd__writes(b, "}");
}

/* x1 and x_1 are x with an index. */
static void write_name(mgd_buffer *b, const char *name) {
    size_t n = strcspn(name, "_");
    if (!name[n])
        while (n > 1 && name[n - 1] >= '0' && name[n - 1] <= '9') n--;
    if (n == 0) n = strlen(name);
    const char *index = name + n + (name[n] == '_');
    write_word(b, name, n);
    if (!*index) return;
    mgd__writes(b, "_{");
    write_word(b, index, strlen(index));
    mgd__writes(b, "}");
}

/* 12e-5 becomes 12 times a power of ten. */
static void write_number(mgd_buffer *b, const char *numerator, const char *denominator) {
    size_t digits = strcspn(numerator, "e");
    if (denominator && *numerator == '-') mgd__writes(b, "-"), numerator++, digits--;
    if (denominator) mgd__writes(b, "\\tfrac{");
    mgd__write(b, numerator, digits);
    if (numerator[digits]) {
        mgd__writes(b, "\\cdot 10^{");
        mgd__writes(b, numerator + digits + 1);
        mgd__writes(b, "}");
    }
    if (!denominator) return;
    mgd__writes(b, "}{");
    mgd__writes(b, denominator);
    mgd__writes(b, "}");
}

static void write_function(mgd_buffer *b, const char *name, size_t n) {
    static const char *const known[][2] = { { "exp", "\\exp" },   { "log", "\\log" },       { "sin", "\\sin" },
                                            { "cos", "\\cos" },   { "tan", "\\tan" },       { "sinh", "\\sinh" },
                                            { "cosh", "\\cosh" }, { "tanh", "\\tanh" },     { "det", "\\det" },
                                            { "max", "\\max" },   { "sigmoid", "\\sigma" }, { "min", "\\min" } };
    const char *command = mgd__in_pairs(known, sizeof known / sizeof known[0], name, n);
    if (command) {
        mgd__writes(b, command);
        return;
    }
    mgd__writes(b, "\\operatorname{");
    write_escaped(b, name, n);
    mgd__writes(b, "}");
}

static void write_sign(mgd_buffer *b, const char *sign, size_t n) {
    static const char *const signs[][2] = { { "(", "\\left(" },   { ")", "\\right)" },    { "*", "\\, " },
                                            { ".*", " \\odot " }, { "./", " \\oslash " }, { "'", "^{\\top}" },
                                            { ",", ", " },        { "+", " + " },         { "-", " - " } };
    bool starts = !b->length || strchr("({&= ", b->text[b->length - 1]);
    const char *other = mgd__in_pairs(signs, sizeof signs / sizeof signs[0], sign, n);
    if (other && !(n == 1 && *sign == '-' && starts))
        mgd__writes(b, other);
    else
        mgd__write(b, sign, n);
}

static const mgd_layout layout = {
    .open = "\\left(",
    .close = "\\right)",
    .line = "",
    .definition = "",
    .of = " &= ",
    .unnamed = " & ",
    .end = " \\\\\n",
    .begin_one = "",
    .finish_one = "\n",
    .begin = "\\begin{aligned}\n",
    .finish = "\\end{aligned}\n",
};

const mgd_style mgd__style_latex = {
    .notation = notations,
    .notations = sizeof notations / sizeof notations[0],
    .layout = &layout,
    .fraction = MGD_ATOM,
    .spread = "<1\\, \\mathbf{1}_{%r\\times %c}",
    .write_name = write_name,
    .write_number = write_number,
    .write_function = write_function,
    .write_sign = write_sign,
};
