/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep render`: a template and its data become one brief or, with --each, one for
 * every province or district. */
#include "cli/batch.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct option options[] = {
    {'o', "output", "FILE",
     "where to write; - is standard output; by its ending: pdf, "
     "png, svg, txt, json",
     false},
    {'f', "format", "NAME", "instead of by the ending of FILE", false},
    COMMON_OPTIONS,
    {'e', "each", "FIELD",
     "one brief for each of the field's values; FILE holds "
     "{FIELD}, {period} or {language}",
     false},
    {'j', "jobs", "N", "briefs at a time with --each; else one for each processor",
     false},
    {0, "page", "N", "for png and svg: which page", false},
    {0, "dpi", "N", "for png: dots per inch, 96 if not given", false},
    {0, "figure", "ID", "for png and svg: one figure, by id or number", false},
    {0, "figures", "FILE", "also write figures.json there", false},
    {0, "text", "FILE", "also write the words there", false},
    {0, "timings", NULL, "print how long each phase took", false},
    {'h', "help", NULL, "show this", false},
    {0},
};

static double processor_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void print_timings(const struct sitrep *sitrep)
{
    for (size_t i = 0; i < sitrep_timing_count(sitrep); i++)
        fprintf(stderr, "timing: %s %.2f ms\n", sitrep_timing_name(sitrep, i),
                sitrep_timing(sitrep, i));
}

static int to_stdout(const void *bytes, size_t size, void *context)
{
    (void)context;
    return fwrite(bytes, 1, size, stdout) == size ? 0 : 1;
}

static int write_brief(struct sitrep *sitrep, const char *path, const char *format)
{
    if (strcmp(path, "-") != 0)
        return sitrep_write_file(sitrep, path, format);
    int status = sitrep_write(sitrep, format ? format : "pdf", to_stdout, NULL);
    return status == SITREP_OK && fflush(stdout) != 0 ? SITREP_INTERNAL : status;
}

static int choose_picture(struct sitrep *sitrep, const struct command_line *line)
{
    const char *page = option_value(line, "page"), *dpi = option_value(line, "dpi");
    const char *figure = option_value(line, "figure");
    long number = page ? strtol(page, NULL, 10) : 1;
    double dots = dpi ? strtod(dpi, NULL) : 96;
    if (number < 1 || !(dots >= 1 && dots <= 2400)) {
        fputs("sitrep: --page counts from 1, --dpi goes from 1 to 2400\n", stderr);
        return SITREP_USAGE;
    }
    sitrep_choose_page(sitrep, (size_t)number, dots);
    return figure ? sitrep_choose_figure(sitrep, figure) : SITREP_OK;
}

static int write_all(struct sitrep *sitrep, const struct command_line *line,
                     const char *output)
{
    const char *figures = option_value(line, "figures");
    const char *text = option_value(line, "text");
    int status = choose_picture(sitrep, line);
    if (status == SITREP_OK)
        status = write_brief(sitrep, output, option_value(line, "format"));
    if (status == SITREP_OK && figures)
        status = write_brief(sitrep, figures, "json");
    if (status == SITREP_OK && text)
        status = write_brief(sitrep, text, "txt");
    return status;
}

static int render_one(struct sitrep *sitrep, const struct command_line *line,
                      const char *output)
{
    int status = sitrep_compose(sitrep, line->argument[0]);
    if (status == SITREP_OK)
        status = write_all(sitrep, line, output);
    struct message_count printed = print_messages(sitrep, option_is_on(line, "quiet"));
    print_verdict(status, printed, output);
    if (option_is_on(line, "timings"))
        print_timings(sitrep);
    return status;
}

static int run(struct sitrep *sitrep, const struct command_line *line)
{
    const char *output = option_value(line, "output");
    if (!output) {
        fputs("sitrep: where should the brief go? Add -o OUT.pdf\n", stderr);
        return SITREP_USAGE;
    }
    int status = apply_common(sitrep, line);
    if (status != SITREP_OK) {
        print_messages(sitrep, false);
        return status;
    }
    if (option_is_on(line, "timings"))
        sitrep_measure_time(sitrep, processor_milliseconds);
    return option_value(line, "each") ? render_batch(sitrep, line, output)
                                      : render_one(sitrep, line, output);
}

const struct command command_render = {
    "render",
    "TEMPLATE -o FILE",
    "write a brief from a template and its data",
    "  sitrep render weekly.md -o weekly.pdf\n"
    "  sitrep render weekly.md -o - --data incidents.csv --period 2026-W46\n"
    "  sitrep render province.md --each province -o 'out/{province}-{period}.pdf'\n",
    options,
    1,
    1,
    run,
};
