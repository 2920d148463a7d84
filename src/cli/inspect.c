/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep check`, `query`, `profile` and `list`: looking without writing. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* -- check ----------------------------------------------------------------------------- */

/* How a file is read, alike wherever one is. */
#define READING_OPTIONS                                                                \
    {0, "encoding", "NAME", "of the file, where no BOM or schema says it"},            \
        {0, "delimiter", "CHAR", "of the file: , ; | or tab"},                         \
        {0, "schema", "NAME", "instead of by the header"},                             \
        {0, "dates", "LAYOUT", "d/M/yyyy, where the file can't tell"},                 \
        {0, "max-rejects", "N", "most cells or rows that may be unusable: 10, 0.5%"},  \
        {0, "strict", NULL, "warnings are errors"}, {'q', "quiet", NULL, "no notes"},  \
    {                                                                                  \
        'h', "help", NULL, "show this"                                                 \
    }

static const struct option check_options[] = {
    {0, "layout", NULL, "also dropped labels, overfull cells, missing glyphs"},
    COMMON_OPTIONS,
    {'h', "help", NULL, "show this"},
    {0},
};

static int run_check(struct sitrep *sitrep, const struct command_line *line)
{
    int status = apply_common(sitrep, line);
    if (status == SITREP_OK)
        status = sitrep_check(sitrep, line->argument[0], option_is_on(line, "layout"));
    size_t messages = sitrep_message_count(sitrep);
    struct message_count printed = print_messages(sitrep, option_is_on(line, "quiet"));
    print_verdict(status, printed, NULL);
    if (status == SITREP_OK && !option_is_on(line, "quiet"))
        printf("%s: %s\n", line->argument[0],
               messages ? "can be printed; see the messages" : "nothing to mend");
    return status;
}

const struct command command_check = {
    "check",
    "TEMPLATE",
    "find what is wrong with a template, without writing",
    "  sitrep check weekly.md\n"
    "  sitrep check weekly.md --layout --issue issue-46.yaml\n"
    "  sitrep check weekly.md --data incidents=new.csv --strict && echo good\n"
    "\n"
    "Renders the template also with an empty period, one incident and a huge week, "
    "and\n"
    "tells of measures that nothing uses, blocks that stay empty and findings that "
    "will\n"
    "be stale next week. Nothing is written.\n",
    check_options,
    1,
    1,
    run_check,
};

/* -- query ------------------------------------------------------------------------------- */

static const struct option query_options[] = {
    {'s', "show", "MEASURES", "'count, sum of killed', or measures named; else count"},
    {'b', "by", "FIELDS", "'year, province': a period and up to two fields"},
    {'w', "where", "CONDITION", "only rows that meet it"},
    {'m', "measure", "NAME=…", "names a measure for --show"},
    {'p', "period", "PERIOD", "only this period"},
    {0, "last", "LENGTH", "only the last: '26 weeks'"},
    {0, "sort", "ORDER", "'killed, highest first'"},
    {0, "limit", "N", "only the first so many rows"},
    {0, "stat", "METHODS", "'trend, usual_range' of each series; see sitrep stats"},
    {'f', "format", "NAME", "table, csv or json"},
    {0, "week-starts", "DAY", "monday if not given"},
    {0, "as-of", "DATE", "the day that 'last' is counted from"},
    READING_OPTIONS,
    {0},
};

static int print_answer(struct sitrep *sitrep, const struct command_line *line,
                        int status, const char *text, size_t size)
{
    print_messages(sitrep, option_is_on(line, "quiet"));
    bool is_there = status == SITREP_OK || (status == SITREP_QUALITY && size);
    return is_there && !write_stdout(text, size) ? SITREP_INTERNAL : status;
}

static int run_query(struct sitrep *sitrep, const struct command_line *line)
{
    const char **measure = calloc(line->given_count + 1, sizeof *measure);
    const char *text = "";
    size_t size = 0, count = 0;
    int status = apply_common(sitrep, line);
    if (!measure)
        abort();
    for (size_t i = 0; i < line->given_count; i++) {
        if (strcmp(line->given[i].option->name, "measure") == 0)
            measure[count++] = line->given[i].value;
    }
    const struct sitrep_query query = {
        .file = line->argument[0],
        .show = option_value(line, "show"),
        .by = option_value(line, "by"),
        .where = option_value(line, "where"),
        .period = option_value(line, "period"),
        .last = option_value(line, "last"),
        .sort = option_value(line, "sort"),
        .limit = option_value(line, "limit"),
        .format = option_value(line, "format"),
        .measure = measure,
        .measure_count = count,
        .week_starts = option_value(line, "week-starts"),
        .stat = option_value(line, "stat"),
    };
    if (status == SITREP_OK)
        status = sitrep_run_query(sitrep, &query, &text, &size);
    free(measure);
    return print_answer(sitrep, line, status, text, size);
}

const struct command command_query = {
    "query",
    "FILE [--show …]",
    "print measures of a file by periods and fields",
    "  sitrep query incidents.csv --show 'count, sum of killed' --by 'year, province'\n"
    "  sitrep query - --show attacks -m attacks='count where side is attack' \\\n"
    "      --by month --last '12 months' --format csv\n"
    "  sitrep query incidents.csv --by 'week, province' --stat trend,usual_range\n",
    query_options,
    1,
    1,
    run_query,
};

/* -- profile ------------------------------------------------------------------------------- */

static const struct option profile_options[] = {
    {'f', "format", "NAME", "table or json"},
    READING_OPTIONS,
    {0},
};

static int run_profile(struct sitrep *sitrep, const struct command_line *line)
{
    const char *text = "";
    size_t size = 0;
    int status = apply_common(sitrep, line);
    if (status == SITREP_OK)
        status = sitrep_profile(sitrep, line->argument[0], option_value(line, "format"),
                                &text, &size);
    return print_answer(sitrep, line, status, text, size);
}

const struct command command_profile = {
    "profile",
    "FILE",
    "show what a data file holds",
    "  sitrep profile incidents.csv\n"
    "  sitrep profile incidents.csv --format json\n"
    "  sitrep profile - --encoding windows-1252 <old.csv\n"
    "\n"
    "Which schema fits, which rows count and why others don't, and of each column its\n"
    "type, how many cells are known, the range and examples.\n",
    profile_options,
    1,
    1,
    run_profile,
};

/* -- list ------------------------------------------------------------------------------------ */

static const char *const registries[] = {
    "keys",         "blocks",    "charts",  "filters",    "schemas",
    "themes",       "languages", "formats", "statistics", "front-matter-schema",
    "block-schema",
};
enum { REGISTRIES = sizeof registries / sizeof *registries };

static const struct option list_options[] = {
    {'h', "help", NULL, "show this"},
    {0},
};

static int run_list(struct sitrep *sitrep, const struct command_line *line)
{
    if (!line->argument_count) {
        for (size_t i = 0; i < REGISTRIES; i++)
            puts(registries[i]);
        return SITREP_OK;
    }
    size_t count = sitrep_list(sitrep, line->argument[0]);
    if (!count && !sitrep_message_count(sitrep))
        return usage_error("there is no list of", line->argument[0], registries,
                           REGISTRIES);
    for (size_t i = 0; i < count; i++) {
        const char *usage = sitrep_list_usage(sitrep, i);
        const char *help = sitrep_list_help(sitrep, i);
        printf("%-*s%s%s%s\n", *help ? 24 : 0, sitrep_list_name(sitrep, i), help,
               *usage ? "; as in " : "", usage);
    }
    return print_messages(sitrep, false).errors ? SITREP_DATA : SITREP_OK;
}

const struct command command_lists = {
    "list",
    "[WHAT]",
    "show charts, blocks, filters, schemas, themes, formats …",
    "  sitrep list                                          what can be listed\n"
    "  sitrep list blocks                                   blocks with their keys\n"
    "  sitrep list keys                                     keys of the front matter\n",
    list_options,
    0,
    1,
    run_list,
};

/* -- stats ----------------------------------------------------------------------------------- */

static int run_stats(struct sitrep *sitrep, const struct command_line *line)
{
    const char *text = "";
    size_t size = 0;
    if (line->argument_count) {
        int status = sitrep_explain(sitrep, line->argument[0], &text, &size);
        return print_answer(sitrep, line, status, text, size);
    }
    size_t count = sitrep_list(sitrep, "statistics");
    for (size_t i = 0; i < count; i++)
        printf("%-22s %s\n", sitrep_list_name(sitrep, i), sitrep_list_help(sitrep, i));
    return SITREP_OK;
}

const struct command command_stats = {
    "stats",
    "[NAME]",
    "show the statistical methods, or what one of them is",
    "  sitrep stats\n"
    "  sitrep stats trend\n"
    "  sitrep query incidents.csv --by week --stat trend    its numbers\n",
    list_options,
    0,
    1,
    run_stats,
};
