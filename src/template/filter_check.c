/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The registry of filters, and whether a call fits: what it is given, which arguments
 * it has, whether fields and comparisons exist. */
#include "template/filters.h"

#include <string.h>

static const struct filter filters[] = {
#define FILTER(name, usage, help, takes, gives, parameters)                            \
    {#name, usage, help, takes, gives, parameters, filter_##name},
#include "template/filters.def"
#undef FILTER
};
enum { FILTER_COUNT = sizeof filters / sizeof *filters };

const struct filter *filter_find(struct slice name)
{
    for (size_t i = 0; i < FILTER_COUNT; i++) {
        if (slice_is(name, filters[i].name))
            return &filters[i];
    }
    return NULL;
}

const struct filter_entry *filters_list(size_t *count)
{
    static const struct filter_entry entries[] = {
#define FILTER(name, usage, help, takes, gives, parameters) {#name, usage, help},
#include "template/filters.def"
#undef FILTER
    };
    *count = FILTER_COUNT;
    return entries;
}

bool filter_may_be_empty(const struct filter *filter)
{
    return filter && strcmp(filter->name, "record") == 0;
}

/* Arguments ------------------------------------------------------------------------ */

static const struct argument *find_argument(const struct filter_call *call,
                                            const char *name)
{
    for (size_t i = 0; i < call->count; i++) {
        if (call->argument[i].name.size && slice_is(call->argument[i].name, name))
            return &call->argument[i];
    }
    return NULL;
}

static const struct argument *positional(const struct filter_call *call, size_t index)
{
    for (size_t i = 0; i < call->count; i++) {
        if (!call->argument[i].name.size && index-- == 0)
            return &call->argument[i];
    }
    return NULL;
}

struct slice argument_at(const struct filter_call *call, size_t index)
{
    const struct argument *argument = positional(call, index);
    return argument ? argument->text : (struct slice){0};
}

struct slice argument_named(const struct filter_call *call, const char *name)
{
    const struct argument *argument = find_argument(call, name);
    return argument ? argument->text : (struct slice){0};
}

bool has_argument(const struct filter_call *call, const char *name)
{
    return find_argument(call, name) != NULL;
}

/* Kinds of arguments --------------------------------------------------------------- */

struct checking {
    const struct filter_call *call;
    const struct scope *scope;
    const struct found_name *name;
    struct diags *diags;
};

static bool wrong_argument(const struct checking *checking,
                           const struct argument *argument, const char *expected,
                           const char *hint)
{
    struct diag *diag = diags_error(
        checking->diags, argument->at, "M122", "%s takes %s, not \"%.*s\"",
        checking->call->filter->name, expected, SLICE_PRINT(argument->text));
    diag->width = argument->width;
    diag_hint(checking->diags, diag, "%s", hint);
    return false;
}

static bool check_whole(const struct checking *checking,
                        const struct argument *argument, double lowest, double highest,
                        const char *expected)
{
    double number;
    if (number_parse(argument->text, &number) && number >= lowest &&
        number <= highest && number == (double)(long)number)
        return true;
    return wrong_argument(checking, argument, expected, checking->call->filter->usage);
}

static bool check_decimals(const struct checking *checking,
                           const struct argument *argument)
{
    return check_whole(checking, argument, 0, 9, "a number of decimals from 0 to 9");
}

static bool check_most(const struct checking *checking, const struct argument *argument)
{
    return check_whole(checking, argument, 1, 50, "a number of groups from 1 to 50");
}

static bool check_text(const struct checking *checking, const struct argument *argument)
{
    (void)checking, (void)argument;
    return true;
}

/* What say chooses from is printed as it stands. */
static bool check_words(const struct checking *checking,
                        const struct argument *argument)
{
    locale_warn_foreign(
        checking->scope->locale, argument->text, argument->at, argument->width,
        "say it between ::: only %.*s and ::: end only; a title may be {en: …, ur: …}",
        checking->diags);
    return true;
}

/* A noun that the language doesn't list. */
static bool check_noun(const struct checking *checking, const struct argument *argument)
{
    const struct scope *scope = checking->scope;
    struct arena *arena = diags_arena(checking->diags);
    if (slice_equal(
            locale_noun(scope->locale, argument->text, argument->text, 2, arena),
            argument->text))
        locale_warn_foreign(scope->locale, argument->text, argument->at,
                            argument->width,
                            "give its own word between ::: only %.*s and ::: end only",
                            checking->diags);
    return true;
}

/* DD/MM/YYYY and %d %B as this program writes them; other letters stay. */
static const char *proper_layout(struct arena *arena, struct slice layout)
{
    static const char *const directives[][2] = {
        {"%d", "d"},    {"%e", "d"},    {"%m", "MM"},  {"%b", "MMM"},
        {"%B", "MMMM"}, {"%Y", "yyyy"}, {"%a", "EEE"}, {"%A", "EEEE"}};
    struct text out = {.arena = arena};
    for (size_t i = 0; i < layout.size; i++) {
        const char *directive = NULL;
        for (size_t j = 0; j < sizeof directives / sizeof *directives; j++) {
            if (slice_starts_with(slice_from(layout, i), directives[j][0]))
                directive = directives[j][1];
        }
        char c = layout.data[i];
        char letter = c == 'D' || c == 'Y' ? (char)(c | 32) : c == 'm' ? 'M' : c;
        if (directive)
            text_append_string(&out, directive);
        else
            text_append(&out, (struct slice){&letter, 1});
        i += directive != NULL;
    }
    return slice_c_string(arena, text_slice(&out));
}

/* Letters that stand for nothing would be printed as they are. */
static bool is_layout(struct slice layout)
{
    bool is_quoted = false;
    for (size_t i = 0; i < layout.size; i++) {
        char c = layout.data[i];
        is_quoted ^= c == '\'';
        bool is_letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        if (!is_quoted && (c == '%' || (is_letter && !strchr("yMdE", c))))
            return false;
    }
    return true;
}

static bool check_layout(const struct checking *checking,
                         const struct argument *argument)
{
    struct arena *arena = diags_arena(checking->diags);
    if (is_layout(argument->text))
        return true;
    const char *proper = proper_layout(arena, argument->text);
    return wrong_argument(
        checking, argument, "a layout of d, MMM, MMMM, yyyy, EEE and EEEE",
        is_layout(slice_of(proper))
            ? arena_print(arena, "write date(\"%s\")", proper)
            : "as in date(\"d MMMM yyyy\"); other words stand in single quotes");
}

/* "previous week", "previous 4 weeks"; of days without a name "previous period". */
static const char *previous_words(const struct scope *scope, struct arena *arena)
{
    const char *unit = period_unit_name(scope->period.unit);
    if (scope->period.unit == PERIOD_RANGE)
        return "previous period";
    return scope->period.count > 1
               ? arena_print(arena, "previous %zu %ss", scope->period.count, unit)
               : arena_print(arena, "previous %s", unit);
}

static const char *average_words(const struct scope *scope, struct arena *arena)
{
    return scope->period.unit == PERIOD_RANGE
               ? "average"
               : arena_print(arena, "12-%s average",
                             period_unit_name(scope->period.unit));
}

static bool check_comparison(const struct checking *checking,
                             const struct argument *argument)
{
    struct base base;
    if (base_parse(argument->text, checking->scope, &base))
        return true;
    struct arena *arena = diags_arena(checking->diags);
    const struct slice known[] = {
        slice_of(previous_words(checking->scope, arena)),
        slice_of(average_words(checking->scope, arena)),
        SLICE_LITERAL("year before"),
    };
    int nearest = text_nearest(argument->text, known, 3);
    if (nearest >= 0)
        return wrong_argument(
            checking, argument, "something to compare with",
            arena_print(arena, "did you mean \"%.*s\"?", SLICE_PRINT(known[nearest])));
    return wrong_argument(checking, argument, "something to compare with",
                          arena_print(arena,
                                      "as in \"%.*s\", \"%.*s\" or \"year before\"",
                                      SLICE_PRINT(known[0]), SLICE_PRINT(known[1])));
}

static bool check_length(const struct checking *checking,
                         const struct argument *argument)
{
    size_t count;
    enum period_unit unit;
    if (period_parse_length(argument->text, &count, &unit) &&
        unit == checking->scope->period.unit)
        return true;
    if (checking->scope->period.unit == PERIOD_RANGE)
        return wrong_argument(
            checking, argument, "no length where the period is a range of days",
            "leave it out, or give the brief a period of weeks, months or quarters");
    return wrong_argument(checking, argument,
                          "a length of time in the brief's own periods",
                          arena_print(diags_arena(checking->diags), "as in \"26 %ss\"",
                                      period_unit_name(checking->scope->period.unit)));
}

static const char *words_columns(const struct table *table, struct arena *arena)
{
    struct text list = {.arena = arena};
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->column[i].type == COLUMN_CATEGORY)
            text_print(&list, "%s%.*s", list.size ? ", " : "as in ",
                       SLICE_PRINT(table->column[i].name));
    }
    return list.size ? slice_c_string(arena, text_slice(&list))
                     : "numbers, days and free text can't be grouped";
}

static bool check_field(const struct checking *checking,
                        const struct argument *argument)
{
    struct table *table = checking->name->measure->table;
    struct column *column = table ? table_find(table, argument->text) : NULL;
    if (column && column->type == COLUMN_CATEGORY) {
        table_want(table, column);
        return true;
    }
    if (column)
        return wrong_argument(checking, argument, "a column of words",
                              words_columns(table, diags_arena(checking->diags)));
    struct slice *known = NULL;
    size_t count = table ? table->column_count : 0;
    known = ARENA_ARRAY(diags_arena(checking->diags), struct slice, count);
    for (size_t i = 0; i < count; i++)
        known[i] = table->column[i].name;
    struct diag *diag =
        diags_error(checking->diags, argument->at, "M201", "unknown field \"%.*s\"",
                    SLICE_PRINT(argument->text));
    diag->width = argument->width;
    diag_suggest(checking->diags, diag, argument->text, known, count);
    return false;
}

struct parameter_kind {
    const char *name;
    bool (*check)(const struct checking *checking, const struct argument *argument);
};

static const struct parameter_kind parameter_kinds[] = {
    {"decimals", check_decimals},
    {"most", check_most},
    {"comparison", check_comparison},
    {"length", check_length},
    {"field", check_field},
    {"layout", check_layout},
    {"noun", check_noun},
    {"rose", check_words},
    {"fell", check_words},
    {"same", check_words},
    {"provisional", check_words},
    {"unknown", check_words},
};

static bool check_argument(const struct checking *checking, struct slice parameter,
                           const struct argument *argument)
{
    for (size_t i = 0; i < sizeof parameter_kinds / sizeof *parameter_kinds; i++) {
        if (slice_is(parameter, parameter_kinds[i].name))
            return parameter_kinds[i].check(checking, argument);
    }
    return check_text(checking, argument);
}

/* Calls ---------------------------------------------------------------------------- */

/* One name of the parameter list; its marks are cut off. */
struct parameter {
    struct slice name;
    bool is_optional, is_keyword;
};

static bool next_parameter(struct slice *list, struct parameter *out)
{
    if (!slice_cut(list, ' ', &out->name))
        return false;
    out->is_optional = out->name.data[out->name.size - 1] == '?';
    out->name.size -= out->is_optional;
    out->is_keyword = out->name.data[out->name.size - 1] == ':';
    out->name.size -= out->is_keyword;
    return true;
}

/* A keyword that is nearly the missing one. */
static const struct argument *find_slip(const struct filter_call *call,
                                        struct slice wanted)
{
    for (size_t i = 0; i < call->count; i++) {
        const struct argument *argument = &call->argument[i];
        if (argument->name.size && text_nearest(argument->name, &wanted, 1) == 0)
            return argument;
    }
    return NULL;
}

static bool missing(const struct checking *checking, const struct parameter *parameter)
{
    const struct filter_call *call = checking->call;
    const struct argument *slip =
        parameter->is_keyword ? find_slip(call, parameter->name) : NULL;
    if (slip) {
        struct diag *diag =
            diags_error(checking->diags, slip->at, "M123", "%s can't use \"%.*s\"",
                        call->filter->name, SLICE_PRINT(slip->name));
        diag->width = (int)utf8_length(slip->name);
        diag_hint(checking->diags, diag, "did you mean \"%.*s\"?",
                  SLICE_PRINT(parameter->name));
        return false;
    }
    struct diag *diag = diags_error(checking->diags, call->at, "M121", "%s has no %.*s",
                                    call->filter->name, SLICE_PRINT(parameter->name));
    diag->width = (int)utf8_length(call->name);
    diag_hint(checking->diags, diag, "write %s", call->filter->usage);
    return false;
}

static void unused_argument(const struct checking *checking,
                            const struct argument *argument)
{
    const struct filter *filter = checking->call->filter;
    struct slice word = argument->name.size ? argument->name : argument->text;
    struct diag *diag =
        diags_error(checking->diags, argument->at, "M123", "%s can't use \"%.*s\"",
                    filter->name, SLICE_PRINT(word));
    diag->width = argument->width;
    diag_hint(checking->diags, diag,
              *filter->parameters ? "write %s" : "write %s alone, without brackets",
              filter->usage);
    struct slice list = slice_of(filter->parameters);
    struct parameter parameter;
    while (argument->name.size && next_parameter(&list, &parameter)) {
        if (parameter.is_keyword && text_nearest(word, &parameter.name, 1) == 0)
            diag_hint(checking->diags, diag, "did you mean \"%.*s\"?",
                      SLICE_PRINT(parameter.name));
    }
}

static bool check_unused(const struct checking *checking, size_t positionals)
{
    const struct filter_call *call = checking->call;
    for (size_t i = 0, position = 0; i < call->count; i++) {
        const struct argument *argument = &call->argument[i];
        struct slice list = slice_of(call->filter->parameters);
        struct parameter parameter;
        bool is_used = !argument->name.size && position++ < positionals;
        while (argument->name.size && !is_used && next_parameter(&list, &parameter))
            is_used =
                parameter.is_keyword && slice_equal(parameter.name, argument->name);
        if (is_used)
            continue;
        unused_argument(checking, argument);
        return false;
    }
    return true;
}

static const struct argument *given(const struct checking *checking,
                                    const struct parameter *parameter, size_t *position)
{
    if (!parameter->is_keyword)
        return positional(checking->call, (*position)++);
    return find_argument(checking->call,
                         slice_c_string(checking->scope->arena, parameter->name));
}

static bool check_twice(const struct checking *checking)
{
    const struct filter_call *call = checking->call;
    for (size_t i = 0; i < call->count; i++) {
        const struct argument *argument = &call->argument[i];
        for (size_t j = 0; j < i && argument->name.size; j++) {
            if (!slice_equal(call->argument[j].name, argument->name))
                continue;
            struct diag *diag = diags_error(
                checking->diags, argument->at, "M123", "%s is given \"%.*s\" twice",
                call->filter->name, SLICE_PRINT(argument->name));
            diag->width = argument->width;
            diag_hint(checking->diags, diag, "write %s", call->filter->usage);
            return false;
        }
    }
    return true;
}

static bool check_arguments(const struct checking *checking)
{
    struct slice list = slice_of(checking->call->filter->parameters);
    struct parameter parameter;
    size_t position = 0;
    bool ok = true;
    if (!check_twice(checking))
        return false;
    while (next_parameter(&list, &parameter)) {
        if (!given(checking, &parameter, &position) && !parameter.is_optional)
            return missing(checking, &parameter);
    }
    list = slice_of(checking->call->filter->parameters);
    position = 0;
    while (next_parameter(&list, &parameter)) {
        const struct argument *argument = given(checking, &parameter, &position);
        if (argument)
            ok = check_argument(checking, parameter.name, argument) && ok;
    }
    return check_unused(checking, position) && ok;
}

static bool unknown_filter(const struct checking *checking)
{
    struct slice name[FILTER_COUNT];
    for (size_t i = 0; i < FILTER_COUNT; i++)
        name[i] = slice_of(filters[i].name);
    const struct filter_call *call = checking->call;
    struct diag *diag = diags_error(checking->diags, call->at, "M120",
                                    "unknown filter \"%.*s\"", SLICE_PRINT(call->name));
    diag->width = (int)utf8_length(call->name);
    if (text_nearest(call->name, name, FILTER_COUNT) >= 0)
        diag_suggest(checking->diags, diag, call->name, name, FILTER_COUNT);
    else
        diag_hint(checking->diags, diag, "\"sitrep list filters\" shows them all");
    return false;
}

static const char *class_name(unsigned classes)
{
    return classes == CLASS_COUNT                              ? "a count of incidents"
           : classes == CLASS_ADDITIVE                         ? "a count or a sum"
           : classes & CLASS_ADDITIVE && classes & CLASS_COUNT ? "a count"
           : classes & CLASS_ADDITIVE                          ? "a sum"
           : classes & CLASS_MEASURE                           ? "a measure"
           : classes & CLASS_NUMBER                            ? "a number"
           : classes & CLASS_DAY                               ? "a day"
           : classes & CLASS_PERIOD                            ? "a period"
                                                               : "words";
}

/* 31 attacks are no 3,100%. */
static bool percent_of_count(const struct checking *checking, unsigned classes)
{
    const struct filter_call *call = checking->call;
    struct diag *diag =
        diags_error(checking->diags, call->at, "M124",
                    "percent works on a share, and this is %s", class_name(classes));
    diag->width = (int)utf8_length(call->name);
    diag_hint(
        checking->diags, diag,
        "define one among the measures: `deadly share: share of deadly in attacks`");
    return false;
}

/* What to do about a filter that is given the wrong thing. */
static const char *cure_of_class(const struct checking *checking, unsigned classes)
{
    const struct filter *filter = checking->call->filter;
    struct arena *arena = diags_arena(checking->diags);
    if (filter->takes == CLASS_DAY)
        return classes & CLASS_PERIOD ? "a period is printed by dates"
                                      : "days are data.as of, data.first and data.last";
    if (filter->takes == CLASS_PERIOD)
        return "periods are period and period.previous";
    if (checking->name->kind != NAME_MEASURE)
        return arena_print(arena, "it stands behind a measure: {{ attacks | %s }}",
                           filter->usage);
    if (!(classes & CLASS_MEASURE))
        return arena_print(arena, "one filter makes the words: {{ %.*s | %s }}",
                           SLICE_PRINT(checking->name->measure->name), filter->usage);
    return filter->takes == CLASS_COUNT
               ? "give it a measure that is a `count where …`: sums come in clumps"
               : "give it a count or a sum";
}

bool filter_check(const struct filter_call *call, const struct scope *scope,
                  const struct found_name *name, unsigned classes)
{
    struct checking checking = {call, scope, name, scope->diags};
    if (!call->filter)
        return unknown_filter(&checking);
    if (strcmp(call->filter->name, "percent") == 0 && classes & CLASS_ADDITIVE)
        return percent_of_count(&checking, classes);
    if (call->filter->takes & classes)
        return check_arguments(&checking);
    struct diag *diag = diags_error(
        scope->diags, call->at, "M124", "%s works on %s, and this is %s",
        call->filter->name, class_name(call->filter->takes),
        classes & CLASS_MEASURE && !(classes & CLASS_ADDITIVE) ? "a rate, mean or share"
                                                               : class_name(classes));
    diag->width = (int)utf8_length(call->name);
    diag_hint(scope->diags, diag, "%s", cure_of_class(&checking, classes));
    return false;
}
