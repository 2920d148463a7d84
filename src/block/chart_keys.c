/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A chart's keys, and which kinds of charts use them: one table for the warnings, the
 * manual and the editor's schema. */
#include "block/chart_block.h"

#include <string.h>

const struct block_key chart_keys[] = {
    {"type", "line", "the kind of chart; `sitrep list charts` shows all", TAKES_KINDS},
    {"title", "\"Attacks fall\"",
     "the finding; `finding` writes one from the numbers; else the measure's name",
     TAKES_TEXT},
    {"subtitle", "\"Attacks per week\"", "else measure, unit and period", TAKES_TEXT},
    {"show", "attacks", "measures to draw", TAKES_LIST},
    {"by", "week",
     "what the positions are: a period, a field, weekday, month of year, "
     "incident",
     TAKES_WORD},
    {"split by", "province", "one part or line for each of its values", TAKES_WORD,
     .by = BY_PERIOD | BY_FIELD | BY_CYCLE},
    {"where", "province is Sindh", "only rows that meet it", TAKES_WORD},
    {"last", "52 weeks",
     "how far back; else the brief's period, by weekday and month of year all data",
     TAKES_LENGTH},
    {"average", "4 weeks", "a trailing average over a line", TAKES_LENGTH,
     .kinds = "line, bars, multiples", .by = BY_PERIOD, .is_of_one = true},
    {"band", "expected", "the range to be expected, behind a line",
     TAKES_CHOICE("no, expected"), .kinds = "line, multiples", .by = BY_PERIOD},
    {"trend", "yes", "its trend over a line of counts; words where none is clear",
     TAKES_YES_NO, .kinds = "line"},
    {"change points", "yes", "since when a line of counts is on another level",
     TAKES_YES_NO, .kinds = "line"},
    {"compare", "previous week", "the same as tick, for kinds that show two periods",
     TAKES_WORD, .by = BY_FIELD | BY_CYCLE},
    {"tick", "previous week", "the period before as a mark beside each bar", TAKES_WORD,
     .by = BY_FIELD | BY_CYCLE},
    {"top", "10", "only the largest so many", TAKES_WHOLE(1, 1000),
     .is_of_parts = true},
    {"others", "yes", "the rest as one more", TAKES_YES_NO, .kinds = "-waterfall",
     .is_of_parts = true},
    {"highlight", "Sindh", "the one to colour; else the largest", TAKES_WORD,
     .kinds = "bars, lollipop, slope", .by = BY_FIELD, .is_of_one = true},
    {"notes", "{2026-W24: …}",
     "annotations by period; or a CSV of two columns: events.csv", TAKES_NOTES,
     .kinds = "line, bars, area", .by = BY_PERIOD},
    {"height", "140 to 200",
     "of the plot, in points; a range takes what its page has left",
     TAKES_RANGE(20, 1000)},
    {"scale", "log", "a logarithmic value axis, named so", TAKES_CHOICE("linear, log")},
    {"shares", "yes", "parts of a hundred instead of numbers", TAKES_YES_NO,
     .kinds = "stacked, area"},
    {"size", "killed", "field that sets the size of marks", TAKES_WORD,
     .kinds = "scatter, timeline", .by = BY_INCIDENT},
    {"colour", "province", "field that sets the colour of marks", TAKES_WORD,
     .kinds = "scatter, timeline", .by = BY_INCIDENT},
    {"lanes", "side", "field that gives a timeline its lanes", TAKES_WORD,
     .kinds = "timeline"},
    {"labels", "3", "how many of the largest marks are named", TAKES_WHOLE(0, 20),
     .kinds = "scatter, timeline"},
    {"limit", "2000", "most marks to draw; more are thinned evenly and it is said",
     TAKES_WHOLE(1, 100000), .kinds = "scatter, timeline", .by = BY_INCIDENT},
    {"data", "nap", "another table than the main one", TAKES_WORD},
    {"source", "…", "under the figure", TAKES_TEXT},
    {"alt", "…", "for readers who don't see it; else from the numbers", TAKES_TEXT},
    {"id", "weekly", "name for links and single figures", TAKES_WORD},
    {0},
};

/* -- Which are used ------------------------------------------------------------------ */

static bool is_listed(const char *kinds, const char *name)
{
    struct slice rest = slice_of(kinds), one;
    bool is_all_but = slice_starts_with(rest, "-");
    if (is_all_but)
        rest = slice_from(rest, 1);
    while (slice_cut(&rest, ',', &one)) {
        if (slice_is(slice_trim(one), name))
            return !is_all_but;
    }
    return is_all_but;
}

static unsigned by_of(const struct axis *axis)
{
    return axis->kind == AXIS_PERIODS  ? BY_PERIOD
           : axis->kind == AXIS_COLUMN ? BY_FIELD
           : axis->kind == AXIS_ROWS   ? BY_INCIDENT
                                       : BY_CYCLE;
}

static bool is_one(const struct chart_arguments *chart)
{
    bool is_panels = chart->kind->needs & PANELS;
    return chart->shown_count < 2 && chart->is_split == is_panels;
}

/* Why a key does nothing here, or NULL. */
static const char *reason(const struct chart_arguments *chart,
                          const struct block_key *key, const struct chart_kind *written,
                          struct arena *arena)
{
    bool has_words = by_of(&chart->by) == BY_FIELD ||
                     (chart->is_split && by_of(&chart->split) == BY_FIELD);
    if (key->kinds && !is_listed(key->kinds, chart->kind->name)) {
        if (key->kinds[0] == '-')
            return "it is for other kinds";
        return is_listed(key->kinds, written->name)
                   ? "it is for one measure without parts"
                   : arena_print(arena, "it is for type: %s", key->kinds);
    }
    if (key->by && !(key->by & by_of(&chart->by)))
        return key->by == BY_PERIOD     ? "it is for charts along time: by: week"
               : key->by == BY_INCIDENT ? "it is for a mark an incident: by: incident"
               : key->by & BY_INCIDENT  ? "it isn't for charts along time"
                                        : "it is for charts by a field: by: province";
    if (key->is_of_parts && !has_words)
        return "it is for charts by a field: by: province, or split by: province";
    return key->is_of_one && !is_one(chart) ? "it is for one measure without parts"
                                            : NULL;
}

/* What would change numbers, or be looked for in the data. */
static void take_back(struct chart_arguments *chart, const char *key)
{
    if (strcmp(key, "shares") == 0)
        chart->shares = false;
    if (strcmp(key, "notes") == 0)
        chart->notes = NULL;
    if (strcmp(key, "highlight") == 0)
        chart->highlight = NULL;
}

void check_key_use(struct block_reader *reader, struct chart_arguments *chart,
                   const struct chart_kind *written)
{
    bool is_chart = slice_is(reader->node->word, "chart");
    for (const struct block_key *key = chart_keys; key->name; key++) {
        const struct yaml *value = yaml_find(reader->node->body, key->name);
        const char *why = value && (value->text.size || value->count)
                              ? reason(chart, key, written, reader->arena)
                              : NULL;
        bool said = true;
        if (!why || !is_chart || (yaml_bool(value, &said) && !said))
            continue;
        struct diag *diag = diags_warn(reader->diags, value->at, "M110",
                                       "\"%s\" does nothing in this %s chart",
                                       key->name, written->name);
        diag->width = value->width;
        diag_hint(reader->diags, diag, "%s", why);
        take_back(chart, key->name);
    }
}
