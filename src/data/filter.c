/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conditions against a table: names become columns, words become codes, and a run of
 * rows becomes a mask. The grammar is in filter_parse.c. */
#include "data/filter.h"

#include "data/period.h"
#include "data/shelf.h"

#include <math.h>
#include <string.h>

/* Binding ------------------------------------------------------------------------ */

struct name_list condition_fields(const struct table *table, struct arena *arena)
{
    struct slice *names = ARENA_ARRAY(arena, struct slice, table->column_count * 2);
    size_t count = 0;
    for (size_t i = 0; i < table->column_count; i++)
        names[count++] = table->column[i].name;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->column[i];
        if (column->header.size && !slice_equal(slice_fold(arena, column->name),
                                                slice_fold(arena, column->header)))
            names[count++] = column->header;
    }
    return (struct name_list){names, count, NULL};
}

static void unknown_field(const struct condition *test, const struct table *table,
                          struct diags *diags)
{
    struct arena *arena = diags_arena(diags);
    struct name_list known = condition_fields(table, arena);
    struct diag *diag =
        diags_error(diags, test->field_at, "M201", "\"%.*s\" is no column of %.*s",
                    SLICE_PRINT(test->field), SLICE_PRINT(table->name));
    diag->width = test->field_width > 0 ? test->field_width : 1;
    diag_suggest(diags, diag, test->field, known.name, known.count);
}

static bool bind_test(struct condition *test, struct table *table, struct diags *diags)
{
    test->column = table_find(table, test->field);
    if (!test->column) {
        unknown_field(test, table, diags);
        return false;
    }
    double number;
    if (test->kind == CONDITION_COMPARE && number_parse(test->value[0], &number))
        table_want_numbers(table, test->column);
    else
        table_want(table, test->column);
    return true;
}

bool condition_bind(const struct condition *condition, struct table *table,
                    struct arena *arena, struct condition **out, struct diags *diags)
{
    *out = NULL;
    bool ok = true;
    for (struct condition **end = out; condition; condition = condition->right) {
        struct condition *copy = arena_copy(arena, condition, sizeof *condition);
        *end = copy;
        end = &copy->right;
        copy->right = NULL;
        if (!condition->left)
            ok = bind_test(copy, table, diags) && ok;
        else
            ok =
                condition_bind(condition->left, table, arena, &copy->left, diags) && ok;
    }
    return ok;
}

/* Resolving: categories ---------------------------------------------------------- */

static bool schema_knows(const struct column *column, struct slice word,
                         struct arena *scratch)
{
    if (!column->field)
        return false;
    struct slice folded = slice_fold(scratch, word);
    for (size_t i = 0; i < column->field->alias_count; i++) {
        const struct schema_alias *alias = &column->field->alias[i];
        if (slice_equal(folded, alias->from) ||
            slice_equal(folded, slice_fold(scratch, alias->to)))
            return true;
    }
    return false;
}

struct diag *column_check_word(const struct column *column, struct slice word,
                               struct place at, struct diags *diags)
{
    if (column->words.count <= 1 || column_code(column, word) != UINT32_MAX ||
        schema_knows(column, word, diags_arena(diags)))
        return NULL;
    struct diag *diag =
        diags_warn(diags, at, "M202", "\"%.*s\" occurs nowhere in \"%.*s\"",
                   SLICE_PRINT(word), SLICE_PRINT(column->name));
    diag->width = (int)utf8_length(word);
    diag_suggest(diags, diag, word, column->words.word + 1, column->words.count - 1);
    if (slice_is(word, "blank") || slice_is(word, "empty") || slice_is(word, "missing"))
        diag_hint(diags, diag, "for cells that are blank write: is unknown");
    return diag;
}

static void absent_value(const struct condition *test, size_t index,
                         struct diags *diags)
{
    const struct column *column = test->column;
    struct slice value = test->value[index];
    struct diag *diag = column_check_word(column, value, test->value_at[index], diags);
    struct slice negated =
        slice_of(arena_print(diags_arena(diags), "not %.*s", SLICE_PRINT(value)));
    if (diag && test->negated && column_code(column, negated) != UINT32_MAX)
        diag_hint(diags, diag, "for the value \"%.*s\" write it in quotes",
                  SLICE_PRINT(negated));
}

static bool folded_contains(struct slice text, struct slice part)
{
    if (!part.size)
        return true;
    return memmem(text.data, text.size, part.data, part.size) != NULL;
}

static void accept_words_holding(uint8_t *accepts, const struct column *column,
                                 struct slice part)
{
    struct arena *scratch = arena_new();
    part = slice_fold(scratch, part);
    struct arena *word_scratch = arena_new();
    for (size_t code = 1; code < column->words.count; code++) {
        arena_reset(word_scratch);
        if (folded_contains(slice_fold(word_scratch, column->words.word[code]), part))
            accepts[code] = 1;
    }
    arena_free(word_scratch);
    arena_free(scratch);
}

/* The verdict on a cell that holds several values. */
static uint8_t set_verdict(const struct column *column, size_t set,
                           const uint8_t *accepts)
{
    uint8_t verdict = 0;
    for (uint32_t i = column->set_start[set]; i < column->set_start[set + 1]; i++) {
        uint32_t code = column->set_code[i];
        if (code && verdict != CONDITION_YES)
            verdict = accepts[code] ? CONDITION_YES : CONDITION_NO;
    }
    return verdict;
}

static void resolve_category(struct condition *test, struct arena *arena,
                             struct diags *diags)
{
    const struct column *column = test->column;
    uint8_t *accepts = ARENA_ARRAY(arena, uint8_t, column->words.count + 1);
    if (test->kind == CONDITION_KNOWN)
        memset(accepts, 1, column->words.count);
    for (size_t i = 0; i < test->value_count; i++) {
        uint32_t code = UINT32_MAX;
        if (test->kind == CONDITION_CONTAINS)
            accept_words_holding(accepts, column, test->value[i]);
        else if ((code = column_code(column, test->value[i])) < column->words.count)
            accepts[code] = 1;
        else
            absent_value(test, i, diags);
    }
    size_t count = column->is_list ? column->set_count : column->words.count;
    uint8_t *verdict = ARENA_ARRAY(arena, uint8_t, count + 1);
    for (size_t i = column->is_list ? 0 : 1; i < count; i++)
        verdict[i] = column->is_list ? set_verdict(column, i, accepts)
                     : accepts[i]    ? CONDITION_YES
                                     : CONDITION_NO;
    if (test->kind == CONDITION_KNOWN)
        for (size_t i = 0; i < count; i++)
            verdict[i] = verdict[i] ? CONDITION_YES : CONDITION_NO;
    test->verdict = verdict;
}

/* Resolving: numbers and days ---------------------------------------------------- */

static struct number_range range_of(enum comparison comparison,
                                    struct number_range value)
{
    switch (comparison) {
    case COMPARE_EQUAL:
    case COMPARE_NOT_EQUAL: return value;
    case COMPARE_LESS:
        return (struct number_range){-INFINITY, nextafter(value.low, -INFINITY)};
    case COMPARE_AT_MOST: return (struct number_range){-INFINITY, value.high};
    case COMPARE_AT_LEAST: return (struct number_range){value.low, INFINITY};
    case COMPARE_MORE: break;
    }
    return (struct number_range){nextafter(value.high, INFINITY), INFINITY};
}

static bool read_value(const struct condition *test, size_t index,
                       struct number_range *out, struct diags *diags)
{
    bool is_day = test->column->type == COLUMN_DAY;
    struct slice text = test->value[index];
    struct period period;
    if (is_day && period_parse_date(text, &period)) {
        *out = (struct number_range){period.first_day, period.last_day};
        return true;
    }
    if (!is_day && number_parse(text, &out->low)) {
        out->high = out->low;
        return true;
    }
    struct diag *diag =
        diags_error(diags, test->value_at[index], "M207",
                    is_day ? "\"%.*s\" is no date; \"%.*s\" holds dates"
                           : "\"%.*s\" is no number; \"%.*s\" holds numbers",
                    SLICE_PRINT(text), SLICE_PRINT(test->field));
    diag->width = (int)utf8_length(text);
    const char *guess = is_day ? period_guess(text, diags_arena(diags)) : NULL;
    if (guess)
        diag_hint(diags, diag, "write %s", guess);
    else
        diag_hint(diags, diag, "%s",
                  is_day ? "dates read 2026-11-05, 2026-W45, 2026-11 or 2026"
                         : "write it in digits: 5 or 1,200");
    return false;
}

static bool resolve_ranges(struct condition *test, struct arena *arena,
                           struct diags *diags)
{
    struct number_range *range =
        ARENA_ARRAY(arena, struct number_range, test->value_count);
    for (size_t i = 0; i < test->value_count; i++) {
        struct number_range value;
        if (!read_value(test, i, &value, diags))
            return false;
        range[i] = range_of(test->comparison, value);
    }
    test->range = range;
    return true;
}

static bool wrong_type(const struct condition *test, struct diags *diags,
                       const char *holds, const char *hint)
{
    static const char *const tests[] = {
        [CONDITION_COMPARE] = "compares numbers or dates",
        [CONDITION_CONTAINS] = "looks into words",
    };
    struct diag *diag = diags_error(
        diags, test->field_at, "M203", "\"%.*s\" %s, but \"%.*s\" holds %s",
        SLICE_PRINT(test->source), tests[test->kind], SLICE_PRINT(test->field), holds);
    diag->width = test->field_width > 0 ? test->field_width : 1;
    diag_hint(diags, diag, "%s", hint);
    return false;
}

/* `=` and `!=` are `is` and `is not`, whatever the column holds. */
static void name_equality(struct condition *test)
{
    if (test->kind != CONDITION_COMPARE)
        return;
    if (test->comparison == COMPARE_EQUAL || test->comparison == COMPARE_NOT_EQUAL) {
        test->kind = CONDITION_IS;
        test->negated = test->comparison == COMPARE_NOT_EQUAL;
    }
    if (test->comparison == COMPARE_NOT_EQUAL)
        test->comparison = COMPARE_EQUAL;
}

static bool resolve_test(struct condition *test, struct arena *arena,
                         struct diags *diags)
{
    name_equality(test);
    bool holds_words =
        test->column->type == COLUMN_CATEGORY || test->column->type == COLUMN_TEXT;
    if (holds_words && test->kind == CONDITION_COMPARE)
        return wrong_type(test, diags, "words", "words are tested by is, in, contains");
    if (!holds_words && test->kind == CONDITION_CONTAINS)
        return wrong_type(test, diags,
                          test->column->type == COLUMN_DAY ? "dates" : "numbers",
                          "numbers and dates are tested by is, in, >=, >, <=, <");
    if (test->column->type == COLUMN_CATEGORY) {
        resolve_category(test, arena, diags);
        return true;
    }
    if (!holds_words)
        return resolve_ranges(test, arena, diags);
    struct slice *folded = ARENA_ARRAY(arena, struct slice, test->value_count);
    for (size_t i = 0; i < test->value_count; i++)
        folded[i] = slice_fold(arena, test->value[i]);
    test->folded = folded;
    return true;
}

bool condition_resolve(struct condition *condition, const struct table *table,
                       struct arena *arena, struct diags *diags)
{
    bool ok = true;
    for (; condition; condition = condition->right) {
        if (!condition->left)
            ok = resolve_test(condition, arena, diags) && ok;
        else
            ok = condition_resolve(condition->left, table, arena, diags) && ok;
    }
    return ok;
}

/* Evaluating --------------------------------------------------------------------- */

enum { RUN = 1024 };

/* Rows of one table; mask bytes that are 0 stay 0. */
struct run {
    const struct table *table;
    const uint32_t *row;
    size_t count;
};

static void refine_by_category(const struct condition *test, bool negated,
                               const struct run *run, uint8_t *mask)
{
    uint8_t wanted = negated ? CONDITION_NO : CONDITION_YES;
    const uint32_t *category = test->column->as.category;
    for (size_t i = 0; i < run->count; i++)
        mask[i] &= test->verdict[category[run->row[i]]] == wanted;
}

static bool is_in_ranges(const struct condition *test, double value)
{
    bool found = false;
    for (size_t i = 0; i < test->value_count; i++)
        found |= value >= test->range[i].low && value <= test->range[i].high;
    return found;
}

static void refine_by_number(const struct condition *test, bool negated,
                             const struct run *run, uint8_t *mask)
{
    const struct column *column = test->column;
    const double *number = column->as.number;
    if (test->value_count != 1) {
        for (size_t i = 0; i < run->count; i++)
            mask[i] &= column_is_known(column, run->row[i]) &&
                       is_in_ranges(test, number[run->row[i]]) != negated;
        return;
    }
    struct number_range range = test->range[0];
    for (size_t i = 0; i < run->count; i++) {
        double value = number[run->row[i]];
        bool inside = (value >= range.low) & (value <= range.high);
        mask[i] &= (inside != negated) & column_is_known(column, run->row[i]);
    }
}

static void refine_by_day(const struct condition *test, bool negated,
                          const struct run *run, uint8_t *mask)
{
    const struct column *column = test->column;
    for (size_t i = 0; i < run->count; i++)
        mask[i] &= column_is_known(column, run->row[i]) &&
                   is_in_ranges(test, column->as.day[run->row[i]]) != negated;
}

static void refine_by_known(const struct condition *test, bool negated,
                            const struct run *run, uint8_t *mask)
{
    for (size_t i = 0; i < run->count; i++)
        mask[i] &= column_is_known(test->column, run->row[i]) != negated;
}

static bool is_ascii(struct slice text)
{
    unsigned char any = 0;
    for (size_t i = 0; i < text.size; i++)
        any |= (unsigned char)text.data[i];
    return any < 0x80;
}

/* Folding a long text costs more than reading it. In ASCII it only lowers letters and
 * turns marks into spaces, so a word that isn't in the text isn't in the folded one. */
static bool surely_lacks(struct slice text, struct slice folded)
{
    const char *space = memchr(folded.data, ' ', folded.size);
    size_t size = space ? (size_t)(space - folded.data) : folded.size;
    if (!size || !is_ascii(text) || !is_ascii(folded))
        return false;
    const char first = folded.data[0] | 0x20;
    for (size_t i = 0; i + size <= text.size; i++) {
        if ((text.data[i] | 0x20) != first)
            continue;
        size_t j = 1;
        while (j < size && (text.data[i + j] | 0x20) == (folded.data[j] | 0x20))
            j++;
        if (j == size)
            return false;
    }
    return true;
}

static bool may_meet(const struct condition *test, struct slice text)
{
    for (size_t i = 0; i < test->value_count; i++)
        if (!surely_lacks(text, test->folded[i]))
            return true;
    return false;
}

static uint8_t text_verdict(const struct condition *test, struct slice text,
                            struct arena *scratch)
{
    if (test->kind == CONDITION_KNOWN)
        return text.size ? CONDITION_YES : CONDITION_NO;
    if (!text.size)
        return 0;
    if (!may_meet(test, text))
        return CONDITION_NO;
    text = slice_fold(scratch, text);
    for (size_t i = 0; i < test->value_count; i++) {
        bool meets = test->kind == CONDITION_CONTAINS
                         ? folded_contains(text, test->folded[i])
                         : slice_equal(text, test->folded[i]);
        if (meets)
            return CONDITION_YES;
    }
    return CONDITION_NO;
}

static void refine_by_text(const struct condition *test, bool negated,
                           const struct run *run, uint8_t *mask)
{
    uint8_t wanted = negated ? CONDITION_NO : CONDITION_YES;
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < run->count; i++) {
        if (!mask[i])
            continue;
        arena_reset(scratch);
        struct slice text = table_text(run->table, test->column, run->row[i], scratch);
        mask[i] = text_verdict(test, text, scratch) == wanted;
    }
    arena_free(scratch);
}

static void refine_by_test(const struct condition *test, bool negated,
                           const struct run *run, uint8_t *mask)
{
    negated = negated != test->negated;
    switch (test->column->type) {
    case COLUMN_CATEGORY: refine_by_category(test, negated, run, mask); return;
    case COLUMN_TEXT: refine_by_text(test, negated, run, mask); return;
    case COLUMN_NUMBER:
    case COLUMN_DAY: break;
    }
    if (test->kind == CONDITION_KNOWN)
        refine_by_known(test, negated, run, mask);
    else if (test->column->type == COLUMN_NUMBER)
        refine_by_number(test, negated, run, mask);
    else
        refine_by_day(test, negated, run, mask);
}

static void refine(const struct condition *condition, bool negated,
                   const struct run *run, uint8_t *mask);

static void refine_by_any(const struct condition *chain, bool negated,
                          const struct run *run, uint8_t *mask)
{
    uint8_t any[RUN] = {0}, part[RUN];
    enum condition_kind kind = chain->kind;
    bool is_last = false;
    while (!is_last) {
        is_last = chain->kind != kind;
        memcpy(part, mask, run->count);
        refine(is_last ? chain : chain->left, negated, run, part);
        for (size_t i = 0; i < run->count; i++)
            any[i] |= part[i];
        if (!is_last)
            chain = chain->right;
    }
    memcpy(mask, any, run->count);
}

/* A not is carried down to the tests, where an unknown cell meets neither side:
 * not (a and b) is (not a) or (not b). */
static void refine(const struct condition *condition, bool negated,
                   const struct run *run, uint8_t *mask)
{
    for (;;) {
        switch (condition->kind) {
        case CONDITION_NOT:
            negated = !negated;
            condition = condition->left;
            continue;
        case CONDITION_AND:
        case CONDITION_OR:
            if ((condition->kind == CONDITION_AND) == negated) {
                refine_by_any(condition, negated, run, mask);
                return;
            }
            refine(condition->left, negated, run, mask);
            condition = condition->right;
            continue;
        case CONDITION_IS:
        case CONDITION_COMPARE:
        case CONDITION_CONTAINS:
        case CONDITION_KNOWN: refine_by_test(condition, negated, run, mask); return;
        }
        return;
    }
}

void condition_evaluate(const struct condition *condition, const struct table *table,
                        const uint32_t *row, size_t count, uint8_t *accepted)
{
    memset(accepted, 1, count);
    for (size_t start = 0; condition && start < count; start += RUN) {
        size_t size = count - start < RUN ? count - start : RUN;
        struct run run = {table, row + start, size};
        refine(condition, false, &run, accepted + start);
    }
}

bool condition_accepts(const struct condition *condition, const struct table *table,
                       uint32_t row)
{
    uint8_t accepted = 0;
    condition_evaluate(condition, table, &row, 1, &accepted);
    return accepted;
}

/* Equality ----------------------------------------------------------------------- */

static bool test_equal(const struct condition *a, const struct condition *b)
{
    if (a->column != b->column || a->negated != b->negated ||
        a->value_count != b->value_count)
        return false;
    if (a->kind == CONDITION_COMPARE && a->comparison != b->comparison)
        return false;
    for (size_t i = 0; i < a->value_count; i++)
        if (!slice_equal(a->value[i], b->value[i]))
            return false;
    return true;
}

bool condition_equal(const struct condition *a, const struct condition *b)
{
    for (; a && b; a = a->right, b = b->right) {
        if (a == b)
            return true;
        if (a->kind != b->kind)
            return false;
        if (a->left ? !condition_equal(a->left, b->left) : !test_equal(a, b))
            return false;
    }
    return a == b;
}

uint64_t condition_hash(const struct condition *condition)
{
    uint64_t hash = 0;
    for (; condition; condition = condition->right) {
        hash = hash_join(hash, (uint64_t)condition->kind << 1 | condition->negated);
        hash = hash_join(hash, condition->left ? condition_hash(condition->left)
                                               : (uintptr_t)condition->column);
        for (size_t i = 0; !condition->left && i < condition->value_count; i++)
            hash = hash_join(hash, slice_hash(condition->value[i]));
    }
    return hash;
}

struct condition *condition_copy(const struct condition *condition, struct arena *arena)
{
    if (!condition)
        return NULL;
    struct condition *copy = arena_copy(arena, condition, sizeof *condition);
    copy->left = condition_copy(condition->left, arena);
    copy->right = condition_copy(condition->right, arena);
    return copy;
}
