/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The header of a CSV: every column gets a name of its own. */
#include "data/table_parts.h"

enum { MOST_WARNINGS = 5 };

struct header {
    struct arena *arena;
    struct slice *name;
    size_t count, offset;
};

struct naming {
    struct header *header;
    const char *file;
    struct arena *scratch;
    struct diags *diags;
    struct byte_map taken; /* folded names */
    size_t *next_number;   /* by index in taken: of the next twin */
    size_t unnamed, twins;
    struct place at;
};

/* A name is one line: breaks in its cell become spaces. */
static struct slice copy_name(struct arena *arena, struct slice cell)
{
    cell = slice_copy(arena, slice_trim(cell));
    char *name = (char *)(uintptr_t)cell.data;
    for (size_t i = 0; i < cell.size; i++) {
        if (name[i] == '\n' || name[i] == '\r' || name[i] == '\t')
            name[i] = ' ';
    }
    return cell;
}

static bool take_header(const struct csv_record *record, void *context)
{
    struct header *header = context;
    header->count = record->count;
    header->offset = record->offset;
    header->name = ARENA_ARRAY(header->arena, struct slice, record->count);
    for (size_t i = 0; i < record->count; i++)
        header->name[i] = copy_name(header->arena, record->cell[i]);
    return false;
}

static bool take_name(struct naming *naming, struct slice name, uint32_t *index)
{
    bool is_new;
    struct slice folded = slice_fold(naming->scratch, name);
    *index = byte_map_add(&naming->taken, folded.size ? folded : name, &is_new);
    if (is_new)
        naming->next_number[*index] = 2;
    return is_new;
}

static struct slice name_twin(struct naming *naming, struct slice name, uint32_t first)
{
    struct slice twin;
    uint32_t index;
    do
        twin = slice_of(arena_print(naming->header->arena, "%.*s (%zu)",
                                    SLICE_PRINT(name), naming->next_number[first]++));
    while (!take_name(naming, twin, &index));
    return twin;
}

static void warn_of_blank(struct naming *naming, size_t i)
{
    if (++naming->unnamed > MOST_WARNINGS)
        return;
    struct diag *diag = diags_warn(naming->diags, naming->at, "D206",
                                   "column %zu has no name and is called \"%.*s\"",
                                   i + 1, SLICE_PRINT(naming->header->name[i]));
    diag_hint(naming->diags, diag, "name it in the header");
}

static void warn_of_twin(struct naming *naming, size_t i, struct slice typed)
{
    if (++naming->twins > MOST_WARNINGS)
        return;
    struct diag *diag = diags_warn(
        naming->diags, naming->at, "D205",
        "the header has \"%.*s\" more than once; the one in column %zu is called "
        "\"%.*s\"",
        SLICE_PRINT(typed), i + 1, SLICE_PRINT(naming->header->name[i]));
    diag_hint(naming->diags, diag, "give each column a name of its own");
}

static void name_column(struct naming *naming, size_t i)
{
    struct slice typed = naming->header->name[i];
    struct slice name = typed;
    uint32_t index;
    if (!typed.size)
        name = slice_of(arena_print(naming->header->arena, "column %zu", i + 1));
    if (!take_name(naming, name, &index))
        name = name_twin(naming, name, index);
    naming->header->name[i] = name;
    if (!typed.size)
        warn_of_blank(naming, i);
    else if (name.data != typed.data)
        warn_of_twin(naming, i, typed);
}

static void warn_of_rest(struct naming *naming)
{
    if (naming->unnamed > MOST_WARNINGS)
        diags_warn(naming->diags, naming->at, "D206", "%zu columns have no name in all",
                   naming->unnamed);
    if (naming->twins > MOST_WARNINGS)
        diags_warn(naming->diags, naming->at, "D205",
                   "%zu columns repeat a name in all", naming->twins);
}

static void name_columns(struct header *header, struct place at, struct diags *diags)
{
    struct naming naming = {
        .header = header, .scratch = arena_new(), .diags = diags, .at = at};
    naming.next_number = ARENA_ARRAY(naming.scratch, size_t, 2 * header->count + 1);
    for (size_t i = 0; i < header->count; i++)
        name_column(&naming, i);
    warn_of_rest(&naming);
    byte_map_free(&naming.taken);
    arena_free(naming.scratch);
}

bool header_read(struct table_store *store, struct diags *diags)
{
    struct table *table = &store->table;
    struct header header = {.arena = store->arena};
    if (!csv_read(table->source, table->start, table->file, table->dialect, take_header,
                  &header, diags))
        return false;
    struct place at = {table->file, 1, 0};
    if (header.count == 0) {
        struct diag *diag =
            diags_error(diags, at, "D115", "the file is empty: it has no header");
        diag_hint(diags, diag, "the first row of a CSV names its columns");
        return false;
    }
    at.line = csv_line_of(table->source, header.offset);
    name_columns(&header, at, diags);
    table->header = header.name;
    table->header_count = header.count;
    struct slice *folded = ARENA_ARRAY(store->arena, struct slice, header.count);
    for (size_t i = 0; i < header.count; i++)
        folded[i] = slice_fold(store->arena, header.name[i]);
    store->folded_header = folded;
    return true;
}
