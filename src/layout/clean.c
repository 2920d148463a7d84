/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text from anywhere made fit for Pango: line breaks, tabs, bytes that aren't text. */
#include "layout/runs.h"

enum {
    LINE_SEPARATOR = 0x2028,
    PARAGRAPH_SEPARATOR = 0x2029,
    REPLACEMENT = 0xFFFD,
};

static bool is_plain_ascii(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < 0x20 || byte > 0x7E)
            return false;
    }
    return true;
}

static bool is_left_out(uint32_t rune)
{
    return (rune >= 0x202A && rune <= 0x202E) || rune == 0xFEFF || rune == '\r';
}

void append_clean(struct slice text, struct text *out)
{
    if (is_plain_ascii(text)) {
        text_append(out, text);
        return;
    }
    for (size_t offset = 0; offset < text.size;) {
        uint32_t rune = utf8_next(text, &offset);
        bool is_break =
            rune == '\n' || rune == PARAGRAPH_SEPARATOR || rune == 0x85 ||
            (rune == '\r' && (offset == text.size || text.data[offset] != '\n'));
        if (is_break)
            text_append_rune(out, LINE_SEPARATOR);
        else if (rune == '\t')
            text_append_string(out, "    ");
        else if (is_left_out(rune))
            continue;
        else if (rune < 0x20 || (rune >= 0x7F && rune < 0xA0))
            text_append_rune(out, REPLACEMENT);
        else
            text_append_rune(out, rune);
    }
}
