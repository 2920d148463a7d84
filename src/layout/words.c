/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout/words.h"

#include "base/text.h"

#include <hb.h>
#include <string.h>

enum { BUCKETS = 4096, MOST_WORDS = 8192, LONGEST_WORD = 200 };

/* Fonts whose words were compared with whole lines of them (test_words.c), by family
 * and revision: another revision may kern over spaces. */
static const struct {
    const char *family;
    uint32_t revision; /* 16.16, of the table "head" */
} known_fonts[] = {{"Noto Nastaliq Urdu", 0x00020000}};

/* A font that is held here stays itself: its address isn't given to another. */
struct known_font {
    PangoFont *font;
    bool is_known;
    struct known_font *next;
};

struct word {
    struct slice text;
    const PangoFont *font;
    const PangoLanguage *language;
    int count;
    const PangoGlyphInfo *glyph;
    const gint *cluster; /* byte of the word that each glyph stands for */
    struct word *next;
};

struct words {
    struct arena *arena;
    struct known_font *fonts;
    struct word *bucket[BUCKETS];
    size_t count;
    PangoGlyphString *shaped;
};

struct words *words_new(void)
{
    struct arena *arena = arena_new();
    struct words *words = ARENA_NEW(arena, struct words);
    words->arena = arena;
    words->shaped = pango_glyph_string_new();
    return words;
}

void words_free(struct words *words)
{
    if (!words)
        return;
    for (struct known_font *one = words->fonts; one; one = one->next)
        g_object_unref(one->font);
    pango_glyph_string_free(words->shaped);
    arena_free(words->arena);
}

/* Fonts ---------------------------------------------------------------------------- */

static uint32_t revision_of(PangoFont *font)
{
    hb_face_t *face = hb_font_get_face(pango_font_get_hb_font(font));
    hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned int size;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(head, &size);
    uint32_t revision = 0;
    for (unsigned int i = 4; size >= 8 && i < 8; i++)
        revision = revision << 8 | bytes[i];
    hb_blob_destroy(head);
    return revision;
}

static bool is_known(PangoFont *font)
{
    PangoFontDescription *description = pango_font_describe(font);
    const char *family = pango_font_description_get_family(description);
    bool found = false;
    for (size_t i = 0; family && i < sizeof known_fonts / sizeof *known_fonts; i++)
        found = found || (strcmp(family, known_fonts[i].family) == 0 &&
                          revision_of(font) == known_fonts[i].revision);
    pango_font_description_free(description);
    return found;
}

static bool shapes_words_alone(struct words *words, PangoFont *font)
{
    for (const struct known_font *one = words->fonts; one; one = one->next) {
        if (one->font == font)
            return one->is_known;
    }
    struct known_font *one = ARENA_NEW(words->arena, struct known_font);
    *one = (struct known_font){g_object_ref(font), is_known(font), words->fonts};
    words->fonts = one;
    return one->is_known;
}

/* Words ---------------------------------------------------------------------------- */

static struct word **bucket_of(struct words *words, struct slice text,
                               const PangoAnalysis *analysis)
{
    uint64_t hash = slice_hash(text) * 31 + (uint64_t)(uintptr_t)analysis->font / 16;
    return &words->bucket[(hash ^ hash >> 29) % BUCKETS];
}

static const struct word *find_word(struct words *words, struct slice text,
                                    const PangoAnalysis *analysis)
{
    const struct word *word = *bucket_of(words, text, analysis);
    while (word &&
           !(word->font == analysis->font && word->language == analysis->language &&
             slice_equal(word->text, text)))
        word = word->next;
    return word;
}

static void keep_word(struct words *words, struct slice text,
                      const PangoAnalysis *analysis)
{
    const PangoGlyphString *shaped = words->shaped;
    const size_t count = (size_t)shaped->num_glyphs;
    if (words->count == MOST_WORDS || text.size > LONGEST_WORD)
        return;
    struct word **bucket = bucket_of(words, text, analysis);
    struct word *word = ARENA_NEW(words->arena, struct word);
    *word = (struct word){
        .text = slice_copy(words->arena, text),
        .font = analysis->font,
        .language = analysis->language,
        .count = shaped->num_glyphs,
        .glyph =
            arena_copy(words->arena, shaped->glyphs, count * sizeof *shaped->glyphs),
        .cluster = arena_copy(words->arena, shaped->log_clusters,
                              count * sizeof *shaped->log_clusters),
        .next = *bucket,
    };
    *bucket = word;
    words->count++;
}

/* The last word is the leftmost, and comes first. */
static void put_glyphs(PangoGlyphString *out, const PangoGlyphInfo *glyph,
                       const gint *cluster, int count, size_t offset, int before)
{
    memcpy(out->glyphs + before, glyph, (size_t)count * sizeof *glyph);
    for (int i = 0; i < count; i++)
        out->log_clusters[before + i] = cluster[i] + (gint)offset;
}

static void append_word(struct words *words, const PangoAnalysis *analysis,
                        struct slice text, size_t offset, PangoGlyphString *out)
{
    const struct word *word = find_word(words, text, analysis);
    int before = out->num_glyphs;
    if (!word) {
        pango_shape(text.data, (int)text.size, analysis, words->shaped);
        keep_word(words, text, analysis);
    }
    int count = word ? word->count : words->shaped->num_glyphs;
    pango_glyph_string_set_size(out, before + count);
    put_glyphs(out, word ? word->glyph : words->shaped->glyphs,
               word ? word->cluster : words->shaped->log_clusters, count, offset,
               before);
}

/* The word that ends at end, with the spaces behind it. */
static size_t word_start(const char *text, size_t end)
{
    size_t at = end;
    while (at > 0 && text[at - 1] == ' ')
        at--;
    while (at > 0 && text[at - 1] != ' ')
        at--;
    return at;
}

bool words_shape(struct words *words, const PangoItem *item, const char *text,
                 PangoGlyphString *out)
{
    if (item->analysis.level % 2 == 0 || item->length <= 0 ||
        !shapes_words_alone(words, item->analysis.font))
        return false;
    pango_glyph_string_set_size(out, 0);
    for (size_t end = (size_t)item->length, start; end > 0; end = start) {
        start = word_start(text, end);
        append_word(words, &item->analysis, (struct slice){text + start, end - start},
                    start, out);
    }
    return true;
}
