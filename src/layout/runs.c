/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dividing text by script. Latin here is everything that isn't Arabic script: its
 * digits too, which Urdu briefs set in the Latin face. */
#include "layout/runs.h"

#include <string.h>

enum {
    LINE_SEPARATOR = 0x2028,
    PARAGRAPH_SEPARATOR = 0x2029,
    REPLACEMENT = 0xFFFD,
    SENTENCE_SPACES = 3,
    MARK_SIZE = 3 /* bytes of an isolate */
};

static const char LEFT_TO_RIGHT_ISOLATE[] = "\xE2\x81\xA6";
static const char RIGHT_TO_LEFT_ISOLATE[] = "\xE2\x81\xA7";
static const char POP_ISOLATE[] = "\xE2\x81\xA9";

enum script { SCRIPT_NEUTRAL, SCRIPT_SPACE, SCRIPT_DIGIT, SCRIPT_LATIN, SCRIPT_ARABIC };

/* Cleaning ----------------------------------------------------------------------- */

static bool is_plain_ascii(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < 0x20 || byte > 0x7E)
            return false;
    }
    return true;
}

static bool is_left_out(uint32_t rune)
{
    return (rune >= 0x202A && rune <= 0x202E) || rune == 0xFEFF || rune == '\r';
}

static void append_clean(struct slice text, struct text *out)
{
    if (is_plain_ascii(text)) {
        text_append(out, text);
        return;
    }
    for (size_t offset = 0; offset < text.size;) {
        uint32_t rune = utf8_next(text, &offset);
        bool is_break =
            rune == '\n' || rune == PARAGRAPH_SEPARATOR || rune == 0x85 ||
            (rune == '\r' && (offset == text.size || text.data[offset] != '\n'));
        if (is_break)
            text_append_rune(out, LINE_SEPARATOR);
        else if (rune == '\t')
            text_append_string(out, "    ");
        else if (is_left_out(rune))
            continue;
        else if (rune < 0x20 || (rune >= 0x7F && rune < 0xA0))
            text_append_rune(out, REPLACEMENT);
        else
            text_append_rune(out, rune);
    }
}

/* Scripts ------------------------------------------------------------------------ */

static bool is_arabic(uint32_t rune)
{
    return (rune >= 0x0600 && rune <= 0x06FF) || (rune >= 0x0750 && rune <= 0x077F) ||
           (rune >= 0x0870 && rune <= 0x08FF) || (rune >= 0xFB50 && rune <= 0xFDFF) ||
           (rune >= 0xFE70 && rune <= 0xFEFE);
}

static bool is_letter(uint32_t rune)
{
    if (rune < 0x80)
        return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
    bool is_sign = rune < 0xC0 || rune == 0xD7 || rune == 0xF7 ||
                   (rune >= 0x2000 && rune <= 0x2BFF) ||
                   (rune >= 0x3000 && rune <= 0x303F) || rune >= 0xFE00;
    return !is_sign;
}

static enum script script_of(uint32_t rune)
{
    if (is_arabic(rune))
        return SCRIPT_ARABIC;
    if (rune >= '0' && rune <= '9')
        return SCRIPT_DIGIT;
    if (rune == ' ' || rune == 0xA0 || rune == LINE_SEPARATOR)
        return SCRIPT_SPACE;
    return is_letter(rune) ? SCRIPT_LATIN : SCRIPT_NEUTRAL;
}

static bool opens(uint32_t rune)
{
    return rune == '(' || rune == '[' || rune == '{' || rune == 0xAB ||
           rune == 0x2018 || rune == 0x201C;
}

static bool closes(uint32_t rune)
{
    return rune == ')' || rune == ']' || rune == '}' || rune == 0xBB ||
           rune == 0x2019 || rune == 0x201D;
}

/* Signs that belong to the number after or before them. */
static bool leads_number(uint32_t rune)
{
    return rune == '-' || rune == '+' || rune == 0x2212 || rune == 0xB1 ||
           rune == '<' || rune == '>' || rune == '$' || rune == 0xA3 ||
           rune == 0x20AC || rune == '#';
}

static bool trails_number(uint32_t rune)
{
    return rune == '%' || rune == '+' || rune == 0xB0 || rune == 0x2030;
}

/* Dividing ----------------------------------------------------------------------- */

/* A code point with the face it goes to: SCRIPT_LATIN or SCRIPT_ARABIC. */
struct letter {
    uint32_t rune;
    size_t offset;
    enum script script, face;
};

struct letters {
    struct letter *item;
    size_t count;
};

static enum script face_of(enum script script)
{
    if (script == SCRIPT_DIGIT)
        return SCRIPT_LATIN;
    return script == SCRIPT_LATIN || script == SCRIPT_ARABIC ? script : SCRIPT_NEUTRAL;
}

/* Signs between two words: with both where they agree; else spaces are Arabic, what
 * follows a space or opens goes with the next word, the rest with the one before. */
static void settle_neutrals(struct letter *letter, size_t count, enum script before,
                            enum script after)
{
    bool after_space = false;
    if (before == SCRIPT_NEUTRAL)
        before = after;
    if (after == SCRIPT_NEUTRAL)
        after = before;
    for (size_t i = 0; i < count; i++) {
        bool is_space = letter[i].script == SCRIPT_SPACE;
        after_space = after_space || is_space;
        if (before == after)
            letter[i].face = before;
        else if (is_space)
            letter[i].face = SCRIPT_ARABIC;
        else
            letter[i].face = after_space || opens(letter[i].rune) ? after : before;
    }
}

static struct letters letters_of(struct slice text, struct arena *arena)
{
    struct letters letters = {ARENA_ARRAY(arena, struct letter, text.size), 0};
    enum script before = SCRIPT_NEUTRAL;
    size_t waiting = 0; /* neutrals just before */
    for (size_t offset = 0; offset < text.size;) {
        struct letter *letter = &letters.item[letters.count++];
        letter->offset = offset;
        letter->rune = utf8_next(text, &offset);
        letter->script = script_of(letter->rune);
        letter->face = face_of(letter->script);
        if (letter->face == SCRIPT_NEUTRAL) {
            waiting++;
            continue;
        }
        settle_neutrals(letter - waiting, waiting, before, letter->face);
        before = letter->face;
        waiting = 0;
    }
    settle_neutrals(letters.item + letters.count - waiting, waiting, before,
                    SCRIPT_NEUTRAL);
    return letters;
}

/* Isolates ----------------------------------------------------------------------- */

/* Brackets opened, less those closed. */
static int open_brackets(const struct letter *item, size_t from, size_t to)
{
    int open = 0;
    for (size_t i = from; i < to; i++)
        open += opens(item[i].rune) - closes(item[i].rune);
    return open;
}

/* A bracket stays with its partner: takes in what is needed at the ends. */
static void match_brackets(const struct letter *item, size_t from, size_t to,
                           size_t *first, size_t *last)
{
    int open = open_brackets(item, *first, *last);
    for (size_t i = *last; open > 0 && i < to; i++) {
        if (closes(item[i].rune) && open--)
            *last = i + 1;
    }
    for (size_t i = *first; open < 0 && i > from; i--) {
        if (opens(item[i - 1].rune) && open++)
            *first = i - 1;
    }
}

/* The straight quote that closes what stands before it, with its stop: 'Stop!"'. Not
 * found: to. */
static size_t closing_quote(const struct letter *item, size_t from, size_t to)
{
    for (size_t i = from; i < to && face_of(item[i].script) == SCRIPT_NEUTRAL &&
                          item[i].script != SCRIPT_SPACE;
         i++) {
        if (item[i].rune == '"')
            return i;
    }
    return to;
}

/* Straight quotes open and close alike: one that has lost its partner takes it in; and a
 * quotation that ends in a stop keeps it with its quotes. */
static void match_quotes(const struct letter *item, size_t from, size_t to,
                         size_t *first, size_t *last)
{
    size_t count = 0, closing = closing_quote(item, *last, to);
    for (size_t i = *first; i < *last; i++)
        count += item[i].rune == '"';
    bool opens_before = *first > from && item[*first - 1].rune == '"';
    bool is_open = count % 2 == 1;
    if (is_open && closing < to)
        *last = closing + 1;
    else if (is_open && opens_before)
        --*first;
    else if (!is_open && opens_before && closing < to && closing > *last) {
        --*first;
        *last = closing + 1;
    }
}

/* A foreign sentence keeps its own stop; after fewer words it ends the text around. */
static bool ends_sentence(const struct letter *item, size_t from, size_t to)
{
    size_t spaces = 0;
    for (size_t i = from; i < to; i++)
        spaces += item[i].script == SCRIPT_SPACE;
    uint32_t stop = item[to].rune;
    return spaces >= SENTENCE_SPACES && (stop == '.' || stop == '!' || stop == '?');
}

/* What of letters from..to, all of one face, is isolated: words and numbers, with
 * their signs but without the brackets and stops around them. */
static bool isolate_of(const struct letters *letters, size_t *from, size_t *to)
{
    const struct letter *item = letters->item;
    size_t first = *from, last = *to;
    bool is_number = true;
    while (first < last && face_of(item[first].script) == SCRIPT_NEUTRAL)
        first++;
    while (last > first && face_of(item[last - 1].script) == SCRIPT_NEUTRAL)
        last--;
    while (first > *from && leads_number(item[first - 1].rune))
        first--;
    while (last < *to && trails_number(item[last].rune))
        last++;
    if (last < *to && ends_sentence(item, first, last))
        last++;
    match_brackets(item, *from, *to, &first, &last);
    match_quotes(item, *from, *to, &first, &last);
    for (size_t i = first; i < last; i++) {
        bool is_digit = item[i].script == SCRIPT_DIGIT;
        is_number =
            is_number && (is_digit || item[i].rune == '.' || item[i].rune == ',');
    }
    *from = first;
    *to = last;
    return first < last && !is_number;
}

/* Apostrophes close nothing. */
static int nesting(uint32_t rune)
{
    return rune == 0x2018 || rune == 0x2019 ? 0 : opens(rune) - closes(rune);
}

/* Where the words end that begin at a letter: before a bracket whose partner stands
 * outside of from..to. In "(BLA اور BLF): 12" the closing one belongs to the Urdu, and
 * the 12 isn't of the words. */
static size_t end_of_words(const struct letters *letters, size_t from, size_t to)
{
    const struct letter *item = letters->item;
    size_t unpaired = to;
    int open = 0;
    for (size_t i = from; i < to; i++) {
        int step = nesting(item[i].rune);
        if (step > 0 && open++ == 0)
            unpaired = i;
        if (step < 0 && open-- == 0)
            return i;
        if (open == 0)
            unpaired = to;
    }
    return unpaired;
}

static bool has_words(const struct letters *letters, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (letters->item[i].script == SCRIPT_LATIN)
            return true;
    }
    return false;
}

/* Where the telephone number ends whose "+" is at a letter: "+92 51 111 222" is one
 * number in at least three groups. No such: from. */
static size_t end_of_telephone(const struct letters *letters, size_t from, size_t to)
{
    enum { GROUPS = 3 };
    const struct letter *item = letters->item;
    size_t groups = 0, end = from;
    if (from >= to || item[from].rune != '+')
        return from;
    for (size_t i = from + 1; i < to && item[i].script == SCRIPT_DIGIT; i++) {
        while (i < to && (item[i].script == SCRIPT_DIGIT || item[i].rune == '-'))
            i++;
        end = i;
        groups++;
        if (i >= to || item[i].script != SCRIPT_SPACE)
            break;
    }
    return groups >= GROUPS ? end : from;
}

/* Where the number ends that begins at a letter: at a space or a bracket. */
static size_t end_of_number(const struct letters *letters, size_t from, size_t to)
{
    const struct letter *item = letters->item;
    size_t end = from + 1, begin = from;
    while (begin < to && item[begin].script == SCRIPT_SPACE)
        begin++;
    size_t telephone = end_of_telephone(letters, begin, to);
    if (telephone > begin)
        return telephone;
    while (end < to && item[end].script != SCRIPT_SPACE && !opens(item[end].rune) &&
           !closes(item[end - 1].rune))
        end++;
    return end;
}

struct mark {
    size_t letter; /* before which it goes */
    const char *bytes;
};

struct marks {
    struct mark *item;
    size_t count, capacity;
};

/* U+2066 to U+2069: an isolate that stood in the text. */
static bool is_isolate(uint32_t rune)
{
    return rune >= 0x2066 && rune <= 0x2069;
}

static void mark_isolate(const struct letters *letters, size_t from, size_t to,
                         const char *open, struct arena *arena, struct marks *marks)
{
    if (!isolate_of(letters, &from, &to))
        return;
    *ARENA_APPEND(arena, marks->item, marks->count, marks->capacity) =
        (struct mark){from, open};
    *ARENA_APPEND(arena, marks->item, marks->count, marks->capacity) =
        (struct mark){to, POP_ISOLATE};
}

/* Letters of one face. Numbers beside each other follow the order of the text around
 * them, unlike words: in "12 (7 to 19)" the "12 (7" is two. */
static void mark_run(const struct letters *letters, size_t from, size_t to,
                     bool right_to_left, struct arena *arena, struct marks *marks)
{
    const char *open = right_to_left ? LEFT_TO_RIGHT_ISOLATE : RIGHT_TO_LEFT_ISOLATE;
    for (size_t i = from, words; i < to; i = words + (words == i)) {
        words = end_of_words(letters, i, to);
        bool whole = !right_to_left || has_words(letters, i, words);
        for (size_t first = i, next; first < words; first = next) {
            next = whole ? words : end_of_number(letters, first, words);
            mark_isolate(letters, first, next, open, arena, marks);
        }
    }
}

/* Isolates around the words of the other script than the base's. */
static struct marks marks_of(const struct letters *letters, bool right_to_left,
                             struct arena *arena)
{
    struct marks marks = {0};
    enum script other = right_to_left ? SCRIPT_LATIN : SCRIPT_ARABIC;
    for (size_t i = 0, end; i < letters->count; i = end) {
        end = i + 1;
        if (letters->item[i].face != other || is_isolate(letters->item[i].rune))
            continue;
        while (end < letters->count && letters->item[end].face == other &&
               !is_isolate(letters->item[end].rune))
            end++;
        mark_run(letters, i, end, right_to_left, arena, &marks);
    }
    return marks;
}

/* Runs --------------------------------------------------------------------------- */

struct builder {
    struct arena *arena;
    struct text text;
    struct text_run *run;
    size_t run_count, run_capacity;
    size_t *mark;
    size_t mark_count, mark_capacity;
};

static void extend_run(struct builder *builder, size_t span, bool arabic, size_t start)
{
    struct text_run *last =
        builder->run_count ? &builder->run[builder->run_count - 1] : NULL;
    if (!last || last->span != span || last->is_arabic != arabic) {
        last = ARENA_APPEND(builder->arena, builder->run, builder->run_count,
                            builder->run_capacity);
        *last = (struct text_run){.start = start, .span = span, .is_arabic = arabic};
    }
    last->end = builder->text.size;
}

static void put_mark(struct builder *builder, const char *bytes)
{
    *ARENA_APPEND(builder->arena, builder->mark, builder->mark_count,
                  builder->mark_capacity) = builder->text.size;
    text_append(&builder->text, (struct slice){bytes, MARK_SIZE});
}

/* span_end[i] is where span i ends in plain. */
static void build_mixed(struct builder *builder, struct slice plain,
                        const struct letters *letters, const struct marks *marks,
                        const size_t *span_end)
{
    size_t span = 0, mark = 0;
    for (size_t i = 0; i <= letters->count; i++) {
        size_t start = builder->text.size;
        bool is_closed = mark < marks->count && marks->item[mark].letter == i &&
                         marks->item[mark].bytes == POP_ISOLATE;
        if (is_closed) {
            put_mark(builder, marks->item[mark++].bytes);
            builder->run[builder->run_count - 1].end = start = builder->text.size;
        }
        if (i == letters->count)
            return;
        for (; mark < marks->count && marks->item[mark].letter == i; mark++)
            put_mark(builder, marks->item[mark].bytes);
        const struct letter *letter = &letters->item[i];
        size_t next = i + 1 < letters->count ? letters->item[i + 1].offset : plain.size;
        while (span_end[span] <= letter->offset)
            span++;
        text_append(&builder->text,
                    (struct slice){plain.data + letter->offset, next - letter->offset});
        extend_run(builder, span, letter->face == SCRIPT_ARABIC, start);
    }
}

static void build_plain(struct builder *builder, const size_t *span_end, size_t count)
{
    size_t start = 0;
    builder->run = ARENA_ARRAY(builder->arena, struct text_run, count);
    for (size_t i = 0; i < count; start = span_end[i++]) {
        if (span_end[i] > start)
            builder->run[builder->run_count++] =
                (struct text_run){.start = start, .end = span_end[i], .span = i};
    }
}

/* Arabic letters begin with these lead bytes and no other letters with the first. */
static bool may_be_arabic(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if ((byte >= 0xD8 && byte <= 0xDD) || byte == 0xE0 || byte == 0xEF)
            return true;
    }
    return false;
}

/* A run of digits and signs without a letter. */
static void find_figures(struct builder *builder)
{
    for (size_t i = 0; i < builder->run_count; i++) {
        struct text_run *run = &builder->run[i];
        struct slice own = {builder->text.data + run->start, run->end - run->start};
        run->is_figures = !run->is_arabic;
        for (size_t at = 0; run->is_figures && at < own.size;)
            run->is_figures = !is_letter(utf8_next(own, &at));
    }
}

static struct text join_spans(const struct span *span, size_t count, size_t *span_end,
                              struct arena *arena)
{
    struct text plain = {.arena = arena};
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += span[i].text.size;
    text_room(&plain, size);
    for (size_t i = 0; i < count; i++) {
        append_clean(span[i].text, &plain);
        span_end[i] = plain.size;
    }
    return plain;
}

static void count_scripts(const struct letters *letters, struct run_text *out)
{
    for (size_t i = 0; i < letters->count; i++) {
        out->has_arabic = out->has_arabic || letters->item[i].script == SCRIPT_ARABIC;
        out->has_latin = out->has_latin || letters->item[i].script == SCRIPT_LATIN;
    }
}

void runs_of(const struct span *span, size_t span_count, enum text_direction direction,
             struct arena *arena, struct run_text *out)
{
    struct builder builder = {.arena = arena, .text = {.arena = arena}};
    size_t *span_end = ARENA_ARRAY(arena, size_t, span_count);
    struct text plain = join_spans(span, span_count, span_end, arena);
    *out = (struct run_text){.has_latin = true};
    struct letters letters = {0};
    if (may_be_arabic(text_slice(&plain))) {
        letters = letters_of(text_slice(&plain), arena);
        out->has_latin = false;
        count_scripts(&letters, out);
    }
    if (out->has_arabic) {
        out->right_to_left = direction == DIRECTION_RIGHT_TO_LEFT || !out->has_latin;
        struct marks marks = marks_of(&letters, out->right_to_left, arena);
        build_mixed(&builder, text_slice(&plain), &letters, &marks, span_end);
        if (out->right_to_left)
            find_figures(&builder);
    } else {
        builder.text = plain;
        build_plain(&builder, span_end, span_count);
    }
    out->text = text_slice(&builder.text);
    out->run = builder.run;
    out->run_count = builder.run_count;
    out->mark = builder.mark;
    out->mark_count = builder.mark_count;
}

const struct text_run *run_at(const struct run_text *text, size_t offset)
{
    size_t low = 0, high = text->run_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->run[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    return &text->run[low];
}

static size_t first_mark(const struct run_text *text, size_t from)
{
    size_t low = 0, high = text->mark_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->mark[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct slice runs_plain(const struct run_text *text, size_t from, size_t to,
                        struct arena *arena)
{
    struct text out = {.arena = arena};
    for (size_t i = first_mark(text, from); i < text->mark_count; i++) {
        size_t mark = text->mark[i];
        if (mark >= to)
            break;
        text_append(&out, (struct slice){text->text.data + from, mark - from});
        from = mark + MARK_SIZE;
    }
    if (out.size == 0)
        return (struct slice){text->text.data + from, to - from};
    text_append(&out, (struct slice){text->text.data + from, to - from});
    return text_slice(&out);
}
