/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words in a PDF outside its pages: strings, dates and the XMP packet. */
#ifndef SITREP_PRESS_PDF_TEXT_H
#define SITREP_PRESS_PDF_TEXT_H

#include "press/pdf.h"

/* A text string in PDF syntax: "(plain ASCII)" or "<FEFF…>", UTF-16 with the pairs
 * that the "UTF-8" encoder of libharu lacks. Invalid UTF-8 gives U+FFFD. */
void pdf_print_string(struct text *out, struct slice utf8);

/* "/Key (value)\n"; nothing for an empty value. */
void pdf_print_entry(struct text *out, const char *key, struct slice value);

/* "20261115": what a date of a PDF begins with. Empty when the day lies outside the
 * years 1 to 9999. */
void pdf_print_day(struct text *out, int32_t day, const char *separator);

/* The XMP packet that says what the Info dictionary says. */
void pdf_print_xmp(struct text *out, const struct pdf_info *info,
                   struct slice producer);

/* Text between tags of XML. */
void xml_print(struct text *out, struct slice utf8);

#endif
