/* SPDX-License-Identifier: MIT */
/* What a tape holds. */
#ifndef MGD_TAPE_H
#define MGD_TAPE_H

#include "tape/arena.h"
#include "tape/operation.h"
#include "tape/size.h"

/* The hash table keeps the hashes in its cells: looking through node pointers costs half as much again. It is in
 * pieces, one for each MGD_PIECE ids: a node is in the piece of its latest operand, or in the first. So it grows with
 * the tape, piece by piece; only a piece that many nodes belong to is ever made anew, larger. */
enum { MGD_PIECE = 4096 };
typedef struct {
    uint32_t hash, id1; /* the node's id + 1; 0: never used; UINT32_MAX: of a node that was rewound */
} mgd_cell;

typedef struct {
    mgd_cell *cell; /* NULL: no node yet */
    uint32_t mask;  /* cells - 1 */
    uint32_t used;  /* cells that are not 0 */
} mgd_piece;

typedef struct {
    mgd_piece *piece;
    size_t pieces, room;
} mgd_table;

/* A node's value, where it has one. */
typedef struct {
    double *data; /* &scalar, or memory of its own */
    double scalar;
    uint64_t checked; /* the tape's clock when the value was last known to be current */
    uint64_t changed; /* the clock when it last changed; 0 for never */
} mgd_slot;

/* What holds of the nodes from some id on, until the next span. */
typedef struct {
    uint32_t first;
    const void *what;
} mgd_span;

typedef struct {
    mgd_span *span; /* in ascending order */
    size_t count, room;
} mgd_spans;

/* What an input is declared to be, with what follows. */
typedef struct {
    uint32_t id;
    unsigned assumptions;
} mgd_declaration;

/* What hangs on a tape and goes with it: the first member of a sweep. */
typedef struct mgd_attached {
    struct mgd_attached *next;
    size_t mark; /* the tape's count when it was complete */
    void (*drop)(struct mgd_attached *);
} mgd_attached;

/* Called for each contribution before it is recorded; returns what to record in its place: mistakes are planted so. */
typedef mgd_var *mgd_alteration(void *user, mgd_var *node, size_t operand, mgd_var *share, mgd_var *direction);

struct mgd_tape {
    mgd_arena nodes, texts; /* texts: names, digits and lists, interned and never given back before a reset */
    mgd_segments index;     /* mgd_var *, by id */
    uint32_t count;
    mgd_table table;
    struct mgd_interned *interned;
    mgd_sizes sizes;
    int64_t serial; /* of the next node that equals no other */

    mgd_spans places;   /* where the caller was: tape/here.c */
    mgd_spans rules;    /* the node whose derivative was being recorded; kept only where there are places */
    mgd_spans branches; /* the latest branch that was taken: tape/branch.c */

    bool failed;               /* an error of recording */
    char message[MGD_MESSAGE]; /* of recording */
    mgd_complaint complaint;   /* of the last evaluation; its handler hears of both kinds */

    mgd_segments slots; /* mgd_slot, by id */
    uint64_t clock;     /* counts what may change values */
    mgd_var **stack;    /* of the evaluation */
    size_t stack_room;
    void *scratch; /* of kernels */
    size_t scratch_room;
    int64_t *bound; /* a step's parameter sizes as numbers */
    size_t bound_room;
    mgd_array *arrays; /* a step's operands */
    size_t array_room;
    mgd_isa isa;

    mgd_declaration *declared; /* by id */
    size_t declarations, declaration_room;

    mgd_segments marks; /* uint32_t, by id: tape/reach.c */
    uint32_t mark_base;

    mgd_attached *attached;
    mgd_alteration *alter;
    void *alter_user;
};

/* The table of nodes: room for nodes whose latest operand has that id; one node taken out, which is being rewound. */
bool mgd__table_reserve(mgd_tape *t, uint32_t latest);
void mgd__table_empty(mgd_table *table);
void mgd__table_free(mgd_table *table);
void mgd__unrecord(mgd_tape *t, const mgd_var *v);

static inline mgd_var *mgd__node(const mgd_tape *t, uint32_t id) {
    return *(mgd_var **)mgd__segments_get(&t->index, id);
}

/* The node's slot; NULL without memory. The second form returns NULL where it was never made. */
static inline mgd_slot *mgd__slot(mgd_tape *t, uint32_t id) { return mgd__segments_at(&t->slots, id); }
static inline mgd_slot *mgd__known_slot(const mgd_tape *t, uint32_t id) {
    return mgd__segments_have(&t->slots, id) ? mgd__segments_get(&t->slots, id) : NULL;
}
void mgd__forget_value(mgd_tape *t, uint32_t id);

/* Memory for v's value, rows x cols, in its slot, 64-byte aligned; what it holds is kept where it is there already.
 * NULL, with the evaluation's error, without memory. */
double *mgd__value_room(mgd_tape *t, const mgd_var *v, int64_t rows, int64_t cols);

/* One copy of each text and list; NULL, with the error raised, without memory. */
const void *mgd__intern(mgd_tape *t, const void *bytes, size_t n);
const char *mgd__intern_text(mgd_tape *t, const char *text);

/* The input of that interned name, or NULL; and that v is it. */
mgd_var *mgd__input_named(const mgd_tape *t, const char *name);
void mgd__name_input(mgd_tape *t, const char *name, const mgd_var *v);
mgd_parameters mgd__size_list(mgd_tape *t, const mgd_dim *list, size_t n); /* .sizes.list NULL after an error */

/* The assumptions with all that follows from them; and those of x from now on, which is an input. False, with the error
 * raised, where no matrix is all of it or x is not square. Inputs from id `first` on are forgotten when they are
 * rewound. */
unsigned mgd__closed(unsigned assumptions);
bool mgd__declare(mgd_var *x, unsigned assumptions);
void mgd__redeclare(mgd_var *x, unsigned assumptions); /* these alone: a declaration that was made is taken back */
void mgd__undeclare(mgd_tape *t, uint32_t first);
const char *mgd__assumption_name(unsigned assumption); /* of one bit: "symmetric" */

/* Grows an array of `entry` bytes each to hold at least `wanted`; false without memory. */
bool mgd__grow(void *array, size_t *room, size_t wanted, size_t entry);

/* mgd_copy, but inputs stay without data, and branches behind. v is of another tape. Where there is an x, image becomes
 * its copy, or NULL where v does not depend on it. */
mgd_var *mgd__copy_expression(mgd_tape *to, mgd_var *v, const mgd_var *x, mgd_var **image);

/* The entries of an array as doubles, row by row; and the other way. */
void mgd__read_array(const mgd_array *from, double *to);
void mgd__write_array(const double *from, const mgd_array *to);

/* From `first` on, which no span begins after; false without memory. At an id: NULL where nothing was set. Cutting
 * forgets the spans that begin at `first` or later. */
bool mgd__spans_set(mgd_spans *s, uint32_t first, const void *what);
bool mgd__spans_push(mgd_spans *s, uint32_t first, const void *what); /* and keeps one that begins there too */
const void *mgd__spans_at(const mgd_spans *s, uint32_t id);
void mgd__spans_cut(mgd_spans *s, uint32_t first);
static inline const void *mgd__spans_last(const mgd_spans *s) { return s->count ? s->span[s->count - 1].what : NULL; }

/* What is recorded next belongs to the derivative of v; NULL: to nobody's. Costs nothing where no place was set. */
void mgd__record_for(mgd_tape *t, const mgd_var *v);

/* What is recorded next on `to` has the place of v, which may be of another tape. */
void mgd__record_at_place_of(mgd_tape *to, const mgd_var *v);
void mgd__record_at_place(mgd_tape *t, const void *place); /* which was the last of the places before */
void mgd__rewind_places(mgd_tape *t);

/* "recorded at model.c:41", "" where v has no place; and where the recording is now, as in "at model.c:41". */
typedef struct {
    char text[180];
} mgd_note;
mgd_note mgd__note_of_place(const mgd_var *v);
mgd_note mgd__note_of_now(const mgd_tape *t);

/* What follows holds only while the condition has this outcome. Branches of one generation are all in force; the same
 * one twice is one, and its contrary is refused. NULL after an error. */
mgd_var *mgd__record_branch(mgd_tape *t, const mgd_operation *op, mgd_var *condition, bool outcome, int64_t generation);
int64_t mgd__branch_generation(const mgd_tape *t); /* of the branches that are in force */
static inline bool mgd__branch_outcome(const mgd_var *branch) { return branch->p.text.serial & 1; }

/* One of several results: held to what the operation that has them is held to, since there is one node for each. */
static inline bool mgd__is_projection(const mgd_var *v) { return v->count == 1 && v->arg[0]->op->results > 1; }

/* The latest branch that was in force when v was recorded, or NULL. The data of an input depends on none. */
static inline mgd_var *mgd__branch_over(const mgd_var *v) {
    const mgd_spans *s = &v->tape->branches;
    if (s->count && mgd__is_projection(v)) v = v->arg[0];
    if (!s->count || v->id < s->span[0].first) return NULL;
    if (!v->count && !v->op->kernel && v->op->parameter == MGD_PARAMETER_TEXT) return NULL;
    const mgd_var *b = mgd__spans_at(s, v->id);
    return b && b->count ? mgd__node(v->tape, b->id) : NULL; /* one of no operands ends the branches before it */
}

/* The nodes that the outputs are made of, in the order of recording. Auxiliary operands are followed where asked for.
 * `first` is the smallest id that is looked at: what is older does not matter to the caller. The list is malloc'd;
 * ids is NULL and the error raised without memory. mgd__position is v's position in the latest list, or -1. */
typedef struct {
    uint32_t *ids;
    size_t count;
    uint32_t base; /* its marks are base + position */
} mgd_reached;
mgd_reached mgd__reach(mgd_tape *t, size_t outputs, mgd_var *const *output, uint32_t first, bool auxiliaries);
mgd_reached mgd__reach_held(mgd_tape *t, size_t outputs, mgd_var *const *output, uint32_t first); /* branches too */
void mgd__mark_again(mgd_tape *t, mgd_reached *r);  /* after another walk took the marks */
int mgd__compare_ids(const void *a, const void *b); /* for qsort and bsearch */

static inline int64_t mgd__position(const mgd_tape *t, const mgd_reached *r, const mgd_var *v) {
    if (!mgd__segments_have(&t->marks, v->id)) return -1;
    uint32_t mark = *(uint32_t *)mgd__segments_get(&t->marks, v->id);
    return mark >= r->base && mark - r->base < r->count ? (int64_t)(mark - r->base) : -1;
}

#endif
