/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --language en,ur: all are laid out and compared before the first is written. The
 * languages of --each are read here, too. */
#include "cli/batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct twins {
    struct sitrep *sitrep;
    const struct command_line *line;
    const char *const *pattern;
    struct languages languages;
    char *path[MOST_LANGUAGES][TARGETS];
};

/* -- Languages ------------------------------------------------------------------------- */

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

static bool read_tags(const struct command_line *line, struct languages *out)
{
    struct slice rest = slice_of(option_value(line, "language")), word;
    while (slice_cut(&rest, ',', &word)) {
        word = slice_trim(word);
        bool is_new = word.size > 0 && out->count < MOST_LANGUAGES;
        for (size_t i = 0; i < out->count; i++)
            is_new = is_new && !slice_is(word, out->tag[i]);
        if (!is_new) {
            fprintf(stderr, "sitrep: --language is \"%s\": up to %d, each once\n",
                    option_value(line, "language"), MOST_LANGUAGES);
            return false;
        }
        out->tag[out->count++] = copy_of(word);
    }
    return true;
}

static bool name_language(const char *const pattern[TARGETS])
{
    for (size_t target = 0; target < TARGETS; target++) {
        if (!pattern[target] || strstr(pattern[target], "{language}"))
            continue;
        fprintf(stderr,
                "sitrep: each language needs a file of its own: put {language} into "
                "\"%s\"\n",
                pattern[target]);
        return false;
    }
    return true;
}

bool languages_read(const struct command_line *line, const char *const pattern[TARGETS],
                    struct languages *out)
{
    *out = (struct languages){0};
    return read_tags(line, out) && name_language(pattern);
}

void languages_free(struct languages *languages)
{
    for (size_t i = 0; i < languages->count; i++)
        free(languages->tag[i]);
    languages->count = 0;
}

/* -- Briefs ---------------------------------------------------------------------------- */

static bool name_targets(struct twins *twins, size_t i)
{
    const struct name_part part[] = {
        {"language", twins->languages.tag[i]},
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

static int compose(struct twins *twins, size_t i)
{
    int status = sitrep_set(twins->sitrep, "language", twins->languages.tag[i]);
    return status == SITREP_OK ? sitrep_compose(twins->sitrep, twins->line->argument[0])
                               : status;
}

/* Lays out every language; the first is what the others are compared with. */
static int compare_all(struct twins *twins)
{
    int status = SITREP_OK;
    for (size_t i = 0; status == SITREP_OK && i < twins->languages.count; i++) {
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
    for (size_t i = 0; status == SITREP_OK && i < twins->languages.count; i++) {
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

int render_twins(struct sitrep *sitrep, const struct command_line *line,
                 const char *const pattern[TARGETS])
{
    struct twins twins = {.sitrep = sitrep, .line = line, .pattern = pattern};
    sitrep_set(sitrep, "twins", "yes");
    int status =
        languages_read(line, pattern, &twins.languages) ? SITREP_OK : SITREP_USAGE;
    if (status == SITREP_OK)
        status = compare_all(&twins);
    if (status == SITREP_OK)
        status = write_all(&twins);
    for (size_t i = 0; i < twins.languages.count; i++) {
        for (size_t target = 0; target < TARGETS; target++)
            free(twins.path[i][target]);
    }
    languages_free(&twins.languages);
    return status;
}
