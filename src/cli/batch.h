/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many briefs from one load: a process a job, which shares the tables it inherits. */
#ifndef SITREP_CLI_BATCH_H
#define SITREP_CLI_BATCH_H

#include "cli/cli.h"

/* One brief for each value of --each. One that fails doesn't stop the rest; names that
 * collide are an error before anything is written. SITREP_PARTLY when some failed. */
int render_batch(struct sitrep *sitrep, const struct command_line *line,
                 const char *pattern);

#endif
