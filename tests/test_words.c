/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run put together of words that were shaped alone has the glyphs, widths and places of
 * one that was shaped whole: in each face that is known for that, at any size. */
#include "layout_fixture.h"

#include "layout/typesetter.h"
#include "layout/words.h"

#include <stdlib.h>

static const char *const corpus[] = {
    "اس ہفتے صوبے میں ۲۴ حملے ہوئے، جن میں 31 افراد ہلاک اور 12 زخمی ہوئے۔",
    "خیبر پختونخوا (20)، بلوچستان (11) اور سندھ  میں  کوئی  حملہ  نہیں  ہوا",
    "«فتنہ الخوارج» — یعنی ٹی ٹی پی؛ کیا گاڑھی دھند بڑھی؟ نتیجتاً پیچیدگی یکجہتی پیچھے",
    " آغاز میں خالی جگہ ہے اور آخر میں بھی  ",
    "لکی مروت، کرک، قلات، ڈیرہ اسماعیل خان، شمالی وزیرستان اور آزاد کشمیر کے اضلاع",
    "نہ‌صرف می‌شود بے‌نظیر بھٹو کا شہر",
    "26 ہفتوں کی اوسط سے 48% زیادہ",
};

struct count {
    size_t runs, words;
};

static void assert_same_glyphs(const PangoGlyphString *whole,
                               const PangoGlyphString *words, const char *text)
{
    if (whole->num_glyphs != words->num_glyphs)
        fail_msg("%d glyphs, whole %d: %s", words->num_glyphs, whole->num_glyphs, text);
    for (int i = 0; i < whole->num_glyphs; i++) {
        const PangoGlyphInfo *a = &whole->glyphs[i], *b = &words->glyphs[i];
        if (a->glyph != b->glyph || a->geometry.width != b->geometry.width ||
            a->geometry.x_offset != b->geometry.x_offset ||
            a->geometry.y_offset != b->geometry.y_offset ||
            a->attr.is_cluster_start != b->attr.is_cluster_start ||
            whole->log_clusters[i] != words->log_clusters[i])
            fail_msg("glyph %d of %d differs: %s", i, whole->num_glyphs, text);
    }
}

static void compare_item(struct words *words, const PangoItem *item, const char *text,
                         int size, struct count *count)
{
    PangoGlyphString *whole = pango_glyph_string_new();
    PangoGlyphString *joined = pango_glyph_string_new();
    const char *own = text + item->offset;
    pango_shape_full(own, item->length, text, size, &item->analysis, whole);
    if (words_shape(words, item, own, joined)) {
        assert_same_glyphs(whole, joined, text);
        count->runs++;
        for (int i = 0; i < item->length; i++)
            count->words += own[i] == ' ';
    }
    pango_glyph_string_free(whole);
    pango_glyph_string_free(joined);
}

static void compare(const struct fixture *fixture, struct words *words,
                    const char *font, const char *text, struct count *count)
{
    PangoContext *context = typesetter_context(fixture->typesetter, true);
    PangoFontDescription *description = pango_font_description_from_string(font);
    int size = (int)strlen(text);
    pango_context_set_font_description(context, description);
    GList *items = pango_itemize(context, text, 0, size, NULL, NULL);
    for (GList *link = items; link; link = link->next)
        compare_item(words, link->data, text, size, count);
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
    pango_font_description_free(description);
}

static const char *const faces[] = {
    "Noto Nastaliq Urdu 9.5", "Noto Nastaliq Urdu Bold 22", "Noto Nastaliq Urdu 13.37"};

static void words_alone_are_words_in_their_line(void **state)
{
    const struct fixture *fixture = *state;
    struct words *words = words_new();
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
        struct count count = {0};
        for (size_t j = 0; j < 2 * sizeof corpus / sizeof *corpus; j++)
            compare(fixture, words, faces[i], corpus[j / 2], &count);
        assert_in_range(count.runs, 12, 1000);
        assert_in_range(count.words, 100, 1000);
    }
    words_free(words);
}

static const char *some_word(unsigned *seed)
{
    static char word[64];
    const char *text = corpus[(*seed = *seed * 1103515245 + 12345) / 65536 % 7];
    size_t size = 0, skip = (*seed = *seed * 1103515245 + 12345) / 65536 % 12;
    for (size_t i = 0; i < skip && strchr(text, ' '); i++)
        text = strchr(text, ' ') + 1;
    while (text[size] && text[size] != ' ' && size < sizeof word - 1)
        size++;
    memcpy(word, text, size);
    word[size] = '\0';
    return word;
}

/* Each word beside any other, also where it ends or begins the text. */
static void words_in_any_company_are_the_same(void **state)
{
    const struct fixture *fixture = *state;
    struct words *words = words_new();
    struct count count = {0};
    unsigned seed = 7;
    for (size_t i = 0; i < 400; i++) {
        struct text text = {.arena = fixture->arena};
        for (size_t j = 0; j < 3 + i % 9; j++)
            text_print(&text, "%s%s", j ? i % 5 ? " " : "  " : "", some_word(&seed));
        compare(fixture, words, faces[i % 3],
                slice_c_string(fixture->arena, text_slice(&text)), &count);
    }
    assert_in_range(count.words, 1500, 10000);
    words_free(words);
}

static void other_fonts_and_directions_are_left_to_pango(void **state)
{
    const struct fixture *fixture = *state;
    struct words *words = words_new();
    struct count count = {0};
    compare(fixture, words, "Noto Naskh Arabic 10", corpus[0], &count);
    compare(fixture, words, "Inter 10", "thirty-one attacks", &count);
    compare(fixture, words, faces[0], "", &count);
    assert_int_equal(count.runs, 0);
    words_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_alone_are_words_in_their_line, open_urdu,
                                        close_test),
        cmocka_unit_test_setup_teardown(words_in_any_company_are_the_same, open_urdu,
                                        close_test),
        cmocka_unit_test_setup_teardown(other_fonts_and_directions_are_left_to_pango,
                                        open_urdu, close_test),
    };
    return cmocka_run_group_tests_name("words", tests, open_fonts, close_fonts);
}
