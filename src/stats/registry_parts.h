/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the registry share. */
#ifndef SITREP_STATS_REGISTRY_PARTS_H
#define SITREP_STATS_REGISTRY_PARTS_H

#include "stats/registry.h"

void answer_number(struct stat_answer *out, const char *name, double number);
void answer_text(struct stat_answer *out, const char *name, const char *text);

typedef void stat_on_series(const struct stat_series *series, struct arena *scratch,
                            struct stat_answer *out);

/* registry_around.c: methods that look at more than the counts of one series. */
stat_on_series on_iso_week, on_period_counts, on_district_scan, on_bh, on_wilson,
    on_share_change, on_casualty_total, on_casualty_change, on_casualty_intensity,
    on_burst, on_concentration;

#endif
