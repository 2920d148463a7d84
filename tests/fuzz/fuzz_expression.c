/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as a value, a condition and a text with values, checked against a brief
 * that has neither data nor measures. */
#include "template/pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct slice text = {(const char *)data, size};
    struct place at = {"fuzz.md", 1, 1};
    struct named_value value = {SLICE_LITERAL("a b and c"), value_number(3), at};
    struct measures measures = {0};
    struct period_frame frame = {0};
    struct scope scope = {.measures = &measures,
                          .frame = &frame,
                          .value_count = 1,
                          .values = &value,
                          .arena = arena,
                          .diags = diags};
    const struct expression *expression;
    const struct template_text *parts;
    if (expression_parse(text, at, arena, &expression, diags))
        expression_check(expression, &scope);
    if (expression_parse_condition(text, at, arena, &expression, diags) &&
        expression_check(expression, &scope))
        expression_is_true(expression, &scope);
    if (template_text_parse(text, at, arena, &parts, diags))
        template_text_check(parts, &scope);
    arena_free(arena);
    return 0;
}
