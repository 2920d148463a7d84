/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A letter that no font has: a box with its code point, so that a reader sees what is
 * lost and an editor can look it up. The digits are drawn here, for fonts of scripts
 * have no Latin ones. */
#include "layout/typesetter.h"

enum { DIGIT_COLUMNS = 3, DIGIT_ROWS = 5 };

/* Rows from the top, three bits each, the left one highest. */
static const unsigned short digit_dots[16] = {
    075557, 026227, 071747, 071717, 055711, 074717, 074757, 071111,
    075757, 075717, 075755, 065656, 074447, 065556, 074747, 074744,
};

static void draw_digit(cairo_t *cairo, unsigned digit, double x, double y, double dot)
{
    for (int row = 0; row < DIGIT_ROWS; row++) {
        for (int column = 0; column < DIGIT_COLUMNS; column++) {
            int bit = (DIGIT_ROWS - 1 - row) * DIGIT_COLUMNS + 2 - column;
            if (digit_dots[digit] >> bit & 1)
                cairo_rectangle(cairo, x + column * dot, y + row * dot, dot, dot);
        }
    }
}

/* Two rows of digits: 10330 is 010 above 330. */
void draw_missing(cairo_t *cairo, uint32_t rune, double x, double y, double width,
                  double size)
{
    static const double HEIGHT = 0.74, INSET = 0.07, LINE = 0.045;
    int across = rune > 0xFFFF ? 3 : 2;
    double left = x + INSET * width, inner = width * (1 - 2 * INSET);
    double top = y - HEIGHT * size, height = HEIGHT * size, line = LINE * size;
    /* In dots: digits, a dot between them and a dot and a half to the box. */
    double dot = inner / (across * 4 + 2), tall = height / (2 * DIGIT_ROWS + 4);
    dot = dot < tall ? dot : tall;
    double first = left + (inner - (across * 4 - 1) * dot) / 2;
    double upper = top + (height - 11 * dot) / 2;
    cairo_rectangle(cairo, left, top, inner, line);
    cairo_rectangle(cairo, left, y - line, inner, line);
    cairo_rectangle(cairo, left, top, line, height);
    cairo_rectangle(cairo, left + inner - line, top, line, height);
    for (int i = 0; i < 2 * across; i++)
        draw_digit(cairo, rune >> (4 * (2 * across - 1 - i)) & 0xF,
                   first + i % across * 4 * dot, upper + i / across * 6 * dot, dot);
    cairo_fill(cairo);
}
