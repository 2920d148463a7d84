/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout_fixture.h"

#include "layout/hyphen.h"
#include "layout/typesetter.h"

#include <unistd.h>

static const char CONF[] = "fonts/hyphenation.conf";

/* The word with its points. */
static void assert_divided(const struct patterns *patterns, const char *word,
                           const char *want)
{
    bool may_divide[LONGEST_DIVIDED] = {false};
    char got[200];
    size_t size = 0;
    bool is_found = hyphenate(patterns, slice_of(word), may_divide);
    for (size_t i = 0; word[i]; i++) {
        if (is_found && may_divide[i])
            got[size++] = '-';
        got[size++] = word[i];
    }
    got[size] = '\0';
    assert_string_equal(got, want);
}

/* A word is a part of its paragraph: what comes later in it is neither read nor counted,
 * near or far beyond the room that a word has. */
static void a_word_ends_where_it_ends(void **state)
{
    (void)state;
    struct hyphens *hyphens = hyphens_new(CONF);
    struct slice package;
    const struct patterns *english = hyphens_of(hyphens, "en", &package);
    assert_non_null(english);
    for (size_t gap = 0; gap < 2000; gap += 37) {
        char text[2200];
        bool may_divide[LONGEST_DIVIDED + 64] = {false};
        memset(text, 'x', sizeof text);
        memcpy(text, "hyphenation", 11);
        memcpy(text + 11 + gap, "-army's police\xe2\x80\x99s", 17);
        text[sizeof text - 1] = '\0';
        memset(may_divide + LONGEST_DIVIDED, 1, 64);
        assert_true(hyphenate(english, (struct slice){text, 11}, may_divide));
        for (size_t i = 0; i < LONGEST_DIVIDED; i++)
            assert_int_equal(may_divide[i], i == 2 || i == 6);
        for (size_t i = LONGEST_DIVIDED; i < sizeof may_divide; i++)
            assert_true(may_divide[i]);
    }
    hyphens_free(hyphens);
}

/* As the book has them from which the patterns come: Liang (1983). */
static void english_words_are_divided_by_the_patterns(void **state)
{
    (void)state;
    struct hyphens *hyphens = hyphens_new(CONF);
    struct slice package;
    const struct patterns *english = hyphens_of(hyphens, "en", &package);
    assert_non_null(english);
    assert_divided(english, "hyphenation", "hy-phen-ation");
    assert_divided(english, "concatenation", "con-cate-na-tion");
    assert_divided(english, "supercalifragilistic", "su-per-cal-ifrag-ilis-tic");
    assert_divided(english, "associate", "as-so-ciate");
    /* Two letters stay, three go on. */
    assert_divided(english, "coordinated", "co-or-di-nated");
    assert_divided(english, "security", "se-cu-rity");
    assert_divided(english, "many", "many");
    assert_divided(english, "", "");
    assert_ptr_equal(hyphens_of(hyphens, "en-GB", &package), english);
    hyphens_free(hyphens);
}

static void a_language_without_patterns_says_what_has_them(void **state)
{
    (void)state;
    char path[] = "/tmp/sitrep-hyphens-XXXXXX";
    int fd = mkstemp(path);
    const char list[] = "# none of these\nxx | nowhere.dic | hyphen-xx\nyy\n| |\n";
    assert_int_equal(write(fd, list, sizeof list - 1), sizeof list - 1);
    close(fd);
    struct slice package;
    struct hyphens *hyphens = hyphens_new(path);
    assert_null(hyphens_of(hyphens, "xx", &package));
    assert_slice(package, "hyphen-xx");
    assert_null(hyphens_of(hyphens, "en", &package));
    assert_int_equal(package.size, 0);
    hyphens_free(hyphens);
    unlink(path);
    hyphens = hyphens_new(path); /* no list at all */
    assert_null(hyphens_of(hyphens, "xx", &package));
    hyphens_free(hyphens);
}

static const char *dump_divided(const struct fixture *fixture, const char *text,
                                double width, bool divided)
{
    const struct span span = {.text = slice_of(text), .style = &BODY};
    const struct paragraph paragraph = {
        .span_count = 1, .span = &span, .divided = divided};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, width);
    assert_slice(box->text, text); /* no hyphen gets into the words */
    return slice_c_string(fixture->arena, dump_of(fixture, box));
}

static void a_word_is_divided_where_the_line_would_gape(void **state)
{
    const struct fixture *fixture = *state;
    const char *text = "The army raided the administration building of a town.";
    assert_non_null(strstr(dump_divided(fixture, text, 110, true),
                           "\"The army raided the ad-\" \"ministration"));
    assert_non_null(strstr(dump_divided(fixture, text, 110, false),
                           "\"The army raided the\" \"administration"));
    struct slice package;
    assert_false(typesetter_undivided(fixture->typesetter, &package));
}

static void names_addresses_and_last_words_stay_whole(void **state)
{
    const struct fixture *fixture = *state;
    static const char *const whole[] = {
        "The army raided the Administration building of a town.",
        "The army raided the administration-building of a town.",
        "The army raided the administration/building of a town.",
        "The army raided the administration.building of a town.",
        "The army raided the ADMINISTRATION of a town.",
        "The army raided the administration2 of a town.",
        "The army raided the administration",
    };
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        assert_null(strstr(dump_divided(fixture, whole[i], 110, true), "ad-\""));
}

static void quotes_around_a_word_dont_hinder(void **state)
{
    const struct fixture *fixture = *state;
    const char *text = "The army raided the “administration,” says a town.";
    assert_non_null(strstr(dump_divided(fixture, text, 115, true), "“ad-\""));
}

static void a_divided_word_isnt_torn_between_pages(void **state)
{
    const struct fixture *fixture = *state;
    const char *text =
        "The army raided it. The army raided the administration building "
        "of a town in the hills, and left it the same day again.";
    const struct span span = {.text = slice_of(text), .style = &BODY};
    const struct paragraph paragraph = {
        .span_count = 1, .span = &span, .divided = true};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 110);
    struct box *first, *rest;
    size_t pieces = 0;
    for (double room = 2 * BODY.leading_pt; room < box->height;
         room += BODY.leading_pt) {
        if (!box->split(box, room, SPLIT_WELL, fixture->arena, &first, &rest))
            continue;
        struct text both = {.arena = fixture->arena};
        text_append(&both, first->text);
        text_append(&both, rest->text);
        assert_slice(text_slice(&both), text);
        char end = first->text.data[first->text.size - 1];
        assert_true(end == ' ');
        pieces++;
    }
    assert_true(pieces > 0);
    assert_non_null(
        strstr(slice_c_string(fixture->arena, dump_of(fixture, box)), "-\""));
}

static void a_number_stays_with_what_it_counts(void **state)
{
    const struct fixture *fixture = *state;
    const char *dump =
        dump_divided(fixture, "The week saw in all 31 attacks there.", 95, false);
    assert_non_null(strstr(dump, "\"31 attacks"));
    /* A year doesn't count; and a number is let go where nothing else fits. */
    dump = dump_divided(fixture, "The week saw it all 2026 attacks there.", 105, false);
    assert_non_null(strstr(dump, "2026\" \"attacks"));
    dump = dump_divided(fixture, "Some of all the 25 % here", 72, false);
    assert_non_null(strstr(dump, "\"25 %"));
    dump = dump_divided(fixture, "Some of all 2026 % here", 72, false);
    assert_non_null(strstr(dump, "\"2026 %"));
    dump = dump_divided(fixture, "It costs about $ 5 million", 64, false);
    assert_non_null(strstr(dump, "$ 5"));
    dump = dump_divided(fixture, "31 attacks", 34, false);
    assert_non_null(strstr(dump, "\"31\" \"attacks\""));
}

static double x_of_ink(const struct fixture *fixture, const char *text)
{
    const struct span span = {.text = slice_of(text), .style = &BODY};
    const struct paragraph paragraph = {.span_count = 1, .span = &span};
    struct box *box = typeset_paragraph(fixture->typesetter, &paragraph, 200);
    cairo_surface_t *surface =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *cairo = cairo_create(surface);
    double x, y, width, height;
    box_draw(box, cairo, false);
    cairo_recording_surface_ink_extents(surface, &x, &y, &width, &height);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return x;
}

static void an_opening_quote_hangs_in_the_margin(void **state)
{
    const struct fixture *fixture = *state;
    double quoted = x_of_ink(fixture, "“Many say so"),
           plain = x_of_ink(fixture, "Many");
    assert_true(quoted < plain - 0.5);
    assert_true(quoted > plain - 4);
}

#define ENGLISH(test) cmocka_unit_test_setup_teardown(test, open_english, close_test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_words_are_divided_by_the_patterns),
        cmocka_unit_test(a_word_ends_where_it_ends),
        cmocka_unit_test(a_language_without_patterns_says_what_has_them),
        ENGLISH(a_word_is_divided_where_the_line_would_gape),
        ENGLISH(names_addresses_and_last_words_stay_whole),
        ENGLISH(quotes_around_a_word_dont_hinder),
        ENGLISH(a_divided_word_isnt_torn_between_pages),
        ENGLISH(a_number_stays_with_what_it_counts),
        ENGLISH(an_opening_quote_hangs_in_the_margin),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
