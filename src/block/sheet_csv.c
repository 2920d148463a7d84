/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table's data for the web edition: its cells as CSV, numbers unrounded where the
 * table knows them. */
#include "block/sheet.h"

/* First: the layout knows only this. */
struct sheet_picture {
    struct picture picture;
    struct sheet sheet;
};

static void append_cell(struct text *out, const struct sheet_cell *cell)
{
    if (cell->has_number)
        append_csv_limit(out, cell->number, cell->at_least);
    else {
        text_append_string(out, ",");
        append_csv_word(out, cell->text);
    }
}

/* Pictures hold no words. */
static bool is_written(const struct sheet *sheet, size_t column)
{
    return sheet->column[column].kind != SHEET_BOX;
}

/* Every cell begins with a comma; the first one's goes. */
static void end_line(struct text *line, struct text *out)
{
    text_append(out, slice_from(text_slice(line), 1));
    text_append_string(out, "\r\n");
    line->size = 0;
}

static void write_csv(const struct picture *picture, struct text *out)
{
    const struct sheet *sheet = &((const struct sheet_picture *)picture)->sheet;
    struct text line = {.arena = out->arena};
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (!is_written(sheet, i))
            continue;
        struct slice head = sheet->column[i].head;
        text_append_string(&line, ",");
        append_csv_word(&line, head.size ? head : SLICE_LITERAL("rank"));
    }
    end_line(&line, out);
    for (size_t row = 0; row < sheet->row_count; row++) {
        for (size_t i = 0; i < sheet->column_count; i++) {
            if (is_written(sheet, i))
                append_cell(&line, &sheet->cell[row * sheet->column_count + i]);
        }
        end_line(&line, out);
    }
}

const struct picture *sheet_picture(const struct sheet *sheet, struct arena *arena)
{
    struct sheet_picture *own = ARENA_NEW(arena, struct sheet_picture);
    *own = (struct sheet_picture){.picture = {.write_csv = write_csv}, .sheet = *sheet};
    return &own->picture;
}
