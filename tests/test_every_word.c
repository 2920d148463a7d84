/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is lost and nothing printed twice: random documents, in English and Urdu, on
 * several papers; every word of the input is on a page exactly once, and no content
 * runs into the footnotes or off its page. */
#include "support.h"

#include "random_document.h"
#include "sitrep.h"

#include <stdlib.h>
#include <sys/stat.h>

static const char incidents[] = "date,province,side,killed\n"
                                "2026-11-10,Sindh,attack,2\n";

struct paper {
    const char *front;
    bool urdu;
};

static const struct paper papers[] = {
    {"language: en\npaper: a4\n", false},
    {"language: en\npaper: letter\n", false},
    {"language: ur\npaper: a4\n", true},
    {"language: en\npaper: a4-landscape\n", false},
};

/* -- Making ---------------------------------------------------------------------- */

static int collect(const void *bytes, size_t size, void *context)
{
    text_append(context, (struct slice){bytes, size});
    return 0;
}

static void write_file(const char *path, struct slice body)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(body.data, 1, body.size, file), body.size);
    assert_int_equal(fclose(file), 0);
}

static void fail_with_messages(struct sitrep *s)
{
    for (size_t i = 0; i < sitrep_message_count(s); i++)
        print_error("%s", sitrep_message_text(s, i));
    fail();
}

/* A failing document stays where it is. */
#define FOLDER "build/every-word/"

static struct sitrep *compose(const struct random_document *document)
{
    struct sitrep *s = sitrep_new(".");
    mkdir(FOLDER, 0777);
    write_file(FOLDER "brief.md", text_slice(&document->body));
    write_file(FOLDER "words.csv", text_slice(&document->data));
    write_file(FOLDER "incidents.csv", slice_of(incidents));
    if (sitrep_compose(s, FOLDER "brief.md") != SITREP_OK)
        fail_with_messages(s);
    return s;
}

/* -- Counting -------------------------------------------------------------------- */

/* Letters and digits alone, since a word may be broken between lines. Of a layout only
 * what stands in quotes. */
static struct slice letters_of(struct slice text, bool quoted, struct arena *arena)
{
    struct text out = {.arena = arena};
    bool is_inside = !quoted;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool is_letter = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                         (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
        if (byte == '\n' && quoted)
            is_inside = false;
        else if (byte == '"' && quoted)
            is_inside = !is_inside;
        else if (is_inside && is_letter)
            text_append(&out, (struct slice){&text.data[i], 1});
    }
    return text_slice(&out);
}

static void assert_every_word_once(const struct random_document *document,
                                   struct slice printed, const char *what)
{
    size_t offset = 0, number, wrong = 0;
    unsigned *times = calloc(document->word_count, sizeof *times);
    assert_non_null(times);
    while (find_random_word(printed, document->urdu, &offset, &number)) {
        assert_in_range(number, 0, document->word_count - 1);
        times[number]++;
    }
    for (size_t i = 0; i < document->word_count; i++) {
        if (times[i] == 1 || (times[i] > 1 && document->is_head[i]))
            continue;
        if (wrong++ < 10)
            print_error("%s: word %zu of %zu stands there %u times\n", what, i,
                        document->word_count, times[i]);
    }
    free(times);
    assert_int_equal(wrong, 0);
}

/* Words are numbered as they stand in the template: so they are read, whatever stands
 * beside each other and goes on overleaf. Footnotes stand between them. */
static void assert_in_order(const struct random_document *document,
                            struct slice printed)
{
    size_t offset = 0, number, before = 0, wrong = 0;
    while (find_random_word(printed, document->urdu, &offset, &number)) {
        if (document->is_note[number] || document->is_head[number])
            continue;
        if (number < before && wrong++ < 10)
            print_error("text: word %zu after %zu\n", number, before);
        before = number;
    }
    assert_int_equal(wrong, 0);
}

/* -- Places ---------------------------------------------------------------------- */

struct dumped {
    int depth;
    char name[40];
    double x, y, width, height;
};

static bool read_dumped(struct slice line, struct dumped *out)
{
    char text[200];
    size_t indent = 0, size = line.size < sizeof text - 1 ? line.size : sizeof text - 1;
    memcpy(text, line.data, size);
    text[size] = 0;
    while (text[indent] == ' ')
        indent++;
    out->depth = (int)indent / 2;
    return sscanf(text + indent, "%39[a-z] %lf %lf %lf %lf", out->name, &out->x,
                  &out->y, &out->width, &out->height) == 5;
}

static void assert_between_margins(const struct dumped *box, double width)
{
    if (box->x < -0.5 || box->x + box->width > width + 0.5)
        print_error("%s at %.1f is %.1f wide, of %.1f\n", box->name, box->x, box->width,
                    width);
    assert_true(box->x >= -0.5 && box->x + box->width <= width + 0.5);
}

/* The content of a page ends above its footnotes, and these at the page's foot; both
 * are no wider than the page. */
static void assert_in_their_places(struct slice layout)
{
    struct slice line;
    struct dumped box, body = {0};
    double lowest = 0, width = 0;
    while (slice_cut(&layout, '\n', &line)) {
        if (!read_dumped(line, &box))
            continue;
        if (box.depth == 1 && strcmp(box.name, "body") == 0) {
            body = box;
            width = box.width;
            lowest = 0;
        } else if (box.depth == 2 && strcmp(box.name, "furniture") != 0) {
            assert_between_margins(&box, width);
            double bottom = body.y + box.y + box.height;
            if (bottom > lowest && lowest >= 0)
                lowest = bottom;
            if (lowest > body.y + body.height + 0.5)
                print_error("ends at %.1f: %.*s\n", lowest, SLICE_PRINT(line));
            assert_true(lowest <= body.y + body.height + 0.5);
        } else if (box.depth == 1 && strcmp(box.name, "notes") == 0) {
            assert_true(box.y + 0.5 >= lowest);
            assert_true(box.y + box.height <= body.y + body.height + 0.5);
            lowest = -1; /* what follows are notes */
        }
    }
}

/* -- Tests ----------------------------------------------------------------------- */

/* From SEED on where it is set. */
static uint64_t first_seed(void)
{
    const char *seed = getenv("SEED");
    return seed ? strtoull(seed, NULL, 10) : 1;
}

static void check_layout(struct sitrep *s, const struct random_document *document,
                         struct arena *arena)
{
    struct text layout = {.arena = arena};
    assert_int_equal(sitrep_write(s, "layout", collect, &layout), SITREP_OK);
    assert_every_word_once(document, letters_of(text_slice(&layout), true, arena),
                           "layout");
    assert_in_their_places(text_slice(&layout));
}

static void check_text(struct sitrep *s, const struct random_document *document,
                       struct arena *arena)
{
    struct text text = {.arena = arena};
    assert_int_equal(sitrep_write(s, "txt", collect, &text), SITREP_OK);
    const struct slice letters = letters_of(text_slice(&text), false, arena);
    assert_every_word_once(document, letters, "text");
    assert_in_order(document, letters);
}

/* As a reader of the PDF has it; of Nastaliq no reader gets the words. */
static void check_pdf(struct sitrep *s, const struct random_document *document,
                      struct arena *arena)
{
    static const char command[] = "pdftotext -raw " FOLDER "brief.pdf - 2>&1";
    struct text text = {.arena = arena};
    char bytes[4096];
    size_t size;
    assert_int_equal(sitrep_write_file(s, FOLDER "brief.pdf", NULL), SITREP_OK);
    FILE *reader = popen(command, "r");
    assert_non_null(reader);
    while ((size = fread(bytes, 1, sizeof bytes, reader)) > 0)
        text_append(&text, (struct slice){bytes, size});
    assert_int_equal(pclose(reader), 0);
    assert_every_word_once(document, letters_of(text_slice(&text), false, arena),
                           "PDF");
}

static void every_word_is_on_a_page_once(void **state)
{
    (void)state;
    enum { SEEDS = 6, SIZE = 60 };
    bool has_reader = system("command -v pdftotext >/dev/null") == 0;
    for (uint64_t i = 0; i < SEEDS; i++) {
        uint64_t seed = first_seed() + i;
        const struct paper *paper = &papers[seed % (sizeof papers / sizeof *papers)];
        struct arena *arena = arena_new();
        const struct random_document *document =
            random_document_new(seed, paper->urdu, SIZE, paper->front, arena);
        print_message("seed %u: %zu words\n", (unsigned)seed, document->word_count);
        struct sitrep *brief = compose(document);
        check_layout(brief, document, arena);
        check_text(brief, document, arena);
        if (has_reader && i < 3 && !document->urdu)
            check_pdf(brief, document, arena);
        sitrep_free(brief);
        arena_free(arena);
    }
}

/* -- Heavy loads ----------------------------------------------------------------- */

static struct random_document *plain_document(struct arena *arena)
{
    struct random_document *document =
        random_document_new(1, false, 0, papers[0].front, arena);
    document->word_count = 0;
    document->body.size = document->data.size = 0;
    text_append_string(&document->body,
                       "---\ntitle: Load\ndata:\n  incidents: incidents.csv\n"
                       "period: all\n---\n");
    text_append_string(&document->data, "number\n1\n");
    return document;
}

static void check_load(const struct random_document *document, struct arena *arena,
                       const char *message)
{
    struct sitrep *s = compose(document);
    check_layout(s, document, arena);
    check_text(s, document, arena);
    assert_int_equal(sitrep_message_count(s), message != NULL);
    if (message)
        assert_non_null(strstr(sitrep_message_text(s, 0), message));
    sitrep_free(s);
}

static void ten_thousand_footnotes_all_stand_at_a_foot(void **state)
{
    (void)state;
    enum { NOTES = 10000 };
    struct arena *arena = arena_new();
    struct random_document *document = plain_document(arena);
    for (size_t i = 0; i < NOTES; i++) {
        random_words(document, 2, false);
        text_print(&document->body, "[^n%zu]%s", i, i % 500 == 499 ? "\n\n" : " ");
    }
    document->in_note = true;
    for (size_t i = 0; i < NOTES; i++) {
        text_print(&document->body, "[^n%zu]: ", i);
        random_words(document, 2, false);
        text_append_string(&document->body, "\n");
    }
    check_load(document, arena, NULL);
    arena_free(arena);
}

static void a_cell_goes_on_over_pages(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct random_document *document = plain_document(arena);
    text_append_string(&document->body, "| | |\n|---|---|\n| ");
    random_words(document, 3, false);
    text_append_string(&document->body, " | ");
    random_words(document, 8000, false);
    text_append_string(&document->body, " |\n");
    check_load(document, arena, NULL);
    arena_free(arena);
}

static void sixty_columns_keep_their_words_and_are_told(void **state)
{
    (void)state;
    enum { COLUMNS = 60, ROWS = 30 };
    struct arena *arena = arena_new();
    struct random_document *document = plain_document(arena);
    for (size_t i = 0; i < ROWS; i++) {
        text_append_string(&document->body, "|");
        for (size_t j = 0; j < COLUMNS; j++) {
            text_append_string(&document->body, i == 1 ? "---" : " ");
            if (i != 1)
                append_random_word(&document->body, document->word_count++, false);
            text_append_string(&document->body, i == 1 ? "|" : " |");
        }
        text_append_string(&document->body, "\n");
    }
    for (size_t j = 0; j < COLUMNS; j++)
        document->is_head[j] = true;
    check_load(document, arena, "60 columns run together");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_on_a_page_once),
        cmocka_unit_test(ten_thousand_footnotes_all_stand_at_a_foot),
        cmocka_unit_test(a_cell_goes_on_over_pages),
        cmocka_unit_test(sixty_columns_keep_their_words_and_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
