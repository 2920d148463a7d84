/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers of a text, whatever digits or words they are written in. */
#include "brief/twins.h"

#include <string.h>

enum { GROUP = 3, PAIR = 2 };

struct numbers {
    struct arena *arena;
    const struct locale *locale;
    bool is_own;
    size_t count, capacity;
    struct number_said *number;
};

static int digit_of(uint32_t rune)
{
    static const uint32_t zero[] = {'0', 0x0660, 0x06F0};
    for (size_t i = 0; i < sizeof zero / sizeof *zero; i++) {
        if (rune >= zero[i] && rune <= zero[i] + 9)
            return (int)(rune - zero[i]);
    }
    return -1;
}

/* Letters, and all that isn't known to divide words. */
static bool is_of_word(uint32_t rune)
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
    return digit_of(rune) < 0 && (rune < 0x2000 || rune > 0x206F);
}

static void add(struct numbers *numbers, struct slice token, bool is_offered)
{
    *ARENA_APPEND(numbers->arena, numbers->number, numbers->count, numbers->capacity) =
        (struct number_said){token, is_offered};
}

static size_t digits_at(struct slice text, size_t offset)
{
    size_t count = 0;
    while (offset < text.size && digit_of(utf8_next(text, &offset)) >= 0)
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
    size_t digits = digits_at(text, offset);
    if (digits == GROUP)
        return true;
    for (size_t i = 0; digits == PAIR && i < PAIR; i++)
        utf8_next(text, &offset);
    return digits == PAIR && offset < text.size &&
           is_group_mark(utf8_next(text, &offset)) && goes_on(text, offset);
}

static size_t read_number(struct numbers *numbers, struct slice text, size_t offset)
{
    struct text token = {.arena = numbers->arena};
    bool has_point = false;
    while (offset < text.size) {
        size_t next = offset;
        uint32_t rune = utf8_next(text, &next);
        bool is_point = (rune == '.' || rune == 0x066B) && !has_point;
        if (digit_of(rune) >= 0)
            text_append_rune(&token, (uint32_t)('0' + digit_of(rune)));
        else if (is_point && digits_at(text, next))
            text_append_string(&token, ".");
        else if (!is_group_mark(rune) || has_point || !goes_on(text, next))
            break;
        has_point = has_point || is_point;
        offset = next;
    }
    add(numbers, text_slice(&token), false);
    return offset;
}

/* Words are numbers in what the language itself says. In an editor's text "one" and its
 * like mean much else: there they may stand for another's number and need none. */
static size_t read_word(struct numbers *numbers, struct slice text, size_t offset)
{
    size_t end = offset, next = offset;
    while (next < text.size && is_of_word(utf8_next(text, &next)))
        end = next;
    struct slice word = {text.data + offset, end - offset};
    struct arena *arena = numbers->arena;
    int number = locale_find_word(numbers->locale, "number.words", word, arena);
    int month = locale_find_word(numbers->locale, "months", word, arena);
    if (month < 0)
        month = locale_find_word(numbers->locale, "months short", word, arena);
    if (number >= 0)
        add(numbers, slice_of(arena_print(arena, "%d", number)), numbers->is_own);
    else if (month >= 0)
        add(numbers, slice_of(arena_print(arena, "month %d", month + 1)),
            numbers->is_own);
    else if (slice_is(word, "no") || slice_is(word, "No"))
        add(numbers, SLICE_LITERAL("0"), true);
    return end;
}

size_t numbers_said(struct slice text, const struct locale *locale, bool is_own,
                    struct arena *arena, const struct number_said **out)
{
    struct numbers numbers = {.arena = arena, .locale = locale, .is_own = is_own};
    for (size_t offset = 0; offset < text.size;) {
        size_t next = offset;
        uint32_t rune = utf8_next(text, &next);
        offset = digit_of(rune) >= 0 ? read_number(&numbers, text, offset)
                 : is_of_word(rune)  ? read_word(&numbers, text, offset)
                                     : next;
    }
    *out = numbers.number;
    return numbers.count;
}
