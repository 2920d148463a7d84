/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A language as data: words, plurals, dates, numbers, and the sentence of every
 * filter and verdict. YAML in templates/locales/<tag>.yaml; no sentence a reader
 * sees is written in C. */
#ifndef SITREP_TEMPLATE_LOCALE_H
#define SITREP_TEMPLATE_LOCALE_H

#include "base/yaml.h"
#include "data/period.h"

enum plural_category {
    PLURAL_ZERO,
    PLURAL_ONE,
    PLURAL_TWO,
    PLURAL_FEW,
    PLURAL_MANY,
    PLURAL_OTHER,
    PLURAL_COUNT
};

/* Counts whose rest by modulus (0: they themselves) lies from low to high. */
struct plural_rule {
    enum plural_category category;
    long low, high, modulus;
};

enum { MOST_PLURAL_RULES = 16 };

/* What was asked of a language and it had no words for, each once: the only part of a
 * locale that changes. */
struct locale_gaps {
    struct arena *arena;
    size_t count, capacity;
    const char **words;
};

struct locale {
    struct slice tag; /* "en" */
    bool right_to_left;
    const struct yaml *root;    /* phrases, looked up by dotted key */
    const struct locale *base;  /* whose words stand in for those it lacks; or NULL */
    struct slice arabic_family; /* other than the theme's; empty: the theme's */
    uint32_t zero;              /* of the language's own digits */
    bool indian_grouping;       /* 12,34,567 */
    bool urdu_digits;           /* the language's own instead of Western ones */
    size_t plural_count;        /* 0: one for 1, other for the rest */
    struct plural_rule plural[MOST_PLURAL_RULES];
    struct locale_gaps *gaps;
};

/* base: NULL, or what `inherits:` names, see locale_inherits. */
bool locale_parse(struct slice source, const char *file, const struct locale *base,
                  struct arena *arena, struct locale **out, struct diags *diags);
/* The language after `inherits:` in a language file, empty when it has none. */
struct slice locale_inherits(struct slice source, const char *file,
                             struct arena *arena);

/* A number with grouping and a fixed count of decimals, true minus. */
void locale_number(const struct locale *locale, double number, int decimals,
                   struct text *out);
/* A whole number in the language's digits, without grouping, as pages and notes are
 * counted. */
void locale_count(const struct locale *locale, size_t number, struct text *out);
/* A text with its Western digits in those of the language. */
void locale_digits(const struct locale *locale, struct slice source, struct text *out);
/* The plus before a number, which stays at its left. */
void locale_plus(const struct locale *locale, struct text *out);
/* "%", or the sign of the language's own digits. */
const char *locale_percent_sign(const struct locale *locale);
/* Small whole numbers in words (zero to ten), others as digits. */
void locale_words(const struct locale *locale, double number, struct text *out);
/* "24–41"; in Urdu "24 تا 41", since a dash would turn the numbers round. */
void locale_range(const struct locale *locale, double low, double high, int decimals,
                  struct text *out);
/* A day by a UTS 35 layout ("d MMMM yyyy"); NULL = the language's own. */
void locale_day(const struct locale *locale, int32_t day, const char *layout,
                struct text *out);
/* "9–15 November 2026", "November 2026", "2026", "Q3 2026", "30 Nov – 6 Dec 2026". */
void locale_period(const struct locale *locale, struct period period, struct text *out);
/* Names of a unit: one = "week", many = "weeks". */
struct slice locale_unit(const struct locale *locale, enum period_unit unit,
                         double count);

/* A phrase by key with its {parts} filled: locale_phrase(l, "change.up", part, 2, out).
 * {part|form} takes the part's word in a form of the language ("forms" in the file).
 * Of a phrase with plural forms ({one: …, few: …, other: …}) the count's is taken, else
 * other. A missing key prints the key in ⟦⟧, a part that isn't there stays in braces;
 * both are told, see locale_gaps. */
struct phrase_part {
    const char *name;
    struct slice text;
};
void locale_phrase(const struct locale *locale, const char *key, double count,
                   const struct phrase_part *part, size_t part_count, struct text *out);
bool locale_has(const struct locale *locale, const char *key);
/* What was missing in all that was printed so far, in words. */
size_t locale_gaps(const struct locale *locale, const char *const **words);

/* plural.c: reads `plurals:` of a language file (rule has room for MOST_PLURAL_RULES);
 * and the form that a count takes of {one: …, other: …}, NULL when it has neither. */
bool plurals_read(const struct yaml *node, struct plural_rule *rule, size_t *count,
                  struct diags *diags);
const struct yaml *plural_form(const struct locale *locale, const struct yaml *node,
                               double count);

/* The noun for a count: the language's own forms of a word it lists ("attack" is حملہ,
 * حملے in Urdu), else one and other as given; without other by the language's
 * endings. */
struct slice locale_noun(const struct locale *locale, struct slice one,
                         struct slice other, double count, struct arena *arena);
/* What the language calls a measure, column or place of the data; name itself when
 * it has no word of its own. */
struct slice locale_name(const struct locale *locale, struct slice name,
                         struct arena *arena);
/* The same for a word in a cell. Words are listed by their English, so English itself
 * leaves all as they were typed. */
struct slice locale_word(const struct locale *locale, struct slice word,
                         struct arena *arena);
/* True of a text of at least so many words in Latin letters, and none of its own, where
 * the language is written from right to left. */
bool locale_is_foreign(const struct locale *locale, struct slice text, size_t least);
/* Warning M090 of such a text; hint: with "%.*s" for the language. */
void locale_warn_foreign(const struct locale *locale, struct slice text,
                         struct place at, int width, const char *hint,
                         struct diags *diags);

/* Where a word stands in one of the language's lists ("months", "number.words"), in
 * small letters or capitals; -1: nowhere. */
int locale_find_word(const struct locale *locale, const char *list, struct slice word,
                     struct arena *arena);

#endif
