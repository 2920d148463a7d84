/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of a text, whatever digits or words they are written in. */
#include "brief/twins.h"

#include <math.h>
#include <string.h>

enum { GROUP = 3, PAIR = 2, YEAR = 4 };

struct numbers {
    struct arena *arena;
    size_t count, capacity;
    struct number_said *number;
    struct slice text;
};

static void add(struct numbers *numbers, struct slice token, size_t from, size_t to,
                bool is_word, bool is_offered)
{
    *ARENA_APPEND(numbers->arena, numbers->number, numbers->count, numbers->capacity) =
        (struct number_said){.token = token,
                             .typed = {numbers->text.data + from, to - from},
                             .is_word = is_word,
                             .is_offered = is_offered};
}

static struct slice month_token(const struct numbers *numbers, int month)
{
    return slice_of(arena_print(numbers->arena, "month %d", month));
}

/* -- Digits ----------------------------------------------------------------------------- */

int rune_digit(uint32_t rune)
{
    static const uint32_t zero[] = {'0', 0x0660, 0x06F0};
    for (size_t i = 0; i < sizeof zero / sizeof *zero; i++) {
        if (rune >= zero[i] && rune <= zero[i] + 9)
            return (int)(rune - zero[i]);
    }
    return -1;
}

/* Letters, and all that isn't known to divide words. */
bool rune_is_of_word(uint32_t rune)
{
    static const uint32_t mark[] = {0xA0,   0xAB,   0xB7,   0xBB,   0x060C,
                                    0x061B, 0x061F, 0x066A, 0x066B, 0x066C,
                                    0x06D4, 0xFFFD, 0x2212};
    for (size_t i = 0; i < sizeof mark / sizeof *mark; i++) {
        if (rune == mark[i])
            return false;
    }
    if (rune < 0x80)
        return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
    return rune_digit(rune) < 0 && (rune < 0x2000 || rune > 0x206F);
}

size_t word_end(struct slice text, size_t offset)
{
    size_t end = offset, next = offset;
    while (next < text.size && rune_is_of_word(utf8_next(text, &next)))
        end = next;
    return end;
}

static size_t digits_at(struct slice text, size_t offset)
{
    size_t count = 0;
    while (offset < text.size && rune_digit(utf8_next(text, &offset)) >= 0)
        count++;
    return count;
}

static bool is_group_mark(uint32_t rune)
{
    return rune == ',' || rune == 0x066C;
}

/* 12,345 and 1,23,456 are one number each; "12,13" are two. */
static bool goes_on(struct slice text, size_t offset)
{
    for (;;) {
        size_t digits = digits_at(text, offset);
        if (digits != PAIR)
            return digits == GROUP;
        for (size_t i = 0; i < PAIR; i++)
            utf8_next(text, &offset);
        if (offset >= text.size || !is_group_mark(utf8_next(text, &offset)))
            return false;
    }
}

size_t number_digits(struct slice text, size_t offset, struct text *token)
{
    bool has_point = false;
    while (offset < text.size) {
        size_t next = offset;
        uint32_t rune = utf8_next(text, &next);
        bool is_point = (rune == '.' || rune == 0x066B) && !has_point;
        if (rune_digit(rune) >= 0)
            text_append_rune(token, (uint32_t)('0' + rune_digit(rune)));
        else if (is_point && digits_at(text, next))
            text_append_string(token, ".");
        else if (!is_group_mark(rune) || has_point || !goes_on(text, next))
            break;
        has_point = has_point || is_point;
        offset = next;
    }
    return offset;
}

/* "05" is 5; "0.5" stays. */
static struct slice without_zeros(struct slice token)
{
    while (token.size > 1 && token.data[0] == '0' && token.data[1] != '.')
        token = slice_from(token, 1);
    return token;
}

/* -- What the program says -------------------------------------------------------------- */

static size_t read_said_digits(struct numbers *numbers, size_t offset)
{
    struct text token = {.arena = numbers->arena};
    size_t end = number_digits(numbers->text, offset, &token);
    add(numbers, without_zeros(text_slice(&token)), offset, end, false, false);
    return end;
}

static size_t read_said_word(struct numbers *numbers, const struct locale *locale,
                             size_t offset)
{
    struct arena *arena = numbers->arena;
    size_t end = word_end(numbers->text, offset);
    struct slice word = {numbers->text.data + offset, end - offset};
    int number = locale_find_word(locale, "number.words", word, arena);
    int month = locale_find_word(locale, "months", word, arena);
    if (month < 0)
        month = locale_find_word(locale, "months short", word, arena);
    if (number >= 0)
        add(numbers, slice_of(arena_print(arena, "%d", number)), offset, end, true,
            false);
    else if (month >= 0)
        add(numbers, month_token(numbers, month + 1), offset, end, true, false);
    else if (slice_is(word, "no") || slice_is(word, "No"))
        add(numbers, SLICE_LITERAL("0"), offset, end, true, true);
    return end;
}

size_t numbers_said(struct slice text, const struct locale *locale, struct arena *arena,
                    const struct number_said **out)
{
    struct numbers numbers = {.arena = arena, .text = text};
    for (size_t offset = 0; offset < text.size;) {
        size_t next = offset;
        uint32_t rune = utf8_next(text, &next);
        offset = rune_digit(rune) >= 0   ? read_said_digits(&numbers, offset)
                 : rune_is_of_word(rune) ? read_said_word(&numbers, locale, offset)
                                         : next;
    }
    *out = numbers.number;
    return numbers.count;
}

/* -- What an editor typed: days by digits ----------------------------------------------- */

struct digit_run {
    size_t end, count;
    int value;
};

static struct digit_run run_at(struct slice text, size_t offset)
{
    struct digit_run run = {.end = offset};
    while (run.end < text.size && run.count <= YEAR) {
        size_t next = run.end;
        int digit = rune_digit(utf8_next(text, &next));
        if (digit < 0)
            break;
        run.value = run.value * 10 + digit;
        run.end = next;
        run.count++;
    }
    return run;
}

static bool is_mark_at(struct slice text, size_t offset, const char *marks)
{
    return offset < text.size && text.data[offset] &&
           strchr(marks, text.data[offset]) != NULL;
}

/* 2026-11-15, 15/11/2026, 15.11.2026: a year, a month, a day. offset itself: none. */
static size_t read_day(struct numbers *numbers, size_t offset)
{
    struct slice text = numbers->text;
    struct digit_run run[3] = {run_at(text, offset)};
    for (size_t i = 1; i < 3; i++) {
        if (!is_mark_at(text, run[i - 1].end, "-/."))
            return offset;
        run[i] = run_at(text, run[i - 1].end + 1);
    }
    const bool year_first = run[0].count == YEAR;
    const struct digit_run *year = &run[year_first ? 0 : 2];
    const struct digit_run *day = &run[year_first ? 2 : 0], *month = &run[1];
    if (day->value > 12 || month->value > 12) { /* 11/15/2026 */
        const struct digit_run *larger = month->value > day->value ? month : day;
        month = larger == day ? month : day;
        day = larger;
    }
    bool is_day = year->count == YEAR && day->count && day->count <= PAIR &&
                  month->count && month->count <= PAIR && day->value >= 1 &&
                  day->value <= 31 && month->value >= 1 && month->value <= 12;
    if (!is_day)
        return offset;
    const struct digit_run *number[] = {year, day};
    for (size_t i = 0; i < 2; i++)
        add(numbers, slice_of(arena_print(numbers->arena, "%d", number[i]->value)),
            offset, run[2].end, false, false);
    add(numbers, month_token(numbers, month->value), offset, run[2].end, false, false);
    return run[2].end;
}

/* "2024–26" ends in 2026: the offset behind, or offset itself. */
static size_t read_years(struct numbers *numbers, size_t offset)
{
    struct slice text = numbers->text;
    struct digit_run first = run_at(text, offset);
    size_t next = first.end;
    uint32_t mark = next < text.size ? utf8_next(text, &next) : 0;
    struct digit_run last = run_at(text, next);
    bool is_span = (mark == '-' || mark == '/' || mark == 0x2013) &&
                   first.count == YEAR && last.count == PAIR &&
                   first.value / 100 >= 19 && first.value / 100 <= 20 &&
                   last.value > first.value % 100;
    if (!is_span)
        return offset;
    const int year[] = {first.value, first.value / 100 * 100 + last.value};
    const size_t from[] = {offset, next}, to[] = {first.end, last.end};
    for (size_t i = 0; i < 2; i++)
        add(numbers, slice_of(arena_print(numbers->arena, "%d", year[i])), from[i],
            to[i], false, false);
    return last.end;
}

/* "10:30" is half past ten, "10:00" ten: the offset behind, or offset itself. */
static size_t read_time(struct numbers *numbers, size_t offset)
{
    struct slice text = numbers->text;
    struct digit_run hour = run_at(text, offset);
    if (!is_mark_at(text, hour.end, ":"))
        return offset;
    struct digit_run minute = run_at(text, hour.end + 1);
    bool is_round = minute.value == 0 || minute.value == 30;
    if (!hour.count || hour.count > PAIR || hour.value > 24 || minute.count != PAIR ||
        !is_round)
        return offset;
    add(numbers,
        slice_of(arena_print(numbers->arena, minute.value ? "%d.5" : "%d", hour.value)),
        offset, minute.end, false, false);
    return minute.end;
}

/* Digits that are more than a number: the offset behind, or offset itself. */
static size_t read_calendar(struct numbers *numbers, size_t offset)
{
    size_t end = read_day(numbers, offset);
    end = end > offset ? end : read_years(numbers, offset);
    return end > offset ? end : read_time(numbers, offset);
}

/* "XI Corps" may be the eleventh: capitals of I, V and X, at least two. */
static int roman_number(struct slice word)
{
    int total = 0, before = 0;
    if (word.size < 2)
        return 0;
    for (size_t i = word.size; i-- > 0;) {
        int value = word.data[i] == 'I'   ? 1
                    : word.data[i] == 'V' ? 5
                    : word.data[i] == 'X' ? 10
                                          : 0;
        if (!value)
            return 0;
        total += value < before ? -value : value;
        before = value;
    }
    return total;
}

/* -- What an editor typed: digits and words that are one number ------------------------- */

/* A number as it grows: "two million five hundred and six". */
struct growing {
    double total, current; /* current: -1 none yet */
    double scale;          /* the last one above a hundred */
    double half;
    size_t parts, digit_parts;
    bool is_unsure;
    struct slice digits;
};

static bool take_scale(struct growing *growing, struct number_word word)
{
    bool has_number = growing->current >= 0;
    double number = has_number ? growing->current : 1;
    if ((word.kind == WORD_SCALES && !has_number) || word.value >= growing->scale ||
        (word.value < 1000 && number >= 100))
        return false;
    if (word.value < 1000) {
        growing->current = number * word.value;
        return true;
    }
    growing->total += number * word.value;
    growing->current = -1;
    growing->scale = word.value;
    return true;
}

static bool take_small(struct growing *growing, double value)
{
    double current = growing->current;
    bool follows_tens = current >= 20 && current < 100 && fmod(current, 10) == 0 &&
                        value >= 1 && value < 10;
    bool follows_hundred = current >= 100 && fmod(current, 100) == 0 && value < 100;
    if (current < 0 && value < growing->scale) {
        growing->current = value + growing->half;
        growing->half = 0;
    } else if (!growing->digit_parts && (follows_tens || follows_hundred)) {
        growing->current += value;
    } else {
        return false;
    }
    return true;
}

/* One part more; false: it begins another number, or none. */
static bool take(struct growing *growing, struct number_word word)
{
    bool taken = false;
    switch (word.kind) {
    case WORD_SCALE:
    case WORD_SCALES: taken = take_scale(growing, word); break;
    case WORD_NUMBER:
    case WORD_UNSURE: taken = take_small(growing, word.value); break;
    case WORD_HALF:
        taken = !growing->parts;
        growing->half = word.value;
        break;
    default: break;
    }
    if (taken) {
        /* "several thousand" may be ہزاروں. */
        growing->is_unsure =
            !growing->parts && (word.kind == WORD_UNSURE || word.kind == WORD_SCALE);
        growing->parts++;
    }
    return taken;
}

static bool take_digits(struct growing *growing, struct slice token)
{
    double value;
    bool is_first = !growing->parts || growing->half > 0;
    if (!number_parse(token, &value) || growing->current >= 0 ||
        (!is_first && value >= growing->scale))
        return false;
    growing->current = value + growing->half;
    growing->half = 0;
    growing->digits = token;
    growing->digit_parts++;
    growing->parts++;
    growing->is_unsure = false;
    return true;
}

/* Spaces and hyphens inside a number: where the next part may begin. */
static size_t past_joint(struct slice text, size_t offset)
{
    size_t next = offset;
    uint32_t rune = next < text.size ? utf8_next(text, &next) : 0;
    return rune == ' ' || rune == '-' || rune == 0xA0 || rune == 0x200C ||
                   rune == 0x2010 || rune == 0x2011
               ? next
               : offset;
}

static bool is_word_at(struct slice text, size_t offset, const char *word)
{
    size_t end = word_end(text, offset);
    return slice_equal_any_case((struct slice){text.data + offset, end - offset},
                                slice_of(word));
}

/* "two and a half million": where the half ends, or offset. */
static size_t half_end(struct slice text, size_t offset)
{
    static const char *const words[] = {"and", "a", "half"};
    size_t end = offset, next = offset;
    for (size_t i = 0; i < 3; i++) {
        if (!is_word_at(text, next, words[i]))
            return offset;
        end = word_end(text, next);
        next = past_joint(text, end);
    }
    return end;
}

/* "two hundred and six": past the "and" before a word. */
static size_t past_and(const struct growing *growing, struct slice text, size_t offset)
{
    bool joins = growing->current >= 100 || growing->total > 0;
    if (!joins || !is_word_at(text, offset, "and"))
        return offset;
    size_t next = past_joint(text, word_end(text, offset));
    return digits_at(text, next) ? offset : next;
}

static void add_grown(struct numbers *numbers, const struct growing *growing,
                      size_t from, size_t to)
{
    bool is_plain = growing->parts == 1 && growing->digit_parts;
    double value = growing->total + fmax(growing->current, 0);
    struct slice token = is_plain
                             ? without_zeros(growing->digits)
                             : slice_of(arena_print(numbers->arena, "%.12g", value));
    add(numbers, token, from, to, !is_plain, growing->is_unsure);
}

/* One part at offset; returns its end, or offset. */
static size_t take_part(struct growing *growing, struct numbers *numbers,
                        const struct number_words *words, size_t offset)
{
    struct slice text = numbers->text;
    size_t next = offset;
    uint32_t rune = offset < text.size ? utf8_next(text, &next) : 0;
    struct text token = {.arena = numbers->arena};
    if (rune_digit(rune) >= 0) {
        size_t end = number_digits(text, offset, &token);
        return take_digits(growing, text_slice(&token)) ? end : offset;
    }
    if (!rune_is_of_word(rune))
        return offset;
    size_t end = word_end(text, offset);
    struct slice word = {text.data + offset, end - offset};
    return take(growing, number_word_find(words, word, numbers->arena)) ? end : offset;
}

static size_t read_grown(struct numbers *numbers, const struct number_words *words,
                         size_t offset)
{
    struct growing growing = {.current = -1, .scale = INFINITY};
    size_t end = take_part(&growing, numbers, words, offset);
    if (end == offset)
        return offset;
    for (;;) { /* also "25لاکھ" and "1.5bn" */
        size_t next = past_joint(numbers->text, end);
        size_t half = half_end(numbers->text, next);
        bool has_half = half > next && growing.current >= 0;
        size_t part = past_and(&growing, numbers->text, next);
        size_t taken = has_half ? half : take_part(&growing, numbers, words, part);
        if (taken == part)
            break;
        growing.current += has_half ? 0.5 : 0;
        growing.parts += has_half;
        end = taken;
    }
    if (growing.half > 0) /* of nothing */
        return end;
    add_grown(numbers, &growing, offset, end);
    return end;
}

static size_t read_typed_word(struct numbers *numbers, const struct number_words *words,
                              size_t offset)
{
    size_t phrase = number_phrase_end(words, numbers->text, offset, numbers->arena);
    if (phrase > offset)
        return phrase;
    size_t end = word_end(numbers->text, offset);
    struct slice word = {numbers->text.data + offset, end - offset};
    struct number_word found = number_word_find(words, word, numbers->arena);
    if (found.kind == WORD_MONTH || found.kind == WORD_MONTH_UNSURE) {
        add(numbers, month_token(numbers, (int)found.value), offset, end, true,
            found.kind == WORD_MONTH_UNSURE);
        return end;
    }
    int roman = roman_number(word);
    if (roman > 0)
        add(numbers, slice_of(arena_print(numbers->arena, "%d", roman)), offset, end,
            true, true);
    size_t grown = read_grown(numbers, words, offset);
    return grown > offset ? grown : end;
}

/* "4 جمادی الثانی 1448ھ": what was added since `first` and stands before offset. */
static void mark_hijri(struct numbers *numbers, const struct number_words *words,
                       size_t first, size_t offset)
{
    size_t next = past_joint(numbers->text, offset),
           end = word_end(numbers->text, next);
    struct slice word = {numbers->text.data + next, end - next};
    struct number_said *number = numbers->number;
    bool is_day =
        word.size && number_word_find(words, word, numbers->arena).kind == WORD_HIJRI;
    for (size_t i = first; is_day && i < numbers->count; i++) {
        number[i].token = slice_of(
            arena_print(numbers->arena, "hijri %.*s", SLICE_PRINT(number[i].token)));
        number[i].is_offered = number[i].is_hijri = true;
    }
}

size_t numbers_typed(struct slice text, const struct number_words *words,
                     struct arena *arena, const struct number_said **out)
{
    struct numbers numbers = {.arena = arena, .text = text};
    for (size_t offset = 0; offset < text.size;) {
        size_t next = offset, first = numbers.count;
        uint32_t rune = utf8_next(text, &next);
        size_t day = rune_digit(rune) >= 0 ? read_calendar(&numbers, offset) : offset;
        offset = day > offset            ? day
                 : rune_digit(rune) >= 0 ? read_grown(&numbers, words, offset)
                 : rune_is_of_word(rune) ? read_typed_word(&numbers, words, offset)
                                         : next;
        if (numbers.count > first)
            mark_hijri(&numbers, words, first, offset);
    }
    *out = numbers.number;
    return numbers.count;
}
