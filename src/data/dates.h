/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days out of the many ways in which files write them, without guessing: a column of
 * 03/04/2026 is read only when one of its cells settles which number is the day.
 *
 * A layout names a way. Its letters are those of Unicode's UTS 35:
 *   yyyy      four digits         yy     two digits, 70 to 99 are of 1900
 *   MM M      month in digits     MMM MMMM  its English name, full or cut, or Urdu's
 *   dd d      day in digits, also "19th"
 *   EEE EEEE  a weekday's name, however spelt; not held against the date
 *   HH mm ss  digits of a time, dropped
 *   [ ]       an optional part    *      anything up to the end
 * A space stands for any white space, any other character for itself. A time of day
 * behind the layout is accepted and dropped.
 *
 * Life: date_reader_new … date_read (a column's cells) … date_settle. */
#ifndef SITREP_DATA_DATES_H
#define SITREP_DATA_DATES_H

#include "base/civil.h"
#include "base/text.h"

enum { DATE_TOKENS = 48, DATE_EXAMPLE = 32 };

struct date_token {
    char kind;           /* y M d H digits, N month's name, E weekday; ' ' '\'' [ ] * */
    char literal;        /* of a '\'' */
    uint8_t least, most; /* digits */
    uint8_t close;       /* of a '[': index of its ']' */
};

struct date_layout {
    struct slice text;
    size_t count;
    struct date_token token[DATE_TOKENS];
};

/* Returns NULL, or what is wrong with the layout. */
const char *date_layout_parse(struct slice text, struct date_layout *out);
/* Reads a trimmed cell. The numbers are the cell's: whether there is such a day is not
 * checked. */
bool date_layout_match(const struct date_layout *layout, struct slice cell,
                       struct civil *out);

enum date_result {
    DATE_READ,
    DATE_OPEN,   /* numeric and readable both ways: settled when the column is read */
    DATE_NONE,   /* not a date */
    DATE_NO_DAY, /* a date's layout, but there is no such day: 31 April */
};

/* Which of two numbers is the day. */
enum date_order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST, ORDER_MIXED };

/* A cell kept as proof; size 0 = none was seen. */
struct date_example {
    char text[DATE_EXAMPLE];
    size_t size;
    const char *at; /* where its bytes were */
};

struct date_reader {
    const struct date_layout *layout;
    size_t count;
    size_t first_open;     /* layouts from here on are numeric */
    enum date_order given; /* by the schema; ORDER_UNKNOWN = the column must tell */
    size_t used;           /* index of the layout that fitted last, SIZE_MAX = none */
    struct date_example open, day_first, month_first; /* the first of each */
    char last[DATE_EXAMPLE]; /* the cell read before: often the next is the same */
    size_t last_size;
    int32_t last_day;
    enum date_result last_result;
};

/* layout[count]: the schema's, after which only the usual layouts are tried whose
 * order is not in doubt. */
struct date_reader date_reader_new(struct arena *arena, const struct slice *layout,
                                   size_t count, bool month_first);
/* *day: the day since 1970-01-01, for DATE_OPEN a token. */
enum date_result date_read(struct date_reader *reader, struct slice cell, int32_t *day);
/* What the cells read so far have settled. Only needed when one was open. */
enum date_order date_order(const struct date_reader *reader);
/* The day of a token under an order; a day stays as it is. */
int32_t date_settle(int32_t day, enum date_order order);
/* 1 to 12, 0 for none: a month's English name in full, or cut to three letters or
 * more, or its Urdu name. */
int date_month_of(struct slice word);

/* The layout of a day of three numbers, the year last, in its own signs: "d.M.yy" and,
 * month first, "M.d.yy" of 03.11.26. false: it isn't written so, or has no such month. */
bool date_layout_of(struct slice cell, bool month_first, struct text *out);

#endif
