/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep chart`: one figure of a template, alone, for the web edition. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
    {'o', "output", "FILE",
     "where to write: png, svg or csv by its ending; FOLDER/ gets every form"},
    {'f', "format", "NAME", "instead of by the ending of FILE"},
    {0, "size", "WxH", "for png and svg: so many pixels, 1200x675"},
    {0, "dpi", "N", "for png without --size: dots per inch, 96 if not given"},
    COMMON_OPTIONS,
    {'h', "help", NULL, "show this"},
    {0},
};

/* "1200x675" */
static int choose_size(struct sitrep *sitrep, const char *size)
{
    char *end;
    unsigned long width = strtoul(size, &end, 10), height = 0;
    if (*end == 'x' && end[1] >= '0' && end[1] <= '9')
        height = strtoul(end + 1, &end, 10);
    if (*size >= '0' && *size <= '9' && height && !*end)
        return sitrep_choose_size(sitrep, width, height);
    fprintf(stderr, "sitrep: --size is \"%s\", not like 1200x675\n", size);
    return SITREP_USAGE;
}

static int choose(struct sitrep *sitrep, const struct command_line *line,
                  const char *figure)
{
    const char *size = option_value(line, "size");
    long dpi;
    if (!read_count(line, "dpi", 2400, 96, &dpi))
        return SITREP_USAGE;
    sitrep_choose_page(sitrep, 1, (double)dpi);
    int status = sitrep_choose_figure(sitrep, figure);
    return status == SITREP_OK && size ? choose_size(sitrep, size) : status;
}

static int write_figure(struct sitrep *sitrep, const struct command_line *line,
                        const char *output)
{
    bool is_folder = output[strlen(output) - 1] == '/';
    return is_folder ? sitrep_write_figures(sitrep, output)
                     : sitrep_write_file(sitrep, output, option_value(line, "format"));
}

/* Only what shows one figure: a whole brief as chart.pdf would be a surprise. */
static bool output_fits(const struct command_line *line, const char *output)
{
    const char *format = option_value(line, "format");
    const char *dot = output ? strrchr(output, '.') : NULL;
    if (!output || !*output) {
        fputs("sitrep: where should the figure go? Add -o FIGURE.png\n", stderr);
        return false;
    }
    if (output[strlen(output) - 1] == '/')
        return true;
    if (!format)
        format = dot && !strchr(dot, '/') ? dot + 1 : "";
    if (!strcmp(format, "png") || !strcmp(format, "svg") || !strcmp(format, "csv"))
        return true;
    fprintf(stderr,
            "sitrep: a figure is written as png, svg or csv, and \"%s\" is none; for a "
            "folder, end it in /\n",
            output);
    return false;
}

static int run(struct sitrep *sitrep, const struct command_line *line)
{
    const char *output = option_value(line, "output"), *given = line->argument[0];
    const char *hash = strrchr(given, '#');
    if (!hash || hash == given || !hash[1]) {
        fprintf(stderr,
                "sitrep: \"%s\" names no figure; write TEMPLATE#ID, by its id or "
                "number\n",
                given);
        return SITREP_USAGE;
    }
    if (!output_fits(line, output))
        return SITREP_USAGE;
    char *path = strndup(given, (size_t)(hash - given));
    if (!path)
        abort();
    int status = apply_common(sitrep, line);
    if (status == SITREP_OK)
        status = sitrep_compose(sitrep, path);
    if (status == SITREP_OK)
        status = choose(sitrep, line, hash + 1);
    if (status == SITREP_OK)
        status = write_figure(sitrep, line, output);
    struct message_count printed = print_messages(sitrep, option_is_on(line, "quiet"));
    print_verdict(status, printed, output);
    free(path);
    return status;
}

const struct command command_chart = {
    "chart",
    "TEMPLATE#ID -o FILE",
    "write one figure of a template, alone, or its data",
    "  sitrep chart weekly.md#provinces -o provinces.svg\n"
    "  sitrep chart weekly.md#2 -o second.png --size 1200x675\n"
    "  sitrep chart weekly.md#provinces -o provinces.csv\n"
    "  sitrep chart weekly.md#provinces -o web/    all forms\n",
    options,
    1,
    1,
    run,
};
