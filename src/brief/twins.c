/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comparing what two editions printed. Groups have other names in other languages, so a
 * figure is its measure, its conditions, its period and its number. */
#include "brief/twins.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct figure copy_figure(const struct figure *figure, struct arena *arena)
{
    struct figure own = *figure;
    own.expression = slice_copy(arena, figure->expression);
    own.printed = slice_copy(arena, figure->printed);
    own.measure = slice_copy(arena, figure->measure);
    own.condition = slice_copy(arena, figure->condition);
    own.group = slice_copy(arena, figure->group);
    if (figure->at.file)
        own.at.file = slice_c_string(arena, slice_of(figure->at.file));
    return own;
}

void twin_keep(const struct brief *brief, struct arena *arena, struct twin *out)
{
    const struct edition *edition = brief->edition;
    struct figure *figure = ARENA_ARRAY(arena, struct figure, brief->figures.count);
    for (size_t i = 0; i < brief->figures.count; i++)
        figure[i] = copy_figure(&brief->figures.figure[i], arena);
    *out = (struct twin){
        .language = slice_copy(arena, edition->front.language),
        .period = brief->scope.period.whole,
        .rows = edition->table_count ? edition->tables[0].table->row_count : 0,
        .count = brief->figures.count,
        .figure = figure,
    };
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
static int compare_facts(const struct figure *a, const struct figure *b)
{
    int order = slice_compare(a->measure, b->measure);
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
    return compare_facts(*(const struct figure *const *)a,
                         *(const struct figure *const *)b);
}

static int by_place(const void *a, const void *b)
{
    const struct figure *left = *(const struct figure *const *)a;
    const struct figure *right = *(const struct figure *const *)b;
    int order = compare_places(&left->at, &right->at);
    return order ? order : compare_facts(left, right);
}

static const struct figure **sorted(const struct twin *twin, struct arena *arena,
                                    int (*compare)(const void *, const void *))
{
    const struct figure **list = ARENA_ARRAY(arena, const struct figure *, twin->count);
    for (size_t i = 0; i < twin->count; i++)
        list[i] = &twin->figure[i];
    if (twin->count)
        qsort(list, twin->count, sizeof *list, compare);
    return list;
}

/* -- Comparing -------------------------------------------------------------------------- */

struct twin_check {
    const struct twin *twin[2];
    const struct figure **place[2]; /* by place */
    const struct figure **fact[2];  /* by fact */
    struct diags *diags;
    bool ok;
};

static void differ(struct twin_check *comparison, const struct figure *figure,
                   size_t in)
{
    const struct twin *own = comparison->twin[in], *other = comparison->twin[!in];
    struct diag *diag =
        diags_error(comparison->diags, figure->at, "Q122",
                    "%.15g is printed in \"%.*s\" and not in \"%.*s\": %.*s",
                    figure->number, SLICE_PRINT(own->language),
                    SLICE_PRINT(other->language), SLICE_PRINT(figure->measure));
    diag_hint(comparison->diags, diag,
              "both languages say the same numbers: change the text or the block");
    comparison->ok = false;
}

static bool is_anywhere(const struct twin_check *comparison, size_t in,
                        const struct figure *figure)
{
    const struct twin *twin = comparison->twin[in];
    return twin->count && bsearch(&figure, comparison->fact[in], twin->count,
                                  sizeof(const struct figure *), by_fact);
}

static void check_own_text(struct twin_check *comparison, size_t in,
                           const struct figure *figure)
{
    if (!is_anywhere(comparison, !in, figure))
        differ(comparison, figure, in);
}

/* The first figure behind from that stands elsewhere. */
static size_t end_of_place(const struct twin_check *comparison, size_t in, size_t from)
{
    const struct figure **list = comparison->place[in];
    size_t end = from;
    while (end < comparison->twin[in]->count &&
           compare_places(&list[end]->at, &list[from]->at) == 0)
        end++;
    return end;
}

/* The fewer figures of one block are all among the other's. */
static void check_shared_block(struct twin_check *comparison, const size_t from[2],
                               const size_t to[2])
{
    size_t few = to[1] - from[1] < to[0] - from[0], j = from[!few];
    const struct figure **fewer = comparison->place[few],
                        **more = comparison->place[!few];
    for (size_t i = from[few]; i < to[few]; i++) {
        while (j < to[!few] && compare_facts(more[j], fewer[i]) < 0)
            j++;
        if (j < to[!few] && compare_facts(more[j], fewer[i]) == 0)
            j++;
        else
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
