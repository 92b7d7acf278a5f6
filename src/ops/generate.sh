#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes what follows from the operations' files: include/matgrad/ops.h, src/ops/list.h, src/ops/list.c,
# src/ops/manual.c and docs/operations.md. With --check it writes nothing and fails where one of them is not current.
#
# From a file it reads the head comment ("/* name: what it is." and the fields value, pullback, pushforward, singular,
# source; a pullback's rules stand one for each operand, with ; between them), and each public function under a
# comment that opens with /**.
#
# A file with such a head and a value, but without a descriptor, is a composition: it records other operations. It has
# prototypes and a line in the manual, whose rules are those of what it is made of, and no place in the list.
set -e
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/include/matgrad" "$work/src/ops" "$work/docs"

chapters='leaves arithmetic entrywise products reductions shape linear'
title() {
    case $1 in
    leaves) echo 'Inputs, numbers and constant matrices' ;;
    arithmetic) echo 'Arithmetic' ;;
    entrywise) echo 'Functions, entry by entry' ;;
    products) echo 'Products' ;;
    reductions) echo 'Reductions of all entries, of rows and of columns' ;;
    shape) echo 'Shapes' ;;
    linear) echo 'Linear algebra' ;;
    *) echo "$1" ;;
    esac
}
for folder in src/ops/*/; do # a new chapter comes last
    chapter=$(basename "$folder")
    case " $chapters " in *" $chapter "*) ;; *) chapters="$chapters $chapter" ;; esac
done
operations() { # the files of a chapter that define an operation
    grep -l '^const mgd_operation mgd__op_' "src/ops/$1"/*.c 2>/dev/null || :
}
documented() { # those, and compositions
    grep -lE '^const mgd_operation mgd__op_|^ \* value ' "src/ops/$1"/*.c 2>/dev/null || :
}

# The public functions of a file, as prototypes under their comments.
prototypes() {
    awk '
        /^\/\*\* / { text = $0; sub(/^\/\*\*/, "/*", text); comment = 1 }
        comment && !/^\/\*\* / { text = text "\n" $0 }
        comment && /\*\// { comment = 0; signature = ""; wanted = 1; next }
        wanted && !comment {
            signature = signature (signature == "" ? "" : "\n") $0
            if ($0 ~ /\{/) {
                sub(/ *\{.*/, ";", signature)
                print "\n" text "\n" signature
                wanted = 0
            }
        }' "$1"
}

{
    cat <<'END'
/* SPDX-License-Identifier: MIT */
/* The operations. This file is generated from src/ops/ by src/ops/generate.sh: edit the operation's own file.
 *
 *     mgd_var *w = mgd_sigmoid(mgd_matmul(mgd_transpose(X), a));
 *     mgd_var *f = mgd_sum(mgd_hadamard(w, w));
 *     if (!f) fprintf(stderr, "%s\n", mgd_message(t));
 *
 * Every function records a node, or finds the one that is equal, and returns it; NULL after an error of recording, or
 * where an operand is NULL. Sizes that do not fit are an error that names both. Operands are of one tape. The
 * derivative of each, and its values at singular points, are in docs/operations.md.
 *
 * mgd_sum makes one number of a matrix, mgd_row_sums one of each row, a column, and mgd_col_sums one of each column, a
 * row; and so with other reductions. mgd_softmax_rows keeps the size: it does to each row what its name says. A name in
 * _sized takes sizes in names (mgd_size) where the other takes numbers.
 */
#ifndef MATGRAD_OPS_H
#define MATGRAD_OPS_H

#include "matgrad/run.h"
#include "matgrad/tape.h"

#ifdef __cplusplus
extern "C" {
#endif
END
    for chapter in $chapters; do
        printf '\n/* ---- %s ---- */\n' "$(title "$chapter")"
        for file in $(documented "$chapter"); do prototypes "$file"; done
    done
    printf '\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n'
} >"$work/include/matgrad/ops.h"

{
    cat <<'END'
/* SPDX-License-Identifier: MIT */
/* Every operation. Generated from src/ops/ by src/ops/generate.sh. */
#ifndef MGD_OPS_LIST_H
#define MGD_OPS_LIST_H

#include "tape/operation.h"

END
    for chapter in $chapters; do
        for file in $(operations "$chapter"); do sed -n 's/^\(const mgd_operation mgd__op_[a-z0-9_]*\).*/extern \1;/p' "$file"; done
    done
    printf '\n#endif\n'
} >"$work/src/ops/list.h"

# The head comment's fields, one a line: name, what, then field and text; continuation lines joined.
fields() {
    awk '
        NR == 1 { next }
        /^\/\* / { line = $0; sub(/^\/\* /, "", line); i = index(line, ": ")
            print "name\t" substr(line, 1, i - 1); what = substr(line, i + 2); field = "what"; text = what; next }
        /^ \*\/$/ { print field "\t" text; exit }
        { line = $0; sub(/^ \*/, "", line) }
        line ~ /^ *$/ { if (field != "") print field "\t" text; field = ""; next }
        line ~ /^ (value|pullback|pushforward|singular|source) / {
            if (field != "") print field "\t" text
            sub(/^ /, "", line); field = line; sub(/ .*/, "", field); text = line; sub(/^[a-z]+ +/, "", text); next }
        field != "" { sub(/^ +/, "", line); text = text " " line }' "$1"
}
fields_of_manual() { # a composition has the rules of what it records
    fields "$1"
    grep -q '^const mgd_operation mgd__op_' "$1" ||
        for f in pullback pushforward; do printf '%s\tby what it is made of\n' $f; done
}
quoted() { printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"; }
field() { sed -n "s/^$2	//p" "$1" | head -n 1; }

{
    cat <<'END'
/* SPDX-License-Identifier: MIT */
/* Every operation and its rules. Generated from src/ops/ by src/ops/generate.sh. */
#include "ops/ops.h"

static const mgd_listed listed[] = {
END
    for chapter in $chapters; do
        for file in $(operations "$chapter"); do
            fields "$file" >"$work/fields"
            if grep -qE '^ +\.(pullback|pullback_parts|times_slope) = ' "$file" && ! grep -q '^pullback	' "$work/fields"; then
                echo "$file: the head has no pullback" >&2
                exit 1
            fi
            op=$(sed -n 's/^const mgd_operation mgd__op_\([a-z0-9_]*\).*/\1/p' "$file")
            rules=
            # shellcheck disable=SC2020
            old_ifs=$IFS; IFS=';'
            for rule in $(field "$work/fields" pullback); do
                rule=$(printf '%s' "$rule" | sed 's/^ *//; s/ *$//')
                rules="$rules$(quoted "$rule"), "
            done
            IFS=$old_ifs
            printf '    { &mgd__op_%s, { %sNULL } },\n' "$op" "$rules"
        done
    done
    cat <<'END'
};

size_t mgd__listed_count(void) { return sizeof listed / sizeof listed[0]; }
const mgd_listed *mgd__listed_at(size_t i) { return &listed[i]; }

const mgd_listed *mgd__listed(const mgd_operation *op) {
    for (size_t i = 0; i < mgd__listed_count(); i++)
        if (listed[i].op == op) return &listed[i];
    return NULL;
}
END
} >"$work/src/ops/list.c"

# What anyone may read of an operation or a composition: every field as it stands in the manual.
{
    cat <<'END'
/* SPDX-License-Identifier: MIT */
/* The manual of operations, for readers outside. Generated from src/ops/ by src/ops/generate.sh. */
#include "matgrad/manual.h"

#include <string.h>

static const mgd_manual_entry entry[] = {
END
    for chapter in $chapters; do
        for file in $(documented "$chapter"); do
            fields_of_manual "$file" >"$work/fields"
            printf '    { %s, %s,\n' "$(quoted "$(field "$work/fields" name)")" "$(quoted "$(title "$chapter")")"
            for f in what value pullback pushforward singular; do
                printf '      %s,\n' "$(quoted "$(field "$work/fields" $f)")"
            done
            printf '      %s },\n' "$(quoted "$(field "$work/fields" source)")"
        done
    done
    cat <<'END'
};

size_t mgd_manual_count(void) { return sizeof entry / sizeof entry[0]; }
const mgd_manual_entry *mgd_manual_entry_at(size_t i) { return i < mgd_manual_count() ? &entry[i] : NULL; }

const mgd_manual_entry *mgd_manual_find(const char *name) {
    for (size_t i = 0; name && i < mgd_manual_count(); i++)
        if (!strcmp(entry[i].name, name)) return &entry[i];
    return NULL;
}
END
} >"$work/src/ops/manual.c"

cell() { printf '%s' "$1" | sed 's/|/\\|/g; s/\*/\\*/g; s/</\\</g'; }
{
    cat <<'END'
<!-- Generated from src/ops/ by src/ops/generate.sh. -->
# The operations

Capital letters are matrices, small ones columns or numbers. `dA` is the adjoint of the operand A, `dC` that of the
result: a pullback says what is added to the first, given the second. `A.` is the tangent of A. `'` transposes, `.*` is
the Hadamard product, and `chain(u, s)` is `u .* s` with the promise that an entry of u that is exactly 0 gives exactly
0, whatever s is there. A reduction makes a number of each of its groups: all entries, each row or each column; `sums`
are those of the groups, and `repeat` gives every entry the number of its group. Every rule is tested exactly, in
residues modulo primes, against dual numbers.
END
    for chapter in $chapters; do
        printf '\n## %s\n\n| operation | value | pullback | pushforward | at singular points | source |\n|---|---|---|---|---|---|\n' \
            "$(title "$chapter")"
        for file in $(documented "$chapter"); do
            fields_of_manual "$file" >"$work/fields"
            printf '| **%s**: %s |' "$(field "$work/fields" name)" "$(cell "$(field "$work/fields" what)")"
            for f in value pullback pushforward singular source; do printf ' %s |' "$(cell "$(field "$work/fields" $f)")"; done
            printf '\n'
        done
    done
} >"$work/docs/operations.md"

status=0
for file in include/matgrad/ops.h src/ops/list.h src/ops/list.c src/ops/manual.c docs/operations.md; do
    if [ "$1" = --check ]; then
        cmp -s "$work/$file" "$file" || { echo "$file is not current: run src/ops/generate.sh" >&2; status=1; }
    else
        cmp -s "$work/$file" "$file" || cp "$work/$file" "$file"
    fi
done
exit $status
