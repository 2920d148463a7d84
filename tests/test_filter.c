/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"
#include "built_table.h"

#include "data/filter.h"

/* Eight rows:
 *   0 attack    Sindh    5     police        2026-11-01
 *   1 attack    KP       40+   police;CTD    2026-11-02
 *   2 operation KP       0     army          2026-11-03
 *   3 operation          blank (none)        2026-11-04
 *   4 (blank)   Sindh    12    army;police   2026-12-01
 *   5 attack    Jammu and Kashmir  1  CTD    2026-12-31
 *   6 attack    Sindh    -3    rangers       (no date)
 *   7 attack    D.I Khan 5.5   police        2027-01-01 */
enum { ROWS = 8 };

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct table *table;
    struct name_list fields;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = ARENA_NEW(arena, struct fixture);
    f->arena = arena;
    f->diags = diags_new(arena);
    f->table = built_table(arena, ROWS);
    built_words(f->table, arena, "side",
                "attack|attack|operation|operation||attack|attack|attack");
    built_words(f->table, arena, "province",
                "Sindh|KP|KP||Sindh|Jammu and Kashmir|Sindh|D.I Khan");
    const double killed[ROWS] = {5, 40, 0, NAN, 12, 1, -3, 5.5};
    struct column *column = built_numbers(f->table, arena, "killed", killed);
    built_at_least(column, f->table, arena, 1);
    built_lists(f->table, arena, "agency",
                "police|police;CTD|army||army;police|CTD|rangers|police");
    int32_t first = civil_day(2026, 11, 1);
    const int32_t days[ROWS] = {first,      first + 1,  first + 2, first + 3,
                                first + 30, first + 60, NO_DAY,    first + 61};
    built_days(f->table, arena, "date", days);
    built_numbers(f->table, arena, "killed max", killed);
    built_numbers(f->table, arena, "where_prec", killed);
    built_words(f->table, arena, "not", "a|a|b|b|a|a|a|a");
    built_words(f->table, arena, "Open/Closed Space", "Open|Closed|Open|||||");
    built_words(f->table, arena, "Explosive Weight (max)", "1kg|2kg||||||");
    f->fields = condition_fields(f->table, arena);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    built_free(f->table);
    arena_free(f->arena);
    return 0;
}

static struct condition *compile(struct fixture *f, const char *text)
{
    const struct condition *parsed;
    struct condition *bound;
    struct place at = {"t.md", 7, 4};
    if (condition_parse(slice_of(text), at, &f->fields, f->arena, &parsed, f->diags) &&
        condition_bind(parsed, f->table, f->arena, &bound, f->diags) &&
        condition_resolve(bound, f->table, f->arena, f->diags))
        return bound;
    return NULL;
}

/* The rows that a condition accepts, as a string of 0 and 1. */
static void assert_accepts_at(struct fixture *f, const char *text, const char *want,
                              int line)
{
    struct condition *condition = compile(f, text);
    if (!condition) {
        print_error("\"%s\": %s\n", text, diags_at(f->diags, 0)->message);
        _fail(__FILE__, line);
        return;
    }
    uint32_t row[ROWS];
    uint8_t accepted[ROWS];
    char got[ROWS + 1] = "";
    for (uint32_t i = 0; i < ROWS; i++)
        row[i] = i;
    condition_evaluate(condition, f->table, row, ROWS, accepted);
    for (uint32_t i = 0; i < ROWS; i++) {
        got[i] = (char)('0' + accepted[i]);
        if (condition_accepts(condition, f->table, i) != (accepted[i] == 1))
            _fail(__FILE__, line);
    }
    if (strcmp(got, want) == 0)
        return;
    print_error("\"%s\" accepts %s, not %s\n", text, got, want);
    _fail(__FILE__, line);
}
#define assert_accepts(text, want) assert_accepts_at(*state, (text), (want), __LINE__)

/* The first message of a condition that is refused. */
static void assert_refused_at(struct fixture *f, const char *text, const char *code,
                              int column, const char *part, int line)
{
    diags_truncate(f->diags, 0);
    struct condition *condition = compile(f, text);
    const struct diag *diag = diags_total(f->diags) ? diags_at(f->diags, 0) : NULL;
    bool fits =
        !condition && diag && diag->severity == SEVERITY_ERROR &&
        strcmp(diag->code, code) == 0 && diag->at.column == column &&
        (strstr(diag->message, part) || (diag->hint && strstr(diag->hint, part)));
    if (fits)
        return;
    print_error("\"%s\": %s, %s at column %d, %s, %s\n", text,
                condition ? "accepted" : "refused", diag ? diag->code : "",
                diag ? diag->at.column : 0, diag ? diag->message : "",
                diag && diag->hint ? diag->hint : "");
    _fail(__FILE__, line);
}
#define assert_refused(text, code, column, part)                                       \
    assert_refused_at(*state, (text), (code), (column), (part), __LINE__)

static void a_value_is_met_in_any_spelling(void **state)
{
    assert_accepts("side is attack", "11000111");
    assert_accepts("Side IS \"Attack\"", "11000111");
    assert_accepts("side is \xE2\x80\x9C"
                   "attack\xE2\x80\x9D",
                   "11000111");
    assert_accepts("side is \xE2\x80\x9D"
                   "attack\xE2\x80\x9D",
                   "11000111");
    assert_accepts("side is \xE2\x80\x98"
                   "attack\xE2\x80\x99",
                   "11000111");
    assert_accepts("side is 'attack'", "11000111");
    assert_accepts("side = attack", "11000111");
    assert_accepts("side == attack", "11000111");
    assert_accepts("province is d. i khan", "00000001");
    assert_accepts("\xC2\xA0side\xC2\xA0is\xC2\xA0"
                   "attack\xC2\xA0",
                   "11000111");
}

static void blank_meets_neither_is_nor_is_not(void **state)
{
    assert_accepts("side is not attack", "00110000");
    assert_accepts("not side is attack", "00110000");
    assert_accepts("side != attack", "00110000");
    assert_accepts("not side is not attack", "11000111");
    assert_accepts("killed >= 5", "11001001");
    assert_accepts("not killed >= 5", "00100110");
    assert_accepts("killed is not 5", "01101111");
    assert_accepts("not (killed > 5 or side is attack)", "00100000");
}

static void known_and_unknown_are_each_others_opposite(void **state)
{
    assert_accepts("side is known", "11110111");
    assert_accepts("side is unknown", "00001000");
    assert_accepts("side is not known", "00001000");
    assert_accepts("not side is unknown", "11110111");
    assert_accepts("killed is unknown", "00010000");
    assert_accepts("date is known", "11111101");
    assert_accepts("agency is unknown", "00010000");
    assert_accepts("not agency is known", "00010000");
}

static void numbers_are_compared(void **state)
{
    assert_accepts("killed > 5", "01001001");
    assert_accepts("killed >= 5", "11001001");
    assert_accepts("killed < 0", "00000010");
    assert_accepts("killed <= 0", "00100010");
    assert_accepts("killed is 5.5", "00000001");
    assert_accepts("killed = 0", "00100000");
    assert_accepts("killed <> 0", "11001111");
    assert_accepts("killed in (0, 5, 12)", "10101000");
    assert_accepts("killed not in (0, 5, 12)", "01000111");
    assert_accepts("killed \xE2\x89\xA5 12", "01001000");
    assert_accepts("killed \xE2\x89\xA4 0", "00100010");
    assert_accepts("killed \xE2\x89\xA0 0", "11001111");
    assert_accepts("killed>=5", "11001001");
    assert_accepts("killed >= -3", "11101111");
    assert_accepts("killed < 1,000", "11101111");
}

static void dates_are_values(void **state)
{
    assert_accepts("date >= 2026-12-01", "00001101");
    assert_accepts("date > 2026-12-01", "00000101");
    assert_accepts("date is 2026-11-02", "01000000");
    assert_accepts("date is 2026-11", "11110000");
    assert_accepts("date is not 2026-11", "00001101");
    assert_accepts("date > 2026-11", "00001101");
    assert_accepts("date <= 2026-11", "11110000");
    assert_accepts("date < 2026-12", "11110000");
    assert_accepts("date is 2026", "11111100");
    assert_accepts("date in (2026-W45, 2027)", "01110001");
    assert_accepts("date is 2026-Q4 and not date is 2026-12", "11110000");
}

static void any_value_of_a_cell_may_match(void **state)
{
    assert_accepts("agency is police", "11001001");
    assert_accepts("agency is not police", "00100110");
    assert_accepts("agency in (army, CTD)", "01101100");
    assert_accepts("agency contains \"ang\"", "00000010");
    assert_accepts("agency is police and agency is CTD", "01000000");
}

static void words_are_searched_folded(void **state)
{
    assert_accepts("province contains \"kash\"", "00000100");
    assert_accepts("province contains 'i k'", "00000001");
    assert_accepts("province does not contain \"kash\"", "11101011");
    assert_accepts("province contains ind", "10001010");
}

static void chains_and_brackets_combine(void **state)
{
    assert_accepts("side is attack and killed >= 5", "11000001");
    assert_accepts("side is operation or killed >= 12", "01111000");
    assert_accepts("side is attack and (killed >= 12 or province is Sindh)",
                   "11000010");
    assert_accepts("(side is attack and killed >= 12) or province is Sindh",
                   "11001010");
    assert_accepts("side is operation or killed >= 12 or province is Sindh",
                   "11111010");
    assert_accepts("side is operation or (killed >= 12 or province is Sindh)",
                   "11111010");
    /* An operation is no attack, whatever is known of its killed. */
    assert_accepts("not (side is attack and killed >= 5)", "00110110");
    assert_accepts("not not side is attack", "11000111");
    assert_accepts("((side is attack))", "11000111");
    assert_accepts("NOT (side is attack) AND province is KP", "00100000");
}

static void values_may_hold_what_looks_like_grammar(void **state)
{
    assert_accepts("province is \"Jammu and Kashmir\"", "00000100");
    assert_accepts("province in (Jammu and Kashmir, Sindh)", "10001110");
    assert_accepts("province in (\"KP\", 'Sindh') and side is attack", "11000010");
    assert_accepts("side is in (attack)", "11000111");
    struct fixture *f = *state;
    diags_truncate(f->diags, 0);
    struct condition *condition = compile(f, "side is in progress");
    assert_slice(condition->value[0], "in progress");
    condition = compile(f, "side is known to police");
    assert_slice(condition->value[0], "known to police");
    condition = compile(f, "side is Lashkar (LeJ) and killed > 1");
    assert_slice(condition->left->value[0], "Lashkar (LeJ)");
    condition = compile(f, "side is 'd'Ivoire'");
    assert_slice(condition->value[0], "d'Ivoire");
}

static void the_longest_known_name_wins(void **state)
{
    struct fixture *f = *state;
    assert_slice(compile(f, "killed max >= 5")->field, "killed max");
    assert_slice(compile(f, "Killed_Max >= 5")->field, "killed max");
    assert_slice(compile(f, "killed   max>=5")->field, "killed max");
    assert_slice(compile(f, "where prec is 1")->field, "where_prec");
    assert_slice(compile(f, "\"killed max\" >= 5")->field, "killed max");
    assert_slice(compile(f, "open/closed space is open")->field, "Open/Closed Space");
    assert_slice(compile(f, "Explosive Weight (max) is 1kg")->field,
                 "Explosive Weight (max)");
    assert_accepts("not is a", "11001111");
    assert_accepts("not not is a", "00110000");
    assert_accepts("not side is attack", "00110000");
}

static void sources_and_places_are_kept(void **state)
{
    struct fixture *f = *state;
    struct condition *condition =
        compile(f, " (side is attack or killed > 9)  and province is KP ");
    assert_slice(condition->source,
                 "(side is attack or killed > 9)  and province is KP");
    assert_slice(condition->left->source, "(side is attack or killed > 9)");
    assert_slice(condition->right->source, "province is KP");
    assert_int_equal(condition->right->at.line, 7);
    assert_int_equal(condition->right->field_at.column, 4 + 37);
    assert_int_equal(condition->right->value_at[0].column, 4 + 49);
}

static void mistakes_are_named_at_their_place(void **state)
{
    assert_refused("kiled >= 5", "M201", 4, "did you mean \"killed\"?");
    assert_refused("side is attack and kiled >= 5", "M201", 23, "killed");
    assert_refused("killed min >= 5", "M201", 4, "killed min");
    assert_refused("killed (least) >= 5", "M201", 4, "killed (least)");
    assert_refused("side is attack or killed > 1 and province is KP", "M205", 33,
                   "mixed without brackets");
    assert_refused("side", "M204", 8, "expected a test behind \"side\"");
    assert_refused("side are attack", "M204", 9, "write is");
    assert_refused("side is attack & killed > 1", "M204", 12,
                   "looks like another test");
    assert_refused("", "M204", 4, "found nothing");
    assert_refused("side is", "M204", 11, "expected a value");
    assert_refused("side is attack and", "M204", 22, "found nothing");
    assert_refused("province is Jammu and Kashmir", "M204", 26, "needs quotes");
    assert_refused("(side is attack", "M204", 4, "isn't closed");
    assert_refused("side is attack)", "M204", 18, "found \")\"");
    assert_refused("side is \"attack", "M204", 12, "isn't closed");
    assert_refused("side in (attack", "M204", 19, "expected \",\" or \")\"");
    assert_refused("side in (attack,)", "M204", 20, "expected a value");
    assert_refused("side in ()", "M204", 13, "expected a value");
    assert_refused("side is \"attack\" now", "M204", 21, "found \"now\"");
    assert_refused("killed >= many", "M207", 14, "\"many\" is no number");
    assert_refused("date >= november", "M207", 12, "2026-11-05");
    assert_refused("date is 2026-02-30", "M207", 12, "is no date");
    assert_refused("side >= 5", "M203", 4, "holds words");
    assert_refused("killed contains \"5\"", "M203", 4, "holds numbers");
    assert_refused("date contains \"5\"", "M203", 4, "holds dates");
}

static void a_value_that_occurs_nowhere_is_a_warning(void **state)
{
    struct fixture *f = *state;
    assert_accepts("side is atack", "00000000");
    assert_int_equal(diags_count(f->diags, SEVERITY_WARNING), 1);
    const struct diag *diag = diags_at(f->diags, 0);
    assert_string_equal(diag->code, "M202");
    assert_int_equal(diag->at.column, 12);
    assert_int_equal(diag->width, 5);
    assert_string_equal(diag->hint, "did you mean \"attack\"?");
    diags_truncate(f->diags, 0);
    assert_accepts("side is not atack", "11110111");
    assert_int_equal(diags_count(f->diags, SEVERITY_WARNING), 1);
}

static void a_word_that_the_schema_knows_needs_no_warning(void **state)
{
    struct fixture *f = *state;
    static const struct schema_alias alias[] = {
        {{"raid", 4}, {"Search Raid", 11}, {NULL, 0, 0}}};
    static const struct schema_field field = {.alias_count = 1, .alias = alias};
    table_find(f->table, slice_of("side"))->field = &field;
    assert_accepts("side in (RAID, search raid)", "00000000");
    assert_int_equal(diags_total(f->diags), 0);
    assert_accepts("side is raids", "00000000");
    assert_int_equal(diags_total(f->diags), 1);
}

static void equal_conditions_are_found(void **state)
{
    struct fixture *f = *state;
    struct condition *a = compile(f, "side is attack and killed >= 5");
    assert_true(condition_equal(a, compile(f, "Side is attack and (killed>=5)")));
    assert_true(condition_equal(NULL, NULL));
    static const char *const others[] = {
        "side is attack",
        "side is attack or killed >= 5",
        "side is not attack and killed >= 5",
        "side is attack and killed > 5",
        "side is attack and killed >= 6",
        "side is attack and killed max >= 5",
        "side is attack and killed >= 5 and date is known",
    };
    assert_false(condition_equal(a, NULL));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(condition_equal(a, compile(f, others[i])));
        assert_false(condition_equal(compile(f, others[i]), a));
    }
}

static struct slice repeated(struct arena *arena, const char *part, size_t count,
                             const char *end)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        text_append_string(&text, part);
    text_append_string(&text, end);
    return text_slice(&text);
}

static void conditions_without_end_are_refused(void **state)
{
    struct fixture *f = *state;
    const struct slice long_ones[] = {
        repeated(f->arena, "(", 60, "side is attack"),
        repeated(f->arena, "not ", 60, "side is attack"),
        repeated(f->arena, "not is a and ", 2000, "side is attack"),
        repeated(f->arena, "not>1 and ", 999 + 2, "not>1"),
    };
    for (size_t i = 0; i < 4; i++) {
        const struct condition *condition;
        diags_truncate(f->diags, 0);
        assert_false(condition_parse(long_ones[i], (struct place){"t.md", 1, 1},
                                     &f->fields, f->arena, &condition, f->diags));
        assert_string_equal(diags_at(f->diags, 0)->code, "M206");
    }
}

static void many_tests_in_a_row_need_no_depth(void **state)
{
    struct fixture *f = *state;
    struct slice text = repeated(f->arena, "not>1 or ", 900, "not>1");
    const struct condition *condition;
    assert_true(condition_parse(text, (struct place){"t.md", 1, 1}, &f->fields,
                                f->arena, &condition, f->diags));
    struct condition *compiled =
        compile(f, slice_c_string(f->arena,
                                  repeated(f->arena, "killed>9 or ", 800, "killed>9")));
    assert_true(condition_accepts(compiled, f->table, 4));
    assert_false(condition_accepts(compiled, f->table, 0));
}

static void more_rows_than_a_run_are_evaluated(void **state)
{
    struct fixture *f = *state;
    enum { MANY = 5000 };
    static uint32_t row[MANY];
    static uint8_t accepted[MANY];
    for (uint32_t i = 0; i < MANY; i++)
        row[i] = i % ROWS;
    struct condition *condition = compile(f, "side is attack or killed >= 12");
    condition_evaluate(condition, f->table, row, MANY, accepted);
    for (uint32_t i = 0; i < MANY; i++)
        assert_int_equal(accepted[i], condition_accepts(condition, f->table, i % ROWS));
    condition_evaluate(NULL, f->table, row, MANY, accepted);
    assert_int_equal(accepted[MANY - 1], 1);
}

static void conditions_are_joined(void **state)
{
    struct fixture *f = *state;
    const struct condition *a, *b;
    struct condition *bound;
    struct place at = {"t.md", 1, 1};
    condition_parse(slice_of("side is attack"), at, &f->fields, f->arena, &a, f->diags);
    condition_parse(slice_of("killed > 5 or killed < 0"), at, &f->fields, f->arena, &b,
                    f->diags);
    assert_ptr_equal(condition_both(a, NULL, f->arena), a);
    assert_ptr_equal(condition_both(NULL, b, f->arena), b);
    const struct condition *both = condition_both(a, b, f->arena);
    assert_slice(both->source, "(side is attack) and (killed > 5 or killed < 0)");
    assert_true(condition_bind(both, f->table, f->arena, &bound, f->diags));
    assert_true(condition_resolve(bound, f->table, f->arena, f->diags));
    assert_true(condition_accepts(bound, f->table, 6));
    assert_false(condition_accepts(bound, f->table, 4));
}

#define filter_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        filter_test(a_value_is_met_in_any_spelling),
        filter_test(blank_meets_neither_is_nor_is_not),
        filter_test(known_and_unknown_are_each_others_opposite),
        filter_test(numbers_are_compared),
        filter_test(dates_are_values),
        filter_test(any_value_of_a_cell_may_match),
        filter_test(words_are_searched_folded),
        filter_test(chains_and_brackets_combine),
        filter_test(values_may_hold_what_looks_like_grammar),
        filter_test(the_longest_known_name_wins),
        filter_test(sources_and_places_are_kept),
        filter_test(mistakes_are_named_at_their_place),
        filter_test(a_value_that_occurs_nowhere_is_a_warning),
        filter_test(a_word_that_the_schema_knows_needs_no_warning),
        filter_test(equal_conditions_are_found),
        filter_test(conditions_without_end_are_refused),
        filter_test(many_tests_in_a_row_need_no_depth),
        filter_test(more_rows_than_a_run_are_evaluated),
        filter_test(conditions_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
