/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many briefs from one load: a process a job, which shares the tables it inherits. */
#ifndef SITREP_CLI_BATCH_H
#define SITREP_CLI_BATCH_H

#include "cli/cli.h"

/* The files that a brief becomes; all but the first may be NULL. */
enum target { TARGET_OUTPUT, TARGET_FIGURES, TARGET_TEXT, TARGETS };
extern const char *const target_option[TARGETS];

/* Writes a composed brief. */
int render_write(struct sitrep *sitrep, const struct command_line *line,
                 const char *const path[TARGETS]);

/* One brief for each value of --each; pattern are paths with {FIELD}, {period} and
 * {language} in them. One that fails doesn't stop the rest; names that collide are an
 * error before anything is written. SITREP_PARTLY when some failed. */
int render_batch(struct sitrep *sitrep, const struct command_line *line,
                 const char *const pattern[TARGETS]);

#endif
