/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a theme can be read: contrast as WCAG 2 defines it, and how far colours are
 * apart (CIEDE2000) for eyes that miss one kind of cone (Machado, Oliveira and
 * Fernandes 2009, severity 1). */
#ifndef SITREP_TEMPLATE_CONTRAST_H
#define SITREP_TEMPLATE_CONTRAST_H

#include "template/theme.h"

enum sight { SIGHT_USUAL, SIGHT_NO_RED, SIGHT_NO_GREEN, SIGHT_NO_BLUE, SIGHT_COUNT };

/* CIE L*a*b* under D65. */
struct lab {
    double lightness, a, b;
};

/* 1 to 21, whichever is lighter; of opaque colours. */
double colour_contrast(struct colour a, struct colour b);
/* A colour as that sight sees it. */
struct colour colour_seen(struct colour colour, enum sight sight);
struct lab colour_lab(struct colour colour);
/* CIEDE2000 with all weights 1. */
double lab_distance(struct lab a, struct lab b);
/* The smallest distance between any two of count colours; *first and *second are the
 * two. Infinite below two colours. */
double nearest_colours(const struct colour *colour, size_t count, enum sight sight,
                       size_t *first, size_t *second);

/* Warnings, each where the colour is written: F210 text below 4.5 on its ground, F211
 * marks below 3 on paper and tints, grounds and classes that can't be seen on it, F212
 * two colours of one list too much alike for some sight, F213 classes that don't go one
 * way from light to dark, nothing among them, F215 a tint like its colour. The light
 * tints, the attention colour and categories from the third on may be paler than 3:
 * they carry value labels (STYLE.md 3). */
void theme_check(const struct theme *theme, struct diags *diags);
/* A note F214: the lowest contrast of text, the smallest distance of categories. */
void theme_report(const struct theme *theme, struct diags *diags);

#endif
