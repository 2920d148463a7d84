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
    struct place at;         /* of the first character, in the file's own lines */
    int width;               /* code points of a one-line scalar, else 1 */
    bool quoted;             /* the scalar stood in quotes or was a block scalar */
    struct slice text;       /* scalar; empty for a key without a value */
    size_t count;            /* items, or pairs of a mapping in the order written */
    const struct yaml *key;  /* mapping: count scalars */
    const struct yaml *item; /* mapping: count values; sequence: count items */
};

/* Parses one document. first_line is the line of source's first byte in file.
 * The two everyday mistakes are forgiven: a one-line plain value that holds ": " or
 * begins with "{{" (or any of [ { * & ! % @ ` | > that YAML would read otherwise,
 * where the line only makes sense as text) is read as if quoted.
 * Tabs as indentation, duplicate keys, anchors, aliases, tags and further documents
 * are errors with a hint. An empty source gives an empty mapping.
 *   code M0xx in templates; the caller gives the letter: 'M', 'D' or 'F'
 *   limits: 16 MiB of source, 64 levels, 1,000,000 nodes; beyond is an error
 *   cost: linear */
bool yaml_parse(struct slice source, const char *file, int first_line, char letter,
                struct arena *arena, const struct yaml **out, struct diags *diags);

/* The value of a mapping's key, NULL when absent or when node is no mapping. */
const struct yaml *yaml_find(const struct yaml *node, const char *key);
/* The text of a mapping's scalar value; fallback when absent. */
struct slice yaml_text(const struct yaml *node, const char *key, const char *fallback);
/* A scalar is a sequence of one, an absent node of none. */
size_t yaml_length(const struct yaml *node);
const struct yaml *yaml_at(const struct yaml *node, size_t index);
/* The comma-separated parts of a scalar, or the items of a sequence, as one list
 * of trimmed scalars with places. Commas in quotes or brackets don't divide. */
const struct yaml *yaml_list(const struct yaml *node, struct arena *arena,
                             size_t *count);
bool yaml_number(const struct yaml *scalar, double *out);
bool yaml_bool(const struct yaml *scalar, bool *out); /* yes no true false on off */

#endif
