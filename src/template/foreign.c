/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts that a brief in another script prints as they stand, because nobody has put
 * them into its language. */
#include "template/locale.h"

/* Arabic and its supplements: a text with one such letter was written for the brief. */
static bool is_arabic(uint32_t rune)
{
    return (rune >= 0x0620 && rune <= 0x06FF) || (rune >= 0x0750 && rune <= 0x077F) ||
           (rune >= 0x08A0 && rune <= 0x08FF);
}

static bool is_small(char letter)
{
    return letter >= 'a' && letter <= 'z';
}

/* TTP, BLA and F-16 are words in no language: one has small letters. */
static size_t latin_words(struct slice text)
{
    size_t words = 0, small = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool is_letter = is_small(c) || (c >= 'A' && c <= 'Z');
        small = is_letter ? small + is_small(c) : 0;
        words += is_small(c) && small == 2;
    }
    return words;
}

bool locale_is_foreign(const struct locale *locale, struct slice text, size_t least)
{
    if (!locale->right_to_left || latin_words(text) < least)
        return false;
    for (size_t offset = 0; offset < text.size;) {
        if (is_arabic(utf8_next(text, &offset)))
            return false;
    }
    return true;
}

void locale_warn_foreign(const struct locale *locale, struct slice text,
                         struct place at, int width, const char *hint,
                         struct diags *diags)
{
    if (!locale_is_foreign(locale, text, 1))
        return;
    struct diag *diag =
        diags_warn(diags, at, "M090", "\"%.*s\" isn't in \"%.*s\" and is printed so",
                   SLICE_PRINT(text), SLICE_PRINT(locale->tag));
    diag->width = width;
    diag_hint(diags, diag, hint, SLICE_PRINT(locale->tag));
}
