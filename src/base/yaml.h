/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * YAML as a tree of our own, each node with its place. The door to libfyaml.
 * Every scalar is text: the reader of a key decides its type, so that `no`, `10:00`
 * and `007` stay what was typed. */
#ifndef SITREP_BASE_YAML_H
#define SITREP_BASE_YAML_H

#include "base/diag.h"

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml {
    enum yaml_kind kind;
    struct place at;    /* of the first character, in the file's own lines */
    int width;          /* code points of a one-line scalar, else 1 */
    bool is_substitute; /* stands in for a text in another language, which is told */
    bool quoted;        /* the scalar stood in quotes or was a block scalar */
    struct slice text;  /* scalar; empty for a key without a value */
    size_t count;       /* items, or pairs of a mapping in the order written */
    const struct yaml *key;  /* mapping: count scalars */
    const struct yaml *item; /* mapping: count values; sequence: count items */
};

/* Parses one document. first_line is the line of source's first byte in file.
 * The everyday mistakes are forgiven, that is read as if quoted: a one-line plain
 * value that holds ": " or begins with "{{", and one that begins with any of
 * [ { * & ! % @ ` | > " ' where the line only makes sense as text: "[sic] attacks",
 * "**Toll.** They", "> 5", but not "[a, b]" or "|".
 * Tabs as indentation, duplicate keys, anchors, aliases, tags and further documents
 * are errors with a hint. An empty source gives an empty mapping. A value left empty
 * has the place of its key.
 *   letter the first of each code: 'M' in templates, 'D' or 'F'
 *   codes  010 not YAML, 011 tab, 012 key twice, 013 anchor or alias, 014 tag,
 *          015 further document or directive, 016 too large or deep, 017 not UTF-8
 *          or a control character, 018 a key that is no text
 *   limits 16 MiB of source, 64 levels, 1,000,000 nodes, 200 blank lines in a row; beyond
 *          is an error
 *   cost   linear */
bool yaml_parse(struct slice source, const char *file, int first_line, char letter,
                struct arena *arena, const struct yaml **out, struct diags *diags);

/* The same by libfyaml alone, about five times slower: what yaml_parse must equal. */
bool yaml_parse_by_library(struct slice source, const char *file, int first_line,
                           char letter, struct arena *arena, const struct yaml **out,
                           struct diags *diags);

/* The value of a mapping's key, NULL when absent or when node is no mapping. */
const struct yaml *yaml_find(const struct yaml *node, const char *key);
/* The text of a mapping's scalar value; fallback when absent. */
struct slice yaml_text(const struct yaml *node, const char *key, const char *fallback);
/* A scalar or a mapping is a sequence of one; an absent node and a value left empty
 * are sequences of none. */
size_t yaml_length(const struct yaml *node);
const struct yaml *yaml_at(const struct yaml *node, size_t index);
/* The comma-separated parts of a scalar, or the items of a sequence, as one list
 * of trimmed scalars with places. Commas in quotes or brackets don't divide; a part
 * that stands in quotes loses them; empty parts are left out. */
const struct yaml *yaml_list(const struct yaml *node, struct arena *arena,
                             size_t *count);
/* Where a scalar's text begins: behind its quote, when it has one. */
struct place yaml_text_at(const struct yaml *scalar);
bool yaml_number(const struct yaml *scalar, double *out);
bool yaml_bool(const struct yaml *scalar, bool *out); /* yes no true false on off */

#endif
