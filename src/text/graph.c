/* SPDX-License-Identifier: MIT */
/* The part of a tape that is printed, as a graph for graphviz: an edge from each operand to what uses it. */
#include "text/print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void write_label(mgd_buffer *b, const char *s) {
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') mgd__writes(b, "\\");
        mgd__write(b, s, 1);
    }
}

static void write_node(mgd_buffer *b, const mgd_var *v) {
    char id[32];
    snprintf(id, sizeof id, "  n%" PRIu32 " [label=\"", v->id);
    mgd__writes(b, id);
    write_label(b, v->count ? v->op->name : mgd__label(v).text);
    mgd__writes(b, "\\n");
    write_label(b, mgd__size_label(v).text);
    mgd__writes(b, v->count ? "\"];\n" : "\", shape=box];\n");
}

static void write_edges(mgd_buffer *b, const mgd_var *v) {
    char edge[80];
    size_t n = mgd__formula_operands(v);
    for (size_t k = 0; k < n; k++) {
        if (n > 1)
            snprintf(edge, sizeof edge, "  n%" PRIu32 " -> n%" PRIu32 " [label=\"%zu\"];\n", v->arg[k]->id, v->id,
                     k + 1);
        else
            snprintf(edge, sizeof edge, "  n%" PRIu32 " -> n%" PRIu32 ";\n", v->arg[k]->id, v->id);
        mgd__writes(b, edge);
    }
}

void mgd__print_graph(mgd_buffer *b, size_t n, mgd_var *const *v, const char *const *names) {
    mgd_tape *t = v[0]->tape;
    mgd_reached below = mgd__reach(t, n, v, 0, false);
    b->failed |= !below.ids;
    mgd__writes(b, "digraph matgrad {\n  rankdir=BT;\n  node [fontname=\"monospace\"];\n");
    for (size_t i = 0; below.ids && i < below.count; i++) {
        write_node(b, mgd__node(t, below.ids[i]));
        write_edges(b, mgd__node(t, below.ids[i]));
    }
    for (size_t k = 0; names && k < n; k++) {
        char id[64];
        if (!names[k]) continue;
        snprintf(id, sizeof id, "  o%zu [shape=plaintext, label=\"", k);
        mgd__writes(b, id);
        write_label(b, names[k]);
        snprintf(id, sizeof id, "\"];\n  n%" PRIu32 " -> o%zu;\n", v[k]->id, k);
        mgd__writes(b, id);
    }
    mgd__writes(b, "}\n");
    free(below.ids);
}
