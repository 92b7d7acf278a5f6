/* SPDX-License-Identifier: MIT */
/* Decimals and doubles against the C library, which rounds correctly. */
#include "files.h"
#include "files/files.h"

static void check_read(const char *text) {
    char *end;
    const double want = strtod(text, &end);
    double got = -1;
    const char *const after = mgd__read_decimal(text, &got);
    ck_assert_msg(after == end, "%s", text);
    ck_assert_msg(!memcmp(&got, &want, sizeof got) || (isnan(got) && isnan(want)), "%s is read as %.17g", text, got);
}

/* Random digits, a point somewhere, and an exponent that reaches over both ends of what the fast path takes. */
START_TEST(decimals_are_read_as_the_c_library_reads_them) {
    uint64_t random = 3;
    char text[64];
    for (int round = 0; round < 1000000; round++) {
        const uint64_t r = test_random(&random);
        const int digits = 1 + (int)(r % 21), point = (int)(r >> 8) % (digits + 1) * (int)(r >> 40 & 1);
        size_t n = 0;
        if (r >> 60 & 1) text[n++] = '-';
        uint64_t d = test_random(&random);
        for (int i = 0; i < digits; i++, d = d / 10 + (i == 15 ? r : 0)) {
            if (i == point && point) text[n++] = '.';
            text[n++] = (char)('0' + d % 10);
        }
        if (r >> 61 & 1)
            sprintf(text + n, "e%d", (int)(r >> 16) % 40 - 20);
        else
            text[n] = 0;
        check_read(text);
    }
}
END_TEST

/* Halfway between two doubles, and one digit beside it. */
START_TEST(ties_go_to_even) {
    uint64_t random = 5;
    char text[64];
    for (int round = 0; round < 200000; round++) {
        const uint64_t odd = (test_random(&random) >> 10 | (uint64_t)1 << 53) | 1;
        for (int beside = -1; beside <= 1; beside++) {
            sprintf(text, "%llu", (unsigned long long)odd * 2 + (unsigned long long)(long long)beside);
            check_read(text);
            sprintf(text, "%llue%d", (unsigned long long)odd + (unsigned long long)(long long)beside, round % 28);
            check_read(text);
            sprintf(text, "%llu.5", (unsigned long long)(odd >> 2));
            check_read(text);
        }
    }
    check_read("9007199254740993");
    check_read("9007199254740993.00000000000000000000001");
    check_read("18446744073709551615");
    check_read("9999999999999999999");
    check_read("2.2250738585072011e-308");
    check_read("0e5");
    check_read("0000000000000000000000000000000000001e-5");
    check_read("0.000000000000000000000000000000000000000001");
    check_read("1e-99999999999");
    check_read("179769313486231580793728971405301e276");
}
END_TEST

static void check_write(double x) {
    char text[MGD_DECIMAL + 1], want[40];
    const size_t n = mgd__write_decimal(text, x);
    ck_assert(n < MGD_DECIMAL);
    text[n] = 0;
    const double back = strtod(text, NULL);
    ck_assert_msg(!memcmp(&back, &x, sizeof x) || (isnan(back) && isnan(x)), "%.17g is written as %s", x, text);
    if (!isfinite(x)) return;
    for (int digits = 15; digits <= 17; digits++) {
        sprintf(want, "%.*g", digits, x);
        if (strtod(want, NULL) == x) break;
    }
    size_t significant[2] = { 0, 0 };
    for (int k = 0; k < 2; k++) {
        const char *at = (k ? want : text) + strspn(k ? want : text, "-0.");
        for (size_t zeros = 0; *at && *at != 'e'; at++) {
            if (*at == '.') continue;
            zeros = *at == '0' ? zeros + 1 : 0;
            if (!zeros) significant[k] = (size_t)(at - (k ? want : text));
        }
    }
    ck_assert_msg(strcmp(text, want) == 0 || strchr(want, 'e') || strchr(text, 'e') || significant[0] <= significant[1],
                  "%s, where %s is enough", text, want);
}

START_TEST(doubles_are_written_so_that_they_read_back) {
    uint64_t random = 11;
    for (int round = 0; round < 300000; round++) {
        const uint64_t bits = test_random(&random);
        double x;
        memcpy(&x, &bits, sizeof x);
        if (!isnan(x)) check_write(x);
        check_write(test_uniform(&random));
        check_write(ldexp(test_uniform(&random), (int)(bits % 120) - 60));
        check_write((double)(bits % 1000000) / 1000);
        check_write((double)(int64_t)bits);
    }
    for (int k = -330; k < 310; k++) {
        const double x = pow(10, k);
        check_write(x);
        check_write(nextafter(x, 0));
        check_write(nextafter(x, 1e308));
    }
    check_write(0), check_write(-0.0), check_write(INFINITY), check_write(-INFINITY), check_write(NAN);
    check_write(0x1p53), check_write(0x1p53 + 2), check_write(0x1p52 + .5), check_write(5e-324);
}
END_TEST

TESTS("decimal", decimals_are_read_as_the_c_library_reads_them, ties_go_to_even,
      doubles_are_written_so_that_they_read_back);
