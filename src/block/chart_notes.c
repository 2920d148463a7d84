/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The annotations that an editor gives a chart: in the block, or in a CSV beside the
 * template that every issue adds a line to. */
#include "block/chart_block.h"

#include "base/file.h"
#include "data/csv.h"

/* The rows of a file as the pairs of a mapping. */
struct note_file {
    struct slice source;
    const char *path;
    struct arena *arena;
    struct yaml *key, *item;
    size_t count, key_capacity, item_capacity;
    bool is_past_head;
};

static bool take_note(const struct csv_record *record, void *context)
{
    struct note_file *notes = context;
    bool is_head = !notes->is_past_head;
    notes->is_past_head = true;
    if (is_head || record->count < 2 || !record->cell[0].size)
        return true;
    struct place at = csv_place_of(notes->source, notes->path, record->offset);
    size_t count = notes->count;
    struct yaml *key =
        ARENA_APPEND(notes->arena, notes->key, notes->count, notes->key_capacity);
    struct yaml *item =
        ARENA_APPEND(notes->arena, notes->item, count, notes->item_capacity);
    *key = (struct yaml){.at = at, .width = (int)utf8_length(record->cell[0])};
    *item = (struct yaml){.at = at, .width = 1};
    key->text = slice_copy(notes->arena, record->cell[0]);
    item->text = slice_copy(notes->arena, record->cell[1]);
    return true;
}

static bool read_note_file(struct block_reader *reader, const struct yaml *value,
                           const struct yaml **out)
{
    struct note_file notes = {.arena = reader->arena};
    struct file file;
    if (!find_beside(reader, value, &notes.path) ||
        !file_open_as(&file, notes.path, 'M', value->at, reader->diags))
        return false;
    notes.source = file.bytes;
    bool ok = utf8_is_valid(file.bytes, &(size_t){0});
    if (!ok)
        reader_error(reader, value, "M118", "\"%.*s\" is not UTF-8",
                     SLICE_PRINT(value->text));
    ok = ok && csv_read(file.bytes, 0, notes.path, csv_guess_dialect(file.bytes),
                        take_note, &notes, reader->diags);
    file_close(&file);
    *out = arena_copy(reader->arena,
                      &(struct yaml){YAML_MAPPING, value->at, 1, .count = notes.count,
                                     .key = notes.key, .item = notes.item},
                      sizeof **out);
    return ok;
}

static bool names_file(const struct yaml *notes)
{
    static const char ending[] = ".csv";
    size_t size = sizeof ending - 1;
    return notes->kind == YAML_SCALAR && notes->text.size > size &&
           slice_is(slice_from(notes->text, notes->text.size - size), ending);
}

static bool check_periods(struct block_reader *reader, const struct yaml *notes,
                          enum period_unit unit)
{
    bool ok = true;
    for (size_t i = 0; i < notes->count; i++) {
        struct period period;
        if (period_parse_date(notes->key[i].text, &period) && period.unit <= unit)
            continue;
        struct diag *diag =
            reader_error(reader, &notes->key[i], "M118", "\"%.*s\" is no %s",
                         SLICE_PRINT(notes->key[i].text), period_unit_name(unit));
        diag_hint(reader->diags, diag,
                  "write it as 2026-11-05, 2026-W46, 2026-11, 2026-Q4 or 2026");
        ok = false;
    }
    return ok;
}

bool read_chart_notes(struct block_reader *reader, struct chart_arguments *chart)
{
    const struct yaml *notes = yaml_find(reader->node->body, "notes");
    chart->notes_are_many = notes && names_file(notes);
    if (chart->notes_are_many && !read_note_file(reader, notes, &notes))
        return false;
    chart->notes = notes;
    if (!notes || (notes->kind == YAML_SCALAR && !notes->text.size))
        return true;
    if (notes->kind != YAML_MAPPING) {
        struct diag *diag =
            reader_error(reader, notes, "M118", "notes name no period or value");
        diag_hint(reader->diags, diag,
                  "as in notes: {2026-W24: \"eleven at once\"}, or notes: events.csv");
        return false;
    }
    return chart->by.kind != AXIS_PERIODS ||
           check_periods(reader, notes, chart->by.unit);
}
