/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include <stdlib.h>

#include "base/file.h"
#include "template_dump.h"

/* Reading a text whole ------------------------------------------------------------------ */

static const struct slice fences[] = {
    SLICE_LITERAL("cards"),     SLICE_LITERAL("chart"), SLICE_LITERAL("table"),
    SLICE_LITERAL("incidents"), SLICE_LITERAL("map"),
};
enum { FENCE_COUNT = sizeof fences / sizeof *fences };

struct reading {
    struct arena *arena;
    struct diags *diags;
    struct template *template;
    bool ok;
    struct slice tree;
};

static struct reading read_file(struct slice source, const char *file)
{
    struct reading r = {.arena = arena_new()};
    r.diags = diags_new(r.arena);
    diags_add_source(r.diags, file, source);
    r.ok = template_parse(source, file, fences, FENCE_COUNT, r.arena, &r.template,
                          r.diags);
    r.tree = dump_template(r.template, r.arena);
    return r;
}

/* "3:5 M050 message; …", one a diagnostic. */
static struct slice list_diags(const struct reading *r)
{
    struct text out = {.arena = r->arena};
    for (size_t i = 0; i < diags_total(r->diags); i++) {
        const struct diag *diag = diags_at(r->diags, i);
        text_print(&out, "%s%d:%d %s %s", i ? "; " : "", diag->at.line, diag->at.column,
                   diag->code, diag->message);
    }
    return text_slice(&out);
}

static void check_reads(const char *text, const char *want, int line)
{
    struct reading r = read_file(slice_of(text), "t.md");
    assert_slice_at(list_diags(&r), "", __FILE__, line);
    assert_slice_at(r.tree, want, __FILE__, line);
    assert_true(r.ok);
    arena_free(r.arena);
}
#define reads(text, want) check_reads(text, want, __LINE__)

static void check_refuses(const char *text, const char *want, int line)
{
    struct reading r = read_file(slice_of(text), "t.md");
    assert_slice_at(list_diags(&r), want, __FILE__, line);
    assert_false(r.ok);
    arena_free(r.arena);
}
#define refuses(text, want) check_refuses(text, want, __LINE__)

static void check_warns(const char *text, const char *want, const char *tree, int line)
{
    struct reading r = read_file(slice_of(text), "t.md");
    assert_slice_at(list_diags(&r), want, __FILE__, line);
    assert_slice_at(r.tree, tree, __FILE__, line);
    assert_true(r.ok);
    arena_free(r.arena);
}
#define warns(text, want, tree) check_warns(text, want, tree, __LINE__)

/* Values -------------------------------------------------------------------------------- */

static void values_stand_anywhere_in_a_text(void **state)
{
    (void)state;
    reads("# {{ headline }}\n", "<h1>{^headline}</h1>\n");
    reads("So **{{ killed }}** died, _{{ a*b* }}_.\n",
          "<p>So <strong>{killed}</strong> died, <em>{a*b*}</em>.</p>\n");
    reads("- {{ attacks }} x\n- y\n",
          "<ul>\n<li>{^attacks} x</li>\n<li>y</li>\n</ul>\n");
    reads("see [{{ name }}](https://x.org/{{ id }})\n",
          "<p>see <a href=\"https://x.org/{{ id }}\">{name}</a></p>\n");
}

static void a_bar_in_a_value_does_not_divide_a_table_cell(void **state)
{
    (void)state;
    reads(
        "| a | b |\n|---|--:|\n| {{ x | change(\"previous week\") }} | **{{ y }}** |\n",
        "<table>\n<tr><td>a</td><td r>b</td></tr>\n"
        "<tr><td>{^x | change(\"previous week\")}</td>"
        "<td r><strong>{^y}</strong></td></tr>\n</table>\n");
}

static void code_keeps_its_braces(void **state)
{
    (void)state;
    reads("Write `{{ attacks }}` here.\n",
          "<p>Write <code>{{ attacks }}</code> here.</p>\n");
    reads("```text\n{{ attacks }}\n::: row 8+4\n{{ if x }}\n```\n",
          "<pre><code class=\"language-text\">{{ attacks }}\n::: row 8+4\n{{ if x }}\n"
          "</code></pre>\n");
    reads("    {{ x }\n    ::: y\n", "<pre><code>{{ x }\n::: y\n</code></pre>\n");
}

static void escaped_braces_are_characters(void **state)
{
    (void)state;
    reads("Use \\{{ name }} here.\n", "<p>Use {{ name }} here.</p>\n");
}

static void a_value_may_go_on_in_the_next_line(void **state)
{
    (void)state;
    reads("They killed {{ killed |\n  count(\"person\") }}, sadly.\n\nNext {{ x }}\n",
          "<p>They killed {killed |\n  count(\"person\")}, sadly.</p>\n<p>Next "
          "{x}</p>\n");
}

static void braces_in_quotes_do_not_end_a_value(void **state)
{
    (void)state;
    reads("So {{ x | say(rose: \"a }} b\", fell: 'c', same: 'd') }}.\n",
          "<p>So {x | say(rose: \"a }} b\", fell: 'c', same: 'd')}.</p>\n");
}

static void private_characters_are_not_mistaken_for_marks(void **state)
{
    (void)state;
    reads("\xF3\xB0\x80\x80 {{ a }} &#xF0000; &#983040; `&#xF0000;`\n",
          "<p>\xF3\xB0\x80\x80 {a} \xF3\xB0\x80\x80 \xF3\xB0\x80\x80 "
          "<code>&amp;#xF0000;</code></p>\n");
    reads("<!--\xF3\xB0\x80\x80-->\n\n::: page break\n", "<page break>\n");
}

static void values_at_the_start_of_a_sentence_are_known(void **state)
{
    (void)state;
    reads(
        "**Attacks.** {{ a }} and {{ b }}. {{ c }}; {{ d }}! ({{ e }}) e.g. {{ f }}\n",
        "<p><strong>Attacks.</strong> {^a} and {b}. {^c}; {d}! ({^e}) e.g. {^f}</p>\n");
}

static void the_comma_before_a_record_goes_with_it(void **state)
{
    (void)state;
    reads("22 raids, {{ raids | record }}; more.\n",
          "<p>22 raids{, raids | record}; more.</p>\n");
    reads("22 raids, {{ raids | change }}.\n", "<p>22 raids, {raids | change}.</p>\n");
}

static void a_value_that_is_not_closed_is_reported_where_it_opens(void **state)
{
    (void)state;
    refuses("One.\n\nSo {{ attacks were\n\nmore }}.\n", "3:4 M046 {{ isn't closed");
    refuses("So {{ }} x\n", "1:4 M102 nothing between {{ and }}");
    refuses("So {{ a | top(\"x }} y\n", "1:15 M101 a quote isn't closed: \"x");
    refuses("So {{ a | top(\"x\" }} y\n",
            "1:11 M101 a bracket isn't closed: top(\"x\"");
    refuses("So {{ a | }} y\n", "1:10 M101 no filter behind the bar");
}

/* if ------------------------------------------------------------------------------------ */

static void an_if_inside_a_sentence_stays_in_it(void **state)
{
    (void)state;
    reads("One. {{ if x > 0 }}Two {{ y }}.{{ else if z }}Three.{{ else }}Four.{{ end "
          "}} Five\n",
          "<p>One. <if x > 0>Two {y}.<if z>Three.<else>Four.</if> Five</p>\n");
    reads("{{ if x }}\nOne {{ end }} two\n", "<p><if x> One </if> two</p>\n");
}

static void an_if_alone_on_its_lines_holds_blocks(void **state)
{
    (void)state;
    reads("{{ if x > 0 }}\n# A\n\nB\n{{ else }}\n- C\n{{ end }}\nD\n",
          "<if x > 0>\n<h1>A</h1>\n<p>B</p>\n<else>\n<ul>\n<li>C</li>\n</ul>\n</if>\n"
          "<p>D</p>\n");
    reads("{{ if a }}\n{{ if b }}\nx\n{{ end }}\n{{ end }}\n",
          "<if a>\n<if b>\n<p>x</p>\n</if>\n</if>\n");
}

static void conditions_are_read_with_the_template(void **state)
{
    (void)state;
    refuses("{{ if x > }}\ny\n{{ end }}\n", "1:10 M103 something is missing here");
    refuses("a {{ if x and y or z }}b{{ end }}\n",
            "1:17 M103 and is mixed with or: \"or z\"");
    refuses("a {{ if }}b{{ end }}\n", "1:3 M102 if what?");
}

static void ifs_that_do_not_match_are_reported(void **state)
{
    (void)state;
    refuses("a {{ if x }} b\n\nc\n",
            "1:3 M066 {{ if }} has no {{ end }} in its sentence or block");
    refuses("{{ if x }}\n\nb\n", "1:1 M058 {{ if }} has no end");
    refuses("b {{ end }}\n", "1:3 M067 \"{{ end }}\" stands where no {{ if }} is open");
    refuses("{{ else }}\n",
            "1:1 M059 \"{{ else }}\" stands where nothing fitting is open");
    refuses("{{ if x }}\na\n{{ else }}\nb\n{{ else }}\nc\n{{ end }}\n",
            "5:1 M061 nothing can follow {{ else }} but {{ end }}");
}

/* Structure ----------------------------------------------------------------------------- */

static void columns_and_rows_have_parts(void **state)
{
    (void)state;
    reads("::: columns 2\nA\n::: next column\nB\n::: end columns\nC\n",
          "<columns>\n<part>\n<p>A</p>\n<part>\n<p>B</p>\n</columns>\n<p>C</p>\n");
    reads("::: row 8+4\n```chart\nshow: a\n```\n::: next\nB\n::: end row\n",
          "<row>\n<part 8>\n<chart show=\"a\">\n<part 4>\n<p>B</p>\n</row>\n");
    reads(":::columns:::\nA\n::: next\nB\n:::  end  columns\n",
          "<columns>\n<part>\n<p>A</p>\n<part>\n<p>B</p>\n</columns>\n");
}

static void rows_stand_in_columns(void **state)
{
    (void)state;
    reads(
        "::: columns 2\n::: row 6+6\nA\n::: next\nB\n::: end row\n::: next column\nC\n"
        "::: end columns\n",
        "<columns>\n<part>\n<row>\n<part 6>\n<p>A</p>\n<part 6>\n<p>B</p>\n</row>\n"
        "<part>\n<p>C</p>\n</columns>\n");
}

static void structure_ends_a_paragraph_and_keeps_footnotes_whole(void **state)
{
    (void)state;
    reads("A[^1]\n::: note Careful {{ x }}\nB[^2]\n::: end\n\n[^2]: two\n[^1]: one {{ "
          "y }}\n",
          "<p>A<note 1></p>\n<note: Careful {x}>\n<p>B<note 2></p>\n</note>\n"
          "<footnote 1>\n<p>one {y}</p>\n<footnote 2>\n<p>two</p>\n");
}

static void each_says_field_condition_order_and_limit(void **state)
{
    (void)state;
    reads(
        "---\nmeasures:\n  per attack: killed per attacks\n---\n"
        "::: each province where per attack >= 3 and killed > 1, killed highest first, "
        "top 5\n## {{ province }}\n::: otherwise\nNone.\n::: end each\n",
        "<each province where per attack >= 3 and killed > 1, killed highest first, "
        "top "
        "5>\n<h2>{^province}</h2>\n<otherwise>\n<p>None.</p>\n</each>\n");
    reads("::: each district\nx\n::: end\n", "<each district>\n<p>x</p>\n</each>\n");
}

static void blocks_without_parts(void **state)
{
    (void)state;
    reads("::: contents\n::: page break\n::: landscape\nA\n::: end landscape\n"
          "::: together\nB\n::: end together\n",
          "<contents>\n<page break>\n<landscape>\n<p>A</p>\n</landscape>\n<together>\n"
          "<p>B</p>\n</together>\n");
}

static void structure_may_stand_in_lists(void **state)
{
    (void)state;
    reads("- A\n\n  ::: note\n  B\n  ::: end note\n- C\n",
          "<ul>\n<li>\n<p>A</p>\n<note: >\n<p>B</p>\n</note>\n</li>\n<li>\n<p>C</p>\n"
          "</li>\n</ul>\n");
}

static void words_next_to_ours_are_slips(void **state)
{
    (void)state;
    refuses("::: colums 2\nA\n::: next column\nB\n::: end columns\n",
            "1:5 M050 unknown structure \"colums\"");
    refuses("A\n:::\n", "2:1 M050 no word behind the colons");
    refuses("```chrat\nshow: a\n```\n", "1:4 M073 unknown block \"chrat\"");
    reads("```python\nshow: a\n```\n",
          "<pre><code class=\"language-python\">show: a\n</code></pre>\n");
}

static void numbers_of_structure_have_to_fit(void **state)
{
    (void)state;
    refuses("::: row 8+3\nA\n::: next\nB\n::: end row\n",
            "1:9 M052 the spans 8+3 don't make 12");
    refuses("::: row wide\nA\n::: end row\n", "1:9 M052 \"wide\" are no spans");
    refuses("::: row 8+4\nA\n::: end row\n",
            "1:1 M064 \"::: row 8+4\" says 2 parts and has 1");
    refuses("::: columns nine\nA\n::: end columns\n",
            "1:13 M051 \"nine\" is no number of columns from 2 to 6");
    refuses("::: each province, top few\nA\n::: end each\n",
            "1:20 M054 \"top few\" is no number to stop at");
}

static void ends_are_named_where_there_is_doubt(void **state)
{
    (void)state;
    refuses(
        "::: columns 2\n::: note\nA\n::: end\n::: next column\nB\n::: end columns\n",
        "4:1 M062 which end? ::: columns and ::: note are both open");
    refuses("A\n::: end row\n",
            "2:1 M059 \"::: end row\" stands where nothing fitting is open");
    refuses("::: note\nA\n", "1:1 M058 ::: note has no end");
    refuses(
        "::: row 6+6\nA\n::: next\n::: note\nB\n::: end row\n",
        "6:1 M057 \"::: end row\" comes before ::: end note; ::: note is open since "
        "line 4");
    refuses(
        "::: columns 2\nA\n::: next column\n{{ if x }}\nB\n::: end columns\n",
        "6:1 M057 \"::: end columns\" comes before {{ end }}; {{ if }} is open since "
        "line 4");
}

static void pages_turn_only_where_the_page_is_whole(void **state)
{
    (void)state;
    refuses("::: note\n::: page break\n::: end note\n",
            "2:1 M065 a page can't break inside ::: note (open since line 1)");
    reads("::: each province\n::: page break\n::: end each\n",
          "<each province>\n<page break>\n</each>\n");
}

static void a_block_that_is_not_closed_is_named(void **state)
{
    (void)state;
    refuses("A\n\n```chart\nshow: a\n\nB\n", "3:1 M074 the block \"chart\" has no end");
    refuses("```cards\nshow: a\n\n```chart\nshow: b\n```\n",
            "4:1 M075 \"chart\" opens inside the block \"cards\" of line 1");
}

/* What four spaces make code of opens no code, whatever the place it is counted from. */
static void a_fence_in_indented_code_opens_nothing(void **state)
{
    (void)state;
    static const char *const before[] = {
        "a\n\n    ```\n\n",
        "- a\n\n      ```\n\n",
        "- a\n\n  ```\n  b\n\nc\n\n",
        "> ```\n> a\n\n",
        "1. > - a\n   >\n   >       ```\n\n",
        "[^n]: a\n\n        ```\n\n[^n]\n\n",
        "-\ta\n\n\t\t```\n\n",
    };
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        struct arena *arena = arena_new();
        const char *text =
            arena_print(arena, "%s{{ if a > 1 }}\n\nb\n\n{{ end }}\n", before[i]);
        struct reading r = read_file(slice_of(text), "t.md");
        assert_slice(list_diags(&r), "");
        assert_true(memmem(r.tree.data, r.tree.size, "<if", 3));
        arena_free(r.arena);
        arena_free(arena);
    }
}

static void a_structure_inside_a_sentence_is_reported(void **state)
{
    (void)state;
    warns(
        "A ::: row 8+4\n",
        "1:3 M086 structure stands on a line of its own; this is printed as it stands",
        "<p>A ::: row 8+4</p>\n");
}

/* HTML, notes, typography --------------------------------------------------------------- */

static void html_is_printed_as_typed_with_a_warning(void **state)
{
    (void)state;
    warns("a <b>c</b> d\n",
          "1:3 M072 HTML isn't read; \"<b>\" is printed as it stands; 1:7 M072 HTML "
          "isn't "
          "read; \"</b>\" is printed as it stands",
          "<p>a &lt;b&gt;c&lt;/b&gt; d</p>\n");
    warns("<div>\nx\n</div>\n", "1:1 M072 HTML isn't read; it is printed as it stands",
          "<p>&lt;div&gt; x &lt;/div&gt;</p>\n");
    reads("a<br>b\n", "<p>a<br />\nb</p>\n");
}

static void comments_are_not_printed(void **state)
{
    (void)state;
    reads("A <!-- why {{ x --> B\n\n<!--\n::: columns 3\n{{ nothing }}\n-->\n\nC\n",
          "<p>A  B</p>\n<p>C</p>\n");
}

static void a_footnote_without_text_is_a_warning(void **state)
{
    (void)state;
    warns("A[^src].\n", "1:2 M071 footnote [^src] has no text", "<p>A[^src].</p>\n");
}

static void quotes_and_dashes_are_set_by_language(void **state)
{
    (void)state;
    reads("\"It's\" 9--15 `\"--\"` {{ a | x(\"b--c\") }}\n",
          "<p>“It’s” 9–15 <code>&quot;--&quot;</code> {a | x(\"b--c\")}</p>\n");
    reads("---\nlanguage: ur\n---\n\"a\" -- b\n", "<p>&quot;a&quot; -- b</p>\n");
    reads("---\nsmart: no\n---\n\"a\" -- b\n", "<p>&quot;a&quot; -- b</p>\n");
    reads("-5 to (-3), 9-15, F-16 - 2 and a -b\n", "<p>\xE2\x88\x92"
                                                   "5 to (\xE2\x88\x92"
                                                   "3), 9-15, F-16 - 2 and a -b</p>\n");
    reads("---\nsmart: no\n---\n-5\n", "<p>-5</p>\n");
    refuses("---\nsmart: maybe\n---\n", "2:8 M076 smart is \"maybe\", not yes or no");
}

/* Front matter, places, parts ------------------------------------------------------------ */

static void lines_are_counted_past_the_front_matter(void **state)
{
    (void)state;
    refuses("---\ntitle: A\n---\n\n# {{ x\n", "5:3 M046 {{ isn't closed");
    refuses("---\r\ntitle: A\r\n---\r\n\r\n# {{ x\r\n", "5:3 M046 {{ isn't closed");
    refuses("\xEF\xBB\xBF# \xD8\xA7\xD8\xB1\xD8\xAF\xD9\x88 {{ x\n",
            "1:8 M046 {{ isn't closed");
}

static void broken_front_matter_is_reported(void **state)
{
    (void)state;
    refuses("---\ntitle: A\n", "1:1 M042 the front matter has no end");
    refuses("---\n- a\n- b\n---\n",
            "2:1 M077 the front matter is no list of keys and values");
    refuses("a \xFF b\n", "1:3 M041 byte 0xff is not UTF-8");
}

static void headings_get_anchors_that_differ(void **state)
{
    (void)state;
    struct reading r = read_file(
        SLICE_LITERAL(
            "# The week, in KP\n\n## A\n\n## A\n\n::: note\n## A\n::: end\n\n## A 1\n"),
        "t.md");
    assert_true(r.ok);
    const struct node *item = r.template->body.item;
    assert_slice(item[0].anchor, "the-week-in-kp");
    assert_slice(item[1].anchor, "a");
    assert_slice(item[2].anchor, "a-1");
    assert_slice(item[3].children.item[0].anchor, "a-2");
    assert_slice(item[4].anchor, "a-1-1");
    arena_free(r.arena);
}

static void fence_bodies_keep_their_places(void **state)
{
    (void)state;
    struct reading r = read_file(
        SLICE_LITERAL(
            "---\ntitle: A\n---\nText\n\n```chart #first\ntype: line\n"
            "title: \"{{ attacks | say(rose: 'up', fell: 'down', same: 'x') }}\"\n"
            "```\n"),
        "t.md");
    assert_true(r.ok);
    const struct node *chart = &r.template->body.item[1];
    assert_int_equal(chart->kind, NODE_FENCE);
    assert_slice(chart->text, "#first");
    assert_int_equal(chart->body->item[1].at.line, 8);
    assert_int_equal(chart->body->item[0].at.column, 7);
    arena_free(r.arena);
}

struct folder {
    char path[64];
};

static void write_part(const struct folder *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int make_folder(void **state)
{
    struct folder *folder = malloc(sizeof *folder);
    strcpy(folder->path, "build/parts-XXXXXX");
    if (!mkdtemp(folder->path))
        return -1;
    *state = folder;
    return 0;
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;
    static const char *const names[] = {"head.md", "deep.md", "loop.md"};
    char path[128];
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder->path, names[i]);
        unlink(path);
    }
    rmdir(folder->path);
    free(folder);
    return 0;
}

static struct reading read_beside(const struct folder *folder, const char *text)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/main.md", folder->path);
    return read_file(slice_of(text), path);
}

static void parts_are_read_where_they_are_named(void **state)
{
    const struct folder *folder = *state;
    write_part(folder, "head.md",
               "# {{ headline }}\n{{> deep.md }}\n::: columns 2\nA[^1]\n");
    write_part(folder, "deep.md", "deep {{ x\n\n");
    struct reading r =
        read_beside(folder, "Before\n{{> head.md }}\n::: next column\nB\n"
                            "::: end columns\n\n[^1]: here\n");
    assert_slice(r.tree, "<p>Before</p>\n<h1>{^headline}</h1>\n<p>deep  x</p>\n"
                         "<columns>\n<part>\n<p>A<note 1></p>\n<part>\n<p>B</p>\n"
                         "</columns>\n<footnote 1>\n<p>here</p>\n");
    assert_slice(list_diags(&r), "1:6 M046 {{ isn't closed");
    assert_string_equal(strrchr(diags_at(r.diags, 0)->at.file, '/'), "/deep.md");
    arena_free(r.arena);
}

static void parts_that_may_not_be_read_are_named(void **state)
{
    const struct folder *folder = *state;
    write_part(folder, "loop.md", "x\n\n{{> loop.md }}\n");
    struct reading r =
        read_beside(folder, "{{> nothing.md }}\n{{> ../other.md }}\n"
                            "{{> /etc/passwd }}\n{{> loop.md }}\n{{>}}\n");
    assert_slice(
        list_diags(&r),
        "1:5 M044 can't include \"nothing.md\": there is no such file; "
        "2:5 M044 can't include \"../other.md\": it lies outside the template's "
        "folder; 3:5 M044 can't include \"/etc/passwd\": it lies outside the "
        "template's folder; 3:5 M044 can't include \"loop.md\": it includes "
        "itself; 5:4 M044 can't include \"\": no file is named");
    arena_free(r.arena);
}

/* Stale findings --------------------------------------------------------------------------- */

static struct locale *english(struct arena *arena)
{
    struct locale *locale = NULL;
    struct file file;
    struct diags *diags = diags_new(arena);
    assert_true(file_open(&file, "templates/locales/en.yaml", diags));
    assert_true(locale_parse(file.bytes, "en.yaml", NULL, arena, &locale, diags));
    return locale;
}

static void findings_typed_into_a_moving_brief_are_warned_of(void **state)
{
    (void)state;
    static const char body[] =
        "# Deaths Rose\n\nA **record** week.\n\n- {{ x | "
        "say(rose: 'rose', fell: 'fell', same: '') }}, recorded\n"
        "- the lowest\n\n| a |\n|---|\n| fell |\n";
    static const char moving[] = "---\nperiod: last complete week\n---\n";
    static const char fixed[] = "---\nperiod: 2026-W46\n---\n";
    struct arena *arena = arena_new();
    const struct locale *locale = english(arena);
    for (int i = 0; i < 2; i++) {
        const char *text = arena_print(arena, "%s%s", i ? fixed : moving, body);
        struct reading r = read_file(slice_of(text), "t.md");
        assert_true(r.ok);
        template_warn_stale(r.template, locale, r.diags);
        assert_slice(
            list_diags(&r),
            i ? ""
              : "4:10 M079 \"Rose\" is typed into the template and will be wrong "
                "when the numbers turn; 6:5 M079 \"record\" is typed into the "
                "template and will be wrong when the numbers turn; 9:7 M079 "
                "\"lowest\" is typed into the template and will be wrong when the "
                "numbers turn; 13:3 M079 \"fell\" is typed into the template and "
                "will be wrong when the numbers turn");
        arena_free(r.arena);
    }
    arena_free(arena);
}

/* Hostile texts --------------------------------------------------------------------------- */

static struct slice repeat(struct arena *arena, const char *text, size_t times)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < times; i++)
        text_append_string(&out, text);
    return text_slice(&out);
}

static void deep_and_long_texts_end_in_a_diagnostic(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{{ ",      "{{ a }}", "::: note\n", "{{ if x }}\n", "{{ if x }} ",
        "> ",       "*a **b ", "[",          "- a\n",        "`",
        "{{ \"}} ", "<!-- ",   "\\{{",       "&#xF0000;",    "{{ if a }}b{{ end }} ",
        "| a ",     "[^1] ",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena *arena = arena_new();
        struct reading r = read_file(repeat(arena, texts[i], 20000), "t.md");
        assert_true(r.ok == !diags_count(r.diags, SEVERITY_ERROR));
        arena_free(r.arena);
        arena_free(arena);
    }
}

static void what_the_library_is_slow_at_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct reading r = read_file(repeat(arena, "![[]()", 1001), "t.md");
    assert_slice(list_diags(&r), "1:1 M048 more than 1,000 pictures in one paragraph");
    arena_free(r.arena);
    struct text table = {.arena = arena};
    text_append(&table, repeat(arena, "|a", 1000));
    text_append_string(&table, "|\n");
    text_append(&table, repeat(arena, "|-", 1000));
    text_append_string(&table, "|\n");
    text_append(&table, repeat(arena, "a\n", 1000));
    r = read_file(text_slice(&table), "t.md");
    assert_slice(list_diags(&r), "1000:1 M049 more than a million cells in Markdown "
                                 "tables; use a table block");
    arena_free(r.arena);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_anywhere_in_a_text),
        cmocka_unit_test(a_bar_in_a_value_does_not_divide_a_table_cell),
        cmocka_unit_test(code_keeps_its_braces),
        cmocka_unit_test(escaped_braces_are_characters),
        cmocka_unit_test(a_value_may_go_on_in_the_next_line),
        cmocka_unit_test(braces_in_quotes_do_not_end_a_value),
        cmocka_unit_test(private_characters_are_not_mistaken_for_marks),
        cmocka_unit_test(values_at_the_start_of_a_sentence_are_known),
        cmocka_unit_test(the_comma_before_a_record_goes_with_it),
        cmocka_unit_test(a_value_that_is_not_closed_is_reported_where_it_opens),
        cmocka_unit_test(an_if_inside_a_sentence_stays_in_it),
        cmocka_unit_test(an_if_alone_on_its_lines_holds_blocks),
        cmocka_unit_test(conditions_are_read_with_the_template),
        cmocka_unit_test(ifs_that_do_not_match_are_reported),
        cmocka_unit_test(columns_and_rows_have_parts),
        cmocka_unit_test(rows_stand_in_columns),
        cmocka_unit_test(structure_ends_a_paragraph_and_keeps_footnotes_whole),
        cmocka_unit_test(each_says_field_condition_order_and_limit),
        cmocka_unit_test(blocks_without_parts),
        cmocka_unit_test(structure_may_stand_in_lists),
        cmocka_unit_test(words_next_to_ours_are_slips),
        cmocka_unit_test(numbers_of_structure_have_to_fit),
        cmocka_unit_test(ends_are_named_where_there_is_doubt),
        cmocka_unit_test(pages_turn_only_where_the_page_is_whole),
        cmocka_unit_test(a_block_that_is_not_closed_is_named),
        cmocka_unit_test(a_fence_in_indented_code_opens_nothing),
        cmocka_unit_test(a_structure_inside_a_sentence_is_reported),
        cmocka_unit_test(html_is_printed_as_typed_with_a_warning),
        cmocka_unit_test(comments_are_not_printed),
        cmocka_unit_test(a_footnote_without_text_is_a_warning),
        cmocka_unit_test(quotes_and_dashes_are_set_by_language),
        cmocka_unit_test(lines_are_counted_past_the_front_matter),
        cmocka_unit_test(broken_front_matter_is_reported),
        cmocka_unit_test(headings_get_anchors_that_differ),
        cmocka_unit_test(fence_bodies_keep_their_places),
        cmocka_unit_test_setup_teardown(parts_are_read_where_they_are_named,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(parts_that_may_not_be_read_are_named,
                                        make_folder, remove_folder),
        cmocka_unit_test(findings_typed_into_a_moving_brief_are_warned_of),
        cmocka_unit_test(deep_and_long_texts_end_in_a_diagnostic),
        cmocka_unit_test(what_the_library_is_slow_at_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
