/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words to names, once a block. */
#include "block/naming.h"

struct making {
    const struct block_context *context;
    const struct column *column;
    struct slice *name;
    uint32_t *of_code;
    size_t count, named; /* names that the editor gave come first */
};

static void warn_unknown(const struct making *making, const struct yaml *word)
{
    const struct words *words = &making->column->words;
    struct diags *diags = making->context->chart.diags;
    struct diag *diag =
        diags_warn(diags, word->at, "M202", "no row has the %.*s \"%.*s\"",
                   SLICE_PRINT(making->column->name), SLICE_PRINT(word->text));
    diag->width = word->width;
    if (words->count > 1)
        diag_suggest(diags, diag, word->text, words->word + 1, words->count - 1);
}

static bool take_word(struct making *making, struct slice word, uint32_t name)
{
    uint32_t code = column_code(making->column, word);
    if (code == UINT32_MAX || code == 0)
        return false;
    making->of_code[code] = name;
    return true;
}

static void take_names(struct making *making, const struct yaml *names)
{
    struct arena *arena = making->context->chart.arena;
    for (size_t i = 0; names && i < names->count; i++) {
        uint32_t name = (uint32_t)making->count++;
        size_t count;
        const struct yaml *word = yaml_list(&names->item[i], arena, &count);
        making->name[name] =
            locale_name(making->context->chart.locale, names->key[i].text, arena);
        bool known = take_word(making, names->key[i].text, name);
        for (size_t j = 0; j < count; j++) {
            /* A spelling that the schema has resolved already occurs nowhere; only a
             * name of which nothing occurs is worth a word. */
            known = take_word(making, word[j].text, name) || known;
        }
        if (!known && count)
            warn_unknown(making, &word[0]);
    }
}

static void take_own_words(struct making *making)
{
    for (uint32_t code = 1; code < making->column->words.count; code++) {
        if (making->of_code[code])
            continue;
        making->of_code[code] = (uint32_t)making->count;
        making->name[making->count++] =
            word_name(making->context, making->column, code);
    }
}

static bool *left_out(const struct making *making, const struct yaml *leave_out,
                      const char *nobody)
{
    const struct block_context *context = making->context;
    struct arena *arena = context->chart.arena;
    bool *out = ARENA_ARRAY(arena, bool, making->count);
    size_t count = 0;
    const struct yaml *word = yaml_list(leave_out, arena, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t code = column_code(making->column, word[i].text);
        if (code && code != UINT32_MAX)
            out[making->of_code[code]] = true;
    }
    if (leave_out || !nobody)
        return out;
    struct slice rest = print_phrase(context, nobody, 1, NULL, 0), one;
    while (slice_cut(&rest, ',', &one)) {
        one = slice_trim(one);
        uint32_t code = column_code(making->column, one);
        if (code && code != UINT32_MAX && making->of_code[code] > making->named)
            out[making->of_code[code]] = true;
        /* In another language than the data's the word is known by its name. */
        for (size_t name = making->named + 1; name < making->count; name++)
            out[name] = out[name] || slice_equal(making->name[name], one);
    }
    return out;
}

struct naming naming_of(const struct block_context *context,
                        const struct column *column, const struct yaml *names,
                        const struct yaml *leave_out, const char *nobody)
{
    struct arena *arena = context->chart.arena;
    size_t most = column->words.count + 1;
    if (names && names->kind == YAML_MAPPING)
        most += names->count;
    else
        names = NULL;
    struct making making = {.context = context,
                            .column = column,
                            .name = ARENA_ARRAY(arena, struct slice, most),
                            .of_code = ARENA_ARRAY(arena, uint32_t, most),
                            .count = 1};
    making.name[0] = word_name(context, column, 0);
    take_names(&making, names);
    making.named = making.count - 1;
    take_own_words(&making);
    return (struct naming){column, making.count, making.name, making.of_code,
                           left_out(&making, leave_out, nobody)};
}

size_t names_of_row(const struct naming *naming, uint32_t row,
                    uint32_t name[NAMES_OF_ROW], bool *is_known)
{
    struct codes codes = column_codes(naming->column, row);
    size_t count = 0;
    *is_known = false;
    for (size_t i = 0; i < codes.count && count < NAMES_OF_ROW; i++) {
        if (!codes.code[i])
            continue;
        *is_known = true;
        uint32_t one = naming->of_code[codes.code[i]];
        bool is_new = !naming->left_out[one];
        for (size_t j = 0; j < count; j++)
            is_new = is_new && name[j] != one;
        if (is_new)
            name[count++] = one;
    }
    return count;
}
