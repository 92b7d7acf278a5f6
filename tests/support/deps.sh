#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the tests and the optional parts need, where that is Debian's apt; does nothing when it is there.
packages='pkg-config check libmpfr-dev libopenblas-dev liblapack-dev libmatio-dev valgrind'

missing=
for p in $packages; do
    dpkg-query -W -f='${Status}\n' "$p" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    pkg-config --exists check mpfr 2>/dev/null && exit 0
    echo "make deps: no apt-get here. Install with your system's packages: pkg-config, Check (libcheck) and MPFR for the" \
        "tests; OpenBLAS with LAPACK, libmatio and valgrind are optional." >&2
    exit 1
fi
root=
if [ "$(id -u)" -ne 0 ]; then
    root=sudo
    command -v sudo >/dev/null 2>&1 || { echo "make deps: neither root nor sudo; install:$missing" >&2; exit 1; }
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
$root apt-get install -y -q $missing >/dev/null 2>&1 ||
    { $root apt-get update -q && $root apt-get install -y -q $missing; }
