/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file without a column of dates by name may have one by its cells: which that is. */
#include "brief/report.h"

#include "data/dates.h"

enum { MOST_ROWS = 200 };
static const double ENOUGH = 0.8; /* of the cells that aren't blank */

struct days_seen {
    const struct column *column;
    double share;
};

static struct slice cell_text(const struct table *table, const struct column *column,
                              uint32_t row, struct arena *arena)
{
    if (column->type != COLUMN_NUMBER)
        return table_text(table, column, row, arena);
    double number = column->as.number[row];
    bool is_day = number >= 19000101 && number <= 21001231; /* 20260319 */
    return is_day ? slice_of(arena_print(arena, "%.0f", number)) : SLICE_LITERAL("-");
}

static struct days_seen look_at_column(const struct table *table,
                                       const struct column *column, struct arena *arena)
{
    struct days_seen seen = {.column = column};
    struct date_reader reader = date_reader_new(arena, NULL, 0, false);
    size_t filled = 0, days = 0;
    for (uint32_t row = 0; row < table->row_count && row < MOST_ROWS; row++) {
        struct slice cell = slice_trim(cell_text(table, column, row, arena));
        int32_t day;
        filled += cell.size > 0;
        enum date_result result =
            cell.size ? date_read(&reader, cell, &day) : DATE_NONE;
        days += result == DATE_READ || result == DATE_OPEN;
    }
    seen.share = filled ? (double)days / (double)filled : 0;
    return seen;
}

/* "reported" before "entered": the first in the file among those that are days. */
static struct days_seen find_days(const struct table *table, struct arena *arena)
{
    struct days_seen best = {0};
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->column[i];
        if (!column->is_read)
            continue;
        struct days_seen seen = look_at_column(table, column, arena);
        if (seen.share >= ENOUGH && seen.share > best.share)
            best = seen;
    }
    return best;
}

bool report_find_days(struct session *session, const struct table *table,
                      struct arena *arena, struct slice *column)
{
    const struct days_seen seen = find_days(table, arena);
    if (seen.column) {
        *column = seen.column->header.size ? seen.column->header : seen.column->name;
        return true;
    }
    struct diags *diags = session->diags;
    struct diag *diag = diags_error(diags, (struct place){table->file, 1, 0}, "D209",
                                    "no column of dates: a brief can't begin "
                                    "with this file");
    diag_hint(diags, diag,
              "call the column of days \"date\"; or name the file in a brief of "
              "incidents as a further table: `data: {incidents: …, points: FILE}`");
    return false;
}
