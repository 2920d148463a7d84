/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paragraphs as boxes: lines placed by leading, drawn with links and footnote marks,
 * split between lines. */
#include "layout/flow.h"
#include "layout/typesetter.h"

#include <math.h>
#include <string.h>

/* How far a footnote's mark is raised, in parts of the text's size. */
static const double MARK_RISE = 0.34;
/* From this size Nastaliq lines stand by the edge of their ink, whose overhang would
 * show as a dent; it is never more than this part of the size. */
static const double DISPLAY_SIZE = 14, LARGEST_OVERHANG = 0.35, ABOVE_DISPLAY = 1;

static const double SLACK = 0.01;

/* What all parts of a paragraph share: so a part is made in no time, however long the
 * paragraph is. Plain is the text as the text press prints it, most often the text that
 * was set; else where each line's begins is listed, with one more at the end. */
struct whole {
    struct set_text text;
    const struct set_line *line;
    size_t count;
    struct arena *arena;
    struct slice plain;
    const size_t *plain_from; /* NULL: at the lines' own starts */
    const size_t *note;       /* all footnotes' numbers */
    const size_t *note_from;  /* each line's first of them; NULL: there are none */
};

/* Lines from..to of a paragraph. */
struct part {
    const struct whole *whole;
    size_t from, to;
};

/* Placing ------------------------------------------------------------------------ */

/* The first line of a box needs more room above than its leading gives. */
static double room_above(const struct set_line *line)
{
    double above = line->leading - line->below;
    return line->clear > above ? line->clear - above : 0;
}

static double lines_height(const struct part *part)
{
    const struct set_line *line = part->whole->line;
    if (part->from == part->to)
        return 0;
    double bottom = line[part->to - 1].top + line[part->to - 1].leading;
    return room_above(&line[part->from]) + bottom - line[part->from].top;
}

static double overhang_of(const struct set_line *line, const struct text_style *style,
                          bool right_to_left)
{
    if (!line->has_arabic || style->arabic_size_pt < DISPLAY_SIZE)
        return 0;
    struct ink ink = line_ink(line);
    double limit = LARGEST_OVERHANG * style->arabic_size_pt;
    double overhang = right_to_left ? ink.right - line->width : -ink.left;
    overhang = fmin(fmax(overhang, -limit), limit);
    return right_to_left ? -overhang : overhang;
}

/* Headlines stand by the edge of their ink here, too: what the script needs at most
 * would part them from the page's head by a third more than they need. */
static double clear_above(const struct set_line *line, const struct text_style *style)
{
    double above = line_ink(line).above;
    return style->arabic_size_pt >= DISPLAY_SIZE ? above + ABOVE_DISPLAY
                                                 : fmax(above, line->clear);
}

static double free_share(enum text_align align, bool right_to_left)
{
    switch (align) {
    case ALIGN_CENTRE: return 0.5;
    case ALIGN_END: return right_to_left ? 0 : 1;
    default: return right_to_left ? 1 : 0;
    }
}

/* A headline's line stands lower where its words would touch those above. Running text
 * keeps its even lines: there hands that wrote Nastaliq let words touch, too. */
static void part_display_lines(struct set_lines *lines, const struct text_style *style)
{
    for (size_t i = 1; i < lines->count && style->arabic_size_pt >= DISPLAY_SIZE; i++) {
        const struct set_line *above = &lines->line[i - 1];
        struct set_line *line = &lines->line[i];
        double drop = line->leading - line->below + above->below;
        if (line->has_arabic || above->has_arabic)
            line->leading += lines_drop(above, above->x, line, line->x, drop) - drop;
    }
}

/* Puts lines below each other and turns indents into places from the left edge. */
static void place_lines(struct set_lines *lines, const struct paragraph *paragraph,
                        const struct set_text *text, double width, bool right_to_left)
{
    double share = free_share(paragraph->align, right_to_left), top = 0;
    for (size_t i = 0; i < lines->count; i++) {
        struct set_line *line = &lines->line[i];
        double indent = line->x, room = width - indent - line->width;
        line->x = share * room + (right_to_left ? 0 : indent);
        if (share == 0)
            line->x -= line->hang;
        if (share != 0.5)
            line->x += overhang_of(line, &text->span[0].style->style, right_to_left);
        if (line->clear > 0)
            line->clear = clear_above(line, &text->span[0].style->style);
    }
    if (lines->count)
        part_display_lines(lines, &text->span[0].style->style);
    for (size_t i = 0; i < lines->count; i++) {
        lines->line[i].top = top;
        top += lines->line[i].leading;
    }
}

/* Drawing ------------------------------------------------------------------------ */

/* cairo writes an address into the document as it is, so what would end the string
 * there is encoded. */
static void append_address(struct text *out, struct slice address)
{
    for (size_t i = 0; i < address.size; i++) {
        unsigned char byte = (unsigned char)address.data[i];
        if (byte <= 0x20 || byte >= 0x7F || strchr("'\"()<>\\^`{|}", byte))
            text_print(out, "%%%02X", byte);
        else
            text_append(out, (struct slice){&address.data[i], 1});
    }
}

/* Attributes of cairo's link tag. */
static const char *link_attributes(struct slice link, struct arena *arena)
{
    struct text out = {.arena = arena};
    if (link.data[0] == '#') {
        text_append_string(&out, "dest='");
        append_anchor_name(&out, slice_from(link, 1));
    } else {
        text_append_string(&out, "uri='");
        append_address(&out, link);
    }
    text_append_string(&out, "'");
    return slice_c_string(arena, text_slice(&out));
}

/* The tag that a run is drawn under. Text beside a link needs a Span of its own, or
 * cairo drops it from the structure. */
static const char *begin_run(cairo_t *cairo, const struct set_span *span,
                             struct arena *arena)
{
    if (span->link.size) {
        cairo_tag_begin(cairo, CAIRO_TAG_LINK, link_attributes(span->link, arena));
        return CAIRO_TAG_LINK;
    }
    cairo_tag_begin(cairo, "Span", NULL);
    return "Span";
}

static bool has_links(const struct set_text *text)
{
    for (size_t i = 0; i < text->span_count; i++) {
        if (text->span[i].link.size)
            return true;
    }
    return false;
}

static void draw_line(cairo_t *cairo, const struct set_line *line, double y, bool tags,
                      bool is_last, struct arena *scratch)
{
    double x = line->x;
    for (size_t i = 0; i < line->run_count; i++) {
        const struct set_run *run = &line->run[i];
        const struct text_style *style = &run->span->style->style;
        double rise = run->span->note ? MARK_RISE * style->size_pt : 0;
        const char *tag = tags ? begin_run(cairo, run->span, scratch) : NULL;
        set_colour(cairo, style->colour);
        draw_run(cairo, run, x, y - rise);
        if (!is_last && i + 1 == line->run_count)
            draw_space_after(cairo, run, x + run->width, y);
        if (tag)
            cairo_tag_end(cairo, tag);
        x += run->width;
    }
}

static void draw_paragraph(const struct box *box, cairo_t *cairo)
{
    const struct part *part = box->content;
    const struct whole *whole = part->whole;
    bool tags = drawing_is_tagged(cairo) && box->draws_tags;
    struct arena *scratch = tags ? arena_new() : NULL;
    double y = part->from < part->to ? room_above(&whole->line[part->from]) : 0;
    for (size_t i = part->from; i < part->to; i++) {
        const struct set_line *line = &whole->line[i];
        draw_line(cairo, line, y + line->leading - line->below, tags,
                  i + 1 == whole->count, scratch);
        y += line->leading;
    }
    arena_free(scratch);
}

/* Text --------------------------------------------------------------------------- */

/* Line breaks as newlines again. */
static void append_plain(struct text *out, struct slice plain)
{
    static const char separator[] = "\xE2\x80\xA8";
    for (size_t i = 0; i < plain.size;) {
        const char *next = memmem(plain.data + i, plain.size - i, separator, 3);
        size_t end = next ? (size_t)(next - plain.data) : plain.size;
        text_append(out, (struct slice){plain.data + i, end - i});
        if (next)
            text_append_string(out, "\n");
        i = next ? end + 3 : end;
    }
}

/* What is struck out stands between tildes: without them it would say the opposite. */
static void turn_strike(bool *is_open, bool is_struck, struct text *out)
{
    text_append_string(out, is_struck != *is_open ? "~~" : "");
    *is_open = is_struck;
}

/* As the text press prints it, marks of footnotes in brackets. strike: whether tildes are
 * open, before and behind. */
static void append_text(const struct whole *whole, size_t from, size_t to, bool *strike,
                        struct text *out)
{
    const struct run_text *runs = &whole->text.runs;
    for (const struct text_run *run = run_at(runs, from);
         from < to && run < runs->run + runs->run_count && run->start < to; run++) {
        size_t start = run->start > from ? run->start : from;
        size_t end = run->end < to ? run->end : to;
        const struct set_span *span = &whole->text.span[run->span];
        turn_strike(strike, span->style->style.struck, out);
        text_append_string(out, span->note ? "[" : "");
        append_plain(out, runs_plain(runs, start, end, whole->arena));
        text_append_string(out, span->note ? "]" : "");
    }
}

/* Each line in quotes. */
static void describe_paragraph(const struct box *box, struct text *out)
{
    const struct part *part = box->content;
    for (size_t i = part->from; i < part->to; i++) {
        const struct set_line *line = &part->whole->line[i];
        struct text words = {.arena = part->whole->arena};
        bool strike = false;
        append_text(part->whole, line->start, line->end, &strike, &words);
        turn_strike(&strike, false, &words);
        text_print(out, "%s\"%.*s%s\"", i > part->from ? " " : "",
                   SLICE_PRINT(slice_trim(text_slice(&words))),
                   line->is_divided ? "-" : "");
    }
}

static bool has_notes(const struct set_text *text)
{
    for (size_t i = 0; i < text->span_count; i++) {
        if (text->span[i].note)
            return true;
    }
    return false;
}

static bool is_struck(const struct set_text *text)
{
    for (size_t i = 0; i < text->span_count; i++) {
        if (text->span[i].style->style.struck)
            return true;
    }
    return false;
}

static void list_plain(struct whole *whole)
{
    struct arena *arena = whole->arena;
    size_t *from = ARENA_ARRAY(arena, size_t, whole->count + 1);
    struct text plain = {.arena = arena};
    bool strike = false;
    text_room(&plain, whole->text.runs.text.size);
    for (size_t i = 0; i < whole->count; i++) {
        append_text(whole, whole->line[i].start, whole->line[i].end, &strike, &plain);
        if (i + 1 == whole->count)
            turn_strike(&strike, false, &plain);
        from[i + 1] = plain.size;
    }
    whole->plain_from = from;
    whole->plain = text_slice(&plain);
}

static void list_notes(struct whole *whole)
{
    struct arena *arena = whole->arena;
    const struct run_text *runs = &whole->text.runs;
    size_t *from = ARENA_ARRAY(arena, size_t, whole->count + 1), *note = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < whole->count; i++) {
        const struct set_line *line = &whole->line[i];
        for (const struct text_run *run = run_at(runs, line->start);
             run < runs->run + runs->run_count && run->start < line->end; run++) {
            size_t number = whole->text.span[run->span].note;
            if (number && run->start >= line->start)
                *ARENA_APPEND(arena, note, count, capacity) = number;
        }
        from[i + 1] = count;
    }
    whole->note = note;
    whole->note_from = from;
}

static void list_words(struct whole *whole)
{
    static const char separator[] = "\xE2\x80\xA8";
    struct slice text = whole->text.runs.text;
    bool notes = has_notes(&whole->text);
    if (notes)
        list_notes(whole);
    if (notes || is_struck(&whole->text) || whole->text.runs.mark_count ||
        memmem(text.data, text.size, separator, sizeof separator - 1))
        list_plain(whole);
    else
        whole->plain = text;
}

/* Where the plain text of a line begins; of the one after the last where all ends. */
static size_t plain_start(const struct whole *whole, size_t line)
{
    if (whole->plain_from)
        return whole->plain_from[line];
    return line < whole->count ? whole->line[line].start : whole->plain.size;
}

/* Splitting ---------------------------------------------------------------------- */

static bool paragraph_split(const struct box *box, double height, enum split_rule rule,
                            struct arena *arena, struct box **first, struct box **rest);

static void fill_part(struct box *box, const struct part *part)
{
    const struct whole *whole = part->whole;
    size_t start = plain_start(whole, part->from), end = plain_start(whole, part->to);
    box->content = arena_copy(whole->arena, part, sizeof *part);
    box->height = lines_height(part);
    box->text = (struct slice){whole->plain.data + start, end - start};
    if (!whole->note_from)
        return;
    box->note = whole->note + whole->note_from[part->from];
    box->note_count = whole->note_from[part->to] - whole->note_from[part->from];
}

static size_t lines_that_fit(const struct part *part, double height)
{
    const struct set_line *line = part->whole->line;
    size_t end = part->from;
    double used = end < part->to ? room_above(&line[end]) : 0;
    while (end < part->to && used + line[end].leading <= height + SLACK)
        used += line[end++].leading;
    return end - part->from;
}

static bool paragraph_split(const struct box *box, double height, enum split_rule rule,
                            struct arena *arena, struct box **first, struct box **rest)
{
    const struct part *part = box->content;
    size_t count = part->to - part->from, fit = lines_that_fit(part, height);
    const struct set_line *line = &part->whole->line[part->from];
    while (fit > 1 && fit < count && line[fit - 1].is_divided)
        fit--; /* a word isn't divided between pages */
    if (rule == SPLIT_WELL) {
        if (count >= WIDOW_LINES && fit > count - WIDOW_LINES)
            fit = count - WIDOW_LINES;
        while (fit > 0 && line[fit - 1].is_divided)
            fit--;
        if (fit < ORPHAN_LINES)
            return false;
    }
    if (fit == 0 || fit >= count)
        return false;
    struct part upper = *part, lower = *part;
    upper.to = lower.from = part->from + fit;
    *first = box_part(arena, box, false);
    *rest = box_part(arena, box, true);
    fill_part(*first, &upper);
    fill_part(*rest, &lower);
    return true;
}

struct box *typeset_paragraph(struct typesetter *typesetter,
                              const struct paragraph *paragraph, double width)
{
    struct arena *arena = typesetter_arena(typesetter);
    struct whole *whole = ARENA_NEW(arena, struct whole);
    struct set_lines lines;
    bool right_to_left = typesetter_direction(typesetter) == DIRECTION_RIGHT_TO_LEFT;
    struct box *box = box_new(arena, "paragraph", width, 0);
    struct line_request request = {.text = &whole->text,
                                   .width = box->width,
                                   .first_indent = paragraph->first_indent,
                                   .hanging_indent = paragraph->hanging_indent,
                                   .justify = paragraph->align == ALIGN_JUSTIFY,
                                   .balanced = paragraph->balanced,
                                   .no_lone_word = paragraph->no_lone_word,
                                   .divided = paragraph->divided,
                                   .max_lines = paragraph->max_lines};
    set_text_of(typesetter, paragraph->span, paragraph->span_count, &whole->text);
    set_lines(typesetter, &request, &lines);
    place_lines(&lines, paragraph, &whole->text, box->width, right_to_left);
    whole->line = lines.line;
    whole->count = lines.count;
    whole->arena = arena;
    list_words(whole);
    box->role = ROLE_P;
    box->draws_tags = has_links(&whole->text);
    box->draw = draw_paragraph;
    box->describe = describe_paragraph;
    box->split = paragraph_split;
    box->room_above = lines.count ? room_above(&lines.line[0]) : 0;
    fill_part(box, &(struct part){whole, 0, lines.count});
    if (lines.is_shortened)
        typesetter_note_shortened(typesetter, box->text);
    return box;
}
