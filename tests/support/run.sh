#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the test programs named, all of them even when one fails. $RUN goes before each.
failed=
for t in "$@"; do
    # shellcheck disable=SC2086
    $RUN "$t" || failed="$failed $t"
done
[ -z "$failed" ] || { echo "failed:$failed" >&2; exit 1; }
