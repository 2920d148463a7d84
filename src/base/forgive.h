/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pass before YAML: quotes the one-line values that people mean as text and YAML
 * would read otherwise or refuse. The text is then good for its shape alone: what such
 * a value says is in forgiven.value. Only whole values up to the end of their line are
 * quoted, so lines stay as they are, and so do columns up to the value's start. */
#ifndef SITREP_BASE_FORGIVE_H
#define SITREP_BASE_FORGIVE_H

#include "base/text.h"

struct forgiven {
    size_t at;          /* of the opening quote, in the forgiven text */
    struct slice value; /* as typed, in the source */
};

enum forgive_trouble { FORGIVE_NONE, FORGIVE_TAB, FORGIVE_DEEP };

struct forgiveness {
    struct slice text;
    struct forgiven *value;
    size_t count, capacity;
    /* The bracket or quote that nothing closes, offset in text; SIZE_MAX when none.
     * Nothing after it was touched. */
    size_t unclosed;
    enum forgive_trouble trouble;
    size_t trouble_at; /* offset in text */
};

/* text is source itself when nothing had to be forgiven.
 *   deepest  brackets within brackets
 *   cost     linear */
void yaml_forgive(struct slice source, int deepest, struct arena *arena,
                  struct forgiveness *out);

/* What stands between single quotes says: "''" is one of them, lines are folded.
 * libfyaml could tell, but loses memory over "''''". */
struct slice yaml_unquote(struct slice raw, struct arena *arena);

#endif
