/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The text file beside a PDF: the words of its pages in reading order, in Unicode as
 * they were typed or printed, for readers, search and machines that can't take them from
 * a PDF's glyphs. */
#ifndef SITREP_BRIEF_TEXT_PRESS_H
#define SITREP_BRIEF_TEXT_PRESS_H

#include "brief/brief.h"

/* The band's words; then page by page, divided by form feeds, the content, its footnotes
 * and the foot where that reads otherwise than on the page before. Columns, and cells of
 * a row, that go on overleaf stand whole, one after the other, on the page where they
 * begin. Of a figure: title,
 * subtitle, its words for who doesn't see it, the labels in it, source. Cells of a row
 * are divided by tabs. Not in it: ticks of axes and bare numbers at marks, what stands in
 * PNG pictures, the running head and page numbers. */
void text_press(const struct brief *brief, struct text *out);

#endif
