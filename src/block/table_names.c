/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What names the rows of a measure table: their rank, the value itself, and another
 * field's word beside it, as a district's province. */
#include "block/table_block.h"
#include "data/series.h"

static struct slice title_of(const struct block_context *context, struct slice name)
{
    struct measure named = {.name = name};
    return measure_label(&named, context->chart.locale, context->chart.arena);
}

size_t name_columns(const struct table_arguments *table)
{
    return 1u + (table->rank ? 1 : 0) + (table->beside ? 1 : 0);
}

size_t name_heads(const struct table_arguments *table,
                  const struct block_context *context, struct sheet_column *column)
{
    size_t count = 0;
    struct slice name = table->rows
                            ? table->rows->name
                            : locale_unit(context->chart.locale, table->unit, 1);
    if (table->rank)
        column[count++] = (struct sheet_column){.kind = SHEET_TEXT, .align = 'r'};
    column[count++] =
        (struct sheet_column){.head = title_of(context, name), .strong = true};
    if (table->beside)
        column[count++] =
            (struct sheet_column){.head = title_of(context, table->beside->name)};
    return count;
}

/* By code of the rows' field, the word of the other field that most records name. */
const uint32_t *words_beside(const struct table_arguments *table, struct arena *arena)
{
    const struct column *rows = table->rows, *beside = table->beside;
    if (!rows || !beside || !rows->is_read || !beside->is_read)
        return NULL;
    size_t words = beside->words.count;
    uint32_t *tally = ARENA_ARRAY(arena, uint32_t, rows->words.count * words);
    uint32_t *most = ARENA_ARRAY(arena, uint32_t, rows->words.count);
    for (size_t i = 0; i < table->table->table->row_count; i++) {
        struct codes row = column_codes(rows, (uint32_t)i);
        struct codes word = column_codes(beside, (uint32_t)i);
        for (size_t r = 0; r < row.count; r++) {
            uint32_t *of = tally + row.code[r] * words, *best = &most[row.code[r]];
            for (size_t w = 0; w < word.count; w++) {
                if (word.code[w] && ++of[word.code[w]] > of[*best])
                    *best = word.code[w];
            }
        }
    }
    return most;
}

static struct slice rank_text(const struct block_context *context, size_t rank)
{
    struct text text = {.arena = context->chart.arena};
    locale_number(context->chart.locale, (double)rank, 0, &text);
    return text_slice(&text);
}

static const struct text_style *quiet_style(const struct block_context *context)
{
    const struct theme *theme = context->chart.theme;
    struct text_style *style =
        arena_copy(context->chart.arena, &theme->text[TEXT_TABLE_CELL], sizeof *style);
    style->colour = theme->colour[COLOUR_TERTIARY];
    return style;
}

size_t name_cells(const struct table_arguments *table,
                  const struct block_context *context, const struct row_name *row,
                  struct sheet_cell *cell)
{
    size_t count = 0;
    if (table->rank)
        cell[count++] = (struct sheet_cell){
            .text = row->rank ? rank_text(context, row->rank) : (struct slice){0},
            .style = quiet_style(context)};
    cell[count++].text = row->name;
    if (!table->beside)
        return count;
    struct slice word =
        row->beside ? table->beside->words.word[row->beside] : (struct slice){0};
    if (word.size)
        word = locale_name(context->chart.locale, word, context->chart.arena);
    cell[count++].text = word;
    return count;
}
