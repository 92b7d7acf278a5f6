/* SPDX-License-Identifier: MIT */
/* MathML: presentation markup, for browsers and word processors. */
#include "text/print.h"

#include <string.h>

#define ROW(inside) "<mrow>" inside "</mrow>"
#define SIGN(sign) "<mo>" sign "</mo>"

static const mgd_notation notations[] = {
    { "abs", ROW(SIGN("∣") "{1}" SIGN("∣")), MGD_ATOM },
    { "divide:1", "<mfrac>" ROW("{1}") ROW("{2}") "</mfrac>", MGD_ATOM },
    { "eye", "<msub><mi>I</mi><mi>%r</mi></msub>", MGD_ATOM },
    { "inverse", "<msup>" ROW("<1") "<mn>-1</mn></msup>", MGD_POSTFIX },
    { "norm2",
      "<msub>" ROW(SIGN("‖") "{1}" SIGN("‖")) "<mi>F</mi></msub>|<mi>rownorm2</mi>" ROW(SIGN("(") "{1}" SIGN(
          ")")) "|<mi>colnorm2</mi>" ROW(SIGN("(") "{1}" SIGN(")")) "|<msub>" ROW(SIGN("‖") "{1}" SIGN("‖")) "<mn> "
                                                                                                             "2</mn></"
                                                                                                             "msub>",
      MGD_ATOM },
    { "ones", "<msub><mn> 1</mn>" ROW("<mi>%r</mi>" SIGN("×") "<mi>%c</mi>") "</msub>", MGD_ATOM },
    { "pi", "<mi>π</mi>", MGD_ATOM },
    { "pinv", "<msup>" ROW("<1") SIGN("+") "</msup>", MGD_POSTFIX },
    { "power", "<msup>" ROW("<1") ROW(SIGN("∘") "%q") "</msup>", MGD_POSTFIX },
    { "power:1", "<msup>" ROW("<1") "%q</msup>", MGD_POSTFIX },
    { "quotient_or_zero:1", "<mfrac>" ROW("{1}") ROW("{2}") "</mfrac>", MGD_ATOM },
    { "size", "<mi>%z</mi>", MGD_ATOM },
    { "solve",
      "<msup>" ROW("<1") "<mn>-1</mn></msup>" SIGN("⁢") ">2|<msup>" ROW("<1") "<mi>-⊤</mi></msup>" SIGN("⁢") ">2",
      MGD_PRODUCT },
    { "sqrt", "<msqrt>{1}</msqrt>", MGD_ATOM },
    { "transpose", "<msup>" ROW("<1") SIGN("⊤") "</msup>", MGD_POSTFIX },
    { "zeros", "<msub><mn>0</mn>" ROW("<mi>%r</mi>" SIGN("×") "<mi>%c</mi>") "</msub>", MGD_ATOM },
};

static void write_escaped(mgd_buffer *b, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '<')
            mgd__writes(b, "&lt;");
        else if (s[i] == '&')
            mgd__writes(b, "&amp;");
        else
            mgd__write(b, s + i, 1);
    }
}

static void element(mgd_buffer *b, const char *open, const char *s, size_t n, const char *close) {
    mgd__writes(b, open);
    write_escaped(b, s, n);
    mgd__writes(b, close);
}

static void write_name(mgd_buffer *b, const char *name) { element(b, "<mi>", name, strlen(name), "</mi>"); }

static void write_number(mgd_buffer *b, const char *numerator, const char *denominator) {
    if (denominator) mgd__writes(b, "<mfrac>");
    element(b, "<mn>", numerator, strlen(numerator), "</mn>");
    if (!denominator) return;
    element(b, "<mn>", denominator, strlen(denominator), "</mn>");
    mgd__writes(b, "</mfrac>");
}

static void write_function(mgd_buffer *b, const char *name, size_t n) {
    if (n == 7 && !memcmp(name, "sigmoid", n))
        mgd__writes(b, "<mi>σ</mi>");
    else
        element(b, "<mi>", name, n, "</mi>");
}

static void write_sign(mgd_buffer *b, const char *sign, size_t n) {
    static const char *const signs[][2] = { { "*", "⁢" }, { ".*", "⊙" }, { "./", "⊘" }, { "'", "⊤" }, { "-", "−" } };
    const char *other = mgd__in_pairs(signs, sizeof signs / sizeof signs[0], sign, n), *s = other ? other : sign;
    element(b, "<mo>", s, other ? strlen(other) : n, "</mo>");
}

static const mgd_layout layout = {
    .open = "<mrow><mo>(</mo>",
    .close = "<mo>)</mo></mrow>",
    .line = "<mtr><mtd>",
    .definition = "",
    .of = "</mtd><mtd><mo>=</mo></mtd><mtd>",
    .unnamed = "</mtd><mtd></mtd><mtd>",
    .end = "</mtd></mtr>\n",
    .begin_one = "<math display=\"block\"><mrow>",
    .finish_one = "</mrow></math>\n",
    .begin = "<math display=\"block\"><mtable>\n",
    .finish = "</mtable></math>\n",
};

const mgd_style mgd__style_mathml = {
    .notation = notations,
    .notations = sizeof notations / sizeof notations[0],
    .layout = &layout,
    .fraction = MGD_ATOM,
    .spread = "<1*ones(%r,%c)",
    .write_name = write_name,
    .write_number = write_number,
    .write_function = write_function,
    .write_sign = write_sign,
};
