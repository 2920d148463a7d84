/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures whose height the page settles. */
#ifndef SITREP_CHART_ELASTIC_H
#define SITREP_CHART_ELASTIC_H

#include "chart/chart.h"

struct elastic {
    struct chart_context context;
    double width;
    double least,
        most;       /* of the plot: 0 = its own; above least: what its page leaves */
    bool fills_row; /* ends with the others of its row, where it can */
    /* The figure at that height of its plot, with a picture of its own. */
    struct box *(*lay)(const struct elastic *asked, const struct chart_context *context,
                       double height);
    const void *options, *data; /* lay's own */
    /* what it had to say when it was laid last */
    const struct diags *diags;
    const size_t *dropped;
};

/* The figure at its least height, to be settled through its picture. What asked points
 * to has to live as long as the box. */
struct box *elastic_box(const struct elastic *asked);

#endif
