/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Findings typed into a template whose period moves: "Deaths rose" is true once. Words
 * inside an `if` are spoken only when they hold, and values are computed; all other
 * text of a template is the same every week. */
#include "template/template.h"

#include <string.h>

struct word_check {
    struct diags *diags;
    size_t count;
    const struct slice *word; /* the language's words of findings */
};

static bool is_letter(unsigned char byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

static bool same_letters(const char *text, struct slice word)
{
    for (size_t i = 0; i < word.size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 'A' && byte <= 'Z')
            byte |= 0x20;
        if (byte != (unsigned char)word.data[i])
            return false;
    }
    return true;
}

/* "highest first" is an order and no finding. */
static bool is_followed_by_first(struct slice text, size_t end)
{
    static const char first[] = " first";
    return text.size >= end + sizeof first - 1 &&
           memcmp(text.data + end, first, sizeof first - 1) == 0;
}

static bool stands_at(struct slice text, size_t at, struct slice word)
{
    size_t end = at + word.size;
    return end <= text.size && same_letters(text.data + at, word) &&
           (at == 0 || !is_letter((unsigned char)text.data[at - 1])) &&
           (end == text.size || !is_letter((unsigned char)text.data[end])) &&
           !is_followed_by_first(text, end);
}

static void warn(const struct word_check *check, struct place at, struct slice found)
{
    struct diag *diag = diags_warn(
        check->diags, at, "M079",
        "\"%.*s\" is typed into the template and will be wrong when the numbers turn",
        SLICE_PRINT(found));
    diag->width = (int)utf8_length(found);
    diag_hint(
        check->diags, diag,
        "let the numbers say it, {{ attacks | change(\"previous week\") }}, or put "
        "the sentence into the issue file");
}

/* Text outside {{ }}; place is of its first character. */
static void check_text(const struct word_check *check, struct slice text,
                       struct place place)
{
    bool is_value = false;
    size_t line_start = 0;
    int first_column = place.column;
    for (size_t i = 0; i < text.size; i++) {
        bool is_pair = i + 1 < text.size && text.data[i] == text.data[i + 1];
        is_value = is_pair && text.data[i] == '{'   ? true
                   : is_pair && text.data[i] == '}' ? false
                                                    : is_value;
        if (text.data[i] == '\n') {
            place.line++;
            line_start = i + 1;
            first_column = 1;
        }
        for (size_t j = 0; j < check->count && !is_value; j++) {
            if (!stands_at(text, i, check->word[j]))
                continue;
            struct place at = place;
            at.column = first_column + (int)utf8_length((struct slice){
                                           text.data + line_start, i - line_start});
            warn(check, at, (struct slice){text.data + i, check->word[j].size});
        }
    }
}

static void check_inlines(const struct word_check *check, const struct inlines *inlines)
{
    for (size_t i = 0; i < inlines->count; i++) {
        const struct inline_node *node = &inlines->item[i];
        if (node->kind == INLINE_TEXT)
            check_text(check, node->text, node->at);
        check_inlines(check, &node->children);
    }
}

static void check_fence(const struct word_check *check, const struct node *node)
{
    static const char *const keys[] = {"title", "subtitle", "caption", "alt", "note"};
    for (size_t i = 0; node->body && i < sizeof keys / sizeof *keys; i++) {
        const struct yaml *value = yaml_find(node->body, keys[i]);
        if (value && value->kind == YAML_SCALAR)
            check_text(check, value->text, yaml_text_at(value));
    }
}

static void check_nodes(const struct word_check *check, const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->item[i];
        if (node->kind == NODE_FENCE)
            check_fence(check, node);
        check_inlines(check, &node->inlines);
        for (size_t j = 0; j < node->row_count * node->column_count; j++)
            check_inlines(check, &node->cell[j]);
        check_nodes(check, &node->children);
        for (size_t j = 0; j < node->part_count; j++)
            check_nodes(check, &node->part[j]);
    }
}

/* "2026-W46", "2026-11-01..2026-11-15": the same words stay true. */
static bool is_fixed(struct slice period)
{
    struct period found;
    return period_parse_date(slice_trim(period), &found) ||
           (period.size && memmem(period.data, period.size, "..", 2));
}

void template_warn_stale(const struct template *template, const struct locale *locale,
                         struct diags *diags)
{
    const struct yaml *words = yaml_find(locale->root, "stale");
    if (is_fixed(yaml_text(template->front, "period", "")))
        return;
    struct arena *arena = arena_new();
    struct slice *word = ARENA_ARRAY(arena, struct slice, yaml_length(words));
    const struct word_check check = {diags, yaml_length(words), word};
    for (size_t i = 0; i < check.count; i++)
        word[i] = yaml_at(words, i)->text;
    check_nodes(&check, &template->body);
    arena_free(arena);
}
