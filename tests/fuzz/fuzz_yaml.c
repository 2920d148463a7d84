/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as YAML: a tree or a diagnostic, with or without our own scanner, and each
 * value can be read as a list. */
#include "base/yaml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_lists(const struct yaml *node, struct arena *arena)
{
    size_t count;
    yaml_list(node, arena, &count);
    for (size_t i = 0; node->kind != YAML_SCALAR && i < node->count; i++)
        read_lists(&node->item[i], arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct slice source = {(const char *)data, size};
    const struct yaml *root;
    diags_add_source(diags, "fuzz", source);
    bool ok = yaml_parse(source, "fuzz", 1, 'M', arena, &root, diags);
    if (ok != (diags_count(diags, SEVERITY_ERROR) == 0))
        abort();
    const struct yaml *theirs;
    struct diags *unheard = diags_new(arena);
    if (ok != yaml_parse_by_library(source, "fuzz", 1, 'M', arena, &theirs, unheard) ||
        (ok && root->count != theirs->count))
        abort();
    if (ok)
        read_lists(root, arena);
    struct text out = {.arena = arena};
    for (size_t i = 0; i < diags_total(diags); i++)
        diag_print(diags, diags_at(diags, i), &out);
    arena_free(arena);
    return 0;
}
