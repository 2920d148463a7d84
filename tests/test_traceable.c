/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every number that a brief prints stands in its figures.json, as printed or as a
 * value. Dates, and what the editor or the data say in words of their own, aside. */
#include "support.h"

#include "sitrep.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>

struct text_file {
    char *data;
    size_t size;
};

static int collect(const void *bytes, size_t size, void *context)
{
    struct text_file *all = context;
    all->data = realloc(all->data, all->size + size + 1);
    assert_non_null(all->data);
    memcpy(all->data + all->size, bytes, size);
    all->size += size;
    all->data[all->size] = 0;
    return 0;
}

static struct text_file read_file(const char *path)
{
    struct text_file all = {0};
    char part[65536];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t size; (size = fread(part, 1, sizeof part, file)) > 0;)
        collect(part, size, &all);
    fclose(file);
    return all;
}

/* -- Numbers that are known -------------------------------------------------------- */

struct known {
    char (*number)[32];
    size_t count, capacity;
};

static void add_known(struct known *known, const char *digits, size_t size)
{
    if (known->count == known->capacity) {
        known->capacity = known->capacity ? 2 * known->capacity : 256;
        known->number = realloc(known->number, known->capacity * sizeof *known->number);
        assert_non_null(known->number);
    }
    char *out = known->number[known->count++];
    size_t kept = 0;
    for (size_t i = 0; i < size && kept + 1 < sizeof *known->number; i++)
        if (digits[i] != ',')
            out[kept++] = digits[i];
    out[kept] = 0;
}

/* "5,489" or "2.5": digits with what joins them. 0 when none begins here. */
static size_t number_length(const char *text)
{
    size_t size = 0;
    while (isdigit((unsigned char)text[size]) ||
           (size && (text[size] == ',' || text[size] == '.') &&
            isdigit((unsigned char)text[size + 1])))
        size++;
    return size;
}

static void add_numbers_of(struct known *known, const char *text)
{
    while (*text) {
        size_t size = number_length(text);
        if (size)
            add_known(known, text, size);
        text += size ? size : 1;
    }
}

static void add_value(struct known *known, const json_t *value)
{
    char number[64];
    for (int decimals = 0; json_is_number(value) && decimals <= 2; decimals++) {
        int size = snprintf(number, sizeof number, "%.*f", decimals,
                            fabs(json_number_value(value)));
        add_known(known, number, (size_t)size);
    }
}

static struct known known_of(const char *json)
{
    struct known known = {0};
    json_t *root = json_loads(json, 0, NULL);
    assert_non_null(root);
    const json_t *figure, *figures = json_object_get(root, "figures");
    size_t i;
    json_array_foreach(figures, i, figure)
    {
        add_numbers_of(&known, json_string_value(json_object_get(figure, "printed")));
        add_value(&known, json_object_get(figure, "value"));
        add_value(&known, json_object_get(figure, "low"));
        add_value(&known, json_object_get(figure, "high"));
    }
    json_decref(root);
    return known;
}

static bool is_known(const struct known *known, const char *digits, size_t size)
{
    char plain[32];
    size_t kept = 0;
    for (size_t i = 0; i < size && kept + 1 < sizeof plain; i++)
        if (digits[i] != ',')
            plain[kept++] = digits[i];
    plain[kept] = 0;
    for (size_t i = 0; i < known->count; i++)
        if (strcmp(known->number[i], plain) == 0)
            return true;
    return false;
}

/* -- Numbers that need no figure --------------------------------------------------- */

static bool begins_with_one_of(const char *text, const char *const *word)
{
    for (; *word; word++)
        if (strncmp(text, *word, strlen(*word)) == 0)
            return true;
    return false;
}

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
                                     "Aug", "Sep", "Oct", "Nov", "Dec", NULL};
static const char *const weekdays[] = {"Mon ", "Tue ", "Wed ", "Thu ",
                                       "Fri ", "Sat ", "Sun ", NULL};

/* "9–15 November 2026", "Wed 11", "November 2026" */
static bool is_in_date(const char *start, const char *digits, size_t size)
{
    static const char dash[] = "\xe2\x80\x93";
    const char *next = digits + size;
    if (strncmp(next, dash, 3) == 0 && number_length(next + 3) &&
        number_length(next + 3) <= 2)
        next += 3 + number_length(next + 3);
    if (size <= 2 && *next == ' ' && begins_with_one_of(next + 1, months))
        return true;
    if (size <= 2 && digits >= start + 4 && begins_with_one_of(digits - 4, weekdays))
        return true;
    return size == 4 && (digits[0] == '1' || digits[0] == '2') && digits > start &&
           isalpha((unsigned char)digits[-2]);
}

/* "12-wk", "52 weeks": how long the editor asked for. */
static bool is_length(const char *digits, size_t size)
{
    static const char *const lengths[] = {"-wk",    "-mo",  " week",
                                          " month", " day", NULL};
    return begins_with_one_of(digits + size, lengths);
}

/* The number with the words around it stands so in a file: its writer's own. */
static bool is_quoted(const struct text_file *file, const char *digits, size_t size)
{
    char part[48];
    size_t length = size;
    while (length < sizeof part - 1 && length < size + 8 && digits[length] &&
           digits[length] != '\n')
        length++;
    if (length < size + 2)
        return false;
    memcpy(part, digits, length);
    part[length] = 0;
    return file->data && strstr(file->data, part) != NULL;
}

/* "C-002": part of a name that the data give. */
static bool is_in_name(const struct text_file *file, const char *start,
                       const char *digits, size_t size)
{
    char part[48];
    if (digits - start < 2 || digits[-1] != '-' || size + 3 > sizeof part)
        return false;
    memcpy(part, digits - 2, size + 2);
    part[size + 2] = 0;
    return file->data && strstr(file->data, part) != NULL;
}

struct brief {
    struct text_file txt, json, template, data, locale;
};

static size_t untraced(const struct brief *brief)
{
    struct known known = known_of(brief->json.data);
    size_t missing = 0, seen = 0;
    for (const char *at = brief->txt.data; *at;) {
        size_t size = number_length(at);
        if (!size) {
            at++;
            continue;
        }
        seen++;
        if (!is_known(&known, at, size) && !is_in_date(brief->txt.data, at, size) &&
            !is_length(at, size) && !is_quoted(&brief->template, at, size) &&
            !is_quoted(&brief->data, at, size) &&
            !is_in_name(&brief->data, brief->txt.data, at, size) &&
            !is_quoted(&brief->locale, at, size)) {
            print_error("no figure for \"%.*s\" in \"%.60s\"\n", (int)size, at,
                        at - brief->txt.data > 30 ? at - 30 : brief->txt.data);
            missing++;
        }
        at += size;
    }
    assert_true(seen > 20);
    free(known.number);
    return missing;
}

static void write_brief(struct brief *brief, const char *path, const char *csv)
{
    struct sitrep *s = sitrep_new(".");
    if (csv)
        sitrep_add_data_bytes(s, "incidents", csv, strlen(csv));
    int status = sitrep_compose(s, path);
    for (size_t i = 0; status && i < sitrep_message_count(s); i++)
        print_error("%s", sitrep_message_text(s, i));
    assert_int_equal(status, SITREP_OK);
    assert_int_equal(sitrep_write(s, "txt", collect, &brief->txt), SITREP_OK);
    assert_int_equal(sitrep_write(s, "json", collect, &brief->json), SITREP_OK);
    sitrep_free(s);
    brief->template = read_file(path);
    brief->locale = read_file("templates/locales/en.yaml");
}

static void free_brief(struct brief *brief)
{
    free(brief->txt.data);
    free(brief->json.data);
    free(brief->template.data);
    free(brief->data.data);
    free(brief->locale.data);
}

static void assert_traceable(const char *path)
{
    struct brief brief = {.txt = {0}};
    write_brief(&brief, path, NULL);
    brief.data = read_file("samples/incidents.csv");
    assert_int_equal(untraced(&brief), 0);
    free_brief(&brief);
}

static void the_weekly_brief_is_traceable(void **state)
{
    (void)state;
    assert_traceable("templates/weekly.md");
}

static void the_questions_of_the_field_are_traceable(void **state)
{
    (void)state;
    assert_traceable("templates/questions.md");
}

/* Cells of a file as the text of a brief divides them. */
static void add_cells(struct text_file *all, const char *path)
{
    struct text_file file = read_file(path);
    for (size_t i = 0; i < file.size; i++)
        file.data[i] = file.data[i] == ',' ? '\t' : file.data[i];
    collect(file.data, file.size, all);
    free(file.data);
}

/* A tracker's cells are the file's own; its sums, shares and days are ours. */
static void the_trackers_are_traceable(void **state)
{
    (void)state;
    struct brief brief = {.txt = {0}};
    write_brief(&brief, "templates/trackers.md", NULL);
    add_cells(&brief.data, "samples/nap-points.csv");
    add_cells(&brief.data, "samples/cases.csv");
    assert_int_equal(untraced(&brief), 0);
    free_brief(&brief);
}

static void the_monthly_brief_is_traceable(void **state)
{
    (void)state;
    assert_traceable("templates/monthly.md");
}

/* Deaths are so many and so different that no number can pass for another. */
static const char every_block[] =
    "---\n"
    "title: Test\n"
    "period: 2026-W46\n"
    "compare: previous week, 4-week average\n"
    "measures:\n"
    "  attacks: count where side is attack\n"
    "  killed: sum of killed where side is attack\n"
    "  injured: sum of injured where side is attack\n"
    "  per attack: killed per attacks\n"
    "---\n"
    "{{ killed }} dead, {{ killed.previous }} before, {{ killed.average | number }} on "
    "average; {{ killed | change(\"previous week\") }}; {{ killed | top(\"province\") "
    "}}; "
    "{{ killed | share(\"province\", \"Sindh\") }}; {{ per attack | number(1) }}.\n\n"
    "```cards\nshow: killed, injured\n```\n\n"
    "```chart\ntype: bars\nshow: killed\nby: province\ntick: previous week\n```\n\n"
    "```chart\ntype: bars\nshow: killed\nby: district\ntop: 2\nothers: yes\n```\n\n"
    "```chart\ntype: stacked\nshow: killed\nby: week\nsplit by: province\n"
    "last: 5 weeks\n```\n\n"
    "```chart\ntype: stacked\nshow: killed, injured\nby: province\nshares: yes\n```\n\n"
    "```chart\ntype: line\nshow: killed\nby: week\nlast: 6 weeks\n```\n\n"
    "```chart\ntype: heat\nshow: killed\nby: week\nsplit by: weekday\nlast: 6 weeks\n"
    "```\n\n"
    "```table\nrows: province\nshow: killed, killed change, killed share, injured, per "
    "attack\ntotal: yes\n```\n\n"
    "```incidents\nshow: date, district, killed\nlimit: 3\n```\n\n"
    "```method\n```\n";

static char *distinct_deaths(void)
{
    static const char *const place[][2] = {{"Sindh", "Karachi"},
                                           {"Punjab", "Lahore"},
                                           {"Balochistan", "Quetta"},
                                           {"Khyber Pakhtunkhwa", "Swat"}};
    struct text_file csv = {0};
    char line[128];
    int size =
        snprintf(line, sizeof line, "date,province,district,side,killed,injured\n");
    collect(line, (size_t)size, &csv);
    for (int i = 0; i < 48; i++) {
        size = snprintf(line, sizeof line, "2026-%02d-%02d,%s,%s,attack,%d,%d\n",
                        i < 24 ? 10 : 11,
                        i < 24        ? 5 + i
                        : i - 23 > 15 ? 15
                                      : i - 23,
                        place[i % 4][0], place[i % 4][1], 1009 + 7919 * i % 5003,
                        2003 + 6101 * i % 4001);
        collect(line, (size_t)size, &csv);
    }
    return csv.data;
}

static void every_kind_of_block_is_traceable(void **state)
{
    (void)state;
    static const char path[] = "build/test-traceable.md";
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(every_block, file);
    fclose(file);
    char *csv = distinct_deaths();
    struct brief brief = {.txt = {0}};
    write_brief(&brief, path, csv);
    assert_int_equal(untraced(&brief), 0);
    free_brief(&brief);
    free(csv);
    unlink(path);
}

static void a_number_without_a_figure_is_found(void **state)
{
    (void)state;
    struct brief brief = {.txt = {0}};
    write_brief(&brief, "templates/weekly.md", NULL);
    static const char more[] = " In all 98,765 people were there.";
    collect(more, sizeof more - 1, &brief.txt);
    assert_int_equal(untraced(&brief) >= 1, 1);
    free_brief(&brief);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_weekly_brief_is_traceable),
        cmocka_unit_test(the_questions_of_the_field_are_traceable),
        cmocka_unit_test(the_trackers_are_traceable),
        cmocka_unit_test(the_monthly_brief_is_traceable),
        cmocka_unit_test(every_kind_of_block_is_traceable),
        cmocka_unit_test(a_number_without_a_figure_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
