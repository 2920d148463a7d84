/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --each: template and data are read once, then workers are forked that share them;
 * each takes the next brief by turn and reports a byte a brief through a pipe. */
#include "cli/batch.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct batch {
    struct sitrep *sitrep;
    const struct command_line *line;
    const char *const *pattern; /* of each target; NULL: not asked for */
    const char *field;
    size_t count;
    char **path; /* count of each target, one target after the other */
    size_t failed, done;
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

static bool expand_paths(struct batch *batch, enum target target)
{
    struct arena *arena = arena_new();
    bool ok = true;
    for (size_t i = 0; ok && batch->pattern[target] && i < batch->count; i++) {
        const struct name_part part[] = {
            {batch->field, sitrep_group_name(batch->sitrep, i)},
            {"period", sitrep_period_label(batch->sitrep)},
            {"language", sitrep_language(batch->sitrep)},
        };
        struct text path = {.arena = arena};
        ok = expand_name(batch->pattern[target], part, 3, &path);
        char *copy = strndup(path.data ? path.data : "", path.size);
        if (!copy)
            abort();
        batch->path[target * batch->count + i] = copy;
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
    char **sorted = calloc(TARGETS * batch->count + 1, sizeof *sorted);
    size_t count = 0;
    bool ok = true;
    if (!sorted)
        abort();
    for (size_t i = 0; i < TARGETS * batch->count; i++) {
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

/* -- Workers ----------------------------------------------------------------------------- */

static int render_group(struct batch *batch, size_t i)
{
    const char *path[TARGETS];
    for (size_t target = 0; target < TARGETS; target++)
        path[target] = batch->path[target * batch->count + i];
    int status = sitrep_compose_group(batch->sitrep, i);
    if (status == SITREP_OK)
        status = render_write(batch->sitrep, batch->line, path);
    struct message_count printed = print_messages(
        batch->sitrep, status == SITREP_OK || option_is_on(batch->line, "quiet"));
    print_verdict(status, printed, path[TARGET_OUTPUT]);
    return status;
}

static void work(struct batch *batch, size_t first, size_t step, int report)
{
    for (size_t i = first; i < batch->count; i += step) {
        unsigned char status = (unsigned char)render_group(batch, i);
        while (write(report, &status, 1) < 0 && errno == EINTR)
            ;
    }
    close(report);
    _exit(0);
}

static void show_progress(const struct batch *batch)
{
    if (!isatty(STDERR_FILENO) || option_is_on(batch->line, "quiet"))
        return;
    enum { WIDTH = 30 };
    size_t filled = batch->done * WIDTH / batch->count;
    fprintf(stderr, "\r[%.*s%.*s] %zu of %zu", (int)filled,
            "##############################", (int)(WIDTH - filled),
            "..............................", batch->done, batch->count);
    if (batch->done == batch->count)
        fputc('\n', stderr);
}

static void watch(struct batch *batch, int report)
{
    unsigned char status;
    for (;;) {
        ssize_t size = read(report, &status, 1);
        if (size < 0 && errno == EINTR)
            continue;
        if (size != 1)
            break;
        batch->done++;
        if (status != SITREP_OK)
            batch->failed++;
        show_progress(batch);
    }
    /* A worker that died took its remaining briefs with it: they failed. */
    batch->failed += batch->count - batch->done;
}

static bool run_workers(struct batch *batch, size_t jobs)
{
    int ends[2];
    size_t started = 0;
    if (jobs > batch->count)
        jobs = batch->count;
    if (pipe(ends) != 0) {
        fprintf(stderr, "sitrep: can't open a pipe: %s\n", strerror(errno));
        return false;
    }
    fflush(stdout);
    for (size_t i = 0; i < jobs; i++) {
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            work(batch, i, jobs, ends[1]);
        }
        started += child > 0;
    }
    close(ends[1]);
    watch(batch, ends[0]);
    close(ends[0]);
    for (size_t i = 0; i < started; i++)
        wait(NULL);
    return true;
}

static void free_paths(struct batch *batch)
{
    for (size_t i = 0; i < TARGETS * batch->count; i++)
        free(batch->path[i]);
    free(batch->path);
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
    batch->path = calloc(TARGETS * batch->count, sizeof *batch->path);
    if (!batch->path)
        abort();
    bool ok = true;
    for (enum target target = 0; ok && target < TARGETS; target++)
        ok = expand_paths(batch, target);
    return ok && paths_differ(batch);
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
    int status = sitrep_groups(sitrep, line->argument[0], batch.field, &batch.count);
    struct message_count printed = print_messages(sitrep, option_is_on(line, "quiet"));
    print_verdict(status, printed, NULL);
    if (status != SITREP_OK)
        return status;
    if (!batch.count) {
        fprintf(stderr, "sitrep: \"%s\" has no value in the data\n", batch.field);
        return SITREP_DATA;
    }
    status = SITREP_USAGE;
    if (name_targets(&batch))
        status =
            run_workers(&batch, (size_t)jobs) ? batch_status(&batch) : SITREP_INTERNAL;
    free_paths(&batch);
    return status;
}
