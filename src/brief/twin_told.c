/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What differs between two editions, told with both places: a number of one with the
 * number that stands for it in the other, where there is one. */
#include "brief/twins.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TOLD = 200 };

void odd_add(struct odd_numbers *odd, struct odd_number number)
{
    *ARENA_APPEND(odd->arena, odd->number, odd->count, odd->capacity) = number;
}

/* "brief.md:9:40" */
static const char *print_place(struct place at, struct arena *arena)
{
    return at.column > 0 ? arena_print(arena, "%s:%d:%d", at.file ? at.file : "",
                                       at.line, at.column)
                         : arena_print(arena, "%s:%d", at.file ? at.file : "", at.line);
}

/* The one that stands for it: best in the paragraph beside, a word for a word. */
static struct odd_number *find_other(struct odd_numbers *odd,
                                     const struct odd_number *own)
{
    struct odd_number *found = NULL;
    int best = -1;
    for (size_t i = 0; own->key.size && i < odd->count; i++) {
        struct odd_number *other = &odd->number[i];
        int likeness =
            2 * (other->block == own->block) + (other->is_word == own->is_word);
        if (likeness <= best || other->is_told || other->in == own->in ||
            other->is_setting != own->is_setting || !slice_equal(other->key, own->key))
            continue;
        best = likeness;
        found = other;
    }
    return found;
}

/* What was counted, where that isn't the same in both. */
static const char *print_what(struct slice what, struct slice other,
                              struct arena *arena)
{
    return !what.size || slice_equal(what, other)
               ? ""
               : arena_print(arena, " (%.*s)", SLICE_PRINT(what));
}

/* What both are about. */
static const char *print_end(struct slice what, struct slice other, struct arena *arena)
{
    return what.size && slice_equal(what, other)
               ? arena_print(arena, ": %.*s", SLICE_PRINT(what))
               : "";
}

static void tell_pair(struct odd_numbers *odd, const struct odd_number *own,
                      const struct odd_number *other, const struct twin *const twin[2],
                      struct diags *diags)
{
    struct arena *arena = odd->arena;
    bool is_detailed =
        slice_equal(own->shown, other->shown) && own->detail.size && other->detail.size;
    struct slice what = is_detailed ? own->detail : own->what;
    struct slice other_what = is_detailed ? other->detail : other->what;
    struct diag *diag = diags_error(
        diags, own->at, "Q122",
        "%.*s is printed in \"%.*s\"%s, and %.*s in \"%.*s\"%s at %s%s",
        SLICE_PRINT(own->shown), SLICE_PRINT(twin[own->in]->language),
        print_what(what, other_what, arena), SLICE_PRINT(other->shown),
        SLICE_PRINT(twin[other->in]->language), print_what(other_what, what, arena),
        print_place(other->at, arena), print_end(what, other_what, arena));
    diag_hint(diags, diag,
              "both languages say the same numbers: change the one that is wrong");
}

static void tell_setting(struct odd_numbers *odd, const struct odd_number *own,
                         const struct odd_number *other,
                         const struct twin *const twin[2], struct diags *diags)
{
    struct diag *diag = diags_error(
        diags, own->at, "Q123",
        "\"%.*s\" is %.*s in \"%.*s\", and %.*s in \"%.*s\" at %s",
        SLICE_PRINT(own->what), SLICE_PRINT(own->shown),
        SLICE_PRINT(twin[own->in]->language), SLICE_PRINT(other->shown),
        SLICE_PRINT(twin[other->in]->language), print_place(other->at, odd->arena));
    diag_hint(diags, diag,
              "both languages print the same: a language has words of its own, a size, "
              "or fewer rows");
}

static void tell_alone(struct odd_numbers *odd, const struct odd_number *own,
                       const struct twin *const twin[2], struct diags *diags)
{
    const struct twin *other = twin[!own->in];
    struct diag *diag = diags_error(
        diags, own->at, "Q122", "%.*s is printed in \"%.*s\" and not in \"%.*s\"%s",
        SLICE_PRINT(own->shown), SLICE_PRINT(twin[own->in]->language),
        SLICE_PRINT(other->language), print_end(own->what, own->what, odd->arena));
    struct place beside = twin_text_place(other, own->key);
    if (beside.line)
        diag_hint(diags, diag,
                  "both languages say the same numbers: \"%.*s\" is at %s; write it "
                  "there, too, or leave it out here",
                  SLICE_PRINT(other->language), print_place(beside, odd->arena));
    else
        diag_hint(diags, diag,
                  "both languages say the same numbers: change the text or the block");
}

static int by_place(const void *a, const void *b)
{
    const struct odd_number *left = a, *right = b;
    int order = strcmp(left->at.file ? left->at.file : "",
                       right->at.file ? right->at.file : "");
    order = order ? order : left->at.line - right->at.line;
    order = order ? order : left->at.column - right->at.column;
    return order ? order : (left->nth > right->nth) - (left->nth < right->nth);
}

void odd_tell(struct odd_numbers *odd, const struct twin *const twin[2],
              struct diags *diags)
{
    for (size_t i = 0; i < odd->count; i++)
        odd->number[i].nth = i;
    if (odd->count)
        qsort(odd->number, odd->count, sizeof *odd->number, by_place);
    for (size_t i = 0; i < odd->count && i < MOST_TOLD; i++) {
        struct odd_number *own = &odd->number[i];
        if (own->is_told)
            continue;
        own->is_told = true;
        struct odd_number *other = find_other(odd, own);
        if (other)
            other->is_told = true;
        if (other && own->is_setting)
            tell_setting(odd, own, other, twin, diags);
        else if (other)
            tell_pair(odd, own, other, twin, diags);
        else
            tell_alone(odd, own, twin, diags);
    }
}
