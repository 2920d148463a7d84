/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records of a CSV text: plain ones by a short scanner, all others by libcsv. */
#include "data/csv.h"

#include "data/marks.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIBRARY_BLOCK = 64 * 1024, /* bytes libcsv is fed at once, and grows its cell by */
    GUESS_BYTES = 64 * 1024,
    GUESS_RECORDS = 50,
    FEW_CELLS = 32,
};

enum scan { SCAN_ODD, SCAN_CELL, SCAN_LAST_CELL, SCAN_BLANK_LINE };

struct reader {
    struct slice source;
    const char *file;
    struct diags *diags;
    csv_record_fn *take;
    void *context;
    bool library_only;
    char delimiter;
    bool ends_run[256];   /* bytes that end a run of a bare cell */
    bool begins_run[256]; /* and those that begin one, no blank or quote */
    uint64_t marks;       /* of the 64 bytes before marked_to */
    const char *marked_to;
    struct arena *unescaped; /* cells that could not be borrowed; one record's */
    bool has_unescaped;
    struct slice *cell; /* at first the few, then from the heap */
    struct slice few[FEW_CELLS];
    size_t count, capacity;
    struct csv_parser library;
    bool row_has_ended;
    const char *too_big; /* what was, or NULL */
};

/* Places ------------------------------------------------------------------------ */

/* Lines end in LF; where a text has none, in CR. A CR among LFs is part of its line,
 * as editors count. */
static char line_end_of(struct slice source)
{
    return source.size && memchr(source.data, '\n', source.size) ? '\n' : '\r';
}

int csv_count_lines(struct slice source, size_t from, size_t to)
{
    int lines = 0;
    char line_end = line_end_of(source);
    const char *at = source.data + from, *end = source.data + to;
    while (at < end && (at = memchr(at, line_end, (size_t)(end - at)))) {
        lines++;
        at++;
    }
    return lines;
}

int csv_line_of(struct slice source, size_t offset)
{
    return 1 + csv_count_lines(source, 0, offset < source.size ? offset : source.size);
}

struct place csv_place_of(struct slice source, const char *file, size_t offset)
{
    char line_end = line_end_of(source);
    if (offset > source.size)
        offset = source.size;
    size_t start = offset;
    while (start > 0 && source.data[start - 1] != line_end)
        start--;
    struct slice before = {source.data + start, offset - start};
    return (struct place){file, csv_line_of(source, offset),
                          1 + (int)utf8_length(before)};
}

/* Cells ------------------------------------------------------------------------- */

/* False where a limit is met. */
static bool widen_record(struct reader *reader)
{
    if (reader->capacity == CSV_MOST_CELLS) {
        reader->too_big = "a record has more than 65,536 cells";
        return false;
    }
    bool is_first = reader->cell == reader->few;
    struct slice *wider =
        realloc(is_first ? NULL : reader->cell, reader->capacity * 2 * sizeof *wider);
    if (!wider)
        abort();
    if (is_first)
        memcpy(wider, reader->few, sizeof reader->few);
    reader->cell = wider;
    reader->capacity *= 2;
    return true;
}

static inline bool add_cell(struct reader *reader, struct slice cell)
{
    if (reader->count == reader->capacity && !widen_record(reader))
        return false;
    if (cell.size > CSV_LARGEST_CELL) {
        reader->too_big = "a cell is larger than 16 MiB";
        return false;
    }
    reader->cell[reader->count++] = cell;
    return true;
}

static void start_record(struct reader *reader)
{
    reader->count = 0;
    if (reader->has_unescaped)
        arena_reset(reader->unescaped);
    reader->has_unescaped = false;
}

/* Room for a cell that can't be borrowed. */
static char *reserve_cell(struct reader *reader, size_t size)
{
    if (!reader->unescaped)
        reader->unescaped = arena_new();
    reader->has_unescaped = true;
    return arena_alloc(reader->unescaped, size);
}

/* Our scanner ------------------------------------------------------------------- */

static bool is_blank(const struct reader *reader, char c)
{
    return (c == ' ' || c == '\t') && c != reader->delimiter;
}

/* Text between quotes with its doubled quotes made single. */
static struct slice unescape(struct reader *reader, const char *text, const char *end)
{
    char *out = reserve_cell(reader, (size_t)(end - text));
    struct slice cell = {out, 0};
    for (const char *quote; (quote = memchr(text, '"', (size_t)(end - text)));
         text = quote + 2) {
        size_t size = (size_t)(quote - text) + 1;
        memcpy(out + cell.size, text, size);
        cell.size += size;
    }
    memcpy(out + cell.size, text, (size_t)(end - text));
    cell.size += (size_t)(end - text);
    return cell;
}

/* *at stands behind an opening quote and is moved behind the closing one. False when
 * there is none, or a NUL byte is within. */
static bool scan_quoted(struct reader *reader, const char **at, const char *end,
                        struct slice *cell)
{
    const char *text = *at, *quote = text;
    bool is_escaped = false;
    while ((quote = memchr(quote, '"', (size_t)(end - quote))) && quote + 1 < end &&
           quote[1] == '"') {
        is_escaped = true;
        quote += 2;
    }
    if (!quote || memchr(text, '\0', (size_t)(quote - text)))
        return false;
    *cell = is_escaped ? unescape(reader, text, quote)
                       : (struct slice){text, (size_t)(quote - text)};
    *at = quote + 1;
    return true;
}

/* The end of a run of a bare cell, or of the text. Places are asked for in order. */
static const char *find_end_of_run(struct reader *reader, const char *at,
                                   const char *end)
{
    for (;;) {
        if (at >= reader->marked_to) {
            if (end - at < MARKED_BYTES)
                break;
            reader->marks = marks_of(at, reader->delimiter);
            reader->marked_to = at + MARKED_BYTES;
        }
        uint64_t marks = reader->marks >> (MARKED_BYTES - (reader->marked_to - at));
        at = marks ? at + __builtin_ctzll(marks) : reader->marked_to;
        if (marks && reader->ends_run[(unsigned char)*at])
            return at;
        at += marks != 0;
    }
    while (at < end && !reader->ends_run[(unsigned char)*at])
        at++;
    return at;
}

static inline struct slice scan_bare(struct reader *reader, const char **at,
                                     const char *end)
{
    const char *text = *at, *stop = find_end_of_run(reader, text, end);
    *at = stop;
    while (stop > text && is_blank(reader, stop[-1]))
        stop--;
    return (struct slice){text, (size_t)(stop - text)};
}

/* A cell that may begin with blanks or a quote. False: libcsv has to read it. */
static bool scan_dressed(struct reader *reader, const char **at, const char *end,
                         struct slice *cell)
{
    const char *start = *at;
    while (*at < end && is_blank(reader, **at))
        ++*at;
    if (*at == end || **at != '"') {
        *cell = scan_bare(reader, at, end);
        return true;
    }
    bool is_plain = *at == start;
    ++*at;
    return is_plain && scan_quoted(reader, at, end, cell);
}

/* Reads one cell and moves *at to its end. Whatever isn't plain is SCAN_ODD, and
 * libcsv's. */
static inline enum scan scan_cell(struct reader *reader, const char **at,
                                  struct slice *cell)
{
    const char *end = reader->source.data + reader->source.size;
    if (*at < end && reader->begins_run[(unsigned char)**at])
        *cell = scan_bare(reader, at, end);
    else if (!scan_dressed(reader, at, end, cell))
        return SCAN_ODD;
    if (*at == end)
        return SCAN_LAST_CELL;
    char c = **at;
    return c == reader->delimiter   ? SCAN_CELL
           : c == '\n' || c == '\r' ? SCAN_LAST_CELL
                                    : SCAN_ODD;
}

/* Reads one record from *at on and moves *at behind its line end. */
static enum scan scan_record(struct reader *reader, const char **at)
{
    const char *start = *at;
    for (;;) {
        struct slice cell;
        enum scan found = scan_cell(reader, at, &cell);
        if (found == SCAN_ODD || !add_cell(reader, cell))
            return SCAN_ODD;
        bool is_end = *at == reader->source.data + reader->source.size;
        *at += !is_end;
        if (found == SCAN_CELL)
            continue;
        bool is_blank_line = reader->count == 1 && cell.size == 0 && *start != '"';
        return is_blank_line ? SCAN_BLANK_LINE : SCAN_LAST_CELL;
    }
}

/* libcsv ------------------------------------------------------------------------ */

static void library_cell(void *bytes, size_t size, void *context)
{
    struct reader *reader = context;
    if (reader->too_big)
        return;
    char *copy = reserve_cell(reader, size);
    if (size)
        memcpy(copy, bytes, size);
    add_cell(reader, (struct slice){copy, size});
}

static void library_row(int terminator, void *context)
{
    (void)terminator;
    struct reader *reader = context;
    reader->row_has_ended = true;
}

/* Space alone is dropped around cells where the tab divides them. */
static int is_space_only(unsigned char c)
{
    return c == ' ';
}

static void library_reset(struct reader *reader)
{
    if (csv_init(&reader->library, CSV_STRICT | CSV_STRICT_FINI) != 0)
        abort();
    csv_set_delim(&reader->library, (unsigned char)reader->delimiter);
    csv_set_blk_size(&reader->library, LIBRARY_BLOCK);
    if (reader->delimiter == '\t')
        csv_set_space_func(&reader->library, is_space_only);
}

/* Bytes up to and with the next line end, at most a block. */
static size_t piece_size(const char *at, const char *end)
{
    size_t size =
        (size_t)(end - at) < LIBRARY_BLOCK ? (size_t)(end - at) : LIBRARY_BLOCK;
    const char *lf = memchr(at, '\n', size);
    if (lf)
        size = (size_t)(lf - at) + 1;
    const char *cr = memchr(at, '\r', size);
    return cr ? (size_t)(cr - at) + 1 : size;
}

/* Offset of the quote that opened the cell in which libcsv stopped at `stop`: the
 * record is fed once more, byte by byte. */
static size_t find_opening_quote(struct reader *reader, size_t offset, size_t stop)
{
    size_t opened = offset;
    csv_free(&reader->library);
    library_reset(reader);
    for (size_t i = offset; i < stop; i++) {
        int was_quoted = reader->library.quoted;
        csv_parse(&reader->library, reader->source.data + i, 1, NULL, NULL, NULL);
        if (!was_quoted && reader->library.quoted)
            opened = i;
    }
    return opened;
}

static bool report_open_quote(struct reader *reader, size_t offset)
{
    if (!reader->diags)
        return false;
    size_t opened = find_opening_quote(reader, offset, reader->source.size);
    struct diag *diag =
        diags_error(reader->diags, csv_place_of(reader->source, reader->file, opened),
                    "D111", "this quote is never closed");
    diag_hint(
        reader->diags, diag,
        "close it at the cell's end; a quote inside a cell is written twice: \"\"");
    return false;
}

static bool report_text_after_quote(struct reader *reader, size_t offset, size_t stop)
{
    if (!reader->diags)
        return false;
    size_t opened = find_opening_quote(reader, offset, stop);
    struct diag *diag = diags_error(
        reader->diags, csv_place_of(reader->source, reader->file, stop), "D112",
        "text after a closing quote, where a delimiter or the line's end was expected");
    diag_hint(
        reader->diags, diag,
        "a quote inside a quoted cell is written twice: \"\" (this cell was opened "
        "at line %d)",
        csv_line_of(reader->source, opened));
    return false;
}

static bool report_too_big(struct reader *reader, size_t offset)
{
    if (!reader->diags)
        return false;
    struct diag *diag =
        diags_error(reader->diags, csv_place_of(reader->source, reader->file, offset),
                    "D114", "%s", reader->too_big);
    diag_hint(reader->diags, diag, "is this a CSV file, and are its quotes closed?");
    return false;
}

static bool report_nul(struct reader *reader, size_t offset)
{
    if (!reader->diags)
        return false;
    struct diag *diag =
        diags_error(reader->diags, csv_place_of(reader->source, reader->file, offset),
                    "D113", "a NUL byte, which no text holds");
    diag_hint(reader->diags, diag,
              "is this a CSV file? UTF-16 without a mark needs --encoding utf-16%s",
              offset % 2 ? "le" : "be");
    return false;
}

/* A quote within a bare cell, 37°36'37.8"N, is the text's own: strict libcsv refuses it
 * as it does text after a closing quote, so it is let in by hand. */
static bool library_let_in(struct reader *reader, const char *quote)
{
    if (csv_error(&reader->library) != CSV_EPARSE)
        abort(); /* out of memory */
    if (reader->library.quoted)
        return false;
    csv_set_opts(&reader->library, 0);
    csv_parse(&reader->library, quote, 1, library_cell, library_row, reader);
    csv_set_opts(&reader->library, CSV_STRICT | CSV_STRICT_FINI);
    return true;
}

/* Feeds one piece to libcsv; false when it or a limit refuses. */
static bool library_feed(struct reader *reader, size_t offset, const char *at,
                         size_t size)
{
    const char *nul = memchr(at, '\0', size);
    if (nul)
        return report_nul(reader, (size_t)(nul - reader->source.data));
    for (size_t used = 0; used < size;) {
        used += csv_parse(&reader->library, at + used, size - used, library_cell,
                          library_row, reader);
        if (reader->library.entry_pos > CSV_LARGEST_CELL)
            reader->too_big = "a cell is larger than 16 MiB";
        if (reader->too_big)
            return report_too_big(reader, offset);
        if (used < size && !library_let_in(reader, at + used))
            return report_text_after_quote(reader, offset,
                                           (size_t)(at - reader->source.data) + used);
        used += used < size;
    }
    return true;
}

static bool library_finish(struct reader *reader, size_t offset)
{
    if (csv_fini(&reader->library, library_cell, library_row, reader) != 0)
        return report_open_quote(reader, offset);
    return !reader->too_big || report_too_big(reader, offset);
}

/* Reads by libcsv from *at on to the end of the first record, or of the text when
 * only blank lines follow. */
static bool library_record(struct reader *reader, const char **at)
{
    const char *end = reader->source.data + reader->source.size;
    size_t offset = (size_t)(*at - reader->source.data);
    start_record(reader);
    library_reset(reader);
    reader->row_has_ended = false;
    bool ok = true;
    while (ok && *at < end && !reader->row_has_ended) {
        size_t size = piece_size(*at, end);
        ok = library_feed(reader, offset, *at, size);
        *at += size;
    }
    if (ok && !reader->row_has_ended)
        ok = library_finish(reader, offset);
    csv_free(&reader->library);
    return ok;
}

/* Both -------------------------------------------------------------------------- */

/* Where the next record begins: behind line ends and blank lines. */
static const char *skip_blank_lines(const struct reader *reader, const char *at)
{
    const char *end = reader->source.data + reader->source.size;
    const char *line = at;
    for (; at < end; at++) {
        if (*at == '\n' || *at == '\r')
            line = at + 1;
        else if (!is_blank(reader, *at))
            return line;
    }
    return end;
}

static bool read_records(struct reader *reader, size_t start)
{
    const char *end = reader->source.data + reader->source.size;
    const char *at = reader->source.data + start;
    while (at < end) {
        const char *from = at;
        start_record(reader);
        enum scan found = reader->library_only ? SCAN_ODD : scan_record(reader, &at);
        if (found == SCAN_BLANK_LINE)
            continue;
        if (found == SCAN_ODD) {
            reader->marked_to = NULL;
            reader->too_big = NULL;
            at = from = skip_blank_lines(reader, from);
            if (!library_record(reader, &at))
                return false;
            if (reader->count == 0)
                continue;
        }
        struct csv_record record = {(size_t)(from - reader->source.data), reader->count,
                                    reader->cell};
        if (!reader->take(&record, reader->context))
            return true;
    }
    return true;
}

static bool read_all(struct reader *reader, size_t start, struct csv_dialect dialect)
{
    reader->delimiter = dialect.delimiter ? dialect.delimiter
                                          : csv_guess_dialect(reader->source).delimiter;
    const char stops[] = {reader->delimiter, '\n', '\r', '\0'};
    for (size_t i = 0; i < sizeof stops; i++)
        reader->ends_run[(unsigned char)stops[i]] = true;
    for (int c = 0; c < 256; c++)
        reader->begins_run[c] = c != '"' && !is_blank(reader, (char)c);
    reader->marked_to = NULL;
    reader->cell = reader->few;
    reader->capacity = FEW_CELLS;
    bool ok = start >= reader->source.size || read_records(reader, start);
    arena_free(reader->unescaped);
    if (reader->cell != reader->few)
        free(reader->cell);
    return ok;
}

bool csv_read(struct slice source, size_t start, const char *file,
              struct csv_dialect dialect, csv_record_fn *take, void *context,
              struct diags *diags)
{
    struct reader reader = {source, file, diags, take, context, .library_only = false};
    return read_all(&reader, start, dialect);
}

bool csv_read_by_library(struct slice source, size_t start, const char *file,
                         struct csv_dialect dialect, csv_record_fn *take, void *context,
                         struct diags *diags)
{
    struct reader reader = {source, file, diags, take, context, .library_only = true};
    return read_all(&reader, start, dialect);
}

bool csv_is_tags(const struct csv_record *record)
{
    size_t tags = 0;
    for (size_t i = 0; i < record->count; i++) {
        struct slice cell = slice_trim(record->cell[i]);
        if (cell.size && cell.data[0] != '#')
            return false;
        tags += cell.size > 1;
    }
    return tags > 0;
}

size_t csv_skip_separator_line(struct slice source, struct csv_dialect *dialect)
{
    enum { SIZE = 5 }; /* sep=; */
    bool is_quoted = slice_starts_with(source, "\"sep=");
    struct slice line = slice_from(source, is_quoted);
    if (!slice_starts_with(line, "sep=") && !slice_starts_with(line, "SEP="))
        return 0;
    size_t end = is_quoted + (size_t)SIZE;
    if (is_quoted && (end >= source.size || source.data[end++] != '"'))
        return 0;
    if (end >= source.size || (source.data[end] != '\n' && source.data[end] != '\r'))
        return 0;
    dialect->delimiter = line.data[SIZE - 1];
    return end;
}

/* Guessing ---------------------------------------------------------------------- */

struct cell_counts {
    size_t records;
    size_t cells[GUESS_RECORDS];
};

static bool note_cells(const struct csv_record *record, void *context)
{
    struct cell_counts *counts = context;
    counts->cells[counts->records++] = record->count;
    return counts->records < GUESS_RECORDS;
}

/* How many records have the commonest count of more than one cell. */
static size_t count_agreeing(const struct cell_counts *counts, size_t *cells)
{
    size_t most = 0;
    for (size_t i = 0; i < counts->records; i++) {
        size_t same = 0;
        for (size_t j = 0; j < counts->records; j++)
            same += counts->cells[j] == counts->cells[i];
        if (counts->cells[i] > 1 && same > most) {
            most = same;
            *cells = counts->cells[i];
        }
    }
    return most;
}

struct csv_dialect csv_guess_dialect(struct slice source)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    struct csv_dialect best = {','};
    double best_share = 0;
    size_t best_cells = 0;
    if (source.size > GUESS_BYTES)
        source.size = GUESS_BYTES;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        struct cell_counts counts = {0};
        size_t cells = 0;
        csv_read(source, 0, NULL, (struct csv_dialect){delimiters[i]}, note_cells,
                 &counts, NULL);
        size_t agreeing = count_agreeing(&counts, &cells);
        double share = agreeing ? (double)agreeing / (double)counts.records : 0;
        if (share > best_share || (share == best_share && cells > best_cells)) {
            best = (struct csv_dialect){delimiters[i]};
            best_share = share;
            best_cells = cells;
        }
    }
    return best;
}
