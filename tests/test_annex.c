/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Long documents: nothing is lost, however long one cell or paragraph is; the work grows
 * with the words and not faster, counted in texts that were shaped; and so does what is
 * held, which of tables and lists is little. tests/bench/annex times them. */
#include "support.h"

#include "brief/brief.h"

#include <stdlib.h>
#include <sys/stat.h>

#define FOLDER "build/annex/"

/* -- Documents of numbered words ---------------------------------------------------- */

struct document {
    struct text body, data;
    size_t words;
};

static struct slice some_words(struct document *document, size_t count)
{
    struct text text = {.arena = document->body.arena};
    for (size_t i = 0; i < count; i++)
        text_print(&text, "%sx%05zuz", i ? " " : "", document->words++);
    return text_slice(&text);
}

static void put_words(struct document *document, size_t count, const char *before,
                      const char *after)
{
    const struct slice words = some_words(document, count);
    text_print(&document->body, "%s%.*s%s", before, SLICE_PRINT(words), after);
}

typedef void write_fn(struct document *document, size_t words);

static void write_prose(struct document *document, size_t words)
{
    while (document->words < words) {
        put_words(document, 4, "## ", "\n\n");
        put_words(document, 96, "", ".\n\n");
    }
}

static void write_table(struct document *document, size_t words)
{
    text_append_string(&document->body, "| Day | Place | What |\n|---|---|---|\n");
    while (document->words < words) {
        put_words(document, 1, "| ", " | ");
        put_words(document, 2, "", " | ");
        put_words(document, 17, "", " |\n");
    }
}

static void write_notes(struct document *document, size_t words)
{
    const size_t notes = words / 20;
    for (size_t i = 0; i < notes; i++) {
        put_words(document, 10, "", "");
        text_print(&document->body, "[^%zu].\n\n", i);
    }
    for (size_t i = 0; i < notes; i++) {
        text_print(&document->body, "[^%zu]: ", i);
        put_words(document, 10, "", "\n\n");
    }
}

static void write_cell(struct document *document, size_t words)
{
    text_append_string(&document->body, "| Day | What |\n|---|---|\n");
    put_words(document, 1, "| ", " | ");
    put_words(document, words - 1, "", " |\n");
}

static void write_paragraph(struct document *document, size_t words)
{
    put_words(document, words, "", "\n");
}

static void write_item(struct document *document, size_t words)
{
    put_words(document, words, "- ", "\n");
}

static void write_quote(struct document *document, size_t words)
{
    put_words(document, words, "> ", "\n");
}

static void write_columns(struct document *document, size_t words)
{
    put_words(document, words / 2, "::: columns\n\n", "\n\n::: next\n\n");
    put_words(document, words / 2, "", "\n\n::: end columns\n");
}

static void write_code(struct document *document, size_t words)
{
    text_append_string(&document->body, "```\n");
    while (document->words < words)
        put_words(document, 10, "", "\n");
    text_append_string(&document->body, "```\n");
}

static void write_code_line(struct document *document, size_t words)
{
    put_words(document, words, "```\n", "\n```\n");
}

static void write_note(struct document *document, size_t words)
{
    put_words(document, 10, "", "[^1].\n\n");
    put_words(document, words - 10, "[^1]: ", "\n");
}

static void write_incidents(struct document *document, size_t words)
{
    text_append_string(&document->body, "```incidents\nshow: date, province, summary, "
                                        "killed\n```\n");
    for (size_t i = 0; document->words < words; i++) {
        const struct slice summary = some_words(document, 20);
        text_print(&document->data, "2026-11-%02zu,Sindh,attack,%zu,%.*s\n", i % 28 + 1,
                   i % 7, SLICE_PRINT(summary));
    }
}

/* -- Composing -------------------------------------------------------------------- */

struct long_brief {
    struct arena *arena;
    struct session *session;
    struct edition *edition;
    struct brief *brief;
    size_t words;
};

static void write_file(const char *path, struct slice bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

static struct long_brief compose(write_fn *write, size_t words)
{
    struct long_brief own = {.arena = arena_new(), .session = session_new(".")};
    struct document document = {.body = {.arena = own.arena},
                                .data = {.arena = own.arena}};
    text_append_string(&document.body, "---\ntitle: Annex\ndata: annex.csv\n"
                                       "period: all\n---\n");
    text_append_string(&document.data, "date,province,side,killed,summary\n"
                                       "2026-11-01,Sindh,attack,1,first\n");
    write(&document, words);
    mkdir(FOLDER, 0777);
    write_file(FOLDER "annex.md", text_slice(&document.body));
    write_file(FOLDER "annex.csv", text_slice(&document.data));
    own.words = document.words;
    assert_true(edition_open(own.session, FOLDER "annex.md", &own.edition));
    assert_true(brief_compose(own.edition, NULL, 0, NULL, &own.brief));
    return own;
}

static void close_brief(struct long_brief *own)
{
    brief_free(own->brief);
    edition_close(own->edition);
    session_free(own->session);
    arena_free(own->arena);
}

static bool collect(const void *bytes, size_t size, void *context)
{
    text_append(context, (struct slice){bytes, size});
    return true;
}

static struct slice written(const struct long_brief *own, const char *format)
{
    const struct brief_choice choice = {0};
    struct text out = {.arena = own->arena};
    const struct brief_format *found = brief_format_find(slice_of(format));
    assert_true(found->write(own->brief, &choice, collect, &out));
    return text_slice(&out);
}

/* -- Nothing is lost ---------------------------------------------------------------- */

/* In the order of the text a word of one place stands once; letters alone are looked
 * at, as long words are broken. */
static void assert_every_word_once(const struct long_brief *own, struct slice printed)
{
    unsigned char *times = calloc(own->words, 1);
    for (size_t i = 0; i + 6 < printed.size; i++) {
        if (printed.data[i] != 'x' || printed.data[i + 6] != 'z')
            continue;
        size_t number = strtoul(printed.data + i + 1, NULL, 10);
        assert_true(number < own->words);
        times[number]++;
    }
    size_t wrong = 0;
    for (size_t i = 0; i < own->words; i++)
        wrong += times[i] != 1;
    free(times);
    assert_int_equal(wrong, 0);
}

static void assert_nothing_is_lost(write_fn *write, size_t words)
{
    struct long_brief own = compose(write, words);
    assert_true(own.brief->pages.count > 5);
    assert_every_word_once(&own, written(&own, "txt"));
    assert_every_word_once(&own, written(&own, "layout"));
    close_brief(&own);
}

static void no_word_of_a_long_table_or_list_is_lost(void **state)
{
    (void)state;
    assert_nothing_is_lost(write_table, 6000);
    assert_nothing_is_lost(write_incidents, 6000);
    assert_nothing_is_lost(write_notes, 6000);
    assert_nothing_is_lost(write_prose, 6000);
}

static void no_word_of_what_is_longer_than_many_pages_is_lost(void **state)
{
    (void)state;
    write_fn *const all[] = {write_cell,      write_paragraph, write_item,
                             write_quote,     write_columns,   write_code,
                             write_code_line, write_note};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_nothing_is_lost(all[i], 8000);
}

/* -- Twice the words are twice the work --------------------------------------------- */

struct cost {
    double pages, laid, drawn, bytes; /* texts shaped; bytes handed out */
};

static struct cost cost_of(write_fn *write, size_t words)
{
    struct long_brief own = compose(write, words);
    const struct typesetter *typesetter = own.brief->typesetter;
    struct cost cost = {.pages = (double)own.brief->pages.count,
                        .laid = (double)typesetter_shaped(typesetter)};
    cost.bytes =
        (double)(arena_used(own.edition->arena) + arena_used(own.brief->arena) +
                 arena_used(own.edition->typeset));
    written(&own, "pdf");
    cost.drawn = (double)typesetter_shaped(typesetter) - cost.laid;
    close_brief(&own);
    return cost;
}

/* A giant is shaped once, cut into pages without being shaped again, and drawn without
 * but for the page numbers; rows, entries and paragraphs that weren't kept are shaped once
 * more to be drawn. What is held of a page's text is a few bytes a letter, of an entry that isn't
 * kept hardly more than its row. */
static void twice_the_words_are_twice_the_work(void **state)
{
    (void)state;
    static const struct {
        write_fn *write;
        bool is_made_again;
        double most_bytes; /* held for a page, beside the document that is written */
        size_t words;      /* of the shorter; 400 paragraphs are kept */
    } kinds[] = {
        {write_cell, false, 70e3, 8000},      {write_paragraph, false, 65e3, 8000},
        {write_item, false, 65e3, 8000},      {write_quote, false, 65e3, 8000},
        {write_columns, false, 80e3, 8000},   {write_code, false, 125e3, 8000},
        {write_code_line, false, 90e3, 8000}, {write_note, false, 115e3, 8000},
        {write_table, true, 140e3, 8000},     {write_incidents, true, 20e3, 8000},
        {write_notes, true, 145e3, 10000},    {write_prose, true, 33e3, 50000},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const size_t words = kinds[i].words;
        struct cost once = cost_of(kinds[i].write, words);
        struct cost twice = cost_of(kinds[i].write, 2 * words);
        const double pages = twice.pages - once.pages;
        assert_true(twice.pages < 2.2 * once.pages && pages > 0.8 * once.pages);
        assert_true(twice.laid < 2.1 * once.laid + 50);
        assert_true(twice.drawn <=
                    twice.pages + 10 + (kinds[i].is_made_again ? twice.laid : 0));
        assert_true(twice.bytes - once.bytes < pages * kinds[i].most_bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_of_a_long_table_or_list_is_lost),
        cmocka_unit_test(no_word_of_what_is_longer_than_many_pages_is_lost),
        cmocka_unit_test(twice_the_words_are_twice_the_work),
    };
    return cmocka_run_group_tests_name("annex", tests, NULL, NULL);
}
