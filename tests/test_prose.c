/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brief_fixture.h"

#include "block/compose.h"
#include "template/theme.h"

#include <ctype.h>

#define SPEC SHARED("data/commonmark-spec/spec.json")

struct press {
    struct brief brief;
    struct fonts *fonts;
    struct theme *theme;
};

static int open_press(void **state)
{
    struct press *press = calloc(1, sizeof *press);
    struct file file;
    const char *path = "templates/themes/strategic.yaml";
    brief_open(&press->brief, SLICE_LITERAL("date,killed\n2026-11-09,1\n"),
               "attacks: count", "en");
    brief_period(&press->brief, "2026-W46");
    struct arena *arena = press->brief.arena;
    assert_true(file_open(&file, path, press->brief.diags));
    assert_true(theme_parse(slice_copy(arena, file.bytes), path, NULL, arena,
                            &press->theme, press->brief.diags));
    file_close(&file);
    assert_true(fonts_open(&press->fonts, "fonts/families.conf", press->brief.diags));
    *state = press;
    return 0;
}

static int close_press(void **state)
{
    struct press *press = *state;
    fonts_close(press->fonts);
    brief_close(&press->brief);
    free(press);
    return 0;
}

/* What is on paper: words in order, and how many boxes there are of each role. */
struct printed {
    struct text words;
    size_t count[ROLE_FIGURE + 1];
};

static bool take_box(const struct box *box, double x, double y, void *context)
{
    (void)x;
    (void)y;
    struct printed *printed = context;
    printed->count[box->role]++;
    if (box->role == ROLE_LABEL || !box->text.size)
        return true; /* bullets and numbers of lists aren't words */
    text_append_string(&printed->words, " ");
    text_append(&printed->words, box->text);
    return false;
}

static struct printed print_markdown(struct press *press, struct slice markdown,
                                     struct arena *arena)
{
    struct text source = {.arena = arena};
    struct template *template;
    struct composition composition;
    struct prepared prepared = {.arena = arena};
    struct diags *diags = diags_new(arena);
    struct scope scope = press->brief.scope;
    size_t figures = 0;
    struct printed printed = {.words = {.arena = arena}};
    text_append_string(&source, "---\nsmart: no\n---\n");
    text_append(&source, markdown);
    template_parse(text_slice(&source), "spec.md", NULL, 0, arena, &template, diags);
    scope.arena = arena;
    scope.diags = diags;
    struct typesetter *typesetter =
        typesetter_new(press->fonts, "en", DIRECTION_LEFT_TO_RIGHT, arena);
    const struct block_context context = {.scope = &scope,
                                          .chart = {.typesetter = typesetter,
                                                    .theme = press->theme,
                                                    .locale = scope.locale,
                                                    .arena = arena,
                                                    .diags = diags},
                                          .figure_count = &figures};
    prepare_template(template, &scope, &prepared, diags);
    compose_template(template, &prepared, &context, 510, 740, &composition);
    for (size_t i = 0; i < composition.flow.count; i++)
        box_visit(composition.flow.item[i].box, take_box, &printed);
    typesetter_free(typesetter);
    return printed;
}

/* The examples in HTML ----------------------------------------------------------------- */

static size_t count_of(struct slice html, const char *tag)
{
    size_t count = 0, size = strlen(tag);
    for (size_t i = 0; i + size <= html.size; i++)
        count += memcmp(html.data + i, tag, size) == 0;
    return count;
}

static void append_character(struct slice html, size_t *at, struct text *out)
{
    static const struct {
        const char *name, *is;
    } named[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}};
    struct slice rest = slice_from(html, *at);
    for (size_t i = 0; i < 4; i++) {
        if (!slice_starts_with(rest, named[i].name))
            continue;
        text_append_string(out, named[i].is);
        *at += strlen(named[i].name);
        return;
    }
    text_append(out, (struct slice){rest.data, 1});
    ++*at;
}

/* Words of HTML: tags are spaces only where they divide blocks. Of a picture its words
 * are printed. */
static struct slice words_of_html(struct slice html, struct arena *arena)
{
    static const char *const inside[] = {"<em",    "</em",   "<strong", "</strong",
                                         "<code>", "</code", "<a ",     "</a",
                                         "<del",   "</del"};
    struct text out = {.arena = arena};
    for (size_t at = 0; at < html.size;) {
        struct slice rest = slice_from(html, at);
        if (rest.data[0] != '<') {
            append_character(html, &at, &out);
            continue;
        }
        const char *end = memchr(rest.data, '>', rest.size);
        struct slice tag = {rest.data, (size_t)(end - rest.data) + 1};
        bool is_inside = false;
        for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
            is_inside = is_inside || slice_starts_with(tag, inside[i]);
        const char *alt = memmem(tag.data, tag.size, "alt=\"", 5);
        if (slice_starts_with(tag, "<img ") && alt) {
            size_t from = (size_t)(alt - html.data) + 5;
            while (html.data[from] != '"')
                append_character(html, &from, &out);
        } else if (!is_inside) {
            text_append_string(&out, " ");
        }
        at += tag.size;
    }
    return text_slice(&out);
}

/* Spaces and line ends are alike, and none stand at the ends. */
static struct slice squeezed(struct slice text, struct arena *arena)
{
    struct text out = {.arena = arena};
    bool is_due = false;
    for (size_t i = 0; i < text.size; i++) {
        bool line = i + 2 < text.size && memcmp(text.data + i, "\xE2\x80\xA8", 3) == 0;
        if (line || strchr(" \n\t", text.data[i])) {
            is_due = out.size > 0;
            i += line ? 2 : 0;
            continue;
        }
        text_append_string(&out, is_due ? " " : "");
        is_due = false;
        text_append(&out, (struct slice){text.data + i, 1});
    }
    return text_slice(&out);
}

/* Those that are read otherwise: see test_markdown.c, which says why of each. Of 334,
 * code that is all blanks, nothing is printed. */
static bool is_read(size_t number, struct slice section)
{
    static const size_t otherwise[] = {334, 21,  28,  31,  201, 308, 309, 344,
                                       354, 475, 476, 477, 491, 494, 524, 536,
                                       602, 606, 608, 611, 612, 642, 643};
    for (size_t i = 0; i < sizeof otherwise / sizeof *otherwise; i++) {
        if (otherwise[i] == number)
            return false;
    }
    return !slice_is(section, "HTML blocks") && !slice_is(section, "Raw HTML");
}

static bool prints_as_written(struct press *press, const struct yaml *example,
                              size_t number)
{
    struct arena *arena = arena_new();
    struct slice html = yaml_text(example, "html", "");
    struct slice markdown = yaml_text(example, "markdown", "");
    struct printed printed = print_markdown(press, markdown, arena);
    struct slice want = squeezed(words_of_html(html, arena), arena);
    struct slice got = squeezed(text_slice(&printed.words), arena);
    size_t headings = 0, wanted = 0;
    for (int level = 1; level <= 6; level++) {
        headings += printed.count[ROLE_H1 + level - 1];
        wanted += count_of(html, arena_print(arena, "<h%d>", level));
        if (printed.count[ROLE_H1 + level - 1] !=
            count_of(html, arena_print(arena, "<h%d>", level)))
            wanted += 100;
    }
    bool ok = slice_equal(got, want) && headings == wanted &&
              printed.count[ROLE_ITEM] == count_of(html, "<li>") &&
              printed.count[ROLE_QUOTE] == count_of(html, "<blockquote>");
    if (!ok)
        print_error(
            "example %zu:\n%.*s\nwant %.*s\ngot  %.*s\n%zu headings of %zu, %zu "
            "items, %zu quotes\n",
            number, SLICE_PRINT(markdown), SLICE_PRINT(want), SLICE_PRINT(got),
            headings, wanted, printed.count[ROLE_ITEM], printed.count[ROLE_QUOTE]);
    arena_free(arena);
    return ok;
}

static void the_examples_of_commonmark_are_printed_word_by_word(void **state)
{
    struct press *press = *state;
    SKIP_WITHOUT(SPEC);
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct file file;
    const struct yaml *examples;
    size_t read = 0, wrong = 0;
    assert_true(file_open(&file, SPEC, diags));
    assert_true(yaml_parse(file.bytes, SPEC, 1, 'M', arena, &examples, diags));
    for (size_t i = 0; i < yaml_length(examples); i++) {
        const struct yaml *example = yaml_at(examples, i);
        if (!is_read(i + 1, yaml_text(example, "section", "")))
            continue;
        read++;
        wrong += !prints_as_written(press, example, i + 1);
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(read, 565);
    file_close(&file);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_examples_of_commonmark_are_printed_word_by_word, open_press,
            close_press),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
