/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The normal form of a template's text, in which two people's templates differ only
 * where they say different things. */
#ifndef SITREP_TEMPLATE_NORMAL_H
#define SITREP_TEMPLATE_NORMAL_H

#include "base/text.h"

/* Lines end with a line feed and without spaces (two stay where they break a line);
 * values that YAML forgives are quoted; `{{x}}` is `{{ x }}` and `:::each` is `::: each`;
 * one empty line between paragraphs, none at the end. Code that isn't ours stays as it
 * is. In values bars, signs and `and`, `or`, `is` have a space at both sides, commas one
 * behind; quoted texts are left alone. Keys have one space behind their colon. What the template says doesn't change; doing it again changes nothing.
 *   fence  words of our blocks
 *   cost   linear */
struct slice template_normal_form(struct slice source, const struct slice *fence,
                                  size_t fence_count, struct arena *arena);

/* What stands between {{ and }}, in its normal form. */
struct slice value_normal_form(struct slice inside, struct arena *arena);
/* Whether two texts read as the same value, or condition; false where one can't be read. */
bool value_is_same(struct slice a, struct slice b, bool is_condition,
                   struct arena *arena);

#endif
