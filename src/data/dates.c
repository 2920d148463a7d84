/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Layouts of dates, parsed to tokens, and the reader of a column of dates. */
#include "data/dates.h"

#include "data/plain.h"

#include <string.h>
#include <strings.h>

enum { LONGEST_CELL = 100, MOST_OPTIONAL = 6, OPEN_BASE = 1000000000 };

// clang-format off
static const char *const usual_layouts[] = {
    "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd",
    "d MMM[.] yyyy", "d MMM[.], yyyy", "d-MMM-yyyy", "d/MMM/yyyy", "d.MMM.yyyy",
    "dMMMyyyy", "MMM[.] d, yyyy", "MMM[.] d yyyy", "MMM-d-yyyy", "MMM/d/yyyy",
    "yyyy MMM d", "yyyy-MMM-d", "d MMM[.] yy", "d-MMM-yy", "d/MMM/yy",
    "EEE[.][,] d MMM[.][,] yyyy", "EEE[.][,] MMM[.] d[,] yyyy",
    "EEE MMM d HH:mm:ss yyyy", "EEE-MMM d-yyyy", "EEE-MMM-d-yyyy", "EEE-d MMM-yyyy",
    "EEE-d-MMM-yyyy",
    "d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d M yyyy",
};
// clang-format on
/* The last are numeric and written day first, which a column must settle. */
enum {
    USUAL_COUNT = sizeof usual_layouts / sizeof usual_layouts[0],
    FIRST_NUMERIC = USUAL_COUNT - 4
};

/* Layouts ------------------------------------------------------------------------ */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool takes_digits(const struct date_token *token)
{
    return token->kind == 'y' || token->kind == 'M' || token->kind == 'd' ||
           token->kind == 'H';
}

/* A run of one letter as a token; false when the language has no such run. */
static bool letter_token(char letter, size_t run, struct date_token *token)
{
    switch (letter) {
    case 'y':
        *token = (struct date_token){'y', 0, (uint8_t)run, (uint8_t)run, 0};
        return run == 4 || run == 2;
    case 'M':
        *token = run > 2 ? (struct date_token){.kind = 'N'}
                         : (struct date_token){'M', 0, 1, 2, 0};
        return run <= 4;
    case 'd': *token = (struct date_token){'d', 0, 1, 2, 0}; return run <= 2;
    case 'E': *token = (struct date_token){.kind = 'E'}; return run >= 3 && run <= 4;
    case 'H':
    case 'm':
    case 's': *token = (struct date_token){'H', 0, 1, 2, 0}; return run <= 2;
    default: return false;
    }
}

/* Where digits follow digits without a divider, each number has its full width. */
static void widen_neighbours(struct date_layout *layout)
{
    for (size_t i = 1; i < layout->count; i++) {
        struct date_token *left = &layout->token[i - 1], *right = &layout->token[i];
        if (takes_digits(left) && takes_digits(right)) {
            left->least = left->most;
            right->least = right->most;
        }
    }
}

static const char *close_options(struct date_layout *layout)
{
    size_t options = 0, open = SIZE_MAX;
    for (size_t i = 0; i < layout->count; i++) {
        if (layout->token[i].kind == '[') {
            if (open != SIZE_MAX || ++options > MOST_OPTIONAL)
                return "optional parts don't nest, and six are the most";
            open = i;
        } else if (layout->token[i].kind == ']') {
            if (open == SIZE_MAX)
                return "a ] closes no [";
            layout->token[open].close = (uint8_t)i;
            open = SIZE_MAX;
        } else if (layout->token[i].kind == '*' && i + 1 < layout->count) {
            return "a * stands at the end";
        }
    }
    return open == SIZE_MAX ? NULL : "a [ is never closed";
}

static const char *check_parts(const struct date_layout *layout)
{
    int years = 0, months = 0, days = 0;
    for (size_t i = 0; i < layout->count; i++) {
        char kind = layout->token[i].kind;
        years += kind == 'y';
        months += kind == 'M' || kind == 'N';
        days += kind == 'd';
    }
    return years == 1 && months == 1 && days == 1
               ? NULL
               : "expected a layout with one year, one month and one day, such as "
                 "d/M/yyyy";
}

const char *date_layout_parse(struct slice text, struct date_layout *out)
{
    *out = (struct date_layout){.text = text};
    for (size_t at = 0; at < text.size;) {
        if (out->count == DATE_TOKENS)
            return "the layout is too long";
        struct date_token *token = &out->token[out->count++];
        char c = text.data[at];
        size_t run = 1;
        while (at + run < text.size && text.data[at + run] == c)
            run++;
        if (letter_token(c, run, token)) {
            at += run;
            continue;
        }
        if (is_letter(c) && (unsigned char)c < 0x80 && c != 'T' && c != 'Z')
            return "expected the letters yyyy MM dd MMM EEE HH mm ss";
        char kind = is_space(c) ? ' ' : c == '[' || c == ']' || c == '*' ? c : '\'';
        *token = (struct date_token){.kind = kind, .literal = c};
        at++;
    }
    widen_neighbours(out);
    const char *wrong = close_options(out);
    return wrong ? wrong : check_parts(out);
}

/* Matching ----------------------------------------------------------------------- */

struct match {
    const char *at, *end;
    struct civil civil;
};

static bool match_digits(struct match *match, const struct date_token *token,
                         int *value)
{
    size_t count = 0;
    int number = 0;
    while (count < token->most && match->at < match->end && is_digit(*match->at)) {
        number = number * 10 + (*match->at++ - '0');
        count++;
    }
    *value = number;
    return count >= token->least;
}

static void skip_ordinal(struct match *match)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++) {
        if (match->end - match->at >= 2 && strncasecmp(match->at, endings[i], 2) == 0) {
            match->at += 2;
            return;
        }
    }
}

static struct slice match_letters(struct match *match)
{
    struct slice word = {match->at, 0};
    while (match->at < match->end && is_letter(*match->at))
        match->at++;
    word.size = (size_t)(match->at - word.data);
    return word;
}

int date_month_of(struct slice word)
{
    static const char *const months[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    static const char *const urdu[] = {"جنوری", "فروری",  "مارچ",   "اپریل",
                                       "مئی",   "جون",    "جولائی", "اگست",
                                       "ستمبر", "اکتوبر", "نومبر",  "دسمبر"};
    for (int i = 0; i < 12; i++) {
        if (word.size >= 3 && word.size <= strlen(months[i]) &&
            strncasecmp(word.data, months[i], word.size) == 0)
            return i + 1;
        if (slice_is(word, urdu[i]))
            return i + 1;
    }
    return 0;
}

static bool match_year(struct match *match, const struct date_token *token)
{
    int year;
    if (!match_digits(match, token, &year))
        return false;
    if (token->most == 2)
        year += year >= 70 ? 1900 : 2000;
    match->civil.year = year;
    return true;
}

static bool match_day(struct match *match, const struct date_token *token)
{
    if (!match_digits(match, token, &match->civil.day))
        return false;
    skip_ordinal(match);
    return true;
}

static bool match_space(struct match *match)
{
    const char *start = match->at;
    while (match->at < match->end && is_space(*match->at))
        match->at++;
    return match->at > start;
}

static bool match_literal(struct match *match, char literal)
{
    if (match->at == match->end || *match->at != literal)
        return false;
    match->at++;
    return true;
}

static bool match_token(struct match *match, const struct date_token *token)
{
    int ignored;
    switch (token->kind) {
    case 'y': return match_year(match, token);
    case 'M': return match_digits(match, token, &match->civil.month);
    case 'd': return match_day(match, token);
    case 'H': return match_digits(match, token, &ignored);
    case 'N': return (match->civil.month = date_month_of(match_letters(match))) != 0;
    case 'E': return match_letters(match).size >= 2;
    case ' ': return match_space(match);
    case '*': match->at = match->end; return true;
    case ']': return true;
    default: return match_literal(match, token->literal);
    }
}

/* Without the name of a zone behind a time: "10:36 PKT". */
static struct slice drop_zone(struct slice time)
{
    enum { LONGEST_ZONE = 5 };
    size_t size = time.size;
    while (size > 0 && time.data[size - 1] >= 'A' && time.data[size - 1] <= 'Z')
        size--;
    bool is_zone = time.size - size >= 2 && time.size - size <= LONGEST_ZONE &&
                   size > 1 && time.data[size - 1] == ' ';
    return is_zone ? (struct slice){time.data, size - 1} : time;
}

/* "10:30", "T22:36:58.340Z", "07:45 AM", "00:00:00.000 +05:00", or nothing. */
static bool is_time(struct slice rest)
{
    if (rest.size == 0)
        return true;
    rest = drop_zone(rest);
    size_t digits = 0, colons = 0;
    bool begins_well =
        rest.data[0] == 'T' || is_space(rest.data[0]) || rest.data[0] == ',';
    for (size_t i = 1; i < rest.size; i++) {
        char c = rest.data[i];
        digits += is_digit(c);
        colons += c == ':';
        if (!is_digit(c) && !memchr(":.+- ZUTCGMAPampt", c, 17))
            return false;
    }
    return begins_well && digits >= 3 && digits <= 18 && colons >= 1;
}

static bool match_from(const struct date_layout *layout, size_t i, struct match match,
                       struct civil *out)
{
    for (; i < layout->count; i++) {
        const struct date_token *token = &layout->token[i];
        if (token->kind == '[') {
            if (match_from(layout, i + 1, match, out))
                return true;
            i = token->close;
            continue;
        }
        if (!match_token(&match, token))
            return false;
    }
    *out = match.civil;
    return is_time((struct slice){match.at, (size_t)(match.end - match.at)});
}

bool date_layout_match(const struct date_layout *layout, struct slice cell,
                       struct civil *out)
{
    if (cell.size == 0 || cell.size > LONGEST_CELL)
        return false;
    struct match match = {cell.data, cell.data + cell.size, {0}};
    return match_from(layout, 0, match, out);
}

/* Columns ------------------------------------------------------------------------ */

struct date_reader date_reader_new(struct arena *arena, const struct slice *layout,
                                   size_t count, bool month_first)
{
    size_t usual = count ? FIRST_NUMERIC : USUAL_COUNT;
    struct date_layout *parsed = ARENA_ARRAY(arena, struct date_layout, count + usual);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        kept += !date_layout_parse(layout[i], &parsed[kept]);
    size_t given = kept;
    for (size_t i = 0; i < usual; i++)
        kept += !date_layout_parse(slice_of(usual_layouts[i]), &parsed[kept]);
    return (struct date_reader){.layout = parsed,
                                .count = kept,
                                .first_open = given + FIRST_NUMERIC,
                                .given =
                                    month_first ? ORDER_MONTH_FIRST : ORDER_UNKNOWN,
                                .used = SIZE_MAX};
}

static void keep_example(struct date_example *example, struct slice cell)
{
    if (example->size)
        return;
    example->size = cell.size < DATE_EXAMPLE ? cell.size : DATE_EXAMPLE;
    memcpy(example->text, cell.data, example->size);
    example->at = cell.data;
}

static int32_t open_token(struct civil civil)
{
    return OPEN_BASE + (civil.day * 100 + civil.month) * 10000 + civil.year;
}

static bool is_valid(struct civil civil)
{
    return civil_is_valid(civil.year, civil.month, civil.day);
}

static enum date_result take_civil(struct civil civil, int32_t *day)
{
    if (!is_valid(civil))
        return DATE_NO_DAY;
    *day = civil_day(civil.year, civil.month, civil.day);
    return DATE_READ;
}

/* A numeric date, written as if its first number were the day. */
static enum date_result take_numeric(struct date_reader *reader, struct civil civil,
                                     struct slice cell, int32_t *day)
{
    struct civil swapped = {civil.year, civil.day, civil.month};
    if (reader->given == ORDER_MONTH_FIRST)
        return take_civil(swapped, day);
    bool as_day = is_valid(civil), as_month = is_valid(swapped);
    if (as_day && as_month && civil.day != civil.month) {
        keep_example(&reader->open, cell);
        *day = open_token(civil);
        return DATE_OPEN;
    }
    if (as_day && !as_month)
        keep_example(&reader->day_first, cell);
    if (as_month && !as_day)
        keep_example(&reader->month_first, cell);
    return take_civil(as_day ? civil : swapped, day);
}

static enum date_result read_afresh(struct date_reader *reader, struct slice cell,
                                    int32_t *day)
{
    char text[PLAIN_SIZE];
    struct slice plain = plain_cell(cell, ' ', text);
    for (size_t i = 0; i < reader->count; i++) {
        struct civil civil;
        if (!date_layout_match(&reader->layout[i], plain, &civil))
            continue;
        reader->used = i;
        return i >= reader->first_open ? take_numeric(reader, civil, cell, day)
                                       : take_civil(civil, day);
    }
    return DATE_NONE;
}

enum date_result date_read(struct date_reader *reader, struct slice cell, int32_t *day)
{
    *day = 0;
    if (cell.size == reader->last_size && cell.size &&
        memcmp(cell.data, reader->last, cell.size) == 0) {
        *day = reader->last_day;
        return reader->last_result;
    }
    enum date_result result = read_afresh(reader, cell, day);
    if (cell.size <= sizeof reader->last) {
        reader->last_size = cell.size;
        reader->last_day = *day;
        reader->last_result = result;
        memcpy(reader->last, cell.data, cell.size);
    }
    return result;
}

enum date_order date_order(const struct date_reader *reader)
{
    if (reader->day_first.size && reader->month_first.size)
        return ORDER_MIXED;
    return reader->day_first.size     ? ORDER_DAY_FIRST
           : reader->month_first.size ? ORDER_MONTH_FIRST
                                      : ORDER_UNKNOWN;
}

int32_t date_settle(int32_t day, enum date_order order)
{
    if (day < OPEN_BASE)
        return day;
    int32_t token = day - OPEN_BASE;
    int year = token % 10000, first = token / 1000000, second = token / 10000 % 100;
    return order == ORDER_MONTH_FIRST ? civil_day(year, first, second)
                                      : civil_day(year, second, first);
}

/* Digits from at on; their number in *count. */
static size_t skip_digits(struct slice cell, size_t at, size_t *count)
{
    size_t from = at;
    while (at < cell.size && cell.data[at] >= '0' && cell.data[at] <= '9')
        at++;
    *count = at - from;
    return at;
}

bool date_layout_of(struct slice cell, bool month_first, struct text *out)
{
    size_t first, second = 0, year;
    size_t one = skip_digits(cell, 0, &first);
    size_t two = one < cell.size ? skip_digits(cell, one + 1, &second) : one;
    if (two >= cell.size || cell.data[one] != cell.data[two])
        return false;
    skip_digits(cell, two + 1, &year);
    double month;
    size_t from = month_first ? 0 : one + 1;
    struct slice number = {cell.data + from, (month_first ? one : two) - from};
    if (!number_parse(number, &month) || month > 12)
        return false;
    if (!first || first > 2 || !second || second > 2 || (year != 2 && year != 4) ||
        (unsigned char)cell.data[one] >= 0x80)
        return false;
    const char sign = cell.data[one];
    text_print(out, "%c%c%c%c%s", month_first ? 'M' : 'd', sign,
               month_first ? 'd' : 'M', sign, year == 2 ? "yy" : "yyyy");
    return true;
}
