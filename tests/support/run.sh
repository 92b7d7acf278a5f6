#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the test programs named, as many at a time as there are processors ($JOBS says otherwise), all of them even when
# one fails. $RUN goes before each. What a program prints comes in one piece when it ends.
jobs=${JOBS:-$(nproc 2>/dev/null || echo 1)}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export work

# shellcheck disable=SC2016 # expanded by the inner shell
printf '%s\n' "$@" | xargs -P "$jobs" -n 1 sh -c '
    log=$work/$$.log
    $RUN "$1" >"$log" 2>&1 || echo "$1" >>"$work/failed"
    cat "$log"' run

[ ! -s "$work/failed" ] || { echo "failed: $(sort "$work/failed" | tr "\n" " ")" >&2; exit 1; }
