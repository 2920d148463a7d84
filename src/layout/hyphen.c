/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Patterns by language, found by the list in fonts/. What libhyphen says of a word is
 * only where its own letters may part: spellings that change at the end of a line don't
 * occur in the languages we list. */
#include "layout/hyphen.h"

#include "base/file.h"

#include <hyphen.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const char FOLDER[] = "/usr/share/hyphen";

struct patterns {
    struct slice tag, file, package;
    bool is_tried;
    HyphenDict *dictionary;
    struct patterns *next;
};

struct hyphens {
    struct arena *arena;
    const char *conf;
    bool is_read;
    struct patterns *first;
    pthread_mutex_t lock;
};

/* The list ----------------------------------------------------------------------- */

struct hyphens *hyphens_new(const char *conf)
{
    struct arena *arena = arena_new();
    struct hyphens *hyphens = ARENA_NEW(arena, struct hyphens);
    hyphens->arena = arena;
    hyphens->conf = arena_print(arena, "%s", conf);
    pthread_mutex_init(&hyphens->lock, NULL);
    return hyphens;
}

void hyphens_free(struct hyphens *hyphens)
{
    if (!hyphens)
        return;
    for (struct patterns *one = hyphens->first; one; one = one->next) {
        if (one->dictionary)
            hnj_hyphen_free(one->dictionary);
    }
    pthread_mutex_destroy(&hyphens->lock);
    arena_free(hyphens->arena);
}

static void take_line(struct hyphens *hyphens, struct slice line)
{
    struct patterns *one = ARENA_NEW(hyphens->arena, struct patterns);
    struct slice *field[] = {&one->tag, &one->file, &one->package};
    for (size_t i = 0; i < 3; i++) {
        if (slice_cut(&line, '|', field[i]))
            *field[i] = slice_copy(hyphens->arena, slice_trim(*field[i]));
    }
    if (!one->tag.size || !one->file.size)
        return;
    one->next = hyphens->first;
    hyphens->first = one;
}

/* A list that isn't there is an empty one. */
static void read_list(struct hyphens *hyphens)
{
    struct file file;
    struct diags *unheard = diags_new(hyphens->arena);
    hyphens->is_read = true;
    if (!file_open(&file, hyphens->conf, unheard))
        return;
    struct slice rest = file.bytes, line;
    while (slice_cut(&rest, '\n', &line)) {
        line = slice_trim(line);
        if (line.size && line.data[0] != '#')
            take_line(hyphens, line);
    }
    file_close(&file);
}

/* Patterns ----------------------------------------------------------------------- */

static const char *find_file(const struct hyphens *hyphens, struct slice name)
{
    const char *beside = path_beside(hyphens->arena, hyphens->conf,
                                     slice_c_string(hyphens->arena, name));
    if (file_exists(beside))
        return beside;
    return arena_print(hyphens->arena, "%s/%.*s", FOLDER, SLICE_PRINT(name));
}

/* Patterns in another encoding than UTF-8 are none: their letters wouldn't be ours. */
static void read_patterns(struct hyphens *hyphens, struct patterns *one)
{
    one->is_tried = true;
    one->dictionary = hnj_hyphen_load(find_file(hyphens, one->file));
    if (one->dictionary && !one->dictionary->utf8) {
        hnj_hyphen_free(one->dictionary);
        one->dictionary = NULL;
    }
}

/* "en-GB" is served by "en" where it has no row of its own. */
static struct patterns *find_language(const struct hyphens *hyphens, struct slice tag)
{
    for (struct patterns *one = hyphens->first; one; one = one->next) {
        if (slice_equal(one->tag, tag))
            return one;
    }
    size_t size = 0;
    while (size < tag.size && tag.data[size] != '-' && tag.data[size] != '_')
        size++;
    if (size == tag.size)
        return NULL;
    return find_language(hyphens, (struct slice){tag.data, size});
}

const struct patterns *hyphens_of(struct hyphens *hyphens, const char *tag,
                                  struct slice *package)
{
    pthread_mutex_lock(&hyphens->lock);
    if (!hyphens->is_read)
        read_list(hyphens);
    struct patterns *one = find_language(hyphens, slice_of(tag));
    if (one && !one->is_tried)
        read_patterns(hyphens, one);
    pthread_mutex_unlock(&hyphens->lock);
    *package = one ? one->package : (struct slice){0};
    return one && one->dictionary ? one : NULL;
}

/* Words -------------------------------------------------------------------------- */

bool hyphenate(const struct patterns *patterns, struct slice word,
               bool may_divide[LONGEST_DIVIDED])
{
    /* libhyphen writes a byte a letter, and five more; and it looks for apostrophes and
     * hyphens up to a NUL, beyond the word's size. */
    char points[4 * LONGEST_DIVIDED + 8] = "", letter[4 * LONGEST_DIVIDED + 1] = "";
    char **replacement = NULL;
    int *position = NULL, *cut = NULL;
    size_t letters = utf8_length(word);
    bool is_found = false;
    if (letters < SHORTEST_DIVIDED || letters > LONGEST_DIVIDED ||
        word.size > 4 * LONGEST_DIVIDED)
        return false;
    memcpy(letter, word.data, word.size);
    if (hnj_hyphen_hyphenate3(patterns->dictionary, letter, (int)word.size, points,
                              NULL, &replacement, &position, &cut, LETTERS_BEFORE,
                              LETTERS_AFTER, 0, 0))
        return false;
    for (size_t i = 0; i < letters; i++) {
        bool is_ours = i >= LETTERS_BEFORE && i + LETTERS_AFTER <= letters;
        bool is_plain = i && !(replacement && replacement[i - 1]);
        may_divide[i] = is_ours && is_plain && points[i - 1] % 2;
        is_found = is_found || may_divide[i];
    }
    for (size_t i = 0; replacement && i < word.size; i++)
        free(replacement[i]);
    free(replacement);
    free(position);
    free(cut);
    return is_found;
}
