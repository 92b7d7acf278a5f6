#!/bin/sh
# SPDX-License-Identifier: MIT
# Line coverage of src/ from the counts that a build with MODE=coverage left: coverage.sh BUILD
cd "$1" || exit 1
find src -name '*.gcda' | while read -r data; do gcov -n -r -s "$PWD/../.." "$data" 2>/dev/null; done |
    awk "/^File '/ { file = \$2; gsub(/'/, \"\", file) }
         /^Lines executed:/ && file ~ /^src\\// {
             split(\$2, a, \":\"); share = a[2] + 0; lines = \$4
             if (lines > seen[file]) seen[file] = lines
             if (share > best[file]) best[file] = share }
         END { for (f in best) { printf \"%6.1f%% of %4d  %s\\n\", best[f], seen[f], f; run += best[f] * seen[f]; all += seen[f] }
               printf \"%6.1f%% of %4d  in all\\n\", run / all, all }" | sort -k4
