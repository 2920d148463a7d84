/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tones: what a series is about decides its colours. */
#include "chart/chart.h"

struct colour tone_colour(const struct theme *theme, enum chart_tone tone)
{
    static const enum colour_role role[] = {
        [TONE_ATTACK] = COLOUR_ATTACK,
        [TONE_OPERATION] = COLOUR_OPERATION,
        [TONE_NEUTRAL] = COLOUR_NEUTRAL,
        [TONE_ATTENTION] = COLOUR_ATTENTION,
    };
    return theme->colour[role[tone]];
}

struct colour tone_text_colour(const struct theme *theme, enum chart_tone tone)
{
    static const enum colour_role role[] = {
        [TONE_ATTACK] = COLOUR_ATTACK_TEXT,
        [TONE_OPERATION] = COLOUR_OPERATION_TEXT,
        [TONE_NEUTRAL] = COLOUR_NEUTRAL_TEXT,
        [TONE_ATTENTION] = COLOUR_ATTENTION_TEXT,
    };
    return theme->colour[role[tone]];
}

struct colour tone_light_colour(const struct theme *theme, enum chart_tone tone)
{
    static const enum colour_role role[] = {
        [TONE_ATTACK] = COLOUR_ATTACK_LIGHT,
        [TONE_OPERATION] = COLOUR_OPERATION_LIGHT,
        [TONE_NEUTRAL] = COLOUR_NEUTRAL_LIGHT,
        [TONE_ATTENTION] = COLOUR_ATTENTION,
    };
    return theme->colour[role[tone]];
}
