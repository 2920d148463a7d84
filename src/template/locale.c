/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A language read from YAML: numbers, days and periods by its rules, phrases by
 * dotted key with their parts filled in. */
#include "template/locale.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_GAPS = 100, LONGEST_NUMBER = 352, MOST_DECIMALS = 9, URDU_ZERO = 0x06F0 };

#define EN_DASH            "\xE2\x80\x93"
#define TRUE_MINUS         "\xE2\x88\x92"
#define LEFT_TO_RIGHT_MARK "\xE2\x80\x8E"

static const struct yaml *find_own(const struct locale *locale, const char *key)
{
    const struct yaml *node = locale->root;
    while (node && *key) {
        size_t size = strcspn(key, ".");
        const struct yaml *found = NULL;
        for (size_t i = 0; node->kind == YAML_MAPPING && i < node->count; i++) {
            if (slice_equal(node->key[i].text, (struct slice){key, size}))
                found = &node->item[i];
        }
        node = found;
        key += size + (key[size] == '.');
    }
    return node;
}

static const struct yaml *find(const struct locale *locale, const char *key)
{
    const struct yaml *found = NULL;
    for (; locale && !found; locale = locale->base)
        found = find_own(locale, key);
    return found;
}

bool locale_has(const struct locale *locale, const char *key)
{
    return find(locale, key) != NULL;
}

int locale_find_word(const struct locale *locale, const char *list, struct slice word,
                     struct arena *arena)
{
    const struct yaml *words = find(locale, list);
    for (size_t i = 0; words && words->kind == YAML_SEQUENCE && i < words->count; i++) {
        if (slice_equal(slice_fold(arena, words->item[i].text),
                        slice_fold(arena, word)))
            return (int)i;
    }
    return -1;
}

/* Reading ------------------------------------------------------------------------ */

static bool has_list(const struct locale *locale, const char *key, size_t count,
                     const char *file, struct diags *diags)
{
    const struct yaml *node = find(locale, key);
    if (node && node->kind == YAML_SEQUENCE && node->count == count)
        return true;
    struct place at = node ? node->at : (struct place){file, 1, 1};
    diags_error(diags, at, "F201", "\"%s\" has to be a list of %zu words", key, count);
    return false;
}

static bool has_texts(const struct locale *locale, const char *file,
                      struct diags *diags)
{
    static const char *const needed[] = {
        "language",           "date.day",      "date.month",       "date.year",
        "date.quarter",       "number.group",  "number.decimal",   "unit.week",
        "range.within month", "range.in year", "range.over years", "range.numbers",
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (locale_has(locale, needed[i]))
            continue;
        diags_error(diags, (struct place){file, 1, 1}, "F202",
                    "the language file has no \"%s\"", needed[i]);
        ok = false;
    }
    return ok;
}

struct slice locale_inherits(struct slice source, const char *file, struct arena *arena)
{
    const struct yaml *root;
    struct diags *unheard = diags_new(arena);
    bool may_inherit = memmem(source.data, source.size, "inherits", 8) != NULL;
    if (!may_inherit || !yaml_parse(source, file, 1, 'F', arena, &root, unheard))
        return (struct slice){0};
    return yaml_text(root, "inherits", "");
}

bool locale_parse(struct slice source, const char *file, const struct locale *base,
                  struct arena *arena, struct locale **out, struct diags *diags)
{
    struct locale *locale = ARENA_NEW(arena, struct locale);
    locale->base = base;
    locale->gaps = ARENA_NEW(arena, struct locale_gaps);
    locale->gaps->arena = arena;
    if (!yaml_parse(source, file, 1, 'F', arena, &locale->root, diags))
        return false;
    bool ok = has_texts(locale, file, diags);
    ok = has_list(locale, "months", 12, file, diags) && ok;
    ok = has_list(locale, "months short", 12, file, diags) && ok;
    ok = has_list(locale, "weekdays", 7, file, diags) && ok;
    ok = has_list(locale, "weekdays short", 7, file, diags) && ok;
    ok = has_list(locale, "number.words", 11, file, diags) && ok;
    ok = plurals_read(find_own(locale, "plurals"), locale->plural,
                      &locale->plural_count, diags) &&
         ok;
    locale->tag = yaml_text(locale->root, "language", "en");
    locale->right_to_left =
        slice_is(yaml_text(locale->root, "direction", ""), "right to left");
    const struct yaml *grouping = find(locale, "number.grouping");
    locale->indian_grouping = grouping && slice_is(grouping->text, "indian");
    const struct yaml *digits = find(locale, "number.digits");
    locale->urdu_digits = digits && slice_is(digits->text, "urdu");
    const struct yaml *zero = find_own(locale, "number.zero");
    size_t offset = 0;
    locale->zero = zero && zero->text.size ? utf8_next(zero->text, &offset) : URDU_ZERO;
    locale->arabic_family = yaml_text(locale->root, "arabic family", "");
    *out = locale;
    return ok;
}

/* Gaps --------------------------------------------------------------------------- */

static void note_gap(const struct locale *locale, const char *words)
{
    struct locale_gaps *gaps = locale->gaps;
    for (size_t i = 0; gaps && i < gaps->count; i++) {
        if (strcmp(gaps->words[i], words) == 0)
            return;
    }
    if (gaps && gaps->count < MOST_GAPS)
        *ARENA_APPEND(gaps->arena, gaps->words, gaps->count, gaps->capacity) =
            slice_c_string(gaps->arena, slice_of(words));
}

size_t locale_gaps(const struct locale *locale, const char *const **words)
{
    *words = locale->gaps ? locale->gaps->words : NULL;
    return locale->gaps ? locale->gaps->count : 0;
}

/* Numbers ------------------------------------------------------------------------ */

static struct slice text_at(const struct locale *locale, const char *key)
{
    const struct yaml *node = find(locale, key);
    return node && node->kind == YAML_SCALAR ? node->text : (struct slice){0};
}

static void append_digit(const struct locale *locale, char digit, struct text *out)
{
    if (locale->urdu_digits)
        text_append_rune(out, locale->zero + (uint32_t)(digit - '0'));
    else
        text_append(out, (struct slice){&digit, 1});
}

/* Halves go away from zero, as an editor rounds; printf alone would make 2.5 "2". */
static double round_to(double number, int decimals)
{
    static const double power[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    double scaled = number * power[decimals];
    return fabs(scaled) < 1e15 ? round(scaled) / power[decimals] : number;
}

/* True when a separator stands before the digit that has `left` digits from it to the
 * point. */
static bool is_grouped_at(const struct locale *locale, size_t left)
{
    if (left < 3)
        return false;
    return locale->indian_grouping ? (left - 3) % 2 == 0 : left % 3 == 0;
}

static void append_separator(const struct locale *locale, const char *key,
                             const char *urdu, struct text *out)
{
    if (locale->urdu_digits)
        text_append_string(out, urdu);
    else
        text_append(out, text_at(locale, key));
}

void locale_number(const struct locale *locale, double number, int decimals,
                   struct text *out)
{
    if (!isfinite(number)) {
        text_append_string(out, EN_DASH);
        return;
    }
    decimals = decimals < 0 ? 0 : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals;
    number = round_to(number, decimals);
    char plain[LONGEST_NUMBER];
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(number));
    if (number < 0 && locale->right_to_left)
        text_append_string(out, LEFT_TO_RIGHT_MARK); /* keeps the sign at the left */
    if (number < 0)
        text_append_string(out, TRUE_MINUS);
    size_t whole = strcspn(plain, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i && is_grouped_at(locale, whole - i))
            append_separator(locale, "number.group", "\xD9\xAC", out);
        append_digit(locale, plain[i], out);
    }
    if (plain[whole])
        append_separator(locale, "number.decimal", "\xD9\xAB", out);
    for (size_t i = whole + 1; plain[whole] && plain[i]; i++)
        append_digit(locale, plain[i], out);
}

void locale_digits(const struct locale *locale, struct slice source, struct text *out)
{
    for (size_t i = 0; locale->urdu_digits && i < source.size; i++) {
        char c = source.data[i];
        if (c >= '0' && c <= '9')
            append_digit(locale, c, out);
        else
            text_append(out, (struct slice){&c, 1});
    }
    if (!locale->urdu_digits)
        text_append(out, source);
}

void locale_count(const struct locale *locale, size_t number, struct text *out)
{
    char plain[32];
    snprintf(plain, sizeof plain, "%zu", number);
    locale_digits(locale, slice_of(plain), out);
}

void locale_plus(const struct locale *locale, struct text *out)
{
    if (locale->right_to_left && locale->urdu_digits)
        text_append_string(out, LEFT_TO_RIGHT_MARK);
    text_append_string(out, "+");
}

const char *locale_percent_sign(const struct locale *locale)
{
    return locale->urdu_digits ? "\xD9\xAA" : "%";
}

void locale_words(const struct locale *locale, double number, struct text *out)
{
    const struct yaml *words = find(locale, "number.words");
    if (number >= 0 && number <= 10 && number == floor(number))
        text_append(out, yaml_at(words, (size_t)number)->text);
    else
        locale_number(locale, number, number == floor(number) ? 0 : 1, out);
}

void locale_range(const struct locale *locale, double low, double high, int decimals,
                  struct text *out)
{
    struct text first = {.arena = out->arena}, last = {.arena = out->arena};
    locale_number(locale, low, decimals, &first);
    locale_number(locale, high, decimals, &last);
    struct phrase_part part[] = {{"low", text_slice(&first)},
                                 {"high", text_slice(&last)}};
    bool is_signed = low < 0 || high < 0; /* no dash beside a minus */
    locale_phrase(locale, is_signed ? "range.signed" : "range.numbers", NAN, part, 2,
                  out);
}

/* Days and periods --------------------------------------------------------------- */

static void append_padded(const struct locale *locale, int number, size_t width,
                          struct text *out)
{
    char plain[16];
    int size = snprintf(plain, sizeof plain, "%0*d", (int)width, number);
    for (int i = 0; i < size; i++)
        append_digit(locale, plain[i], out);
}

static void append_word(const struct locale *locale, const char *key, int index,
                        struct text *out)
{
    const struct yaml *list = find(locale, key);
    if (list && (size_t)index < list->count)
        text_append(out, yaml_at(list, (size_t)index)->text);
}

/* One field of a layout: `count` times the letter. */
static void append_field(const struct locale *locale, int32_t day, char letter,
                         size_t count, struct text *out)
{
    struct civil civil = civil_of(day);
    switch (letter) {
    case 'y':
        append_padded(locale, count == 2 ? civil.year % 100 : civil.year, count, out);
        break;
    case 'M':
        if (count > 2)
            append_word(locale, count == 3 ? "months short" : "months", civil.month - 1,
                        out);
        else
            append_padded(locale, civil.month, count, out);
        break;
    case 'd': append_padded(locale, civil.day, count > 2 ? 2 : count, out); break;
    default:
        append_word(locale, count > 3 ? "weekdays" : "weekdays short",
                    civil_weekday(day), out);
        break;
    }
}

static size_t run_length(const char *layout)
{
    size_t count = 1;
    while (layout[count] == layout[0])
        count++;
    return count;
}

void locale_day(const struct locale *locale, int32_t day, const char *layout,
                struct text *out)
{
    bool is_quoted = false;
    if (!layout)
        layout = slice_c_string(out->arena, text_at(locale, "date.day"));
    while (*layout) {
        size_t count = run_length(layout);
        if (*layout == '\'') {
            if (count % 2)
                is_quoted = !is_quoted;
            for (size_t i = 0; i < count / 2; i++)
                text_append_string(out, "'");
        } else if (!is_quoted && strchr("yMdE", *layout)) {
            append_field(locale, day, *layout, count > 32 ? 32 : count, out);
        } else {
            text_append(out, (struct slice){layout, count});
        }
        layout += count;
    }
}

/* A part of a range: its own layout under key. */
static struct slice day_by_key(const struct locale *locale, int32_t day,
                               const char *key, struct arena *arena)
{
    struct text out = {.arena = arena};
    locale_day(locale, day, slice_c_string(arena, text_at(locale, key)), &out);
    return text_slice(&out);
}

static void append_days(const struct locale *locale, struct period period,
                        struct text *out)
{
    struct civil first = civil_of(period.first_day), last = civil_of(period.last_day);
    const char *kind = first.year != last.year     ? "over years"
                       : first.month != last.month ? "in year"
                                                   : "within month";
    struct arena *arena = out->arena;
    struct phrase_part part[] = {
        {"first", day_by_key(locale, period.first_day,
                             arena_print(arena, "range.%s.first", kind), arena)},
        {"last", day_by_key(locale, period.last_day,
                            arena_print(arena, "range.%s.last", kind), arena)},
    };
    locale_phrase(locale, arena_print(arena, "range.%s.both", kind), NAN, part, 2, out);
}

static void append_quarter(const struct locale *locale, struct period period,
                           struct text *out)
{
    struct text number = {.arena = out->arena}, year = {.arena = out->arena};
    struct civil civil = civil_of(period.first_day);
    append_padded(locale, (civil.month - 1) / 3 + 1, 1, &number);
    append_padded(locale, civil.year, 4, &year);
    struct phrase_part part[] = {{"quarter", text_slice(&number)},
                                 {"year", text_slice(&year)}};
    locale_phrase(locale, "date.quarter", NAN, part, 2, out);
}

void locale_period(const struct locale *locale, struct period period, struct text *out)
{
    const char *layout = NULL;
    switch (period.unit) {
    case PERIOD_MONTH: layout = "date.month"; break;
    case PERIOD_YEAR: layout = "date.year"; break;
    case PERIOD_QUARTER: append_quarter(locale, period, out); return;
    default: break;
    }
    if (layout)
        text_append(out, day_by_key(locale, period.first_day, layout, out->arena));
    else if (period.first_day == period.last_day)
        locale_day(locale, period.first_day, NULL, out);
    else
        append_days(locale, period, out);
}

/* Phrases ------------------------------------------------------------------------ */

struct slice locale_unit(const struct locale *locale, enum period_unit unit,
                         double count)
{
    char key[32];
    snprintf(key, sizeof key, "unit.%s", period_unit_name(unit));
    const struct yaml *form = plural_form(locale, find(locale, key), count);
    if (form && form->kind == YAML_SCALAR)
        return form->text;
    char words[80];
    snprintf(words, sizeof words, "the language \"%.*s\" has no word \"%s\"",
             SLICE_PRINT(locale->tag), key);
    note_gap(locale, words);
    return slice_of(period_unit_name(unit));
}

static const struct phrase_part *find_part(const struct phrase_part *part, size_t count,
                                           struct slice name)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, part[i].name))
            return &part[i];
    }
    return NULL;
}

/* The form of a word that a phrase asks for: `{unit|oblique}` looks the word up under
 * `forms.oblique`; a word that isn't there stays as it is. */
static struct slice inflect(const struct locale *locale, struct slice word,
                            struct slice form)
{
    const struct yaml *forms = find(locale, "forms");
    for (size_t i = 0; forms && forms->kind == YAML_MAPPING && i < forms->count; i++) {
        const struct yaml *list = &forms->item[i];
        if (!slice_equal(forms->key[i].text, form) || list->kind != YAML_MAPPING)
            continue;
        for (size_t j = 0; j < list->count; j++) {
            if (slice_equal(list->key[j].text, word))
                return list->item[j].text;
        }
    }
    return word;
}

/* One {name} or {name|form}; what isn't known is left as it stands. */
static void fill_part(const struct locale *locale, struct slice braces,
                      const struct phrase_part *part, size_t count, struct text *out)
{
    struct slice form = {braces.data + 1, braces.size - 2}, name;
    bool is_inflected = memchr(form.data, '|', form.size) != NULL;
    slice_cut(&form, '|', &name);
    const struct phrase_part *found = find_part(part, count, name);
    if (found) {
        text_append(out,
                    is_inflected ? inflect(locale, found->text, form) : found->text);
        return;
    }
    text_append(out, braces);
    note_gap(locale,
             arena_print(out->arena,
                         "a phrase of the language \"%.*s\" names \"%.*s\", which "
                         "isn't known there",
                         SLICE_PRINT(locale->tag), SLICE_PRINT(braces)));
}

static void fill_parts(const struct locale *locale, struct slice rest,
                       const struct phrase_part *part, size_t count, struct text *out)
{
    while (rest.size) {
        const char *open = memchr(rest.data, '{', rest.size);
        size_t before = open ? (size_t)(open - rest.data) : rest.size;
        locale_digits(locale, (struct slice){rest.data, before}, out);
        rest = slice_from(rest, before);
        const char *close = rest.size ? memchr(rest.data, '}', rest.size) : NULL;
        size_t size = close ? (size_t)(close - rest.data) + 1 : rest.size;
        if (size > 2 && close)
            fill_part(locale, (struct slice){rest.data, size}, part, count, out);
        else
            text_append(out, (struct slice){rest.data, size});
        rest = slice_from(rest, size);
    }
}

void locale_phrase(const struct locale *locale, const char *key, double count,
                   const struct phrase_part *part, size_t part_count, struct text *out)
{
    const struct yaml *form = plural_form(locale, find(locale, key), count);
    if (form && form->kind == YAML_SCALAR) {
        fill_parts(locale, form->text, part, part_count, out);
        return;
    }
    text_print(out, "\xE2\x9F\xA6%s\xE2\x9F\xA7", key);
    note_gap(locale,
             arena_print(out->arena, "the language \"%.*s\" has no phrase \"%s\"",
                         SLICE_PRINT(locale->tag), key));
}

/* Nouns and names ---------------------------------------------------------------- */

static const struct yaml *find_folded(const struct locale *locale, const char *list,
                                      struct slice word, struct arena *arena)
{
    struct slice folded = slice_fold(arena, word);
    for (; locale; locale = locale->base) {
        const struct yaml *node = find_own(locale, list);
        for (size_t i = 0; node && i < node->count && node->kind == YAML_MAPPING; i++) {
            if (slice_equal(node->key[i].text, folded))
                return &node->item[i];
        }
    }
    return NULL;
}

struct slice locale_name(const struct locale *locale, struct slice name,
                         struct arena *arena)
{
    const struct yaml *found = find_folded(locale, "names", name, arena);
    return found && found->kind == YAML_SCALAR ? found->text : name;
}

struct slice locale_word(const struct locale *locale, struct slice word,
                         struct arena *arena)
{
    return slice_is(locale->tag, "en") ? word : locale_name(locale, word, arena);
}

static bool ends_with(struct slice word, struct slice ending)
{
    return word.size >= ending.size &&
           slice_equal(slice_from(word, word.size - ending.size), ending);
}

/* By the first of the language's [ending, plural ending] that fits. */
static struct slice plural_by_ending(const struct locale *locale, struct slice word,
                                     struct arena *arena)
{
    const struct yaml *endings = find(locale, "noun endings");
    for (size_t i = 0; i < yaml_length(endings); i++) {
        const struct yaml *pair = yaml_at(endings, i);
        if (yaml_length(pair) != 2 || !ends_with(word, yaml_at(pair, 0)->text))
            continue;
        size_t stem = word.size - yaml_at(pair, 0)->text.size;
        return slice_of(arena_print(arena, "%.*s%.*s", (int)stem, word.data,
                                    SLICE_PRINT(yaml_at(pair, 1)->text)));
    }
    return word;
}

struct slice locale_noun(const struct locale *locale, struct slice one,
                         struct slice other, double count, struct arena *arena)
{
    const struct yaml *known = find_folded(locale, "nouns", one, arena);
    const struct yaml *form = plural_form(locale, known, count);
    if (form && known->kind == YAML_MAPPING)
        return form->text;
    if (count == 1)
        return one;
    if (other.size)
        return other;
    return form ? form->text : plural_by_ending(locale, one, arena);
}
