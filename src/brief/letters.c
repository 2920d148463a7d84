/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the typesetter couldn't do: letters that no font has, words that no patterns
 * divide; and what the language has no words for. */
#include "brief/brief.h"

#include <string.h>

/* In the template, its parts and the issue file; else in the data. */
static struct place place_of_rune(const struct edition *edition, uint32_t rune)
{
    struct place at = {edition->path, 0, 0};
    char bytes[4];
    const struct slice letter = {bytes, utf8_encode(rune, bytes)};
    if (diags_find_text(edition->session->diags, letter, &at))
        return at;
    for (size_t i = 0; i < edition->table_count; i++) {
        const struct table *table = edition->tables[i].table;
        if (slice_place(table->source, letter, &at.line, &at.column)) {
            at.file = table->file;
            return at;
        }
    }
    return at;
}

static void warn_missing(const struct brief *brief)
{
    struct diags *diags = brief->edition->session->diags;
    const uint32_t *rune;
    size_t missing = typesetter_missing(brief->typesetter, &rune);
    for (size_t i = 0; i < missing; i++) {
        struct place at = place_of_rune(brief->edition, rune[i]);
        char bytes[5] = "";
        utf8_encode(rune[i], bytes);
        struct diag *diag =
            diags_warn(diags, at, "L301",
                       "no font has \"%s\" (U+%04X): a box is printed", bytes, rune[i]);
        diag_hint(diags, diag,
                  "write it otherwise, or put a font that has it into fonts/");
    }
}

/* Wherever it would be printed: text, charts, words for who doesn't see them, feet. */
static void warn_gaps(const struct brief *brief)
{
    const struct edition *edition = brief->edition;
    const char *const *words;
    size_t count = locale_gaps(edition->locale, &words);
    for (size_t i = 0; i < count; i++) {
        struct diag *diag =
            diags_warn(edition->session->diags, (struct place){edition->path, 0, 0},
                       "L312", "%s", words[i]);
        diag_hint(edition->session->diags, diag,
                  "mend templates/locales/%.*s.yaml, by what stands in en.yaml",
                  SLICE_PRINT(edition->front.language));
    }
}

/* Said once a brief: nothing is lost by it but a little evenness. */
static void note_undivided(const struct brief *brief)
{
    struct diags *diags = brief->edition->session->diags;
    struct slice package;
    if (!typesetter_undivided(brief->typesetter, &package))
        return;
    struct diag *diag =
        diags_note(diags, (struct place){0}, "L205",
                   "long words aren't divided: no patterns for the language \"%.*s\"",
                   SLICE_PRINT(brief->edition->front.language));
    if (package.size)
        diag_hint(diags, diag, "install the package \"%.*s\", or say `hyphenate: no`",
                  SLICE_PRINT(package));
    else
        diag_hint(diags, diag,
                  "list a file of patterns in fonts/hyphenation.conf, or say "
                  "`hyphenate: no`");
}

void brief_check_letters(const struct brief *brief)
{
    warn_missing(brief);
    warn_gaps(brief);
    note_undivided(brief);
}
