/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of layout share: fonts opened once a program, a typesetter a test,
 * styles, and boxes that say their name. */
#ifndef SITREP_TESTS_LAYOUT_FIXTURE_H
#define SITREP_TESTS_LAYOUT_FIXTURE_H

#include "support.h"

#include <stdlib.h>

#include "layout/page.h"

struct fixture {
    struct fonts *fonts; /* NULL in programs that set no text */
    struct typesetter *typesetter;
    struct arena *arena;
    struct diags *diags;
};

static inline void print_diags(const struct diags *diags)
{
    for (size_t i = 0; i < diags_total(diags); i++)
        print_error("%s: %s\n", diags_at(diags, i)->code, diags_at(diags, i)->message);
}

static inline int open_fonts(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    bool ok = fonts_open(&fixture->fonts, "fonts/families.conf", diags);
    print_diags(diags);
    arena_free(arena);
    *state = fixture;
    return ok ? 0 : -1;
}

static inline int close_fonts(void **state)
{
    struct fixture *fixture = *state;
    fonts_close(fixture->fonts);
    free(fixture);
    return 0;
}

static inline int open_test(void **state, const char *language,
                            enum text_direction direction)
{
    struct fixture *fixture = *state;
    fixture->arena = arena_new();
    fixture->diags = diags_new(fixture->arena);
    if (fixture->fonts)
        fixture->typesetter =
            typesetter_new(fixture->fonts, language, direction, fixture->arena);
    return 0;
}

static inline int open_english(void **state)
{
    return open_test(state, "en", DIRECTION_LEFT_TO_RIGHT);
}

static inline int open_urdu(void **state)
{
    return open_test(state, "ur", DIRECTION_RIGHT_TO_LEFT);
}

static inline int close_test(void **state)
{
    struct fixture *fixture = *state;
    typesetter_free(fixture->typesetter);
    fixture->typesetter = NULL;
    arena_free(fixture->arena);
    return 0;
}

static const struct text_style BODY = {.family = "Noto Serif",
                                       .size_pt = 8.5,
                                       .leading_pt = 12.4,
                                       .weight = 400,
                                       .tabular = true,
                                       .colour = {0.09, 0.1, 0.11, 1},
                                       .arabic_family = "Noto Nastaliq Urdu",
                                       .arabic_size_pt = 10.9,
                                       .arabic_leading_pt = 19.5,
                                       .arabic_weight = 400};

static inline struct text_style style_of(const char *family, double size,
                                         double leading, int weight)
{
    struct text_style style = BODY;
    style.family = family;
    style.size_pt = size;
    style.leading_pt = leading;
    style.weight = weight;
    return style;
}

static inline struct box *set_paragraph(const struct fixture *fixture, const char *text,
                                        double width)
{
    const struct span span = {.text = slice_of(text), .style = &BODY};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    return typeset_paragraph(fixture->typesetter, &paragraph, width);
}

static inline struct slice dump_of(const struct fixture *fixture, const struct box *box)
{
    struct text out = {.arena = fixture->arena};
    box_dump(box, 0, &out);
    return text_slice(&out);
}

#endif
