/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many briefs from one load: a process a job, which shares the tables it inherits. */
#ifndef SITREP_CLI_BATCH_H
#define SITREP_CLI_BATCH_H

#include "base/text.h"
#include "cli/cli.h"

/* The files that a brief becomes; all but the first may be NULL. */
enum target { TARGET_OUTPUT, TARGET_FIGURES, TARGET_TEXT, TARGETS };
extern const char *const target_option[TARGETS];

/* A word in braces of a file's name, and what takes its place. */
struct name_part {
    const char *name, *value;
};
/* False after a message when the pattern names a part that isn't there. A value becomes
 * part of one file name: no separators, no leading dot. */
bool expand_name(const char *pattern, const struct name_part *part, size_t count,
                 struct text *out);

/* "timing: read 12.34 ms" on stderr, a line for each phase so far. */
void print_timings(const struct sitrep *sitrep);

/* Writes a composed brief. */
int render_write(struct sitrep *sitrep, const struct command_line *line,
                 const char *const path[TARGETS]);

/* The languages of `--language en,ur`. */
enum { MOST_LANGUAGES = 8 };
struct languages {
    size_t count;
    char *tag[MOST_LANGUAGES]; /* freed by languages_free */
};
bool has_several_languages(const struct command_line *line);
/* False after a message: one is there twice, too many, or a name lacks {language}. */
bool languages_read(const struct command_line *line, const char *const pattern[TARGETS],
                    struct languages *out);
void languages_free(struct languages *languages);

/* One brief for each value of --each, in each of the languages; pattern are paths with
 * {FIELD}, {period} and {language} in them. One that fails doesn't stop the rest; names
 * that collide are an error before anything is written. Of a brief in several languages
 * nothing is written unless all print the same figures. SITREP_PARTLY when some
 * failed. */
int render_batch(struct sitrep *sitrep, const struct command_line *line,
                 const char *const pattern[TARGETS]);

/* One brief in each of the languages, from one template; the same rule. */
int render_twins(struct sitrep *sitrep, const struct command_line *line,
                 const char *const pattern[TARGETS]);

#endif
