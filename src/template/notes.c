/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Footnotes that lack something, which Markdown passes over in silence: a mark without
 * a text, a text that no mark asks for, the second text of one mark. */
#include "template/tree.h"

#include <stdlib.h>
#include <string.h>

struct label {
    struct slice name;
    struct place at;
    size_t order;
};

struct label_list {
    struct arena *arena;
    struct label *item;
    size_t count, capacity;
};

/* Upper and lower case are the same to Markdown. */
static int compare_names(const struct label *a, const struct label *b)
{
    size_t size = a->name.size < b->name.size ? a->name.size : b->name.size;
    int order = strncasecmp(a->name.data, b->name.data, size);
    return order ? order
                 : (a->name.size > b->name.size) - (a->name.size < b->name.size);
}

static int compare_labels(const void *left, const void *right)
{
    const struct label *a = left, *b = right;
    int order = compare_names(a, b);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* The name in "[^name]" at the start of text. */
static bool is_label(struct slice text, struct slice *name)
{
    if (!slice_starts_with(text, "[^"))
        return false;
    *name = slice_from(text, 2);
    const char *close = memchr(name->data, ']', name->size);
    name->size = close ? (size_t)(close - name->data) : 0;
    return name->size && !memchr(name->data, ' ', name->size);
}

static void add_label(struct label_list *list, struct slice name, struct place at)
{
    struct label *label =
        ARENA_APPEND(list->arena, list->item, list->count, list->capacity);
    *label = (struct label){name, at, list->count};
}

static bool is_definition(struct slice rest, struct slice name)
{
    return slice_starts_with(slice_from(rest, name.size + 3), ":");
}

/* Columns up to `end`: a value's mark stands for all that was typed. */
static int columns_to(const struct marked *marked, struct slice line, const char *end)
{
    int columns = 0;
    for (size_t at = 0; line.data + at < end;) {
        const struct mark *mark = marked_find(marked, utf8_next(line, &at));
        columns += mark ? mark->width : 1;
    }
    return columns;
}

static void read_labels(const struct marked *marked, struct slice line, struct place at,
                        bool is_code, struct label_list *texts,
                        struct label_list *marks)
{
    struct slice name, start = line;
    while (start.size && start.data[0] == ' ')
        start = slice_from(start, 1);
    at.column = 1 + (int)(line.size - start.size);
    if (!is_code && at.column <= 4 && is_label(start, &name) &&
        is_definition(start, name)) {
        add_label(texts, name, at);
        start = slice_from(start, name.size + 4);
    }
    while (start.size) {
        const char *open = memmem(start.data, start.size, "[^", 2);
        if (!open)
            return;
        start = slice_from(start, (size_t)(open - start.data));
        at.column = 1 + columns_to(marked, line, open);
        if (is_label(start, &name))
            add_label(marks, name, at);
        start = slice_from(start, 2);
    }
}

static void warn_unmarked(struct diags *diags, const struct label *label)
{
    struct diag *diag = diags_warn(
        diags, label->at, "M078", "nothing asks for footnote [^%.*s]; it isn't printed",
        SLICE_PRINT(label->name));
    diag->width = (int)utf8_length(label->name) + 3;
    diag_hint(diags, diag, "write [^%.*s] where it belongs, or take it out",
              SLICE_PRINT(label->name));
}

static void warn_twice(struct diags *diags, const struct label *label, int first)
{
    struct diag *diag =
        diags_warn(diags, label->at, "M078",
                   "footnote [^%.*s] has two texts; this one isn't printed",
                   SLICE_PRINT(label->name));
    diag->width = (int)utf8_length(label->name) + 3;
    diag_hint(diags, diag, "the other is on line %d; give one of them another name",
              first);
}

/* A part that is included twice has its notes once. */
static bool is_same_line(const struct place *a, const struct place *b)
{
    return a->line == b->line && a->file && b->file && strcmp(a->file, b->file) == 0;
}

static void sort(struct label_list *list)
{
    if (list->count)
        qsort(list->item, list->count, sizeof *list->item, compare_labels);
}

/* Marks without a text ---------------------------------------------------------------- */

void notes_collect(struct lost_notes *lost, struct slice text, struct place at)
{
    struct slice name;
    while (text.size) {
        const char *open = memmem(text.data, text.size, "[^", 2);
        if (!open)
            return;
        text = slice_from(text, (size_t)(open - text.data));
        if (is_label(text, &name))
            *ARENA_APPEND(lost->arena, lost->item, lost->count, lost->capacity) =
                (struct lost_note){name, at};
        text = slice_from(text, 2);
    }
}

/* The mark's own place: the next of its name from *next on, else the text's. */
static struct place place_of(const struct label_list *marks,
                             const struct lost_note *note, size_t *next)
{
    const struct label wanted = {.name = note->name};
    for (size_t i = *next; i < marks->count; i++) {
        const struct label *mark = &marks->item[i];
        if (mark->at.line < note->at.line || compare_names(mark, &wanted) != 0)
            continue;
        *next = i + 1;
        return mark->at;
    }
    return note->at;
}

/* Of marks of one name the one that begins a line was meant as the text's: else the
 * first is told. */
static void warn_lost(struct diags *diags, const struct label *label, size_t count)
{
    const struct label *told = label;
    for (size_t i = 1; i < count; i++)
        told = label[i].at.column == 1 ? &label[i] : told;
    int size = (int)label->name.size;
    const char *name = label->name.data;
    struct diag *diag =
        diags_warn(diags, told->at, "M071", "footnote [^%.*s] has no text", size, name);
    diag->width = (int)utf8_length(label->name) + 3;
    if (told == label)
        diag_hint(diags, diag, "write a line [^%.*s]: …", size, name);
    else
        diag_hint(diags, diag, "a colon makes this its text: [^%.*s]: …", size, name);
}

static void check_lost(struct diags *diags, const struct label_list *marks,
                       const struct lost_notes *lost)
{
    struct label_list list = {.arena = lost->arena};
    size_t next = 0, count;
    for (size_t i = 0; i < lost->count; i++)
        add_label(&list, lost->item[i].name, place_of(marks, &lost->item[i], &next));
    sort(&list);
    for (size_t i = 0; i < list.count; i += count) {
        count = 1;
        while (i + count < list.count &&
               compare_names(&list.item[i], &list.item[i + count]) == 0)
            count++;
        warn_lost(diags, &list.item[i], count);
    }
}

void notes_check(const struct tree *tree, const struct marked *marked,
                 const struct lost_notes *lost)
{
    struct label_list texts = {.arena = tree->arena}, marks = {.arena = tree->arena};
    struct slice rest = marked->text, line;
    struct follower follower = {0};
    for (size_t i = 0; slice_cut(&rest, '\n', &line) && i < marked->line_count; i++) {
        bool is_code = follow_line(&follower, line) == LINE_CODE;
        read_labels(marked, line, marked->line[i], is_code, &texts, &marks);
    }
    check_lost(tree->diags, &marks, lost);
    sort(&texts);
    sort(&marks);
    for (size_t i = 0, j = 0; i < texts.count; i++) {
        const struct label *text = &texts.item[i];
        while (j < marks.count && compare_names(&marks.item[j], text) < 0)
            j++;
        if (i > 0 && compare_names(text - 1, text) == 0) {
            if (!is_same_line(&text[-1].at, &text->at))
                warn_twice(tree->diags, text, text[-1].at.line);
        } else if (j == marks.count || compare_names(&marks.item[j], text) != 0)
            warn_unmarked(tree->diags, text);
    }
}
