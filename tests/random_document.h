/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Random templates, by a seed: every construct that prints text, nested in each other,
 * with long and short contents. Each word holds a number of its own, so that whoever
 * reads the pages can say which words are missing and which stand there twice. */
#ifndef SITREP_TESTS_RANDOM_DOCUMENT_H
#define SITREP_TESTS_RANDOM_DOCUMENT_H

#include "base/arena.h"
#include "base/text.h"

#include <string.h>

enum { RANDOM_WORDS_MAX = 100000, RANDOM_DEPTH_MAX = 3, RANDOM_DIGITS = 5 };

struct random_document {
    struct text body, data; /* the template, and a second table as CSV */
    size_t word_count;      /* words 0 … word_count - 1 stand in the two */
    /* By word: in a table's head, which is repeated on further pages. */
    bool is_head[RANDOM_WORDS_MAX];
    bool is_note[RANDOM_WORDS_MAX]; /* in a footnote */
    /* While it is made. */
    uint64_t state;
    bool urdu, in_head, in_note, in_prose;
    struct text notes, prefix;
    size_t note_count;
    int structure_depth;
};

/* -- Words: x00042z after some letters; in Urdu ten letters stand for the digits --- */

static const char *const random_urdu_digit[10] = {
    "\xd8\xa8", "\xd9\xbe", "\xd8\xaa", "\xd9\xb9", "\xd8\xab",
    "\xd8\xac", "\xda\x86", "\xd8\xad", "\xd8\xae", "\xd8\xb3"};
static const char random_urdu_first[] = "\xd9\x82", random_urdu_last[] = "\xd9\x85";

static inline void append_random_word(struct text *out, size_t number, bool urdu)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%05zu", number);
    text_append_string(out, urdu ? random_urdu_first : "x");
    for (const char *digit = digits; *digit; digit++) {
        if (urdu)
            text_append_string(out, random_urdu_digit[*digit - '0']);
        else
            text_append(out, (struct slice){digit, 1});
    }
    text_append_string(out, urdu ? random_urdu_last : "z");
}

/* The digit that stands at *offset, which then is past it; else -1. */
static inline int random_digit_at(struct slice text, bool urdu, size_t *offset)
{
    for (int i = 0; i < 10; i++) {
        const char plain[2] = {(char)('0' + i), 0};
        struct slice digit = slice_of(urdu ? random_urdu_digit[i] : plain);
        if (slice_starts_with(slice_from(text, *offset), digit.data)) {
            *offset += digit.size;
            return i;
        }
    }
    return -1;
}

/* The next word at or after *offset; false at the end of the text. */
static inline bool find_random_word(struct slice text, bool urdu, size_t *offset,
                                    size_t *number)
{
    const char *first = urdu ? random_urdu_first : "x";
    const char *last = urdu ? random_urdu_last : "z";
    while (*offset < text.size) {
        size_t at = *offset;
        if (!slice_starts_with(slice_from(text, at), first)) {
            ++*offset;
            continue;
        }
        at += strlen(first);
        *offset = at;
        *number = 0;
        int digits = 0, digit;
        while (digits < RANDOM_DIGITS &&
               (digit = random_digit_at(text, urdu, &at)) >= 0) {
            *number = *number * 10 + (size_t)digit;
            digits++;
        }
        if (digits == RANDOM_DIGITS && slice_starts_with(slice_from(text, at), last))
            return true;
    }
    return false;
}

/* -- Chance ------------------------------------------------------------------------- */

static inline size_t random_below(struct random_document *document, size_t limit)
{
    document->state = document->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(document->state >> 33) % limit;
}

static inline bool random_chance(struct random_document *document, size_t one_in)
{
    return random_below(document, one_in) == 0;
}

/* Mostly few, sometimes many. */
static inline size_t random_length(struct random_document *document, size_t few,
                                   size_t many)
{
    return 1 + random_below(document, random_chance(document, 12) ? many : few);
}

/* -- Text --------------------------------------------------------------------------- */

static inline void random_word(struct random_document *document, struct text *out)
{
    static const char *const letters[] = {"",      "",      "a",           "Will",
                                          "form-", "(in) ", "\xe2\x80\x9c"};
    if (document->word_count == RANDOM_WORDS_MAX)
        return;
    if (!document->urdu)
        text_append_string(
            out, letters[random_below(document, sizeof letters / sizeof *letters)]);
    document->is_head[document->word_count] = document->in_head;
    document->is_note[document->word_count] = document->in_note;
    append_random_word(out, document->word_count++, document->urdu);
}

/* Among the words of a paragraph: long ones that the patterns divide, with hyphens and
 * apostrophes in them and behind them. A numbered word may begin a line after each,
 * since one that is wider than its line would be broken. */
static inline void random_long_word(struct random_document *document, struct text *out)
{
    static const char *const word[] = {"counterinsurgency",
                                       "administration's",
                                       "representatives\xe2\x80\x99",
                                       "cross-border",
                                       "responsibilities",
                                       "neighbouring",
                                       "investigation-and-prosecution",
                                       "comprehensive\xe2\x80\x99s",
                                       "\xe2\x80\x98infrastructure\xe2\x80\x99"};
    static const char *const behind[] = {" ", " ", "- ", "\xe2\x80\x99 ", "' ", ", "};
    if (document->urdu)
        return;
    text_append_string(out, word[random_below(document, sizeof word / sizeof *word)]);
    text_append_string(out,
                       behind[random_below(document, sizeof behind / sizeof *behind)]);
}

static inline void random_note(struct random_document *document);

static inline void random_words(struct random_document *document, size_t count,
                                bool may_note)
{
    static const char *const mark[][2] = {{"**", "**"},
                                          {"*", "*"},
                                          {"`", "`"},
                                          {"[", "](https://example.org/)"},
                                          {"~~", "~~"}};
    for (size_t i = 0; i < count; i++) {
        const char *const *around = NULL;
        if (random_chance(document, 9))
            around = mark[random_below(document, sizeof mark / sizeof *mark)];
        text_append_string(&document->body, i ? " " : "");
        text_append_string(&document->body, around ? around[0] : "");
        if (document->in_prose && random_chance(document, 2))
            random_long_word(document, &document->body);
        random_word(document, &document->body);
        text_append_string(&document->body, around ? around[1] : "");
        if (may_note && random_chance(document, 60))
            random_note(document);
    }
}

static inline void random_line(struct random_document *document)
{
    text_append(&document->body, text_slice(&document->prefix));
}

static inline void random_blank(struct random_document *document)
{
    random_line(document);
    text_append_string(&document->body, "\n");
}

/* -- Blocks ------------------------------------------------------------------------- */

static inline void random_block(struct random_document *document, int depth);

static inline void random_paragraph(struct random_document *document)
{
    random_line(document);
    document->in_prose = random_chance(document, 2);
    random_words(document, random_length(document, 60, 1500), true);
    document->in_prose = false;
    text_append_string(&document->body, "\n");
    random_blank(document);
}

static inline void random_heading(struct random_document *document)
{
    random_line(document);
    text_print(&document->body, "%.*s ", (int)(1 + random_below(document, 4)), "####");
    random_words(document, 1 + random_below(document, 8), false);
    text_append_string(&document->body, "\n");
    random_blank(document);
}

/* What stands inside goes behind a prefix that its first line has in another form. */
static inline void random_inside(struct random_document *document, const char *first,
                                 const char *further, int depth)
{
    size_t before = document->prefix.size;
    random_line(document);
    text_append_string(&document->body, first);
    random_words(document, random_length(document, 12, 300), true);
    text_append_string(&document->body, "\n");
    text_append_string(&document->prefix, further);
    if (depth < RANDOM_DEPTH_MAX && random_chance(document, 3)) {
        random_blank(document);
        random_block(document, depth + 1);
    }
    document->prefix.size = before;
}

static inline void random_list(struct random_document *document, int depth)
{
    static const char *const marker[] = {"- ", "1. ", "- [ ] ", "- [x] "};
    const char *first = marker[random_below(document, 4)];
    size_t count = random_length(document, 6, 60);
    for (size_t i = 0; i < count; i++)
        random_inside(document, first, "   ", depth);
    random_blank(document);
}

static inline void random_quote(struct random_document *document, int depth)
{
    random_inside(document, "> ", "> ", depth);
    random_blank(document);
}

static inline void random_code(struct random_document *document)
{
    size_t count = random_length(document, 6, 120);
    random_line(document);
    text_append_string(&document->body, "```\n");
    for (size_t i = 0; i < count; i++) {
        random_line(document);
        size_t words = random_length(document, 8, 40);
        for (size_t j = 0; j < words; j++) {
            text_append_string(&document->body, j ? " " : "");
            random_word(document, &document->body);
        }
        text_append_string(&document->body, "\n");
    }
    random_line(document);
    text_append_string(&document->body, "```\n");
    random_blank(document);
}

static inline void random_row(struct random_document *document, size_t columns,
                              bool may_be_long)
{
    random_line(document);
    for (size_t i = 0; i < columns; i++) {
        bool is_long = may_be_long && random_chance(document, 40);
        text_append_string(&document->body, i ? " | " : "| ");
        random_words(document,
                     is_long ? 100 + random_below(document, 900)
                             : 1 + random_below(document, 6),
                     !document->in_head);
    }
    text_append_string(&document->body, " |\n");
}

static inline void random_table(struct random_document *document, int depth)
{
    /* Where columns run together words are broken, which isn't the question here. */
    static const size_t most[] = {5, 2, 1};
    int level = depth + document->structure_depth;
    size_t columns = 1 + random_below(document, most[level > 2 ? 2 : level]);
    size_t rows = random_length(document, 12, 120);
    document->in_head = true;
    random_row(document, columns, false);
    document->in_head = false;
    random_line(document);
    for (size_t i = 0; i < columns; i++)
        text_append_string(&document->body,
                           random_chance(document, 4) ? "|--:" : "|---");
    text_append_string(&document->body, "|\n");
    for (size_t i = 0; i < rows; i++)
        random_row(document, columns, true);
    random_blank(document);
}

/* A mark here, the note's own paragraphs among the others at the end. */
static inline void random_note(struct random_document *document)
{
    size_t number = document->note_count++;
    text_print(&document->body, "[^n%zu]", number);
    struct text body = document->body;
    document->body = document->notes;
    document->in_note = true;
    text_print(&document->body, "[^n%zu]: ", number);
    random_words(document, random_length(document, 20, 400), false);
    text_append_string(&document->body, "\n");
    if (random_chance(document, 6)) {
        text_append_string(&document->body, "\n    ");
        random_words(document, random_length(document, 20, 100), false);
        text_append_string(&document->body, "\n\n    - ");
        random_words(document, 5, false);
        text_append_string(&document->body, "\n    - ");
        random_words(document, 5, false);
        text_append_string(&document->body, "\n");
    }
    text_append_string(&document->body, "\n");
    document->notes = document->body;
    document->body = body;
    document->in_note = false;
}

static inline void random_block(struct random_document *document, int depth)
{
    switch (random_below(document, 9)) {
    case 0: random_list(document, depth); break;
    case 1: random_quote(document, depth); break;
    case 2: random_code(document); break;
    case 3: random_table(document, depth); break;
    case 4: random_heading(document); break;
    default: random_paragraph(document); break;
    }
}

/* -- Structure ---------------------------------------------------------------------- */

static inline void random_blocks(struct random_document *document, size_t count)
{
    for (size_t i = 0; i < count; i++)
        random_block(document, 0);
}

static inline void random_structure(struct random_document *document, bool nested);

/* A nested structure or a block. */
static inline void random_part(struct random_document *document, bool nested)
{
    random_blocks(document, 1 + random_below(document, 3));
    if (!nested && random_chance(document, 3))
        random_structure(document, true);
}

static inline void random_parts(struct random_document *document, const char *opening,
                                const char *between, size_t count, const char *end,
                                bool nested)
{
    text_append_string(&document->body, opening);
    document->structure_depth++;
    for (size_t i = 0; i < count; i++) {
        text_append_string(&document->body, i ? between : "");
        random_part(document, nested);
    }
    document->structure_depth--;
    text_append_string(&document->body, end);
}

/* Text between bars a few syllables wide. */
static inline void random_narrow(struct random_document *document)
{
    text_append_string(&document->body, "::: columns 6\n");
    for (size_t i = 0; i < 6; i++) {
        text_append_string(&document->body, i ? "::: next column\n" : "");
        random_paragraph(document);
    }
    text_append_string(&document->body, "::: end columns\n\n");
}

/* A second table, each row with words of its own. */
static inline void random_data(struct random_document *document)
{
    size_t rows = random_length(document, 10, 200);
    text_append_string(&document->data, "number,words,more\n");
    for (size_t i = 0; i < rows; i++) {
        text_print(&document->data, "%zu", i);
        for (size_t j = 0; j < 2; j++) {
            text_append_string(&document->data, ",");
            size_t words = random_length(document, 12, j ? 12 : 900);
            for (size_t k = 0; k < words; k++) {
                text_append_string(&document->data, k ? " " : "");
                random_word(document, &document->data);
            }
        }
        text_append_string(&document->data, "\n");
    }
    text_append_string(&document->body,
                       "```table\ndata: words\ncolumns: number, words, more\n```\n\n");
}

static inline void random_structure(struct random_document *document, bool nested)
{
    switch (random_below(document, nested ? 5 : 8)) {
    case 0:
        random_parts(document, "::: columns 2\n", "::: next column\n", 2,
                     "::: end columns\n\n", nested);
        break;
    case 1:
        random_parts(document, "::: row 7+5\n", "::: next\n", 2, "::: end row\n\n",
                     nested);
        break;
    case 2:
        text_append_string(&document->body, "::: note ");
        random_words(document, 4, false); /* a title has no marks */
        random_parts(document, "\n", "", 1, "::: end note\n\n", nested);
        break;
    case 3:
        random_parts(document, "::: together\n", "", 1, "::: end together\n\n", nested);
        break;
    case 4:
        random_parts(document, "{{ if 1 > 0 }}\n\n", "", 1, "{{ end }}\n\n", nested);
        break;
    case 5:
        random_parts(document, "::: landscape\n", "", 1, "::: end landscape\n\n",
                     nested);
        break;
    case 6: random_narrow(document); break;
    default: text_append_string(&document->body, "::: page break\n\n"); break;
    }
}

/* size: about so many blocks. front: lines of the front matter. */
static inline struct random_document *random_document_new(uint64_t seed, bool urdu,
                                                          size_t size,
                                                          const char *front,
                                                          struct arena *arena)
{
    struct random_document *document = ARENA_NEW(arena, struct random_document);
    document->body = document->data = document->notes = document->prefix =
        (struct text){.arena = arena};
    document->state = seed * 2654435761u + 12345;
    document->urdu = urdu;
    text_print(&document->body,
               "---\ntitle: Words\ncover: no\ndata:\n  incidents: incidents.csv\n"
               "  words: words.csv\nperiod: all\n%s---\n",
               front);
    for (size_t i = 0; i < size; i++) {
        if (random_chance(document, 5))
            random_structure(document, false);
        else
            random_block(document, 0);
    }
    random_data(document);
    text_append(&document->body, text_slice(&document->notes));
    return document;
}

#endif
