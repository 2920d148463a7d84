/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two invented years, week by week: seasons, hot districts that shift, attacks that
 * answer operations and operations that answer attacks, waves on a single day. */
#ifndef SAMPLES_HISTORY_H
#define SAMPLES_HISTORY_H

#include "incident.h"

struct history {
    struct incident *incident; /* by day; malloc'd, freed by history_free */
    size_t count, capacity;
};

/* The same seed gives the same history. False without memory. */
bool history_draw(struct history *history, uint64_t seed);
void history_free(struct history *history);

enum {
    FIRST_DAY = 20045,
    WEEKS = 104
}; /* Monday 18 November 2024; to 15 November 2026 */

#endif
