/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Alt text: what a figure shows, in words, written from the same numbers. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMED = 12, MOST_SERIES = 8 };

static void append_phrase(const struct plot *plot, struct text *out, const char *key,
                          double count, const struct phrase_part *part, size_t parts)
{
    if (out->size)
        text_append_string(out, " ");
    locale_phrase(plot->context->locale, key, count, part, parts, out);
}

static void append_sentence(struct text *out, struct slice sentence)
{
    if (out->size && sentence.size)
        text_append_string(out, " ");
    text_append(out, sentence);
}

static struct slice count_words(const struct plot *plot, size_t count)
{
    struct text text = plot_text(plot);
    locale_number(plot->context->locale, (double)count, 0, &text);
    return text_slice(&text);
}

/* "Line chart", "Ranked bars" … */
static void append_kind(const struct plot *plot, struct text *out)
{
    const char *key =
        arena_print(plot->context->arena, "alt.kind.%s", plot->kind->name);
    append_phrase(plot, out, key, 1, NULL, 0);
}

/* -- Over time ---------------------------------------------------------------------------- */

/* Parts of a hundred are plotted as counts: said as shares of their position. */
static struct slice print_part(const struct plot *plot, size_t series, size_t position)
{
    const struct chart_data *data = plot->data;
    double value = data->series[series].value[position], whole = 0;
    if (!data->shares || !data->values_are_counts)
        return print_bounded(plot, &data->series[series], position,
                             print_number(plot, value));
    for (size_t i = 0; i < data->series_count; i++)
        whole += isfinite(data->series[i].value[position])
                     ? data->series[i].value[position]
                     : 0;
    return print_number(plot, whole > 0 ? value / whole : NAN);
}

static void append_series(const struct plot *plot, struct text *out, size_t series)
{
    const struct chart_data *data = plot->data;
    const double *value = data->series[series].value;
    size_t low = SIZE_MAX, high = SIZE_MAX, last = SIZE_MAX, missing = 0;
    for (size_t i = 0; i < data->count; i++) {
        if (!isfinite(value[i])) {
            missing++;
            continue;
        }
        if (low == SIZE_MAX || value[i] < value[low])
            low = i;
        if (high == SIZE_MAX || value[i] > value[high])
            high = i;
        last = i;
    }
    if (last == SIZE_MAX)
        return;
    const struct phrase_part part[] = {
        {"series", data->series[series].label},
        {"low", print_part(plot, series, low)},
        {"low at", print_period(plot, low)},
        {"high", print_part(plot, series, high)},
        {"high at", print_period(plot, high)},
        {"last", print_part(plot, series, last)},
        {"last at", print_period(plot, last)},
        {"missing", count_words(plot, missing)},
    };
    append_phrase(plot, out, "alt.series", 1, part, 8);
    if (plot_is_provisional(plot, last))
        append_phrase(plot, out, "alt.provisional", 1, part, 8);
    if (missing)
        append_phrase(plot, out, "alt.missing", (double)missing, part, 8);
}

static void append_time(const struct plot *plot, struct text *out)
{
    const struct chart_data *data = plot->data;
    const struct phrase_part part[] = {
        {"count", count_words(plot, data->count)},
        {"unit",
         locale_unit(plot->context->locale, data->period[0].unit, (double)data->count)},
        {"first", print_period(plot, 0)},
        {"last", print_period(plot, data->count - 1)},
    };
    append_phrase(plot, out, "alt.time", (double)data->count, part, 4);
    for (size_t s = 0; s < data->series_count && s < MOST_SERIES; s++)
        append_series(plot, out, s);
    const struct phrase_part trend = {"text", data->trend_name};
    if (data->trend_name.size)
        append_phrase(plot, out, "alt.trend", 1, &trend, 1);
}

/* -- Over categories ------------------------------------------------------------------------ */

static struct slice category_values(const struct plot *plot, size_t position)
{
    const struct chart_data *data = plot->data;
    struct text text = plot_text(plot);
    for (size_t s = 0; s < data->series_count && s < MOST_SERIES; s++) {
        if (s)
            text_append(&text, print_words(plot, "alt.comma", 1, NULL, 0));
        if (data->series_count > 1) {
            text_append(&text, data->series[s].label);
            text_append_string(&text, " ");
        }
        text_append(&text, print_part(plot, s, position));
    }
    return text_slice(&text);
}

static void append_categories(const struct plot *plot, struct text *out)
{
    const struct chart_data *data = plot->data;
    size_t named = data->count < MOST_NAMED ? data->count : MOST_NAMED;
    struct text list = plot_text(plot);
    for (size_t i = 0; i < named; i++) {
        const struct phrase_part part[] = {
            {"name", data->category ? data->category[i] : (struct slice){0}},
            {"values", category_values(plot, i)},
            {"before", data->tick
                           ? print_least(plot, plot_is_limit(plot, data->tick, i),
                                         print_number(plot, data->tick[i]))
                           : (struct slice){0}},
        };
        if (i)
            text_append(&list, print_words(plot, "alt.semicolon", 1, NULL, 0));
        text_append(&list,
                    print_words(plot,
                                data->tick ? "alt.category before" : "alt.category", 1,
                                part, 3));
    }
    const struct phrase_part part[] = {
        {"list", text_slice(&list)},
        {"rest", count_words(plot, data->count - named)},
    };
    append_phrase(plot, out, "alt.categories", 1, part, 2);
    if (data->count > named)
        append_phrase(plot, out, "alt.rest", (double)(data->count - named), part, 2);
    append_sentence(out, plot->left_out);
    const struct phrase_part zeros = {"text", data->zero_note};
    if (data->zero_note.size)
        append_phrase(plot, out, "alt.trend", 1, &zeros, 1);
}

/* -- Points --------------------------------------------------------------------------------- */

static void append_points(const struct plot *plot, struct text *out)
{
    const struct chart_data *data = plot->data;
    double sum = 0, largest = 0;
    size_t known = 0;
    bool is_limit = false, largest_is_limit = false;
    for (size_t i = 0; i < data->point_count; i++) {
        double size = data->point[i].size;
        if (!isfinite(size))
            continue;
        known++;
        is_limit = is_limit || data->point[i].at_least;
        if (!(size < largest))
            largest_is_limit =
                data->point[i].at_least || (largest_is_limit && !(size > largest));
        sum += size;
        largest = fmax(largest, size);
    }
    const struct phrase_part part[] = {
        {"count", count_words(plot, data->point_count)},
        {"sum", print_least(plot, is_limit, print_number(plot, sum))},
        {"largest", print_least(plot, largest_is_limit, print_number(plot, largest))},
        {"name", data->size_name},
    };
    const char *key = !known                ? "alt.points unsized"
                      : data->size_is_other ? "alt.points other"
                                            : "alt.points";
    append_phrase(plot, out, key, (double)data->point_count, part, 4);
}

static void append_notes(const struct plot *plot, struct text *out)
{
    for (size_t i = 0; i < plot->data->note_count; i++) {
        const struct chart_note *note = &plot->data->note[i];
        if (note->position >= plot->data->count)
            continue;
        const struct phrase_part part[] = {{"text", note->text}};
        append_phrase(plot, out, "alt.note", 1, part, 1);
    }
}

static bool has_values(const struct plot *plot)
{
    return plot->label_count || plot->mark_count;
}

/* The values as the figure shows them: parts as shares of their whole. */
static const struct chart_data *data_in_shares(const struct plot *plot)
{
    struct arena *arena = plot->context->arena;
    struct chart_data *data = arena_copy(arena, plot->given, sizeof *plot->given);
    struct chart_series *series =
        arena_copy(arena, data->series, data->series_count * sizeof *series);
    double *whole = ARENA_ARRAY(arena, double, data->count + 1);
    for (size_t s = 0; s < data->series_count; s++) {
        for (size_t i = 0; i < data->count; i++)
            whole[i] += isfinite(series[s].value[i]) ? series[s].value[i] : 0;
    }
    for (size_t s = 0; s < data->series_count; s++) {
        double *share = ARENA_ARRAY(arena, double, data->count + 1);
        for (size_t i = 0; i < data->count; i++)
            share[i] = whole[i] > 0 ? series[s].value[i] / whole[i] : NAN;
        series[s].value = share;
    }
    data->series = series;
    return data;
}

static struct slice describe(const struct plot *plot)
{
    struct text text = plot_text(plot);
    append_kind(plot, &text);
    const struct phrase_part condition = {"condition", plot->options->condition};
    if (condition.text.size)
        append_phrase(plot, &text, "alt.only", 1, &condition, 1);
    if (!has_values(plot))
        append_sentence(&text, plot_without_marks(plot));
    else if (plot->kind->needs & NEEDS_POINTS && !plot->data->category)
        append_points(plot, &text);
    else if (plot->data->period)
        append_time(plot, &text);
    else
        append_categories(plot, &text);
    append_notes(plot, &text);
    append_sentence(&text, text_slice(&plot->remark));
    return text_slice(&text);
}

struct slice alt_text(const struct plot *plot)
{
    struct plot told = *plot;
    if (!plot->data->shows_changes || !plot->data->series_count || !has_values(plot))
        told.data = plot->given;
    if (plot->kind->needs & NEEDS_BEFORE && plot->kind->needs & DRAWS_CHANGES)
        told.data = plot->given; /* a waterfall's steps are no values */
    if (plot->kind->needs & PARTS_OF_WHOLE && chart_divides(told.data))
        told.data = data_in_shares(plot);
    return describe(&told);
}

/* -- Labels ------------------------------------------------------------------------------ */

/* A letter of any script; digits and signs are none. */
static bool is_letter(uint32_t rune)
{
    if (rune < 0xC0)
        return (rune | 32) >= 'a' && (rune | 32) <= 'z';
    bool is_arabic_digit = (rune >= 0x660 && rune <= 0x66C) ||
                           (rune >= 0x6F0 && rune <= 0x6F9) || rune == 0x6D4;
    bool is_sign = rune == 0xD7 || rune == 0xF7 || (rune >= 0x600 && rune <= 0x61F) ||
                   (rune >= 0x2000 && rune <= 0x2BFF);
    return !is_arabic_digit && !is_sign;
}

static bool has_letters(struct slice text)
{
    bool has = false;
    for (size_t offset = 0; offset < text.size && !has;)
        has = is_letter(utf8_next(text, &offset));
    return has;
}

/* Whether a word or number goes on at this place. */
static bool goes_on(struct slice text, size_t offset)
{
    if (offset >= text.size)
        return false;
    uint32_t rune = utf8_next(text, &offset);
    return is_letter(rune) || (rune >= '0' && rune <= '9');
}

static bool goes_before(struct slice text, size_t offset)
{
    while (offset > 0 && ((unsigned char)text.data[--offset] & 0xC0) == 0x80)
        ;
    return goes_on(text, offset);
}

static bool says(struct slice words, struct slice label)
{
    size_t from = 0;
    while (from + label.size <= words.size) {
        const char *found =
            memmem(words.data + from, words.size - from, label.data, label.size);
        if (!found)
            return false;
        size_t at = (size_t)(found - words.data);
        if ((!at || !goes_before(words, at)) && !goes_on(words, at + label.size))
            return true;
        from = at + 1;
    }
    return false;
}

/* From above, then as they were asked for: as the brief runs. */
static int compare_places(const void *a, const void *b)
{
    const struct label_request *left = *(const struct label_request *const *)a;
    const struct label_request *right = *(const struct label_request *const *)b;
    if (left->box.top != right->box.top)
        return left->box.top < right->box.top ? -1 : 1;
    return (left > right) - (left < right);
}

struct slice label_words(const struct plot *plot, struct slice said)
{
    struct text text = plot_text(plot);
    size_t count = 0;
    const struct label_request **shown = ARENA_ARRAY(
        plot->context->arena, const struct label_request *, plot->label_count + 1);
    for (size_t i = 0; i < plot->label_count; i++) {
        const struct label_request *request = &plot->label[i];
        if (!request->is_dropped && !request->is_tick &&
            has_letters(request->label->text))
            shown[count++] = request;
    }
    qsort(shown, count, sizeof *shown, compare_places);
    for (size_t i = 0; i < count; i++) {
        const struct slice label = shown[i]->label->text;
        if (says(said, label) || says(text_slice(&text), label))
            continue;
        text_append_string(&text, text.size ? " \xc2\xb7 " : "");
        text_append(&text, label);
    }
    return text_slice(&text);
}
