/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Between trend.c and trend_negbin.c only: the checks both make before fitting. */
#ifndef SITREP_STATS_TREND_LINE_H
#define SITREP_STATS_TREND_LINE_H

#include "stats/loglinear.h"
#include "stats/trend.h"

/* TREND_OK with *line ready to be fitted, or why there is no line to fit. */
enum trend_status trend_line_start(const struct trend_question *question,
                                   struct arena *scratch, struct loglinear *line,
                                   const char **refused_because);
const char *trend_status_reason(enum trend_status status);

#endif
