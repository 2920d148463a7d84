/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checking that names and filters exist, printing values into their sentences, and
 * recording every number that is printed. */
#include "template/gaps.h"
#include "template/pipeline.h"

#include <math.h>

/* Checking ------------------------------------------------------------------------- */

static bool unknown_name(const struct pipeline *pipeline, const struct scope *scope)
{
    struct diag *diag =
        diags_error(scope->diags, pipeline->at, "M104", "unknown name \"%.*s\"",
                    SLICE_PRINT(pipeline->name));
    diag->width = (int)utf8_length(pipeline->name);
    name_suggest(scope, diag, pipeline->name);
    return false;
}

static unsigned classes_of(const struct found_name *name)
{
    int32_t day;
    double number;
    switch (name->kind) {
    case NAME_MEASURE:
        if (name->view != VIEW_NOW)
            return CLASS_NUMBER;
        return CLASS_MEASURE | CLASS_NUMBER |
               (measure_is_additive(name->measure) ? CLASS_ADDITIVE : 0) |
               (measure_is_count(name->measure) ? CLASS_COUNT : 0);
    case NAME_PERIOD: return CLASS_PERIOD;
    case NAME_VALUE: break;
    }
    unsigned classes = CLASS_TEXT;
    if (name->value.kind == VALUE_UNKNOWN || value_as_number(&name->value, &number))
        classes |= CLASS_NUMBER;
    if (value_as_day(&name->value, &day))
        classes |= CLASS_DAY;
    return name->value.kind == VALUE_PERIOD ? CLASS_PERIOD : classes;
}

/* A figure of another table inside an `each` that this table knows nothing of would be
 * the whole country's. */
static bool check_groups(const struct pipeline *pipeline, const struct found_name *name,
                         const struct scope *scope)
{
    struct slice missing;
    if (name->kind != NAME_MEASURE ||
        scope_want_groups(name->scope, name->measure->table, &missing))
        return true;
    struct diag *diag =
        diags_error(scope->diags, pipeline->at, "M125",
                    "\"%.*s\" can't be told by %.*s: %.*s has no such column",
                    SLICE_PRINT(pipeline->name), SLICE_PRINT(missing),
                    SLICE_PRINT(name->measure->table->name));
    diag->width = (int)utf8_length(pipeline->name);
    diag_hint(scope->diags, diag, "for the whole write national.%.*s",
              SLICE_PRINT(pipeline->name));
    return false;
}

/* Pages are numbered when the text is laid out: only what is put on them later knows. */
static void check_page(const struct pipeline *pipeline, const struct scope *scope)
{
    if (scope->pages ||
        (!slice_is(pipeline->name, "page") && !slice_is(pipeline->name, "pages")))
        return;
    struct diag *diag =
        diags_warn(scope->diags, pipeline->at, "M126",
                   "\"%.*s\" is known in the footer only", SLICE_PRINT(pipeline->name));
    diag->width = (int)utf8_length(pipeline->name);
    diag_hint(scope->diags, diag,
              "as in footer: \"page {{ page }} of {{ pages }}\" in the front matter");
}

static bool pipeline_check(const struct pipeline *pipeline, const struct scope *scope)
{
    struct found_name name;
    if (!name_find(scope, pipeline->name, &name))
        return unknown_name(pipeline, scope);
    if (name.kind == NAME_VALUE)
        check_page(pipeline, scope);
    if (!check_groups(pipeline, &name, scope))
        return false;
    unsigned classes = classes_of(&name);
    for (size_t i = 0; i < pipeline->call_count; i++) {
        const struct filter_call *call = &pipeline->call[i];
        if (!filter_check(call, scope, &name, classes))
            return false;
        classes = call->filter->gives;
    }
    return true;
}

static bool is_measure(const struct term *term, const struct scope *scope)
{
    struct found_name name;
    return term->pipeline && !term->pipeline->call_count &&
           name_find(scope, term->pipeline->name, &name) && name.kind == NAME_MEASURE;
}

static bool wrong_comparison(const struct term *at, const struct scope *scope,
                             const char *message, struct slice named, const char *hint)
{
    struct diag *diag =
        diags_error(scope->diags, at->at, "M103", message, SLICE_PRINT(named));
    diag->width = (int)utf8_length(at->pipeline ? at->pipeline->name : at->text);
    diag_hint(scope->diags, diag, "%s", hint);
    return false;
}

/* A text of this issue; the next one's may be a number. */
static void warn_of_text(const struct term *side, const struct scope *scope)
{
    struct slice name = side->pipeline->name;
    struct diag *diag =
        diags_warn(scope->diags, side->at, "M103",
                   "\"%.*s\" is a text, and compared with a number", SLICE_PRINT(name));
    diag->width = (int)utf8_length(name);
    diag_hint(scope->diags, diag,
              "the comparison doesn't hold; numbers are compared with measures");
}

/* The words of a filter are no number: a comparison with them never holds. */
static bool check_side(const struct term *side, const struct term *other,
                       const struct scope *scope)
{
    struct found_name name;
    double number;
    if (!side->pipeline || !name_find(scope, side->pipeline->name, &name))
        return true;
    for (size_t i = 0; i < side->pipeline->call_count; i++) {
        const struct filter *filter = side->pipeline->call[i].filter;
        if (filter && filter->gives == CLASS_TEXT)
            return wrong_comparison(
                side, scope, "\"%.*s\" gives words, which compare with nothing",
                slice_of(filter->name),
                "compare the measure itself, as in attacks > attacks.previous");
    }
    bool is_text = name.kind == NAME_VALUE && name.value.kind == VALUE_TEXT &&
                   name.value.text.size && !value_as_number(&name.value, &number);
    if (is_text && other->kind == TERM_NUMBER)
        warn_of_text(side, scope);
    return true;
}

/* "attacks > 50%" would be read as more than a half of one attack. */
static bool check_percent(const struct term *term, const struct scope *scope)
{
    struct found_name name;
    const struct slice text = term->right->text;
    if (term->right->kind != TERM_NUMBER || !text.size ||
        text.data[text.size - 1] != '%' || !is_measure(term->left, scope) ||
        !name_find(scope, term->left->pipeline->name, &name) ||
        !measure_is_additive(name.measure))
        return true;
    return wrong_comparison(term->right, scope,
                            "\"%.*s\" is a percentage, and no count", text,
                            "percentages are compared with shares");
}

/* "attacks is many" would never hold. */
static bool check_comparison(const struct term *term, const struct scope *scope)
{
    double number;
    if (!check_side(term->left, term->right, scope) ||
        !check_side(term->right, term->left, scope) || !check_percent(term, scope))
        return false;
    if (!is_measure(term->left, scope) || term->right->kind != TERM_TEXT ||
        number_parse(term->right->text, &number))
        return true;
    struct diag *diag = diags_error(scope->diags, term->right->at, "M103",
                                    "\"%.*s\" is a number, and \"%.*s\" is none",
                                    SLICE_PRINT(term->left->pipeline->name),
                                    SLICE_PRINT(term->right->text));
    diag->width = (int)utf8_length(term->right->text);
    diag_hint(scope->diags, diag, "as in %.*s > 0",
              SLICE_PRINT(term->left->pipeline->name));
    return false;
}

static bool term_check(const struct term *term, const struct scope *scope)
{
    if (!term)
        return true;
    bool ok = !term->pipeline || pipeline_check(term->pipeline, scope);
    ok = term_check(term->left, scope) && ok;
    ok = term_check(term->right, scope) && ok;
    return ok && (term->kind != TERM_COMPARE || check_comparison(term, scope));
}

/* Names may hold the words that conditions are made of ("killed and injured"). */
static bool condition_check(struct condition_text *condition, const struct scope *scope)
{
    if (!condition->names_known) {
        struct name_list names = names_list(scope);
        if (!term_parse(condition->text, condition->at, &names, condition->arena,
                        &condition->term, scope->diags))
            return false;
        condition->names_known = true;
    }
    return term_check(condition->term, scope);
}

bool expression_check(const struct expression *expression, const struct scope *scope)
{
    return expression->condition ? condition_check(expression->condition, scope)
                                 : pipeline_check(expression->pipeline, scope);
}

/* Printing ------------------------------------------------------------------------- */

/* Rows of the table that this place sees, in words. */
static struct slice conditions_in_force(const struct scope *scope,
                                        const struct measure *measure)
{
    struct text out = {.arena = scope->arena};
    const struct condition *all[] = {measure ? measure->where : NULL, scope->where};
    for (size_t i = 0; i < 2; i++) {
        if (all[i] && all[i]->source.size)
            text_print(&out, "%s%.*s", out.size ? " and " : "",
                       SLICE_PRINT(all[i]->source));
    }
    return text_slice(&out);
}

static struct slice groups_in_force(const struct scope *scope)
{
    struct text out = {.arena = scope->arena};
    for (; scope; scope = scope->outer) {
        if (scope->each && scope->group < scope->each->words.count)
            text_print(&out, "%s%.*s = %.*s", out.size ? ", " : "",
                       SLICE_PRINT(scope->each->name),
                       SLICE_PRINT(scope->each->words.word[scope->group]));
    }
    return text_slice(&out);
}

static void record(const struct expression *expression, const struct scope *scope,
                   const struct value *value, struct slice printed)
{
    struct found_name name = {.scope = scope};
    bool is_number = value->measure || value->kind == VALUE_NUMBER;
    if (!scope->figures || !is_number)
        return;
    name_find(scope, expression->pipeline->name, &name);
    const struct scope *own = name.scope ? name.scope : scope;
    const struct measure *measure = value->measure;
    struct figure figure = {
        .at = expression->at,
        .expression = expression->source,
        .printed = slice_copy(scope->figures->arena, printed),
        .number = value->number,
        .low = value->low,
        .high = value->high,
        .measure = measure ? measure->source : (struct slice){0},
        .condition = conditions_in_force(own, measure),
        .period = name.view == VIEW_PREVIOUS ? own->compare.whole : own->period.whole,
        .group = groups_in_force(own),
        .rows = value->rows,
    };
    figures_add(scope->figures, &figure);
}

/* The place as it is in another language, without a trace of what is done there. */
static const struct scope *scope_in(const struct scope *scope,
                                    const struct locale *locale, struct diags *unheard)
{
    if (!scope)
        return NULL;
    struct scope *copy = arena_copy(scope->arena, scope, sizeof *scope);
    copy->outer = scope_in(scope->outer, locale, unheard);
    copy->locale = locale;
    copy->figures = NULL;
    copy->diags = unheard;
    return copy;
}

/* Texts of values, and what say chooses, are the editor's in each language. */
static bool is_own_text(const struct expression *expression, const struct value *value)
{
    const struct pipeline *pipeline = expression->pipeline;
    if (value->kind != VALUE_TEXT || value->is_phrase)
        return false;
    const struct filter *last =
        pipeline->call_count ? pipeline->call[pipeline->call_count - 1].filter : NULL;
    return !last || slice_is(slice_of(last->name), "say");
}

static void record_words(const struct expression *expression, const struct scope *scope,
                         const struct value *value, struct slice printed)
{
    if (!scope->figures || !scope->figures->plain || !printed.size)
        return;
    struct arena *arena = scope->figures->arena;
    struct text plain = {.arena = arena};
    if (!is_own_text(expression, value)) {
        const struct scope *other =
            scope_in(scope, scope->figures->plain, diags_new(scope->arena));
        struct value same = evaluate(expression->pipeline, other);
        value_print(&same, other->locale, &plain);
    }
    figures_add_said(scope->figures, &(struct said_value){
                                         .at = expression->at,
                                         .expression = expression->source,
                                         .printed = slice_copy(arena, printed),
                                         .plain = text_slice(&plain),
                                     });
}

/* Words of the language begin a sentence with a capital; names and numbers stay. */
static struct slice begin_sentence(struct slice words, struct arena *arena)
{
    char first = words.size ? words.data[0] : 0;
    if (first < 'a' || first > 'z')
        return words;
    struct slice copy = slice_copy(arena, words);
    ((char *)copy.data)[0] = (char)(first - 'a' + 'A');
    return copy;
}

struct value expression_print(const struct expression *expression,
                              const struct scope *scope, struct text *out)
{
    if (!expression->pipeline) {
        bool holds = expression_is_true(expression, scope);
        return value_number(holds ? 1 : 0);
    }
    struct value value = evaluate(expression->pipeline, scope);
    if (scope->rehearsal)
        value = value_unknown("this is the rehearsal");
    if (!out)
        return value;
    struct text printed = {.arena = scope->arena};
    value_print(&value, scope->locale, &printed);
    struct slice words = text_slice(&printed);
    if (value.is_phrase && expression->manner->begins_sentence)
        words = begin_sentence(words, scope->arena);
    if (words.size)
        text_append(out, expression->manner->lead);
    text_append(out, words);
    record(expression, scope, &value, words);
    record_words(expression, scope, &value, words);
    return value;
}

/* Texts with values ------------------------------------------------------------------ */

bool template_text_check(const struct template_text *text, const struct scope *scope)
{
    bool ok = true;
    for (size_t i = 0; i < text->count; i++) {
        if (text->part[i].expression)
            ok = expression_check(text->part[i].expression, scope) && ok;
    }
    return ok;
}

struct slice template_text_print(const struct template_text *text,
                                 const struct scope *scope)
{
    struct text out = {.arena = scope->arena};
    struct gap_text *part = ARENA_ARRAY(scope->arena, struct gap_text, text->count);
    for (size_t i = 0; i < text->count; i++) {
        struct text printed = {.arena = scope->arena};
        part[i].text = text->part[i].literal;
        if (!text->part[i].expression)
            continue;
        expression_print(text->part[i].expression, scope, &printed);
        part[i].text = text_slice(&printed);
        part[i].is_gap = !printed.size;
    }
    gaps_close(part, text->count);
    for (size_t i = 0; i < text->count; i++)
        text_append(&out, part[i].text);
    return text_slice(&out);
}
