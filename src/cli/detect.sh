#!/bin/sh
# SPDX-License-Identifier: MIT
# Says whether the command's terminal session is built with libedit, as lines for the Makefile: detect.sh auto|none CC
# shellcheck disable=SC2086 # flags are words
want=$1
cc=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

answer() { # NAME CFLAGS LIBS
    printf 'EDIT_NAME = %s\nEDIT_CFLAGS = %s\nEDIT_LIBS = %s\n' "$1" "$2" "$3"
    exit 0
}

[ "$want" = none ] && answer none '' ''
printf '#include <stdio.h>\n#include <histedit.h>\nint main(void) { return history_init() ? 0 : 1; }\n' >"$work/t.c"
cflags=$(pkg-config --cflags libedit 2>/dev/null)
libs=$(pkg-config --libs libedit 2>/dev/null)
$cc -w $cflags "$work/t.c" -o "$work/t" ${libs:--ledit} >"$work/log" 2>&1 &&
    answer libedit "$cflags -DMATGRAD_LIBEDIT" "${libs:--ledit}"
answer none '' ''
