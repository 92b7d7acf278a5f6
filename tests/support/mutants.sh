#!/bin/sh
# SPDX-License-Identifier: MIT
# Plants mistakes in every contribution of every operation: mutants.sh FOLDER, with the programs of tests/ops/ in it. An
# operation that differentiates must have a program, and so must a composition, whose program plants none: mistakes are
# planted in the rules of what it is made of.
# shellcheck disable=SC2013 # names, without spaces
folder=$1
status=0
for name in $(sed -n 's/^extern const mgd_operation mgd__op_\([a-z0-9_]*\);/\1/p' src/ops/list.h); do
    file=$(ls src/ops/*/"$name".c)
    if ! grep -qE '\.(pullback|pullback_parts|times_slope) =' "$file"; then continue; fi
    if [ ! -x "$folder/$name" ]; then
        echo "$name: there is no tests/ops/$name.c" >&2
        status=1
    fi
done
for file in $(grep -lE '^ \* value ' src/ops/*/*.c); do
    name=$(basename "$file" .c)
    if grep -q '^const mgd_operation mgd__op_' "$file" || [ -x "$folder/$name" ]; then continue; fi
    echo "$name: there is no tests/ops/$name.c" >&2
    status=1
done
for program in "$folder"/*; do
    case $program in *.o | *.d) continue ;; esac
    "$program" --mutants || status=1
done
exit $status
