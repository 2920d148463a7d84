/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures on their own, for the web edition: on the theme's paper, with the source and
 * what brief they come from below. */
#ifndef SITREP_BRIEF_PICTURE_H
#define SITREP_BRIEF_PICTURE_H

#include "brief/brief.h"
#include "press/surface.h"

struct named_figure {
    struct slice name; /* fit for a file; each once */
    const struct box *box;
};

/* All figures in the order of pages, named by their id or "figure-3". */
size_t brief_figures(const struct brief *brief, const struct named_figure **out);
/* A figure with its margins; frame 0 by 0: as large as in the brief. */
struct box *picture_alone(const struct brief *brief, const struct box *figure,
                          struct surface_size frame);
/* Every figure in every form below folder: NAME.svg, NAME.png, NAME@2x.png,
 * NAME-1200x675.png, NAME-1080x1080.png, and NAME.csv where it has data; figures.json
 * for all of them. Each file is whole or not there. */
bool pictures_write(const struct brief *brief, const char *folder);
bool picture_write(const struct brief *brief, const struct box *figure,
                   const char *folder); /* only this one */

#endif
