/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of provinces in spaced grey capitals, where the province is wide enough and
 * nothing else stands: the nearest such place to its middle. */
#include "map/sheet.h"

#include <math.h>
#include <string.h>

static const double SPACING = 0.9, TIGHT = 0.2, SMALLER = 0.88, STEP = 3, SAMPLE = 2.5;
/* Between a place's name and a province's beside it. */
static const double BESIDE = 4;
enum { MOST_PROVINCES = 40, SPELLINGS = 3 };

struct province {
    struct slice name;
    double x, y; /* middle of its cells */
    size_t cells;
    struct frame frame; /* round them */
};

struct provinces {
    const struct base_map *map; /* whose raster tells where they lie */
    size_t count;
    struct province of[MOST_PROVINCES];
    uint8_t *number; /* by unit: index + 1, 0 = none */
};

static uint8_t province_number(struct provinces *provinces, struct slice name)
{
    for (size_t i = 0; i < provinces->count; i++) {
        if (slice_equal(provinces->of[i].name, name))
            return (uint8_t)(i + 1);
    }
    if (!name.size || provinces->count == MOST_PROVINCES)
        return 0;
    provinces->of[provinces->count++].name = name;
    return (uint8_t)provinces->count;
}

/* Parents of the districts, or the shapes of the provinces' own file. */
static void find_provinces(const struct sheet *sheet, struct provinces *provinces)
{
    provinces->map = sheet->outlines ? sheet->outlines : sheet->base;
    const struct boundaries *boundaries = provinces->map->boundaries;
    provinces->number =
        ARENA_ARRAY(sheet->plot.context->arena, uint8_t, boundaries->unit_count);
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *unit = &boundaries->unit[i];
        if (!unit->has_ended)
            provinces->number[i] =
                province_number(provinces, sheet->outlines ? unit->name : unit->parent);
    }
}

static void add_cell(struct province *province, double x, double y)
{
    struct frame *frame = &province->frame;
    if (!province->cells++)
        *frame = (struct frame){x, y, x, y};
    frame->left = x < frame->left ? x : frame->left;
    frame->right = x > frame->right ? x : frame->right;
    frame->bottom = y;
    province->x += x;
    province->y += y;
}

static void measure_provinces(struct provinces *provinces)
{
    const struct raster *raster = &provinces->map->raster;
    const uint32_t *owner = raster->owner;
    for (size_t row = 0; row < raster->rows; row++) {
        double y = ((double)row + 0.5) * raster->cell;
        for (size_t column = 0; column < raster->columns; column++, owner++) {
            uint8_t number = *owner ? provinces->number[*owner - 1] : 0;
            if (number)
                add_cell(&provinces->of[number - 1],
                         ((double)column + 0.5) * raster->cell, y);
        }
    }
}

static bool lies_in(const struct provinces *provinces, const struct sheet *sheet,
                    struct frame box, size_t number)
{
    for (double y = box.top; y < box.bottom + SAMPLE; y += SAMPLE) {
        for (double x = box.left; x < box.right + SAMPLE; x += SAMPLE) {
            uint32_t owner =
                raster_at(&provinces->map->raster, fmin(x, box.right) - sheet->offset.x,
                          fmin(y, box.bottom) - sheet->offset.y);
            if (!owner || provinces->number[owner - 1] != number)
                return false;
        }
    }
    return true;
}

/* The place nearest to the middle where nothing else stands; or, if need not be free,
 * any. */
static bool find_place(const struct provinces *provinces, const struct sheet *sheet,
                       size_t number, const struct label *label, bool is_free,
                       struct frame *out)
{
    const struct province *province = &provinces->of[number - 1];
    double best = INFINITY, cells = (double)province->cells;
    double x = province->x / cells + sheet->offset.x;
    double y = province->y / cells + sheet->offset.y;
    struct frame room = province->frame;
    room.left += sheet->offset.x;
    room.top += sheet->offset.y;
    room.right += sheet->offset.x - label->width;
    room.bottom += sheet->offset.y - label->height;
    for (double top = room.top; top <= room.bottom; top += STEP) {
        for (double left = room.left; left <= room.right; left += STEP) {
            struct frame box = {left, top, left + label->width, top + label->height};
            double across = left + label->width / 2 - x;
            double down = (top + label->height / 2 - y) * 1.5;
            double away = across * across + down * down;
            if (away >= best || !lies_in(provinces, sheet, box, number) ||
                (is_free && !sheet_is_free(sheet, box, true)))
                continue;
            best = away;
            *out = box;
        }
    }
    return isfinite(best);
}

/* -- Spellings: as it is, in two lines, and the language's short one --------------------- */

static struct slice capitals(struct arena *arena, struct slice name)
{
    char *text = arena_copy(arena, name.data, name.size);
    for (size_t i = 0; i < name.size; i++)
        text[i] = (char)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 32 : text[i]);
    return (struct slice){text, name.size};
}

/* At the last space or hyphen. */
static struct slice in_two_lines(struct arena *arena, struct slice name)
{
    for (size_t i = name.size; i-- > 1;) {
        if (name.data[i] != ' ' && name.data[i] != '-')
            continue;
        struct text text = {.arena = arena};
        text_append(&text, (struct slice){name.data, name.data[i] == '-' ? i + 1 : i});
        text_append_string(&text, "\n");
        text_append(&text, slice_from(name, i + 1));
        return text_slice(&text);
    }
    return (struct slice){0};
}

static size_t spellings(const struct sheet *sheet, struct slice name,
                        struct slice out[SPELLINGS])
{
    struct arena *arena = sheet->plot.context->arena;
    const struct locale *locale = sheet->plot.context->locale;
    struct slice whole = capitals(arena, locale_name(locale, name, arena));
    size_t count = 0;
    out[count++] = whole;
    struct slice two = in_two_lines(arena, whole);
    if (two.size)
        out[count++] = two;
    const char *key = arena_print(arena, "map.short.%.*s", SLICE_PRINT(name));
    if (!memchr(name.data, '.', name.size) && locale_has(locale, key))
        out[count++] = capitals(arena, print_words(&sheet->plot, key, 1, NULL, 0));
    return count;
}

/* Spaced, or tight and a little smaller where the spaced one finds no place. */
static const struct text_style *name_style(const struct sheet *sheet, bool is_tight)
{
    struct text_style *style =
        arena_copy(sheet->plot.context->arena, plot_style(&sheet->plot, TEXT_SOURCE),
                   sizeof *style);
    style->letter_spacing_pt = sheet->plot.mirrored ? 0 : is_tight ? TIGHT : SPACING;
    style->size_pt *= is_tight ? SMALLER : 1;
    style->colour = plot_colour(&sheet->plot, COLOUR_TERTIARY);
    return style;
}

static void put_name(struct sheet *sheet, const struct label *label, struct frame at)
{
    struct label_request *request =
        plot_place(&sheet->plot, label, at.left, at.top + label->ascent, 0);
    request->box = at;
    sheet_take(sheet, at);
}

static bool name_in_style(struct sheet *sheet, const struct provinces *provinces,
                          size_t i, const struct text_style *style, bool *would_fit)
{
    struct slice text[SPELLINGS];
    size_t count = spellings(sheet, provinces->of[i].name, text);
    for (size_t j = 0; j < count; j++) {
        const struct label *label =
            typeset_label(sheet->plot.context->typesetter, text[j], style);
        struct frame at;
        if (find_place(provinces, sheet, i + 1, label, true, &at)) {
            put_name(sheet, label, at);
            return true;
        }
        *would_fit =
            *would_fit || find_place(provinces, sheet, i + 1, label, false, &at);
    }
    return false;
}

static void name_province(struct sheet *sheet, const struct provinces *provinces,
                          size_t i)
{
    bool would_fit = false; /* on bare land */
    if (!name_in_style(sheet, provinces, i, name_style(sheet, false), &would_fit) &&
        !name_in_style(sheet, provinces, i, name_style(sheet, true), &would_fit) &&
        would_fit)
        sheet_report_drop(sheet, provinces->of[i].name);
}

/* The labels are solved: what they take isn't free any more. */
static void take_labels(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->plot.label_count; i++) {
        const struct label_request *request = &sheet->plot.label[i];
        if (request->is_dropped)
            continue;
        struct frame box = request->box;
        sheet_take(sheet, (struct frame){box.left - BESIDE, box.top, box.right + BESIDE,
                                         box.bottom});
        if (request->has_leader)
            sheet_take(sheet,
                       (struct frame){fmin(request->leader_end.x, request->target.x),
                                      fmin(request->leader_end.y, request->target.y),
                                      fmax(request->leader_end.x, request->target.x),
                                      fmax(request->leader_end.y, request->target.y)});
    }
}

void province_names(struct sheet *sheet)
{
    struct provinces *provinces =
        ARENA_NEW(sheet->plot.context->arena, struct provinces);
    take_labels(sheet);
    find_provinces(sheet, provinces);
    measure_provinces(provinces);
    for (size_t i = 0; i < provinces->count; i++) {
        if (provinces->of[i].cells)
            name_province(sheet, provinces, i);
    }
}
