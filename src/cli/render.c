/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep render`: a template and its data become one brief or, with --each, one for
 * every province or district. */
#include "cli/batch.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static const struct option options[] = {
    {'o', "output", "FILE",
     "where to write; - is standard output; by its ending: pdf, "
     "png, svg, txt, json"},
    {'f', "format", "NAME", "instead of by the ending of FILE"},
    COMMON_OPTIONS,
    {'e', "each", "FIELD",
     "one brief for each of the field's values; FILE holds "
     "{FIELD}, {period} or {language}"},
    {'j', "jobs", "N", "briefs at a time with --each; else one for each processor"},
    {0, "page", "N", "for png and svg: which page"},
    {0, "dpi", "N", "for png: dots per inch, 96 if not given"},
    {0, "figure", "ID", "for png, svg and csv: one figure, by id or number"},
    {0, "figures", "PATH",
     "also write figures.json there; PATH a folder: with every figure as svg, png, "
     "also in social sizes, and its data as csv"},
    {0, "text", "FILE",
     "also write the words there; of a PDF in Urdu they are written beside it anyhow"},
    {0, "timings", NULL, "print how long each phase took"},
    {'h', "help", NULL, "show this"},
    {0},
};

const char *const target_option[TARGETS] = {"output", "figures", "text"};

static double processor_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void print_timings(const struct sitrep *sitrep)
{
    for (size_t i = 0; i < sitrep_timing_count(sitrep); i++)
        fprintf(stderr, "timing: %s %.2f ms\n", sitrep_timing_name(sitrep, i),
                sitrep_timing(sitrep, i));
}

/* What the ending of a file or --format says; pdf when neither does. */
static const char *format_of(const struct command_line *line, const char *path)
{
    const char *given = option_value(line, "format"), *dot = strrchr(path, '.');
    if (given)
        return given;
    return dot && dot[1] && !strchr(dot, '/') ? dot + 1 : "pdf";
}

/* --page, --dpi and --figure choose a picture: of a document they choose nothing. */
static bool pictures_fit(const struct command_line *line, const char *output)
{
    static const char *const choices[] = {"page", "dpi", "figure"};
    const char *format = format_of(line, output);
    bool is_png = strcasecmp(format, "png") == 0;
    bool is_svg = strcasecmp(format, "svg") == 0;
    bool is_csv = strcasecmp(format, "csv") == 0;
    for (size_t i = 0; i < 3; i++) {
        if (!option_value(line, choices[i]) || is_png || (is_svg && i != 1) ||
            (is_csv && i == 2))
            continue;
        fprintf(stderr, "sitrep: --%s is for png%s, and \"%s\" is %s\n", choices[i],
                i == 1 ? "" : " and svg", output, format);
        return false;
    }
    return true;
}

/* Figures of their own go to a folder: one that is there, or a name without ending. */
static bool is_folder(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0)
        return S_ISDIR(status.st_mode);
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    return strcmp(name, "-") != 0 && !strchr(name, '.');
}

static int choose_picture(struct sitrep *sitrep, const struct command_line *line)
{
    const char *figure = option_value(line, "figure");
    long page, dpi;
    if (!read_count(line, "page", 1000000, 1, &page) ||
        !read_count(line, "dpi", 2400, 96, &dpi))
        return SITREP_USAGE;
    sitrep_choose_page(sitrep, (size_t)page, (double)dpi);
    return figure ? sitrep_choose_figure(sitrep, figure) : SITREP_OK;
}

/* brief-ur.txt beside brief-ur.pdf, where the PDF doesn't give its words away. */
static int write_words_beside(struct sitrep *sitrep, const struct command_line *line,
                              const char *output)
{
    const char *dot = strrchr(output, '.');
    if (strcmp(format_of(line, output), "pdf") != 0 || !sitrep_needs_text(sitrep) ||
        !dot || strcmp(dot, ".pdf") != 0)
        return SITREP_OK;
    struct arena *arena = arena_new();
    int status = sitrep_write_file(
        sitrep, arena_print(arena, "%.*s.txt", (int)(dot - output), output), "txt");
    arena_free(arena);
    return status;
}

int render_write(struct sitrep *sitrep, const struct command_line *line,
                 const char *const path[TARGETS])
{
    int status = choose_picture(sitrep, line);
    if (status == SITREP_OK && path[TARGET_FIGURES])
        status = is_folder(path[TARGET_FIGURES])
                     ? sitrep_write_figures(sitrep, path[TARGET_FIGURES])
                     : sitrep_write_file(sitrep, path[TARGET_FIGURES], "json");
    if (status == SITREP_OK && path[TARGET_TEXT])
        status = sitrep_write_file(sitrep, path[TARGET_TEXT], "txt");
    else if (status == SITREP_OK)
        status = write_words_beside(sitrep, line, path[TARGET_OUTPUT]);
    /* The brief last: where the others can't be written it stays as it was. */
    if (status == SITREP_OK)
        status = sitrep_write_file(sitrep, path[TARGET_OUTPUT],
                                   format_of(line, path[TARGET_OUTPUT]));
    return status;
}

static int render_one(struct sitrep *sitrep, const struct command_line *line,
                      const char *const path[TARGETS])
{
    int status = sitrep_compose(sitrep, line->argument[0]);
    if (status == SITREP_OK)
        status = render_write(sitrep, line, path);
    struct message_count printed = print_messages(sitrep, option_is_on(line, "quiet"));
    print_verdict(status, printed, path[TARGET_OUTPUT]);
    if (option_is_on(line, "timings"))
        print_timings(sitrep);
    return status;
}

/* Devices may take several outputs: -o x.pdf --text /dev/null --figures /dev/null. */
static bool targets_differ(const char *const path[TARGETS])
{
    struct stat status;
    for (size_t i = 0; i < TARGETS; i++) {
        for (size_t j = i + 1; j < TARGETS; j++) {
            if (!path[i] || !path[j] || strcmp(path[i], path[j]) != 0 ||
                (stat(path[i], &status) == 0 && !S_ISREG(status.st_mode)))
                continue;
            fprintf(stderr, "sitrep: --%s and --%s would both be written to \"%s\"\n",
                    target_option[i], target_option[j], path[i]);
            return false;
        }
    }
    return true;
}

/* The files to write; false after a message when one has no name. */
static bool read_targets(const struct command_line *line, const char *path[TARGETS])
{
    for (size_t i = 0; i < TARGETS; i++) {
        path[i] = option_value(line, target_option[i]);
        if (!path[i] || *path[i])
            continue;
        fprintf(stderr, "sitrep: --%s is empty\n", target_option[i]);
        return false;
    }
    if (!path[TARGET_OUTPUT])
        fputs("sitrep: where should the brief go? Add -o OUT.pdf\n", stderr);
    return path[TARGET_OUTPUT] && targets_differ(path) &&
           pictures_fit(line, path[TARGET_OUTPUT]);
}

static int run(struct sitrep *sitrep, const struct command_line *line)
{
    const char *path[TARGETS];
    if (!read_targets(line, path))
        return SITREP_USAGE;
    int status = apply_common(sitrep, line);
    if (status != SITREP_OK) {
        print_messages(sitrep, false);
        return status;
    }
    if (option_is_on(line, "timings"))
        sitrep_measure_time(sitrep, processor_milliseconds);
    if (option_value(line, "each"))
        return render_batch(sitrep, line, path);
    return has_several_languages(line) ? render_twins(sitrep, line, path)
                                       : render_one(sitrep, line, path);
}

const struct command command_render = {
    "render",
    "TEMPLATE -o FILE",
    "write a brief from a template and its data",
    "  sitrep render weekly.md -o weekly.pdf\n"
    "  sitrep render weekly.md -o - --data incidents.csv --period 2026-W46\n"
    "  sitrep render weekly.md --language en,ur -o 'weekly-{language}.pdf'\n"
    "  sitrep render province.md --each province -o 'out/{province}-{period}.pdf'\n"
    "  sitrep render province.md --each province --language en,ur -o "
    "'{province}-{language}.pdf'\n"
    "\n"
    "FILE is written whole or not at all: after an error last week's stays. NO_COLOR "
    "in\n"
    "the environment keeps colours out of messages.\n",
    options,
    1,
    1,
    run,
};
