/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a figure's marks may be read as, and by whom. */
#include "support.h"

#include "figures.h"

static int open_studio(void **state)
{
    struct studio *studio = calloc(1, sizeof *studio);
    *state = studio;
    return studio_open(studio) ? 0 : -1;
}

static int shut_studio(void **state)
{
    studio_close(*state);
    free(*state);
    return 0;
}

static const struct plot *lay(struct studio *studio, const struct figure *figure,
                              double width)
{
    diags_truncate(studio->diags, 0);
    studio->dropped = 0;
    const struct box *body = figure_lay(studio, figure, width)->child[1];
    assert_non_null(body->describe);
    return body->content;
}

static struct figure figure_as(struct studio *studio, const char *kind,
                               enum figure_case which)
{
    for (size_t i = 0; i < FIGURE_MAKERS; i++) {
        if (!strcmp(figure_makers[i].kind, kind))
            return figure_of(studio, &figure_makers[i], which);
    }
    fail_msg("no figure of kind %s", kind);
    return (struct figure){0};
}

static const struct label_request *label_of(const struct plot *plot, const char *part)
{
    for (size_t i = 0; i < plot->label_count; i++) {
        struct slice text = plot->label[i].label->text;
        char *copy = arena_print(plot->context->arena, "%.*s", SLICE_PRINT(text));
        if (!plot->label[i].is_dropped && strstr(copy, part))
            return &plot->label[i];
    }
    return NULL;
}

static bool same_fill(struct colour a, struct colour b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

/* -- Keys ---------------------------------------------------------------------------------- */

/* The mark that stands right before the word, level with it. */
static const struct mark *swatch_of(const struct plot *plot,
                                    const struct label_request *word)
{
    for (size_t i = 0; i < plot->mark_count; i++) {
        const struct mark *mark = &plot->mark[i];
        double before = plot->flips || plot->mirrored ? mark->at.left - word->box.right
                                                      : word->box.left - mark->at.right;
        if (mark->shape == MARK_RECTANGLE && before > 0 && before < 5 &&
            mark->at.top > word->box.top && mark->at.bottom < word->box.bottom)
            return mark;
    }
    return NULL;
}

static void check_swatches(struct studio *studio, const char *kind,
                           enum figure_case which)
{
    struct figure figure = figure_as(studio, kind, which);
    const struct plot *plot = lay(studio, &figure, 292.6);
    for (size_t s = 0; s < figure.data.series_count; s++) {
        const char *name = arena_print(studio->arena, "%.*s",
                                       SLICE_PRINT(figure.data.series[s].label));
        const struct label_request *word = label_of(plot, name);
        assert_non_null(word);
        const struct mark *swatch = swatch_of(plot, word);
        if (!swatch)
            fail_msg("%s: \"%s\" has no swatch", kind, name);
        assert_true(same_fill(swatch->fill, series_colour(plot, s)));
    }
}

/* Readable colours of words are all dark: in greys only the swatches differ. */
static void words_of_keys_stand_behind_swatches_of_their_colours(void **state)
{
    check_swatches(*state, "stacked", CASE_ORDINARY);
    check_swatches(*state, "stacked", CASE_NEGATIVE);
    check_swatches(*state, "stacked", CASE_URDU);
    check_swatches(*state, "area", CASE_ORDINARY);
    check_swatches(*state, "area", CASE_URDU);
    check_swatches(*state, "grouped", CASE_GAPS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_keys_stand_behind_swatches_of_their_colours),
    };
    return cmocka_run_group_tests(tests, open_studio, shut_studio);
}
