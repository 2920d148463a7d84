/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep init`: a first template, from what a file holds. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const struct option options[] = {
    {'f', "from", "FILE.csv", "the data; incidents.csv if not given"},
    {'o', "output", "TEMPLATE", "where to write; standard output if not given"},
    {0, "encoding", "NAME", "of the data, where no BOM or schema says it"},
    {0, "delimiter", "CHAR", "of the data: , ; | or tab"},
    {0, "schema", "NAME", "instead of by its header"},
    {0, "dates", "LAYOUT",
     "of its dates: d/M/yyyy or M/d/yyyy, where both can be meant"},
    {'q', "quiet", NULL, "no notes"},
    {'h', "help", NULL, "show this"},
    {0},
};

static int apply(struct sitrep *sitrep, const struct command_line *line)
{
    static const char *const settings[] = {"encoding", "delimiter", "schema", "dates"};
    int status = SITREP_OK;
    for (size_t i = 0; i < 4 && status == SITREP_OK; i++) {
        const char *value = option_value(line, settings[i]);
        if (value)
            status = sitrep_set(sitrep, settings[i], value);
    }
    return status;
}

static int run(struct sitrep *sitrep, const struct command_line *line)
{
    const char *from = option_value(line, "from"),
               *output = option_value(line, "output");
    const char *text;
    size_t size;
    int status = apply(sitrep, line);
    if (status == SITREP_OK)
        status =
            sitrep_propose(sitrep, from ? from : "incidents.csv", output, &text, &size);
    bool quiet = option_is_on(line, "quiet");
    print_verdict(status, print_messages(sitrep, quiet), output);
    if (status != SITREP_OK)
        return status;
    if (!output)
        return write_stdout(text, size) ? SITREP_OK : SITREP_INTERNAL;
    if (!quiet)
        printf("%s: written; print it with: sitrep render %s -o brief.pdf\n", output,
               output);
    return SITREP_OK;
}

const struct command command_init = {
    "init",
    "[--from FILE.csv]",
    "write a first template for a file",
    "  sitrep init --from incidents.csv                     to look at\n"
    "  sitrep init --from incidents.csv -o weekly.md\n"
    "  sitrep render weekly.md -o weekly.pdf\n"
    "\n"
    "The template says in comments what each column is read as, which columns nothing\n"
    "reads, and prints at once. A template that is there isn't written over.\n",
    options,
    0,
    0,
    run,
};
