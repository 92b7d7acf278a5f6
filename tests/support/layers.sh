#!/bin/sh
# SPDX-License-Identifier: MIT
# The layers hold: layers.sh LIBRARY. A folder of src/ includes, and calls, only what stands below it; only linalg/ knows
# of BLAS and LAPACK; examples/ and tests of public behaviour use include/ alone; exported names begin with mgd_.
# shellcheck disable=SC2013 # names, without spaces
library=$1
layers='linalg numbers files tape ops exact derive run check' # from the lowest
status=0
fail() {
    echo "$1" >&2
    status=1
}

below=
for layer in $layers; do
    below="$below $layer"
    for file in src/"$layer"/*.[ch] src/"$layer"/*/*.[ch]; do
        [ -f "$file" ] || continue
        for included in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" | sort -u); do
            case " $below matgrad " in
            *" $included "*) ;;
            *) fail "$file includes $included/, which is not below $layer/" ;;
            esac
        done
    done
    [ "$layer" = linalg ] && continue
    for file in $(grep -rlE 'cblas|lapack|openblas' "src/$layer"); do fail "$file speaks of BLAS, which only linalg/ knows"; done
done
for folder in src/*/; do
    case " $layers " in *" $(basename "$folder") "*) ;; *) fail "$folder is no layer: add it to $0" ;; esac
done

# By symbols: what a layer's objects need of the library must be defined in it or below it.
objects=$(dirname "$library")/src
defined=
for layer in $layers; do
    defined="$defined
$(find "$objects/$layer" -name '*.o' -exec nm -g --defined-only {} + | awk 'NF == 3 { print $3 }')"
    for symbol in $(find "$objects/$layer" -name '*.o' -exec nm -u {} + | awk '$1 == "U" { print $2 }' | grep '^mgd_' | sort -u); do
        printf '%s\n' "$defined" | grep -qx "$symbol" || fail "$layer/ calls $symbol, which is not at or below it"
    done
done

for name in $(nm -g --defined-only "$library" | awk 'NF == 3 { print $3 }' | sort -u); do
    case $name in mgd_*) ;; *) fail "the library exports $name, which does not begin with mgd_" ;; esac
done
for name in $(nm -D --defined-only "$(dirname "$library")"/libmatgrad.so.* | awk 'NF == 3 { print $3 }'); do
    case $name in mgd__*) fail "the shared library exports $name, which is internal" ;; esac
done
for file in examples/*.[ch] tests/public/*.[ch]; do
    [ -f "$file" ] || continue
    grep -nE '^#include "(linalg|numbers|files|tape|ops|exact|derive|run|check)/' "$file" && fail "$file includes what is not public"
done
[ $status -eq 0 ] && echo 'layers: as they should be'
exit $status
