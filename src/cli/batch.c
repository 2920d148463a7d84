/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --each: template and data are read once, then workers share them, each making the
 * next brief that nobody has. */
#include "cli/batch.h"

#include "base/text.h"
#include "cli/workers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct batch {
    struct sitrep *sitrep;
    const struct command_line *line;
    const char *const *pattern; /* of each target; NULL: not asked for */
    const char *field;
    size_t count;
    struct languages languages; /* none: the template's or the one that is set */
    char **path;                /* see path_of */
    size_t failed, done;
    size_t report_count;
    struct job_report *report; /* of those that told how long they took */
};

/* -- Names ------------------------------------------------------------------------------ */

/* A value as part of a file name: no separators, no leading dot, not empty. */
static void append_safe(struct text *out, const char *value)
{
    if (!*value)
        text_append_string(out, "unknown");
    for (const char *byte = value; *byte; byte++) {
        bool bad = *byte == '/' || *byte == '\\' || (unsigned char)*byte < 32 ||
                   (byte == value && *byte == '.');
        text_append(out, bad ? SLICE_LITERAL("-") : (struct slice){byte, 1});
    }
}

static bool append_part(struct text *out, struct slice name,
                        const struct name_part *part, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, part[i].name)) {
            append_safe(out, part[i].value);
            return true;
        }
    }
    return false;
}

bool expand_name(const char *pattern, const struct name_part *part, size_t count,
                 struct text *out)
{
    for (const char *at = pattern; *at;) {
        const char *close = *at == '{' ? strchr(at, '}') : NULL;
        if (!close) {
            text_append(out, (struct slice){at++, 1});
            continue;
        }
        struct slice name = {at + 1, (size_t)(close - at - 1)};
        if (!append_part(out, name, part, count)) {
            fprintf(stderr,
                    "sitrep: {%.*s} in the output's name is not known; "
                    "%s%s%s{period} and {language} are\n",
                    SLICE_PRINT(name), count > 2 ? "{" : "",
                    count > 2 ? part[0].name : "", count > 2 ? "}, " : "");
            return false;
        }
        at = close + 1;
    }
    return true;
}

static size_t language_count(const struct batch *batch)
{
    return batch->languages.count ? batch->languages.count : 1;
}

static size_t path_count(const struct batch *batch)
{
    return TARGETS * language_count(batch) * batch->count;
}

static char **path_of(const struct batch *batch, enum target target, size_t language,
                      size_t group)
{
    size_t row = target * language_count(batch) + language;
    return &batch->path[row * batch->count + group];
}

static bool expand_paths(struct batch *batch, enum target target, size_t language)
{
    struct arena *arena = arena_new();
    bool ok = true;
    for (size_t i = 0; ok && batch->pattern[target] && i < batch->count; i++) {
        const struct name_part part[] = {
            {batch->field, sitrep_group_name(batch->sitrep, i)},
            {"period", sitrep_period_label(batch->sitrep)},
            {"language", batch->languages.count ? batch->languages.tag[language]
                                                : sitrep_language(batch->sitrep)},
        };
        struct text path = {.arena = arena};
        ok = expand_name(batch->pattern[target], part, 3, &path);
        char *copy = strndup(path.data ? path.data : "", path.size);
        if (!copy)
            abort();
        *path_of(batch, target, language, i) = copy;
    }
    arena_free(arena);
    return ok;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool paths_differ(const struct batch *batch)
{
    char **sorted = calloc(path_count(batch) + 1, sizeof *sorted);
    size_t count = 0;
    bool ok = true;
    if (!sorted)
        abort();
    for (size_t i = 0; i < path_count(batch); i++) {
        if (batch->path[i])
            sorted[count++] = batch->path[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_paths);
    for (size_t i = 1; ok && i < count; i++) {
        if (strcmp(sorted[i - 1], sorted[i]) == 0) {
            fprintf(stderr,
                    "sitrep: two files would be written to \"%s\"; put {%s} into their "
                    "names\n",
                    sorted[i], batch->field);
            ok = false;
        }
    }
    free(sorted);
    return ok;
}

/* -- Briefs ------------------------------------------------------------------------------ */

static bool shows_progress(const struct batch *batch)
{
    return isatty(STDERR_FILENO) && !option_is_on(batch->line, "quiet");
}

static void show_progress(const struct batch *batch)
{
    if (!shows_progress(batch))
        return;
    enum { WIDTH = 30 };
    size_t filled = batch->done * WIDTH / batch->count;
    fprintf(stderr, "\r[%.*s%.*s] %zu of %zu", (int)filled,
            "##############################", (int)(WIDTH - filled),
            "..............................", batch->done, batch->count);
    if (batch->done == batch->count)
        fputc('\n', stderr);
}

/* The bar is drawn again below what is printed over it. */
static void clear_progress(const struct batch *batch)
{
    if (shows_progress(batch))
        fputs("\r\033[K", stderr);
}

static void note_phases(const struct sitrep *sitrep, struct job_report *report)
{
    for (size_t i = 0; i < sitrep_timing_count(sitrep) && i < REPORT_PHASES; i++) {
        snprintf(report->phase[i].name, REPORT_NAME, "%s",
                 sitrep_timing_name(sitrep, i));
        report->phase[i].milliseconds = sitrep_timing(sitrep, i);
        report->phase_count = i + 1;
    }
}

/* Turns to the edition of a language, which is open already, and lays out its brief. */
static int compose_in(const struct batch *batch, size_t language, size_t group)
{
    size_t count;
    int status = SITREP_OK;
    if (batch->languages.count)
        status = sitrep_set(batch->sitrep, "language", batch->languages.tag[language]);
    if (status == SITREP_OK && batch->languages.count)
        status = sitrep_groups(batch->sitrep, batch->line->argument[0], batch->field,
                               &count);
    return status == SITREP_OK ? sitrep_compose_group(batch->sitrep, group) : status;
}

/* All languages print the same figures. */
static int compare_languages(const struct batch *batch, size_t group)
{
    int status = SITREP_OK;
    for (size_t i = 0; status == SITREP_OK && i < batch->languages.count; i++) {
        status = compose_in(batch, i, group);
        if (status == SITREP_OK)
            status = i ? sitrep_compare_figures(batch->sitrep)
                       : sitrep_keep_figures(batch->sitrep);
    }
    return status;
}

static int write_languages(const struct batch *batch, size_t group)
{
    int status = SITREP_OK;
    for (size_t i = 0; status == SITREP_OK && i < language_count(batch); i++) {
        const char *path[TARGETS];
        for (enum target target = 0; target < TARGETS; target++)
            path[target] = *path_of(batch, target, i, group);
        status = compose_in(batch, i, group);
        if (status == SITREP_OK)
            status = render_write(batch->sitrep, batch->line, path);
    }
    return status;
}

static void render_group(size_t i, struct job_report *report, void *context)
{
    struct batch *batch = context;
    int status = compare_languages(batch, i);
    if (status == SITREP_OK)
        status = write_languages(batch, i);
    note_phases(batch->sitrep, report);
    if (sitrep_message_count(batch->sitrep))
        clear_progress(batch);
    struct message_count printed = print_messages(
        batch->sitrep, status == SITREP_OK || option_is_on(batch->line, "quiet"));
    print_verdict(status, printed, *path_of(batch, TARGET_OUTPUT, 0, i));
    report->status = status;
}

static void tell_lost(const struct batch *batch, const struct job_report *report)
{
    const char *path = *path_of(batch, TARGET_OUTPUT, 0, report->job);
    clear_progress(batch);
    if (report->signal)
        fprintf(stderr, "sitrep: the worker was ended by signal %d; %s not %s\n",
                report->signal, path, access(path, F_OK) == 0 ? "changed" : "written");
    else
        fprintf(stderr, "sitrep: the worker ended too soon; %s not %s\n", path,
                access(path, F_OK) == 0 ? "changed" : "written");
}

static void take_report(const struct job_report *report, void *context)
{
    struct batch *batch = context;
    if (report->is_lost)
        tell_lost(batch, report);
    batch->done++;
    batch->failed += report->is_lost || report->status != SITREP_OK;
    if (report->phase_count && !report->is_lost && report->status == SITREP_OK)
        batch->report[batch->report_count++] = *report;
    show_progress(batch);
}

static bool render_all(struct batch *batch, size_t jobs)
{
    const struct crew crew = {
        .job_count = batch->count,
        .worker_count = jobs < batch->count ? jobs : batch->count,
        .work = render_group,
        .reported = take_report,
        .context = batch,
    };
    return crew_run(&crew);
}

static void free_paths(struct batch *batch)
{
    for (size_t i = 0; batch->path && i < path_count(batch); i++)
        free(batch->path[i]);
    free(batch->path);
}

static int compare_times(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* What the phases took in all briefs, and a brief in the middle: the first of a worker
 * takes longer, since it fills caches. */
static void print_times(const struct batch *batch)
{
    double *whole = calloc(batch->report_count + 1, sizeof *whole);
    if (!whole)
        abort();
    print_timings(batch->sitrep);
    for (size_t phase = 0; batch->report_count && phase < batch->report->phase_count;
         phase++) {
        double sum = 0;
        for (size_t i = 0; i < batch->report_count; i++) {
            const double own = batch->report[i].phase[phase].milliseconds;
            sum += own;
            whole[i] += own;
        }
        fprintf(stderr, "timing: %s %.2f ms\n", batch->report->phase[phase].name, sum);
    }
    qsort(whole, batch->report_count, sizeof *whole, compare_times);
    if (batch->report_count)
        fprintf(stderr, "timing: brief %.2f ms, the median of %zu\n",
                whole[batch->report_count / 2], batch->report_count);
    free(whole);
}

static int batch_status(const struct batch *batch)
{
    if (!batch->failed)
        return SITREP_OK;
    fprintf(stderr, "sitrep: %zu of %zu briefs failed\n", batch->failed, batch->count);
    return SITREP_PARTLY;
}

static bool name_targets(struct batch *batch)
{
    batch->path = calloc(path_count(batch), sizeof *batch->path);
    batch->report = calloc(batch->count, sizeof *batch->report);
    if (!batch->path || !batch->report)
        abort();
    bool ok = true;
    for (enum target target = 0; ok && target < TARGETS; target++) {
        for (size_t i = 0; ok && i < language_count(batch); i++)
            ok = expand_paths(batch, target, i);
    }
    return ok && paths_differ(batch);
}

/* Opens the template in all languages, so that all workers have it. */
static int open_groups(struct batch *batch)
{
    int status = SITREP_OK;
    for (size_t i = 0; status == SITREP_OK && i < language_count(batch); i++) {
        if (batch->languages.count)
            sitrep_set(batch->sitrep, "language", batch->languages.tag[i]);
        status = sitrep_groups(batch->sitrep, batch->line->argument[0], batch->field,
                               &batch->count);
    }
    struct message_count printed =
        print_messages(batch->sitrep, option_is_on(batch->line, "quiet"));
    print_verdict(status, printed, NULL);
    if (status == SITREP_OK && !batch->count) {
        fprintf(stderr, "sitrep: \"%s\" has no value in the data\n", batch->field);
        return SITREP_DATA;
    }
    return status;
}

int render_batch(struct sitrep *sitrep, const struct command_line *line,
                 const char *const pattern[TARGETS])
{
    struct batch batch = {.sitrep = sitrep,
                          .line = line,
                          .pattern = pattern,
                          .field = option_value(line, "each")};
    long processors = sysconf(_SC_NPROCESSORS_ONLN), jobs;
    if (!read_count(line, "jobs", 1024, processors > 0 ? processors : 1, &jobs))
        return SITREP_USAGE;
    int status = SITREP_OK;
    if (has_several_languages(line) && !languages_read(line, pattern, &batch.languages))
        status = SITREP_USAGE;
    if (batch.languages.count)
        sitrep_set(sitrep, "twins", "yes");
    if (status == SITREP_OK)
        status = open_groups(&batch);
    if (status == SITREP_OK && !name_targets(&batch))
        status = SITREP_USAGE;
    if (status == SITREP_OK) {
        status =
            render_all(&batch, (size_t)jobs) ? batch_status(&batch) : SITREP_INTERNAL;
        if (option_is_on(line, "timings"))
            print_times(&batch);
    }
    free_paths(&batch);
    free(batch.report);
    languages_free(&batch.languages);
    return status;
}
