/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How languages spell numbers. `number.spelled` of a language file is read when
 * editions are compared: "20 twenty" and so on, divided by commas. */
#include "brief/twins.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ENDINGS = 8 };

struct spelled {
    struct slice word; /* folded */
    struct number_word means;
};

struct number_words {
    struct arena *arena;
    size_t count, capacity, phrase_count, phrase_capacity, ending_count;
    struct spelled *spelled; /* by word */
    struct slice *phrase;    /* folded, "first second" */
    struct slice ending[MOST_ENDINGS];
    size_t unsure_count, unsure_capacity;
    struct slice *unsure; /* months, folded */
    bool are_spelled;
};

static const struct {
    const char *mark;
    enum word_kind kind;
} MARKS[] = {
    {"?", WORD_UNSURE},
    {"*", WORD_SCALE},
    {"+", WORD_SCALES},
    {"/", WORD_HALF},
};

/* "21", "2?" of a word that may mean something else, "1000*" of a scale. */
static struct number_word read_head(struct slice head)
{
    struct number_word means = {WORD_NUMBER, 0};
    if (slice_is(head, "%"))
        return (struct number_word){WORD_HIJRI, 0};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (head.size && head.data[head.size - 1] == *MARKS[i].mark) {
            means.kind = MARKS[i].kind;
            head.size--;
            break;
        }
    }
    return number_parse(head, &means.value) ? means : (struct number_word){0};
}

static void add_word(struct number_words *words, struct slice word,
                     struct number_word means)
{
    struct slice folded = slice_fold(words->arena, word);
    *ARENA_APPEND(words->arena, words->spelled, words->count, words->capacity) =
        (struct spelled){folded, means};
}

/* One entry: its head, then the words that mean it. */
static void read_entry(struct number_words *words, struct slice entry)
{
    struct slice head, word;
    if (!slice_cut(&entry, ' ', &head))
        return;
    if (slice_is(head, "!")) {
        *ARENA_APPEND(words->arena, words->phrase, words->phrase_count,
                      words->phrase_capacity) = slice_fold(words->arena, entry);
        return;
    }
    const bool is_ending = slice_is(head, "~"), is_month = slice_is(head, "@");
    const struct number_word means = read_head(head);
    while (slice_cut(&entry, ' ', &word)) {
        if (is_ending && words->ending_count < MOST_ENDINGS)
            words->ending[words->ending_count++] = slice_fold(words->arena, word);
        else if (is_month)
            *ARENA_APPEND(words->arena, words->unsure, words->unsure_count,
                          words->unsure_capacity) = slice_fold(words->arena, word);
        else if (!is_ending && word.size && means.kind)
            add_word(words, word, means);
    }
}

static void read_language(struct number_words *words, const struct locale *locale)
{
    const struct yaml *number = yaml_find(locale->root, "number");
    const struct yaml *spelled = number ? yaml_find(number, "spelled") : NULL;
    for (size_t i = 0; spelled && spelled->kind == YAML_MAPPING && i < spelled->count;
         i++) {
        struct slice rest = spelled->item[i].text, entry;
        while (slice_cut(&rest, ',', &entry))
            read_entry(words, slice_trim(entry));
    }
}

/* Where words are few they are offered only: the others of the language aren't known. */
static void read_small(struct number_words *words, const struct locale *locale)
{
    const struct yaml *number = yaml_find(locale->root, "number");
    const struct yaml *list = yaml_find(number, "words");
    for (size_t i = 0; i < yaml_length(list); i++)
        add_word(words, yaml_at(list, i)->text,
                 (struct number_word){WORD_UNSURE, (double)i});
}

/* Those that may be another word are marked in the list before. */
static void read_months(struct number_words *words, const struct locale *locale)
{
    static const char *const lists[] = {"months", "months short"};
    for (size_t i = 0; i < 2; i++) {
        const struct yaml *list = yaml_find(locale->root, lists[i]);
        for (size_t j = 0; list && j < yaml_length(list); j++) {
            struct slice word = slice_fold(words->arena, yaml_at(list, j)->text);
            bool is_unsure = false;
            for (size_t k = 0; k < words->unsure_count; k++)
                is_unsure = is_unsure || slice_equal(words->unsure[k], word);
            add_word(words, word,
                     (struct number_word){is_unsure ? WORD_MONTH_UNSURE : WORD_MONTH,
                                          (double)(j + 1)});
        }
    }
}

static int compare_spelled(const void *a, const void *b)
{
    return slice_compare(((const struct spelled *)a)->word,
                         ((const struct spelled *)b)->word);
}

struct number_words *number_words_new(const struct locale *locale,
                                      const struct locale *english, struct arena *arena)
{
    struct number_words *words = ARENA_NEW(arena, struct number_words);
    words->arena = arena;
    read_language(words, locale);
    words->are_spelled = words->count > 0;
    if (!words->are_spelled)
        read_small(words, locale);
    if (english && !slice_equal(english->tag, locale->tag))
        read_language(words, english);
    read_months(words, locale);
    if (english)
        read_months(words, english);
    if (words->count)
        qsort(words->spelled, words->count, sizeof *words->spelled, compare_spelled);
    return words;
}

bool number_words_are_spelled(const struct number_words *words)
{
    return words->are_spelled;
}

/* -- Finding ---------------------------------------------------------------------------- */

static const struct spelled *find_spelled(const struct number_words *words,
                                          struct slice folded)
{
    const struct spelled wanted = {.word = folded};
    return words->count ? bsearch(&wanted, words->spelled, words->count,
                                  sizeof *words->spelled, compare_spelled)
                        : NULL;
}

/* گیارہویں is eleven with an ending. */
static const struct spelled *find_ordinal(const struct number_words *words,
                                          struct slice folded)
{
    for (size_t i = 0; i < words->ending_count; i++) {
        struct slice ending = words->ending[i];
        if (folded.size <= ending.size ||
            !slice_equal(slice_from(folded, folded.size - ending.size), ending))
            continue;
        struct slice stem = {folded.data, folded.size - ending.size};
        const struct spelled *found = find_spelled(words, stem);
        if (found)
            return found;
    }
    return NULL;
}

/* English months have a capital: "may" isn't one. */
static bool is_small_month(const struct spelled *found, struct slice word)
{
    return found->means.kind == WORD_MONTH && word.data[0] >= 'a' &&
           word.data[0] <= 'z';
}

struct number_word number_word_find(const struct number_words *words, struct slice word,
                                    struct arena *arena)
{
    struct slice folded = slice_fold(arena, word);
    const struct spelled *found = find_spelled(words, folded);
    if (!found)
        found = find_ordinal(words, folded);
    return found && !is_small_month(found, word) ? found->means
                                                 : (struct number_word){0};
}

size_t number_phrase_end(const struct number_words *words, struct slice text,
                         size_t offset, struct arena *arena)
{
    size_t first = word_end(text, offset), next = first;
    uint32_t between = next < text.size ? utf8_next(text, &next) : 0;
    if (!words->phrase_count || (between != ' ' && between != 0xA0))
        return offset;
    size_t end = word_end(text, next);
    struct slice folded =
        slice_fold(arena, (struct slice){text.data + offset, end - offset});
    for (size_t i = 0; i < words->phrase_count; i++) {
        if (slice_equal(folded, words->phrase[i]))
            return end;
    }
    return offset;
}
