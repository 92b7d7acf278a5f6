#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes src/text/functions.c, the operations that the language knows by name, from include/matgrad/ops.h: every function
# of one, two or three vars. With --check it writes nothing and fails where the file is not current.
set -e
cd "$(dirname "$0")/../.."
work=$(mktemp)
trap 'rm -f "$work"' EXIT
{
    cat <<'END'
/* SPDX-License-Identifier: MIT */
/* The operations as functions of the language. Generated from include/matgrad/ops.h by src/text/generate.sh. */
#include "text/reader.h"

const mgd_function_name mgd__functions[] = {
END
    sed -n 's/^mgd_var \*mgd_\([a-zA-Z0-9_]*\)(\(mgd_var \*[A-Za-z_]*\(, mgd_var \*[A-Za-z_]*\)*\));$/\1 \2/p' include/matgrad/ops.h |
        LC_ALL=C sort | awk '{
            n = gsub(/mgd_var/, "&"); split("one two three", field, " ")
            if (n <= 3) printf "    { .name = \"%s\", .least = %d, .most = %d, .%s = mgd_%s },\n", $1, n, n, field[n], $1 }'
    cat <<'END'
};

const size_t mgd__function_count = sizeof mgd__functions / sizeof mgd__functions[0];
END
} >"$work"
if [ "$1" = --check ]; then
    cmp -s "$work" src/text/functions.c || { echo "src/text/functions.c is not current: run src/text/generate.sh" >&2; exit 1; }
else
    cmp -s "$work" src/text/functions.c || cp "$work" src/text/functions.c
fi
