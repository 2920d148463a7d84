/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `groups: province` in a table: the rows of one group below each other, under its
 * name. Groups come in the order of their first rows, so the table's own order
 * decides theirs too. */
#include "block/table_block.h"

/* The rows from..count in the order that puts equal groups together. */
static void order_by_group(const struct slice *group, size_t count, size_t *order,
                           struct arena *arena)
{
    bool *is_taken = ARENA_ARRAY(arena, bool, count);
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i; !is_taken[i] && j < count; j++) {
            if (is_taken[j] || (j > i && !slice_equal(group[j], group[i])))
                continue;
            order[taken++] = j;
            is_taken[j] = j > i;
        }
        is_taken[i] = true;
    }
}

void group_sheet(const struct block_context *context, struct sheet *sheet,
                 const struct slice *group, size_t count)
{
    struct arena *arena = context->chart.arena;
    size_t columns = sheet->column_count;
    size_t *order = ARENA_ARRAY(arena, size_t, count);
    struct slice *heads = ARENA_ARRAY(arena, struct slice, sheet->row_count + 1);
    struct sheet_cell *cell =
        ARENA_ARRAY(arena, struct sheet_cell, columns * sheet->row_count + 1);
    order_by_group(group, count, order, arena);
    for (size_t i = 0; i < sheet->row_count; i++) {
        size_t from = i < count ? order[i] : i;
        for (size_t j = 0; j < columns; j++)
            cell[i * columns + j] = sheet->cell[from * columns + j];
        if (i < count && (i == 0 || !slice_equal(group[from], group[order[i - 1]])))
            heads[i] = group[from];
    }
    sheet->cell = cell;
    sheet->group = heads;
    sheet->total_rows = sheet->row_count - count; /* others belong to no group */
}

static struct slice name_of(const struct block_context *context, struct slice word)
{
    return word.size ? capitalised(context, locale_name(context->chart.locale, word,
                                                        context->chart.arena))
                     : print_phrase(context, "unknown group", 1, NULL, 0);
}

struct slice *groups_of_rows(const struct table_arguments *table,
                             const struct block_context *context, const uint32_t *row,
                             size_t count)
{
    struct arena *arena = context->chart.arena;
    struct slice *group = ARENA_ARRAY(arena, struct slice, count + 1);
    for (size_t i = 0; i < count; i++)
        group[i] = name_of(
            context, table_text(table->table->table, table->groups, row[i], arena));
    return group;
}

struct slice group_name(const struct table_arguments *table,
                        const struct block_context *context, uint32_t word)
{
    return name_of(context, word ? table->groups->words.word[word] : (struct slice){0});
}

/* The group that most rows of a code name: a district's province. */
const uint32_t *group_words(const struct table_arguments *table, struct arena *arena)
{
    const struct column *by = table->rows, *groups = table->groups;
    size_t width = groups->words.count, codes = by->words.count;
    uint32_t *votes = ARENA_ARRAY(arena, uint32_t, codes * width + 1);
    uint32_t *word = ARENA_ARRAY(arena, uint32_t, codes + 1);
    for (size_t row = 0; row < table->table->table->row_count; row++)
        votes[by->as.category[row] * width + groups->as.category[row]]++;
    for (size_t i = 0; i < codes; i++) {
        const uint32_t *vote = votes + i * width;
        for (uint32_t j = 1; j < width; j++)
            word[i] = vote[j] > (word[i] ? vote[word[i]] : 0) ? j : word[i];
    }
    return word;
}
