/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brief_fixture.h"

#include "data/plan.h"

static const char measures[] = "incidents: count\n"
                               "attacks: count where side is attack\n"
                               "operations: count where side is operation\n"
                               "raids: count where type is raid\n"
                               "kidnappings: count where type is kidnapping\n"
                               "killed: sum of killed where side is attack\n"
                               "per attack: killed per attacks\n"
                               "attack share: share of attacks in incidents\n"
                               "killed and injured: sum of killed";

/* A brief of 2026-W46 on fourteen weeks ---------------------------------------------------- */

enum { LAST_WEEK = 46, WEEKS = 14 };

struct week {
    int attacks, operations, killed;
};

static const struct week ordinary[WEEKS] = {
    {30, 14, 50}, {28, 15, 41}, {33, 13, 60}, {25, 16, 55}, {36, 12, 52},
    {29, 15, 48}, {34, 14, 61}, {31, 13, 57}, {27, 15, 44}, {35, 16, 66},
    {32, 14, 59}, {30, 13, 51}, {37, 15, 53}, {31, 22, 74},
};

static const char header[] = "date,side,type,province,district,killed\n";

/* Incidents of one week over its days, provinces 6:3:1, deaths spread evenly. */
static void append_week(struct text *csv, int week, const char *side, int count,
                        int killed)
{
    static const char *const places[] = {"Khyber Pakhtunkhwa,Bannu",
                                         "Balochistan,Quetta", "Sindh,Karachi"};
    for (int i = 0; i < count; i++) {
        struct civil day = civil_of(iso_week_monday(2026, week) + i % 7);
        int place = i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2;
        int dead = killed / count + (i < killed % count);
        text_print(csv, "%04d-%02d-%02d,%s,%s,%s,%d\n", day.year, day.month, day.day,
                   side, i % 9 == 4 ? "raid" : "bombing", places[place], dead);
    }
}

static void open_csv(struct brief *brief, const struct text *csv, size_t weeks,
                     const char *language)
{
    brief_open(brief, text_slice(csv), measures, language);
    brief->frame.as_of = brief->frame.complete_until =
        iso_week_monday(2026, LAST_WEEK) + 6;
    brief->frame.data_first = iso_week_monday(2026, LAST_WEEK - (int)weeks + 1);
    brief->source.coverage = (struct coverage){
        brief->frame.data_first, brief->frame.as_of, brief->frame.complete_until};
    brief_period(brief, "2026-W46");
}

static void open_weeks(struct brief *brief, const struct week *week, size_t count,
                       const char *language)
{
    struct arena *arena = arena_new();
    struct text csv = {.arena = arena};
    text_append_string(&csv, header);
    for (size_t i = 0; i < count; i++) {
        int number = LAST_WEEK - (int)(count - 1 - i);
        append_week(&csv, number, "attack", week[i].attacks, week[i].killed);
        append_week(&csv, number, "operation", week[i].operations, 2);
    }
    open_csv(brief, &csv, count, language);
    arena_free(arena);
}

static int open_ordinary(void **state)
{
    struct brief *brief = malloc(sizeof *brief);
    open_weeks(brief, ordinary, WEEKS, "en");
    brief_value(brief, "headline", "Attacks fall");
    brief_value(brief, "issue", "47");
    brief_value(brief, "printed", "2026-11-16");
    brief_value(brief, "show annex", "no");
    *state = brief;
    return 0;
}

static int close_ordinary(void **state)
{
    brief_close(*state);
    free(*state);
    return 0;
}

struct said {
    const char *expression, *words;
};

static void says(struct brief *brief, const struct said *said, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct slice got = brief_say(brief, said[i].expression);
        if (!slice_is(got, said[i].words))
            print_error("{{ %s }}\n", said[i].expression);
        assert_slice(got, said[i].words);
    }
}
#define SAYS(brief, list) says(brief, list, sizeof list / sizeof *list)

/* Names and formats ------------------------------------------------------------------------- */

static void names_mean_measures_values_and_figures_about_the_data(void **state)
{
    static const struct said said[] = {
        {"attacks", "31"},
        {"Attacks", "31"},
        {"attacks.previous", "37"},
        {"attacks.average", "31"},
        {"per attack", "2.4"},
        {"per attack.previous", "1.4"},
        {"per attack.average", "1.7"},
        {"attack share", "58%"},
        {"national.attacks", "31"},
        {"killed and injured", "76"},
        {"headline", "Attacks fall"},
        {"issue", "47"},
        {"period", "9–15 November 2026"},
        {"period.previous", "2–8 November 2026"},
        {"data.rows", "645"},
        {"data.used", "645"},
        {"data.excluded", "0"},
        {"data.as of", "15 November 2026"},
        {"data.file", "incidents.csv"},
        {"data.incidents.rows", "645"},
        {"page", "–"},
    };
    SAYS(*state, said);
}

static void filters_format_by_the_language(void **state)
{
    static const struct said said[] = {
        {"attacks | number(2)", "31.00"},
        {"per attack | number(3)", "2.387"},
        {"attack share | percent(1)", "58.5%"},
        {"attack share | number(2)", "0.58"},
        {"issue | ordinal", "47th"},
        {"attacks | ordinal", "31st"},
        {"issue | number(1)", "47.0"},
        {"raids | words", "five"},
        {"attacks | words", "31"},
        {"per attack | words", "2.4"},
        {"printed | date", "16 November 2026"},
        {"printed | date(\"EEEE d MMM\")", "Monday 16 Nov"},
        {"data.as of | date('d/MM/yy')", "15/11/26"},
        {"period | dates", "9–15 November 2026"},
        {"attacks | count(\"attack\")", "31 attacks"},
        {"raids | count(“raid”)", "five raids"},
        {"killed.previous | count(\"person\", \"people\")", "53 people"},
        {"killed | count(\"person\")", "74 people"},
        {"issue | count(\"copy\")", "47 copies"},
        {"kidnappings | count(\"kidnapping\")", "no kidnappings"},
        {"attacks.average | count(\"attack\")", "31 attacks"},
        {"per attack | count(\"death\")", "2.4 deaths"},
        {"killed | range", "74"},
    };
    SAYS(*state, said);
}

static void groups_are_ranked_and_shared(void **state)
{
    static const struct said said[] = {
        {"killed | top(\"province\")", "Khyber Pakhtunkhwa (46 of 74)"},
        {"attacks | top(province, 3)",
         "Khyber Pakhtunkhwa (19 of 31), Balochistan (9) and Sindh (3)"},
        {"attacks | top(\"province\", 2)",
         "Khyber Pakhtunkhwa (19 of 31) and Balochistan (9)"},
        {"per attack | top(\"province\")", "Khyber Pakhtunkhwa (2.4)"},
        {"kidnappings | top(\"province\")", "none"},
        {"attacks | share(\"province\", \"Balochistan\")", "29% (9 of 31)"},
        {"raids | share(province, sindh)", "0 of 5"},
        {"kidnappings | share(\"province\", \"Sindh\")", "none"},
    };
    SAYS(*state, said);
}

static void a_change_says_no_more_than_its_test(void **state)
{
    static const struct said said[] = {
        {"attacks | change", "six fewer than the week before, within usual variation"},
        {"attacks | change(\"previous week\")",
         "six fewer than the week before, within usual variation"},
        {"raids | change(\"previous\")", "one fewer than the week before"},
        {"killed | change", "no clear change from the week before (74 against 53); "
                            "three (4%) in the largest incident"},
        {"per attack | change", "up from 1.4 to 2.4"},
        {"attack share | change", "down 12.7 percentage points, from 71% to 58%"},
        {"kidnappings | change", "as in the week before"},
        {"attacks | change(\"12-week average\")",
         "within usual variation around the 12-week average of 31"},
        {"per attack | change(\"average\")", "above the 12-week average of 1.7"},
        {"attacks | change(\"year before\")", "with nothing earlier to compare"},
        {"attacks | expected", "within its usual range (21–43)"},
        {"killed | expected", "above the range of the previous 12 weeks (41–66)"},
        {"attacks | trend", "no clear trend"},
        {"attacks | trend(\"6 weeks\")", "too few periods for a trend"},
        {"operations | record", "the most since the data begin in August"},
        {"attacks | record", ""},
        {"attacks | say(rose: 'up', fell: 'down', same: 'steady')", "steady"},
        {"operations | say(rose: “up”, fell: ‘down’, same: \"don't know\")",
         "don't know"},
    };
    SAYS(*state, said);
}

/* Errors ------------------------------------------------------------------------------------- */

static void slips_are_reported_with_the_nearest_name(void **state)
{
    struct brief *brief = *state;
    static const struct {
        const char *expression, *message, *hint;
    } slips[] = {
        {"atacks", "unknown name \"atacks\"", "did you mean \"attacks\"?"},
        {"atacks.previous", "unknown name \"atacks.previous\"",
         "did you mean \"attacks.previous\"?"},
        {"attacks.previus", "unknown name \"attacks.previus\"",
         "did you mean \"attacks.previous\"?"},
        {"national.atacks", "unknown name \"national.atacks\"",
         "did you mean \"national.attacks\"?"},
        {"attacks count", "unknown name \"attacks count\"",
         "\"attacks\" is known: a comparison follows it in an if, else | and a filter"},
        {"attacks | chnge", "unknown filter \"chnge\"", "did you mean \"change\"?"},
        {"killed | top(\"distrct\")", "unknown field \"distrct\"",
         "did you mean \"district\"?"},
        {"attacks | top(killed)", "top takes a column of words, not \"killed\"",
         "as in side, type, province, district"},
        {"killed | top", "top has no field", "write top(\"district\", 3)"},
        {"killed | share(\"province\")", "share has no word",
         "write share(\"province\", \"Sindh\")"},
        {"killed | number(x)",
         "number takes a number of decimals from 0 to 9, not \"x\"", "number(1)"},
        {"killed | number(1, 2)", "number can't use \"2\"", "write number(1)"},
        {"attacks | say(rose: a, fell: b)", "say has no same", NULL},
        {"attacks | say(rose: a, fell: b, same: c, up: d)", "say can't use \"up\"",
         NULL},
        {"period | date", "date works on a day, and this is a period",
         "a period is printed by dates"},
        {"headline | number", "number works on a measure, and this is words", NULL},
        {"attacks | dates", "dates works on a period, and this is a count", NULL},
        {"attacks.previous | change", "change works on a measure, and this is a number",
         "one filter makes the words: {{ attacks | change(\"previous week\") }}"},
        {"killed | trend", "trend works on a count of incidents, and this is a sum",
         NULL},
        {"per attack | say(rose: a, fell: b, same: c)",
         "say works on a count or a sum, and this is a rate, mean or share", NULL},
        {"attacks | change(\"previous month\")",
         "change takes something to compare with, not \"previous month\"",
         "as in \"previous week\", \"12-week average\" or \"year before\""},
        {"attacks | trend(\"3 months\")",
         "trend takes a length of time in the brief's own periods, not \"3 months\"",
         "as in \"26 weeks\""},
    };
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        size_t before = diags_total(brief->diags);
        assert_slice(brief_say(brief, slips[i].expression), slips[i].message);
        assert_int_equal(diags_total(brief->diags), before + 1);
        const struct diag *diag = diags_at(brief->diags, before);
        assert_int_equal(diag->severity, SEVERITY_ERROR);
        if (slips[i].hint)
            assert_string_equal(diag->hint, slips[i].hint);
    }
}

static void an_error_points_at_the_word(void **state)
{
    struct brief *brief = *state;
    size_t before = diags_total(brief->diags);
    brief_say(brief, " attacks | top(\"distrct\", 3)");
    const struct diag *diag = diags_at(brief->diags, before);
    assert_int_equal(diag->at.column, 4 + 15);
    assert_int_equal(diag->width, 9);
}

static void a_word_that_occurs_nowhere_is_a_warning(void **state)
{
    struct brief *brief = *state;
    assert_slice(brief_say(brief, "attacks | share(\"province\", \"Sind\")"),
                 "0% (0 of 31)");
    const struct diag *diag = diags_at(brief->diags, diags_total(brief->diags) - 1);
    assert_int_equal(diag->severity, SEVERITY_WARNING);
    assert_string_equal(diag->message, "\"Sind\" occurs nowhere in \"province\"");
    assert_string_equal(diag->hint, "did you mean \"Sindh\"?");
}

/* Conditions --------------------------------------------------------------------------------- */

static void conditions_compare_values(void **state)
{
    struct brief *brief = *state;
    static const char *const hold[] = {
        "attacks > 30",
        "attacks = 31 and killed >= 74",
        "attacks < 5 or operations != 5",
        "not attacks > 31",
        "not (attacks > 31 or killed > 74)",
        "(attacks > 31 or killed > 73) and raids > 0",
        "attacks ≤ 31",
        "attacks < attacks.previous",
        "attack share > 50%",
        "headline",
        "not show annex",
        "show annex is no",
        "headline is attacks fall",
        "headline is not \"Attacks rise\"",
        "headline = \"Attacks fall\"",
        "attacks is known",
        "page is unknown",
        "page is not known",
        "killed and injured > 75",
        "killed and injured > 75 and killed > 1",
        "killed | number(1) > 73.5",
        "printed > 2026-11-15",
        "period is known",
        "national.killed = killed",
        "data.excluded = 0",
    };
    for (size_t i = 0; i < sizeof hold / sizeof *hold; i++) {
        if (!brief_holds(brief, hold[i]))
            print_error("if %s\n", hold[i]);
        assert_true(brief_holds(brief, hold[i]));
    }
}

static void a_condition_on_something_unknown_does_not_hold(void **state)
{
    struct brief *brief = *state;
    assert_false(brief_holds(brief, "page > 0"));
    assert_false(brief_holds(brief, "not page > 0"));
    assert_false(brief_holds(brief, "page > 0 and attacks > 0"));
    assert_true(brief_holds(brief, "page > 0 or attacks > 0"));
    assert_false(brief_holds(brief, "kidnappings"));
    assert_false(brief_holds(brief, "headline > 3"));
}

/* Places of the brief ------------------------------------------------------------------------- */

static struct scope inside(const struct scope *outer, struct brief *brief,
                           const char *field, const char *word)
{
    struct scope scope = *outer;
    scope.outer = outer;
    scope.value_count = 0;
    scope.each = table_find(brief->table, slice_of(field));
    scope.group = column_code(scope.each, slice_of(word));
    return scope;
}

static void inside_each_names_mean_the_group(void **state)
{
    struct brief *brief = *state;
    struct scope sindh = inside(&brief->scope, brief, "province", "Sindh");
    static const struct said said[] = {
        {"province", "Sindh"},
        {"attacks", "3"},
        {"attacks.previous", "3"},
        {"attacks | count(\"attack\")", "three attacks"},
        {"attacks | change", "as many as the week before"},
        {"national.attacks", "31"},
        {"national.attacks | change",
         "six fewer than the week before, within usual variation"},
        {"headline", "Attacks fall"},
        {"killed | top(\"district\")", "Karachi (7 of 7)"},
        {"killed | change", "three more than the week before"},
        {"attacks | expected", "within its usual range (1–6)"},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_slice(brief_say_in(brief, &sindh, said[i].expression), said[i].words);
}

static void groups_inside_groups_are_answered_too(void **state)
{
    struct brief *brief = *state;
    struct scope khyber =
        inside(&brief->scope, brief, "province", "Khyber Pakhtunkhwa");
    struct scope raid = inside(&khyber, brief, "type", "raid");
    struct scope bannu = inside(&raid, brief, "district", "Bannu");
    struct scope quetta = inside(&raid, brief, "district", "Quetta");
    assert_slice(brief_say_in(brief, &raid, "attacks"), "3");
    assert_slice(brief_say_in(brief, &raid, "incidents"), "5");
    assert_slice(brief_say_in(brief, &raid, "incidents | top(\"district\")"),
                 "Bannu (5 of 5)");
    assert_slice(brief_say_in(brief, &bannu, "incidents"), "5");
    assert_slice(brief_say_in(brief, &bannu, "attacks.previous"), "4");
    assert_slice(brief_say_in(brief, &quetta, "incidents"), "0");
    assert_slice(brief_say_in(brief, &quetta, "national.incidents"), "53");
}

/* A second table: its rows of a group are found by the column's name and the word. */
static void groups_hold_in_other_tables_too(void **state)
{
    struct brief *brief = *state;
    static const char csv[] = "date,province,families\n2026-11-10,Sindh,120\n"
                              "2026-11-12,Punjab,30\n2026-11-13,Sindh,5\n";
    struct table_options options = {.file = "displaced.csv",
                                    .bytes = SLICE_LITERAL(csv),
                                    .name = SLICE_LITERAL("displaced")};
    struct source_table tables[2] = {brief->source,
                                     {.name = SLICE_LITERAL("displaced")}};
    struct table *table;
    assert_true(table_open(&table, &options, brief->diags));
    for (size_t i = 0; i < table->column_count; i++)
        table_want(table, &table->column[i]);
    struct name_list fields = condition_fields(table, brief->arena);
    size_t last = brief->measures.count;
    assert_true(measure_parse(SLICE_LITERAL("families"),
                              SLICE_LITERAL("sum of families"),
                              (struct place){"m", 99, 1}, &brief->measures, &fields,
                              brief->arena, &brief->measure[last], brief->diags));
    assert_true(measure_bind(brief->measure[last], table, brief->arena, brief->diags));
    assert_true(table_read(table, brief->diags));
    assert_true(measure_resolve(brief->measure[last], brief->arena, brief->diags));
    brief_date(table);
    brief->const_measure[last] = brief->measure[last];
    brief->measures.count++;
    tables[1].table = table;
    tables[1].coverage = brief->source.coverage;
    tables[1].plan = plan_new(table, brief->arena);
    brief->scope.tables = tables;
    brief->scope.table_count = 2;
    struct scope sindh = inside(&brief->scope, brief, "province", "Sindh");
    struct scope khyber =
        inside(&brief->scope, brief, "province", "Khyber Pakhtunkhwa");
    struct scope bannu = inside(&brief->scope, brief, "district", "Bannu");
    assert_slice(brief_say(brief, "families"), "155");
    assert_slice(brief_say_in(brief, &sindh, "families"), "125");
    assert_slice(brief_say_in(brief, &sindh, "national.families"), "155");
    assert_slice(brief_say_in(brief, &khyber, "families"), "0");
    assert_slice(
        brief_say_in(brief, &bannu, "families"),
        "\"families\" can't be told by district: displaced has no such column");
    assert_slice(brief_say_in(brief, &bannu, "national.families"), "155");
    assert_true(
        isnan(scope_cell(&bannu, brief->measure[last], bannu.period.whole).value));
    assert_slice(brief_say(brief, "data.displaced.used"), "3");
    table_close(table);
}

static void the_rehearsal_asks_all_that_the_brief_needs(void **state)
{
    struct brief *brief = *state;
    static const char *const texts[] = {
        "attacks | change",
        "killed | change",
        "per attack | change(\"average\")",
        "attacks | expected",
        "attacks | trend",
        "attacks | record",
        "killed | record",
        "attacks | top(\"province\")",
        "attacks | share(\"province\", \"Sindh\")",
        "attacks | say(rose: a, fell: b, same: c)",
        "attacks.average",
    };
    struct scope sindh = inside(&brief->scope, brief, "province", "Sindh");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct expression *parsed;
        struct scope places[2] = {brief->scope, sindh};
        assert_true(expression_parse(slice_of(texts[i]), (struct place){0},
                                     brief->arena, &parsed, brief->diags));
        for (size_t j = 0; j < 2; j++) {
            struct text out = {.arena = brief->arena};
            places[j].rehearsal = true;
            expression_print(parsed, &places[j], &out);
            size_t asked = brief->plan->question_count;
            plan_fill(brief->plan, NULL);
            places[j].rehearsal = false;
            expression_print(parsed, &places[j], &out);
            assert_int_equal(brief->plan->question_count, asked);
        }
    }
}

static void every_printed_number_is_recorded(void **state)
{
    struct brief *brief = *state;
    struct scope sindh = inside(&brief->scope, brief, "province", "Sindh");
    brief_say_in(brief, &sindh, "killed | count(\"person\")");
    brief_say(brief, "headline");
    assert_int_equal(brief->figures.count, 1);
    const struct figure *figure = &brief->figures.figure[0];
    assert_slice(figure->expression, "killed | count(\"person\")");
    assert_slice(figure->printed, "seven people");
    assert_near(figure->number, 7, 0);
    assert_slice(figure->measure, "sum of killed where side is attack");
    assert_slice(figure->condition, "side is attack");
    assert_slice(figure->group, "province = Sindh");
    assert_int_equal(figure->rows, 3);
    assert_int_equal(figure->period.first_day, iso_week_monday(2026, LAST_WEEK));
}

/* Empty, provisional, bounded ------------------------------------------------------------------ */

static void an_empty_period_reads_well(void **state)
{
    (void)state;
    struct week weeks[WEEKS];
    memcpy(weeks, ordinary, sizeof weeks);
    weeks[WEEKS - 1] = (struct week){0, 0, 0};
    struct brief brief;
    open_weeks(&brief, weeks, WEEKS, "en");
    static const struct said said[] = {
        {"attacks", "0"},
        {"attacks | count(\"attack\")", "no attacks"},
        {"attacks | change", "after 37 in the week before"},
        {"killed | change", "after 53 in the week before"},
        {"per attack", "–"},
        {"per attack | change", "without a figure for the week before"},
        {"killed | top(\"province\")", "none"},
        {"attacks | expected", "below its usual range (21–43)"},
        {"attacks | record", "none for the first time since the data begin in August"},
        {"attack share", "–"},
    };
    SAYS(&brief, said);
    brief_close(&brief);
}

static void a_provisional_period_is_said_and_not_compared(void **state)
{
    (void)state;
    struct brief brief;
    open_weeks(&brief, ordinary, WEEKS, "en");
    brief.source.coverage.complete_until = iso_week_monday(2026, LAST_WEEK) + 3;
    static const struct said said[] = {
        {"attacks", "31"},
        {"attacks | count(\"attack\")", "31 attacks (provisional)"},
        {"attacks | change", "provisional and not compared with the week before"},
        {"killed | change", "provisional and not compared with the week before"},
        {"attacks | expected", "provisional, against a usual range of 21–43"},
        {"attacks | record", ""},
        {"attacks | trend", "no clear trend"},
        {"operations | say(rose: up, fell: down, same: steady)", "steady"},
        {"operations | say(rose: up, fell: down, same: steady, provisional: early)",
         "early"},
    };
    SAYS(&brief, said);
    brief_close(&brief);
}

/* Situations: each with its words in both languages ---------------------------------------------- */

struct situation_row {
    const char *name;
    int now, before;     /* attacks */
    int history[12];     /* oldest first, before these two; -1: no such week */
    const char *en, *ur; /* of change */
};

#define STEADY                                                                         \
    {                                                                                  \
        30, 33, 28, 31, 35, 29, 32, 30, 34, 28, 33, 31                                 \
    }
#define NO_HISTORY                                                                     \
    {                                                                                  \
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1                                 \
    }
#define FEW                                                                            \
    {                                                                                  \
        3, 2, 4, 3, 5, 2, 3, 4, 3, 2, 4, 3                                             \
    }
#define SILENT                                                                         \
    {                                                                                  \
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0                                             \
    }
#define HALF                                                                           \
    {                                                                                  \
        -1, -1, -1, -1, -1, -1, -1, -1, 30, 33, 28, 31                                 \
    }

static const struct situation_row situation_rows[] = {
    {"rose", 60, 30, STEADY, "up 100% from 30 to 60",
     "30 سے بڑھ کر 60، یعنی 100 فیصد اضافہ"},
    {"fell", 10, 34, STEADY, "down 71% from 34 to ten",
     "34 سے گھٹ کر دس، یعنی 71 فیصد کمی"},
    {"rose few", 25, 3, FEW, "22 more than the week before", "پچھلے ہفتے سے 22 زیادہ"},
    {"usual", 31, 37, STEADY, "six fewer than the week before, within usual variation",
     "پچھلے ہفتے سے چھ کم، جو معمول کے اتار چڑھاؤ کے اندر ہے"},
    {"usual, larger", 41, 26, STEADY,
     "no clear change from the week before (41 against 26)",
     "پچھلے ہفتے سے کوئی واضح تبدیلی نہیں (26 کے مقابلے میں 41)"},
    {"above, not clear", 46, 37, STEADY,
     "nine more than the week before, no clear change, but above its usual range "
     "(21–43)",
     "پچھلے ہفتے سے نو زیادہ، کوئی واضح تبدیلی نہیں، "
     "مگر متوقع حد (21 تا 43) سے زیادہ"},
    {"same", 31, 31, STEADY, "as many as the week before", "پچھلے ہفتے کے برابر"},
    {"counts under ten", 3, 5, FEW, "two fewer than the week before",
     "پچھلے ہفتے سے دو کم"},
    {"one more", 4, 3, FEW, "one more than the week before", "پچھلے ہفتے سے ایک زیادہ"},
    {"from none", 5, 0, FEW, "against none in the week before",
     "جبکہ پچھلے ہفتے کوئی نہیں"},
    {"to none", 0, 6, FEW, "after six in the week before", "جبکہ پچھلے ہفتے چھ"},
    {"none again", 0, 0, FEW, "as in the week before", "پچھلے ہفتے کی طرح"},
    {"first ever", 4, 0, SILENT, "the first since the data begin in August 2026",
     "اگست 2026 میں شروع ہونے والے ریکارڈ میں پہلی بار"},
    {"too few periods", 60, 20, HALF, "40 more than the week before",
     "پچھلے ہفتے سے 40 زیادہ"},
    {"no clear change", 33, 20, HALF,
     "no clear change from the week before (33 against 20)",
     "پچھلے ہفتے سے کوئی واضح تبدیلی نہیں (20 کے مقابلے میں 33)"},
};
enum { SITUATIONS = sizeof situation_rows / sizeof *situation_rows };

static void open_situation(struct brief *brief, const struct situation_row *row,
                           const char *language)
{
    struct arena *arena = arena_new();
    struct text csv = {.arena = arena};
    size_t weeks = 2;
    text_print(&csv, "%s2026-11-15,other,bombing,Sindh,Karachi,0\n", header);
    for (int i = 0; i < 12; i++) {
        weeks += row->history[i] >= 0;
        append_week(&csv, LAST_WEEK - 13 + i, "attack", row->history[i], 0);
    }
    append_week(&csv, LAST_WEEK - 1, "attack", row->before, 0);
    append_week(&csv, LAST_WEEK, "attack", row->now, 0);
    open_csv(brief, &csv, weeks, language);
    arena_free(arena);
}

static void every_situation_of_a_count_has_its_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < SITUATIONS; i++) {
        const struct situation_row *row = &situation_rows[i];
        struct brief brief;
        open_situation(&brief, row, "en");
        if (!slice_is(brief_say(&brief, "attacks | change"), row->en))
            print_error("situation: %s\n", row->name);
        assert_slice(brief_say(&brief, "attacks | change"), row->en);
        brief_close(&brief);
        open_situation(&brief, row, "ur");
        assert_slice(brief_say(&brief, "attacks | change"), row->ur);
        brief_close(&brief);
    }
}

static void say_follows_the_test_and_not_the_difference(void **state)
{
    (void)state;
    static const char *const said[] = {"up",     "down",   "up",
                                       "steady", "steady", "steady"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct brief brief;
        open_situation(&brief, &situation_rows[i], "en");
        assert_slice(
            brief_say(&brief, "attacks | say(rose: up, fell: down, same: steady)"),
            said[i]);
        brief_close(&brief);
    }
}

/* Deaths ----------------------------------------------------------------------------------------- */

/* Incidents of two weeks by their deaths; a run "12x3" is twelve of three. */
static void append_deaths(struct text *csv, int week, const char *runs)
{
    int times, dead, size;
    while (sscanf(runs, "%dx%d%n", &times, &dead, &size) == 2) {
        for (int i = 0; i < times; i++) {
            struct civil day = civil_of(iso_week_monday(2026, week) + i % 7);
            text_print(csv, "%04d-%02d-%02d,attack,bombing,Sindh,Karachi,%d\n",
                       day.year, day.month, day.day, dead);
        }
        runs += size + (runs[size] == ' ');
    }
}

static void deaths_are_judged_by_their_incidents(void **state)
{
    (void)state;
    static const struct {
        const char *now, *before, *words, *said;
    } rows[] = {
        {"30x4", "20x2", "up 200% from 40 to 120; four (3%) in the largest incident",
         "up"},
        {"60x1 1x6", "42x1",
         "24 more than the week before, or 18 more without the "
         "largest incident (six, 9%)",
         "steady"},
        {"14x1 1x40", "14x1",
         "no clear change from the week before (54 against 14); 40 "
         "(74%) in the largest incident",
         "steady"},
        {"12x2", "14x2",
         "four fewer than the week before, no clear change; two (8%) "
         "in the largest incident",
         "steady"},
        {"4x2", "4x3", "four fewer than the week before", "steady"},
        {"3x1 1x9", "4x2",
         "four more than the week before; nine (75%) in the largest incident",
         "steady"},
        {"5x0", "5x0", "as in the week before", "steady"},
        {"3x2", "5x0", "against none in the week before", "steady"},
        {"5x0", "3x2", "after six in the week before", "steady"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *arena = arena_new();
        struct text csv = {.arena = arena};
        struct brief brief;
        text_append_string(&csv, header);
        append_deaths(&csv, LAST_WEEK - 1, rows[i].before);
        append_deaths(&csv, LAST_WEEK, rows[i].now);
        open_csv(&brief, &csv, 2, "en");
        assert_slice(brief_say(&brief, "killed | change"), rows[i].words);
        assert_slice(
            brief_say(&brief, "killed | say(rose: up, fell: down, same: steady)"),
            rows[i].said);
        brief_close(&brief);
        arena_free(arena);
    }
}

/* Trends, records, ties ---------------------------------------------------------------------------- */

static void trends_need_all_their_keys(void **state)
{
    (void)state;
    struct week weeks[26];
    struct brief brief;
    for (int i = 0; i < 26; i++)
        weeks[i] = (struct week){(int)lround(20 * pow(1.03, i)) + i % 3, 1, 1};
    open_weeks(&brief, weeks, 26, "en");
    assert_slice(brief_say(&brief, "attacks | trend(\"26 weeks\")"),
                 "rising about 3% a week");
    assert_slice(brief_say(&brief, "attacks | trend(interval: yes)"),
                 "rising about 3% a week (range 2–4%)");
    brief_close(&brief);
    for (int i = 0; i < 26; i++)
        weeks[i].attacks = (int)lround(70 * pow(0.94, i));
    open_weeks(&brief, weeks, 26, "ur");
    assert_slice(brief_say(&brief, "attacks | trend"),
                 "فی ہفتہ تقریباً 6 فیصد کمی کا رجحان");
    brief_close(&brief);
}

static void records_reach_back_and_name_ties(void **state)
{
    (void)state;
    struct week weeks[40];
    struct brief brief;
    for (int i = 0; i < 40; i++)
        weeks[i] = (struct week){30 + i % 5, 1, 1};
    weeks[5].attacks = 50;
    weeks[39].attacks = 45;
    open_weeks(&brief, weeks, 40, "en");
    assert_slice(brief_say(&brief, "attacks | record"), "the most since March");
    brief_close(&brief);
    weeks[20].attacks = 45;
    open_weeks(&brief, weeks, 40, "en");
    assert_slice(brief_say(&brief, "attacks | record"),
                 "as many as in June, and the most since March");
    brief_close(&brief);
    weeks[36].attacks = 45;
    open_weeks(&brief, weeks, 40, "en");
    assert_slice(brief_say(&brief, "attacks | record"), "");
    brief_close(&brief);
    weeks[39].attacks = 12;
    open_weeks(&brief, weeks, 40, "en");
    assert_slice(brief_say(&brief, "attacks | record"),
                 "the fewest since the data begin in February");
    brief_close(&brief);
}

static void ties_are_named(void **state)
{
    (void)state;
    static const char csv[] = "date,side,type,province,district,killed\n"
                              "2026-11-09,attack,b,Sindh,Karachi,3\n"
                              "2026-11-10,attack,b,Punjab,Lahore,3\n"
                              "2026-11-11,attack,b,Sindh,Thatta,1\n"
                              "2026-11-11,attack,b,Punjab,Multan,1\n"
                              "2026-11-11,attack,b,KP,Bannu,1\n"
                              "2026-11-11,attack,b,,Unknown town,1\n";
    struct brief brief;
    brief_open(&brief, SLICE_LITERAL(csv), measures, "en");
    brief_period(&brief, "2026-W46");
    static const struct said said[] = {
        {"killed | top(\"province\")", "Punjab and Sindh (4 each of 10)"},
        {"killed | top(\"province\", 3)", "Punjab (4 of 10), Sindh (4) and KP (1)"},
        {"killed | top(\"district\")", "Karachi and Lahore (3 each of 10)"},
        {"attacks | top(\"district\")",
         "Bannu, Karachi, Lahore and three others (1 each)"},
    };
    SAYS(&brief, said);
    brief_close(&brief);
}

static void texts_with_values_are_printed_whole(void **state)
{
    struct brief *brief = *state;
    const struct template_text *text;
    assert_true(template_text_parse(
        SLICE_LITERAL("{{ raids | count('raid') }} in {{ period }}, issue {{ issue }}"),
        (struct place){"t.md", 900, 8}, brief->arena, &text, brief->diags));
    assert_true(template_text_check(text, &brief->scope));
    assert_slice(template_text_print(text, &brief->scope),
                 "Five raids in 9–15 November 2026, issue 47");
    assert_false(template_text_parse(SLICE_LITERAL("a {{ b"),
                                     (struct place){"t.md", 901, 8}, brief->arena,
                                     &text, brief->diags));
}

static void the_registry_describes_every_filter(void **state)
{
    (void)state;
    size_t count;
    const struct filter_entry *entry = filters_list(&count);
    assert_true(count >= 15);
    for (size_t i = 0; i < count; i++) {
        assert_true(strncmp(entry[i].usage, entry[i].name, strlen(entry[i].name)) == 0);
        assert_true(strlen(entry[i].help) > 10);
    }
}

#define ordinary_test(f)                                                               \
    cmocka_unit_test_setup_teardown(f, open_ordinary, close_ordinary)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ordinary_test(names_mean_measures_values_and_figures_about_the_data),
        ordinary_test(filters_format_by_the_language),
        ordinary_test(groups_are_ranked_and_shared),
        ordinary_test(a_change_says_no_more_than_its_test),
        ordinary_test(slips_are_reported_with_the_nearest_name),
        ordinary_test(an_error_points_at_the_word),
        ordinary_test(a_word_that_occurs_nowhere_is_a_warning),
        ordinary_test(conditions_compare_values),
        ordinary_test(a_condition_on_something_unknown_does_not_hold),
        ordinary_test(inside_each_names_mean_the_group),
        ordinary_test(groups_inside_groups_are_answered_too),
        ordinary_test(groups_hold_in_other_tables_too),
        ordinary_test(the_rehearsal_asks_all_that_the_brief_needs),
        ordinary_test(every_printed_number_is_recorded),
        ordinary_test(texts_with_values_are_printed_whole),
        cmocka_unit_test(an_empty_period_reads_well),
        cmocka_unit_test(a_provisional_period_is_said_and_not_compared),
        cmocka_unit_test(every_situation_of_a_count_has_its_words),
        cmocka_unit_test(say_follows_the_test_and_not_the_difference),
        cmocka_unit_test(deaths_are_judged_by_their_incidents),
        cmocka_unit_test(trends_need_all_their_keys),
        cmocka_unit_test(records_reach_back_and_name_ties),
        cmocka_unit_test(ties_are_named),
        cmocka_unit_test(the_registry_describes_every_filter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
