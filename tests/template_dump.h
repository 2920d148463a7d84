/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A template's tree as HTML-like text, to be compared in tests. Markdown comes out as
 * CommonMark's own examples are written; our words as elements of their own. */
#ifndef SITREP_TESTS_TEMPLATE_DUMP_H
#define SITREP_TESTS_TEMPLATE_DUMP_H

#include "template/pipeline.h"
#include "template/template.h"

static inline void dump_escaped(struct slice a, struct text *out)
{
    for (size_t i = 0; i < a.size; i++) {
        switch (a.data[i]) {
        case '<': text_append_string(out, "&lt;"); break;
        case '>': text_append_string(out, "&gt;"); break;
        case '&': text_append_string(out, "&amp;"); break;
        case '"': text_append_string(out, "&quot;"); break;
        default: text_append(out, (struct slice){a.data + i, 1}); break;
        }
    }
}

static inline void dump_inlines(struct inlines inlines, struct text *out);

static inline void dump_around(const char *element, struct inlines children,
                               struct text *out)
{
    text_print(out, "<%s>", element);
    dump_inlines(children, out);
    text_print(out, "</%s>", element);
}

static inline void dump_plain(struct inlines inlines, struct text *out)
{
    for (size_t i = 0; i < inlines.count; i++) {
        dump_escaped(inlines.item[i].text, out);
        dump_plain(inlines.item[i].children, out);
    }
}

static inline void dump_inline(const struct inline_node *node, struct text *out)
{
    switch (node->kind) {
    case INLINE_TEXT: dump_escaped(node->text, out); break;
    case INLINE_EMPHASIS: dump_around("em", node->children, out); break;
    case INLINE_STRONG: dump_around("strong", node->children, out); break;
    case INLINE_STRIKE: dump_around("del", node->children, out); break;
    case INLINE_CODE:
        text_append_string(out, "<code>");
        dump_escaped(node->text, out);
        text_append_string(out, "</code>");
        break;
    case INLINE_LINK:
        text_append_string(out, "<a href=\"");
        dump_escaped(node->url, out);
        text_append_string(out, "\">");
        dump_inlines(node->children, out);
        text_append_string(out, "</a>");
        break;
    case INLINE_IMAGE:
        text_append_string(out, "<img src=\"");
        dump_escaped(node->url, out);
        text_append_string(out, "\" alt=\"");
        dump_plain(node->children, out);
        text_append_string(out, "\" />");
        break;
    case INLINE_NOTE: text_print(out, "<note %zu>", node->note); break;
    case INLINE_BREAK: text_append_string(out, "<br />\n"); break;
    case INLINE_VALUE:
        text_print(out, "{%.*s%s%.*s}", SLICE_PRINT(node->expression->manner->lead),
                   node->expression->manner->begins_sentence ? "^" : "",
                   SLICE_PRINT(node->expression->source));
        break;
    case INLINE_IF:
        for (size_t i = 0; i < node->branch_count; i++) {
            const struct expression *condition = node->branch[i].condition;
            if (condition)
                text_print(out, "<if %.*s>", SLICE_PRINT(condition->source));
            else
                text_append_string(out, "<else>");
            dump_inlines(node->branch[i].body, out);
        }
        text_append_string(out, "</if>");
        break;
    }
}

static inline void dump_inlines(struct inlines inlines, struct text *out)
{
    for (size_t i = 0; i < inlines.count; i++)
        dump_inline(&inlines.item[i], out);
}

static inline void dump_nodes(struct nodes nodes, bool tight, struct text *out);

static inline void dump_list(const struct node *node, struct text *out)
{
    const char *element = node->ordered ? "ol" : "ul";
    if (node->ordered && node->first_number != 1)
        text_print(out, "<ol start=\"%d\">\n", node->first_number);
    else
        text_print(out, "<%s>\n", element);
    for (size_t i = 0; i < node->children.count; i++) {
        const struct node *item = &node->children.item[i];
        text_append_string(out, "<li>");
        if (item->task)
            text_print(out, "[%s] ", item->task == 2 ? "x" : " ");
        bool starts_line =
            item->children.count &&
            (!node->tight || item->children.item[0].kind != NODE_PARAGRAPH);
        text_append_string(out, starts_line ? "\n" : "");
        dump_nodes(item->children, node->tight, out);
        text_append_string(out, "</li>\n");
    }
    text_print(out, "</%s>\n", element);
}

static inline void dump_table(const struct node *node, struct text *out)
{
    text_append_string(out, "<table>\n");
    for (size_t row = 0; row < node->row_count; row++) {
        text_append_string(out, "<tr>");
        for (size_t i = 0; i < node->column_count; i++) {
            char align = node->alignment[i];
            text_print(out, align ? "<td %c>" : "<td>", align);
            dump_inlines(node->cell[row * node->column_count + i], out);
            text_append_string(out, "</td>");
        }
        text_append_string(out, "</tr>\n");
    }
    text_append_string(out, "</table>\n");
}

static inline void dump_parts(const char *name, const struct node *node,
                              struct text *out)
{
    text_print(out, "<%s>\n", name);
    for (size_t i = 0; i < node->part_count; i++) {
        if (node->span)
            text_print(out, "<part %d>\n", node->span[i]);
        else
            text_append_string(out, "<part>\n");
        dump_nodes(node->part[i], false, out);
    }
    text_print(out, "</%s>\n", name);
}

static inline void dump_each(const struct node *node, struct text *out)
{
    text_print(out, "<each %.*s", SLICE_PRINT(node->field));
    if (node->where)
        text_print(out, " where %.*s", SLICE_PRINT(node->where->source));
    if (node->order.size)
        text_print(out, ", %.*s", SLICE_PRINT(node->order));
    if (node->limit)
        text_print(out, ", top %zu", node->limit);
    text_append_string(out, ">\n");
    dump_nodes(node->children, false, out);
    if (node->otherwise.count) {
        text_append_string(out, "<otherwise>\n");
        dump_nodes(node->otherwise, false, out);
    }
    text_append_string(out, "</each>\n");
}

static inline void dump_if(const struct node *node, struct text *out)
{
    for (size_t i = 0; i < node->branch_count; i++) {
        const struct expression *condition = node->branch[i].condition;
        if (condition)
            text_print(out, "<if %.*s>\n", SLICE_PRINT(condition->source));
        else
            text_append_string(out, "<else>\n");
        dump_nodes(node->branch[i].body, false, out);
    }
    text_append_string(out, "</if>\n");
}

static inline void dump_children(const char *name, const struct node *node,
                                 struct text *out)
{
    text_print(out, "<%s>\n", name);
    dump_nodes(node->children, false, out);
    text_print(out, "</%s>\n", name);
}

static inline void dump_fence(const struct node *node, struct text *out)
{
    text_print(out, "<%.*s", SLICE_PRINT(node->word));
    for (size_t i = 0; i < node->body->count; i++)
        text_print(out, " %.*s=\"%.*s\"", SLICE_PRINT(node->body->key[i].text),
                   SLICE_PRINT(node->body->item[i].text));
    text_append_string(out, ">\n");
}

static inline void dump_code(const struct node *node, struct text *out)
{
    if (node->word.size)
        text_print(out, "<pre><code class=\"language-%.*s\">", SLICE_PRINT(node->word));
    else
        text_append_string(out, "<pre><code>");
    dump_escaped(node->text, out);
    text_append_string(out, "</code></pre>\n");
}

static inline void dump_paragraph(const struct node *node, bool tight, bool is_last,
                                  struct text *out)
{
    text_append_string(out, tight ? "" : "<p>");
    dump_inlines(node->inlines, out);
    text_append_string(out, !tight ? "</p>\n" : is_last ? "" : "\n");
}

static inline void dump_heading(const struct node *node, struct text *out)
{
    text_print(out, "<h%d>", node->level);
    dump_inlines(node->inlines, out);
    text_print(out, "</h%d>\n", node->level);
}

static inline void dump_node(const struct node *node, bool tight, bool is_last,
                             struct text *out)
{
    switch (node->kind) {
    case NODE_HEADING: dump_heading(node, out); break;
    case NODE_PARAGRAPH: dump_paragraph(node, tight, is_last, out); break;
    case NODE_LIST: dump_list(node, out); break;
    case NODE_ITEM: dump_children("li", node, out); break;
    case NODE_QUOTE: dump_children("blockquote", node, out); break;
    case NODE_RULE: text_append_string(out, "<hr />\n"); break;
    case NODE_CODE: dump_code(node, out); break;
    case NODE_TABLE: dump_table(node, out); break;
    case NODE_FENCE: dump_fence(node, out); break;
    case NODE_COLUMNS: dump_parts("columns", node, out); break;
    case NODE_ROW: dump_parts("row", node, out); break;
    case NODE_EACH: dump_each(node, out); break;
    case NODE_IF: dump_if(node, out); break;
    case NODE_CALLOUT:
        text_append_string(out, "<note: ");
        dump_inlines(node->inlines, out);
        text_append_string(out, ">\n");
        dump_nodes(node->children, false, out);
        text_append_string(out, "</note>\n");
        break;
    case NODE_TOGETHER: dump_children("together", node, out); break;
    case NODE_ONLY: dump_children("only", node, out); break;
    case NODE_LANDSCAPE: dump_children("landscape", node, out); break;
    case NODE_PAGE_BREAK: text_append_string(out, "<page break>\n"); break;
    case NODE_CONTENTS: text_append_string(out, "<contents>\n"); break;
    }
}

static inline void dump_nodes(struct nodes nodes, bool tight, struct text *out)
{
    for (size_t i = 0; i < nodes.count; i++)
        dump_node(&nodes.item[i], tight, i + 1 == nodes.count, out);
}

static inline struct slice dump_template(const struct template *template,
                                         struct arena *arena)
{
    struct text out = {.arena = arena};
    dump_nodes(template->body, false, &out);
    for (size_t i = 0; i < template->note_count; i++) {
        text_print(&out, "<footnote %zu>\n", i + 1);
        dump_nodes(template->note[i], false, &out);
    }
    return text_slice(&out);
}

#endif
