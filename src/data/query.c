/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a query: what was typed becomes measures, groups, a condition and an order,
 * bound to a table's columns. */
#include "data/query.h"

#include "data/query_parts.h"

#include <math.h>
#include <string.h>

struct reader {
    struct query *query;
    struct arena *arena;
    struct diags *diags;
    struct name_list fields;
    struct measures known;
};

/* A phrase with the option's name as its file, so that messages show what was typed. */
static struct phrase open_option(struct reader *reader, const char *option,
                                 struct slice text)
{
    diags_add_source(reader->diags, option, text);
    return (struct phrase){
        .text = text,
        .at = {option, 1, 1},
        .arena = reader->arena,
        .diags = reader->diags,
    };
}

static bool is_too_long(const struct phrase *phrase)
{
    if (phrase->text.size <= PHRASE_LONGEST)
        return false;
    diags_error(phrase->diags, phrase->at, "M206", "%zu bytes are too long here",
                phrase->text.size);
    return true;
}

/* Measures ----------------------------------------------------------------------- */

static bool read_measures(struct reader *reader)
{
    const struct query_text *text = &reader->query->text;
    const struct measure **known =
        ARENA_ARRAY(reader->arena, const struct measure *, text->measure_count);
    reader->known.measure = known;
    for (size_t i = 0; i < text->measure_count; i++) {
        const struct query_measure *given = &text->measure[i];
        const char *file =
            arena_print(reader->arena, "--measure %.*s", SLICE_PRINT(given->name));
        struct phrase phrase = open_option(reader, file, given->definition);
        struct measure *measure;
        if (!measure_parse(slice_trim(given->name), given->definition, phrase.at,
                           &reader->known, &reader->fields, reader->arena, &measure,
                           reader->diags))
            return false;
        known[reader->known.count++] = measure;
    }
    return true;
}

static bool read_shown_item(struct reader *reader, const struct phrase *phrase,
                            const struct phrase_item *item)
{
    struct query *query = reader->query;
    struct measure *measure;
    if (!measure_parse((struct slice){0}, item->text,
                       phrase_place(phrase, item->offset), &reader->known,
                       &reader->fields, reader->arena, &measure, reader->diags))
        return false;
    measure->name = item->text;
    query->shown[query->shown_count++] = measure;
    return measure_bind(measure, query->table, reader->arena, reader->diags);
}

static bool read_shown(struct reader *reader)
{
    struct phrase phrase = open_option(reader, "--show", reader->query->text.show);
    const struct phrase_item *item;
    if (is_too_long(&phrase))
        return false;
    if (phrase_is_done(&phrase)) {
        struct diag *diag =
            diags_error(reader->diags, phrase.at, "U201", "there is nothing to show");
        diag_hint(reader->diags, diag, "name measures: --show 'count, sum of killed'");
        return false;
    }
    size_t count = phrase_split(&phrase, &item);
    reader->query->shown = ARENA_ARRAY(reader->arena, struct measure *, count);
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        ok = read_shown_item(reader, &phrase, &item[i]) && ok;
    return ok;
}

/* Groups ------------------------------------------------------------------------- */

static bool unknown_group(struct reader *reader, const struct phrase *phrase,
                          const struct phrase_item *item)
{
    static const struct slice units[] = {
        {"day", 3}, {"week", 4}, {"month", 5}, {"quarter", 7}, {"year", 4}};
    enum { UNITS = sizeof units / sizeof *units };
    size_t count = reader->fields.count + UNITS;
    struct slice *known = ARENA_ARRAY(reader->arena, struct slice, count);
    memcpy(known, units, sizeof units);
    memcpy(known + UNITS, reader->fields.name,
           reader->fields.count * sizeof *reader->fields.name);
    struct diag *diag = phrase_error(
        phrase, item->offset, item->offset + item->text.size, "M201",
        "\"%.*s\" is neither a period nor a column", SLICE_PRINT(item->text));
    diag_suggest(reader->diags, diag, item->text, known, count);
    return false;
}

static bool read_group(struct reader *reader, const struct phrase *phrase,
                       const struct phrase_item *item)
{
    struct query *query = reader->query;
    struct query_group *group = &query->group[query->group_count];
    struct phrase part = *phrase;
    part.offset = item->offset;
    part.text.size = item->offset + item->text.size;
    *group = (struct query_group){.header = item->text};
    enum phrase_quote quote = phrase_take_quoted(&part, "U203", &group->header);
    if (quote == PHRASE_BROKEN)
        return false;
    group->is_period =
        quote == PHRASE_NONE && period_parse_unit(item->text, &group->unit);
    if (!group->is_period)
        group->column = table_find(query->table, group->header);
    if (!group->is_period && !group->column)
        return unknown_group(reader, phrase, item);
    if (group->column)
        table_want(query->table, group->column);
    query->group_count++;
    return true;
}

/* At most one period and two columns, none twice. */
static bool check_groups(struct reader *reader, const struct phrase *phrase)
{
    struct query *query = reader->query;
    int periods = 0, columns = 0;
    bool is_doubled = false;
    for (size_t i = 0; i < query->group_count; i++) {
        struct query_group *group = &query->group[i];
        periods += group->is_period;
        group->which = columns;
        columns += !group->is_period;
        for (size_t j = 0; j < i; j++)
            is_doubled |= group->column && group->column == query->group[j].column;
    }
    if (periods <= 1 && columns <= ASK_GROUPS && !is_doubled)
        return true;
    phrase_error(phrase, 0, phrase->text.size, "U203",
                 is_doubled ? "a column can be given once only"
                            : "expected at most one period and two columns");
    return false;
}

/* Series want their periods side by side. */
static bool put_period_last(struct reader *reader, const struct phrase *phrase)
{
    struct query *query = reader->query;
    size_t at = 0, last = query->group_count;
    while (at < last && !query->group[at].is_period)
        at++;
    if (at == last) {
        struct diag *diag = phrase_error(phrase, 0, phrase->text.size, "U208",
                                         "statistics need a period to make series of");
        diag_hint(reader->diags, diag, "write --by week, or --by 'week, province'");
        return false;
    }
    struct query_group period = query->group[at];
    for (; at + 1 < last; at++)
        query->group[at] = query->group[at + 1];
    query->group[last - 1] = period;
    return true;
}

static bool read_groups(struct reader *reader)
{
    struct phrase phrase = open_option(reader, "--by", reader->query->text.by);
    const struct phrase_item *item;
    if (is_too_long(&phrase))
        return false;
    bool as_series = reader->query->text.as_series;
    if (phrase_is_done(&phrase))
        return !as_series || put_period_last(reader, &phrase);
    size_t count = phrase_split(&phrase, &item);
    if (count > MOST_GROUPS) {
        phrase_error(&phrase, item[MOST_GROUPS].offset, phrase.text.size, "U203",
                     "expected at most one period and two columns");
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        ok = read_group(reader, &phrase, &item[i]) && ok;
    return ok && check_groups(reader, &phrase) &&
           (!as_series || put_period_last(reader, &phrase));
}

/* Order -------------------------------------------------------------------------- */

static struct slice column_header(const struct query *query, size_t column)
{
    return column < query->group_count
               ? query->group[column].header
               : query->shown[column - query->group_count]->name;
}

static bool ends_with_words(struct slice *text, const char *words)
{
    size_t length = strlen(words);
    struct slice tail =
        slice_from(*text, text->size >= length ? text->size - length : 0);
    bool fits = tail.size == length;
    for (size_t i = 0; fits && i < length; i++)
        fits = (tail.data[i] | 0x20) == words[i];
    if (!fits || (text->size > length && text->data[text->size - length - 1] != ' '))
        return false;
    *text = slice_trim((struct slice){text->data, text->size - length});
    return true;
}

enum direction { UNSAID, ASCENDING, DESCENDING };

static enum direction take_direction(struct slice *text)
{
    static const char *const up[] = {"lowest first", "oldest first", "ascending",
                                     "a to z"};
    static const char *const down[] = {"highest first", "newest first", "descending",
                                       "z to a"};
    for (size_t i = 0; i < sizeof up / sizeof *up; i++) {
        if (ends_with_words(text, up[i]))
            return ASCENDING;
        if (ends_with_words(text, down[i]))
            return DESCENDING;
    }
    return UNSAID;
}

static bool unknown_key(struct reader *reader, const struct phrase *phrase,
                        const struct phrase_item *item, struct slice name)
{
    const struct query *query = reader->query;
    size_t count = query->group_count + query->shown_count;
    struct slice *known = ARENA_ARRAY(reader->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        known[i] = column_header(query, i);
    struct diag *diag =
        phrase_error(phrase, item->offset, item->offset + item->text.size, "U204",
                     "\"%.*s\" is no column of the answer", SLICE_PRINT(name));
    diag_suggest(reader->diags, diag, name, known, count);
    return false;
}

static bool read_key(struct reader *reader, const struct phrase *phrase,
                     const struct phrase_item *item)
{
    struct query *query = reader->query;
    struct slice name = item->text;
    enum direction direction = take_direction(&name);
    struct query_key *before =
        query->key_count ? &query->key[query->key_count - 1] : NULL;
    if (!name.size && direction != UNSAID && before) {
        before->is_descending = direction == DESCENDING;
        return true;
    }
    struct slice folded = slice_fold(reader->arena, name);
    size_t count = query->group_count + query->shown_count;
    for (size_t i = 0; i < count; i++) {
        struct slice header = slice_fold(reader->arena, column_header(query, i));
        if (!slice_equal(header, folded))
            continue;
        bool is_measure = i >= query->group_count;
        bool is_descending = direction == UNSAID ? is_measure : direction == DESCENDING;
        query->key[query->key_count++] = (struct query_key){i, is_descending};
        return true;
    }
    return unknown_key(reader, phrase, item, name);
}

/* Two columns of one name couldn't be told apart, in json not even kept apart. */
static bool check_headers(struct reader *reader)
{
    const struct query *query = reader->query;
    size_t count = query->group_count + query->shown_count;
    struct slice *folded = ARENA_ARRAY(reader->arena, struct slice, count);
    for (size_t i = 0; i < count; i++) {
        folded[i] = slice_fold(reader->arena, column_header(query, i));
        for (size_t j = 0; j < i; j++) {
            if (!slice_equal(folded[i], folded[j]))
                continue;
            struct place at = {i < query->group_count ? "--by" : "--show", 1, 1};
            struct diag *diag =
                diags_error(reader->diags, at, "U203", "\"%.*s\" is there twice",
                            SLICE_PRINT(column_header(query, i)));
            diag_hint(reader->diags, diag,
                      "name one of them otherwise: --measure NAME='...'");
            return false;
        }
    }
    return true;
}

static bool read_order(struct reader *reader)
{
    struct query *query = reader->query;
    struct phrase phrase = open_option(reader, "--sort", query->text.sort);
    const struct phrase_item *item;
    if (is_too_long(&phrase))
        return false;
    size_t count = phrase_is_done(&phrase) ? 0 : phrase_split(&phrase, &item);
    query->key = ARENA_ARRAY(reader->arena, struct query_key, count + MOST_GROUPS);
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        ok = read_key(reader, &phrase, &item[i]) && ok;
    for (size_t i = 0; i < query->group_count; i++)
        query->key[query->key_count++] = (struct query_key){i, false};
    return ok;
}

/* The rest ----------------------------------------------------------------------- */

static bool read_where(struct reader *reader)
{
    struct query *query = reader->query;
    struct phrase phrase = open_option(reader, "--where", query->text.where);
    const struct condition *condition;
    if (phrase_is_done(&phrase))
        return true;
    return condition_parse(phrase.text, phrase.at, &reader->fields, reader->arena,
                           &condition, reader->diags) &&
           condition_bind(condition, query->table, reader->arena, &query->where,
                          reader->diags);
}

static bool read_limit(struct reader *reader)
{
    struct query *query = reader->query;
    struct slice text = slice_trim(query->text.limit);
    double number;
    query->limit = SIZE_MAX;
    if (!text.size)
        return true;
    if (number_parse(text, &number) && number >= 0 && number <= 1e15 &&
        !(floor(number) < number)) {
        query->limit = (size_t)number;
        return true;
    }
    struct phrase phrase = open_option(reader, "--limit", text);
    phrase_error(&phrase, 0, text.size, "U205",
                 "expected a whole number of rows, found \"%.*s\"", SLICE_PRINT(text));
    return false;
}

static bool read_as_of(struct reader *reader)
{
    struct query *query = reader->query;
    struct slice text = slice_trim(query->text.as_of);
    struct period day;
    query->has_as_of = text.size > 0;
    if (!text.size)
        return true;
    if (period_parse_date(text, &day) && day.unit == PERIOD_DAY) {
        query->as_of = day.first_day;
        return true;
    }
    struct phrase phrase = open_option(reader, "--as-of", text);
    phrase_error(&phrase, 0, text.size, "U206",
                 "expected a day such as 2026-11-15, found \"%.*s\"",
                 SLICE_PRINT(text));
    return false;
}

static bool check_together(struct reader *reader)
{
    const struct query_text *text = &reader->query->text;
    if (text->as_series && text->sort.size) {
        diags_error(reader->diags, (struct place){"--sort", 1, 1}, "U208",
                    "--stat and --sort can't be given together");
        return false;
    }
    if (!text->period.size || !text->last.size)
        return true;
    diags_error(reader->diags, (struct place){"--last", 1, 1}, "U202",
                "--period and --last can't be given together");
    return false;
}

bool query_prepare(const struct query_text *text, struct table *table,
                   struct arena *arena, struct query **out, struct diags *diags)
{
    struct query *query = ARENA_NEW(arena, struct query);
    query->table = table;
    query->text = *text;
    struct reader reader = {
        .query = query,
        .arena = arena,
        .diags = diags,
        .fields = condition_fields(table, arena),
    };
    bool ok = read_measures(&reader) && read_shown(&reader);
    ok = read_groups(&reader) && ok;
    ok = read_where(&reader) && ok;
    ok = read_limit(&reader) && ok;
    ok = read_as_of(&reader) && ok;
    ok = check_together(&reader) && ok;
    *out = query;
    return ok && check_headers(&reader) && read_order(&reader);
}

bool query_shows_count(const struct query *query, size_t shown)
{
    return measure_is_count(query->shown[shown]);
}
