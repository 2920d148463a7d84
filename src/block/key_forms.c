/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a key holds a text, a list or keys of its own, before anything reads it. */
#include "block/block.h"

static bool fits_form(const struct block_key *key, const struct yaml *value)
{
    bool is_empty = value->kind == YAML_SCALAR && !value->text.size;
    switch (key->form) {
    case KEY_LIST: return value->kind != YAML_MAPPING;
    case KEY_KEYS: return value->kind == YAML_MAPPING || is_empty;
    case KEY_NOTES: return true; /* what they name is read by the chart */
    default: return value->kind == YAML_SCALAR;
    }
}

/* `rows: [district, province]` would be read as if nothing were there. */
bool block_check_forms(struct block_reader *reader, const struct block_kind *kind)
{
    bool ok = true;
    for (const struct block_key *key = kind->keys; key->name; key++) {
        const struct yaml *value = yaml_find(reader->node->body, key->name);
        if (!value || fits_form(key, value))
            continue;
        struct diag *diag =
            reader_error(reader, value, "M114", "%s takes %s, and here %s", key->name,
                         key->form == KEY_KEYS   ? "keys of its own"
                         : key->form == KEY_LIST ? "names"
                                                 : "one text",
                         value->kind == YAML_MAPPING    ? "stand keys"
                         : value->kind == YAML_SEQUENCE ? "stands a list"
                                                        : "stands a text");
        diag_hint(reader->diags, diag, "as in %s: %s", key->name, key->usage);
        ok = false;
    }
    return ok;
}
