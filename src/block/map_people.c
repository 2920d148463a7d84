/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `population: people`: a count as a rate per 100,000 people. The population of a shape
 * is the sum over the rows of another table whose places are joined to it; a shape
 * without one has no rate, one without incidents has a rate of nothing. */
#include "block/map_block.h"
#include "block/rows.h"

#include <math.h>

const double people_scale = 100000;

static bool people_column(struct block_reader *reader, const struct yaml *value,
                          const struct map_arguments *map, struct slice name,
                          struct column **out)
{
    struct table *table = map->people->table;
    *out = table_find(table, name);
    if (*out) {
        table_want(table, *out);
        return true;
    }
    struct diag *diag =
        reader_error(reader, value, "M144", "the table \"%.*s\" has no column \"%.*s\"",
                     SLICE_PRINT(map->people->name), SLICE_PRINT(name));
    diag_hint(reader->diags, diag, "it needs two: \"%.*s\" and \"population\"",
              SLICE_PRINT(map->ranking.by.column->name));
    return false;
}

bool read_people(struct block_reader *reader, struct map_arguments *map)
{
    const struct yaml *value = yaml_find(reader->node->body, "population");
    if (!value || !value->text.size || !map->ranking.by.column)
        return true;
    if (!measure_is_additive(map->ranking.shown[0].measure)) {
        struct diag *diag = reader_error(
            reader, value, "M145", "\"%.*s\" can't be taken per 100,000 people",
            SLICE_PRINT(map->ranking.shown[0].measure->name));
        diag_hint(reader->diags, diag, "show a count or a sum");
        return false;
    }
    return read_table_named(reader, value, &map->people) &&
           people_column(reader, value, map, map->ranking.by.column->name,
                         &map->people_place) &&
           people_column(reader, value, map, SLICE_LITERAL("population"),
                         &map->people_count);
}

double *people_by_unit(const struct map_arguments *map, struct arena *arena)
{
    double *people = ARENA_ARRAY(arena, double, map->boundaries->unit_count);
    const struct column *place = map->people_place;
    const struct join_request request = {
        .boundaries = map->boundaries,
        .count = place->words.count,
        .word = place->words.word,
        .field = place->field,
        .given_count = map->given_count,
        .given = map->given,
    };
    const struct match *match = join_places(&request, arena);
    for (uint32_t row = 0; row < map->people->table->row_count; row++) {
        struct codes code = column_codes(place, row);
        double count = number_in(map->people_count, row);
        for (size_t i = 0; i < code.count; i++) {
            if (code.code[i] && count > 0 && match_is_good(&match[code.code[i]]))
                people[match[code.code[i]].unit] += count;
        }
    }
    return people;
}
