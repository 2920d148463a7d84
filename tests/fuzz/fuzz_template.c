/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a template: a tree or diagnostics, never a crash. */
#include "../template_dump.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct slice fences[] = {SLICE_LITERAL("chart"),
                                          SLICE_LITERAL("table")};
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct template *template;
    struct slice source = {(const char *)data, size};
    bool ok = template_parse(source, "fuzz.md", fences, 2, arena, &template, diags);
    if (ok != (diags_count(diags, SEVERITY_ERROR) == 0))
        abort();
    dump_template(template, arena);
    arena_free(arena);
    return 0;
}
