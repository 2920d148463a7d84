/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"
#include "built_table.h"

#include "data/measure.h"

enum { ROWS = 4, MOST_MEASURES = 64 };

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct table *table;
    struct name_list fields;
    const struct measure *measure[MOST_MEASURES];
    struct measures known;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = ARENA_NEW(arena, struct fixture);
    f->arena = arena;
    f->diags = diags_new(arena);
    f->table = built_table(arena, ROWS);
    const double killed[ROWS] = {5, 40, 0, NAN};
    built_words(f->table, arena, "side", "attack|attack|operation|");
    built_words(f->table, arena, "district", "Swat|Swat|Quetta|");
    built_numbers(f->table, arena, "killed", killed);
    built_numbers(f->table, arena, "civilians killed", killed);
    built_numbers(f->table, arena, "Killed (max)", killed);
    built_numbers(f->table, arena, "where_prec", killed);
    built_column(f->table, arena, "summary", COLUMN_TEXT);
    f->fields = condition_fields(f->table, arena);
    f->known.measure = f->measure;
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

static struct measure *parse(struct fixture *f, const char *name, const char *text)
{
    struct measure *measure;
    struct place at = {"t.md", 12, 3};
    if (!measure_parse(slice_of(name), slice_of(text), at, &f->known, &f->fields,
                       f->arena, &measure, f->diags))
        return NULL;
    return measure;
}

static struct measure *define(struct fixture *f, const char *name, const char *text)
{
    struct measure *measure = parse(f, name, text);
    if (!measure) {
        print_error("\"%s\": %s\n", text, diags_at(f->diags, 0)->message);
        fail();
        return NULL;
    }
    f->measure[f->known.count++] = measure;
    return measure;
}

static bool compile(struct fixture *f, struct measure *measure)
{
    return measure_bind(measure, f->table, f->arena, f->diags) &&
           measure_resolve(measure, f->arena, f->diags);
}

static void assert_refused_at(struct fixture *f, const char *name, const char *text,
                              const char *code, int column, const char *part, int line)
{
    diags_truncate(f->diags, 0);
    struct measure *measure = parse(f, name, text);
    bool accepted = measure && compile(f, measure);
    const struct diag *diag = diags_total(f->diags) ? diags_at(f->diags, 0) : NULL;
    if (!accepted && diag && strcmp(diag->code, code) == 0 &&
        diag->at.column == column && diag->at.line == 12 &&
        (strstr(diag->message, part) || (diag->hint && strstr(diag->hint, part))))
        return;
    print_error("\"%s\": %s, %s at column %d, %s, %s\n", text,
                accepted ? "accepted" : "refused", diag ? diag->code : "",
                diag ? diag->at.column : 0, diag ? diag->message : "",
                diag && diag->hint ? diag->hint : "");
    _fail(__FILE__, line);
}
#define assert_refused(name, text, code, column, part)                                 \
    assert_refused_at(*state, (name), (text), (code), (column), (part), __LINE__)

static void each_kind_is_read(void **state)
{
    static const struct {
        const char *text;
        enum measure_kind kind;
        const char *field;
    } kinds[] = {
        {"count", MEASURE_COUNT, ""},
        {"sum of killed", MEASURE_SUM, "killed"},
        {"Sum of Killed", MEASURE_SUM, "killed"},
        {"total of killed", MEASURE_SUM, "killed"},
        {"mean of killed", MEASURE_MEAN, "killed"},
        {"average of killed", MEASURE_MEAN, "killed"},
        {"median of killed", MEASURE_MEDIAN, "killed"},
        {"highest killed", MEASURE_HIGHEST, "killed"},
        {"highest of killed", MEASURE_HIGHEST, "killed"},
        {"number of district", MEASURE_DISTINCT, "district"},
        {"number of different district", MEASURE_DISTINCT, "district"},
        {"sum of civilians killed", MEASURE_SUM, "civilians killed"},
        {"sum of Killed (max)", MEASURE_SUM, "Killed (max)"},
        {"sum of \"killed (max)\"", MEASURE_SUM, "killed (max)"},
        {"sum of \xE2\x80\x9Ckilled\xE2\x80\x9D", MEASURE_SUM, "killed"},
        {"mean of where_prec", MEASURE_MEAN, "where_prec"},
        {"mean of where prec", MEASURE_MEAN, "where_prec"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct measure *measure = parse(*state, "m", kinds[i].text);
        assert_non_null(measure);
        assert_int_equal(measure->kind, kinds[i].kind);
        assert_slice(measure->field, kinds[i].field);
        assert_slice(measure->source, kinds[i].text);
        assert_true(compile(*state, measure));
    }
}

static void a_condition_follows_where(void **state)
{
    struct fixture *f = *state;
    struct measure *measure =
        define(f, "deaths", "sum of killed where side is attack and killed >= 5");
    assert_slice(measure->where->source, "side is attack and killed >= 5");
    assert_int_equal(measure->where->right->field_at.column, 3 + 39);
    assert_true(compile(f, measure));
    assert_true(condition_accepts(measure->where, f->table, 0));
    assert_false(condition_accepts(measure->where, f->table, 2));
    measure = define(f, "precise", "count where where_prec is 5");
    assert_slice(measure->where->field, "where_prec");
}

static void ratios_take_known_measures(void **state)
{
    struct fixture *f = *state;
    define(f, "attacks", "count where side is attack");
    define(f, "killed", "sum of killed where side is attack");
    struct measure *ratio = define(f, "per attack", "killed per attacks");
    assert_int_equal(ratio->kind, MEASURE_RATIO);
    assert_int_equal(ratio->numerator->kind, MEASURE_SUM);
    assert_slice(ratio->denominator->where->source, "side is attack");
    assert_near(ratio->scale, 1, 0);
    assert_near(define(f, "rate", "attacks per 100,000 killed")->scale, 100000, 0);
    assert_near(define(f, "rate 2", "attacks per 1.5 killed")->scale, 1.5, 0);
    struct measure *inline_ratio = define(f, "toll", "sum of killed per count");
    assert_null(inline_ratio->denominator->where);
    assert_slice(define(f, "x", "per attack per attacks")->numerator->name,
                 "per attack");
}

static void shares_take_a_part_and_a_whole(void **state)
{
    struct fixture *f = *state;
    define(f, "attacks", "count where side is attack");
    define(f, "operations", "count where side is operation");
    struct measure *share = define(f, "share", "share of attacks in operations");
    assert_int_equal(share->kind, MEASURE_SHARE);
    assert_slice(share->denominator->where->source, "side is operation");
    share = define(f, "part", "share of attacks in all");
    assert_null(share->denominator->where);
    assert_slice(share->numerator->where->source, "side is attack");
    define(f, "all", "count where killed is known");
    share = define(f, "part of known", "share of attacks in all");
    assert_slice(share->denominator->where->source, "killed is known");
}

static void where_on_a_composite_narrows_both_parts(void **state)
{
    struct fixture *f = *state;
    define(f, "attacks", "count where side is attack");
    struct measure *share =
        define(f, "share", "share of attacks in all where district is Swat");
    assert_slice(share->numerator->where->source,
                 "(side is attack) and (district is Swat)");
    assert_slice(share->denominator->where->source, "district is Swat");
    ((struct measure *)f->known.measure[0])->label = SLICE_LITERAL("Attacks");
    struct measure *narrow = define(f, "in swat", "attacks where district is Swat");
    assert_int_equal(narrow->kind, MEASURE_COUNT);
    assert_slice(narrow->label, "");
    assert_slice(narrow->where->source, "(side is attack) and (district is Swat)");
    assert_slice(f->known.measure[0]->where->source, "side is attack");
    assert_true(compile(f, share));
    assert_true(compile(f, narrow));
}

static void the_longest_known_name_wins(void **state)
{
    struct fixture *f = *state;
    define(f, "number", "count");
    define(f, "number seen", "count where killed >= 1");
    assert_int_equal(define(f, "a", "number of district")->kind, MEASURE_DISTINCT);
    assert_non_null(define(f, "b", "number seen per number")->numerator->where);
    assert_null(define(f, "c", "Number per number_seen")->numerator->where);
}

static void mistakes_are_named_at_their_place(void **state)
{
    struct fixture *f = *state;
    define(f, "attacks", "count where side is attack");
    assert_refused("x", "atacks per count", "M211", 3, "did you mean \"attacks\"?");
    assert_refused("x", "count per atacks", "M211", 13, "did you mean \"attacks\"?");
    assert_refused("x", "killed per attacks", "M211", 3, "\"sum of killed\"");
    assert_refused("x", "", "M211", 3, "expected a measure");
    assert_refused("x", "count per", "M211", 12, "expected a measure");
    assert_refused("x", "count per 0 attacks", "M210", 13, "above 0");
    assert_refused("x", "count per 1,2 attacks", "M210", 13, "found \"1,2\"");
    assert_refused("x", "sum of", "M210", 3, "after \"sum of\"");
    assert_refused("x", "sum of where side is attack", "M210", 3, "after \"sum of\"");
    assert_refused("x", "share of attacks", "M210", 19, "expected \"in\"");
    assert_refused("x", "count killed", "M210", 9, "\"where\"");
    assert_refused("x", "sum of \"killed", "M210", 10, "isn't closed");
    assert_refused("x", "count where", "M204", 14, "found nothing");
    assert_refused("x", "sum of kiled", "M201", 10, "did you mean \"killed\"?");
    assert_refused("x", "sum of \"kiled\" where side is attack", "M201", 10, "killed");
    assert_refused("x", "count where sid is attack", "M201", 15, "\"side\"");
    assert_refused("x", "sum of district", "M214", 10, "number of district");
    assert_refused("x", "highest summary", "M214", 11, "free text");
    assert_refused("x", "number of summary", "M214", 13, "free text");
}

static void names_must_not_mislead(void **state)
{
    struct fixture *f = *state;
    define(f, "attacks", "count where side is attack");
    assert_refused("Attacks", "count", "M212", 3, "defined twice");
    assert_refused("killed", "count where killed >= 1", "M213", 3, "sum of killed");
    assert_refused("Civilians_Killed", "sum of killed", "M213", 3, "something else");
    assert_non_null(define(f, "killed", "sum of killed where side is attack"));
    assert_non_null(define(f, "civilians killed", "highest civilians killed"));
}

static void towers_of_measures_are_refused(void **state)
{
    struct fixture *f = *state;
    char name[8] = "a", text[32] = "count per count";
    for (int i = 0; i < 5; i++) {
        define(f, slice_c_string(f->arena, slice_of(name)),
               slice_c_string(f->arena, slice_of(text)));
        snprintf(text, sizeof text, "%s per %s", name, name);
        name[0]++;
    }
    assert_refused("z", "e per d per e", "M210", 11, "didn't expect");
    struct measure *last = parse(f, "f", "e per e");
    assert_non_null(last);
    f->measure[f->known.count++] = last;
    assert_refused("g", "f per f", "M206", 3, "more than 64");
}

static void kinds_know_what_they_allow(void **state)
{
    struct fixture *f = *state;
    struct measure *count = define(f, "a", "count");
    struct measure *sum = define(f, "b", "sum of killed");
    struct measure *mean = define(f, "c", "mean of killed");
    struct measure *ratio = define(f, "d", "b per a");
    assert_true(measure_is_count(count) && measure_is_additive(count));
    assert_true(!measure_is_count(sum) && measure_is_additive(sum));
    assert_true(!measure_is_count(mean) && !measure_is_additive(mean));
    assert_true(!measure_is_additive(ratio) && measure_is_composite(ratio));
    assert_ptr_equal(measures_find(&f->known, slice_of(" B")), sum);
    assert_null(measures_find(&f->known, slice_of("e")));
    assert_null(measures_find(NULL, slice_of("a")));
}

static void equal_measures_are_found(void **state)
{
    struct fixture *f = *state;
    struct measure *a = define(f, "a", "sum of killed where side is attack");
    struct measure *b = define(f, "b", "sum of Killed where (side is attack)");
    struct measure *c = define(f, "c", "a per count"),
                   *d = define(f, "d", "b per count");
    struct measure *e = define(f, "e", "b per 10 count"), *g = define(f, "g", "count");
    struct measure *all[] = {a, b, c, d, e, g};
    for (size_t i = 0; i < 6; i++)
        assert_true(compile(f, all[i]));
    assert_true(measure_equal(a, b));
    assert_true(measure_equal(c, d));
    assert_false(measure_equal(d, e));
    assert_false(measure_equal(a, c));
    assert_false(measure_equal(a, g));
    assert_true(measure_hash(a) == measure_hash(b) &&
                measure_hash(c) == measure_hash(d));
    assert_true(measure_hash(a) != measure_hash(c) &&
                measure_hash(a) != measure_hash(g));
}

/* As {{ }} has them: letters of either case, else as written. */
static void assert_named(struct fixture *f, const char *name,
                         const struct measure *want)
{
    assert_ptr_equal(measures_named(&f->known, slice_of(name)), want);
}

static void names_are_found_with_and_without_an_index(void **state)
{
    struct fixture *f = *state;
    const struct measure *a = define(f, "Killed Men", "sum of killed");
    const struct measure *b = define(f, "attacks", "count");
    for (int i = 0; i < 2; i++) {
        assert_named(f, "killed men", a);
        assert_named(f, "KILLED MEN", a);
        assert_named(f, "Attacks", b);
        assert_named(f, "killed  men", NULL);
        assert_named(f, "attack", NULL);
        assert_named(f, "", NULL);
        measures_index(&f->known, f->arena);
    }
    assert_null(measures_named(NULL, slice_of("attacks")));
}

#define measure_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        measure_test(each_kind_is_read),
        measure_test(a_condition_follows_where),
        measure_test(ratios_take_known_measures),
        measure_test(shares_take_a_part_and_a_whole),
        measure_test(where_on_a_composite_narrows_both_parts),
        measure_test(the_longest_known_name_wins),
        measure_test(mistakes_are_named_at_their_place),
        measure_test(names_must_not_mislead),
        measure_test(towers_of_measures_are_refused),
        measure_test(kinds_know_what_they_allow),
        measure_test(equal_measures_are_found),
        measure_test(names_are_found_with_and_without_an_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
