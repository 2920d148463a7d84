/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Diagnostics: what is wrong, where, and the cure. A stage runs to the end of its
 * input and collects; the next stage isn't entered after an error. Nothing here
 * prints: the command line does.
 *
 * A function that can fail returns bool: true = the result exists; false = it
 * doesn't and at least one error was added. */
#ifndef SITREP_BASE_DIAG_H
#define SITREP_BASE_DIAG_H

#include "base/arena.h"
#include "base/text.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* Which exit code an error stands for, by the letter of its code:
 *   U usage (2)   M template (3)   D data (4)   Q quality gate (5)
 *   F font, map, theme missing (6)   I internal or input/output (1) */
struct place {
    const char *file; /* as the user named it; NULL = none */
    int line, column; /* 1-based; 0 = unknown. Columns count code points. */
};

struct diag {
    enum severity severity;
    struct place at;
    int width;           /* code points under the caret, at least 1 */
    const char *code;    /* "M104" */
    const char *message; /* lower case, names the thing in quotes */
    const char *hint;    /* the cure, or NULL */
};

struct diags;

struct diags *diags_new(struct arena *arena);

/* Remembers the text of a source file, so that the printer can show its lines; returns
 * the copy that is kept. Columns count from behind a byte order mark. Printing costs
 * a scan from the source's start: for templates, not for large tables. */
struct slice diags_add_source(struct diags *diags, const char *file, struct slice text);

/* Remembers that a source is a part of another, named there at `from`; messages about
 * it say so. A part may have several such places. */
void diags_add_include(struct diags *diags, const char *file, struct place from);

/* Where a source first holds these bytes; sources in the order they were added. */
bool diags_find_text(const struct diags *diags, struct slice bytes, struct place *out);

/* Adds one; message by printf's rules, copied; code and file are borrowed. The same
 * code at the same place is kept once; where the column is unknown, only when the
 * message is the same too. Returns the diagnostic, so that width and hint can be set: of
 * one that isn't kept they go nowhere. */
struct diag *diags_error(struct diags *diags, struct place at, const char *code,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
struct diag *diags_warn(struct diags *diags, struct place at, const char *code,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
struct diag *diags_note(struct diags *diags, struct place at, const char *code,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Adds a copy of one that others hold. */
void diags_repeat(struct diags *diags, const struct diag *said);
/* Sets the hint by printf's rules; hint NULL-safe on diag. */
void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* "did you mean …?" from the nearest candidate or the only one that begins so, else
 * the list when it is short. */
void diag_suggest(struct diags *diags, struct diag *diag, struct slice word,
                  const struct slice *candidate, size_t count);

size_t diags_count(const struct diags *diags, enum severity severity);
size_t diags_total(const struct diags *diags);
/* Whether one of these codes is there: what follows from it needn't be said. */
bool diags_has(const struct diags *diags, const char *code);
const struct diag *diags_at(const struct diags *diags, size_t index);
/* Puts those of one file into the order of their lines; files stay in the order in
 * which they were first named. */
void diags_sort(struct diags *diags);
/* Forgets all that came after the first keep, for trial renders. */
void diags_truncate(struct diags *diags, size_t keep);
struct arena *diags_arena(struct diags *diags);

/* One diagnostic as text: place, severity, code, the source line, caret, hint:
 *   weekly.md:33:7: error[M104]: unknown measure "kiled"
 *      33 | show: kiled, attacks
 *         |       ^^^^^ did you mean "killed"?
 * and for a part: "included from weekly.md:12", out to the template itself. */
void diag_print(const struct diags *diags, const struct diag *diag, struct text *out);

#endif
