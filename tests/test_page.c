/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout_fixture.h"

static const struct page_geometry SMALL = {.size = {120, 160},
                                           .left = 10,
                                           .right = 10,
                                           .first_top = 40,
                                           .top = 20,
                                           .bottom = 140,
                                           .note_space = 4,
                                           .note_gap = 1};

static struct box *block(const struct fixture *fixture, const char *name, double height)
{
    struct box *box = box_new(fixture->arena, name, 100, height);
    box->text = slice_of(name);
    return box;
}

static struct flow flow_of(const struct fixture *fixture, double width)
{
    return (struct flow){.arena = fixture->arena, .width = width};
}

static struct flow_item *add(const struct fixture *fixture, struct flow *flow,
                             const char *name, double height)
{
    return flow_add(flow, block(fixture, name, height));
}

/* A box of lines of height 10 that splits between them. */
static struct box *lines(const struct fixture *fixture, const char *letters)
{
    struct flow flow = flow_of(fixture, 100);
    for (; *letters; letters++)
        add(fixture, &flow, arena_print(fixture->arena, "%c", *letters), 10);
    return flow_box(&flow, "lines");
}

static struct box *marked(const struct fixture *fixture, struct box *box, size_t note)
{
    size_t *mark = ARENA_NEW(fixture->arena, size_t);
    *mark = note;
    box->note = mark;
    box->note_count = 1;
    return box;
}

static struct pages fill_with(const struct fixture *fixture, const struct flow *flow,
                              const struct page_geometry *geometry,
                              struct box *const *note, size_t note_count)
{
    struct pages pages;
    assert_true(pages_fill(flow, geometry, note, note_count, fixture->arena, &pages,
                           fixture->diags));
    return pages;
}

static struct pages fill(const struct fixture *fixture, const struct flow *flow)
{
    return fill_with(fixture, flow, &SMALL, NULL, 0);
}

static bool collect_texts(const struct box *box, double x, double y, void *context)
{
    struct text *out = context;
    (void)x;
    (void)y;
    if (box->role == ROLE_ARTIFACT)
        return false;
    text_append(out, box->text);
    return true;
}

/* "abc/1|d": the texts of each page, its footnotes after a slash. */
static const char *show(const struct fixture *fixture, const struct pages *pages)
{
    struct text out = {.arena = fixture->arena};
    for (size_t i = 0; i < pages->count; i++) {
        text_append_string(&out, i ? "|" : "");
        box_visit(pages->page[i].body, collect_texts, &out);
        if (!pages->page[i].notes)
            continue;
        text_append_string(&out, "/");
        box_visit(pages->page[i].notes, collect_texts, &out);
    }
    return slice_c_string(fixture->arena, text_slice(&out));
}

static void assert_pages(const struct fixture *fixture, const struct flow *flow,
                         const char *want)
{
    struct pages pages = fill(fixture, flow);
    assert_string_equal(show(fixture, &pages), want);
}

/* Filling */

static void an_empty_flow_is_one_empty_page(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct pages pages = fill(fixture, &flow);
    assert_int_equal(pages.count, 1);
    assert_int_equal(pages.page[0].number, 1);
    assert_int_equal(pages.page[0].body->child_count, 0);
    assert_null(pages.page[0].notes);
}

static void the_first_page_starts_lower(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    for (const char *name = "abcd"; *name; name++)
        add(fixture, &flow, arena_print(fixture->arena, "%c", *name), 60)
            ->space_before = 5;
    struct pages pages = fill(fixture, &flow);
    struct text dump = {.arena = fixture->arena};
    pages_dump(&pages, &dump);
    assert_slice(text_slice(&dump), "page 1 120.0 x 160.0\n"
                                    "  body 10.0 40.0 100.0 100.0\n"
                                    "    a 0.0 0.0 100.0 60.0\n"
                                    "page 2 120.0 x 160.0\n"
                                    "  body 10.0 20.0 100.0 120.0\n"
                                    "    b 0.0 0.0 100.0 60.0\n"
                                    "page 3 120.0 x 160.0\n"
                                    "  body 10.0 20.0 100.0 120.0\n"
                                    "    c 0.0 0.0 100.0 60.0\n"
                                    "page 4 120.0 x 160.0\n"
                                    "  body 10.0 20.0 100.0 120.0\n"
                                    "    d 0.0 0.0 100.0 60.0\n");
}

static void breaks_start_a_page_but_make_no_empty_one(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    add(fixture, &flow, "a", 10)->page_break_before = true;
    add(fixture, &flow, "b", 10)->page_break_before = true;
    add(fixture, &flow, "c", 10);
    assert_pages(fixture, &flow, "a|bc");
}

static void a_break_ends_a_chain_of_keeps(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    add(fixture, &flow, "a", 60);
    add(fixture, &flow, "H", 10)->keep_with_next = true;
    add(fixture, &flow, "b", 10)->page_break_before = true;
    assert_pages(fixture, &flow, "aH|b");
}

static void landscape_pages_are_turned_and_turned_back(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    add(fixture, &flow, "a", 10);
    add(fixture, &flow, "w", 50)->starts_landscape = true;
    add(fixture, &flow, "x", 50)->ends_landscape = true;
    add(fixture, &flow, "b", 10);
    struct pages pages = fill(fixture, &flow);
    assert_string_equal(show(fixture, &pages), "a|w|x|b");
    assert_near(pages.page[1].size.width, 160, 0);
    assert_near(pages.page[1].size.height, 120, 0);
    assert_near(pages.page[1].body->width, 140, 0);
    assert_near(pages.page[1].body->height, 80, 0);
    assert_near(pages.page[3].size.width, 120, 0);
}

static void a_single_landscape_item_may_start_and_end_it(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct flow_item *item = add(fixture, &flow, "w", 50);
    item->starts_landscape = item->ends_landscape = true;
    item = add(fixture, &flow, "x", 50);
    item->starts_landscape = item->ends_landscape = true;
    add(fixture, &flow, "b", 10);
    struct pages pages = fill(fixture, &flow);
    assert_string_equal(show(fixture, &pages), "w|x|b");
    assert_near(pages.page[0].size.width, 160, 0);
    assert_near(pages.page[2].size.width, 120, 0);
}

static void what_is_higher_than_a_page_is_scaled_and_reported(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    add(fixture, &flow, "a", 10);
    add(fixture, &flow, "map", 240)->box->at = (struct place){"weekly.md", 33, 1};
    add(fixture, &flow, "b", 10);
    assert_pages(fixture, &flow, "a|map|b");
    assert_int_equal(diags_count(fixture->diags, SEVERITY_WARNING), 1);
    const struct diag *diag = diags_at(fixture->diags, 0);
    assert_string_equal(diag->code, "L101");
    assert_int_equal(diag->at.line, 33);
    assert_string_equal(diag->message,
                        "\"map\" is higher than a page and can't be split; "
                        "it was scaled down to 50%");
}

static void assert_scaled(const struct fixture *fixture, size_t index, int line,
                          const char *words, const char *hint)
{
    const struct diag *diag = diags_at(fixture->diags, index);
    assert_string_equal(diag->code, "L101");
    assert_int_equal(diag->at.line, line);
    assert_int_equal(strncmp(diag->message, words, strlen(words)), 0);
    assert_string_equal(diag->hint, hint);
}

/* Heads have no place of their own: it is that of what they are the heads of. */
static void a_head_higher_than_a_page_is_told_where_its_table_stands(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100), figure = flow_of(fixture, 100);
    struct box *head = block(fixture, NULL, 240), *row[2];
    row[0] = block(fixture, "r", 10);
    row[1] = block(fixture, "s", 10);
    flow_add(&flow, rows_box(fixture->arena, "table", 100, &head, 1, row, 2))->box->at =
        (struct place){"weekly.md", 7, 1};
    add(fixture, &figure, "figure head", 200);
    add(fixture, &figure, "rows", 20);
    flow_add(&flow, flow_box(&figure, "table figure"))->box->at =
        (struct place){"weekly.md", 9, 1};
    fill(fixture, &flow);
    assert_int_equal(diags_count(fixture->diags, SEVERITY_WARNING), 2);
    assert_scaled(fixture, 0, 7, "the table's head is", "say it in fewer words");
    assert_scaled(fixture, 1, 9, "the title is", "say it in fewer words");
}

static void a_page_without_room_is_an_error(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct pages pages;
    struct page_geometry none = SMALL;
    none.bottom = none.top;
    assert_false(
        pages_fill(&flow, &none, NULL, 0, fixture->arena, &pages, fixture->diags));
    none = SMALL;
    none.first_top = none.bottom;
    assert_false(
        pages_fill(&flow, &none, NULL, 0, fixture->arena, &pages, fixture->diags));
    none = SMALL;
    none.size.width = 50;
    assert_true(
        pages_fill(&flow, &none, NULL, 0, fixture->arena, &pages, fixture->diags));
    add(fixture, &flow, "a", 1)->starts_landscape = true;
    assert_false(
        pages_fill(&flow, &none, NULL, 0, fixture->arena, &pages, fixture->diags));
    assert_string_equal(diags_at(fixture->diags, 0)->code, "L102");
}

/* Footnotes */

static void footnotes_stand_at_the_foot_of_their_page(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {block(fixture, "1", 10), block(fixture, "2", 10)};
    struct page_geometry geometry = SMALL;
    geometry.note_rule = box_new(fixture->arena, "rule", 60, 3);
    flow_add(&flow, marked(fixture, block(fixture, "a", 60), 1));
    flow_add(&flow, marked(fixture, block(fixture, "b", 60), 2));
    struct pages pages = fill_with(fixture, &flow, &geometry, note, 2);
    assert_string_equal(show(fixture, &pages), "a/1|b/2");
    struct text dump = {.arena = fixture->arena};
    box_dump(pages.page[0].notes, 0, &dump);
    assert_slice(text_slice(&dump), "notes 10.0 127.0 100.0 13.0\n"
                                    "  rule 0.0 0.0 60.0 3.0\n"
                                    "  1 0.0 3.0 100.0 10.0\n");
}

static void text_makes_room_for_its_footnotes(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {block(fixture, "1", 20), block(fixture, "2", 20)};
    add(fixture, &flow, "abc", 30);
    flow_add(&flow, marked(fixture, block(fixture, "d", 10), 1));
    add(fixture, &flow, "efg", 30);
    flow_add(&flow, marked(fixture, block(fixture, "h", 10), 2));
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 2);
    assert_string_equal(show(fixture, &pages), "abcdefg/1|h/2");
}

static void a_footnote_too_long_goes_on_overleaf(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {lines(fixture, "123456789ABCDEF")};
    add(fixture, &flow, "a", 80);
    flow_add(&flow, marked(fixture, lines(fixture, "bcd"), 1));
    add(fixture, &flow, "e", 30);
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 1);
    assert_string_equal(show(fixture, &pages), "a|b/123456789A|cde/BCDEF");
}

static void a_footnote_of_many_pages_leaves_room_for_text(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {lines(fixture, "123456789012345678901234567890"),
                          block(fixture, "x", 10)};
    flow_add(&flow, marked(fixture, lines(fixture, "abcdefghij"), 1));
    flow_add(&flow, marked(fixture, lines(fixture, "klmnopqrst"), 2));
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 2);
    const char *got = show(fixture, &pages);
    struct text body = {.arena = fixture->arena}, notes = body;
    bool in_notes = false;
    for (; *got; got++) {
        if (*got == '/' || *got == '|')
            in_notes = *got == '/';
        else
            text_append(in_notes ? &notes : &body, (struct slice){got, 1});
    }
    assert_slice(text_slice(&body), "abcdefghijklmnopqrst");
    assert_slice(text_slice(&notes), "123456789012345678901234567890x");
    assert_in_range(pages.count, 5, 7);
}

static void a_footnote_marked_twice_is_printed_once(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {block(fixture, "1", 10)};
    flow_add(&flow, marked(fixture, block(fixture, "a", 60), 1));
    flow_add(&flow, marked(fixture, block(fixture, "b", 60), 1));
    flow_add(&flow, marked(fixture, block(fixture, "c", 10), 99));
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 1);
    assert_string_equal(show(fixture, &pages), "a/1|bc");
}

static void a_footnote_that_another_asks_for_stands_with_it(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {block(fixture, "1", 10), block(fixture, "2", 10),
                          marked(fixture, block(fixture, "3", 10), 4),
                          block(fixture, "4", 40)};
    marked(fixture, note[0], 3);
    flow_add(&flow, marked(fixture, block(fixture, "a", 20), 1));
    flow_add(&flow, marked(fixture, block(fixture, "b", 20), 2));
    add(fixture, &flow, "c", 60);
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 4);
    assert_string_equal(show(fixture, &pages), "a/134|bc/2");
}

static void footnotes_without_a_mark_stand_at_the_end(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {block(fixture, "1", 10), block(fixture, "2", 10),
                          block(fixture, "3", 90)};
    flow_add(&flow, marked(fixture, block(fixture, "a", 60), 2));
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 3);
    assert_string_equal(show(fixture, &pages), "a/21|/3");
    struct flow none = flow_of(fixture, 100);
    pages = fill_with(fixture, &none, &SMALL, note, 3);
    assert_string_equal(show(fixture, &pages), "/12|/3");
}

static void marks_on_a_repeated_head_count_once(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *head[] = {marked(fixture, block(fixture, "H", 10), 1)}, *row[20];
    for (int i = 0; i < 20; i++)
        row[i] = block(fixture, "r", 10);
    struct box *note[] = {block(fixture, "1", 10)};
    flow_add(&flow, rows_box(fixture->arena, "table", 100, head, 1, row, 20));
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 1);
    assert_string_equal(show(fixture, &pages), "Hrrrrrrr/1|rrrrrrrrrrr|rr");
}

/* SMALL turned is 140 wide inside its margins, and content begins and ends as high. */
static struct box *wide_lines(const struct fixture *fixture, const char *letters)
{
    struct box *box = lines(fixture, letters);
    box->width = 140;
    return box;
}

static void assert_notes_fit_their_pages(const struct pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct box *notes = pages->page[i].notes;
        for (size_t j = 0; notes && j < notes->child_count; j++)
            assert_true(notes->child[j]->width <= notes->width);
    }
}

static void a_wide_footnote_ends_before_the_page_turns_back(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {wide_lines(fixture, "123456789"), block(fixture, "n", 10)};
    struct flow_item *item = flow_add(&flow, marked(fixture, lines(fixture, "abc"), 1));
    item->starts_landscape = item->ends_landscape = true;
    flow_add(&flow, marked(fixture, lines(fixture, "de"), 2));
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 2);
    assert_string_equal(show(fixture, &pages), "a/1234|bc/5678|/9|de/n");
    assert_near(pages.page[2].size.width, 160, 1e-9);
    assert_near(pages.page[3].size.width, 120, 1e-9);
    assert_notes_fit_their_pages(&pages);
}

static void a_wide_footnote_of_the_last_page_stays_on_wide_ones(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {wide_lines(fixture, "123456789")};
    struct flow_item *item = flow_add(&flow, marked(fixture, lines(fixture, "abc"), 1));
    item->starts_landscape = item->ends_landscape = true;
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 1);
    assert_near(pages.page[pages.count - 1].size.width, 160, 1e-9);
    assert_notes_fit_their_pages(&pages);
}

/* On a paper that is wide already, turned pages are the narrow ones. */
static void a_footnote_too_wide_for_a_turned_page_waits_for_another(void **state)
{
    const struct fixture *fixture = *state;
    struct page_geometry geometry = SMALL;
    geometry.size = (struct page_size){160, 120};
    geometry.first_top = 20;
    geometry.bottom = 100;
    struct flow flow = flow_of(fixture, 140);
    struct box *note[] = {wide_lines(fixture, "12")};
    flow_add(&flow, lines(fixture, "ab"));
    struct flow_item *item = flow_add(&flow, lines(fixture, "cd"));
    item->starts_landscape = item->ends_landscape = true;
    struct pages pages = fill_with(fixture, &flow, &geometry, note, 1);
    assert_string_equal(show(fixture, &pages), "ab|cd|/12");
    assert_near(pages.page[1].size.width, 120, 1e-9);
    assert_near(pages.page[2].size.width, 160, 1e-9);
    assert_notes_fit_their_pages(&pages);
}

static void a_note_higher_than_a_page_that_cant_split_is_scaled(void **state)
{
    const struct fixture *fixture = *state;
    struct flow flow = flow_of(fixture, 100);
    struct box *note[] = {block(fixture, "1", 500), block(fixture, "2", 100)};
    flow_add(&flow, marked(fixture, block(fixture, "a", 60), 1));
    flow_add(&flow, marked(fixture, block(fixture, "b", 60), 2));
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, 2);
    const char *got = show(fixture, &pages);
    assert_string_equal(got, "a|/1|b|/2");
    assert_int_equal(diags_count(fixture->diags, SEVERITY_WARNING), 1);
}

static void ten_thousand_footnotes_are_placed_in_linear_time(void **state)
{
    const struct fixture *fixture = *state;
    enum { COUNT = 10000 };
    struct flow flow = flow_of(fixture, 100);
    struct box **note = ARENA_ARRAY(fixture->arena, struct box *, COUNT);
    struct box **row = ARENA_ARRAY(fixture->arena, struct box *, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        note[i] = block(fixture, "n", 5 + (double)(i % 7));
        row[i] = marked(fixture, block(fixture, "r", 10), i + 1);
    }
    flow_add(&flow, rows_box(fixture->arena, "table", 100, NULL, 0, row, COUNT));
    struct pages pages = fill_with(fixture, &flow, &SMALL, note, COUNT);
    size_t placed = 0;
    for (size_t i = 0; i < pages.count; i++) {
        size_t on_page = pages.page[i].notes->child_count;
        struct text rows = {.arena = fixture->arena};
        box_visit(pages.page[i].body, collect_texts, &rows);
        assert_int_equal(on_page, rows.size);
        placed += on_page;
    }
    assert_int_equal(placed, COUNT);
}

/* With text */

/* Words w0 w1 … of a seeded length, as paragraphs, lists, columns, quotes, tables. */
struct author {
    const struct fixture *fixture;
    uint32_t seed;
    int word, note;
    struct box **notes;
    size_t note_capacity, note_count;
};

static uint32_t next_random(struct author *author, uint32_t below)
{
    author->seed = author->seed * 1664525u + 1013904223u;
    return (author->seed >> 10) % below;
}

static struct slice words(struct author *author, int count)
{
    struct text out = {.arena = author->fixture->arena};
    for (int i = 0; i < count; i++)
        text_print(&out, "%sw%d", i ? " " : "", author->word++);
    text_append_string(&out, " ");
    return text_slice(&out);
}

static struct box *prose(struct author *author, double width, bool with_note)
{
    const struct fixture *fixture = author->fixture;
    struct span span[3] = {
        {words(author, 1 + (int)next_random(author, 90)), &BODY, {0}, 0}};
    struct paragraph paragraph = {.span_count = 1, .span = span};
    if (with_note) {
        struct box *note = set_paragraph(
            fixture, arena_print(fixture->arena, "n%d ", author->note++), width);
        *ARENA_APPEND(fixture->arena, author->notes, author->note_count,
                      author->note_capacity) = note;
        span[1] = (struct span){slice_of("*"), &BODY, {0}, author->note_count};
        struct slice after = words(author, 5);
        const char *more = arena_print(fixture->arena, " %.*s", SLICE_PRINT(after));
        span[2] = (struct span){slice_of(more), &BODY, {0}, 0};
        paragraph.span_count = 3;
    }
    return typeset_paragraph(fixture->typesetter, &paragraph, width);
}

static struct box *compose(struct author *author, double width, int depth);

static void compose_into(struct author *author, struct flow *flow, int depth)
{
    struct flow_item *item = flow_add(flow, compose(author, flow->width, depth));
    item->space_before = next_random(author, 12);
    item->keep_with_next = next_random(author, 4) == 0;
    item->keep_together = next_random(author, 9) == 0;
    item->page_break_before = next_random(author, 20) == 0;
}

static struct box *compose(struct author *author, double width, int depth)
{
    struct arena *arena = author->fixture->arena;
    uint32_t kind = next_random(author, depth > 0 ? 8 : 3);
    if (kind < 3)
        return prose(author, width, next_random(author, 3) == 0);
    if (kind == 3) {
        struct box *row[9];
        for (int i = 0; i < 9; i++)
            row[i] = compose(author, width, 0);
        return rows_box(arena, "table", width, NULL, 0, row, 9);
    }
    struct flow inside[2] = {{.arena = arena, .width = width / 2 - 10},
                             {.arena = arena, .width = width / 2 - 10}};
    const double widths[2] = {inside[0].width, inside[1].width};
    const struct panel panel = {
        .name = "panel", .left = 6, .right = 6, .top = 5, .bottom = 3};
    struct box *cell[2];
    for (int i = 0; i < 2; i++) {
        for (uint32_t j = next_random(author, 5) + 1; j > 0; j--)
            compose_into(author, &inside[i], depth - 1);
        cell[i] = flow_box(&inside[i], "column");
    }
    return panel_box(arena, &panel, row_box(arena, cell, widths, 2, 8, false));
}

struct tally {
    unsigned char *seen;
    size_t count;
    bool in_order;
    int last;
    char letter;
};

static bool tally_words(const struct box *box, double x, double y, void *context)
{
    struct tally *tally = context;
    struct slice rest = box->text, word;
    (void)x;
    (void)y;
    while (slice_cut(&rest, ' ', &word)) {
        if (word.size < 2 || word.data[0] != tally->letter)
            continue;
        int number = atoi(word.data + 1);
        tally->in_order = tally->in_order && number > tally->last;
        tally->last = number;
        tally->seen[number]++;
        tally->count++;
    }
    return true;
}

static void assert_inside(const struct pages *pages,
                          const struct page_geometry *geometry)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct page *page = &pages->page[i];
        double used = 0, limit = geometry->bottom;
        for (size_t j = 0; j < page->body->child_count; j++)
            used = fmax(used, page->body->y + page->body->child[j]->height);
        if (page->notes) {
            assert_true(page->notes->y + page->notes->height <= limit + 0.02);
            limit = page->notes->y;
        }
        assert_true(used <= limit + 0.02);
    }
}

static void every_word_is_on_a_page_exactly_once(void **state)
{
    const struct fixture *fixture = *state;
    struct page_geometry geometry = SMALL;
    geometry.size = (struct page_size){320, 300};
    geometry.bottom = 280;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        struct author author = {.fixture = fixture, .seed = seed};
        struct flow flow = flow_of(fixture, 300);
        for (int i = 0; i < 14; i++)
            compose_into(&author, &flow, 2);
        struct pages pages =
            fill_with(fixture, &flow, &geometry, author.notes, author.note_count);
        struct tally body = {.letter = 'w', .in_order = true, .last = -1};
        struct tally notes = {.letter = 'n', .in_order = true, .last = -1};
        body.seen = arena_alloc(fixture->arena, (size_t)author.word);
        notes.seen = arena_alloc(fixture->arena, (size_t)author.note);
        for (size_t i = 0; i < pages.count; i++) {
            box_visit(pages.page[i].body, tally_words, &body);
            if (pages.page[i].notes)
                box_visit(pages.page[i].notes, tally_words, &notes);
        }
        assert_int_equal(body.count, author.word);
        assert_int_equal(notes.count, author.note);
        for (int i = 0; i < author.word; i++)
            assert_int_equal(body.seen[i], 1);
        for (int i = 0; i < author.note; i++)
            assert_int_equal(notes.seen[i], 1);
        assert_inside(&pages, &geometry);
    }
}

static void words_of_paragraphs_stay_in_order(void **state)
{
    const struct fixture *fixture = *state;
    struct author author = {.fixture = fixture, .seed = 5};
    struct flow flow = flow_of(fixture, 100);
    for (int i = 0; i < 30; i++)
        flow_add(&flow, prose(&author, 100, i % 4 == 0))->space_after = 3;
    struct pages pages =
        fill_with(fixture, &flow, &SMALL, author.notes, author.note_count);
    struct tally body = {.letter = 'w', .in_order = true, .last = -1};
    struct tally notes = {.letter = 'n', .in_order = true, .last = -1};
    body.seen = arena_alloc(fixture->arena, (size_t)author.word);
    notes.seen = arena_alloc(fixture->arena, (size_t)author.note);
    for (size_t i = 0; i < pages.count; i++) {
        box_visit(pages.page[i].body, tally_words, &body);
        if (pages.page[i].notes)
            box_visit(pages.page[i].notes, tally_words, &notes);
    }
    assert_true(body.in_order && notes.in_order);
    assert_int_equal(body.count, author.word);
    assert_int_equal(notes.count, author.note);
}

static void no_line_of_a_paragraph_stands_alone(void **state)
{
    const struct fixture *fixture = *state;
    struct author author = {.fixture = fixture, .seed = 9};
    struct flow flow = flow_of(fixture, 100);
    for (int i = 0; i < 60; i++) {
        struct slice text = words(&author, 20 + (int)next_random(&author, 30));
        flow_add(&flow,
                 set_paragraph(fixture, slice_c_string(fixture->arena, text), 100))
            ->space_after = 3;
    }
    struct pages pages = fill(fixture, &flow);
    struct text dump = {.arena = fixture->arena};
    pages_dump(&pages, &dump);
    assert_true(pages.count > 30);
    const char *text = slice_c_string(fixture->arena, text_slice(&dump));
    assert_null(strstr(text, " 100.0 12.4 \"")); /* a paragraph of one line */
    assert_non_null(strstr(text, " 100.0 24.8 \""));
}

static void three_hundred_pages_are_filled_in_no_time(void **state)
{
    const struct fixture *fixture = *state;
    const struct page_geometry a4 = {.size = {595.28, 841.89},
                                     .left = 42.5,
                                     .right = 42.5,
                                     .first_top = 100,
                                     .top = 53,
                                     .bottom = 787.89};
    struct author author = {.fixture = fixture, .seed = 3};
    struct flow flow = flow_of(fixture, 510.24);
    while (author.word < 200000)
        flow_add(&flow, prose(&author, 510.24, false))->space_after = 6;
    struct pages pages = fill_with(fixture, &flow, &a4, NULL, 0);
    assert_in_range(pages.count, 150, 500);
}

#define PLAIN(name) cmocka_unit_test_setup_teardown(name, open_english, close_test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(an_empty_flow_is_one_empty_page),
        PLAIN(the_first_page_starts_lower),
        PLAIN(breaks_start_a_page_but_make_no_empty_one),
        PLAIN(a_break_ends_a_chain_of_keeps),
        PLAIN(landscape_pages_are_turned_and_turned_back),
        PLAIN(a_single_landscape_item_may_start_and_end_it),
        PLAIN(what_is_higher_than_a_page_is_scaled_and_reported),
        PLAIN(a_head_higher_than_a_page_is_told_where_its_table_stands),
        PLAIN(a_page_without_room_is_an_error),
        PLAIN(footnotes_stand_at_the_foot_of_their_page),
        PLAIN(text_makes_room_for_its_footnotes),
        PLAIN(a_footnote_too_long_goes_on_overleaf),
        PLAIN(a_footnote_of_many_pages_leaves_room_for_text),
        PLAIN(a_footnote_marked_twice_is_printed_once),
        PLAIN(a_footnote_that_another_asks_for_stands_with_it),
        PLAIN(footnotes_without_a_mark_stand_at_the_end),
        PLAIN(marks_on_a_repeated_head_count_once),
        PLAIN(a_wide_footnote_ends_before_the_page_turns_back),
        PLAIN(a_wide_footnote_of_the_last_page_stays_on_wide_ones),
        PLAIN(a_footnote_too_wide_for_a_turned_page_waits_for_another),
        PLAIN(a_note_higher_than_a_page_that_cant_split_is_scaled),
        PLAIN(ten_thousand_footnotes_are_placed_in_linear_time),
        PLAIN(every_word_is_on_a_page_exactly_once),
        PLAIN(words_of_paragraphs_stay_in_order),
        PLAIN(no_line_of_a_paragraph_stands_alone),
        PLAIN(three_hundred_pages_are_filled_in_no_time),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
