/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep fmt`: a template in its normal form. */
#include "cli/cli.h"

#include <stdio.h>

static const struct option options[] = {
    {'c', "check", NULL, "change nothing; exit code 5 when something would change"},
    {'q', "quiet", NULL, "no notes"},
    {'h', "help", NULL, "show this"},
    {0},
};

static int run(struct sitrep *sitrep, const struct command_line *line)
{
    const char *path = line->argument[0];
    bool only = option_is_on(line, "check"), quiet = option_is_on(line, "quiet");
    int changed;
    int status = sitrep_format(sitrep, path, only, &changed);
    struct message_count printed = print_messages(sitrep, quiet);
    print_verdict(status, printed, path);
    if (status != SITREP_OK)
        return status;
    if (!quiet)
        printf("%s: %s\n", path,
               !changed ? "in its normal form"
               : only   ? "not in its normal form"
                        : "written in its normal form");
    return only && changed ? SITREP_QUALITY : SITREP_OK;
}

const struct command command_fmt = {
    "fmt",
    "TEMPLATE",
    "write a template in its normal form",
    "  sitrep fmt weekly.md\n"
    "  sitrep fmt --check weekly.md                         would it change?\n"
    "\n"
    "Quotes, spaces and empty lines become regular; what the template says stays, and\n"
    "comments and the order of keys do. What can't be read isn't touched.\n",
    options,
    1,
    1,
    run,
};
