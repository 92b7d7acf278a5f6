#!/bin/sh
# SPDX-License-Identifier: MIT
# Says which providers linalg/ is built with, as lines for the Makefile: detect.sh auto|builtin|PKG CC
# shellcheck disable=SC2086 # flags are words
want=$1
cc=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# links PROGRAM-TEXT FLAGS...: can it be built?
links() {
    text=$1
    shift
    printf '%s\n' "$text" >"$work/t.c"
    $cc -w "$work/t.c" -o "$work/t" "$@" >"$work/log" 2>&1
}
blas_text='#include <cblas.h>
int main(void) { double x = 1; return (int)cblas_ddot(1, &x, 1, &x, 1); }'
lapack_text='void dgesdd_(void); int main(void) { dgesdd_(); return 0; }'

answer() { # NAME CFLAGS LIBS FOLDERS
    printf 'BLAS_NAME = %s\nBLAS_CFLAGS = %s\nBLAS_LIBS = %s\nLINALG = %s\n' "$1" "$2" "$3" "$4"
    exit 0
}

case $want in
builtin) answer builtin '' '' 'plain factor' ;;
auto) candidates='openblas blis blas' ;;
*) candidates=$want ;;
esac
for name in $candidates; do
    pkg-config --exists "$name" 2>/dev/null || continue
    cflags=$(pkg-config --cflags "$name")
    libs=$(pkg-config --libs "$name")
    links "$blas_text" $cflags $libs || continue
    for extra in '' "$(pkg-config --libs lapack 2>/dev/null)"; do
        links "$lapack_text" $libs $extra -lm && answer "$name" "$cflags" "$libs $extra" 'blas lapack'
    done
    answer "$name" "$cflags" "$libs" 'blas factor'
done
if [ "$want" = auto ]; then answer builtin '' '' 'plain factor'; fi
echo "detect.sh: BLAS=$want: pkg-config knows no such package, or nothing links with it (BLAS=builtin needs none)" >&2
exit 1
