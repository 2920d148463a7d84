/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks: fences of the template that become boxes. A block reads its keys once,
 * before any row is read; then it lays itself, first in the rehearsal (see scope.h:
 * it asks and its box is thrown away) and then for good, and once per group inside an
 * `each`. A block is one file and one row in blocks.def. */
#ifndef SITREP_BLOCK_BLOCK_H
#define SITREP_BLOCK_BLOCK_H

#include "chart/chart.h"
#include "layout/flow.h"
#include "template/template.h"

struct block_key {
    const char *name, *usage, *help;
};

/* What reading a block's keys needs: names are resolved, columns wanted, conditions
 * and texts parsed. */
struct block_reader {
    const struct scope *scope;
    const struct node *node;
    struct arena *arena;
    struct diags *diags;
};

struct block_context {
    const struct scope *scope;
    struct chart_context chart;  /* typesetter, theme, locale, arena, diags */
    size_t *figure_count;        /* figures so far, for ids and figures.json */
};

struct block_kind {
    const char *name, *help;
    const struct block_key *keys; /* ends with a NULL name */
    bool (*read)(struct block_reader *reader, const void **arguments);
    /* A box of the width, never NULL. In the rehearsal any box will do. */
    struct box *(*lay)(const void *arguments, const struct block_context *context,
                       double width);
};

const struct block_kind *block_find(struct slice word);
const struct block_kind *const *block_kinds(size_t *count);
/* Warns of keys that no block of this kind knows, with the nearest. */
void block_check_keys(struct block_reader *reader, const struct block_kind *kind);

/* -- Readers of common keys; false = an error was added ------------------------- */

/* `show: attacks, killed change`: measures, each perhaps with an aspect word. */
enum aspect { ASPECT_VALUE, ASPECT_CHANGE, ASPECT_PERCENT, ASPECT_SPARKLINE, ASPECT_BAR,
              ASPECT_PREVIOUS, ASPECT_AVERAGE, ASPECT_SHARE, ASPECT_TREND,
              ASPECT_VERDICT, ASPECT_EXPECTED, ASPECT_TAU, ASPECT_P };
struct shown {
    const struct measure *measure;
    enum aspect aspect;
    struct slice label;
    struct place at;
};
bool read_shown(struct block_reader *reader, const char *key, const struct shown **out,
                size_t *count);
bool read_text(struct block_reader *reader, const char *key,
               const struct template_text **out);
bool read_where(struct block_reader *reader, struct condition **out);
struct column *read_column(struct block_reader *reader, const struct yaml *value);

#endif
