/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The quality gate: how many cells and rows of a file may be unusable. */
#include "brief/session.h"

static bool read_max_rejects(struct session *session, double rows, double *allowed)
{
    struct slice text = session_setting(session, "max-rejects");
    *allowed = -1;
    if (!text.size)
        return true;
    bool percent = text.data[text.size - 1] == '%';
    if (percent)
        text.size--;
    if (number_parse(text, allowed) && *allowed >= 0) {
        if (percent)
            *allowed = *allowed / 100 * rows;
        return true;
    }
    diags_error(session->diags, (struct place){0}, "U102",
                "max-rejects is \"%.*s\", not a number or a percentage",
                SLICE_PRINT(text));
    return false;
}

static void note_rejects(const struct table *table, struct diags *diags)
{
    enum { SHOWN = 20 };
    size_t kept = table->reject_count < TABLE_REJECTS ? table->reject_count
                                                      : (size_t)TABLE_REJECTS;
    for (size_t i = 0; i < kept && i < SHOWN; i++) {
        const struct reject *reject = &table->reject[i];
        diags_note(diags, (struct place){table->file, reject->line, reject->column},
                   "D301", "%.*s is \"%.*s\": %s; %s", SLICE_PRINT(reject->header),
                   SLICE_PRINT(reject->value), reject->rule,
                   reject->excludes_row ? "the row is left out"
                                        : "the cell counts as unknown");
    }
    if (table->reject_count > SHOWN)
        diags_note(diags, (struct place){table->file, 0, 0}, "D302",
                   "%zu cells or rows can't be used; the first %d are listed",
                   table->reject_count, SHOWN);
}

bool session_accepts(struct session *session, const struct table *table)
{
    double allowed;
    if (!read_max_rejects(session, (double)table->rows_read, &allowed))
        return false;
    note_rejects(table, session->diags);
    if (allowed < 0 || (double)table->reject_count <= allowed)
        return true;
    struct diag *diag =
        diags_error(session->diags, (struct place){table->file, 0, 0}, "Q101",
                    "%zu cells or rows of %zu can't be used; at most %.0f are allowed",
                    table->reject_count, table->rows_read, allowed);
    diag_hint(session->diags, diag, "mend the file, or raise --max-rejects");
    return false;
}
