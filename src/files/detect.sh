#!/bin/sh
# SPDX-License-Identifier: MIT
# Says whether files/ is built with libmatio, as lines for the Makefile: detect.sh auto|none CC
# shellcheck disable=SC2086 # flags are words
want=$1
cc=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

answer() { # NAME CFLAGS LIBS
    printf 'MATIO_NAME = %s\nMATIO_CFLAGS = %s\nMATIO_LIBS = %s\n' "$1" "$2" "$3"
    exit 0
}

[ "$want" = none ] && answer none '' ''
if pkg-config --exists matio 2>/dev/null; then
    cflags=$(pkg-config --cflags matio)
    libs=$(pkg-config --libs matio)
    version=$(pkg-config --modversion matio)
    printf '#include <matio.h>\nint main(void) { return Mat_Open("", 0) ? 1 : 0; }\n' >"$work/t.c"
    # what libmatio itself needs comes with it: name it alone where that links
    for some in -lmatio "$libs"; do
        $cc -w $cflags "$work/t.c" -o "$work/t" $some >"$work/log" 2>&1 &&
            answer "libmatio $version" "$cflags -DMGD_MATIO='\"$version\"'" "$some"
    done
fi
answer none '' ''
