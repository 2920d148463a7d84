/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON by RFC 8259. Calls nest as the values do; a wrong order is our mistake, so it
 * is asserted, not diagnosed. */
#include "base/json.h"

#include <assert.h>
#include <math.h>

enum { DEEPEST = sizeof((struct json *)0)->has_item / sizeof(bool) };

static void begin_line(struct json *json)
{
    text_print(json->out, "\n%*s", json->depth * 2, "");
}

static void begin_value(struct json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (!json->depth)
        return;
    if (json->has_item[json->depth - 1])
        text_append_string(json->out, ",");
    json->has_item[json->depth - 1] = true;
    begin_line(json);
}

static void open_level(struct json *json, const char *bracket)
{
    begin_value(json);
    assert(json->depth < DEEPEST);
    json->has_item[json->depth++] = false;
    text_append_string(json->out, bracket);
}

static void close_level(struct json *json, const char *bracket)
{
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    if (json->has_item[json->depth])
        begin_line(json);
    text_append_string(json->out, bracket);
}

void json_open_object(struct json *json)
{
    open_level(json, "{");
}

void json_close_object(struct json *json)
{
    close_level(json, "}");
}

void json_open_array(struct json *json)
{
    open_level(json, "[");
}

void json_close_array(struct json *json)
{
    close_level(json, "]");
}

static void append_escape(struct text *out, uint32_t code_point)
{
    static const char letters[] = "btn?fr"; /* from U+0008 on */
    if (code_point == '"' || code_point == '\\')
        text_print(out, "\\%c", (char)code_point);
    else if (code_point >= 8 && code_point <= 13 && code_point != 11)
        text_print(out, "\\%c", letters[code_point - 8]);
    else
        text_print(out, "\\u%04x", code_point);
}

/* The line separators are escaped too: JavaScript once took them for line ends. */
static bool needs_escape(uint32_t code_point)
{
    return code_point < 0x20 || code_point == '"' || code_point == '\\' ||
           code_point == 0x2028 || code_point == 0x2029;
}

static void append_quoted(struct text *out, struct slice text)
{
    size_t kept = 0;
    text_append_string(out, "\"");
    for (size_t at = 0; at < text.size;) {
        uint32_t code_point = 0;
        size_t size = utf8_decode(text, at, &code_point), next = at + (size ? size : 1);
        if (!size || needs_escape(code_point)) {
            text_append(out, (struct slice){text.data + kept, at - kept});
            kept = next;
            if (size)
                append_escape(out, code_point);
            else
                text_append_rune(out, 0xFFFD);
        }
        at = next;
    }
    text_append(out, slice_from(text, kept));
    text_append_string(out, "\"");
}

void json_key_slice(struct json *json, struct slice key)
{
    assert(json->depth > 0 && !json->after_key);
    begin_value(json);
    append_quoted(json->out, key);
    text_append_string(json->out, ": ");
    json->after_key = true;
}

void json_key(struct json *json, const char *key)
{
    json_key_slice(json, slice_of(key));
}

void json_text(struct json *json, struct slice text)
{
    begin_value(json);
    append_quoted(json->out, text);
}

static void append_word(struct json *json, const char *word)
{
    begin_value(json);
    text_append_string(json->out, word);
}

void json_c_string(struct json *json, const char *text)
{
    if (text)
        json_text(json, slice_of(text));
    else
        json_nothing(json);
}

void json_number(struct json *json, double number)
{
    char text[NUMBER_TEXT_SIZE];
    number_print(text, number);
    append_word(json, isfinite(number) ? text : "null");
}

void json_bool(struct json *json, bool value)
{
    append_word(json, value ? "true" : "false");
}

void json_nothing(struct json *json)
{
    append_word(json, "null");
}
