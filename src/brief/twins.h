/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Twin editions: the same brief in two languages prints the same numbers. */
#ifndef SITREP_BRIEF_TWINS_H
#define SITREP_BRIEF_TWINS_H

#include "brief/brief.h"

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
};

/* What a brief printed, kept when the brief itself is gone. */
struct twin {
    struct slice language;
    struct period period;
    size_t rows, count, capacity;
    struct fact *fact;
};

void twin_keep(const struct brief *brief, struct arena *arena, struct twin *out);
/* False after errors Q120 to Q122. A block that both languages print has the same
 * figures; one of them may show fewer ({en: 7, ur: 6}), never others. A number that
 * stands in one language's own text stands somewhere in the other, too. The same holds
 * for the numbers and months that phrases, periods and the editor's values print. */
bool twins_agree(const struct twin *first, const struct twin *second,
                 struct diags *diags);

/* The numbers of a text: "12,345" and "۱۲٬۳۴۵" are both 12345, "six" is 6, "June" a
 * month of that number. is_own: the editor's words, where only digits are surely
 * numbers. */
struct number_said {
    struct slice token;
    bool is_offered;
};
size_t numbers_said(struct slice text, const struct locale *locale, bool is_own,
                    struct arena *arena, const struct number_said **out);

#endif
