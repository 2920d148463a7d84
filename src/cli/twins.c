/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --language en,ur: all are laid out and compared before the first is written. */
#include "cli/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_LANGUAGES = 8 };

struct twins {
    struct sitrep *sitrep;
    const struct command_line *line;
    const char *const *pattern;
    size_t count;
    char *language[MOST_LANGUAGES];
    char *path[MOST_LANGUAGES][TARGETS];
};

bool has_several_languages(const struct command_line *line)
{
    const char *languages = option_value(line, "language");
    return languages && strchr(languages, ',');
}

static char *copy_of(struct slice text)
{
    char *copy = strndup(text.size ? text.data : "", text.size);
    if (!copy)
        abort();
    return copy;
}

static bool read_languages(struct twins *twins)
{
    struct slice rest = slice_of(option_value(twins->line, "language")), word;
    while (slice_cut(&rest, ',', &word)) {
        word = slice_trim(word);
        bool is_new = word.size > 0 && twins->count < MOST_LANGUAGES;
        for (size_t i = 0; i < twins->count; i++)
            is_new = is_new && !slice_is(word, twins->language[i]);
        if (!is_new) {
            fprintf(stderr, "sitrep: --language is \"%s\": up to %d, each once\n",
                    option_value(twins->line, "language"), MOST_LANGUAGES);
            return false;
        }
        twins->language[twins->count++] = copy_of(word);
    }
    return true;
}

static bool name_targets(struct twins *twins, size_t i)
{
    const struct name_part part[] = {
        {"language", twins->language[i]},
        {"period", sitrep_period_label(twins->sitrep)},
    };
    for (size_t target = 0; target < TARGETS; target++) {
        if (!twins->pattern[target])
            continue;
        struct arena *arena = arena_new();
        struct text path = {.arena = arena};
        bool ok = expand_name(twins->pattern[target], part, 2, &path);
        if (ok)
            twins->path[i][target] = copy_of(text_slice(&path));
        arena_free(arena);
        if (!ok)
            return false;
    }
    return true;
}

static bool names_language(const struct twins *twins)
{
    for (size_t target = 0; target < TARGETS; target++) {
        const char *pattern = twins->pattern[target];
        if (!pattern || strstr(pattern, "{language}"))
            continue;
        fprintf(stderr,
                "sitrep: each language needs a file of its own: put {language} into "
                "\"%s\"\n",
                pattern);
        return false;
    }
    return true;
}

static int compose(struct twins *twins, size_t i)
{
    int status = sitrep_set(twins->sitrep, "language", twins->language[i]);
    return status == SITREP_OK ? sitrep_compose(twins->sitrep, twins->line->argument[0])
                               : status;
}

/* Lays out every language; the first is what the others are compared with. */
static int compare_all(struct twins *twins)
{
    int status = SITREP_OK;
    for (size_t i = 0; status == SITREP_OK && i < twins->count; i++) {
        status = compose(twins, i);
        if (status == SITREP_OK)
            status = i ? sitrep_compare_figures(twins->sitrep)
                       : sitrep_keep_figures(twins->sitrep);
        if (status == SITREP_OK && !name_targets(twins, i))
            status = SITREP_USAGE;
        struct message_count printed =
            print_messages(twins->sitrep, option_is_on(twins->line, "quiet"));
        print_verdict(status, printed, twins->pattern[TARGET_OUTPUT]);
    }
    return status;
}

static int write_all(struct twins *twins)
{
    int status = SITREP_OK;
    for (size_t i = 0; status == SITREP_OK && i < twins->count; i++) {
        const char *path[TARGETS];
        for (size_t target = 0; target < TARGETS; target++)
            path[target] = twins->path[i][target];
        status = compose(twins, i);
        /* What was found on the first way through isn't said again. */
        if (status == SITREP_OK) {
            sitrep_clear_messages(twins->sitrep);
            status = render_write(twins->sitrep, twins->line, path);
        }
        struct message_count printed =
            print_messages(twins->sitrep, option_is_on(twins->line, "quiet"));
        print_verdict(status, printed, path[TARGET_OUTPUT]);
    }
    return status;
}

static void free_names(struct twins *twins)
{
    for (size_t i = 0; i < twins->count; i++) {
        free(twins->language[i]);
        for (size_t target = 0; target < TARGETS; target++)
            free(twins->path[i][target]);
    }
}

int render_twins(struct sitrep *sitrep, const struct command_line *line,
                 const char *const pattern[TARGETS])
{
    struct twins twins = {.sitrep = sitrep, .line = line, .pattern = pattern};
    int status = SITREP_USAGE;
    if (option_value(line, "each"))
        fputs("sitrep: --each takes one language at a time\n", stderr);
    else if (read_languages(&twins) && names_language(&twins))
        status = compare_all(&twins);
    if (status == SITREP_OK)
        status = write_all(&twins);
    free_names(&twins);
    return status;
}
