/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The private list of faces. families.conf says what a face is, so all that is read of
 * one here is whether its file is there and begins as fonts do. */
#include "layout/fonts.h"

#include "base/file.h"
#include "layout/font.h"

#include <fcntl.h>
#include <fts.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

/* A map that has seen more styles than briefs have is let go. */
enum { IDLE_MAPS = 16, LARGEST_IDLE_MAP = 1000 };

static const char *const font_folders[] = {"/usr/share/fonts",
                                           "/usr/local/share/fonts"};

struct fonts {
    struct arena *arena;
    const struct face *face;
    size_t face_count;
    struct hyphens *hyphens;
    pthread_mutex_t lock; /* over the idle font maps */
    PangoFontMap *idle[IDLE_MAPS];
    size_t idle_count;
    void *for_svg; /* NULL until an SVG holds words */
};

/* The list ----------------------------------------------------------------------- */

struct listed_face {
    struct slice family, italic, file, package;
    double weight;
    struct place at;
    const char *path; /* NULL: not found */
};

struct face_list {
    struct listed_face *face;
    size_t count, capacity;
};

static bool parse_face(struct slice line, struct place at, struct listed_face *face,
                       struct diags *diags)
{
    struct slice weight = {0};
    struct slice *field[] = {&face->family, &weight, &face->italic, &face->file,
                             &face->package};
    *face = (struct listed_face){.at = at};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        if (slice_cut(&line, '|', field[i]))
            *field[i] = slice_trim(*field[i]);
    }
    bool is_whole = face->family.size && face->file.size &&
                    number_parse(weight, &face->weight) && face->weight >= 1 &&
                    face->weight <= 1000 &&
                    (slice_is(face->italic, "yes") || slice_is(face->italic, "no"));
    if (!is_whole)
        diags_error(diags, at, "F103",
                    "expected \"family | weight | italic | file | package\", with a "
                    "weight of 1 to 1000 and italic yes or no");
    return is_whole;
}

static bool parse_list(struct slice rest, const char *path, struct arena *arena,
                       struct face_list *list, struct diags *diags)
{
    struct slice line;
    bool ok = true;
    for (int number = 1; slice_cut(&rest, '\n', &line); number++) {
        struct listed_face face;
        line = slice_trim(line);
        if (line.size == 0 || line.data[0] == '#')
            continue;
        if (parse_face(line, (struct place){path, number, 1}, &face, diags))
            *ARENA_APPEND(arena, list->face, list->count, list->capacity) = face;
        else
            ok = false;
    }
    return ok;
}

/* Finding files ------------------------------------------------------------------ */

static struct slice base_name(struct slice path)
{
    for (size_t i = path.size; i > 0; i--) {
        if (path.data[i - 1] == '/')
            return slice_from(path, i);
    }
    return path;
}

/* Other systems keep the same files in other folders. */
static const char *search_folders(struct arena *arena, struct slice name)
{
    char *roots[] = {(char *)font_folders[0], (char *)font_folders[1], NULL};
    const char *found = NULL;
    FTS *walk = fts_open(roots, FTS_LOGICAL | FTS_NOSTAT | FTS_NOCHDIR, NULL);
    if (!walk)
        return NULL;
    for (FTSENT *entry; !found && (entry = fts_read(walk));) {
        if (slice_is(name, entry->fts_name))
            found = arena_print(arena, "%s", entry->fts_path);
    }
    fts_close(walk);
    return found;
}

static const char *find_face_file(struct arena *arena, const char *conf,
                                  struct slice file)
{
    const char *beside =
        path_beside(arena, conf, slice_c_string(arena, base_name(file)));
    if (file_exists(beside))
        return beside;
    for (size_t i = 0; i < sizeof font_folders / sizeof *font_folders; i++) {
        const char *path =
            arena_print(arena, "%s/%.*s", font_folders[i], SLICE_PRINT(file));
        if (file_exists(path))
            return path;
    }
    return search_folders(arena, base_name(file));
}

/* By its first bytes: CFF outlines, TrueType ones, a collection of them. */
static bool is_font(const char *path)
{
    static const char *const marks[] = {"OTTO", "true", "ttcf"};
    char mark[4] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool is_read = file >= 0 && read(file, mark, sizeof mark) == sizeof mark;
    if (file >= 0)
        close(file);
    bool is_marked = memcmp(mark, "\0\1\0\0", sizeof mark) == 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        is_marked = is_marked || memcmp(mark, marks[i], sizeof mark) == 0;
    return is_read && is_marked;
}

static bool find_faces(struct arena *arena, const char *conf, struct face_list *list)
{
    bool all_found = true;
    for (size_t i = 0; i < list->count; i++) {
        struct listed_face *face = &list->face[i];
        face->path = find_face_file(arena, conf, face->file);
        if (face->path && !is_font(face->path))
            face->path = NULL;
        all_found = all_found && face->path;
    }
    return all_found;
}

static void keep_found(struct fonts *fonts, const struct face_list *list)
{
    struct face *kept = ARENA_ARRAY(fonts->arena, struct face, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct listed_face *face = &list->face[i];
        if (face->path)
            kept[fonts->face_count++] = (struct face){
                .family = slice_c_string(fonts->arena, face->family),
                .path = face->path,
                .weight = face->weight,
                .is_italic = slice_is(face->italic, "yes"),
            };
    }
    fonts->face = kept;
}

/* Reporting what is missing ------------------------------------------------------ */

static bool family_is_found(const struct face_list *list, struct slice family)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->face[i].path && slice_equal(list->face[i].family, family))
            return true;
    }
    return false;
}

static bool is_first_of_family(const struct face_list *list, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (slice_equal(list->face[i].family, list->face[index].family))
            return false;
    }
    return true;
}

static void hint_package(struct diags *diags, struct diag *diag,
                         const struct listed_face *face)
{
    if (face->package.size)
        diag_hint(diags, diag,
                  "install the package \"%.*s\", or put the file beside %s",
                  SLICE_PRINT(face->package), face->at.file);
}

static bool report_missing(const struct face_list *list, struct diags *diags)
{
    bool ok = list->count > 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct listed_face *face = &list->face[i];
        struct diag *diag = NULL;
        if (face->path)
            continue;
        if (family_is_found(list, face->family)) {
            diag = diags_warn(diags, face->at, "F102",
                              "font file \"%.*s\" isn't there or isn't a font; another "
                              "weight of \"%.*s\" stands in",
                              SLICE_PRINT(face->file), SLICE_PRINT(face->family));
        } else if (is_first_of_family(list, i)) {
            diag = diags_error(diags, face->at, "F101",
                               "no font file of the family \"%.*s\" was found",
                               SLICE_PRINT(face->family));
            ok = false;
        }
        if (diag)
            hint_package(diags, diag, face);
    }
    return ok;
}

/* Opening and closing ------------------------------------------------------------ */

static bool read_fonts(struct fonts *fonts, const char *conf, struct slice list_text,
                       struct diags *diags)
{
    struct face_list list = {0};
    bool ok = parse_list(list_text, conf, fonts->arena, &list, diags);
    if (ok && list.count == 0) {
        diags_error(diags, (struct place){conf, 0, 0}, "F103", "no font is listed");
        return false;
    }
    if (ok && !find_faces(fonts->arena, conf, &list))
        ok = report_missing(&list, diags);
    if (ok)
        keep_found(fonts, &list);
    return ok;
}

bool fonts_open(struct fonts **out, const char *families_conf, struct diags *diags)
{
    struct file file;
    *out = NULL;
    if (!file_open(&file, families_conf, diags))
        return false;
    struct arena *arena = arena_new();
    struct fonts *fonts = ARENA_NEW(arena, struct fonts);
    const char *conf = arena_print(diags_arena(diags), "%s", families_conf);
    fonts->arena = arena;
    bool ok = read_fonts(fonts, conf, file.bytes, diags);
    file_close(&file);
    if (!ok) {
        arena_free(arena);
        return false;
    }
    pthread_mutex_init(&fonts->lock, NULL);
    fonts->hyphens = hyphens_new(path_beside(arena, conf, "hyphenation.conf"));
    *out = fonts;
    return true;
}

void fonts_close(struct fonts *fonts)
{
    if (!fonts)
        return;
    for (size_t i = 0; i < fonts->idle_count; i++)
        g_object_unref(fonts->idle[i]);
    svg_fonts_free(fonts->for_svg);
    pthread_mutex_destroy(&fonts->lock);
    hyphens_free(fonts->hyphens);
    arena_free(fonts->arena);
}

struct hyphens *fonts_hyphens(const struct fonts *fonts)
{
    return fonts->hyphens;
}

void fonts_serve_svg(struct fonts *fonts)
{
    pthread_mutex_lock(&fonts->lock);
    if (!fonts->for_svg)
        fonts->for_svg = svg_fonts_new(fonts->face, fonts->face_count);
    svg_fonts_use(fonts->for_svg);
    pthread_mutex_unlock(&fonts->lock);
}

PangoFontMap *fonts_take_map(struct fonts *fonts)
{
    PangoFontMap *map = NULL;
    pthread_mutex_lock(&fonts->lock);
    if (fonts->idle_count > 0)
        map = fonts->idle[--fonts->idle_count];
    pthread_mutex_unlock(&fonts->lock);
    return map ? map : font_map_new(fonts->face, fonts->face_count);
}

void fonts_return_map(struct fonts *fonts, PangoFontMap *map)
{
    pthread_mutex_lock(&fonts->lock);
    bool is_kept =
        fonts->idle_count < IDLE_MAPS && font_map_size(map) <= LARGEST_IDLE_MAP;
    if (is_kept)
        fonts->idle[fonts->idle_count++] = map;
    pthread_mutex_unlock(&fonts->lock);
    if (!is_kept)
        g_object_unref(map);
}

bool fonts_have_for_svg(const struct fonts *fonts, uint32_t rune)
{
    return !fonts->for_svg || svg_fonts_have(fonts->for_svg, rune);
}
