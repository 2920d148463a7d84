/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "base/file.h"
#include "template_dump.h"

#define SPEC SHARED("data/commonmark-spec/spec.json")

/* CommonMark's own examples ------------------------------------------------------------ */

/* HTML isn't read: it is printed as typed, with a warning. */
static const char *const unread_sections[] = {"HTML blocks", "Raw HTML"};

/* Single examples, by their place in the file, that a brief reads otherwise. */
enum reason {
    HOLDS_HTML,    /* HTML or a comment in an example about something else */
    AUTOLINK,      /* bare addresses are links: GFM's extension */
    LIBRARY_OLDER, /* the library reads CommonMark 0.29, the examples are of 0.31 */
};
struct exception {
    size_t example;
    enum reason reason;
};
static const struct exception exceptions[] = {
    {21, HOLDS_HTML},  {28, LIBRARY_OLDER}, {31, HOLDS_HTML},  {201, HOLDS_HTML},
    {308, HOLDS_HTML}, {309, HOLDS_HTML},   {344, HOLDS_HTML}, {354, LIBRARY_OLDER},
    {475, HOLDS_HTML}, {476, HOLDS_HTML},   {477, HOLDS_HTML}, {491, HOLDS_HTML},
    {494, HOLDS_HTML}, {524, HOLDS_HTML},   {536, HOLDS_HTML}, {602, AUTOLINK},
    {606, AUTOLINK},   {608, AUTOLINK},     {611, AUTOLINK},   {612, AUTOLINK},
    {642, HOLDS_HTML}, {643, HOLDS_HTML},
};
enum { EXCEPTION_COUNT = sizeof exceptions / sizeof *exceptions };

struct spec {
    struct arena *arena;
    const struct yaml *examples;
};

static bool is_unread(struct slice section)
{
    for (size_t i = 0; i < sizeof unread_sections / sizeof *unread_sections; i++) {
        if (slice_is(section, unread_sections[i]))
            return true;
    }
    return false;
}

static const struct exception *find_exception(size_t example)
{
    for (size_t i = 0; i < EXCEPTION_COUNT; i++) {
        if (exceptions[i].example == example)
            return &exceptions[i];
    }
    return NULL;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* The size of a link's title, which a page on paper can't show. */
static size_t title_size(struct slice html)
{
    static const char start[] = " title=\"";
    const char *end = slice_starts_with(html, start)
                          ? memchr(html.data + 8, '"', html.size - 8)
                          : NULL;
    return end ? (size_t)(end - html.data) + 1 : 0;
}

/* What HTML adds to a tree is taken off both sides: encoded addresses, titles, and
 * soft line breaks, which a brief sets as spaces. Code keeps its lines. */
static struct slice normal(struct slice html, struct arena *arena)
{
    struct text out = {.arena = arena};
    bool in_code = false, in_url = false;
    for (size_t i = 0; i < html.size; i++) {
        struct slice rest = slice_from(html, i);
        in_code = slice_starts_with(rest, "<pre>") ||
                  (in_code && !slice_starts_with(rest, "</pre>"));
        if (!in_code && title_size(rest)) {
            i += title_size(rest) - 1;
            continue;
        }
        if (i > 6 && (memcmp(rest.data - 6, "href=\"", 6) == 0 ||
                      memcmp(rest.data - 5, "src=\"", 5) == 0))
            in_url = true;
        in_url = in_url && rest.data[0] != '"';
        if (in_url && rest.data[0] == '%' && rest.size > 2 && hex(rest.data[1]) >= 0) {
            char byte = (char)(hex(rest.data[1]) * 16 + hex(rest.data[2]));
            text_append(&out, byte == '"' ? SLICE_LITERAL("&quot;")
                                          : (struct slice){&byte, 1});
            i += 2;
            continue;
        }
        char c = rest.data[0] == '\n' && !in_code ? ' ' : rest.data[0];
        text_append(&out, (struct slice){&c, 1});
    }
    return slice_trim(text_slice(&out));
}

static struct slice read_plain(struct slice markdown, struct arena *arena)
{
    struct text source = {.arena = arena};
    struct template *template;
    text_append_string(&source, "---\nsmart: no\n---\n");
    text_append(&source, markdown);
    template_parse(text_slice(&source), "spec.md", NULL, 0, arena, &template,
                   diags_new(arena));
    return dump_template(template, arena);
}

static bool reads_as_written(const struct yaml *example, size_t number)
{
    struct arena *arena = arena_new();
    struct slice markdown = yaml_text(example, "markdown", "");
    struct slice want = normal(yaml_text(example, "html", ""), arena);
    struct slice got = normal(read_plain(markdown, arena), arena);
    bool same = slice_equal(got, want);
    if (same == !find_exception(number)) {
        arena_free(arena);
        return true;
    }
    print_error("example %zu is%s as written:\n%.*s\nwant %.*s\ngot  %.*s\n", number,
                same ? "" : " not", SLICE_PRINT(markdown), SLICE_PRINT(want),
                SLICE_PRINT(got));
    arena_free(arena);
    return false;
}

static void the_examples_of_commonmark_come_out_right(void **state)
{
    (void)state;
    SKIP_WITHOUT(SPEC);
    struct arena *arena = arena_new();
    struct diags *diags = diags_new(arena);
    struct file file;
    const struct yaml *examples;
    assert_true(file_open(&file, SPEC, diags));
    assert_true(yaml_parse(file.bytes, SPEC, 1, 'M', arena, &examples, diags));
    size_t read = 0, unread = 0, wrong = 0;
    for (size_t i = 0; i < yaml_length(examples); i++) {
        const struct yaml *example = yaml_at(examples, i);
        if (is_unread(yaml_text(example, "section", ""))) {
            unread++;
            continue;
        }
        read++;
        wrong += !reads_as_written(example, i + 1);
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(EXCEPTION_COUNT, 22);
    assert_int_equal(unread, 64);
    assert_int_equal(read, 588);
    file_close(&file);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_commonmark_come_out_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
