/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages in Urdu whose words stand higher and hang lower than any editor would wish:
 * looked at as pictures, nothing of them may touch a rule, an edge or another word. */
#include "support.h"

#include "brief/brief.h"
#include "brief/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER "build/nastaliq/"

enum { SCALE = 4, NEAR = 40 };

/* -- A brief and its pages as pictures ------------------------------------------------- */

struct picture_of_page {
    cairo_surface_t *surface;
    const unsigned char *bytes;
    int width, height, stride;
};

struct tall_brief {
    struct session *session;
    struct edition *edition;
    struct brief *brief;
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

#define FRONT                                                                                                              \
    "---\ntitle: یکجہتی نتیجتاً سمجھنے ٹھیکیدار\nkind: پیچیدگی نتیجتاً\n"         \
    "notice: سمجھنے تنظیمیں\nnotice detail: نتیجہ بیچنے یکجہتی\n"                             \
    "notice line: نتیجتاً یکجہتی سمجھنے۔\nsource: ماخذ یکجہتی نتیجتاً سمجھنے\n" \
    "language: ur\ndata: tall.csv\nperiod: last complete week\nmeasures:\n"                                                \
    "  attacks: {is: count where side is attack, label: یکجہتی حملے سمجھنے}\n---\n"

static const char DATA[] =
    "date,province,type,side,killed,sources,summary\n"
    "2026-11-09,یکجہتی سمجھنے,تنظیمیں مجھے,attack,3,1,نتیجتاً سمجھنے\n"
    "2026-11-10,تنظیمیں مجھے,نتیجہ سمجھنے,attack,2,2,نتیجتاً سمجھنے\n"
    "2026-11-15,پیچیدگی سمجھنے,یکجہتی,attack,1,0,نتیجتاً سمجھنے\n";

static struct tall_brief compose(const char *body)
{
    struct tall_brief own = {.session = session_new(".")};
    mkdir("build", 0777);
    mkdir(FOLDER, 0777);
    char text[4096];
    assert_true(snprintf(text, sizeof text, "%s%s", FRONT, body) < (int)sizeof text);
    write_file(FOLDER "tall.md", text);
    write_file(FOLDER "tall.csv", DATA);
    assert_true(edition_open(own.session, FOLDER "tall.md", &own.edition));
    assert_true(brief_compose(own.edition, NULL, 0, NULL, &own.brief));
    return own;
}

static void close_brief(struct tall_brief *own)
{
    brief_free(own->brief);
    edition_close(own->edition);
    session_free(own->session);
}

static struct picture_of_page draw_page(const struct tall_brief *own, size_t number)
{
    assert_true(number <= own->brief->pages.count);
    const struct page *page = &own->brief->pages.page[number - 1];
    struct picture_of_page out = {.width = (int)(page->size.width * SCALE),
                                  .height = (int)(page->size.height * SCALE)};
    out.surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, out.width, out.height);
    cairo_t *cairo = cairo_create(out.surface);
    cairo_scale(cairo, SCALE, SCALE);
    page_draw(page, cairo, false);
    cairo_destroy(cairo);
    cairo_surface_flush(out.surface);
    out.bytes = cairo_image_surface_get_data(out.surface);
    out.stride = cairo_image_surface_get_stride(out.surface);
    return out;
}

static bool is_colour(const struct picture_of_page *page, int x, int y, unsigned rgb)
{
    const unsigned char *pixel = page->bytes + y * page->stride + 4 * x;
    int blue = pixel[0] - (int)(rgb & 255), green = pixel[1] - (int)(rgb >> 8 & 255),
        red = pixel[2] - (int)(rgb >> 16 & 255);
    return abs(blue) + abs(green) + abs(red) < NEAR;
}

static int pixels(double points)
{
    return (int)(points * SCALE + 0.5);
}

/* How much of a stretch of a row, in points, has a colour. */
static int count_in_row(const struct picture_of_page *page, double y, double from,
                        double to, unsigned rgb)
{
    int count = 0;
    for (int x = pixels(from); x < pixels(to) && x < page->width; x++)
        count += is_colour(page, x, pixels(y), rgb);
    return count;
}

static void assert_row_is(const struct picture_of_page *page, double y, double from,
                          double to, unsigned rgb)
{
    int all = 0;
    for (int x = pixels(from); x < pixels(to) && x < page->width; x++)
        all++;
    assert_int_equal(count_in_row(page, y, from, to, rgb), all);
}

/* The next row at or below y that is mostly of a colour between two edges; -1: none. */
static double find_rule(const struct picture_of_page *page, double y, double from,
                        double to, unsigned rgb)
{
    for (; pixels(y) < page->height; y += 1.0 / SCALE) {
        if (count_in_row(page, y, from, to, rgb) > pixels(to - from) / 2)
            return y;
    }
    return -1;
}

enum {
    WHITE = 0xFFFFFF,
    BAND = 0x15202E,
    STRIP = 0xC2352B,
    INK = 0x16191D,
    GRID = 0xD3CEC3,
    TINT = 0xF6F3EC,
};

static const double LEFT = 43, RIGHT = 551;

/* -- Furniture ------------------------------------------------------------------------- */

static void a_masthead_is_whole_in_its_band(void **state)
{
    (void)state;
    struct tall_brief own = compose("متن\n");
    struct picture_of_page page = draw_page(&own, 1);
    const struct furniture_levels *levels = &own.brief->furniture.levels;
    assert_true(levels->band > 78);
    assert_row_is(&page, 1, 0, 595, BAND);
    assert_row_is(&page, levels->band - 0.75, 0, 595, BAND);
    assert_row_is(&page, levels->band + 1, 0, 595, STRIP);
    assert_true(count_in_row(&page, levels->title - 30, LEFT, RIGHT, WHITE) > 0);
    cairo_surface_destroy(page.surface);
    close_brief(&own);
}

static void a_running_head_stands_between_strip_and_rule(void **state)
{
    (void)state;
    struct tall_brief own = compose("متن\n\n::: page break\n\nمتن\n");
    struct picture_of_page page = draw_page(&own, 2);
    const struct furniture_levels *levels = &own.brief->furniture.levels;
    assert_row_is(&page, 3.5, LEFT, RIGHT, WHITE);
    assert_row_is(&page, levels->running_rule - 0.75, LEFT, RIGHT, WHITE);
    assert_row_is(&page, levels->running_rule, LEFT, RIGHT, INK);
    cairo_surface_destroy(page.surface);
    close_brief(&own);
}

/* A row of paper between every two of its lines can't be: words of one may stand beside
 * those of the next. But never on each other, as the unit tests of label_drop show. */
static void a_foot_clears_its_rule_and_ends_on_the_page(void **state)
{
    (void)state;
    struct tall_brief own = compose("متن\n");
    struct picture_of_page page = draw_page(&own, 1);
    const struct furniture_levels *levels = &own.brief->furniture.levels;
    double height = own.brief->pages.page[0].size.height;
    double rule = height - levels->foot_rule;
    assert_true(levels->foot_rule > 42);
    assert_near(levels->foot_bottom, 9, 1e-9);
    assert_row_is(&page, rule, LEFT, RIGHT, GRID);
    assert_row_is(&page, rule + 0.5, LEFT, RIGHT, WHITE);
    assert_row_is(&page, height - 1, LEFT, RIGHT, WHITE);
    cairo_surface_destroy(page.surface);
    close_brief(&own);
}

/* -- Blocks ------------------------------------------------------------------------------ */

static void names_of_a_table_cross_no_rule(void **state)
{
    (void)state;
    struct tall_brief own = compose("```table\nrows: province\nshow: attacks\n```\n");
    struct picture_of_page page = draw_page(&own, 1);
    double top = own.brief->furniture.levels.band + 10, foot = 780;
    int rules = 0;
    const unsigned colours[] = {INK, GRID, GRID, INK};
    for (size_t i = 0; i < 4; i++) {
        double rule = find_rule(&page, top, LEFT, RIGHT, colours[i]);
        assert_true(rule > 0 && rule < foot);
        assert_row_is(&page, rule, LEFT, RIGHT, colours[i]);
        assert_row_is(&page, rule + 0.5, LEFT, RIGHT, WHITE);
        assert_row_is(&page, rule - 0.5, LEFT, RIGHT, WHITE);
        top = rule + 2;
        rules++;
    }
    assert_int_equal(rules, 4);
    cairo_surface_destroy(page.surface);
    close_brief(&own);
}

static bool is_reddish(const struct picture_of_page *page, int x, int y)
{
    const unsigned char *pixel = page->bytes + y * page->stride + 4 * x;
    return pixel[2] > pixel[1] + 60;
}

/* In each column of the date's place: whatever is red, the type, lies below whatever is
 * black, the date. */
static void the_type_of_an_incident_is_clear_of_its_date(void **state)
{
    (void)state;
    struct tall_brief own =
        compose("```incidents\nshow: date, type, province, killed\nlimit: 1\n```\n");
    struct picture_of_page page = draw_page(&own, 1);
    double top = own.brief->furniture.levels.band + 5;
    int met = 0;
    for (int x = pixels(RIGHT - 70); x < pixels(RIGHT - 8); x++) {
        int lowest = 0, highest = page.height;
        for (int y = pixels(top); y < pixels(top + 90); y++) {
            if (is_colour(&page, x, y, INK))
                lowest = y;
            if (is_reddish(&page, x, y) && highest == page.height)
                highest = y;
        }
        met += lowest && highest < page.height;
        if (lowest)
            assert_true(highest - lowest > pixels(0.5));
    }
    assert_true(met > pixels(4)); /* they do stand above each other */
    cairo_surface_destroy(page.surface);
    close_brief(&own);
}

struct found_box {
    const char *name;
    double x, y;
};

static bool find_box(const struct box *box, double x, double y, void *context)
{
    struct found_box *found = context;
    if (!box->name || strcmp(box->name, found->name) != 0)
        return true;
    found->x = x;
    found->y = y;
    return false;
}

/* One source: two dots are filled, the third is hollow. It stands at the far end from
 * the place, which is the left. */
static void source_dots_begin_beside_their_place(void **state)
{
    (void)state;
    enum { SECONDARY = 0x4A515B };
    struct tall_brief own =
        compose("```incidents\nshow: date, type, province, killed, sources\nlimit: 1\n"
                "where: killed = 3\n```\n");
    struct picture_of_page page = draw_page(&own, 1);
    struct found_box entry = {.name = "incident"};
    box_visit(own.brief->pages.page[0].body, find_box, &entry);
    int y = 0, length[8] = {0}, runs = 0;
    for (int row = pixels(entry.y); row < pixels(entry.y + 40) && runs != 4; row++) {
        runs = 0;
        for (int x = pixels(200); x < pixels(RIGHT - 100) && runs < 8; x++) {
            bool on = is_colour(&page, x, row, SECONDARY);
            bool before = is_colour(&page, x - 1, row, SECONDARY);
            runs += on && !before;
            length[runs ? runs - 1 : 0] =
                on ? (before ? length[runs - 1] + 1 : 1) : length[runs ? runs - 1 : 0];
        }
        y = row;
    }
    assert_true(y > 0);
    assert_int_equal(runs, 4); /* the two sides of the hollow one, two filled */
    assert_true(length[0] < pixels(1.5) && length[1] < pixels(1.5));
    assert_true(length[2] > length[0] && length[3] > length[1]);
    cairo_surface_destroy(page.surface);
    close_brief(&own);
}

static void a_cards_label_stays_in_its_tint(void **state)
{
    (void)state;
    struct tall_brief own = compose("```cards\nshow: attacks\n```\n");
    struct picture_of_page page = draw_page(&own, 1);
    double top =
        find_rule(&page, own.brief->furniture.levels.band + 4, LEFT, RIGHT, TINT);
    assert_true(top > 0);
    assert_row_is(&page, top - 0.5, LEFT, RIGHT, WHITE);
    assert_row_is(&page, top + 0.5, LEFT, RIGHT - 3, TINT);
    cairo_surface_destroy(page.surface);
    close_brief(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_masthead_is_whole_in_its_band),
        cmocka_unit_test(a_running_head_stands_between_strip_and_rule),
        cmocka_unit_test(a_foot_clears_its_rule_and_ends_on_the_page),
        cmocka_unit_test(names_of_a_table_cross_no_rule),
        cmocka_unit_test(the_type_of_an_incident_is_clear_of_its_date),
        cmocka_unit_test(source_dots_begin_beside_their_place),
        cmocka_unit_test(a_cards_label_stays_in_its_tint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
