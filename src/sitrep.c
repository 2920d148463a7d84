/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The public interface over sessions, editions and briefs. Each function is a thin
 * layer: it turns results into a status and keeps what the caller may ask for. */
#include "sitrep.h"

#include "base/file.h"
#include "brief/brief.h"
#include "brief/check.h"
#include "brief/opened.h"
#include "brief/phases.h"
#include "brief/picture.h"
#include "brief/report.h"
#include "brief/twins.h"

#include <stdlib.h>
#include <string.h>

enum { SMALLEST_PICTURE = 200, LARGEST_PICTURE = 8000 };

static const double points_per_pixel = 72.0 / 192;

struct sitrep {
    struct session *session;
    struct editions editions;
    struct opened *opened; /* the one at hand; NULL: none */
    struct brief *brief;
    struct arena *answer_arena; /* of the last query, profile or list */
    size_t list_count;
    const struct report_row *list;
    struct brief_choice choice;
    struct arena *twin_arena; /* NULL: no figures are kept */
    struct twin twin;
    struct phases phases;
};

const char *sitrep_version(void)
{
    return "0.1.0";
}

struct sitrep *sitrep_new(const char *resources)
{
    struct sitrep *sitrep = calloc(1, sizeof *sitrep);
    if (!sitrep)
        abort();
    sitrep->session = session_new(resources);
    sitrep->answer_arena = arena_new();
    return sitrep;
}

static void forget_brief(struct sitrep *sitrep)
{
    brief_free(sitrep->brief);
    sitrep->brief = NULL;
    sitrep->choice.figure = NULL;
}

static void forget_editions(struct sitrep *sitrep)
{
    forget_brief(sitrep);
    editions_close(&sitrep->editions);
    sitrep->opened = NULL;
}

/* The edition at hand; NULL when there is none that could be read. */
static struct edition *edition_of(const struct sitrep *sitrep)
{
    return sitrep->opened ? sitrep->opened->edition : NULL;
}

void sitrep_free(struct sitrep *sitrep)
{
    if (!sitrep)
        return;
    forget_editions(sitrep);
    arena_free(sitrep->answer_arena);
    if (sitrep->twin_arena)
        arena_free(sitrep->twin_arena);
    session_free(sitrep->session);
    free(sitrep);
}

/* -- Status and time --------------------------------------------------------------------- */

static int status_of_code(const char *code)
{
    switch (code[0]) {
    case 'U': return SITREP_USAGE;
    case 'M': return SITREP_TEMPLATE;
    case 'D': return SITREP_DATA;
    case 'Q': return SITREP_QUALITY;
    case 'F': return SITREP_MISSING;
    default: return SITREP_INTERNAL;
    }
}

static int first_error(const struct diags *diags)
{
    for (size_t i = 0; i < diags_total(diags); i++) {
        if (diags_at(diags, i)->severity == SEVERITY_ERROR)
            return status_of_code(diags_at(diags, i)->code);
    }
    return SITREP_OK;
}

/* The first error's status; with "strict", a warning is one too. From here on the
 * messages are in the order of their lines. */
static int status_now(const struct sitrep *sitrep, bool ok)
{
    struct diags *diags = sitrep->session->diags;
    int status = first_error(diags);
    diags_sort(diags);
    if (status != SITREP_OK)
        return status;
    if (!ok)
        return SITREP_INTERNAL;
    bool strict = setting_is_yes(session_setting(sitrep->session, "strict"));
    return strict && diags_count(diags, SEVERITY_WARNING) ? SITREP_STRICT : SITREP_OK;
}

void sitrep_measure_time(struct sitrep *sitrep, sitrep_clock *clock)
{
    sitrep->session->clock = sitrep->phases.clock = clock;
}

size_t sitrep_timing_count(const struct sitrep *sitrep)
{
    return sitrep->phases.count;
}

const char *sitrep_timing_name(const struct sitrep *sitrep, size_t phase)
{
    return sitrep->phases.phase[phase].name;
}

double sitrep_timing(const struct sitrep *sitrep, size_t phase)
{
    return sitrep->phases.phase[phase].milliseconds;
}

/* -- Settings and data --------------------------------------------------------------------- */

int sitrep_set(struct sitrep *sitrep, const char *key, const char *value)
{
    bool ok = session_set(sitrep->session, slice_of(key), slice_of(value));
    if (strcmp(key, "language") != 0) /* the others were read by other settings */
        editions_keep(&sitrep->editions, sitrep->opened);
    return ok ? SITREP_OK : SITREP_USAGE;
}

static void add_source(struct sitrep *sitrep, struct data_source source)
{
    struct session *session = sitrep->session;
    *ARENA_APPEND(session->arena, session->source, session->source_count,
                  session->source_capacity) = source;
}

int sitrep_add_data(struct sitrep *sitrep, const char *name, const char *path)
{
    struct arena *arena = sitrep->session->arena;
    add_source(sitrep,
               (struct data_source){.name = slice_copy(arena, slice_of(name)),
                                    .path = slice_c_string(arena, slice_of(path))});
    return SITREP_OK;
}

int sitrep_add_data_bytes(struct sitrep *sitrep, const char *name, const char *bytes,
                          size_t size)
{
    struct arena *arena = sitrep->session->arena;
    struct slice copy = slice_copy(arena, slice_of(name));
    add_source(sitrep, (struct data_source){.name = copy,
                                            .path = copy.data,
                                            .bytes = {bytes ? bytes : "", size},
                                            .is_bytes = true});
    return SITREP_OK;
}

/* -- Composing ------------------------------------------------------------------------------ */

static bool open_edition(struct sitrep *sitrep, const char *path)
{
    bool is_new;
    forget_brief(sitrep);
    if (!sitrep->opened || strcmp(sitrep->opened->edition->path, path) != 0)
        forget_editions(sitrep);
    sitrep->opened = editions_open(&sitrep->editions, sitrep->session, path, &is_new);
    if (sitrep->opened && is_new)
        phases_end(&sitrep->phases, "read");
    return sitrep->opened != NULL;
}

static int compose(struct sitrep *sitrep, const struct column *column, uint32_t group,
                   const struct rows *rows)
{
    forget_brief(sitrep);
    bool ok = brief_compose(edition_of(sitrep), column, group, rows, &sitrep->brief);
    phases_end_at(&sitrep->phases, "aggregate", sitrep->session->aggregated);
    phases_end(&sitrep->phases, "layout");
    int status = status_now(sitrep, ok);
    if (status != SITREP_OK)
        forget_brief(sitrep);
    return status;
}

int sitrep_compose(struct sitrep *sitrep, const char *template_path)
{
    phases_begin(&sitrep->phases);
    if (!open_edition(sitrep, template_path))
        return status_now(sitrep, false);
    return compose(sitrep, NULL, 0, NULL);
}

int sitrep_check(struct sitrep *sitrep, const char *template_path, int layout)
{
    phases_begin(&sitrep->phases);
    forget_brief(sitrep);
    bool ok = open_edition(sitrep, template_path) &&
              check_edition(edition_of(sitrep), layout != 0);
    return status_now(sitrep, ok);
}

int sitrep_groups(struct sitrep *sitrep, const char *template_path, const char *field,
                  size_t *count)
{
    phases_begin(&sitrep->phases);
    *count = 0;
    sitrep->session->group_field = slice_copy(sitrep->session->arena, slice_of(field));
    if (!open_edition(sitrep, template_path) || !opened_divide(sitrep->opened, field))
        return status_now(sitrep, false);
    phases_end(&sitrep->phases, "share");
    *count = sitrep->opened->group_count;
    return status_now(sitrep, true);
}

const char *sitrep_group_name(const struct sitrep *sitrep, size_t group)
{
    const struct opened *opened = sitrep->opened;
    return slice_c_string(opened->edition->arena,
                          opened->group_column->words.word[opened->group_code[group]]);
}

int sitrep_compose_group(struct sitrep *sitrep, size_t group)
{
    const struct opened *opened = sitrep->opened;
    if (!opened || group >= opened->group_count)
        return SITREP_USAGE;
    phases_begin(&sitrep->phases);
    uint32_t code = opened->group_code[group];
    const size_t *start = &opened->group_rows.start[code];
    const struct rows rows = {opened->group_rows.row + start[0], start[1] - start[0]};
    struct rows *kept = arena_copy(opened->edition->arena, &rows, sizeof rows);
    return compose(sitrep, opened->group_column, code, kept);
}

int sitrep_keep_figures(struct sitrep *sitrep)
{
    if (!sitrep->brief)
        return SITREP_USAGE;
    if (!sitrep->twin_arena)
        sitrep->twin_arena = arena_new();
    arena_reset(sitrep->twin_arena);
    twin_keep(sitrep->brief, sitrep->twin_arena, &sitrep->twin);
    return SITREP_OK;
}

int sitrep_compare_figures(struct sitrep *sitrep)
{
    struct twin own;
    if (!sitrep->brief || !sitrep->twin_arena)
        return SITREP_USAGE;
    twin_keep(sitrep->brief, sitrep->twin_arena, &own);
    return status_now(sitrep, twins_agree(&sitrep->twin, &own, sitrep->session->diags));
}

size_t sitrep_page_count(const struct sitrep *sitrep)
{
    return sitrep->brief ? sitrep->brief->pages.count : 0;
}

const char *sitrep_period_label(const struct sitrep *sitrep)
{
    const struct edition *edition = edition_of(sitrep);
    if (!edition)
        return "";
    char *label = arena_alloc(edition->arena, PERIOD_LABEL_SIZE);
    period_label(edition->scope.period.whole, edition->front.week_start, label);
    return label;
}

const char *sitrep_language(const struct sitrep *sitrep)
{
    const struct edition *edition = edition_of(sitrep);
    return edition ? slice_c_string(edition->arena, edition->front.language) : "";
}

int sitrep_needs_text(const struct sitrep *sitrep)
{
    const struct edition *edition = edition_of(sitrep);
    return edition && edition->locale->right_to_left;
}

size_t sitrep_data_row_count(const struct sitrep *sitrep)
{
    const struct edition *edition = edition_of(sitrep);
    return edition && edition->table_count ? edition->tables[0].table->row_count : 0;
}

/* -- Writing ----------------------------------------------------------------------------------- */

void sitrep_choose_page(struct sitrep *sitrep, size_t page, double dpi)
{
    sitrep->choice.page = page;
    sitrep->choice.dpi = dpi;
}

int sitrep_choose_figure(struct sitrep *sitrep, const char *id)
{
    if (!sitrep->brief)
        return SITREP_USAGE;
    sitrep->choice.figure = brief_figure(sitrep->brief, slice_of(id));
    if (sitrep->choice.figure)
        return SITREP_OK;
    struct diag *diag = diags_error(sitrep->session->diags, (struct place){0}, "U105",
                                    "the brief has no figure \"%s\"", id);
    diag_hint(sitrep->session->diags, diag,
              "figures are called by their `id:`, or by their number: 1 is the first");
    return SITREP_USAGE;
}

int sitrep_choose_size(struct sitrep *sitrep, size_t width, size_t height)
{
    if (width < SMALLEST_PICTURE || width > LARGEST_PICTURE ||
        height < SMALLEST_PICTURE || height > LARGEST_PICTURE) {
        diags_error(sitrep->session->diags, (struct place){0}, "U108",
                    "a picture of %zu by %zu pixels: a side is %d to %d", width, height,
                    SMALLEST_PICTURE, LARGEST_PICTURE);
        return SITREP_USAGE;
    }
    sitrep->choice.width_pt = (double)width * points_per_pixel;
    sitrep->choice.height_pt = (double)height * points_per_pixel;
    sitrep->choice.dpi = 192;
    return SITREP_OK;
}

int sitrep_write_figures(struct sitrep *sitrep, const char *folder)
{
    if (!sitrep->brief)
        return SITREP_USAGE;
    phases_resume(&sitrep->phases);
    bool ok = sitrep->choice.figure
                  ? picture_write(sitrep->brief, sitrep->choice.figure, folder)
                  : pictures_write(sitrep->brief, folder);
    phases_end_at(&sitrep->phases, "draw", sitrep->session->drawn);
    phases_end(&sitrep->phases, "press");
    return status_now(sitrep, ok);
}

static const struct brief_format *format_of(struct sitrep *sitrep, const char *name)
{
    const struct brief_format *format = brief_format_find(slice_of(name));
    if (format)
        return format;
    size_t count;
    const struct brief_format *all = brief_formats(&count);
    struct slice known[16];
    for (size_t i = 0; i < count && i < 16; i++)
        known[i] = slice_of(all[i].name);
    struct diags *diags = sitrep->session->diags;
    struct diag *diag = diags_error(diags, (struct place){0}, "U106",
                                    "there is no format \"%s\"", name);
    diag_suggest(diags, diag, slice_of(name), known, count);
    return NULL;
}

struct caller_sink {
    sitrep_sink *sink;
    void *context;
};

static bool pass_on(const void *bytes, size_t size, void *context)
{
    const struct caller_sink *to = context;
    return to->sink(bytes, size, to->context) == 0;
}

int sitrep_write(struct sitrep *sitrep, const char *format, sitrep_sink *sink,
                 void *context)
{
    const struct brief_format *chosen = format_of(sitrep, format);
    if (!sitrep->brief || !chosen)
        return SITREP_USAGE;
    phases_resume(&sitrep->phases);
    struct caller_sink to = {sink, context};
    bool ok = chosen->write(sitrep->brief, &sitrep->choice, pass_on, &to);
    phases_end_at(&sitrep->phases, "draw", sitrep->session->drawn);
    phases_end(&sitrep->phases, "press");
    return status_now(sitrep, ok);
}

static bool write_output(const void *bytes, size_t size, void *context)
{
    return output_write(context, bytes, size);
}

static const char *ending_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && dot[1] && !strchr(dot, '/') ? dot + 1 : "pdf";
}

int sitrep_write_file(struct sitrep *sitrep, const char *path, const char *format)
{
    struct diags *diags = sitrep->session->diags;
    const struct brief_format *chosen =
        format_of(sitrep, format ? format : ending_of(path));
    struct output *output;
    if (!sitrep->brief || !chosen)
        return SITREP_USAGE;
    if (!session_may_write(sitrep->session, edition_of(sitrep)->path, path) ||
        !output_open(&output, path, diags))
        return status_now(sitrep, false);
    phases_resume(&sitrep->phases);
    bool ok = chosen->write(sitrep->brief, &sitrep->choice, write_output, output);
    int status = status_now(sitrep, ok);
    if (status != SITREP_OK) {
        output_discard(output);
        return status;
    }
    ok = output_commit(output, diags);
    phases_end_at(&sitrep->phases, "draw", sitrep->session->drawn);
    phases_end(&sitrep->phases, "press");
    return status_now(sitrep, ok);
}

static int answer(struct sitrep *sitrep, bool ok, struct slice result,
                  const char **text, size_t *size);

int sitrep_propose(struct sitrep *sitrep, const char *file, const char *path,
                   const char **text, size_t *size)
{
    struct diags *diags = sitrep->session->diags;
    struct slice result = {0};
    arena_reset(sitrep->answer_arena);
    *text = "";
    *size = 0;
    if (path && file_exists(path)) {
        struct diag *diag = diags_error(diags, (struct place){0}, "U111",
                                        "\"%s\" is there already", path);
        diag_hint(diags, diag, "choose another name for the new template");
        return status_now(sitrep, false);
    }
    bool ok = report_init(sitrep->session, file, path, sitrep->answer_arena, &result) &&
              (!path || output_whole(path, result, diags));
    return answer(sitrep, ok, result, text, size);
}

int sitrep_format(struct sitrep *sitrep, const char *template_path, int only,
                  int *changed)
{
    struct diags *diags = sitrep->session->diags;
    struct slice source, tidy;
    arena_reset(sitrep->answer_arena);
    *changed = 0;
    if (!template_tidy(sitrep->session, template_path, sitrep->answer_arena, &source,
                       &tidy))
        return status_now(sitrep, false);
    *changed = !slice_equal(source, tidy);
    bool ok = only || !*changed || output_whole(template_path, tidy, diags);
    return status_now(sitrep, ok);
}

/* -- Query, profile, lists ------------------------------------------------------------------------ */

static int answer(struct sitrep *sitrep, bool ok, struct slice result,
                  const char **text, size_t *size)
{
    *text = result.data ? result.data : "";
    *size = result.size;
    return status_now(sitrep, ok);
}

int sitrep_run_query(struct sitrep *sitrep, const struct sitrep_query *query,
                     const char **text, size_t *size)
{
    struct slice result = {0};
    arena_reset(sitrep->answer_arena);
    const struct report_query asked = {
        .file = query->file,
        .show = query->show,
        .by = query->by,
        .where = query->where,
        .period = query->period,
        .last = query->last,
        .sort = query->sort,
        .limit = query->limit,
        .format = query->format,
        .measure = query->measure,
        .measure_count = query->measure_count,
        .week_starts = query->week_starts,
        .stat = query->stat,
    };
    bool ok = report_query(sitrep->session, &asked, sitrep->answer_arena, &result);
    int status = answer(sitrep, ok, result, text, size);
    /* What is a template's error in a template is one of usage here. */
    return status == SITREP_TEMPLATE ? SITREP_USAGE : status;
}

int sitrep_profile(struct sitrep *sitrep, const char *file, const char *format,
                   const char **text, size_t *size)
{
    struct slice result = {0};
    arena_reset(sitrep->answer_arena);
    bool ok =
        report_profile(sitrep->session, file, format, sitrep->answer_arena, &result);
    return answer(sitrep, ok, result, text, size);
}

int sitrep_explain(struct sitrep *sitrep, const char *statistic, const char **text,
                   size_t *size)
{
    struct slice result = {0};
    arena_reset(sitrep->answer_arena);
    bool ok =
        report_statistic(sitrep->session, statistic, sitrep->answer_arena, &result);
    return answer(sitrep, ok, result, text, size);
}

size_t sitrep_list(struct sitrep *sitrep, const char *registry)
{
    arena_reset(sitrep->answer_arena);
    sitrep->list_count = report_list(sitrep->session, slice_of(registry),
                                     sitrep->answer_arena, &sitrep->list);
    return sitrep->list_count;
}

const char *sitrep_list_name(const struct sitrep *sitrep, size_t row)
{
    return sitrep->list[row].name;
}

const char *sitrep_list_usage(const struct sitrep *sitrep, size_t row)
{
    return sitrep->list[row].usage;
}

const char *sitrep_list_help(const struct sitrep *sitrep, size_t row)
{
    return sitrep->list[row].help;
}

/* -- Messages ---------------------------------------------------------------------------------------- */

size_t sitrep_message_count(const struct sitrep *sitrep)
{
    return diags_total(sitrep->session->diags);
}

const char *sitrep_message_text(struct sitrep *sitrep, size_t message)
{
    struct diags *diags = sitrep->session->diags;
    struct text text = {.arena = sitrep->session->arena};
    diag_print(diags, diags_at(diags, message), &text);
    return slice_c_string(sitrep->session->arena, text_slice(&text));
}

int sitrep_message_severity(const struct sitrep *sitrep, size_t message)
{
    return (int)diags_at(sitrep->session->diags, message)->severity;
}

void sitrep_clear_messages(struct sitrep *sitrep)
{
    diags_truncate(sitrep->session->diags, 0);
}
