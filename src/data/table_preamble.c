/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Titles above the header: "Incidents of the desk", "exported on …". They are known by
 * what comes below: the first record fits no schema, one of the next ones does. Where
 * no schema knows the file, the first record is one cell, and all from a later one on
 * have as many cells as that. */
#include "data/table_parts.h"

enum { MOST_RECORDS = 20, LEAST_MATCHED = 2 };

struct search {
    const struct table_options *options;
    struct arena *scratch;
    struct diags *ignored; /* what is wrong is told when the schema is chosen */
    size_t index, found;   /* offset of the header, SIZE_MAX = none */
    bool is_title;         /* the first record is one cell */
    size_t wide, wide_count, wide_records; /* the first of equally wide records */
};

static bool is_asked_for(const struct search *search, const struct schema *schema)
{
    struct slice asked = search->options->schema;
    return !asked.size || slice_equal(asked, schema->name);
}

/* How many fields of the schemas' best one the record names. */
static size_t count_fields(const struct search *search, const struct csv_record *record)
{
    size_t most = 0;
    struct slice *header = ARENA_ARRAY(search->scratch, struct slice, record->count);
    for (size_t i = 0; i < record->count; i++)
        header[i] = slice_fold(search->scratch, record->cell[i]);
    const struct header_names names = {header, record->count};
    for (size_t i = 0; i < search->options->schema_count; i++) {
        const struct schema *schema = search->options->schemas[i];
        size_t matched = is_asked_for(search, schema)
                             ? schema_count_fields(schema, names, search->ignored)
                             : 0;
        most = matched > most ? matched : most;
    }
    return most;
}

static void note_width(struct search *search, const struct csv_record *record)
{
    if (search->index == 0)
        search->is_title = record->count == 1;
    if (search->wide == SIZE_MAX && record->count > 1) {
        search->wide = record->offset;
        search->wide_count = record->count;
    }
    if (search->wide != SIZE_MAX && record->count != search->wide_count)
        search->is_title = false;
    search->wide_records += search->wide != SIZE_MAX;
}

static bool look(const struct csv_record *record, void *context)
{
    struct search *search = context;
    note_width(search, record);
    size_t fields = count_fields(search, record);
    arena_reset(search->scratch);
    bool is_first = search->index++ == 0;
    if (!is_first && fields >= LEAST_MATCHED)
        search->found = record->offset;
    return !(is_first && fields > 0) && search->found == SIZE_MAX &&
           search->index < MOST_RECORDS;
}

void preamble_skip(struct table_store *store, const struct table_options *options,
                   struct diags *diags)
{
    struct table *table = &store->table;
    struct arena *kept = arena_new();
    struct search search = {.options = options,
                            .scratch = arena_new(),
                            .ignored = diags_new(kept),
                            .found = SIZE_MAX,
                            .wide = SIZE_MAX};
    csv_read(table->source, table->start, table->file, table->dialect, look, &search,
             NULL);
    arena_free(search.scratch);
    arena_free(kept);
    if (search.found == SIZE_MAX && search.is_title && search.wide_records > 1)
        search.found = search.wide;
    if (search.found == SIZE_MAX)
        return;
    int line = csv_line_of(table->source, search.found);
    struct diag *diag = diags_note(
        diags, (struct place){table->file, line, 0}, "D215",
        "the header is taken to be line %d; what stands above is left out", line);
    diag_hint(diags, diag, "%s", "is it another line? Delete the lines above it");
    table->start = search.found;
}
