/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The calendar's cycles as groups: the weekdays and the months of the year of a
 * table's dates, so that any measure can be asked by them. */
#include "data/series.h"

#include "base/civil.h"

static struct words cycle_words(enum calendar_cycle cycle, struct arena *arena)
{
    size_t count = cycle == CYCLE_WEEKDAY ? 7 : 12;
    struct slice *word = ARENA_ARRAY(arena, struct slice, count + 1);
    for (size_t i = 1; i <= count; i++)
        word[i] = slice_of(arena_print(arena, "%zu", i));
    return (struct words){count + 1, word};
}

static const struct column *make_cycle(const struct table *table,
                                       enum calendar_cycle cycle, struct arena *arena)
{
    uint32_t *category = ARENA_ARRAY(arena, uint32_t, table->row_count);
    struct column *groups = arena_copy(arena, table->date, sizeof *table->date);
    for (size_t row = 0; row < table->row_count; row++) {
        int32_t day = table->date->as.day[row];
        if (column_is_known(table->date, row))
            category[row] = cycle == CYCLE_WEEKDAY ? (uint32_t)civil_weekday(day) + 1
                                                   : (uint32_t)civil_of(day).month;
    }
    groups->words = cycle_words(cycle, arena);
    groups->type = COLUMN_CATEGORY;
    groups->as.category = category;
    return groups;
}

const struct column *calendar_groups(struct table *table, enum calendar_cycle cycle)
{
    if (!table->date)
        return NULL;
    if (!table->cycle[cycle])
        table->cycle[cycle] = make_cycle(table, cycle, table->arena);
    return table->cycle[cycle];
}
