/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A condition in the brief's language, from the editor's own words: "Sindh, killed at
 * least 1". */
#include "block/chart_block.h"

#include <ctype.h>

static struct slice two(const struct block_context *context, const char *key,
                        struct slice first, struct slice last)
{
    const struct phrase_part part[] = {{"first", first}, {"last", last}};
    return print_phrase(context, key, 1, part, 2);
}

/* "Sindh" says what it is of; "yes", "3" or "BC" don't. */
static bool speaks_for_itself(struct slice value)
{
    size_t letters = 0;
    for (size_t i = 0; i < value.size; i++)
        letters += !isdigit((unsigned char)value.data[i]);
    return letters > 3;
}

static struct slice all_values(const struct block_context *context,
                               const struct condition *test)
{
    struct slice all = {0};
    for (size_t i = 0; i < test->value_count; i++) {
        struct slice word =
            locale_word(context->chart.locale, test->value[i], context->chart.arena);
        all = !i                          ? word
              : i + 1 < test->value_count ? two(context, "condition.both", all, word)
                                          : two(context, "condition.or", all, word);
    }
    return all;
}

static struct slice test_words(const struct block_context *context,
                               const struct condition *test, const char *key)
{
    const struct phrase_part part[] = {
        {"field",
         locale_name(context->chart.locale, test->field, context->chart.arena)},
        {"value", all_values(context, test)}};
    return print_phrase(context, key, 1, part, 2);
}

static struct slice not_words(const struct block_context *context, struct slice text)
{
    const struct phrase_part part = {"text", text};
    return print_phrase(context, "condition.not", 1, &part, 1);
}

static struct slice is_words(const struct block_context *context,
                             const struct condition *test)
{
    bool speaks = test->value_count > 0;
    for (size_t i = 0; i < test->value_count; i++)
        speaks = speaks && speaks_for_itself(test->value[i]);
    if (!speaks)
        return test_words(context, test,
                          test->negated ? "condition.is not" : "condition.is");
    struct slice values = all_values(context, test);
    return test->negated ? not_words(context, values) : values;
}

static const char *comparison_key(enum comparison comparison)
{
    switch (comparison) {
    case COMPARE_LESS: return "condition.less";
    case COMPARE_AT_MOST: return "condition.at most";
    case COMPARE_EQUAL: return "condition.is";
    case COMPARE_NOT_EQUAL: return "condition.is not";
    case COMPARE_AT_LEAST: return "condition.at least";
    case COMPARE_MORE: return "condition.more";
    }
    return "condition.is";
}

static struct slice in_brackets(const struct block_context *context,
                                const struct condition *condition,
                                enum condition_kind inside)
{
    struct slice words = condition_words(context, condition);
    bool is_other =
        (condition->kind == CONDITION_AND || condition->kind == CONDITION_OR) &&
        condition->kind != inside;
    return !is_other ? words
                     : slice_of(arena_print(context->chart.arena, "(%.*s)",
                                            SLICE_PRINT(words)));
}

struct slice condition_words(const struct block_context *context,
                             const struct condition *condition)
{
    if (!condition)
        return (struct slice){0};
    switch (condition->kind) {
    case CONDITION_AND:
    case CONDITION_OR:
        return two(context,
                   condition->kind == CONDITION_AND ? "condition.both" : "condition.or",
                   in_brackets(context, condition->left, condition->kind),
                   in_brackets(context, condition->right, condition->kind));
    case CONDITION_NOT:
        return not_words(context, in_brackets(context, condition->left, CONDITION_NOT));
    case CONDITION_IS: return is_words(context, condition);
    case CONDITION_COMPARE:
        return test_words(context, condition, comparison_key(condition->comparison));
    case CONDITION_CONTAINS:
        return test_words(context, condition,
                          condition->negated ? "condition.contains not"
                                             : "condition.contains");
    case CONDITION_KNOWN:
        return test_words(context, condition,
                          condition->negated ? "condition.unknown" : "condition.known");
    }
    return condition->source;
}
