/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks and measures of several tables: which table a block is about, and whether a
 * measure of another one can stand in it. */
#include "block/across.h"

#include <string.h>

/* A block without `data:` that shows measures of one other table is about that one. */
const struct source_table *table_shown(const struct block_reader *reader,
                                       const struct yaml *list, size_t count)
{
    const struct scope *scope = reader->scope;
    const struct table *table = NULL;
    for (size_t i = 0; i < count; i++) {
        struct shown shown;
        struct slice label = {0};
        const struct slice word = shown_word(list[i].text, &label);
        if (!find_shown(scope, word, &shown) ||
            table_find(scope->tables[0].table, word) ||
            (table && shown.measure->table != table))
            return &scope->tables[0];
        table = shown.measure->table;
    }
    for (size_t i = 0; i < scope->table_count; i++) {
        if (scope->tables[i].table == table)
            return &scope->tables[i];
    }
    return &scope->tables[0];
}

static struct diag *refuse(struct block_reader *reader, const struct shown *shown,
                           const char *why, struct slice field)
{
    struct diag *diag = diags_error(
        reader->diags, shown->at, "M147", why, SLICE_PRINT(shown->measure->name),
        SLICE_PRINT(shown->measure->table->name), SLICE_PRINT(field));
    diag->width = (int)utf8_length(shown->measure->name);
    return diag;
}

/* Its table has a column of the name that the block's groups have. */
static bool has_groups(struct block_reader *reader, const struct shown *shown,
                       const struct source_table *source)
{
    static const char *const keys[] = {"by", "split by", "rows"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct yaml *value = yaml_find(reader->node->body, keys[i]);
        const struct column *column =
            value && value->text.size ? table_find(source->table, value->text) : NULL;
        if (!column)
            continue; /* a period, or a slip that is told where the key is read */
        struct column *own = table_find(shown->measure->table, column->name);
        if (own && own->type == COLUMN_CATEGORY) {
            table_want(shown->measure->table, own);
            continue;
        }
        struct diag *diag = refuse(
            reader, shown, "\"%.*s\" counts \"%.*s\", which has no words in \"%.*s\"",
            column->name);
        diag_hint(reader->diags, diag, "show a measure of \"%.*s\"%s",
                  SLICE_PRINT(source->table->name),
                  source == &reader->scope->tables[0] ? "" : ", or leave `data:` out");
        return false;
    }
    return true;
}

bool fits_table(struct block_reader *reader, const struct shown *shown,
                const struct source_table *source)
{
    struct table *table = shown->measure->table;
    struct slice missing;
    if (!scope_want_groups(reader->scope, table, &missing)) {
        struct diag *diag =
            refuse(reader, shown,
                   "\"%.*s\" counts \"%.*s\", which has no column \"%.*s\"", missing);
        diag_hint(reader->diags, diag, "show it outside of `::: each %.*s`",
                  SLICE_PRINT(missing));
        return false;
    }
    if (table == source->table)
        return true;
    const struct yaml *where = yaml_find(reader->node->body, "where");
    if (!where || !where->text.size)
        return has_groups(reader, shown, source);
    struct diag *diag = refuse(
        reader, shown, "\"%.*s\" counts \"%.*s\", and `where` speaks of \"%.*s\"",
        source->table->name);
    diag_hint(reader->diags, diag, "write the condition into the measures instead");
    return false;
}

bool fits_each(struct block_reader *reader, const struct yaml *value,
               const struct source_table *source)
{
    struct slice missing;
    if (scope_want_groups(reader->scope, source->table, &missing))
        return true;
    struct diag *diag =
        reader_error(reader, value, "M147", "\"%.*s\" has no column \"%.*s\"",
                     SLICE_PRINT(source->name), SLICE_PRINT(missing));
    diag_hint(reader->diags, diag, "show it outside of `::: each %.*s`",
              SLICE_PRINT(missing));
    return false;
}
