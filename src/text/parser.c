/* SPDX-License-Identifier: MIT */
/* Expressions, by operator precedence with stacks of its own: the depth of a formula is bounded by a limit, not by the
 * machine's stack. */
#include "text/reader.h"

#include <string.h>

enum { DEEPEST = 10000, MOST_OPERANDS = 4 };

/* How tightly operators bind. A sign behind ^ belongs to the exponent. */
enum { BRACKET, SUM, PRODUCT, SIGN, POWER, SIGN_OF_EXPONENT };

static const struct {
    mgd_token_kind kind;
    int binds;
    mgd_var *(*record)(mgd_var *, mgd_var *);
    const mgd_size *(*of_sizes)(const mgd_size *, const mgd_size *);
} operators[] = {
    { MGD_TOKEN_PLUS, SUM, mgd_add, mgd_size_add },           { MGD_TOKEN_MINUS, SUM, mgd_subtract, mgd_size_subtract },
    { MGD_TOKEN_TIMES, PRODUCT, mgd_matmul, mgd_size_times }, { MGD_TOKEN_OVER, PRODUCT, mgd__over, NULL },
    { MGD_TOKEN_LEFT_OVER, PRODUCT, mgd__left_over, NULL },   { MGD_TOKEN_DOT_TIMES, PRODUCT, mgd_hadamard, NULL },
    { MGD_TOKEN_DOT_OVER, PRODUCT, mgd__dot_over, NULL },     { MGD_TOKEN_POWER, POWER, mgd__to_the, NULL },
    { MGD_TOKEN_DOT_POWER, POWER, mgd__dot_to_the, NULL },
};
enum { OPERATORS = sizeof operators / sizeof operators[0] };

static int operator_of(mgd_token_kind kind) {
    for (int i = 0; i < OPERATORS; i++)
        if (operators[i].kind == kind) return i;
    return -1;
}

static bool out_of_memory(mgd_reader *r) { return mgd__source_error(&r->source, 0, "out of memory"); }

bool mgd__error_of_tape(mgd_reader *r, size_t at) {
    mgd__source_error(&r->source, at, "%s", mgd_message(r->tape));
    mgd_clear(r->tape);
    return false;
}

static bool push_operand(mgd_reader *r, mgd_operand_read x) {
    if (!x.v && !x.size && !x.zero) return mgd__error_of_tape(r, x.at);
    if (!mgd__grow(&r->operand, &r->operand_room, r->operands + 1, sizeof *r->operand)) return out_of_memory(r);
    r->operand[r->operands++] = x;
    return true;
}

static bool push_pending(mgd_reader *r, mgd_pending p) {
    if (r->pendings == DEEPEST)
        return mgd__source_error(&r->source, p.at, "the formula is nested deeper than %d", DEEPEST);
    if (!mgd__grow(&r->pending, &r->pending_room, r->pendings + 1, sizeof *r->pending)) return out_of_memory(r);
    r->pending[r->pendings++] = p;
    return true;
}

/* ---- operators ---- */

static bool apply_unary(mgd_reader *r, const mgd_pending *p) {
    mgd_operand_read *x = &r->operand[r->operands - 1];
    if (p->kind == MGD_TOKEN_PLUS) return true;
    x->made = MGD_TOKEN_END;
    if (r->sizes) {
        if (x->zero || x->size->dim > 0) return mgd__source_error(&r->source, p->at, "a size is 1 or more");
        x->size = mgd_size_subtract(x->size, mgd_size_add(x->size, x->size));
        return x->size || mgd__error_of_tape(r, p->at);
    }
    x->v = mgd__minus(x->v);
    return x->v || mgd__error_of_tape(r, p->at);
}

/* A product of matrices next to one entry by entry, without parentheses: who wrote it may have meant the other order.
 */
static void watch_products(mgd_reader *r, const mgd_pending *p, mgd_operand_read *a, const mgd_operand_read *b) {
    bool scaled = mgd__is_scalar(a->v) || mgd__is_scalar(b->v);
    bool dotted = p->kind == MGD_TOKEN_DOT_TIMES || p->kind == MGD_TOKEN_DOT_OVER;
    mgd_token_kind kind = dotted ? MGD_TOKEN_DOT_TIMES : p->kind == MGD_TOKEN_TIMES ? MGD_TOKEN_TIMES : MGD_TOKEN_END;
    if (scaled && (dotted || p->kind == MGD_TOKEN_TIMES)) return;
    if (a->made != MGD_TOKEN_END && kind != MGD_TOKEN_END && a->made != kind)
        mgd__warn(r, MGD_WARN_PRODUCTS, p->at,
                  "* and .* in one product go from left to right: parentheses say which comes first");
    a->made = kind;
}

static bool apply_binary(mgd_reader *r, const mgd_pending *p) {
    mgd_operand_read *a = &r->operand[r->operands - 2], *b = a + 1;
    int i = operator_of(p->kind);
    r->operands--;
    if (!r->sizes) {
        watch_products(r, p, a, b);
        if (p->kind == MGD_TOKEN_POWER && !mgd__is_scalar(a->v))
            mgd__warn(r, MGD_WARN_POWER, p->at,
                      "^ is the power of a matrix, a product of such factors: entry by entry it is written .^");
        mgd_var *v = operators[i].record(a->v, b->v);
        if (!v) mgd__guess_sizes(r, p->kind, a->v, b->v);
        a->v = v;
        return v || mgd__error_of_tape(r, p->at);
    }
    if (a->zero || b->zero) return mgd__source_error(&r->source, p->at, "0 is no size");
    if (p->kind == MGD_TOKEN_OVER && b->size->dim > 0)
        a->size = mgd_size_divide(a->size, b->size->dim);
    else if (operators[i].of_sizes)
        a->size = operators[i].of_sizes(a->size, b->size);
    else
        return mgd__source_error(&r->source, p->at, "sizes have +, - and *, and / by a number");
    return a->size || mgd__error_of_tape(r, p->at);
}

/* What waits and binds as tightly is done: operators of one level go from left to right. */
static bool reduce(mgd_reader *r, int binds) {
    while (r->pendings && r->pending[r->pendings - 1].binds >= binds) {
        mgd_pending p = r->pending[--r->pendings];
        if (!(p.unary ? apply_unary(r, &p) : apply_binary(r, &p))) return false;
    }
    return true;
}

/* ---- brackets ---- */

/* Is the argument behind so many others a size? */
static bool is_size_argument(const mgd_function_name *f, uint32_t arguments) {
    if (!f->of_sizes) return false;
    if (f->blocks) return arguments < 2 || (arguments - 2) % 3 != 0;
    return (int)arguments >= f->matrices;
}

static bool open_bracket(mgd_reader *r, mgd_token_kind kind, uint32_t at, const mgd_function_name *f) {
    mgd_pending p = { .kind = kind, .binds = BRACKET, .sizes_around = r->sizes, .at = at, .function = f };
    if (!push_pending(r, p)) return false;
    r->brackets++;
    if (f)
        r->sizes = is_size_argument(f, 0);
    else
        r->sizes = r->sizes && kind == MGD_TOKEN_OPEN;
    return true;
}

/* The innermost open bracket of this expression, once all operators inside it are done; NULL where there is none. */
static mgd_pending *innermost(mgd_reader *r) {
    return r->brackets && r->pendings ? &r->pending[r->pendings - 1] : NULL;
}

/* A 1x1 is spread over what is no 1x1, where the operation goes entry by entry. */
static mgd_var *call_internal(const mgd_function_name *f, size_t n, const mgd_operand_read *x) {
    mgd_var *v[MOST_OPERANDS], *like = x[0].v;
    if (n > MOST_OPERANDS) return NULL;
    for (size_t k = 0; k < n; k++) {
        v[k] = x[k].v;
        if (mgd__is_scalar(like)) like = v[k];
    }
    for (size_t k = 0; f->op->entry && k < n; k++) v[k] = mgd__spread(v[k], like);
    if (f->op->results > 1) /* the flag says which */
        return mgd__part(mgd__apply(f->op, (mgd_parameters){ 0 }, 0, 0, n, v), (int)f->flag);
    return mgd__apply(f->op, mgd__flag(f->flag), 0, 0, n, v);
}

static mgd_var *call(mgd_reader *r, const mgd_function_name *f, size_t n, const mgd_operand_read *x) {
    if (f->read) return f->read(r, n, x);
    if (f->op) return call_internal(f, n, x);
    if (f->one) return f->one(x[0].v);
    return f->two ? f->two(x[0].v, x[1].v) : f->three(x[0].v, x[1].v, x[2].v);
}

static bool wrong_number(mgd_reader *r, const mgd_pending *p, uint32_t n) {
    const mgd_function_name *f = p->function;
    if ((int)n < f->least && f->most == MGD_MANY)
        return mgd__source_error(&r->source, p->at, "%s takes %d arguments or more, not %u", f->name, f->least, n);
    if (f->least == f->most)
        return mgd__source_error(&r->source, p->at, "%s takes %d argument%s, not %u", f->name, f->least,
                                 f->least == 1 ? "" : "s", n);
    return mgd__source_error(&r->source, p->at, "%s takes %d to %d arguments, not %u", f->name, f->least, f->most, n);
}

static bool close_call(mgd_reader *r, const mgd_pending *p) {
    uint32_t n = p->arguments + 1;
    if ((int)n < p->function->least || (int)n > p->function->most) return wrong_number(r, p, n);
    if (p->in_list) return mgd__source_error(&r->source, p->at, "the [ in the arguments is not closed");
    r->operands -= n;
    r->sizes = p->sizes_around;
    if (p->function->of_two_sizes) {
        const mgd_operand_read *x = r->operand + r->operands;
        return push_operand(r,
                            (mgd_operand_read){ .size = p->function->of_two_sizes(x[0].size, x[1].size), .at = p->at });
    }
    const mgd_operand_read *x = r->operand + r->operands;
    mgd_var *v = call(r, p->function, n, x);
    if (!v) mgd__guess_sizes(r, MGD_TOKEN_PLUS, x[0].v, n > 1 ? x[1].v : NULL);
    if (r->source.message[0]) return false;
    return push_operand(r, (mgd_operand_read){ .v = v, .at = p->at });
}

static bool close_inner_product(mgd_reader *r, const mgd_pending *p) {
    if (p->arguments != 1) return mgd__source_error(&r->source, p->at, "an inner product has two operands: <A, B>");
    r->operands -= 2;
    const mgd_operand_read *x = r->operand + r->operands;
    mgd_var *v = mgd_dot(x[0].v, x[1].v);
    if (!v) mgd__guess_sizes(r, MGD_TOKEN_PLUS, x[0].v, x[1].v);
    return push_operand(r, (mgd_operand_read){ .v = v, .at = p->at });
}

static bool close_bracket(mgd_reader *r, mgd_token_kind closing, uint32_t at) {
    if (!reduce(r, SUM)) return false;
    mgd_pending *p = innermost(r);
    bool inner = closing == MGD_TOKEN_GREATER;
    if (!p) return mgd__source_error(&r->source, at, "nothing is open that this closes");
    if ((p->kind == MGD_TOKEN_LESS) != inner)
        return mgd__source_error(&r->source, at,
                                 inner ? "a parenthesis is open here, not an inner product"
                                       : "an inner product is open here, which > closes: <A, B>");
    mgd_pending opened = r->pending[--r->pendings];
    r->brackets--;
    if (inner) return close_inner_product(r, &opened);
    if (opened.function) return close_call(r, &opened);
    r->sizes = opened.sizes_around;
    r->operand[r->operands - 1].made = MGD_TOKEN_END;
    return true;
}

static bool comma(mgd_reader *r, uint32_t at) {
    if (!reduce(r, SUM)) return false;
    mgd_pending *p = innermost(r);
    if (!p || (p->kind == MGD_TOKEN_OPEN && !p->function))
        return mgd__source_error(&r->source, at, "a comma stands between the arguments of a function alone");
    p->arguments++;
    if (p->function) r->sizes = is_size_argument(p->function, p->arguments);
    return true;
}

/* ---- operands ---- */

/* Of sizes there are the smaller and the larger of two. */
static const mgd_function_name *size_function(mgd_reader *r, const mgd_token *t) {
    static const mgd_function_name
        smaller = { .name = "min", .least = 2, .most = 2, .of_sizes = true, .of_two_sizes = mgd_size_min },
        larger = { .name = "max", .least = 2, .most = 2, .of_sizes = true, .of_two_sizes = mgd_size_max };
    const char *s = mgd__token_text(r, t);
    if (t->length == 3 && !memcmp(s, "min", 3)) return &smaller;
    if (t->length == 3 && !memcmp(s, "max", 3)) return &larger;
    mgd__source_error(&r->source, t->at, "a size cannot be computed by %s", mgd__shown(s, t->length).text);
    return NULL;
}

/* What only printed derivatives have: it is kept, since calls that are open point to it. */
static bool find_internal(mgd_reader *r, const mgd_token *t, const mgd_function_name **f) {
    mgd_function_name found;
    if (!mgd__function_by_notation(mgd__token_text(r, t), t->length, &found)) return false;
    mgd_function_name *kept = mgd__arena_take(&r->functions, sizeof *kept);
    if (!kept) return mgd__out_of_memory(r->tape);
    *kept = found;
    *f = kept;
    return true;
}

static bool name_or_call(mgd_reader *r) {
    const mgd_token *t = mgd__token(r);
    mgd_operand_read x;
    if (r->token[r->next + 1].kind != MGD_TOKEN_OPEN) {
        r->next++;
        return mgd__read_name(r, t, &x) && push_operand(r, x);
    }
    const mgd_function_name *f = r->sizes ? size_function(r, t) : mgd__function_named(mgd__token_text(r, t), t->length);
    if (!f && r->source.message[0]) return false;
    if (!f && !find_internal(r, t, &f))
        return mgd_failed(r->tape) ? mgd__error_of_tape(r, t->at) : mgd__unknown_function(r, t);
    r->next += 2;
    return open_bracket(r, MGD_TOKEN_OPEN, t->at, f);
}

/* 'fro', which norm alone takes. */
static bool quoted(mgd_reader *r, const mgd_token *t) {
    const mgd_pending *top = r->pendings ? &r->pending[r->pendings - 1] : NULL;
    bool alone = r->token[r->next].kind == MGD_TOKEN_CLOSE;
    if (!top || !top->function || strcmp(top->function->name, "norm") != 0 || !alone)
        return mgd__source_error(&r->source, t->at, "there are no strings: only norm(X,'fro') takes a word");
    return push_operand(r, (mgd_operand_read){ .v = mgd_rational(r->tape, 0, 1), .at = t->at });
}

/* [ and ] around the indices of an argument list. */
static bool list_bracket(mgd_reader *r, bool opens) {
    mgd_pending *p = r->pendings ? &r->pending[r->pendings - 1] : NULL;
    const mgd_token *t = mgd__token(r);
    if (!p || !p->function || !p->function->corners || !r->sizes || p->in_list == opens)
        return mgd__source_error(&r->source, t->at, "%c stands around the indices of a function alone",
                                 opens ? '[' : ']');
    p->in_list = opens;
    r->next++;
    return true;
}

/* Where an operand is expected. *complete tells whether one was read: a sign or a bracket leaves it expected. */
static bool operand(mgd_reader *r, bool *complete) {
    if (mgd__token_is(r, MGD_TOKEN_OPEN_LIST) && !list_bracket(r, true)) return false;
    const mgd_token *t = mgd__token(r);
    const mgd_pending *top = r->pendings ? &r->pending[r->pendings - 1] : NULL;
    mgd_operand_read x;
    *complete = t->kind == MGD_TOKEN_NUMBER || t->kind == MGD_TOKEN_QUOTED;
    switch (t->kind) {
    case MGD_TOKEN_NUMBER:
        r->next++;
        return mgd__read_number(r, t, &x) && push_operand(r, x);
    case MGD_TOKEN_QUOTED:
        r->next++;
        return quoted(r, t);
    case MGD_TOKEN_NAME:
        *complete = r->token[r->next + 1].kind != MGD_TOKEN_OPEN;
        return name_or_call(r);
    case MGD_TOKEN_OPEN:
    case MGD_TOKEN_LESS:
        if (r->sizes && t->kind == MGD_TOKEN_LESS)
            return mgd__source_error(&r->source, t->at, "a size should stand here");
        r->next++;
        return open_bracket(r, t->kind, t->at, NULL);
    case MGD_TOKEN_PLUS:
    case MGD_TOKEN_MINUS:
        r->next++;
        return push_pending(r, (mgd_pending){ .kind = t->kind,
                                              .binds = top && top->binds >= POWER ? SIGN_OF_EXPONENT : SIGN,
                                              .unary = true,
                                              .at = t->at });
    default:
        return mgd__source_error(&r->source, t->at,
                                 r->declares ? "a size should stand here: a name, or a whole number from 1 on"
                                 : t->kind == MGD_TOKEN_END ? "the formula ends here, where an operand should stand"
                                                            : "an operand should stand here");
    }
}

/* A^T, where nothing is called T. */
static bool is_transpose_as_power(mgd_reader *r) {
    const mgd_token *t = mgd__token(r);
    return t->kind == MGD_TOKEN_POWER && t[1].kind == MGD_TOKEN_NAME && t[1].length == 1 &&
           *mgd__token_text(r, &t[1]) == 'T' && t[2].kind != MGD_TOKEN_OPEN && !mgd__bound(r, "T", 1);
}

static bool transposed(mgd_reader *r, uint32_t at) {
    if (!reduce(r, POWER)) return false;
    if (r->sizes) return mgd__source_error(&r->source, at, "a size has no transpose");
    mgd_operand_read *x = &r->operand[r->operands - 1];
    x->v = mgd_transpose(x->v);
    x->made = MGD_TOKEN_END;
    return x->v || mgd__error_of_tape(r, at);
}

/* Behind an operand. *more tells whether the expression goes on, *wanted whether with an operand. */
static bool behind_operand(mgd_reader *r, bool *more, bool *wanted) {
    if (mgd__token_is(r, MGD_TOKEN_CLOSE_LIST) && (!reduce(r, SUM) || !list_bracket(r, false))) return false;
    const mgd_token *t = mgd__token(r);
    int i = operator_of(t->kind);
    *more = true;
    *wanted = false;
    if (is_transpose_as_power(r)) {
        r->next += 2;
        return transposed(r, t->at);
    }
    if (i >= 0) {
        r->next++;
        *wanted = true;
        return reduce(r, operators[i].binds) &&
               push_pending(r, (mgd_pending){ .kind = t->kind, .binds = operators[i].binds, .at = t->at });
    }
    if (t->kind == MGD_TOKEN_TRANSPOSE) {
        r->next++;
        return transposed(r, t->at);
    }
    if (t->kind == MGD_TOKEN_COMMA && r->brackets) {
        r->next++;
        *wanted = true;
        return comma(r, t->at);
    }
    if (r->brackets && (t->kind == MGD_TOKEN_CLOSE || t->kind == MGD_TOKEN_GREATER)) {
        r->next++;
        return close_bracket(r, t->kind, t->at);
    }
    *more = false;
    return true;
}

static bool unclosed(mgd_reader *r) {
    const mgd_pending *p = &r->pending[r->pendings - 1];
    return mgd__source_error(&r->source, p->at, "this is not closed");
}

static bool read_all(mgd_reader *r) {
    bool more = true, wanted = true, complete;
    r->operands = r->pendings = r->brackets = 0;
    while (more) {
        if (wanted) {
            if (!operand(r, &complete)) return false;
            wanted = !complete;
        } else if (!behind_operand(r, &more, &wanted)) {
            return false;
        }
    }
    return reduce(r, SUM) && (!r->pendings || unclosed(r));
}

mgd_var *mgd__read_expression(mgd_reader *r) {
    r->sizes = r->declares = false;
    return read_all(r) ? r->operand[0].v : NULL;
}

const mgd_size *mgd__read_size(mgd_reader *r) {
    r->sizes = r->declares = true;
    bool fine = read_all(r);
    r->sizes = r->declares = false;
    return fine ? r->operand[0].size : NULL;
}
