/* SPDX-License-Identifier: MIT */
/* What reads a text: its tokens, its names, and the stacks of the parser. */
#ifndef MGD_READER_H
#define MGD_READER_H

#include "matgrad/text.h"
#include "ops/ops.h"
#include "text/source.h"

typedef struct {
    const char *name; /* interned on the tape */
    mgd_var *v;
    size_t earlier; /* the binding of that name that this one hides, + 1; 0 for none */
} mgd_binding;

/* What a name means beside an input: found by the name's address, by open addressing. */
typedef struct {
    const char *name;     /* NULL: free */
    size_t binding;       /* the latest, + 1; 0 for none */
    size_t atom;          /* the size of that name among the tape's, + 1; 0 for none */
    const mgd_size *size; /* once it was asked for */
    uint64_t since;       /* the text in which the size appeared */
    bool hidden;          /* that text was refused: the size is none until it is declared again */
} mgd_meaning;

/* What an input was assumed to be before the text that is being read. */
typedef struct {
    mgd_var *input;
    unsigned assumptions;
} mgd_assumed;

/* A size that nothing declares. */
typedef struct {
    const mgd_size *size, *is; /* the second NULL until it is taken for another */
    uint64_t text;             /* in which that was */
    uint64_t born;             /* the text whose input has it: what stood before keeps its size */
} mgd_guess;

/* An operand that was read, and where. */
typedef struct {
    mgd_var *v;
    const mgd_size *size; /* in the arguments of eye, ones and zeros sizes are read in the place of vars */
    bool zero;            /* the corner 0 of a block, which is no size */
    mgd_token_kind made;  /* TIMES of a product of matrices, DOT_TIMES of one entry by entry, outside parentheses */
    uint32_t at;
} mgd_operand_read;

typedef struct mgd_function_name mgd_function_name;

/* An operator, or an open bracket, that waits for what follows. */
typedef struct {
    mgd_token_kind kind; /* OPEN for a bracket or a call, LESS for an inner product */
    int binds;           /* 0 for brackets */
    bool unary;
    bool sizes_around; /* of a bracket: were sizes read where it opened? */
    bool in_list;      /* of a call: is a [ open? */
    uint32_t at;
    const mgd_function_name *function; /* of a call */
    uint32_t arguments;                /* that are complete */
} mgd_pending;

struct mgd_reader {
    mgd_tape *tape;
    mgd_source source;
    mgd_lexer lexer;
    char message[MGD_SOURCE_MESSAGE];

    mgd_token *token; /* of the statement that is being read; the last is END */
    size_t tokens, token_room, next;

    mgd_operand_read *operand;
    size_t operands, operand_room;
    mgd_pending *pending;
    size_t pendings, pending_room;
    size_t brackets; /* that are open */
    bool sizes;      /* is a size read here, not a var? */
    bool declares;   /* in a declaration: names of sizes may be new */

    mgd_binding *binding;
    size_t bindings, binding_room;
    mgd_meaning *meaning;
    size_t meanings, meaning_room; /* the room is a power of two, of which at most half is taken */
    size_t atoms_seen;             /* of the tape's sizes, that have meanings */
    uint64_t text;                 /* texts that were begun */
    mgd_assumed *assumed;
    size_t assumed_count, assumed_room;
    mgd_statement *statement;
    size_t statements, statement_room;

    mgd_arena functions; /* that were found by their notation */

    char **warning; /* about the latest text */
    size_t warnings, warning_room;
    unsigned warned; /* which kinds were given: each is given once */

    bool guessing, again; /* again: the text is to be read once more, with fewer unknown sizes */
    size_t read_again;    /* bytes, of the present text */
    mgd_guess *guess;
    size_t guesses, guess_room;

    mgd_var *(*unknown)(void *user, const char *name);
    void *user;
};

enum { MGD_MANY = 1 << 30 }; /* arguments, without a limit of the function's */

/* A function of the language. One of one, two, three and read is set; read takes the operands as they stand. */
struct mgd_function_name {
    const char *name;
    int least, most; /* arguments */
    bool of_sizes;   /* all but the first `matrices` arguments are sizes */
    int matrices;
    bool corners; /* among the sizes 0 may be, and they may stand in [ ] */
    bool blocks;  /* rows and cols, then a matrix and its row and column, again and again */
    mgd_var *(*one)(mgd_var *);
    mgd_var *(*two)(mgd_var *, mgd_var *);
    mgd_var *(*three)(mgd_var *, mgd_var *, mgd_var *);
    mgd_var *(*read)(mgd_reader *r, size_t n, const mgd_operand_read *x);
    const mgd_size *(*of_two_sizes)(const mgd_size *, const mgd_size *); /* a size itself, and of sizes */
    const mgd_operation *op;                                             /* recorded as it stands, with that flag */
    int64_t flag;
};

/* The function that an operation's notation calls so; false where there is none. */
bool mgd__function_by_notation(const char *name, size_t n, mgd_function_name *f);

/* In the order of their names: from the operations' prototypes, generated; and what the language calls otherwise, or
 * takes otherwise, which comes first. */
extern const mgd_function_name mgd__functions[], mgd__aliases[];
extern const size_t mgd__function_count, mgd__alias_count;

const mgd_function_name *mgd__function_named(const char *name, size_t n);
const char *mgd__function_like(const char *name, size_t n); /* the nearest name within two letters, or NULL */
int mgd__letters_apart(const char *a, size_t a_length, const char *b, size_t b_length);

/* The expression that begins at the next token, up to the first token that cannot belong to it. NULL after an error. */
mgd_var *mgd__read_expression(mgd_reader *r);

/* The same for a size, in which names may be new. */
const mgd_size *mgd__read_size(mgd_reader *r);

static inline const mgd_token *mgd__token(const mgd_reader *r) { return &r->token[r->next]; }
static inline bool mgd__token_is(const mgd_reader *r, mgd_token_kind kind) { return mgd__token(r)->kind == kind; }
static inline const char *mgd__token_text(const mgd_reader *r, const mgd_token *t) { return r->source.text + t->at; }

/* What operators mean beyond one operation of the library. */
mgd_var *mgd__over(mgd_var *a, mgd_var *b);      /* a/b: by a 1x1, or the solution of x b = a */
mgd_var *mgd__left_over(mgd_var *a, mgd_var *b); /* a\b */
mgd_var *mgd__dot_over(mgd_var *a, mgd_var *b);
mgd_var *mgd__to_the(mgd_var *a, mgd_var *p);
mgd_var *mgd__dot_to_the(mgd_var *a, mgd_var *p);
mgd_var *mgd__minus(mgd_var *a);

/* What a number or a name stands for: a size where one is read, else a var. */
bool mgd__read_number(mgd_reader *r, const mgd_token *t, mgd_operand_read *x);
bool mgd__read_name(mgd_reader *r, const mgd_token *t, mgd_operand_read *x);

/* Refuse a name that nothing has, with the nearest that something has; return false. */
bool mgd__unknown_name(mgd_reader *r, const mgd_token *t);
bool mgd__unknown_function(mgd_reader *r, const mgd_token *t);

/* Raises the tape's error, which has just been made, at a place of the text. */
bool mgd__error_of_tape(mgd_reader *r, size_t at);

/* What is read otherwise than some would mean it. Without memory it is dropped. */
typedef enum { MGD_WARN_POWER = 1, MGD_WARN_PRODUCTS = 2, MGD_WARN_SYMMETRIC = 4 } mgd_warning_kind;
void mgd__warn(mgd_reader *r, mgd_warning_kind kind, size_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void mgd__forget_warnings(mgd_reader *r);

/* An input of that name by the common convention; NULL, perhaps with the tape's error, where it cannot be one. After
 * the refusal of an operator or function (b NULL for one operand): may other sizes let it pass? */
mgd_var *mgd__guessed(mgd_reader *r, const char *name);
bool mgd__guess_sizes(mgd_reader *r, mgd_token_kind kind, const mgd_var *a, const mgd_var *b);
void mgd__forget_guesses(mgd_reader *r); /* that the present text made */

/* ---- names ---- */

enum { MGD_LONGEST_NAME = 64 }; /* bytes */

/* A name as messages show it: cut where it is long. */
typedef struct {
    char text[MGD_LONGEST_NAME + 4];
} mgd_shown;
mgd_shown mgd__shown(const char *name, size_t n);

/* The name's one copy on the tape; NULL where it is too long, and after an error. */
const char *mgd__interned(const mgd_reader *r, const char *name, size_t n);

/* A let, an input or a size of that name, or pi; NULL for none, or after an error of the tape. */
mgd_var *mgd__bound(mgd_reader *r, const char *name, size_t n);

/* The latest let of that interned name, or NULL. Binding returns false without memory; unbinding forgets all but the
 * first so many. */
mgd_var *mgd__let_named(const mgd_reader *r, const char *name);
bool mgd__bind_name(mgd_reader *r, const char *name, mgd_var *v);
void mgd__unbind_names(mgd_reader *r, size_t bindings);

/* The size of that interned name, where there is one; NULL else. Declaring makes one; forgetting hides those that the
 * present text was the first to name, since the tape keeps them. */
bool mgd__see_sizes(mgd_reader *r); /* the tape's sizes since the last time; false without memory */
const mgd_size *mgd__size_called(mgd_reader *r, const char *name);
const mgd_size *mgd__declare_size(mgd_reader *r, const char *name);
void mgd__forget_sizes(mgd_reader *r);

#endif
