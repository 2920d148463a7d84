/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows behind a query's answer, for statistics that look at each incident. */
#include "data/query_parts.h"

/* The words that name a group; an unknown one has none. */
static bool is_of_group(const struct query *query, const struct query_cell *name,
                        uint32_t row)
{
    size_t word = 0;
    for (size_t i = 0; i < query->group_count; i++) {
        const struct query_group *group = &query->group[i];
        if (group->is_period)
            continue;
        const struct query_cell *wanted = &name[word++];
        const struct codes codes = column_codes(group->column, row);
        bool is_found = false;
        for (size_t j = 0; j < codes.count; j++) {
            struct slice own = group->column->words.word[codes.code[j]];
            is_found |= codes.code[j]
                            ? !wanted->is_unknown && slice_equal(own, wanted->word)
                            : wanted->is_unknown;
        }
        if (!is_found)
            return false;
    }
    return true;
}

bool query_groups_are_words(const struct query *query)
{
    for (size_t i = 0; i < query->group_count; i++)
        if (!query->group[i].is_period &&
            query->group[i].column->type != COLUMN_CATEGORY)
            return false;
    return true;
}

size_t query_rows(const struct query *query, const struct query_cell *name,
                  size_t shown, uint32_t *row)
{
    const struct table *table = query->table;
    size_t count = 0;
    for (uint32_t i = 0; i < table->row_count; i++)
        if (column_is_known(table->date, i) && is_of_group(query, name, i) &&
            condition_accepts(query->where, table, i) &&
            condition_accepts(query->shown[shown]->bound, table, i))
            row[count++] = i;
    return count;
}

const struct column *query_summed(const struct query *query, size_t shown)
{
    const struct measure *measure = query->shown[shown];
    return measure->kind == MEASURE_SUM ? measure->column : NULL;
}

struct table *query_table(const struct query *query)
{
    return query->table;
}
