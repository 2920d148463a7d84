/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml_bytes.h"

enum { MOST_BLANK_LINES = 200 };

size_t yaml_find_control(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            return i;
    }
    return text.size;
}

size_t yaml_find_blank_run(struct slice text)
{
    int blank_lines = -1;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool is_break = c == '\n' ||
                        (c == '\r' && !(i + 1 < text.size && text.data[i + 1] == '\n'));
        if (is_break && ++blank_lines > MOST_BLANK_LINES)
            return i;
        if (!is_break && c != ' ' && c != '\t' && c != '\r')
            blank_lines = -1;
    }
    return text.size;
}
