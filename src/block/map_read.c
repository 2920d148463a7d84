/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a map's keys, and the boundaries that they name. */
#include "block/map_block.h"

#include "base/file.h"

#include <string.h>

/* -- Boundaries ------------------------------------------------------------------------ */

static const struct yaml *value_of(const struct block_reader *reader, const char *key)
{
    const struct yaml *value = yaml_find(reader->node->body, key);
    return value && value->text.size ? value : NULL;
}

struct file_name { /* as somebody wrote it */
    struct slice text;
    struct place at; /* file NULL: on the command line */
    int width;
};

/* The block's own key, else the value of that name in front matter, issue file or -P. */
static bool find_file(const struct block_reader *reader, const char *key,
                      struct file_name *out)
{
    const struct yaml *own = yaml_find(reader->node->body, key);
    *out = own ? (struct file_name){own->text, own->at, own->width}
               : (struct file_name){0};
    for (size_t i = reader->scope->value_count; !own && i-- > 0;) {
        const struct named_value *value = &reader->scope->values[i];
        if (!slice_is(value->name, key))
            continue;
        *out = (struct file_name){value->value.text, value->at, 0};
        break;
    }
    return out->text.size && !slice_is(out->text, "none");
}

/* A template reaches files in its own folder or below, and in a folder "samples" beside
 * it; the command line reaches any. */
static bool find_path(struct block_reader *reader, const struct file_name *name,
                      const char **out)
{
    const char *typed = slice_c_string(reader->arena, name->text);
    const char *template = name->at.file ? name->at.file : reader->node->at.file;
    *out = typed;
    if (!name->at.file)
        return true;
    if (find_named_file(reader, template, typed, out))
        return true;
    struct diag *diag = diags_error(reader->diags, name->at, "M030",
                                    "\"%s\" lies outside the template's folder", typed);
    diag_hint(reader->diags, diag,
              "put it beside the template, or give it on the command line: "
              "-P boundaries=FILE");
    return false;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* A file that several maps of a brief show is read once. */
static bool open_boundaries(struct block_reader *reader,
                            const struct boundary_source *source,
                            const struct boundaries **out)
{
    struct boundary_list *list = reader->boundaries;
    for (size_t i = 0; i < list->count; i++) {
        const struct read_boundaries *read = &list->item[i];
        if (same_text(read->file, source->file) &&
            slice_equal(read->layer, source->layer.text) &&
            slice_equal(read->name_field, source->name_field.text) &&
            slice_equal(read->code_field, source->code_field.text)) {
            *out = read->boundaries;
            return true;
        }
    }
    struct boundaries *boundaries;
    if (!boundaries_open(*source, reader->arena, &boundaries, reader->diags))
        return false;
    *out = boundaries;
    *ARENA_APPEND(reader->arena, list->item, list->count, list->capacity) =
        (struct read_boundaries){source->file, source->layer.text,
                                 source->name_field.text, source->code_field.text,
                                 boundaries};
    return true;
}

static struct boundary_word word_of(const struct block_reader *reader, const char *key)
{
    const struct yaml *value = value_of(reader, key);
    return value ? (struct boundary_word){value->text, value->at, value->width}
                 : (struct boundary_word){0};
}

static void place_source(const struct block_reader *reader,
                         const struct file_name *name, struct boundary_source *source)
{
    source->at = name->at.file ? name->at : reader->node->at;
    source->width = name->width;
}

static bool read_boundaries(struct block_reader *reader, struct map_arguments *map)
{
    struct file_name name;
    struct boundary_source source = {0};
    if (!find_file(reader, "boundaries", &name))
        return true;
    source.layer = word_of(reader, "layer");
    source.name_field = word_of(reader, "name field");
    source.code_field = word_of(reader, "code");
    place_source(reader, &name, &source);
    if (!find_path(reader, &name, &source.file) ||
        !open_boundaries(reader, &source, &map->boundaries))
        return false;
    if (!find_file(reader, "outlines", &name))
        return true;
    source = (struct boundary_source){0};
    place_source(reader, &name, &source);
    return find_path(reader, &name, &source.file) &&
           open_boundaries(reader, &source, &map->outlines);
}

/* -- Options ----------------------------------------------------------------------------- */

static bool read_style(struct block_reader *reader, struct map_arguments *map)
{
    size_t style; /* in the order of the enum */
    bool ok = read_choice(reader, "style", &style);
    map->style = (enum map_style)style;
    return ok;
}

static bool bad_classes(struct block_reader *reader, const struct yaml *value)
{
    struct diag *diag = reader_error(reader, value, "M132", "classes are \"%.*s\"",
                                     SLICE_PRINT(value->text));
    diag_hint(
        reader->diags, diag,
        "write quantile, natural, \"4 natural\", or two to four ascending limits: "
        "0.5, 1, 2");
    return false;
}

static bool read_limits(struct block_reader *reader, struct map_arguments *map,
                        const struct yaml *item, size_t count)
{
    double *limit = ARENA_ARRAY(reader->arena, double, count);
    if (count >= THEME_SEQUENTIAL)
        return bad_classes(reader, &item[0]);
    for (size_t i = 0; i < count; i++) {
        if (!yaml_number(&item[i], &limit[i]) || (i && limit[i] <= limit[i - 1]))
            return bad_classes(reader, &item[i]);
    }
    map->breaks = BREAKS_GIVEN;
    map->limit = limit;
    map->class_count = count + 1;
    return true;
}

static bool read_classes(struct block_reader *reader, struct map_arguments *map)
{
    size_t count;
    const struct yaml *item =
        yaml_list(yaml_find(reader->node->body, "classes"), reader->arena, &count);
    map->class_count = THEME_SEQUENTIAL;
    if (!count)
        return true;
    if (count > 1)
        return read_limits(reader, map, item, count);
    struct slice rest = item[0].text, word;
    while (slice_cut(&rest, ' ', &word)) {
        double number;
        if (number_parse(word, &number) && number >= 2 && number <= THEME_SEQUENTIAL &&
            number == (double)(size_t)number)
            map->class_count = (size_t)number;
        else if (slice_is(word, "natural"))
            map->breaks = BREAKS_NATURAL;
        else if (!slice_is(word, "quantile") && word.size)
            return bad_classes(reader, &item[0]);
    }
    return true;
}

/* "6, Quetta", "top 6", "none", "all" */
static bool read_labels(struct block_reader *reader, struct map_arguments *map)
{
    enum { USUAL = 6 };
    size_t count;
    const struct yaml *item =
        yaml_list(yaml_find(reader->node->body, "label"), reader->arena, &count);
    struct slice *name = ARENA_ARRAY(reader->arena, struct slice, count);
    map->label_count = count || map->style != MAP_SYMBOLS ? 0 : USUAL;
    for (size_t i = 0; i < count; i++) {
        struct slice word = item[i].text;
        double number;
        if (slice_starts_with(word, "top "))
            word = slice_trim(slice_from(word, 4));
        if (slice_is(word, "all"))
            map->label_count = SIZE_MAX;
        else if (number_parse(word, &number) && number >= 0 && number < 1000)
            map->label_count = (size_t)number;
        else if (!slice_is(word, "none"))
            name[map->label_name_count++] = word;
    }
    if (count && count == map->label_name_count && map->style == MAP_SYMBOLS)
        map->label_count = USUAL;
    map->label_name = name;
    return true;
}

static bool bad_projection(struct block_reader *reader, const struct yaml *value)
{
    struct diag *diag = reader_error(reader, value, "M133", "projection is \"%.*s\"",
                                     SLICE_PRINT(value->text));
    diag_hint(reader->diags, diag,
              "write plain, equal earth, albers, or albers with two parallels and the "
              "central meridian: albers 26 35 69.5");
    return false;
}

/* "albers 26 35 69.5", "equal earth 150", "plain" */
static bool read_projection(struct block_reader *reader, struct map_arguments *map)
{
    static const char *const words[] = {"plain", "albers", "equal earth"};
    static const size_t most[] = {0, 3, 1};
    const struct yaml *value = value_of(reader, "projection");
    double number[3];
    size_t kind = 0, count = 0;
    if (!value)
        return true;
    while (kind < 3 && !slice_starts_with(value->text, words[kind]))
        kind++;
    if (kind == 3)
        return bad_projection(reader, value);
    struct slice rest = slice_from(value->text, strlen(words[kind])), word;
    while (slice_cut(&rest, ' ', &word)) {
        if (!word.size)
            continue;
        if (count == most[kind] || !number_parse(word, &number[count]) ||
            !(number[count] >= -180 && number[count] <= 180))
            return bad_projection(reader, value);
        count++;
    }
    if (kind == 1 && count && count < 3)
        return bad_projection(reader, value);
    if (!map->boundaries || (kind == 1 && !count))
        return true;
    struct extent extent = map->boundaries->extent;
    double lat = (extent.south + extent.north) / 2;
    bool is_world = extent.east - extent.west > 300; /* Greenwich in its middle */
    double lon = is_world ? 0 : (extent.west + extent.east) / 2;
    map->has_projection = true;
    map->projection = kind == 0 ? projection_plain(lat, lon)
                      : kind == 1
                          ? projection_albers(number[0], number[1], number[2], lat)
                          : projection_equal_earth(count ? number[0] : lon);
    return true;
}

static bool read_places(struct block_reader *reader, struct map_arguments *map)
{
    const struct yaml *value = yaml_find(reader->node->body, "places");
    if (!value || (value->kind == YAML_SCALAR && !value->text.size))
        return true;
    if (value->kind != YAML_MAPPING) {
        struct diag *diag = reader_error(reader, value, "M134",
                                         "places are pairs of a place and its shape");
        diag_hint(reader->diags, diag, "write {Chaman: Killa Abdullah}");
        return false;
    }
    struct given_place *given =
        ARENA_ARRAY(reader->arena, struct given_place, value->count);
    for (size_t i = 0; i < value->count; i++)
        given[i] = (struct given_place){value->key[i].text, value->item[i].text};
    map->given = given;
    map->given_count = value->count;
    return true;
}

/* -- The data ------------------------------------------------------------------------------- */

static struct column *wanted(struct table *table, const char *const *name, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct column *column = table_find(table, slice_of(name[i]));
        if (!column)
            continue;
        table_want(table, column);
        return column;
    }
    return NULL;
}

static void want_places(struct map_arguments *map)
{
    static const char *const lon[] = {"lon", "longitude"}, *const lat[] = {"lat",
                                                                           "latitude"};
    static const char *const precision[] = {"place precision", "precision",
                                            "where_prec", "geo_precision"};
    struct table *table = map->ranking.table->table;
    map->longitude = wanted(table, lon, 2);
    map->latitude = wanted(table, lat, 2);
    if (!map->longitude || !map->latitude)
        map->longitude = map->latitude = NULL;
    if (map->style == MAP_POINTS && !map->exact)
        map->precision = wanted(table, precision, 4);
}

static bool read_field(struct block_reader *reader, struct map_arguments *map)
{
    struct table *table = map->ranking.table->table;
    map->by_key = value_of(reader, "by");
    map->ranking.by.kind = AXIS_COLUMN;
    if (map->by_key)
        return read_column(reader, "by", table, &map->ranking.by.column);
    static const char *const usual[] = {"district", "province"};
    map->ranking.by.column = wanted(table, usual, 2);
    if (map->ranking.by.column)
        return true;
    struct diag *diag = reader_error(reader, NULL, "M123", "map without \"by\"");
    diag_hint(reader->diags, diag, "add a line such as `by: district`");
    return false;
}

static bool is_rate(const struct measure *measure)
{
    return measure->kind == MEASURE_RATIO || measure->kind == MEASURE_SHARE ||
           measure->kind == MEASURE_MEAN || measure->kind == MEASURE_MEDIAN;
}

/* A large district isn't a violent one: colour is for rates (STYLE.md 5). */
static bool fits_style(struct block_reader *reader, const struct map_arguments *map)
{
    const struct measure *measure = map->ranking.shown[0].measure;
    struct diag *diag;
    if (map->style == MAP_CHOROPLETH && !map->people && !is_rate(measure)) {
        diag = reader_error(reader, value_of(reader, "show"), "M135",
                            "a choropleth of the raw count \"%.*s\"",
                            SLICE_PRINT(measure->name));
        diag_hint(
            reader->diags, diag,
            "write `style: symbols`, show a rate such as \"killed per attacks\", or "
            "name a table of people: `population: people`");
        return false;
    }
    if (map->style == MAP_POINTS && measure->kind != MEASURE_COUNT) {
        diag = reader_error(reader, value_of(reader, "show"), "M136",
                            "points of \"%.*s\", which doesn't count rows",
                            SLICE_PRINT(measure->name));
        diag_hint(reader->diags, diag, "points show rows one by one: show a count");
        return false;
    }
    if (map->style == MAP_POINTS && !map->longitude) {
        diag = reader_error(reader, value_of(reader, "style"), "M137",
                            "points of a table without coordinates");
        diag_hint(reader->diags, diag, "write `style: symbols`");
        return false;
    }
    return true;
}

/* Points without a word on how exact they are may be the middle of a district. */
static void warn_of_precision(struct block_reader *reader,
                              const struct map_arguments *map)
{
    if (map->style != MAP_POINTS || map->exact || map->precision || !map->boundaries)
        return;
    struct diag *diag = diags_warn(reader->diags, reader->node->at, "M138",
                                   "the data don't say which places are exact; all "
                                   "coordinates are drawn as if they were");
    diag_hint(reader->diags, diag, "say it: `exact: precision is exact`");
}

static bool read_texts(struct block_reader *reader, struct map_arguments *map)
{
    bool ok = read_text(reader, "title", &map->ranking.title);
    ok &= read_text(reader, "subtitle", &map->ranking.subtitle);
    ok &= read_text(reader, "source", &map->ranking.source);
    ok &= read_text(reader, "alt", &map->ranking.alt);
    ok &= read_text(reader, "credit", &map->credit);
    ok &= read_text(reader, "disclaimer", &map->disclaimer);
    return ok;
}

static bool read_measure(struct block_reader *reader, struct map_arguments *map)
{
    if (!read_shown(reader, "show", false, &map->ranking.shown,
                    &map->ranking.shown_count))
        return false;
    if (map->ranking.shown_count == 1)
        return true;
    struct diag *diag =
        map->ranking.shown_count
            ? reader_error(reader, value_of(reader, "show"), "M122",
                           "map shows %zu measures, expected one",
                           map->ranking.shown_count)
            : reader_error(reader, NULL, "M122", "map without \"show\"");
    diag_hint(reader->diags, diag, "add a line such as `show: attacks`");
    return false;
}

bool map_read(struct block_reader *reader, const void **arguments)
{
    enum { RANKED = 12 };
    struct map_arguments *map = ARENA_NEW(reader->arena, struct map_arguments);
    struct chart_arguments *ranking = &map->ranking;
    *arguments = map;
    ranking->kind = chart_kind_find(SLICE_LITERAL("bars"));
    ranking->top = RANKED;
    ranking->others = true;
    ranking->limit = RANKED;
    if (!read_table(reader, &ranking->table) || !read_style(reader, map))
        return false;
    bool ok = read_measure(reader, map);
    ok &= read_field(reader, map);
    ok = ok && read_people(reader, map);
    ok &= read_where(reader, "where", ranking->table->table, &ranking->where);
    ok &= read_where(reader, "exact", ranking->table->table, &map->exact);
    ok &= read_length(reader, "last", &ranking->last_count, &ranking->last_unit);
    ok &= read_range(reader, "height", &ranking->height, &ranking->most_height);
    ok &= read_bool(reader, "allow unmatched", false, &map->allow_unmatched);
    ok &= read_bool(reader, "inset", false, &map->inset);
    ok &= read_texts(reader, map);
    ok &= read_boundaries(reader, map);
    ok &= read_classes(reader, map);
    ok &= read_labels(reader, map);
    ok &= read_places(reader, map);
    ok &= read_projection(reader, map);
    want_places(map);
    if (!map->boundaries)
        ranking->height = ranking->most_height =
            0; /* bars have a height of their own */
    ok = ok && fits_style(reader, map);
    if (ok)
        warn_of_precision(reader, map);
    return ok;
}
