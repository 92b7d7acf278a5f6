/* SPDX-License-Identifier: MIT */
/* What holds of long runs of nodes is not kept in the nodes: a list of spans says where it changes. */
#include "tape/tape.h"

bool mgd__spans_push(mgd_spans *s, uint32_t first, const void *what) {
    if (!mgd__grow(&s->span, &s->room, s->count + 1, sizeof *s->span)) return false;
    s->span[s->count++] = (mgd_span){ first, what };
    return true;
}

bool mgd__spans_set(mgd_spans *s, uint32_t first, const void *what) {
    if (mgd__spans_last(s) == what) return true;
    if (s->count && s->span[s->count - 1].first == first) {
        s->span[s->count - 1].what = what;
        return true;
    }
    return mgd__spans_push(s, first, what);
}

/* Most that are asked for are in the last. */
const void *mgd__spans_at(const mgd_spans *s, uint32_t id) {
    size_t low = 0, high = s->count; /* the spans before low begin at id or before it, those from high on after it */
    if (s->count && s->span[s->count - 1].first <= id) return s->span[s->count - 1].what;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->span[middle].first <= id)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? s->span[low - 1].what : NULL;
}

void mgd__spans_cut(mgd_spans *s, uint32_t first) {
    while (s->count && s->span[s->count - 1].first >= first) s->count--;
}
