/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The typesetter: what one brief keeps of Pango. Two contexts, one for each base
 * direction; styles; lines that wait to be drawn; labels; what was missing or cut. */
#include "layout/text.h"

#include "layout/fonts.h"
#include "layout/typesetter.h"
#include "layout/words.h"

#include <string.h>

enum { FIRST_SLOTS = 256, STYLE_BUCKETS = 64, RUNES = 0x110000, RUNS_A_BLOCK = 14 };

/* Size of a footnote's mark beside its text. */
static const double MARK_SIZE = 0.64, NASTALIQ_MARK_SIZE = 0.57;

struct style_entry {
    struct set_style set; /* first: the others see only this */
    struct style_entry *next;
};

struct label_slot {
    struct label_key key;
    struct label *label;
};

struct run_block {
    struct run_block *next;
    size_t count;
    PangoGlyphItem *run[RUNS_A_BLOCK];
};

struct typesetter {
    struct fonts *fonts;
    PangoFontMap *map;
    enum text_direction direction;
    PangoContext *context[2]; /* by base direction */
    PangoLanguage *arabic_language;
    struct arena *arena, *scratch, *draft;
    struct aside aside; /* where paragraphs go */
    struct style_entry *style[STYLE_BUCKETS];
    struct words *words;
    struct run_block *runs;
    size_t shaped;
    struct label_slot *slot;
    size_t slot_count, label_count;
    unsigned char *is_missing; /* a bit per code point, once one is */
    uint32_t *missing;
    size_t missing_count, missing_capacity;
    size_t notes, brief; /* of anything missing or shortened; briefs before this one */
    struct slice *shortened;
    size_t shortened_count, shortened_capacity;
    const char *language;
    const struct patterns *patterns;
    struct slice patterns_package;
    bool patterns_tried, patterns_wanted; /* in all briefs, in this one */
};

/* Life --------------------------------------------------------------------------- */

static bool is_arabic_language(const char *language)
{
    static const char *const tags[] = {"ur", "ar",  "fa",  "ps",
                                       "sd", "skr", "bal", "pnb"};
    size_t size = strcspn(language, "-_");
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strlen(tags[i]) == size && strncmp(tags[i], language, size) == 0)
            return true;
    }
    return false;
}

static PangoContext *open_context(PangoFontMap *map, PangoDirection direction,
                                  const char *language)
{
    PangoContext *context = pango_font_map_create_context(map);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_base_dir(context, direction);
    pango_context_set_language(context, pango_language_from_string(language));
    return context;
}

struct typesetter *typesetter_new(struct fonts *fonts, const char *language,
                                  enum text_direction direction, struct arena *arena)
{
    struct typesetter *typesetter = ARENA_NEW(arena, struct typesetter);
    bool arabic = is_arabic_language(language);
    const char *latin = arabic ? "en" : language;
    typesetter->fonts = fonts;
    typesetter->language = arena_print(arena, "%s", latin);
    typesetter->arena = arena;
    typesetter->aside.arena = arena;
    typesetter->words = words_new();
    typesetter->scratch = arena_new();
    typesetter->draft = arena_new();
    typesetter->direction = direction;
    typesetter->map = fonts_take_map(fonts);
    typesetter->context[0] = open_context(typesetter->map, PANGO_DIRECTION_LTR, latin);
    typesetter->context[1] = open_context(typesetter->map, PANGO_DIRECTION_RTL, latin);
    typesetter->arabic_language = pango_language_from_string(arabic ? language : "ur");
    typesetter->slot_count = FIRST_SLOTS;
    typesetter->slot = ARENA_ARRAY(arena, struct label_slot, FIRST_SLOTS);
    return typesetter;
}

static void free_styles(struct typesetter *typesetter)
{
    for (size_t i = 0; i < STYLE_BUCKETS; i++) {
        for (struct style_entry *entry = typesetter->style[i]; entry;
             entry = entry->next) {
            pango_font_description_free(entry->set.latin);
            pango_font_description_free(entry->set.figures);
            pango_font_description_free(entry->set.arabic);
            pango_font_description_free(entry->set.mark);
        }
    }
}

void typesetter_clear(struct typesetter *typesetter)
{
    for (struct run_block *block = typesetter->runs; block; block = block->next) {
        for (size_t i = 0; i < block->count; i++)
            pango_glyph_item_free(block->run[i]);
    }
    typesetter->runs = NULL;
    arena_reset(typesetter->scratch);
}

void typesetter_free(struct typesetter *typesetter)
{
    if (!typesetter)
        return;
    typesetter_clear(typesetter);
    free_styles(typesetter);
    words_free(typesetter->words);
    arena_free(typesetter->scratch);
    arena_free(typesetter->draft);
    g_object_unref(typesetter->context[0]);
    g_object_unref(typesetter->context[1]);
    fonts_return_map(typesetter->fonts, typesetter->map);
}

void typesetter_begin(struct typesetter *typesetter)
{
    for (size_t i = 0; i < typesetter->missing_count; i++)
        typesetter->is_missing[typesetter->missing[i] / 8] = 0;
    typesetter->missing_count = typesetter->shortened_count = 0;
    typesetter->patterns_wanted = false;
    typesetter->brief++;
}

struct told typesetter_told(const struct typesetter *typesetter)
{
    return (struct told){typesetter->notes, typesetter->brief};
}

PangoContext *typesetter_context(const struct typesetter *typesetter,
                                 bool right_to_left)
{
    return typesetter->context[right_to_left];
}

struct words *typesetter_words(const struct typesetter *typesetter)
{
    return typesetter->words;
}

PangoLanguage *typesetter_arabic_language(const struct typesetter *typesetter)
{
    return typesetter->arabic_language;
}

struct fonts *typesetter_fonts(const struct typesetter *typesetter)
{
    return typesetter->fonts;
}

enum text_direction typesetter_direction(const struct typesetter *typesetter)
{
    return typesetter->direction;
}

struct arena *typesetter_arena(const struct typesetter *typesetter)
{
    return typesetter->aside.arena;
}

struct aside typesetter_lay_aside(struct typesetter *typesetter, struct arena *arena,
                                  bool again)
{
    const struct aside before = typesetter->aside;
    typesetter->aside = (struct aside){arena ? arena : typesetter->arena, again};
    return before;
}

void typesetter_lay_back(struct typesetter *typesetter, struct aside before)
{
    typesetter->aside = before;
}

bool typesetter_is_aside(const struct typesetter *typesetter, struct aside *out)
{
    *out = typesetter->aside;
    return out->arena != typesetter->arena;
}

struct arena *typesetter_scratch(const struct typesetter *typesetter)
{
    return typesetter->scratch;
}

struct arena *typesetter_draft(const struct typesetter *typesetter)
{
    return typesetter->draft;
}

size_t typesetter_shaped(const struct typesetter *typesetter)
{
    return typesetter->shaped;
}

size_t typesetter_missing(const struct typesetter *typesetter, const uint32_t **runes)
{
    *runes = typesetter->missing;
    return typesetter->missing_count;
}

size_t typesetter_shortened(const struct typesetter *typesetter,
                            const struct slice **text)
{
    *text = typesetter->shortened;
    return typesetter->shortened_count;
}

void typesetter_note_shortened(struct typesetter *typesetter, struct slice text)
{
    typesetter->notes++;
    if (typesetter->aside.again)
        return;
    if (typesetter->aside.arena != typesetter->arena)
        text = slice_copy(typesetter->arena, text);
    *ARENA_APPEND(typesetter->arena, typesetter->shortened, typesetter->shortened_count,
                  typesetter->shortened_capacity) = text;
}

const struct patterns *typesetter_patterns(struct typesetter *typesetter)
{
    if (!typesetter->patterns_tried)
        typesetter->patterns =
            hyphens_of(fonts_hyphens(typesetter->fonts), typesetter->language,
                       &typesetter->patterns_package);
    typesetter->patterns_tried = typesetter->patterns_wanted = true;
    return typesetter->patterns;
}

bool typesetter_undivided(const struct typesetter *typesetter, struct slice *package)
{
    *package = typesetter->patterns_package;
    return typesetter->patterns_wanted && !typesetter->patterns;
}

void typesetter_note_missing(struct typesetter *typesetter, uint32_t rune)
{
    typesetter->notes++;
    if (!typesetter->is_missing)
        typesetter->is_missing = arena_alloc(typesetter->arena, RUNES / 8);
    unsigned char bit = (unsigned char)(1u << (rune % 8));
    if (rune >= RUNES || typesetter->is_missing[rune / 8] & bit)
        return;
    typesetter->is_missing[rune / 8] |= bit;
    *ARENA_APPEND(typesetter->arena, typesetter->missing, typesetter->missing_count,
                  typesetter->missing_capacity) = rune;
}

PangoGlyphItem *typesetter_keep_run(struct typesetter *typesetter, PangoItem *item)
{
    struct run_block *block = typesetter->runs;
    if (!block || block->count == RUNS_A_BLOCK) {
        block = ARENA_NEW(typesetter->scratch, struct run_block);
        block->next = typesetter->runs;
        typesetter->runs = block;
    }
    PangoGlyphItem *run = g_slice_new0(PangoGlyphItem);
    typesetter->shaped++;
    run->item = item;
    run->glyphs = pango_glyph_string_new();
    return block->run[block->count++] = run;
}

/* Styles ------------------------------------------------------------------------- */

static bool same_style(const struct text_style *a, const struct text_style *b)
{
    return a->size_pt == b->size_pt && a->leading_pt == b->leading_pt &&
           a->weight == b->weight && a->italic == b->italic && a->struck == b->struck &&
           a->tabular == b->tabular && a->letter_spacing_pt == b->letter_spacing_pt &&
           a->arabic_size_pt == b->arabic_size_pt &&
           a->arabic_leading_pt == b->arabic_leading_pt &&
           a->arabic_weight == b->arabic_weight && a->colour.red == b->colour.red &&
           a->colour.green == b->colour.green && a->colour.blue == b->colour.blue &&
           a->colour.alpha == b->colour.alpha && strcmp(a->family, b->family) == 0 &&
           strcmp(a->arabic_family, b->arabic_family) == 0;
}

static size_t style_bucket(const struct text_style *style)
{
    double mixed = style->size_pt * 1000 + style->leading_pt * 10 + style->weight +
                   style->colour.red * 77 + style->colour.green * 33 +
                   style->colour.blue * 11 + (style->italic ? 3 : 0);
    return (size_t)(mixed < 0 || mixed > 1e9 ? 0 : mixed) % STYLE_BUCKETS;
}

/* Western digits beside Nastaliq (STYLE.md 7). */
static const char FIGURES_FAMILY[] = "Inter";
static const double FIGURES_SIZE = 0.8;

/* families in the order they are asked for a character */
static PangoFontDescription *describe_font(struct arena *arena, const char *first,
                                           const char *second, double size, int weight,
                                           bool italic)
{
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, arena_print(arena, "%s,%s", first, second));
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, (PangoWeight)weight);
    pango_font_description_set_style(font,
                                     italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return font;
}

const struct set_style *typesetter_style(struct typesetter *typesetter,
                                         const struct text_style *style)
{
    struct style_entry **bucket = &typesetter->style[style_bucket(style)];
    for (struct style_entry *entry = *bucket; entry; entry = entry->next) {
        if (same_style(&entry->set.style, style))
            return &entry->set;
    }
    struct arena *arena = typesetter->arena;
    struct style_entry *entry = ARENA_NEW(arena, struct style_entry);
    entry->next = *bucket;
    *bucket = entry;
    entry->set.style = *style;
    entry->set.style.family = arena_print(arena, "%s", style->family);
    entry->set.style.arabic_family = arena_print(arena, "%s", style->arabic_family);
    const struct text_style *own = &entry->set.style;
    entry->set.latin = describe_font(arena, own->family, own->arabic_family,
                                     own->size_pt, own->weight, own->italic);
    bool among_nastaliq = typesetter->direction == DIRECTION_RIGHT_TO_LEFT;
    double mark_size = among_nastaliq ? own->arabic_size_pt * NASTALIQ_MARK_SIZE
                                      : own->size_pt * MARK_SIZE;
    entry->set.mark =
        describe_font(arena, among_nastaliq ? FIGURES_FAMILY : own->family,
                      own->arabic_family, mark_size, own->weight, false);
    entry->set.figures =
        describe_font(arena, FIGURES_FAMILY, own->arabic_family,
                      own->arabic_size_pt * FIGURES_SIZE, own->weight, false);
    entry->set.arabic = describe_font(arena, own->arabic_family, own->family,
                                      own->arabic_size_pt, own->arabic_weight, false);
    return &entry->set;
}

void set_text_of(struct typesetter *typesetter, const struct span *span,
                 size_t span_count, struct set_text *out)
{
    struct arena *arena = typesetter_arena(typesetter);
    struct set_span *set = ARENA_ARRAY(arena, struct set_span, span_count);
    for (size_t i = 0; i < span_count; i++) {
        set[i].style = typesetter_style(typesetter, span[i].style);
        set[i].link = slice_copy(arena, span[i].link);
        set[i].note = span[i].note;
    }
    out->span = set;
    out->span_count = span_count;
    runs_of(span, span_count, typesetter->direction, arena, &out->runs);
}

/* Labels ------------------------------------------------------------------------- */

static bool same_key(const struct label_key *a, const struct label_key *b)
{
    return a->style == b->style && a->width == b->width &&
           a->max_lines == b->max_lines && slice_equal(a->text, b->text);
}

static size_t hash_of(const struct label_key *key)
{
    uint64_t hash = slice_hash(key->text) * 31 + (uint64_t)(uintptr_t)key->style / 64;
    hash = hash * 31 + (uint64_t)(int64_t)(key->width * 64) + (uint64_t)key->max_lines;
    return (size_t)(hash ^ hash >> 29);
}

static struct label_slot *find_slot(struct label_slot *slot, size_t slot_count,
                                    const struct label_key *key)
{
    size_t at = hash_of(key) % slot_count;
    while (slot[at].label && !same_key(&slot[at].key, key))
        at = (at + 1) % slot_count;
    return &slot[at];
}

static void widen_slots(struct typesetter *typesetter)
{
    size_t wider = typesetter->slot_count * 4;
    struct label_slot *slot = ARENA_ARRAY(typesetter->arena, struct label_slot, wider);
    for (size_t i = 0; i < typesetter->slot_count; i++) {
        const struct label_slot *old = &typesetter->slot[i];
        if (old->label)
            *find_slot(slot, wider, &old->key) = *old;
    }
    typesetter->slot = slot;
    typesetter->slot_count = wider;
}

const struct label *typesetter_find_label(const struct typesetter *typesetter,
                                          const struct label_key *key)
{
    return find_slot(typesetter->slot, typesetter->slot_count, key)->label;
}

size_t typesetter_labels(const struct typesetter *typesetter)
{
    return typesetter->label_count;
}

struct label *typesetter_keep_label(struct typesetter *typesetter,
                                    const struct label *label)
{
    return arena_copy(typesetter->arena, label, sizeof *label);
}

struct label **typesetter_label_slot(struct typesetter *typesetter,
                                     const struct label_key *key)
{
    if (typesetter->label_count * 2 >= typesetter->slot_count)
        widen_slots(typesetter);
    struct label_slot *slot = find_slot(typesetter->slot, typesetter->slot_count, key);
    if (!slot->label) {
        slot->key = *key;
        slot->key.text = slice_copy(typesetter->arena, key->text);
        typesetter->label_count++;
    }
    return &slot->label;
}
