/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brief_fixture.h"

/* 14 weeks of 2026: attacks 31 in W46, 37 in W45, 12 to 40 before; operations 22 and
 * 5; one bombing in W46 with 19 dead of 74. */
static const char measures[] = "incidents: count\n"
                               "attacks: count where side is attack\n"
                               "operations: count where side is operation\n"
                               "raids: count where type is raid\n"
                               "killed: sum of killed where side is attack\n"
                               "civilians: sum of civilians\n"
                               "per attack: killed per attacks\n"
                               "attack share: share of attacks in incidents\n"
                               "killed and injured: sum of killed";

struct week {
    int attacks, operations, killed;
};

static void append_rows(struct text *csv, int week, const char *side, int count,
                        int killed)
{
    static const char *const provinces[] = {"Khyber Pakhtunkhwa", "Balochistan",
                                            "Sindh"};
    for (int i = 0; i < count; i++) {
        struct civil day = civil_of(iso_week_monday(2026, week) + i % 7);
        int province = i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2;
        int dead = killed / count + (i < killed % count);
        text_print(csv, "%04d-%02d-%02d,%s,%s,%s,%d,%d\n", day.year, day.month, day.day,
                   side, i % 9 == 4 ? "raid" : "bombing", provinces[province], dead,
                   i == 0);
    }
}

static const char *weeks_csv(struct arena *arena, const struct week *week, size_t count,
                             int last)
{
    struct text csv = {.arena = arena};
    text_append_string(&csv, "date,side,type,province,killed,civilians\n");
    for (size_t i = 0; i < count; i++) {
        int number = last - (int)(count - 1 - i);
        append_rows(&csv, number, "attack", week[i].attacks, week[i].killed);
        append_rows(&csv, number, "operation", week[i].operations, 2);
    }
    return slice_c_string(arena, text_slice(&csv));
}

static void open_weeks(struct brief *brief, const struct week *week, size_t count,
                       const char *language)
{
    struct arena *arena = arena_new();
    struct slice csv = slice_of(weeks_csv(arena, week, count, 46));
    char *copy = malloc(csv.size + 1);
    memcpy(copy, csv.data, csv.size + 1);
    arena_free(arena);
    brief_open(brief, copy, measures, language);
    brief->frame.as_of = brief->frame.complete_until = iso_week_monday(2026, 46) + 6;
    brief->frame.data_first = iso_week_monday(2026, 46 - (int)count + 1);
    brief_period(brief, "2026-W46");
}

static int open_ordinary(void **state)
{
    static const struct week weeks[] = {
        {30, 14, 50}, {28, 15, 41}, {33, 13, 60}, {25, 16, 55}, {36, 12, 52},
        {29, 15, 48}, {34, 14, 61}, {31, 13, 57}, {27, 15, 44}, {35, 16, 66},
        {32, 14, 59}, {30, 13, 51}, {37, 15, 53}, {31, 22, 74},
    };
    struct brief *brief = malloc(sizeof *brief);
    open_weeks(brief, weeks, sizeof weeks / sizeof *weeks, "en");
    *state = brief;
    return 0;
}

static int close_ordinary(void **state)
{
    struct brief *brief = *state;
    free((void *)brief->table->source.data);
    brief_close(brief);
    free(brief);
    return 0;
}

int main(void)
{
    void *state;
    open_ordinary(&state);
    struct brief *b = state;
    static const char *const e[] = {
        "attacks",
        "attacks.previous",
        "attacks.average",
        "per attack",
        "attack share",
        "attacks | count(\"attack\")",
        "attacks | change",
        "attacks | change(\"previous week\")",
        "attacks | change(\"12-week average\")",
        "killed | change",
        "operations | change",
        "per attack | change",
        "attack share | change",
        "killed | top(\"province\")",
        "attacks | top(\"province\", 3)",
        "attacks | share(\"province\", \"Balochistan\")",
        "attacks | share('province', Sindh)",
        "period",
        "period | dates",
        "data.used",
        "data.as of | date",
        "data.as of | date('EEE d MMM')",
        "attacks | words",
        "attacks | ordinal",
        "attacks | number(2)",
        "raids | count(\"raid\")",
        "raids | change",
        "attacks | say(rose: “up”, fell: ‘down’, same: 'steady')",
        "atacks",
        "attacks | chnge",
        "killed | top(\"distrct\")",
        "period | date",
        "period | dates | change",
        "attacks | change(\"previous month\")",
        "killed | share(\"province\")",
        "killed | number(x)", "attacks | expected", "killed | expected", "operations | expected", "attacks | trend", "attacks | trend(\"12 weeks\", interval: yes)", "operations | record", "attacks | record", "killed | record", "killed | trend", "per attack | say(rose: a, fell: b, same: c)", "operations | say(rose: a, fell: b, same: c)", "killed | say(rose: a, fell: b, same: c)"};
    for (size_t i = 0; i < sizeof e / sizeof *e; i++) {
        struct slice s = brief_say(b, e[i]);
        printf("%-40s -> %.*s\n", e[i], SLICE_PRINT(s));
    }
    brief_print_diags(b->diags, b->arena);
    close_ordinary(&state);
}
