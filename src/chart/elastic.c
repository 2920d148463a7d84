/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures whose height the page settles: laid at their least height, and again, once
 * the page stands, at the one they get. */
#include "chart/elastic.h"

#include <math.h>

/* Figures without a height grow so far to end with their neighbours. */
static const double ROW_SPREAD = 0.7, HARDLY = 0.5;

/* Laid with messages of its own: they are news once the height is settled. */
static struct box *lay_aside(const struct elastic *asked, double height)
{
    struct arena *arena = asked->context.arena;
    struct elastic *own = arena_copy(arena, asked, sizeof *asked);
    struct chart_context context = asked->context;
    size_t *dropped = ARENA_NEW(arena, size_t);
    own->dropped = context.dropped_labels = dropped;
    own->diags = context.diags = diags_new(arena);
    struct box *box = asked->lay(asked, &context, height);
    struct picture *picture = (struct picture *)box->picture;
    picture->elastic = own;
    return box;
}

static void tell(const struct elastic *laid)
{
    struct diags *diags = laid->context.diags;
    if (laid->context.dropped_labels)
        *laid->context.dropped_labels += *laid->dropped;
    for (size_t i = 0; diags && i < diags_total(laid->diags); i++)
        diags_repeat(diags, diags_at(laid->diags, i));
}

/* A key or a note that moves changes what isn't the plot's. */
static struct box *lay_higher(const struct box *figure, double growth)
{
    const struct elastic *elastic = figure->picture->elastic;
    double wanted = figure->height + growth;
    double height = figure->picture->plot_height + growth;
    struct box *box = lay_aside(elastic, height);
    if (fabs(box->height - wanted) > HARDLY)
        box = lay_aside(elastic, height + wanted - box->height);
    return box;
}

static void settle(struct box *figure, double growth)
{
    const struct box before = *figure;
    const struct box *box = growth > HARDLY ? lay_higher(figure, growth) : figure;
    if (box->height > before.height + growth + HARDLY)
        box = &before;
    tell(box->picture->elastic);
    *figure = *box;
    figure->x = before.x;
    figure->y = before.y;
    figure->at = before.at;
    figure->anchor = before.anchor;
    ((struct picture *)figure->picture)->settle = NULL;
}

struct box *elastic_box(const struct elastic *asked)
{
    struct box *box = lay_aside(asked, asked->least);
    struct picture *picture = (struct picture *)box->picture;
    picture->settle = settle;
    picture->page_reach = fmax(0, asked->most - asked->least);
    picture->row_reach =
        fmax(picture->page_reach, asked->fills_row ? ROW_SPREAD * box->height : 0);
    return box;
}
