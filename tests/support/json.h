/* SPDX-License-Identifier: MIT */
/* Reads JSON, as far as tests' data need it. */
#ifndef MGD_TEST_JSON_H
#define MGD_TEST_JSON_H

#include <stdbool.h>
#include <stddef.h>

typedef enum { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } json_kind;

typedef struct json json;
struct json {
    json_kind kind;
    char *key;     /* in an object */
    char *text;    /* of a string, or the digits of a number */
    bool truth;    /* of a bool */
    json *members; /* of an array or object, in order */
    json *next;    /* beside this one */
};

/* The whole text as a value; NULL where it is no JSON. json_free takes the result. */
json *json_read(const char *text);
json *json_read_file(const char *path); /* NULL too where there is no such file */
void json_free(json *j);

const json *json_at(const json *object, const char *key);   /* NULL for none */
const char *json_text(const json *object, const char *key); /* "" for none */
size_t json_count(const json *j);                           /* of members */

#endif
