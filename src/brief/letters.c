/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the typesetter couldn't do: letters that no font has, words that no patterns
 * divide; and what the language has no words for. */
#include "brief/brief.h"

#include <string.h>

/* Where the template itself has the letter; else only the file is known. */
static struct place place_of_rune(const struct edition *edition, uint32_t rune)
{
    struct place at = {edition->path, 0, 0};
    char bytes[4];
    size_t size = utf8_encode(rune, bytes);
    struct slice source = edition->template->source;
    const char *found = memmem(source.data, source.size, bytes, size);
    if (!found)
        return at;
    const char *start = source.data;
    at.line = 1;
    for (const char *byte = source.data; byte < found; byte++) {
        if (*byte != '\n')
            continue;
        at.line++;
        start = byte + 1;
    }
    at.column = 1 + (int)utf8_length((struct slice){start, (size_t)(found - start)});
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
        struct diag *diag = diags_warn(diags, at, "L301", "no font has \"%s\" (U+%04X)",
                                       bytes, rune[i]);
        diag_hint(diags, diag, "%s",
                  at.line
                      ? "write it otherwise, or put a font that has it into fonts/"
                      : "it stands in the data; a font that has it goes into fonts/");
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
