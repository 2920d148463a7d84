/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Markdown as flat lists of our nodes. The door to libcmark-gfm. */
#include "template/pipeline.h"
#include "template/tree.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 };

struct reader {
    const struct tree *tree;
    struct arena *aside; /* of lists until they are folded */
    const struct marked *marked;
    struct template *template;
    size_t note_capacity;
    struct lost_notes lost;
    int depth;
};

struct block_list {
    struct flat_node *item;
    size_t count, capacity;
};

struct inline_list {
    struct reader *reader;
    struct flat_inline *item;
    size_t count, capacity;
    struct place at;  /* of the block, then of the inline at hand */
    struct text text; /* the run of text being gathered */
    struct place text_at;
};

static struct nodes read_blocks(struct reader *reader, cmark_node *parent);
static void read_inlines(struct inline_list *list, cmark_node *parent);

static struct slice literal_of(cmark_node *node)
{
    return slice_of(cmark_node_get_literal(node));
}

static struct place place_of(const struct reader *reader, cmark_node *node,
                             struct place fallback)
{
    int line = cmark_node_get_start_line(node);
    if (line < 1 || (size_t)line > reader->marked->line_count)
        return fallback;
    struct place at = reader->marked->line[line - 1];
    at.column = cmark_node_get_start_column(node);
    if (at.column < 1)
        at.column = 1;
    return at;
}

static bool is_too_deep(struct reader *reader, struct place at)
{
    if (reader->depth < DEEPEST)
        return false;
    diags_error(reader->tree->diags, at, "M070", "nested more than %d deep", DEEPEST);
    return true;
}

/* Text ------------------------------------------------------------------------------ */

static void put_inline(struct inline_list *list, const struct flat_inline *flat)
{
    *ARENA_APPEND(list->text.arena, list->item, list->count, list->capacity) = *flat;
}

static void flush_text(struct inline_list *list)
{
    struct arena *arena = list->reader->tree->arena;
    struct inline_node node = {.kind = INLINE_TEXT, .at = list->text_at};
    if (!list->text.size)
        return;
    struct slice text = text_slice(&list->text);
    node.text = list->reader->tree->is_smart ? tree_minus(text, !list->count, arena)
                                             : slice_copy(arena, text);
    put_inline(list, &(struct flat_inline){.node = node});
    list->text.size = 0;
}

static void add_inline(struct inline_list *list, const struct inline_node *node)
{
    flush_text(list);
    put_inline(list, &(struct flat_inline){.node = *node});
}

static void add_text(struct inline_list *list, struct slice text)
{
    if (!list->text.size)
        list->text_at = list->at;
    text_append(&list->text, text);
}

static void add_value(struct inline_list *list, const struct mark *mark)
{
    struct inline_node node = {.kind = INLINE_VALUE, .at = mark->at};
    const struct tree *tree = list->reader->tree;
    if (expression_parse(mark->text, mark->text_at, tree->arena, &node.expression,
                         tree->diags))
        add_inline(list, &node);
}

static void unclosed(struct inline_list *list, const struct mark *mark)
{
    struct diags *diags = list->reader->tree->diags;
    struct diag *diag = diags_error(diags, mark->at, "M046", "{{ isn't closed");
    diag->width = mark->width;
    diag_hint(diags, diag, "write }} behind the value, or \\{{ for the characters");
}

static void misplaced(struct inline_list *list, const struct mark *mark)
{
    struct diags *diags = list->reader->tree->diags;
    struct diag *diag =
        diags_error(diags, mark->at, "M047", "\"%.*s\" can't stand inside a text",
                    SLICE_PRINT(mark->raw));
    diag->width = mark->width;
    diag_hint(diags, diag, "put it at the start of a line of its own");
}

/* The rest of a value typed over two lines: the space before it never was one. */
static void glue(struct inline_list *list)
{
    if (list->text.size && list->text.data[list->text.size - 1] == ' ')
        list->text.size--;
}

static void add_mark(struct inline_list *list, const struct mark *mark)
{
    switch (mark->kind) {
    case MARK_VALUE: add_value(list, mark); break;
    case MARK_LITERAL: add_text(list, mark->text); break;
    case MARK_GLUE: glue(list); break;
    case MARK_UNCLOSED: unclosed(list, mark); break;
    case MARK_STRUCTURE: misplaced(list, mark); break;
    default:
        flush_text(list);
        put_inline(list, &(struct flat_inline){.mark = mark});
        break;
    }
}

static void add_marked_text(struct inline_list *list, struct slice text)
{
    size_t start = 0;
    for (size_t at = 0; at < text.size;) {
        size_t before = at;
        const struct mark *mark =
            marked_find(list->reader->marked, utf8_next(text, &at));
        if (!mark)
            continue;
        add_text(list, (struct slice){text.data + start, before - start});
        add_mark(list, mark);
        start = at;
    }
    add_text(list, slice_from(text, start));
}

/* Inlines --------------------------------------------------------------------------- */

static struct inlines read_line(struct reader *reader, cmark_node *parent,
                                struct place at)
{
    struct inline_list list = {
        .reader = reader, .at = at, .text = {.arena = reader->aside}};
    if (is_too_deep(reader, at))
        return (struct inlines){0};
    const struct arena_mark mark = arena_mark(reader->aside);
    reader->depth++;
    read_inlines(&list, parent);
    flush_text(&list);
    reader->depth--;
    for (size_t i = 0; i < list.count; i++) {
        if (!list.item[i].mark && list.item[i].node.kind == INLINE_TEXT)
            notes_collect(&reader->lost, list.item[i].node.text, list.item[i].node.at);
    }
    struct inlines folded = tree_fold_inlines(reader->tree, list.item, list.count);
    arena_release(reader->aside, mark);
    return folded;
}

static void add_nested(struct inline_list *list, cmark_node *node,
                       enum inline_kind kind)
{
    struct reader *reader = list->reader;
    struct arena *arena = reader->tree->arena;
    struct inline_node nested = {.kind = kind, .at = list->at};
    if (kind == INLINE_LINK || kind == INLINE_IMAGE) {
        struct slice url = slice_of(cmark_node_get_url(node));
        nested.url = marked_restore(reader->marked, url, arena);
        if (memmem(nested.url.data, nested.url.size, "{{", 2))
            template_text_parse(nested.url, list->at, arena, &nested.target,
                                reader->tree->diags);
    }
    nested.children = read_line(reader, node, list->at);
    add_inline(list, &nested);
}

static bool is_word(struct slice html, const char *word)
{
    return html.size == strlen(word) && strncasecmp(html.data, word, html.size) == 0;
}

/* Comments are dropped and <br> breaks the line; other HTML is shown as typed. */
static void add_html(struct inline_list *list, struct slice html)
{
    const struct reader *reader = list->reader;
    if (slice_starts_with(html, "<!--")) {
        const struct mark *mark = marked_line(reader->marked, html);
        if (mark)
            misplaced(list, mark);
        return;
    }
    if (is_word(html, "<br>") || is_word(html, "<br/>") || is_word(html, "<br />")) {
        add_inline(list, &(struct inline_node){.kind = INLINE_BREAK, .at = list->at});
        return;
    }
    struct slice typed = marked_restore(reader->marked, html, reader->tree->arena);
    struct diag *diag = diags_warn(reader->tree->diags, list->at, "M072",
                                   "HTML isn't read; \"%.*s\" is printed as it stands",
                                   SLICE_PRINT(typed));
    diag_hint(reader->tree->diags, diag, "use Markdown, or \\< for the character");
    add_text(list, typed);
}

static void add_note(struct inline_list *list, cmark_node *node)
{
    struct inline_node note = {.kind = INLINE_NOTE, .at = list->at};
    note.note = strtoul(cmark_node_get_literal(node), NULL, 10);
    add_inline(list, &note);
}

/* A picture that has a paragraph to itself is a figure; see add_picture. */
static void add_image(struct inline_list *list, cmark_node *node)
{
    struct diags *diags = list->reader->tree->diags;
    struct diag *diag =
        diags_warn(diags, list->at, "M085",
                   "a picture can't stand inside a text; only its words "
                   "are printed");
    diag_hint(diags, diag, "give it a paragraph of its own");
    add_nested(list, node, INLINE_IMAGE);
}

static void read_inline(struct inline_list *list, cmark_node *node)
{
    const struct reader *reader = list->reader;
    struct arena *arena = reader->tree->arena;
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT)
        add_marked_text(list, literal_of(node));
    else if (type == CMARK_NODE_SOFTBREAK)
        add_text(list, SLICE_LITERAL(" "));
    else if (type == CMARK_NODE_LINEBREAK)
        add_inline(list, &(struct inline_node){.kind = INLINE_BREAK, .at = list->at});
    else if (type == CMARK_NODE_CODE)
        add_inline(
            list, &(struct inline_node){
                      .kind = INLINE_CODE,
                      .at = list->at,
                      .text = marked_restore(reader->marked, literal_of(node), arena)});
    else if (type == CMARK_NODE_HTML_INLINE)
        add_html(list, literal_of(node));
    else if (type == CMARK_NODE_EMPH)
        add_nested(list, node, INLINE_EMPHASIS);
    else if (type == CMARK_NODE_STRONG)
        add_nested(list, node, INLINE_STRONG);
    else if (type == CMARK_NODE_LINK)
        add_nested(list, node, INLINE_LINK);
    else if (type == CMARK_NODE_IMAGE)
        add_image(list, node);
    else if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
        add_note(list, node);
    else if (strcmp(cmark_node_get_type_string(node), "strikethrough") == 0)
        add_nested(list, node, INLINE_STRIKE);
}

static void read_inlines(struct inline_list *list, cmark_node *parent)
{
    struct place start = list->at;
    for (cmark_node *node = cmark_node_first_child(parent); node;
         node = cmark_node_next(node)) {
        list->at = place_of(list->reader, node, start);
        read_inline(list, node);
    }
}

/* Blocks ---------------------------------------------------------------------------- */

static struct flat_node *add_block(struct reader *reader, struct block_list *list,
                                   enum node_kind kind, struct place at)
{
    struct flat_node *flat =
        ARENA_APPEND(reader->aside, list->item, list->count, list->capacity);
    *flat = (struct flat_node){.node = {.kind = kind, .at = at}};
    return flat;
}

static void add_line(struct reader *reader, struct block_list *list, cmark_node *node,
                     enum node_kind kind, struct place at)
{
    struct inlines inlines = read_line(reader, node, at);
    if (!inlines.count && kind == NODE_PARAGRAPH)
        return;
    sentence_mark(inlines);
    struct node *line = &add_block(reader, list, kind, at)->node;
    line->inlines = inlines;
    if (kind == NODE_HEADING)
        line->level = cmark_node_get_heading_level(node);
}

static void add_list(struct reader *reader, struct block_list *list, cmark_node *node,
                     struct place at)
{
    struct node one = {.kind = NODE_LIST, .at = at};
    one.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    one.first_number = one.ordered ? cmark_node_get_list_start(node) : 0;
    one.tight = cmark_node_get_list_tight(node);
    one.children = read_blocks(reader, node);
    add_block(reader, list, NODE_LIST, at)->node = one;
}

static void add_item(struct reader *reader, struct block_list *list, cmark_node *node,
                     struct place at)
{
    struct nodes children = read_blocks(reader, node);
    struct node *item = &add_block(reader, list, NODE_ITEM, at)->node;
    item->children = children;
    if (strcmp(cmark_node_get_type_string(node), "tasklist") == 0)
        item->task = cmark_gfm_extensions_get_tasklist_item_checked(node) ? 2 : 1;
}

/* HTML blocks: block marks, comments, and text that somebody took for HTML. */
static void add_html_text(struct reader *reader, struct block_list *list,
                          struct slice html, struct place at)
{
    html = slice_trim(html);
    if (!html.size)
        return;
    struct slice typed = marked_restore(reader->marked, html, reader->tree->arena);
    for (size_t i = 0; i < typed.size; i++) {
        if (typed.data[i] == '\n')
            ((char *)typed.data)[i] = ' ';
    }
    struct diag *diag = diags_warn(reader->tree->diags, at, "M072",
                                   "HTML isn't read; it is printed as it stands");
    diag_hint(reader->tree->diags, diag, "use Markdown, or \\< for the character");
    struct inline_node *text = ARENA_NEW(reader->tree->arena, struct inline_node);
    *text = (struct inline_node){.kind = INLINE_TEXT, .at = at, .text = typed};
    add_block(reader, list, NODE_PARAGRAPH, at)->node.inlines =
        (struct inlines){1, text};
}

static void add_html_block(struct reader *reader, struct block_list *list,
                           cmark_node *node, struct place at)
{
    struct slice html = literal_of(node), rest = html, line;
    const char *start = html.data;
    while (slice_cut(&rest, '\n', &line)) {
        const struct mark *mark = marked_line(reader->marked, line);
        if (!mark)
            continue;
        struct slice before = {start, (size_t)(line.data - start)};
        add_html_text(reader, list, without_comments(before, reader->tree->arena), at);
        *ARENA_APPEND(reader->aside, list->item, list->count, list->capacity) =
            (struct flat_node){.mark = mark};
        start = line.data + line.size;
    }
    struct slice after = {start, (size_t)(html.data + html.size - start)};
    add_html_text(reader, list, without_comments(after, reader->tree->arena), at);
}

/* Notes come in the order of their first marks; their text may stand anywhere. */
static void add_note_text(struct reader *reader, cmark_node *node)
{
    struct template *template = reader->template;
    struct nodes body = read_blocks(reader, node);
    struct nodes *notes = (struct nodes *)template->note;
    *ARENA_APPEND(reader->tree->arena, notes, template->note_count,
                  reader->note_capacity) = body;
    template->note = notes;
}

/* Code and fences ------------------------------------------------------------------- */

static void add_fence(struct reader *reader, struct block_list *list, cmark_node *node,
                      struct node *fence)
{
    const struct tree *tree = reader->tree;
    struct place at = fence->at;
    struct slice body = marked_restore(reader->marked, literal_of(node), tree->arena);
    if (fence_check_extra(tree, fence) &&
        yaml_parse(body, at.file, at.line + 1, 'M', tree->arena, &fence->body,
                   tree->diags))
        add_block(reader, list, NODE_FENCE, at)->node = *fence;
}

static bool is_picture(const struct reader *reader, cmark_node *paragraph)
{
    cmark_node *first = cmark_node_first_child(paragraph);
    return first && !cmark_node_next(first) &&
           cmark_node_get_type(first) == CMARK_NODE_IMAGE &&
           fence_is_block(reader->tree, SLICE_LITERAL("figure"));
}

static struct slice plain_text(const struct reader *reader, cmark_node *node)
{
    struct text out = {.arena = reader->tree->arena};
    for (cmark_node *child = cmark_node_first_child(node); child;
         child = cmark_node_next(child)) {
        text_append(&out, literal_of(child));
        if (cmark_node_get_type(child) == CMARK_NODE_SOFTBREAK)
            text_append_string(&out, " ");
        text_append(&out, plain_text(reader, child));
    }
    return text_slice(&out);
}

/* ![alt](file "caption") is a figure with these three keys. */
static void add_picture(struct reader *reader, struct block_list *list,
                        cmark_node *image, struct place at)
{
    static const char *const names[] = {"file", "alt", "caption"};
    enum { KEYS = sizeof names / sizeof *names };
    struct arena *arena = reader->tree->arena;
    const struct slice texts[KEYS] = {slice_of(cmark_node_get_url(image)),
                                      plain_text(reader, image),
                                      slice_of(cmark_node_get_title(image))};
    struct yaml *body = ARENA_NEW(arena, struct yaml);
    struct yaml *key = ARENA_ARRAY(arena, struct yaml, KEYS);
    struct yaml *item = ARENA_ARRAY(arena, struct yaml, KEYS);
    for (size_t i = 0; i < KEYS; i++) {
        key[i] = (struct yaml){.at = at, .width = 1, .text = slice_of(names[i])};
        item[i] = (struct yaml){.at = at, .width = 1};
        item[i].text = marked_restore(reader->marked, texts[i], arena);
    }
    *body = (struct yaml){YAML_MAPPING, at, 1, .count = KEYS, .key = key, .item = item};
    struct node *node = &add_block(reader, list, NODE_FENCE, at)->node;
    node->word = SLICE_LITERAL("figure");
    node->body = body;
}

static void add_code(struct reader *reader, struct block_list *list, cmark_node *node,
                     struct place at)
{
    struct arena *arena = reader->tree->arena;
    struct slice info = marked_restore(
        reader->marked, slice_of(cmark_node_get_fence_info(node)), arena);
    struct node code = {.kind = NODE_CODE, .at = at};
    code.word = fence_word(slice_trim(info), &code.text);
    if (fence_is_block(reader->tree, code.word)) {
        code.kind = NODE_FENCE;
        add_fence(reader, list, node, &code);
        return;
    }
    code.text = marked_restore(reader->marked, literal_of(node), arena);
    fence_check_word(reader->tree, code.word, code.text, at);
    add_block(reader, list, NODE_CODE, at)->node = code;
}

/* Tables ---------------------------------------------------------------------------- */

static size_t count_children(cmark_node *parent)
{
    size_t count = 0;
    for (cmark_node *node = cmark_node_first_child(parent); node;
         node = cmark_node_next(node))
        count++;
    return count;
}

static void read_row(struct reader *reader, cmark_node *row, struct place at,
                     struct inlines *cell, size_t column_count)
{
    at = place_of(reader, row, at);
    size_t i = 0;
    for (cmark_node *node = cmark_node_first_child(row); node && i < column_count;
         node = cmark_node_next(node), i++) {
        cell[i] = read_line(reader, node, at);
        sentence_mark(cell[i]);
    }
}

static void add_table(struct reader *reader, struct block_list *list, cmark_node *node,
                      struct place at)
{
    struct arena *arena = reader->tree->arena;
    struct node table = {.kind = NODE_TABLE, .at = at};
    table.column_count = cmark_gfm_extensions_get_table_columns(node);
    table.row_count = count_children(node);
    struct inlines *cell =
        ARENA_ARRAY(arena, struct inlines, table.row_count * table.column_count);
    size_t row = 0;
    for (cmark_node *one = cmark_node_first_child(node); one;
         one = cmark_node_next(one))
        read_row(reader, one, at, cell + row++ * table.column_count,
                 table.column_count);
    table.cell = cell;
    table.alignment = arena_copy(arena, cmark_gfm_extensions_get_table_alignments(node),
                                 table.column_count);
    add_block(reader, list, NODE_TABLE, at)->node = table;
}

/* The tree -------------------------------------------------------------------------- */

static void read_block(struct reader *reader, struct block_list *list, cmark_node *node,
                       struct place at)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_PARAGRAPH && is_picture(reader, node))
        add_picture(reader, list, cmark_node_first_child(node), at);
    else if (type == CMARK_NODE_PARAGRAPH)
        add_line(reader, list, node, NODE_PARAGRAPH, at);
    else if (type == CMARK_NODE_HEADING)
        add_line(reader, list, node, NODE_HEADING, at);
    else if (type == CMARK_NODE_LIST)
        add_list(reader, list, node, at);
    else if (type == CMARK_NODE_ITEM)
        add_item(reader, list, node, at);
    else if (type == CMARK_NODE_CODE_BLOCK)
        add_code(reader, list, node, at);
    else if (type == CMARK_NODE_HTML_BLOCK)
        add_html_block(reader, list, node, at);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        add_block(reader, list, NODE_RULE, at);
    else if (type == CMARK_NODE_FOOTNOTE_DEFINITION)
        add_note_text(reader, node);
    else if (strcmp(cmark_node_get_type_string(node), "table") == 0)
        add_table(reader, list, node, at);
    else if (type == CMARK_NODE_BLOCK_QUOTE) {
        struct nodes children = read_blocks(reader, node);
        add_block(reader, list, NODE_QUOTE, at)->node.children = children;
    }
}

static struct nodes read_blocks(struct reader *reader, cmark_node *parent)
{
    struct place start =
        place_of(reader, parent, (struct place){reader->template->file, 0, 0});
    struct block_list list = {0};
    if (is_too_deep(reader, start))
        return (struct nodes){0};
    const struct arena_mark mark = arena_mark(reader->aside);
    reader->depth++;
    for (cmark_node *node = cmark_node_first_child(parent); node;
         node = cmark_node_next(node))
        read_block(reader, &list, node, place_of(reader, node, start));
    reader->depth--;
    struct nodes folded = tree_fold(reader->tree, list.item, list.count);
    arena_release(reader->aside, mark);
    return folded;
}

static void attach_extensions(cmark_parser *parser)
{
    static const char *const names[] = {"table", "strikethrough", "tasklist",
                                        "autolink"};
    /* The library keeps its list of extensions in one place for the whole process. */
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, cmark_gfm_core_extensions_ensure_registered);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cmark_syntax_extension *extension = cmark_find_syntax_extension(names[i]);
        if (extension)
            cmark_parser_attach_syntax_extension(parser, extension);
    }
}

void markdown_parse(const struct tree *tree, const struct marked *marked,
                    struct template *out)
{
    struct reader reader = {
        .tree = tree, .aside = arena_new(), .marked = marked, .template = out};
    reader.lost.arena = tree->arena;
    int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;
    cmark_parser *parser =
        cmark_parser_new(tree->is_smart ? options | CMARK_OPT_SMART : options);
    attach_extensions(parser);
    cmark_parser_feed(parser, marked->text.data, marked->text.size);
    cmark_node *document = cmark_parser_finish(parser);
    out->body = read_blocks(&reader, document);
    notes_check(tree, marked, &reader.lost);
    cmark_node_free(document);
    cmark_parser_free(parser);
    arena_free(reader.aside);
}
