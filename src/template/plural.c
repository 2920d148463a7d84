/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plural forms: which of a word's forms a count takes, by the rules that a language
 * file states. The categories are those of Unicode's CLDR, and so are the rules in the
 * language files. */
#include "template/locale.h"

#include <math.h>

static const char *const categories[PLURAL_COUNT] = {"zero", "one",  "two",
                                                     "few",  "many", "other"};

/* "3..10 of 100": counts that leave 3 to 10 when divided by 100. "2": just that one. */
static bool read_rule(struct slice text, struct plural_rule *rule)
{
    long number[3] = {0};
    size_t count = 0;
    for (size_t i = 0; i < text.size && count < 3; count++) {
        while (i < text.size && (text.data[i] < '0' || text.data[i] > '9'))
            i++;
        if (i == text.size)
            break;
        for (; i < text.size && text.data[i] >= '0' && text.data[i] <= '9'; i++)
            number[count] = (number[count] * 10 + text.data[i] - '0') % 1000000;
    }
    *rule = (struct plural_rule){.low = number[0],
                                 .high = count > 1 ? number[1] : number[0],
                                 .modulus = number[2]};
    return count && rule->low <= rule->high;
}

bool plurals_read(const struct yaml *node, struct plural_rule *rule, size_t *count,
                  struct diags *diags)
{
    *count = 0;
    for (size_t i = 0; node && node->kind == YAML_MAPPING && i < node->count; i++) {
        const struct yaml *item = &node->item[i];
        int category = 0;
        while (category < PLURAL_OTHER &&
               !slice_is(node->key[i].text, categories[category]))
            category++;
        bool ok = category < PLURAL_OTHER && *count < MOST_PLURAL_RULES &&
                  read_rule(item->text, &rule[*count]);
        if (!ok) {
            struct diag *diag =
                diags_error(diags, node->key[i].at, "F204",
                            "no rule of plurals: \"%.*s\"", SLICE_PRINT(item->text));
            diag_hint(diags, diag,
                      "zero, one, two, few or many, as in few: 3..10 of 100");
            return false;
        }
        rule[(*count)++].category = (enum plural_category)category;
    }
    return true;
}

static bool is_met(const struct plural_rule *rule, long count)
{
    long rest = rule->modulus ? count % rule->modulus : count;
    return rest >= rule->low && rest <= rule->high;
}

/* Rules are about whole numbers; where a language states none, 1 is one. */
static enum plural_category category_of(const struct locale *locale, double count)
{
    double size = fabs(count);
    if (!(size < 1e15) || size != floor(size))
        return PLURAL_OTHER;
    for (size_t i = 0; i < locale->plural_count; i++) {
        if (is_met(&locale->plural[i], (long)size))
            return locale->plural[i].category;
    }
    return !locale->plural_count && size == 1 ? PLURAL_ONE : PLURAL_OTHER;
}

const struct yaml *plural_form(const struct locale *locale, const struct yaml *node,
                               double count)
{
    if (!node || node->kind != YAML_MAPPING)
        return node;
    const char *category = categories[category_of(locale, count)];
    const struct yaml *form = count == 0 ? yaml_find(node, "zero") : NULL;
    if (!form)
        form = yaml_find(node, category);
    return form ? form : yaml_find(node, "other");
}
