/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which properties of a file are its units' names, their provinces, codes and other
 * names: by the field names that the usual publishers write, or by the template. */
#include "map/boundary_finish.h"

#include <stdlib.h>

/* Finest level first. OCHA's common data sets, GADM, geoBoundaries, Who's On First,
 * Natural Earth, US Census. */
static const char *const name_fields[] = {
    "ADM4_EN", "NAME_4",    "ADM3_EN", "ADM3_NAME", "NAME_3",  "ADM2_EN",   "ADM2_NAME",
    "NAME_2",  "shapeName", "name",    "NAMELSAD",  "name_en", "district",  "DIST_NAME",
    "ADM1_EN", "ADM1_NAME", "NAME_1",  "province",  "state",   "NAME_LONG", "ADMIN",
    "ADM0_EN", "ADM0_NAME", "NAME_0",  "COUNTRY",   "(id)",
};
static const char *const parent_fields[] = {
    "ADM1_EN",   "ADM1_NAME", "NAME_1", "province",
    "PROV_NAME", "state",     "ADMIN1", "region",
};
static const char *const code_fields[] = {
    "(id)",   "id",     "ADM4_PCODE", "ADM3_PCODE", "ADM2_PCODE", "ADM1_PCODE",
    "pcode",  "code",   "shapeISO",   "shapeID",    "iso",        "iso_3166_2",
    "ISO_A3", "ISO_A2", "ADM0_A3",    "hasc",       "HASC_2",     "HASC_1",
    "GID_3",  "GID_2",  "GID_1",      "GID_0",      "fips",       "GEOID",
};
static const char *const variant_fields[] = {
    "name_variants", "VARNAME_3",  "VARNAME_2",  "VARNAME_1",  "varname",  "alt_name",
    "ADM2ALT1EN",    "ADM2ALT2EN", "ADM1ALT1EN", "ADM1ALT2EN", "longname", "name_ur",
    "NL_NAME_2",     "NL_NAME_1",  "ADM2_UR",    "ADM1_UR",    "NAME_ALT", "formal_en",
};
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* -- Fields that the file has --------------------------------------------------------- */

/* A field of the file, whatever case it is written in, and how many units have it. */
struct field {
    struct slice key;
    size_t units, last_unit; /* last_unit: + 1 */
    bool is_code, is_variant;
};

struct fields {
    size_t count, capacity;
    struct field *item;
    uint32_t *of; /* by property: index of its field */
};

static bool is_among(const char *const *field, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++) {
        if (same_key(slice_of(field[i]), name))
            return true;
    }
    return false;
}

static struct field *find_field(const struct fields *fields, struct slice key)
{
    for (size_t i = 0; i < fields->count; i++) {
        if (same_key(fields->item[i].key, key))
            return &fields->item[i];
    }
    return NULL;
}

/* Units mostly have the same fields in the same order, so the one behind the last is
 * tried first. A file of many fields has the rest of them left out. */
static struct fields list_fields(const struct boundaries *boundaries,
                                 struct arena *arena)
{
    enum { MOST_FIELDS = 256 };
    struct fields fields = {
        .of = ARENA_ARRAY(arena, uint32_t, boundaries->property_count)};
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        const struct unit *unit = &boundaries->unit[i];
        size_t next = 0;
        for (size_t j = 0; j < unit->property_count; j++) {
            size_t at = unit->first_property + j;
            struct slice key = boundaries->property[at].key;
            struct field *field =
                next < fields.count && slice_equal(fields.item[next].key, key)
                    ? &fields.item[next]
                    : find_field(&fields, key);
            if (!field && fields.count < MOST_FIELDS) {
                field = ARENA_APPEND(arena, fields.item, fields.count, fields.capacity);
                *field = (struct field){
                    .key = key,
                    .is_code = is_among(code_fields, COUNT(code_fields), key),
                    .is_variant = is_among(variant_fields, COUNT(variant_fields), key)};
            }
            fields.of[at] = field ? (uint32_t)(field - fields.item) : UINT32_MAX;
            next = field ? (size_t)(field - fields.item) + 1 : 0;
            if (field && field->last_unit != i + 1)
                field->units++;
            if (field)
                field->last_unit = i + 1;
        }
    }
    return fields;
}

/* The first of these that at least half of the units have; empty when none. */
static struct slice first_field(const struct boundaries *boundaries,
                                const struct fields *fields, const char *const *name,
                                size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct field *field = find_field(fields, slice_of(name[i]));
        if (field && 2 * field->units >= boundaries->unit_count)
            return slice_of(name[i]);
    }
    return (struct slice){0};
}

/* Of any field, also of those that the list leaves out. */
static bool has_field(const struct boundaries *boundaries, struct slice key)
{
    for (size_t i = 0; i < boundaries->property_count; i++) {
        if (same_key(boundaries->property[i].key, key))
            return true;
    }
    return false;
}

static size_t rank_of(const char *const *field, size_t count, struct slice name)
{
    size_t i = 0;
    while (i < count && !same_key(slice_of(field[i]), name))
        i++;
    return i;
}

/* Field names of the first units, for the message. */
static size_t fields_of(const struct boundaries *boundaries, struct arena *arena,
                        const struct slice **out)
{
    enum { NAMED = 40 };
    struct slice *name = ARENA_ARRAY(arena, struct slice, NAMED);
    size_t count = 0;
    for (size_t i = 0; i < boundaries->property_count && i < 400; i++) {
        struct slice key = boundaries->property[i].key;
        bool is_new = !slice_is(key, "(id)");
        for (size_t j = 0; j < count; j++)
            is_new = is_new && !slice_equal(key, name[j]);
        if (is_new && count < NAMED)
            name[count++] = key;
    }
    *out = name;
    return count;
}

static bool no_such_field(struct builder *builder, const struct boundary_word *word)
{
    const struct slice *name;
    size_t count = fields_of(builder->out, builder->arena, &name);
    struct slice wanted = word->text;
    builder->has_failed = true;
    struct diag *diag = diags_error(builder->diags, word->at, "F308",
                                    "the boundaries \"%s\" have no field \"%.*s\"",
                                    builder->source->file, SLICE_PRINT(wanted));
    if (word->width > 1)
        diag->width = word->width;
    diag_suggest(builder->diags, diag, wanted, name, count);
    return false;
}

/* -- Names ------------------------------------------------------------------------------ */

struct naming {
    struct boundaries *boundaries;
    const struct fields *fields;
    struct arena *arena;
};

static struct slices values_of(const struct naming *naming, const struct unit *unit,
                               bool of_codes)
{
    struct slice *value = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < unit->property_count; i++) {
        size_t at = unit->first_property + i;
        uint32_t field = naming->fields->of[at];
        struct slice rest = naming->boundaries->property[at].value, part;
        if (field == UINT32_MAX || !(of_codes ? naming->fields->item[field].is_code
                                              : naming->fields->item[field].is_variant))
            continue;
        while (slice_cut(&rest, '|', &part)) {
            part = slice_trim(part);
            if (part.size)
                *ARENA_APPEND(naming->arena, value, count, capacity) = part;
        }
    }
    return (struct slices){count, value};
}

struct owned_code {
    struct slice code;
    size_t unit;
};

static int compare_codes(const void *a, const void *b)
{
    const struct owned_code *left = a, *right = b;
    int order = slice_compare(left->code, right->code);
    if (order)
        return order;
    return (left->unit > right->unit) - (left->unit < right->unit);
}

/* Codes that several units have (PK.TA.TA) name none of them; units without a shape,
 * which some files list beside the one that has it, don't count. */
static void keep_own_codes(struct boundaries *boundaries, struct arena *arena)
{
    size_t count = 0, at = 0;
    for (size_t i = 0; i < boundaries->unit_count; i++)
        count += boundaries->unit[i].code.count;
    struct owned_code *code = ARENA_ARRAY(arena, struct owned_code, count);
    for (size_t i = 0; i < boundaries->unit_count; i++) {
        for (size_t j = 0; j < boundaries->unit[i].code.count; j++)
            code[at++] = (struct owned_code){boundaries->unit[i].code.item[j], i};
        boundaries->unit[i].code.count = 0;
    }
    qsort(code, count, sizeof *code, compare_codes);
    for (size_t first = 0, next; first < count; first = next) {
        size_t owner = code[first].unit;
        bool is_shared = false;
        for (next = first + 1;
             next < count && slice_equal(code[next].code, code[first].code); next++) {
            if (!boundaries->unit[owner].ring_count)
                owner = code[next].unit;
            else if (boundaries->unit[code[next].unit].ring_count)
                is_shared |= code[next].unit != owner;
        }
        struct slices *own = &boundaries->unit[owner].code;
        if (!is_shared)
            ((struct slice *)own->item)[own->count++] = code[first].code;
    }
}

static void name_unit(const struct naming *naming, struct unit *unit)
{
    const struct boundaries *boundaries = naming->boundaries;
    unit->name = unit_property(boundaries, unit, boundaries->name_field);
    if (boundaries->parent_field.size)
        unit->parent = unit_property(boundaries, unit, boundaries->parent_field);
    unit->code = values_of(naming, unit, true);
    unit->variant = values_of(naming, unit, false);
    if (!unit->name.size && unit->code.count)
        unit->name = unit->code.item[0];
}

/* -- Units of one name that are one: provinces made of districts ----------------------- */

struct merging {
    struct slice name;
    size_t unit;
};

static int compare_merging(const void *a, const void *b)
{
    const struct merging *left = a, *right = b;
    int order = slice_compare(left->name, right->name);
    if (order)
        return order;
    return (left->unit > right->unit) - (left->unit < right->unit);
}

static void merge_by_name(struct boundaries *boundaries, struct arena *arena)
{
    size_t count = boundaries->unit_count, merged = 0, rings = 0;
    struct merging *order = ARENA_ARRAY(arena, struct merging, count);
    struct unit *unit = ARENA_ARRAY(arena, struct unit, count);
    struct ring *ring = ARENA_ARRAY(arena, struct ring, boundaries->ring_count);
    for (size_t i = 0; i < count; i++)
        order[i] = (struct merging){boundaries->unit[i].name, i};
    qsort(order, count, sizeof *order, compare_merging);
    for (size_t i = 0; i < count; i++) {
        const struct unit *part = &boundaries->unit[order[i].unit];
        if (!i || !slice_equal(order[i].name, order[i - 1].name)) {
            unit[merged++] = *part;
            unit[merged - 1].first_ring = rings;
            unit[merged - 1].ring_count = 0;
            unit[merged - 1].code.count = 0; /* its own, not the whole's */
            unit[merged - 1].variant.count = 0;
            unit[merged - 1].property_count = 0;
        }
        for (size_t j = 0; j < part->ring_count; j++)
            ring[rings++] = boundaries->ring[part->first_ring + j];
        unit[merged - 1].ring_count += part->ring_count;
        extent_join(&unit[merged - 1].extent, part->extent);
    }
    boundaries->unit = unit;
    boundaries->unit_count = merged;
    boundaries->ring = ring;
    boundaries->ring_count = rings;
}

/* The template's own field of codes instead of the usual ones; `id` is also a
 * feature's. */
static bool choose_code(struct builder *builder, struct fields *fields)
{
    struct slice wanted = builder->source->code_field.text;
    if (!wanted.size)
        return true;
    if (slice_is(wanted, "id") && !has_field(builder->out, wanted))
        wanted = SLICE_LITERAL("(id)");
    if (!has_field(builder->out, wanted))
        return no_such_field(builder, &builder->source->code_field);
    for (size_t i = 0; i < fields->count; i++)
        fields->item[i].is_code = same_key(fields->item[i].key, wanted);
    return true;
}

bool boundary_choose_names(struct builder *builder)
{
    struct boundaries *out = builder->out;
    struct arena *scratch = arena_new();
    struct fields fields = list_fields(out, scratch);
    struct slice finest = first_field(out, &fields, name_fields, COUNT(name_fields));
    struct slice wanted = builder->source->name_field.text;
    bool ok = !wanted.size || has_field(out, wanted) ||
              no_such_field(builder, &builder->source->name_field);
    ok = ok && choose_code(builder, &fields);
    out->name_field = wanted.size ? wanted : finest;
    out->parent_field = first_field(out, &fields, parent_fields, COUNT(parent_fields));
    size_t level = rank_of(name_fields, COUNT(name_fields), out->name_field);
    bool is_parent_level = rank_of(parent_fields, COUNT(parent_fields),
                                   out->name_field) < COUNT(parent_fields);
    bool has_finer =
        rank_of(name_fields, COUNT(name_fields), finest) < level && is_parent_level;
    if (is_parent_level)
        out->parent_field = (struct slice){0};
    const struct naming naming = {out, &fields, builder->arena};
    for (size_t i = 0; ok && i < out->unit_count; i++)
        name_unit(&naming, &out->unit[i]);
    arena_free(scratch);
    if (!ok)
        return false;
    keep_own_codes(out, builder->arena);
    if (has_finer)
        merge_by_name(out, builder->arena);
    return true;
}
