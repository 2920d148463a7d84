/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Twin editions: the same brief in two languages prints the same numbers. Figures and
 * values are compared as they were printed, texts as the editor typed them. */
#ifndef SITREP_BRIEF_TWINS_H
#define SITREP_BRIEF_TWINS_H

#include "brief/brief.h"

/* -- Numbers of a text: twin_numbers.c, twin_words.c ------------------------------------ */

struct number_said {
    struct slice token; /* "12345", "2.5", "month 6" */
    struct slice typed; /* where it stands in the text */
    bool is_word;
    bool is_offered; /* may answer another's number, and asks for no answer: "one" */
    bool is_hijri;   /* of another calendar, which a language may give beside ours */
};

/* How a language writes numbers in words: `number.spelled` of its file and of English,
 * which is found in every edition. */
struct number_words;
struct number_words *number_words_new(const struct locale *locale,
                                      const struct locale *english,
                                      struct arena *arena);
/* False: the language file lists none but the smallest. */
bool number_words_are_spelled(const struct number_words *words);

/* What the program says in a language: "12,345" and "۱۲٬۳۴۵" are both 12345, "six" is 6,
 * "June" a month of that number. */
size_t numbers_said(struct slice text, const struct locale *locale, struct arena *arena,
                    const struct number_said **out);
/* What an editor typed: also "twenty-one", "اکیس", "25 لاکھ" and "2.5 million", and days
 * by their digits, "2026-11-15". */
size_t numbers_typed(struct slice text, const struct number_words *words,
                     struct arena *arena, const struct number_said **out);

/* Digits at offset as a number without grouping; returns where it ends. */
size_t number_digits(struct slice text, size_t offset, struct text *token);
int rune_digit(uint32_t rune); /* -1: none */
bool rune_is_of_word(uint32_t rune);
size_t word_end(struct slice text, size_t offset);

enum word_kind {
    WORD_NONE,
    WORD_NUMBER, /* below a hundred */
    WORD_UNSURE, /* "one", "دونوں": offered */
    WORD_SCALE,  /* hundred, dozen, لاکھ */
    WORD_SCALES, /* lakhs: only behind a number */
    WORD_HALF,   /* ساڑھے: a half more than what follows */
    WORD_MONTH,
    WORD_MONTH_UNSURE,
    WORD_HIJRI, /* a number before it is a day or a year of that calendar */
};
struct number_word {
    enum word_kind kind;
    double value;
};
struct number_word number_word_find(const struct number_words *words, struct slice word,
                                    struct arena *arena);
/* Where a phrase that holds no number though a word of it could be one ("air base" in
 * Urdu) ends; offset itself when none stands there. */
size_t number_phrase_end(const struct number_words *words, struct slice text,
                         size_t offset, struct arena *arena);

/* -- Texts: twin_texts.c ---------------------------------------------------------------- */

enum twin_text_kind {
    TWIN_KEYED,   /* of a key that both have: the same numbers as often */
    TWIN_SETTING, /* the same word in both: "shares", what is shown */
    TWIN_RUNNING, /* in `::: only`: what one says the other says beside it */
};

struct twin_number {
    struct number_said said;
    struct place at;
};

/* A text that may be another in each language. */
struct twin_text {
    enum twin_text_kind kind;
    struct slice key;  /* the same in every edition */
    struct slice what; /* "title", for the message */
    struct slice raw;
    size_t block, shape; /* running text: which paragraph or cell, of which kind */
    struct place at, printed_at; /* printed_at: of a value the {{ }}, else line 0 */
    size_t count, capacity, value_count, value_capacity;
    struct twin_number *number;
    struct place *value; /* where its {{ }} and blocks stand */
};

/* -- Editions: twins.c ------------------------------------------------------------------ */

/* A figure, or a number inside the words that a value printed. */
struct fact {
    struct place at;
    struct slice token;      /* the number in the text; empty: a figure */
    bool is_offered;         /* may answer the other's fact, and asks for no answer */
    struct slice expression; /* as written, for the message */
    struct slice printed;
    struct slice measure, condition; /* of a figure, with its period */
    struct period period;
    double number;
    bool is_share;                /* drawn as part of a hundred */
    const struct twin_text *text; /* in which the value stands; or NULL */
};

/* What a brief printed, kept when the brief itself is gone. */
struct twin {
    struct slice language;
    struct period period;
    size_t rows, count, capacity, text_count, text_capacity;
    struct fact *fact;
    struct twin_text *text;
    bool spells; /* its language's number words are known beyond ten */
};

void twin_keep(const struct brief *brief, struct arena *arena, struct twin *out);
/* Fills the twin's texts; facts know theirs afterwards. */
void twin_keep_texts(const struct brief *brief, const struct number_words *words,
                     struct arena *arena, struct twin *out);
/* False after errors Q120 to Q123. A block that both languages print has the same
 * figures; one of them may show fewer rows ({en: 7, ur: 6}), never other columns. The
 * same holds for the numbers and months that phrases, periods, values and typed texts
 * print: of a key in both, of `::: only` in the section beside it, else anywhere. */
bool twins_agree(const struct twin *first, const struct twin *second,
                 struct diags *diags);

/* What differs, collected and then told by pairs: twin_told.c. */
struct odd_number {
    size_t in; /* which edition */
    struct slice key;
    struct place at;
    struct slice shown, what;
    struct slice
        detail; /* what of equal numbers differs: measure, rows, days; or empty */
    size_t block, nth;
    bool is_word, is_setting, is_told;
};
struct odd_numbers {
    struct arena *arena;
    size_t count, capacity;
    struct odd_number *number;
};
void odd_add(struct odd_numbers *odd, struct odd_number number);
/* Counterparts: where the other edition's text of a key stands; file NULL: nowhere. */
struct place twin_text_place(const struct twin *twin, struct slice key);
void odd_tell(struct odd_numbers *odd, const struct twin *const twin[2],
              struct diags *diags);
/* Compares the texts of both: twin_match.c. */
void twin_match_texts(const struct twin *const twin[2], struct odd_numbers *odd);

#endif
