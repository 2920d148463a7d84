/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The inside of expressions: names, filters with their arguments, conditions, and
 * what a filter is given and gives. */
#ifndef SITREP_TEMPLATE_PIPELINE_H
#define SITREP_TEMPLATE_PIPELINE_H

#include "template/expression.h"

/* -- Parsed ------------------------------------------------------------------------ */

struct argument {
    struct slice name; /* of a keyword argument, else empty */
    struct slice text; /* without its quotes */
    struct place at;
    int width;
};

struct filter_call {
    const struct filter *filter; /* NULL: unknown, reported by expression_check */
    struct slice name;
    struct place at;
    size_t count;
    const struct argument *argument;
};

struct pipeline {
    struct slice name;
    struct place at;
    size_t call_count;
    const struct filter_call *call;
};

enum term_kind {
    TERM_VALUE, /* pipeline */
    TERM_NUMBER,
    TERM_TEXT,
    TERM_COMPARE, /* left comparison right */
    TERM_KNOWN,   /* left is known */
    TERM_AND,
    TERM_OR,
    TERM_NOT,
};

struct term {
    enum term_kind kind;
    struct place at;
    enum comparison comparison;
    const struct term *left, *right;
    const struct pipeline *pipeline;
    double number;
    struct slice text;
};

/* How a value stands in its sentence: known when the sentence is. */
struct manner {
    bool begins_sentence;
    struct slice lead; /* ", " before a value that may be empty */
};

struct expression {
    struct slice source;
    struct place at;
    const struct pipeline *pipeline;  /* of a value */
    struct condition_text *condition; /* of an if */
    struct manner *manner;
};

/* An if's condition. Where a name ends depends on the names there are: it is read
 * again once they are known. */
struct condition_text {
    struct slice text;
    struct place at;
    struct arena *arena;
    const struct term *term;
    bool names_known;
};

/* names: known names, or NULL before they are. */
bool term_parse(struct slice text, struct place at, const struct name_list *names,
                struct arena *arena, const struct term **out, struct diags *diags);
bool pipeline_parse(struct slice text, struct place at, struct arena *arena,
                    const struct pipeline **out, struct diags *diags);
/* Past the quoted text that begins at `at`: its end there, `at` itself when none
 * begins, SIZE_MAX when it isn't closed. */
size_t quoted_end(struct slice text, size_t at);

struct text_part {
    struct slice literal;
    const struct expression *expression; /* or this */
};
struct template_text {
    size_t count;
    const struct text_part *part;
};

/* -- Names ------------------------------------------------------------------------- */

enum name_kind {
    NAME_MEASURE,
    NAME_PERIOD,
    NAME_VALUE, /* front matter, issue file, page, a data figure, a group's word */
};
enum name_view { VIEW_NOW, VIEW_PREVIOUS, VIEW_AVERAGE };

struct found_name {
    enum name_kind kind;
    enum name_view view;
    const struct scope *scope; /* where it is valid: the brief's for national. */
    const struct measure *measure;
    struct value value;
};
bool name_find(const struct scope *scope, struct slice name, struct found_name *out);
/* What can stand behind "data.": rows, used … */
struct name_list data_figures(struct arena *arena);
/* Every name that may stand here. */
struct name_list names_list(const struct scope *scope);
/* The hint for a name that isn't known: the nearest, a column, or what there is. */
void name_suggest(const struct scope *scope, struct diag *diag, struct slice name);

/* -- Values and filters -------------------------------------------------------------- */

/* What a filter works on: the value so far and where it came from. */
struct evaluation {
    const struct scope *scope;
    struct found_name name;
    struct value value;
};

enum value_class {                    /* what a filter takes, what it gives */
                   CLASS_MEASURE = 1, /* a measure's own value, not yet filtered */
                   CLASS_NUMBER = 2,
                   CLASS_DAY = 4,
                   CLASS_PERIOD = 8,
                   CLASS_TEXT = 16,
                   CLASS_ADDITIVE = 32, /* a measure that is a count or a sum */
                   CLASS_COUNT =
                       64, /* a measure that counts incidents: may be tested */
};

struct filter {
    const char *name, *usage, *help;
    unsigned takes;
    enum value_class gives;
    const char *parameters; /* see filter_check.c */
    struct value (*apply)(const struct evaluation *evaluation,
                          const struct filter_call *call);
};
const struct filter *filter_find(struct slice name);
/* True when the filter may print nothing. */
bool filter_may_be_empty(const struct filter *filter);
bool filter_check(const struct filter_call *call, const struct scope *scope,
                  const struct found_name *name, unsigned classes);

/* The i-th positional argument's text, or the one of a keyword; empty when absent. */
struct slice argument_at(const struct filter_call *call, size_t index);
struct slice argument_named(const struct filter_call *call, const char *name);
bool has_argument(const struct filter_call *call, const char *name);

struct value evaluate(const struct pipeline *pipeline, const struct scope *scope);

struct value value_unknown(const char *because);
struct value value_number(double number);
struct value value_text(struct slice text);
/* The result of a filter: words of the locale, about the number it came from. */
struct value value_phrase(const struct value *about, const struct text *words);
bool value_as_number(const struct value *value, double *out);
bool value_as_day(const struct value *value, int32_t *out);
int value_decimals(const struct value *value);

/* The measure over count periods like the brief's, oldest first, that end with the
 * brief's own; those before the data begin are left out. *size: how many there are. */
const struct cell *history_cells(const struct scope *scope,
                                 const struct measure *measure, size_t count,
                                 size_t *size, const struct period **period);

#endif
