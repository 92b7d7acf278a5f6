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
cat >"$work/t.c" <<'END'
#include <stdio.h>
#include <histedit.h>
int main(void) {
    el_rfunc_t f = NULL; /* since it reads wide characters */
    int (*g)(EditLine *, wchar_t *) = f;
    return history_init() && !g ? 0 : 1;
}
END
cflags=$(pkg-config --cflags libedit 2>/dev/null)
libs=$(pkg-config --libs libedit 2>/dev/null)
$cc $cflags -Werror=incompatible-pointer-types "$work/t.c" -o "$work/t" ${libs:--ledit} >"$work/log" 2>&1 &&
    answer libedit "$cflags -DMATGRAD_LIBEDIT" "${libs:--ledit}"
answer none '' ''
