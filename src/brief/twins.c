/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comparing what two editions printed. Groups have other names in other languages, so a
 * figure is its measure, its conditions, its period and its number. */
#include "brief/twins.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct place copy_place(struct place at, struct arena *arena)
{
    if (at.file)
        at.file = slice_c_string(arena, slice_of(at.file));
    return at;
}

static void keep_figure(const struct figure *figure, struct arena *arena,
                        struct twin *twin)
{
    *ARENA_APPEND(arena, twin->fact, twin->count, twin->capacity) = (struct fact){
        .at = copy_place(figure->at, arena),
        .expression = slice_copy(arena, figure->expression),
        .printed = slice_copy(arena, figure->printed),
        .measure = slice_copy(arena, figure->measure),
        .condition = slice_copy(arena, figure->condition),
        .period = figure->period,
        .number = figure->number,
    };
}

static void keep_words(const struct said_value *said, const struct figures *figures,
                       const struct locale *locale, struct arena *arena,
                       struct twin *twin)
{
    bool is_own = !said->plain.size;
    const struct number_said *number;
    size_t count =
        numbers_said(is_own ? said->printed : said->plain,
                     is_own ? locale : figures->plain, is_own, arena, &number);
    for (size_t i = 0; i < count; i++) {
        *ARENA_APPEND(arena, twin->fact, twin->count, twin->capacity) = (struct fact){
            .at = copy_place(said->at, arena),
            .token = number[i].token,
            .is_offered = number[i].is_offered,
            .expression = slice_copy(arena, said->expression),
            .printed = slice_copy(arena, said->printed),
        };
    }
}

void twin_keep(const struct brief *brief, struct arena *arena, struct twin *out)
{
    const struct edition *edition = brief->edition;
    const struct figures *figures = &brief->figures;
    *out = (struct twin){
        .language = slice_copy(arena, edition->front.language),
        .period = brief->scope.period.whole,
        .rows = edition->table_count ? edition->tables[0].table->row_count : 0,
    };
    for (size_t i = 0; i < figures->count; i++) {
        if (!figures->figure[i].is_of_length)
            keep_figure(&figures->figure[i], arena, out);
    }
    for (size_t i = 0; i < figures->said_count; i++)
        keep_words(&figures->said[i], figures, edition->locale, arena, out);
}

/* -- Order ------------------------------------------------------------------------------ */

static int compare_numbers(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a > b) - (a < b);
}

static int compare_days(const struct period *a, const struct period *b)
{
    if (a->first_day != b->first_day)
        return a->first_day < b->first_day ? -1 : 1;
    return (a->last_day > b->last_day) - (a->last_day < b->last_day);
}

/* What a figure is, wherever it stands. */
static int compare_facts(const struct fact *a, const struct fact *b)
{
    int order = slice_compare(a->token, b->token);
    if (order || a->token.size)
        return order;
    order = slice_compare(a->measure, b->measure);
    order = order ? order : slice_compare(a->condition, b->condition);
    order = order ? order : compare_days(&a->period, &b->period);
    return order ? order : compare_numbers(a->number, b->number);
}

static int compare_places(const struct place *a, const struct place *b)
{
    int order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int by_fact(const void *a, const void *b)
{
    return compare_facts(*(const struct fact *const *)a,
                         *(const struct fact *const *)b);
}

static int by_place(const void *a, const void *b)
{
    const struct fact *left = *(const struct fact *const *)a;
    const struct fact *right = *(const struct fact *const *)b;
    int order = compare_places(&left->at, &right->at);
    return order ? order : compare_facts(left, right);
}

static const struct fact **sorted(const struct twin *twin, struct arena *arena,
                                  int (*compare)(const void *, const void *))
{
    const struct fact **list = ARENA_ARRAY(arena, const struct fact *, twin->count);
    for (size_t i = 0; i < twin->count; i++)
        list[i] = &twin->fact[i];
    if (twin->count)
        qsort(list, twin->count, sizeof *list, compare);
    return list;
}

/* -- Comparing -------------------------------------------------------------------------- */

struct twin_check {
    const struct twin *twin[2];
    const struct fact **place[2]; /* by place */
    const struct fact **fact[2];  /* by fact */
    struct diags *diags;
    const struct fact *told; /* the last that differed */
    bool ok;
};

/* The numbers of one value differ for one reason. */
static bool is_told(const struct twin_check *comparison, const struct fact *fact)
{
    const struct fact *told = comparison->told;
    return told && told->at.line == fact->at.line &&
           told->at.column == fact->at.column &&
           compare_places(&told->at, &fact->at) == 0 &&
           (told->token.size || fact->token.size);
}

/* "6%", as on paper; with the whole phrase where it says more. */
static struct slice told_number(const struct fact *fact, struct arena *arena)
{
    if (!fact->token.size)
        return slice_of(fact->printed.size
                            ? arena_print(arena, "\"%.*s\"", SLICE_PRINT(fact->printed))
                            : arena_print(arena, "%.6g", fact->number));
    if (slice_equal(fact->token, fact->printed) ||
        slice_starts_with(fact->token, "month"))
        return slice_of(arena_print(arena, "\"%.*s\"", SLICE_PRINT(fact->printed)));
    return slice_of(arena_print(arena, "%.*s (\"%.*s\")", SLICE_PRINT(fact->token),
                                SLICE_PRINT(fact->printed)));
}

static void differ(struct twin_check *comparison, const struct fact *fact, size_t in)
{
    const struct twin *own = comparison->twin[in], *other = comparison->twin[!in];
    struct slice what = fact->measure.size ? fact->measure : fact->expression;
    comparison->ok = false;
    if (is_told(comparison, fact))
        return;
    comparison->told = fact;
    struct arena *arena = arena_new();
    struct diag *diag =
        diags_error(comparison->diags, fact->at, "Q122",
                    "%.*s is printed in \"%.*s\" and not in \"%.*s\": %.*s",
                    SLICE_PRINT(told_number(fact, arena)), SLICE_PRINT(own->language),
                    SLICE_PRINT(other->language), SLICE_PRINT(what));
    diag_hint(comparison->diags, diag,
              "both languages say the same numbers: change the text or the block");
    arena_free(arena);
}

static bool is_anywhere(const struct twin_check *comparison, size_t in,
                        const struct fact *fact)
{
    const struct twin *twin = comparison->twin[in];
    return twin->count && bsearch(&fact, comparison->fact[in], twin->count,
                                  sizeof(const struct fact *), by_fact);
}

static void check_own_text(struct twin_check *comparison, size_t in,
                           const struct fact *fact)
{
    if (!fact->is_offered && !is_anywhere(comparison, !in, fact))
        differ(comparison, fact, in);
}

/* The first figure behind from that stands elsewhere. */
static size_t end_of_place(const struct twin_check *comparison, size_t in, size_t from)
{
    const struct fact **list = comparison->place[in];
    size_t end = from;
    while (end < comparison->twin[in]->count &&
           compare_places(&list[end]->at, &list[from]->at) == 0)
        end++;
    return end;
}

static size_t count_asking(const struct fact **fact, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        count += !fact[i]->is_offered;
    return count;
}

/* The fewer figures of one block are all among the other's. */
static void check_shared_block(struct twin_check *comparison, const size_t from[2],
                               const size_t to[2])
{
    size_t few = count_asking(comparison->place[1], from[1], to[1]) <
                 count_asking(comparison->place[0], from[0], to[0]);
    size_t j = from[!few];
    const struct fact **fewer = comparison->place[few],
                      **more = comparison->place[!few];
    for (size_t i = from[few]; i < to[few]; i++) {
        while (j < to[!few] && compare_facts(more[j], fewer[i]) < 0)
            j++;
        if (j < to[!few] && compare_facts(more[j], fewer[i]) == 0)
            j++;
        else if (!fewer[i]->is_offered)
            differ(comparison, fewer[i], few);
    }
}

static void check_figures(struct twin_check *comparison)
{
    size_t at[2] = {0, 0}, end[2];
    const size_t *const count[2] = {&comparison->twin[0]->count,
                                    &comparison->twin[1]->count};
    while (at[0] < *count[0] || at[1] < *count[1]) {
        int order = at[0] >= *count[0] ? 1
                    : at[1] >= *count[1]
                        ? -1
                        : compare_places(&comparison->place[0][at[0]]->at,
                                         &comparison->place[1][at[1]]->at);
        if (order) {
            size_t in = order > 0;
            check_own_text(comparison, in, comparison->place[in][at[in]++]);
            continue;
        }
        for (size_t i = 0; i < 2; i++)
            end[i] = end_of_place(comparison, i, at[i]);
        check_shared_block(comparison, at, end);
        memcpy(at, end, sizeof at);
    }
}

static bool same_ground(const struct twin *first, const struct twin *second,
                        struct diags *diags)
{
    bool same_period = compare_days(&first->period, &second->period) == 0;
    if (!same_period)
        diags_error(diags, (struct place){0}, "Q120",
                    "\"%.*s\" and \"%.*s\" speak of different periods",
                    SLICE_PRINT(first->language), SLICE_PRINT(second->language));
    if (first->rows != second->rows)
        diags_error(diags, (struct place){0}, "Q121",
                    "\"%.*s\" has %zu rows of data and \"%.*s\" %zu",
                    SLICE_PRINT(first->language), first->rows,
                    SLICE_PRINT(second->language), second->rows);
    return same_period && first->rows == second->rows;
}

bool twins_agree(const struct twin *first, const struct twin *second,
                 struct diags *diags)
{
    if (!same_ground(first, second, diags))
        return false;
    struct arena *arena = arena_new();
    struct twin_check comparison = {
        .twin = {first, second},
        .place = {sorted(first, arena, by_place), sorted(second, arena, by_place)},
        .fact = {sorted(first, arena, by_fact), sorted(second, arena, by_fact)},
        .diags = diags,
        .ok = true,
    };
    check_figures(&comparison);
    arena_free(arena);
    return comparison.ok;
}
