/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing JSON as text: indented by two spaces, numbers shortest and unrounded, NaN and
 * infinities as null, no newline at the end. Zero-initialise with out set. At most 32
 * levels. Names keep clear of libjansson's, json_string and json_null among them: a
 * program that links both would call the wrong one. */
#ifndef SITREP_BASE_JSON_H
#define SITREP_BASE_JSON_H

#include "base/text.h"

struct json {
    struct text *out;
    int depth;
    bool has_item[32];
    bool after_key;
};

void json_open_object(struct json *json);
void json_close_object(struct json *json);
void json_open_array(struct json *json);
void json_close_array(struct json *json);
void json_key(struct json *json, const char *key);
void json_key_slice(struct json *json, struct slice key);
void json_text(struct json *json, struct slice text);    /* invalid UTF-8 as U+FFFD */
void json_c_string(struct json *json, const char *text); /* NULL writes null */
void json_number(struct json *json, double number);
void json_bool(struct json *json, bool value);
void json_nothing(struct json *json);

#endif
