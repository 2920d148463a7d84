/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * {{ }}: a name and its filters. `attacks | change("previous week")`,
 * `killed | top("district", 3)`, `national.killed`, `if civilians > 0`. */
#ifndef SITREP_TEMPLATE_EXPRESSION_H
#define SITREP_TEMPLATE_EXPRESSION_H

#include "template/scope.h"

struct expression;

/* Parses the text between {{ and }}. Names are resolved later, when measures are
 * known. Curly quotes are accepted. Errors M1xx. */
bool expression_parse(struct slice text, struct place at, struct arena *arena,
                      const struct expression **out, struct diags *diags);
/* The condition behind `if`: values compared with <, <=, =, !=, >=, > or `is`, joined
 * by and, or, not; a value alone holds when it is there and neither 0 nor "no". */
bool expression_parse_condition(struct slice text, struct place at, struct arena *arena,
                                const struct expression **out, struct diags *diags);
/* After the front matter is bound and before the rehearsal: every name and filter
 * exists, arguments fit. One error per cause, with the nearest name. */
bool expression_check(const struct expression *expression, const struct scope *scope);
/* In the rehearsal: asks and returns an unknown value. Else the value; the printed
 * form is appended to *out by locale when out is not NULL and the figure recorded. */
struct value expression_print(const struct expression *expression,
                              const struct scope *scope, struct text *out);
/* Truth of `if`'s condition; unknown is false. */
bool expression_is_true(const struct expression *expression, const struct scope *scope);
/* Prints a value by locale and kind, as a plain {{ name }} does. */
void value_print(const struct value *value, const struct locale *locale,
                 struct text *out);

/* Texts in YAML values (titles, footers) may hold {{ }}: */
struct template_text; /* literal parts and expressions, in order */
bool template_text_parse(struct slice text, struct place at, struct arena *arena,
                         const struct template_text **out, struct diags *diags);
bool template_text_check(const struct template_text *text, const struct scope *scope);
struct slice template_text_print(const struct template_text *text,
                                 const struct scope *scope);

/* The registry behind the manual, `sitrep list filters` and "did you mean". */
struct filter_entry {
    const char *name, *usage, *help;
};
const struct filter_entry *filters_list(size_t *count);

#endif
