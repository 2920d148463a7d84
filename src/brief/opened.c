/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening editions, keeping them, dividing them. */
#include "brief/opened.h"

#include "brief/brief.h"

#include <stdlib.h>
#include <string.h>

/* -- Opening ------------------------------------------------------------------------------ */

static void close_one(struct opened *opened)
{
    edition_close(opened->edition);
    free(opened);
}

void editions_close(struct editions *editions)
{
    editions_keep(editions, NULL);
}

void editions_keep(struct editions *editions, const struct opened *opened)
{
    size_t kept = 0;
    for (size_t i = 0; i < editions->count; i++) {
        if (editions->item[i] == opened)
            editions->item[kept++] = editions->item[i];
        else
            close_one(editions->item[i]);
    }
    editions->count = kept;
}

static struct opened *find_open(const struct editions *editions, const char *path,
                                struct slice language)
{
    for (size_t i = 0; i < editions->count; i++) {
        const struct edition *edition = editions->item[i]->edition;
        if (strcmp(edition->path, path) == 0 &&
            slice_equal(edition->language, language))
            return editions->item[i];
    }
    return NULL;
}

static struct opened *add_opened(struct editions *editions)
{
    struct opened *opened = calloc(1, sizeof *opened);
    if (!opened)
        abort();
    if (editions->count == MOST_OPENED) {
        close_one(editions->item[0]);
        memmove(&editions->item[0], &editions->item[1],
                (MOST_OPENED - 1) * sizeof editions->item[0]);
        editions->count--;
    }
    editions->item[editions->count++] = opened;
    return opened;
}

struct opened *editions_open(struct editions *editions, struct session *session,
                             const char *path, bool *is_new)
{
    struct slice language = session_setting(session, "language");
    struct opened *opened = find_open(editions, path, language);
    *is_new = !opened;
    if (opened)
        return opened;
    for (size_t i = 0; i < editions->count; i++) {
        /* Of another template nothing more is wanted. */
        if (strcmp(editions->item[i]->edition->path, path) == 0)
            continue;
        editions_close(editions);
    }
    opened = add_opened(editions);
    if (edition_open(session, path, &opened->edition))
        return opened;
    opened->edition->path = ""; /* diagnostics may point into its arena */
    return NULL;
}

/* -- Groups ------------------------------------------------------------------------------- */

static bool find_group_column(struct opened *opened, const char *field)
{
    struct edition *edition = opened->edition;
    struct table *table = edition->tables[0].table;
    struct diags *diags = opened->edition->session->diags;
    struct column *column = table_find(table, slice_of(field));
    if (column)
        table_want(table, column);
    if (column && !column->is_read && !table_read(table, diags))
        return false;
    if (column && column->type == COLUMN_CATEGORY) {
        opened->group_column = column;
        return true;
    }
    struct slice *name = ARENA_ARRAY(edition->arena, struct slice, table->column_count);
    for (size_t i = 0; i < table->column_count; i++)
        name[i] = table->column[i].name;
    struct diag *diag = diags_error(
        diags, (struct place){"--each", 0, 0}, "U104",
        column ? "\"%s\" holds no names to divide by" : "unknown field \"%s\"", field);
    if (!column)
        diag_suggest(diags, diag, slice_of(field), name, table->column_count);
    return false;
}

struct named_code {
    struct slice name;
    uint32_t code;
};

static int compare_named(const void *a, const void *b)
{
    const struct named_code *left = a, *right = b;
    return slice_compare(left->name, right->name);
}

static void list_groups(struct opened *opened)
{
    struct arena *arena = opened->edition->arena;
    const struct column *column = opened->group_column;
    opened->group_rows = rows_by(opened->edition->tables[0].table, column, arena);
    struct named_code *named =
        ARENA_ARRAY(arena, struct named_code, column->words.count);
    size_t count = 0;
    for (uint32_t code = 1; code < column->words.count; code++) {
        if (opened->group_rows.start[code + 1] > opened->group_rows.start[code])
            named[count++] = (struct named_code){column->words.word[code], code};
    }
    if (count)
        qsort(named, count, sizeof *named, compare_named);
    uint32_t *code = ARENA_ARRAY(arena, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        code[i] = named[i].code;
    opened->group_code = code;
    opened->group_count = count;
}

/* Incidents whose field is blank are in nobody's brief: that is said. */
static void warn_of_groupless(const struct opened *opened)
{
    const struct table *table = opened->edition->tables[0].table;
    const struct period period = opened->edition->scope.period.whole;
    const size_t *start = opened->group_rows.start;
    size_t count = 0;
    for (size_t i = start[0]; i < start[1]; i++) {
        int32_t day = table->date ? table->date->as.day[opened->group_rows.row[i]] : 0;
        count += !table->date || (day >= period.first_day && day <= period.last_day);
    }
    if (count)
        diags_warn(opened->edition->session->diags, (struct place){table->file, 0, 0},
                   "D303", "%zu row%s of the period %s no \"%.*s\": no brief counts %s",
                   count, count == 1 ? "" : "s", count == 1 ? "has" : "have",
                   SLICE_PRINT(opened->group_column->name), count == 1 ? "it" : "them");
}

bool opened_divide(struct opened *opened, const char *field)
{
    bool is_divided =
        opened->group_column && slice_is(opened->group_column->name, field);
    if (is_divided)
        return true;
    if (!find_group_column(opened, field))
        return false;
    list_groups(opened);
    warn_of_groupless(opened);
    if (opened->group_count)
        brief_expect(opened->edition, opened->group_column, opened->group_code[0]);
    return true;
}
