#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs fuzz targets for so many seconds each: fuzz.sh SECONDS PROGRAM...; with --runtime only sees whether clang can link
# one. The seeds of build/fuzz/tests/fuzz/NAME are the files of tests/fuzz/NAME, its words are in tests/fuzz/NAME.dict;
# what is found new stays in build/fuzz/found/NAME, what fails in build/fuzz/failed/NAME-*.
set -e
if [ "$1" = --runtime ]; then
    mkdir -p build/fuzz
    echo 'int LLVMFuzzerTestOneInput(const char *s, unsigned long n); int LLVMFuzzerTestOneInput(const char *s, unsigned long n) { return s && n > 9 ? 0 : 0; }' |
        clang -fsanitize=fuzzer,address -x c - -o build/fuzz/runtime 2>/dev/null && exit
    echo 'fuzz: clang with its libFuzzer runtime is missing (Debian: clang and libclang-rt-14-dev)' >&2
    exit 1
fi
seconds=$1
shift
for program; do
    name=$(basename "$program")
    mkdir -p "build/fuzz/found/$name" build/fuzz/failed
    set --
    [ ! -f "tests/fuzz/$name.dict" ] || set -- "-dict=tests/fuzz/$name.dict"
    [ ! -d "tests/fuzz/$name" ] || set -- "$@" "tests/fuzz/$name"
    echo "$name: $seconds seconds"
    ASAN_OPTIONS=allocator_may_return_null=1:max_allocation_size_mb=256 \
        "$program" -max_total_time="$seconds" -timeout=30 -malloc_limit_mb=1000000 -rss_limit_mb=4096 -max_len=4096 \
        -print_final_stats=1 -verbosity=0 \
        "-artifact_prefix=build/fuzz/failed/$name-" "build/fuzz/found/$name" "$@"
done
