/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Columns that are made of other columns: constants, words mapped from another
 * column's words, and sums. */
#include "data/table_parts.h"

#include <math.h>

static void set_known(struct cell_reader *reader, size_t row)
{
    bits_set(reader->known, row);
    reader->known_count++;
}

static void derive_constant(struct table_store *store, struct cell_reader *reader)
{
    const struct column *column = reader->column;
    double number = NAN;
    int32_t day;
    uint32_t code = 0;
    struct slice constant = column->field->constant;
    if (column->type == COLUMN_CATEGORY)
        code = dictionary_code(reader->dictionary, constant);
    if (column->type == COLUMN_NUMBER && !number_parse(constant, &number))
        return;
    if (column->type == COLUMN_DAY &&
        date_read(&reader->dates, constant, &day) != DATE_READ)
        return;
    for (size_t row = 0; row < store->table.row_count; row++) {
        if (column->type == COLUMN_CATEGORY)
            reader->category[row] = code;
        if (column->type == COLUMN_NUMBER)
            reader->number[row] = number;
        if (column->type == COLUMN_DAY)
            reader->day[row] = day;
        set_known(reader, row);
    }
}

/* The word that a word of the other column stands for; 0 when nothing says. */
static uint32_t map_word(struct cell_reader *reader, struct slice word,
                         struct arena *scratch)
{
    const struct schema_field *field = reader->column->field;
    const struct schema_alias *alias = alias_find(field, word_fold(scratch, word));
    struct slice to = alias ? alias->to : field->otherwise;
    return word.size && to.size ? dictionary_code(reader->dictionary, to) : 0;
}

/* By code of the other column, or by set: of several values the first that is mapped
 * decides. */
static uint32_t *map_codes(struct cell_reader *reader, const struct column *other,
                           struct arena *scratch)
{
    uint32_t *by_word = ARENA_ARRAY(scratch, uint32_t, other->words.count);
    for (size_t code = 1; code < other->words.count; code++)
        by_word[code] = map_word(reader, other->words.word[code], scratch);
    if (!other->is_list)
        return by_word;
    uint32_t *by_set = ARENA_ARRAY(scratch, uint32_t, other->set_count);
    for (size_t set = 0; set < other->set_count; set++) {
        for (size_t i = other->set_start[set]; i < other->set_start[set + 1]; i++) {
            if (!by_set[set])
                by_set[set] = by_word[other->set_code[i]];
        }
    }
    return by_set;
}

enum { NAMED_WORDS = 6 };

/* Words that stand for nothing are said, the commonest first: whoever counts by the
 * derived column leaves their rows out. */
static void note_unmapped(struct table_store *store, const struct column *column,
                          const struct column *other, const uint32_t *map,
                          struct arena *scratch, struct diags *diags)
{
    size_t values = other->is_list ? other->set_count : other->words.count;
    size_t *rows = ARENA_ARRAY(scratch, size_t, values);
    size_t all = 0;
    struct text names = {.arena = scratch};
    for (size_t row = 0; row < store->table.row_count; row++) {
        uint32_t value = other->as.category[row];
        bool is_unmapped = value && !map[value];
        rows[value] += is_unmapped;
        all += is_unmapped;
    }
    for (size_t named = 0; named < NAMED_WORDS && !other->is_list; named++) {
        size_t most = 0;
        for (size_t i = 1; i < values; i++)
            most = rows[i] > rows[most] ? i : most;
        if (!rows[most])
            break;
        text_print(&names, "%s\"%.*s\" (%zu)", named ? ", " : ": ",
                   SLICE_PRINT(other->words.word[most]), rows[most]);
        rows[most] = 0;
    }
    if (!all)
        return;
    struct diag *diag =
        diags_note(diags, (struct place){store->table.file, 0, 0}, "D213",
                   "%zu %s no \"%.*s\", since it isn't known for their \"%.*s\"%.*s",
                   all, all == 1 ? "row has" : "rows have", SLICE_PRINT(column->name),
                   SLICE_PRINT(other->name), SLICE_PRINT(text_slice(&names)));
    diag_hint(diags, diag,
              "add the words to \"values:\" of the schema's field \"%.*s\"",
              SLICE_PRINT(column->name));
}

static void derive_words(struct table_store *store, struct cell_reader *reader,
                         struct diags *diags)
{
    const struct column *other = table_find(&store->table, reader->column->field->from);
    struct arena *scratch = arena_new();
    const uint32_t *map = map_codes(reader, other, scratch);
    note_unmapped(store, reader->column, other, map, scratch, diags);
    for (size_t row = 0; row < store->table.row_count; row++) {
        reader->category[row] = map[other->as.category[row]];
        if (reader->category[row])
            set_known(reader, row);
    }
    arena_free(scratch);
}

/* The sum of the known parts; unknown only when none of them is known. */
static void derive_sum(struct table_store *store, struct cell_reader *reader)
{
    for (size_t row = 0; row < store->table.row_count; row++)
        reader->number[row] = NAN;
    struct slice rest = reader->column->field->plus, name;
    while (slice_cut(&rest, ',', &name)) {
        const struct column *part = table_find(&store->table, name);
        for (size_t row = 0; part && row < store->table.row_count; row++) {
            if (!column_is_known(part, row))
                continue;
            double sum = reader->number[row];
            if (isnan(sum))
                set_known(reader, row);
            reader->number[row] = (isnan(sum) ? 0 : sum) + part->as.number[row];
        }
    }
}

static void derive(struct table_store *store, struct cell_reader *reader,
                   struct diags *diags)
{
    struct pass pass = {.store = store, .diags = diags, .row = store->table.row_count};
    cells_prepare(store, reader);
    cells_reserve(reader, 0, store->table.row_count);
    switch (reader->column->origin) {
    case ORIGIN_CONSTANT: derive_constant(store, reader); break;
    case ORIGIN_WORDS: derive_words(store, reader, diags); break;
    case ORIGIN_SUM: derive_sum(store, reader); break;
    case ORIGIN_SOURCE:
    case ORIGIN_PARTS: return;
    }
    cells_finish(&pass, reader);
}

void columns_derive(struct table_store *store, struct diags *diags)
{
    for (size_t i = 0; i < store->table.column_count; i++) {
        const struct column *column = &store->table.column[i];
        bool is_made =
            column->origin != ORIGIN_SOURCE && column->origin != ORIGIN_PARTS;
        if (is_made && column->is_wanted && !column->is_read)
            derive(store, &store->reader[i], diags);
    }
}
