/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Periods as editors write them. */
#include "data/period.h"

#include "data/phrase.h"

#include <string.h>

enum { MOST_UNITS = 100000 };

/* Dates -------------------------------------------------------------------------- */

/* What a date is made of, whether or not such a day exists. */
struct date {
    enum period_unit unit;
    int year, part, day; /* part: month, quarter or week */
};

/* Takes exactly count digits. */
static bool take_digits(struct slice *text, int count, int *out)
{
    int value = 0;
    if (text->size < (size_t)count)
        return false;
    for (int i = 0; i < count; i++) {
        char digit = text->data[i];
        if (digit < '0' || digit > '9')
            return false;
        value = value * 10 + (digit - '0');
    }
    *out = value;
    *text = slice_from(*text, (size_t)count);
    return true;
}

static bool take_letter(struct slice *text, char letter)
{
    if (!text->size || (text->data[0] | 0x20) != letter)
        return false;
    *text = slice_from(*text, 1);
    return true;
}

static bool take_dash(struct slice *text)
{
    if (!text->size || text->data[0] != '-')
        return false;
    *text = slice_from(*text, 1);
    return true;
}

static bool scan_date(struct slice text, struct date *out)
{
    *out = (struct date){.unit = PERIOD_YEAR, .part = 1, .day = 1};
    text = slice_trim(text);
    if (!take_digits(&text, 4, &out->year))
        return false;
    if (!text.size)
        return true;
    bool has_dash = take_dash(&text);
    if (take_letter(&text, 'q')) {
        out->unit = PERIOD_QUARTER;
        return take_digits(&text, 1, &out->part) && !text.size;
    }
    if (take_letter(&text, 'w')) {
        out->unit = PERIOD_WEEK;
        return take_digits(&text, 2, &out->part) && !text.size;
    }
    out->unit = PERIOD_MONTH;
    if (!has_dash || !take_digits(&text, 2, &out->part))
        return false;
    if (!text.size)
        return true;
    out->unit = PERIOD_DAY;
    return take_dash(&text) && take_digits(&text, 2, &out->day) && !text.size;
}

static bool date_exists(const struct date *date)
{
    if (!civil_is_valid(date->year, 1, 1) || date->part < 1)
        return false;
    switch (date->unit) {
    case PERIOD_WEEK: return date->part <= iso_weeks_in_year(date->year);
    case PERIOD_QUARTER: return date->part <= 4;
    case PERIOD_YEAR:
    case PERIOD_MONTH:
    case PERIOD_DAY:
    case PERIOD_RANGE: break;
    }
    return civil_is_valid(date->year, date->part, date->day);
}

static struct period period_of_date(const struct date *date)
{
    int32_t day;
    if (date->unit == PERIOD_WEEK)
        day = iso_week_monday(date->year, date->part);
    else if (date->unit == PERIOD_QUARTER)
        day = civil_day(date->year, date->part * 3, 1);
    else
        day = civil_day(date->year, date->part, date->day);
    return period_holding(date->unit, day, 0);
}

bool period_parse_date(struct slice text, struct period *out)
{
    struct date date;
    if (!scan_date(text, &date) || !date_exists(&date))
        return false;
    *out = period_of_date(&date);
    return true;
}

/* Units and lengths -------------------------------------------------------------- */

// clang-format off
static const struct {
    const char *word;
    enum period_unit unit;
} unit_words[] = {
    {"day", PERIOD_DAY}, {"days", PERIOD_DAY}, {"daily", PERIOD_DAY},
    {"week", PERIOD_WEEK}, {"weeks", PERIOD_WEEK}, {"weekly", PERIOD_WEEK},
    {"month", PERIOD_MONTH}, {"months", PERIOD_MONTH}, {"monthly", PERIOD_MONTH},
    {"quarter", PERIOD_QUARTER}, {"quarters", PERIOD_QUARTER},
    {"quarterly", PERIOD_QUARTER},
    {"year", PERIOD_YEAR}, {"years", PERIOD_YEAR}, {"yearly", PERIOD_YEAR},
    {"annual", PERIOD_YEAR}, {"annually", PERIOD_YEAR},
};
// clang-format on

static bool take_unit(struct phrase *phrase, enum period_unit *out)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (phrase_take_word(phrase, unit_words[i].word)) {
            *out = unit_words[i].unit;
            return true;
        }
    }
    return false;
}

bool period_parse_unit(struct slice text, enum period_unit *out)
{
    struct phrase phrase = {.text = text};
    return take_unit(&phrase, out) && phrase_is_done(&phrase);
}

/* Digits, perhaps none: then *count is 1. False for 0 and for more than is sane. */
static bool take_count(struct phrase *phrase, size_t *count, bool *is_written)
{
    phrase_skip_spaces(phrase);
    size_t value = 0, digits = 0;
    struct slice rest = phrase_rest(phrase);
    for (; digits < rest.size && rest.data[digits] >= '0' && rest.data[digits] <= '9';
         digits++)
        if (value <= MOST_UNITS)
            value = value * 10 + (size_t)(rest.data[digits] - '0');
    phrase->offset += digits;
    *count = digits ? value : 1;
    *is_written = digits > 0;
    return *count >= 1 && *count <= MOST_UNITS;
}

bool period_parse_length(struct slice text, size_t *count, enum period_unit *unit)
{
    struct phrase phrase = {.text = text};
    bool is_written;
    if (!take_count(&phrase, count, &is_written))
        return false;
    if (is_written)
        phrase_take_symbol(&phrase, "-");
    return take_unit(&phrase, unit) && phrase_is_done(&phrase);
}

/* Periods counted from the frame ------------------------------------------------- */

struct reader {
    struct phrase phrase;
    const struct period_frame *frame;
    struct period_span *out;
    bool wants_day;
};

enum reading { READ, NOT_UNDERSTOOD, REFUSED };

static void set_one(struct period_span *out, struct period period)
{
    *out = (struct period_span){period, period.unit, 1};
}

static void set_many(struct period_span *out, enum period_unit unit, size_t count,
                     struct period first, struct period last)
{
    *out = (struct period_span){
        {PERIOD_RANGE, first.first_day, last.last_day}, unit, count};
}

static enum reading refuse(struct reader *reader, const char *code, const char *message,
                           const char *hint)
{
    struct phrase *phrase = &reader->phrase;
    struct slice text = slice_trim(phrase->text);
    struct diag *diag = diags_error(phrase->diags, phrase->at, code, "\"%.*s\" %s",
                                    SLICE_PRINT(text), message);
    int width = (int)utf8_length(text);
    diag->width = width > 0 ? width : 1;
    if (hint)
        diag_hint(phrase->diags, diag, "%s", hint);
    return REFUSED;
}

static enum reading set_last(struct reader *reader, enum period_unit unit, size_t count)
{
    const struct period_frame *frame = reader->frame;
    int32_t until =
        frame->as_of < frame->complete_until ? frame->as_of : frame->complete_until;
    struct period last = period_holding(unit, until, frame->week_start);
    if (last.last_day > until)
        last = period_shift(last, -1, frame->week_start);
    int back = (int)count - 1;
    struct period first = period_shift(last, -back, frame->week_start);
    if (!period_equal(period_shift(first, back, frame->week_start), last))
        return refuse(reader, "M303", "begins before the year 1", NULL);
    if (count == 1)
        set_one(reader->out, last);
    else
        set_many(reader->out, unit, count, first, last);
    return READ;
}

static enum reading read_last(struct reader *reader)
{
    struct phrase *phrase = &reader->phrase;
    size_t count;
    enum period_unit unit;
    bool is_written;
    phrase_take_word(phrase, "complete");
    if (!take_count(phrase, &count, &is_written))
        return refuse(reader, "M303", "counts none, or more than 100,000",
                      "as in last 4 weeks");
    phrase_take_word(phrase, "complete");
    if (!take_unit(phrase, &unit) || !phrase_is_done(phrase))
        return NOT_UNDERSTOOD;
    return set_last(reader, unit, count);
}

static enum reading read_neighbour(struct reader *reader, int shift)
{
    enum period_unit unit;
    if (!take_unit(&reader->phrase, &unit) || !phrase_is_done(&reader->phrase))
        return NOT_UNDERSTOOD;
    const struct period_frame *frame = reader->frame;
    struct period now = period_holding(unit, frame->as_of, frame->week_start);
    set_one(reader->out, period_shift(now, shift, frame->week_start));
    return READ;
}

static enum reading read_all(struct reader *reader)
{
    const struct period_frame *frame = reader->frame;
    int32_t last = frame->as_of < frame->data_last ? frame->as_of : frame->data_last;
    struct period whole = {PERIOD_RANGE, frame->data_first, last};
    if (frame->data_first > last)
        whole.first_day = whole.last_day = frame->as_of;
    set_one(reader->out, whole);
    return READ;
}

/* Dates and ranges of dates ------------------------------------------------------ */

static const char *hint_of_unit(enum period_unit unit)
{
    switch (unit) {
    case PERIOD_WEEK: return "weeks run from W01 to W52, in some years to W53";
    case PERIOD_QUARTER: return "quarters run from Q1 to Q4";
    case PERIOD_YEAR:
    case PERIOD_MONTH:
    case PERIOD_DAY:
    case PERIOD_RANGE: break;
    }
    return "a day is written year-month-day: 2026-11-15";
}

static enum reading read_date(struct reader *reader, struct slice text,
                              struct period *out)
{
    struct date date;
    if (!scan_date(text, &date))
        return NOT_UNDERSTOOD;
    if (!date_exists(&date))
        return refuse(reader, "M302", "doesn't exist in the calendar",
                      hint_of_unit(date.unit));
    if (date.unit == PERIOD_WEEK && reader->frame->week_start != 0)
        return refuse(
            reader, "M304", "numbers a week, but weeks don't start on Monday",
            "only weeks from Monday have ISO numbers; write \"week of\" and a "
            "day: week of 2026-11-05");
    *out = period_of_date(&date);
    return READ;
}

static enum reading read_week_of(struct reader *reader, enum period_unit unit)
{
    struct period day;
    enum reading reading = read_date(reader, phrase_rest(&reader->phrase), &day);
    if (reading != READ || day.unit != PERIOD_DAY)
        return reading == READ ? NOT_UNDERSTOOD : reading;
    set_one(reader->out,
            period_holding(unit, day.first_day, reader->frame->week_start));
    return READ;
}

/* Finds what joins two dates; *before and *after are the dates or empty. */
static bool cut_range(struct slice text, struct slice *before, struct slice *after)
{
    static const char *const joints[] = {"...",          "..",      "\xE2\x80\xA6",
                                         " to ",         " until ", "\xE2\x80\x93",
                                         "\xE2\x80\x94", " - "};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t size = strlen(joints[i]);
        const char *found = memmem(text.data, text.size, joints[i], size);
        if (!text.size || !found)
            continue;
        size_t at = (size_t)(found - text.data);
        *before = slice_trim((struct slice){text.data, at});
        *after = slice_trim(slice_from(text, at + size));
        return true;
    }
    return false;
}

static size_t count_units(struct period first, struct period last, int week_start)
{
    struct civil from = civil_of(first.first_day), to = civil_of(last.first_day);
    int months = (to.year - from.year) * 12 + to.month - from.month;
    switch (first.unit) {
    case PERIOD_YEAR: return (size_t)(months / 12) + 1;
    case PERIOD_QUARTER: return (size_t)(months / 3) + 1;
    case PERIOD_MONTH: return (size_t)months + 1;
    case PERIOD_WEEK:
        first = period_holding(PERIOD_WEEK, first.first_day, week_start);
        return (size_t)((last.first_day - first.first_day + 6) / 7) + 1;
    case PERIOD_DAY:
    case PERIOD_RANGE: break;
    }
    return 1;
}

static enum reading read_range(struct reader *reader, struct slice before,
                               struct slice after)
{
    const struct period_frame *frame = reader->frame;
    struct period first = {PERIOD_DAY, frame->data_first, frame->data_first};
    struct period last = {PERIOD_DAY, frame->as_of, frame->as_of};
    enum reading reading = READ;
    if (!before.size && !after.size)
        return NOT_UNDERSTOOD;
    if (before.size)
        reading = read_date(reader, before, &first);
    if (reading == READ && after.size)
        reading = read_date(reader, after, &last);
    if (reading != READ)
        return reading;
    if (last.last_day < first.first_day)
        return refuse(reader, "M305", "ends before it begins",
                      "the earlier day stands first");
    struct period whole = {PERIOD_RANGE, first.first_day, last.last_day};
    bool has_parts = first.unit == last.unit && first.unit != PERIOD_DAY;
    *reader->out = (struct period_span){whole, PERIOD_RANGE, 1};
    if (has_parts) {
        reader->out->unit = first.unit;
        reader->out->count = count_units(first, last, frame->week_start);
    }
    return READ;
}

static enum reading read_written(struct reader *reader, struct slice text)
{
    struct slice before, after;
    if (cut_range(text, &before, &after))
        return read_range(reader, before, after);
    struct period period;
    enum reading reading = read_date(reader, text, &period);
    if (reading == READ)
        set_one(reader->out, period);
    return reading;
}

static enum reading read_period(struct reader *reader)
{
    struct phrase *phrase = &reader->phrase;
    enum period_unit unit;
    if (phrase_take_word(phrase, "last"))
        return read_last(reader);
    if (phrase_take_word(phrase, "this"))
        return read_neighbour(reader, 0);
    if (phrase_take_word(phrase, "previous"))
        return read_neighbour(reader, -1);
    if (phrase_take_word(phrase, "since"))
        return read_range(reader, slice_trim(phrase_rest(phrase)), (struct slice){0});
    if (phrase_take_word(phrase, "all") && phrase_is_done(phrase))
        return read_all(reader);
    if (phrase_take_word(phrase, "today") && phrase_is_done(phrase)) {
        set_one(reader->out, period_holding(PERIOD_DAY, reader->frame->as_of, 0));
        return READ;
    }
    if (take_unit(phrase, &unit) && phrase_take_word(phrase, "of"))
        return read_week_of(reader, unit);
    return read_written(reader, slice_trim(phrase->text));
}

static void explain(struct reader *reader)
{
    static const struct slice common[] = {
        {"last complete week", 18},
        {"last complete month", 19},
        {"last week", 9},
        {"last month", 10},
        {"last quarter", 12},
        {"last year", 9},
        {"this week", 9},
        {"this month", 10},
        {"this quarter", 12},
        {"this year", 9},
        {"previous week", 13},
        {"previous month", 14},
        {"previous quarter", 16},
        {"previous year", 13},
        {"today", 5},
        {"all", 3},
    };
    struct diags *diags = reader->phrase.diags;
    struct slice text = slice_trim(reader->phrase.text);
    struct diag *diag =
        diags_error(diags, reader->phrase.at, "M301", "\"%.*s\" is no %s",
                    SLICE_PRINT(text), reader->wants_day ? "day" : "period");
    int width = (int)utf8_length(text);
    diag->width = width > 0 ? width : 1;
    int nearest = text_nearest(text, common, sizeof common / sizeof *common);
    const char *guess = period_guess(text, diags_arena(diags));
    if (nearest >= 0)
        diag_hint(diags, diag, "did you mean \"%.*s\"?", SLICE_PRINT(common[nearest]));
    else if (guess)
        diag_hint(diags, diag, "write %s", guess);
    else if (reader->wants_day)
        diag_hint(diags, diag, "a day is written year-month-day: 2026-11-15");
    else
        diag_hint(diags, diag,
                  "a period reads 2026, 2026-Q3, 2026-10, 2026-W46, 2026-11-05, "
                  "2026-11-01..2026-11-15, last complete week, last 4 weeks, this "
                  "month, previous month or all");
}

static bool parse(struct reader *reader)
{
    enum reading reading = read_period(reader);
    if (reading == NOT_UNDERSTOOD)
        explain(reader);
    return reading == READ;
}

bool period_parse(struct slice text, const struct period_frame *frame, struct place at,
                  struct period_span *out, struct diags *diags)
{
    struct reader reader = {
        .phrase = {.text = text, .at = at, .diags = diags},
        .frame = frame,
        .out = out,
    };
    return parse(&reader);
}

bool period_parse_day(struct slice text, const struct period_frame *frame,
                      struct place at, int32_t *out, struct diags *diags)
{
    struct period_span span;
    struct reader reader = {
        .phrase = {.text = text, .at = at, .diags = diags},
        .frame = frame,
        .out = &span,
        .wants_day = true,
    };
    if (!parse(&reader))
        return false;
    *out = span.whole.last_day;
    return true;
}
