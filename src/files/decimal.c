/* SPDX-License-Identifier: MIT */
/* Decimals to doubles and back, rounded correctly.
 *
 * w 10^e with w < 2^64 and |e| <= 27 is w 5^e 2^e, and 5^27 < 2^63: the product, or the quotient and whether anything
 * remains, is exact in 128 bits, and is rounded once. Likewise x = m 2^e with m < 2^53, to 17 digits or fewer: m 5^k
 * 2^(e+k). All else is left to the C library. */
#include "files/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { LARGEST_FIVE = 27, MOST_DIGITS = 19 }; /* 10^19 < 2^64 */

static const uint64_t fives[LARGEST_FIVE + 1] = {
    1u,
    5u,
    25u,
    125u,
    625u,
    3125u,
    15625u,
    78125u,
    390625u,
    1953125u,
    9765625u,
    48828125u,
    244140625u,
    1220703125u,
    6103515625u,
    30517578125u,
    152587890625u,
    762939453125u,
    3814697265625u,
    19073486328125u,
    95367431640625u,
    476837158203125u,
    2384185791015625u,
    11920928955078125u,
    59604644775390625u,
    298023223876953125u,
    1490116119384765625u,
    7450580596923828125u,
};

/* (q + something in [0, 1), not 0 where there is a rest) 2^exponent, to the nearest double, ties to even. q has 62 bits
 * or more, or there is no rest; the result is neither subnormal nor infinite. */
static double rounded(uint64_t q, bool rest, int exponent) {
    const int zeros = __builtin_clzll(q);
    q <<= zeros;
    const uint64_t mantissa = q >> 11, below = q & 0x7ff, half = 0x400;
    const bool up = below > half || (below == half && (rest || (mantissa & 1)));
    const uint64_t biased = (uint64_t)(exponent - zeros + 11 + 1075);
    /* rounding up to 2^53 carries into the exponent, as it should */
    const uint64_t bits = (biased << 52) + (mantissa + up - ((uint64_t)1 << 52));
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* w 10^exponent for w > 0 and |exponent| <= LARGEST_FIVE */
static double scaled(uint64_t w, int exponent) {
    if (exponent == 0 && w >> 53 == 0) return (double)w;
    if (exponent >= 0) {
        const wide product = (wide)w * fives[exponent];
        const uint64_t high = (uint64_t)(product >> 64);
        if (!high) return rounded((uint64_t)product, false, exponent);
        const int zeros = __builtin_clzll(high);
        const wide normal = product << zeros;
        return rounded((uint64_t)(normal >> 64), (uint64_t)normal != 0, 64 - zeros + exponent);
    }
    const uint64_t five = fives[-exponent];
    const int five_zeros = __builtin_clzll(five), zeros = __builtin_clzll(w);
    const uint64_t divisor = five << five_zeros;
    const wide dividend = (wide)(w << zeros) << 63; /* its upper half is below the divisor: the quotient has 64 bits */
    const uint64_t quotient = (uint64_t)(dividend / divisor);
    const bool rest = (wide)quotient * divisor != dividend;
    return rounded(quotient, rest, five_zeros - zeros - 63 + exponent);
}

static bool digit(char c) { return c >= '0' && c <= '9'; }

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c; }

static const char *read_word(const char *at, const char *word) {
    while (*word && lower(*at) == *word) at++, word++;
    return *word ? NULL : at;
}

static const char *read_special(const char *at, bool negative, double *x) {
    const char *after;
    if ((after = read_word(at, "infinity")) || (after = read_word(at, "inf"))) {
        *x = negative ? -HUGE_VAL : HUGE_VAL;
        return after;
    }
    if ((after = read_word(at, "nan"))) *x = negative ? -(double)NAN : (double)NAN;
    return after;
}

/* Moves over an exponent; NULL where it has no digits. */
static const char *read_exponent(const char *at, int *exponent) {
    const bool negative = *++at == '-';
    if (*at == '-' || *at == '+') at++;
    if (!digit(*at)) return NULL;
    for (; digit(*at); at++)
        if (*exponent < 100000) *exponent = 10 * *exponent + (*at - '0');
    if (negative) *exponent = -*exponent;
    return at;
}

const char *mgd__read_decimal(const char *at, double *x) {
    const char *const begin = at;
    const bool negative = *at == '-';
    if (*at == '-' || *at == '+') at++;
    if (!digit(*at) && *at != '.') return read_special(at, negative, x);

    uint64_t w = 0; /* wraps where there are too many digits, and is not used then */
    const char *const number = at;
    while (*at == '0') at++;
    const char *significant = at;
    for (; digit(*at); at++) w = 10 * w + (uint64_t)(*at - '0');
    ptrdiff_t digits = at - significant, decimals = 0;
    bool any = at > number;
    if (*at == '.') {
        const char *const point = at++;
        if (digits == 0)
            while (*at == '0') at++;
        significant = at;
        for (; digit(*at); at++) w = 10 * w + (uint64_t)(*at - '0');
        digits += at - significant;
        decimals = at - point - 1;
        any = any || decimals > 0;
    }
    if (!any) return NULL;
    int exponent = 0;
    if (*at == 'e' || *at == 'E') at = read_exponent(at, &exponent);
    if (!at) return NULL;

    const ptrdiff_t scale = exponent - decimals;
    if (digits > MOST_DIGITS || scale > LARGEST_FIVE || scale < -LARGEST_FIVE)
        *x = strtod(begin, NULL);
    else {
        const double magnitude = w ? scaled(w, (int)scale) : 0;
        *x = negative ? -magnitude : magnitude;
    }
    return at;
}

/* x 10^k to the nearest integer, ties to even, for a normal x > 0 and 0 <= k <= LARGEST_FIVE, where it is below 2^64 */
static uint64_t times_power(double x, int k) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint64_t one = (uint64_t)1 << 52, mantissa = one | (bits & (one - 1)); /* x is positive and normal */
    const wide product = (wide)mantissa * fives[k];
    const int shift = (int)(bits >> 52) - 1075 + k;
    if (shift >= 0) return (uint64_t)(product << shift);
    if (shift <= -128) return 0;
    const uint64_t whole = (uint64_t)(product >> -shift);
    const wide rest = product & (((wide)1 << -shift) - 1), half = (wide)1 << (-shift - 1);
    return whole + (rest > half || (rest == half && (whole & 1)));
}

static size_t write_integer(char *text, uint64_t w) {
    char reversed[20];
    size_t n = 0;
    do reversed[n++] = (char)('0' + w % 10);
    while (w /= 10);
    for (size_t i = 0; i < n; i++) text[i] = reversed[n - 1 - i];
    return n;
}

/* w 10^-k, in the form that printf's %g has */
static size_t write_scaled(char *text, uint64_t w, int k) {
    while (w % 10 == 0) w /= 10, k--;
    char digits[20];
    const int n = (int)write_integer(digits, w), first = n - 1 - k; /* the first digit stands for 10^first */
    char *at = text;
    if (first < -5 || first > 16) {
        *at++ = digits[0];
        if (n > 1) *at++ = '.';
        for (int i = 1; i < n; i++) *at++ = digits[i];
        return (size_t)(at - text) + (size_t)sprintf(at, "e%+03d", first);
    }
    if (first < 0) *at++ = '0', *at++ = '.';
    for (int i = first + 1; i < 0; i++) *at++ = '0';
    for (int i = 0; i < n || i <= first; i++) {
        if (i == first + 1 && first >= 0) *at++ = '.';
        *at++ = i < n ? digits[i] : '0';
    }
    return (size_t)(at - text);
}

/* The digits that %.15g, %.16g or %.17g would give, whichever first reads back; x in [1e-9, 1e14) */
static size_t write_shortest(char *text, double x) {
    const double log = log10(x);
    int most = 16 - ((int)log - (log < (int)log)); /* 17 digits are x 10^most, but for a rounded logarithm */
    uint64_t all = times_power(x, most);
    if (all < 10000000000000000u) all = times_power(x, ++most);
    if (all >= 100000000000000000u) all = times_power(x, --most);
    for (int k = most - 2; k < most; k++) {
        const uint64_t w = times_power(x, k);
        if (scaled(w, -k) == x) return write_scaled(text, w, k);
    }
    return write_scaled(text, all, most);
}

size_t mgd__write_decimal(char text[MGD_DECIMAL], double x) {
    if (isnan(x)) return memcpy(text, "nan", 3), 3;
    char *at = text;
    if (signbit(x)) *at++ = '-', x = -x;
    if (isinf(x)) return memcpy(at, "inf", 3), (size_t)(at - text) + 3;
    if (x < 0x1p53 && x == (double)(uint64_t)x) return (size_t)(at - text) + write_integer(at, (uint64_t)x);
    if (x >= 1e-9 && x < 1e14) return (size_t)(at - text) + write_shortest(at, x);
    int n = 0;
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(at, MGD_DECIMAL - 1, "%.*g", digits, x);
        if (strtod(at, NULL) == x) break;
    }
    return (size_t)(at - text) + (size_t)n;
}
