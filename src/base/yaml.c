/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to libfyaml: its events become our tree, its complaints our diagnostics.
 * Events are read with a stack of our own, so that depth is ours to bound. A plain
 * document's parts are read the same way, without libfyaml. */
#include "base/yaml.h"

#include "base/complaint.h"
#include "base/forgive.h"
#include "base/suspect.h"
#include "base/yaml_bytes.h"
#include "base/yaml_plain.h"

#include <libfyaml.h>

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64, MOST_NODES = 1000000, FEW_KEYS = 8, MOST_DUPLICATES = 20 };

static const size_t largest_source = 16 << 20;

/* A collection that is still open; its nodes wait in parsing->pending from first on,
 * those of a mapping as key, value, key, value. */
struct level {
    struct yaml node;
    size_t first;
};

struct parsing {
    const char *file;
    int first_line;
    char letter;
    struct arena *arena;
    struct diags *diags;
    struct forgiveness forgiveness;
    struct arena *scratch;
    size_t next_forgiven;
    size_t at; /* places are asked for in order: offset, line and column so far */
    int line, column;
    struct place last;
    int last_width;
    struct level level[DEEPEST + 1]; /* 0 is the document */
    int depth;
    struct yaml *pending;
    size_t pending_count, pending_capacity;
    size_t node_count, document_count, duplicate_count;
    bool has_failed, must_stop;
};

/* Places --------------------------------------------------------------------------- */

/* Back within the line, as quoted keys need, or from the start again. */
static void step_back(struct parsing *parsing, size_t offset)
{
    const char *data = parsing->forgiveness.text.data;
    while (parsing->at > offset && parsing->column > 1) {
        do
            parsing->at--;
        while (parsing->at > offset && (data[parsing->at] & 0xC0) == 0x80);
        parsing->column--;
    }
    if (parsing->at > offset) {
        parsing->at = 0;
        parsing->line = parsing->column = 1;
    }
}

static struct place place_of(struct parsing *parsing, size_t offset)
{
    struct slice text = parsing->forgiveness.text;
    step_back(parsing, offset);
    for (; parsing->at < offset && parsing->at < text.size; parsing->at++) {
        size_t at = parsing->at;
        char c = text.data[at];
        bool is_break =
            c == '\n' ||
            (c == '\r' && (at + 1 == text.size || text.data[at + 1] != '\n'));
        bool is_inside = (c & 0xC0) == 0x80; /* of a character */
        parsing->column = is_break ? 1 : parsing->column + !is_inside;
        parsing->line += is_break;
    }
    return (struct place){parsing->file, parsing->first_line + parsing->line - 1,
                          parsing->column};
}

/* Diagnostics ---------------------------------------------------------------------- */

static struct diag *report(struct parsing *parsing, struct place at, int number,
                           const char *message)
{
    parsing->has_failed = true;
    const char *code =
        arena_print(diags_arena(parsing->diags), "%c%03d", parsing->letter, number);
    return diags_error(parsing->diags, at, code, "%s", message);
}

static struct diag *refuse(struct parsing *parsing, struct place at, int number,
                           const char *message, const char *hint)
{
    struct diag *diag = report(parsing, at, number, message);
    parsing->must_stop = true;
    if (hint)
        diag_hint(parsing->diags, diag, "%s", hint);
    return diag;
}

static void complain(struct parsing *parsing, const struct fy_diag_error *error)
{
    struct place at = {parsing->file, parsing->first_line, 1};
    if (error && error->line > 0) {
        at.line += error->line - 1;
        at.column = error->column > 0 ? error->column : 1;
    }
    struct suspect suspect;
    if (error && yaml_suspect(parsing->forgiveness.text, error->line, parsing->arena,
                              &suspect)) {
        at.line = parsing->first_line + suspect.line - 1;
        at.column = suspect.column;
        refuse(parsing, at, 10, suspect.message, suspect.hint)->width = suspect.width;
        return;
    }
    struct complaint complaint = yaml_explain(error ? error->msg : NULL);
    refuse(parsing, at, 10, complaint.message, complaint.hint);
}

static void report_unclosed(struct parsing *parsing)
{
    size_t at = parsing->forgiveness.unclosed;
    char c = parsing->forgiveness.text.data[at];
    const char *message = c == '[' || c == '{'
                              ? "the bracket that opens here is never closed"
                              : "the quotation that opens here is never closed";
    refuse(parsing, place_of(parsing, at), 10, message,
           yaml_closing_cure(parsing->forgiveness.text, at));
}

static void report_failure(struct parsing *parsing, struct fy_diag *collected)
{
    if (parsing->must_stop)
        return;
    if (parsing->forgiveness.unclosed < parsing->forgiveness.text.size) {
        report_unclosed(parsing);
        return;
    }
    void *previous = NULL;
    complain(parsing, fy_diag_errors_iterate(collected, &previous));
}

/* Nodes ---------------------------------------------------------------------------- */

static void check_pair(struct parsing *parsing, const struct yaml *first,
                       const struct yaml *again)
{
    if (!slice_equal(first->text, again->text))
        return;
    if (++parsing->duplicate_count > MOST_DUPLICATES) {
        parsing->must_stop = true;
        return;
    }
    struct diag *diag =
        report(parsing, again->at, 12,
               arena_print(parsing->arena, "the key \"%.*s\" is given twice",
                           SLICE_PRINT(again->text)));
    diag->width = again->width;
    diag_hint(parsing->diags, diag, "it is first given in line %d", first->at.line);
}

static void check_duplicates(struct parsing *parsing, const struct yaml *key,
                             size_t count)
{
    if (count <= FEW_KEYS) {
        for (size_t i = 0; i < count; i++) {
            for (size_t j = 0; j < i; j++)
                check_pair(parsing, &key[j], &key[i]);
        }
        return;
    }
    struct arena *scratch = arena_new();
    size_t slots = 2 * count;
    size_t *slot = ARENA_ARRAY(scratch, size_t, slots); /* index + 1 */
    for (size_t i = 0; i < count; i++) {
        size_t at = slice_hash(key[i].text) % slots;
        while (slot[at] && !slice_equal(key[slot[at] - 1].text, key[i].text))
            at = (at + 1) % slots;
        if (slot[at])
            check_pair(parsing, &key[slot[at] - 1], &key[i]);
        else
            slot[at] = i + 1;
    }
    arena_free(scratch);
}

static bool is_key_due(const struct parsing *parsing)
{
    const struct level *level = &parsing->level[parsing->depth];
    return level->node.kind == YAML_MAPPING &&
           (parsing->pending_count - level->first) % 2 == 0;
}

static void append_node(struct parsing *parsing, struct yaml node)
{
    bool is_key = is_key_due(parsing);
    if (++parsing->node_count > MOST_NODES)
        refuse(parsing, node.at, 16, "there are more than 1,000,000 values",
               "large tables belong in a CSV file");
    else if (is_key && node.kind != YAML_SCALAR)
        refuse(parsing, node.at, 18, "a key must be text, not a list or a mapping",
               "put a value that begins with \"{{\" in quotes");
    else if (is_key && !node.text.size && !node.quoted)
        refuse(parsing, parsing->last, 18, "a value has no key before its \":\"", NULL);
    else
        *ARENA_APPEND(parsing->scratch, parsing->pending, parsing->pending_count,
                      parsing->pending_capacity) = node;
}

static void open_level(struct parsing *parsing, enum yaml_kind kind, struct place at)
{
    if (parsing->depth == DEEPEST) {
        refuse(parsing, at, 16, "lists and mappings are nested more than 64 deep",
               NULL);
        return;
    }
    parsing->level[++parsing->depth] =
        (struct level){{.kind = kind, .at = at, .width = 1}, parsing->pending_count};
}

static void close_sequence(struct parsing *parsing, const struct yaml *pending,
                           struct yaml *node)
{
    node->item = arena_copy(parsing->arena, pending, node->count * sizeof *pending);
}

static void close_mapping(struct parsing *parsing, const struct yaml *pending,
                          struct yaml *node)
{
    node->count /= 2;
    struct yaml *key = ARENA_ARRAY(parsing->arena, struct yaml, node->count);
    struct yaml *item = ARENA_ARRAY(parsing->arena, struct yaml, node->count);
    for (size_t i = 0; i < node->count; i++) {
        key[i] = pending[2 * i];
        item[i] = pending[2 * i + 1];
    }
    node->key = key;
    node->item = item;
    /* libfyaml marks a quoted first key behind its quote. */
    if (node->count && key[0].at.line == node->at.line &&
        key[0].at.column < node->at.column)
        node->at = key[0].at;
    check_duplicates(parsing, key, node->count);
}

static void close_level(struct parsing *parsing)
{
    const struct level *level = &parsing->level[parsing->depth--];
    struct yaml node = level->node;
    const struct yaml *pending =
        parsing->pending ? parsing->pending + level->first : NULL;
    node.count = parsing->pending_count - level->first;
    if (node.count && node.kind == YAML_MAPPING)
        close_mapping(parsing, pending, &node);
    else if (node.count)
        close_sequence(parsing, pending, &node);
    parsing->pending_count = level->first;
    append_node(parsing, node);
}

/* Scalars -------------------------------------------------------------------------- */

static bool take_forgiven(struct parsing *parsing, size_t offset, struct yaml *scalar)
{
    const struct forgiveness *forgiveness = &parsing->forgiveness;
    while (parsing->next_forgiven < forgiveness->count &&
           forgiveness->value[parsing->next_forgiven].at < offset)
        parsing->next_forgiven++;
    if (parsing->next_forgiven == forgiveness->count ||
        forgiveness->value[parsing->next_forgiven].at != offset)
        return false;
    scalar->text = forgiveness->value[parsing->next_forgiven].value;
    scalar->text = slice_copy(parsing->arena, scalar->text);
    scalar->width = (int)utf8_length(scalar->text);
    return true;
}

static bool is_one_line(struct slice a)
{
    return !memchr(a.data, '\n', a.size) && !memchr(a.data, '\r', a.size);
}

static int width_between(struct slice text, size_t start, size_t end)
{
    if (end > text.size)
        end = text.size;
    if (start >= end)
        return 1;
    struct slice a = {text.data + start, end - start};
    return is_one_line(a) ? (int)utf8_length(a) : 1;
}

static struct slice read_text(struct parsing *parsing, struct fy_token *token,
                              enum fy_scalar_style style)
{
    const struct fy_mark *start = fy_token_start_mark(token);
    const struct fy_mark *end = fy_token_end_mark(token);
    if (start && end && start->input_pos <= end->input_pos &&
        end->input_pos <= parsing->forgiveness.text.size) {
        struct slice raw = {parsing->forgiveness.text.data + start->input_pos,
                            end->input_pos - start->input_pos};
        if (style == FYSS_SINGLE_QUOTED)
            return yaml_unquote(raw, parsing->arena);
        if (style == FYSS_PLAIN && is_one_line(raw)) /* it says what it shows */
            return slice_copy(parsing->arena, raw);
    }
    size_t size = 0;
    const char *bytes = fy_token_get_text(token, &size);
    return slice_copy(parsing->arena, (struct slice){bytes, bytes ? size : 0});
}

/* libfyaml marks the inside of quotes, and of a block the start of its first line;
 * we mark the opening quote and the first word. */
static size_t find_start(struct slice text, size_t marked, enum fy_scalar_style style)
{
    if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED)
        return marked - (marked > 0);
    if (style == FYSS_PLAIN)
        return marked;
    while (marked < text.size && strchr(" \t\r\n", text.data[marked]))
        marked++;
    return marked;
}

static void read_scalar(struct parsing *parsing, struct fy_token *token)
{
    const struct fy_mark *start = fy_token_start_mark(token);
    const struct fy_mark *end = fy_token_end_mark(token);
    enum fy_scalar_style style = fy_token_scalar_style(token);
    struct yaml scalar = {.kind = YAML_SCALAR, .quoted = style != FYSS_PLAIN};
    scalar.at = parsing->last;
    scalar.width = parsing->last_width;
    bool is_left_empty =
        !start || !end || (!scalar.quoted && start->input_pos == end->input_pos);
    if (!is_left_empty) {
        struct slice text = parsing->forgiveness.text;
        size_t from = find_start(text, start->input_pos, style);
        bool is_block = style == FYSS_LITERAL || style == FYSS_FOLDED;
        bool has_quotes = scalar.quoted && !is_block;
        scalar.at = place_of(parsing, from);
        scalar.width =
            is_block ? 1 : width_between(text, from, end->input_pos + has_quotes);
        if (take_forgiven(parsing, from, &scalar))
            scalar.quoted = false;
        else
            scalar.text = read_text(parsing, token, style);
        parsing->last = scalar.at;
        parsing->last_width = scalar.width;
    }
    append_node(parsing, scalar);
}

/* Events --------------------------------------------------------------------------- */

static struct place place_of_mark(struct parsing *parsing, const struct fy_mark *mark)
{
    return mark ? place_of(parsing, mark->input_pos) : parsing->last;
}

/* Before the name of an anchor or alias stands its sign. */
static struct place place_of_sign(struct parsing *parsing, struct fy_token *token)
{
    struct place at = place_of_mark(parsing, fy_token_start_mark(token));
    at.column -= at.column > 1;
    return at;
}

static void refuse_extras(struct parsing *parsing, struct fy_token *anchor,
                          struct fy_token *tag)
{
    if (anchor)
        refuse(parsing, place_of_sign(parsing, anchor), 13,
               "anchors and aliases (\"&\", \"*\") aren't read here",
               QUOTE_IT " if it is text, else write it out");
    if (tag)
        refuse(parsing, place_of_mark(parsing, fy_token_start_mark(tag)), 14,
               "tags (\"!\") aren't read here", QUOTE_IT " if it is text");
}

static void begin_document(struct parsing *parsing, const struct fy_event *event)
{
    struct place at = {parsing->file, parsing->first_line, 1};
    struct fy_document_state *state = event->document_start.document_state;
    struct fy_token *token = event->document_start.document_start;
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    if (mark)
        at = place_of(parsing, mark->input_pos);
    if (++parsing->document_count > 1)
        refuse(parsing, at, 15, "a second YAML document begins here",
               "take the \"---\" or \"...\" line out");
    else if (fy_document_state_version_explicit(state) ||
             fy_document_state_tags_explicit(state))
        refuse(parsing, at, 15, "directives (\"%\") aren't read here",
               "take the \"%\" line out");
}

static void read_event(struct parsing *parsing, struct fy_event *event)
{
    switch (event->type) {
    case FYET_DOCUMENT_START: begin_document(parsing, event); break;
    case FYET_MAPPING_START:
        refuse_extras(parsing, event->mapping_start.anchor, event->mapping_start.tag);
        open_level(parsing, YAML_MAPPING,
                   place_of_mark(parsing, fy_event_start_mark(event)));
        break;
    case FYET_SEQUENCE_START:
        refuse_extras(parsing, event->sequence_start.anchor, event->sequence_start.tag);
        open_level(parsing, YAML_SEQUENCE,
                   place_of_mark(parsing, fy_event_start_mark(event)));
        break;
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END: close_level(parsing); break;
    case FYET_SCALAR:
        refuse_extras(parsing, event->scalar.anchor, event->scalar.tag);
        read_scalar(parsing, event->scalar.value);
        break;
    case FYET_ALIAS: refuse_extras(parsing, event->alias.anchor, NULL); break;
    default: break;
    }
}

static void swallow(struct fy_diag *diag, void *user, const char *bytes, size_t size)
{
    (void)diag, (void)user, (void)bytes, (void)size;
}

static void read_events(struct parsing *parsing)
{
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    quiet.output_fn = swallow;
    struct fy_diag *collected = fy_diag_create(&quiet);
    if (!collected)
        abort();
    fy_diag_set_collect_errors(collected, true);
    struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 |
                                           FYPCF_JSON_NONE |
                                           FYPCF_SLOPPY_FLOW_INDENTATION,
                                  .diag = collected};
    struct fy_parser *parser = fy_parser_create(&config);
    if (!parser)
        abort();
    struct slice text = parsing->forgiveness.text;
    struct fy_event *event = NULL;
    if (fy_parser_set_string(parser, text.data, text.size) == 0) {
        while (!parsing->must_stop && (event = fy_parser_parse(parser))) {
            read_event(parsing, event);
            fy_parser_event_free(parser, event);
        }
    }
    if (fy_parser_get_stream_error(parser))
        report_failure(parsing, collected);
    fy_parser_destroy(parser);
    fy_diag_destroy(collected);
}

/* Plain documents ------------------------------------------------------------------ */

static void read_plain_scalar(struct parsing *parsing, const struct yaml_part *part)
{
    struct slice text = parsing->forgiveness.text;
    struct yaml scalar = {.kind = YAML_SCALAR, .quoted = part->quoted};
    if (part->quoted || part->end > part->start) {
        size_t from = part->start - part->quoted, to = part->end + part->quoted;
        parsing->last = place_of(parsing, from);
        parsing->last_width = width_between(text, from, to);
        scalar.text =
            slice_copy(parsing->arena, (struct slice){text.data + part->start,
                                                      part->end - part->start});
    }
    scalar.at = parsing->last;
    scalar.width = parsing->last_width;
    append_node(parsing, scalar);
}

static void read_parts(struct parsing *parsing, const struct yaml_part *part,
                       size_t count)
{
    for (size_t i = 0; i < count && !parsing->must_stop; i++) {
        switch (part[i].kind) {
        case PART_MAPPING:
            open_level(parsing, YAML_MAPPING, place_of(parsing, part[i].start));
            break;
        case PART_SEQUENCE:
            open_level(parsing, YAML_SEQUENCE, place_of(parsing, part[i].start));
            break;
        case PART_END: close_level(parsing); break;
        case PART_SCALAR: read_plain_scalar(parsing, &part[i]); break;
        }
    }
}

/* The whole ------------------------------------------------------------------------ */

static bool check_bytes(struct parsing *parsing, struct slice source)
{
    size_t bad = 0;
    if (source.size > largest_source) {
        refuse(parsing, (struct place){parsing->file, 0, 0}, 16,
               "there are more than 16 MiB of YAML",
               "large tables belong in a CSV file");
    } else if (!utf8_is_valid(source, &bad)) {
        const char *message = arena_print(parsing->arena, "the byte 0x%02x isn't UTF-8",
                                          (unsigned char)source.data[bad]);
        refuse(parsing, place_of(parsing, bad), 17, message, "save the file as UTF-8");
    } else if ((bad = yaml_find_control(source)) < source.size) {
        const char *message = arena_print(parsing->arena, "a control character, 0x%02x",
                                          (unsigned char)source.data[bad]);
        refuse(parsing, place_of(parsing, bad), 17, message, "delete it");
    } else if ((bad = yaml_find_blank_run(source)) < source.size) {
        refuse(parsing, place_of(parsing, bad), 16,
               "more than 200 blank lines in a row", "delete some");
    }
    return !parsing->has_failed;
}

static bool check_lines(struct parsing *parsing)
{
    const struct forgiveness *forgiveness = &parsing->forgiveness;
    if (forgiveness->trouble == FORGIVE_TAB)
        refuse(parsing, place_of(parsing, forgiveness->trouble_at), 11,
               "a tab is used as indentation", "indent with spaces");
    if (forgiveness->trouble == FORGIVE_DEEP)
        refuse(parsing, place_of(parsing, forgiveness->trouble_at), 16,
               "brackets are nested more than 64 deep", NULL);
    return !parsing->has_failed;
}

static const struct yaml *take_root(struct parsing *parsing)
{
    const struct yaml *root = parsing->pending;
    if (parsing->pending_count && (root->kind != YAML_SCALAR || yaml_length(root)))
        return arena_copy(parsing->arena, root, sizeof *root);
    struct yaml *empty = ARENA_NEW(parsing->arena, struct yaml);
    empty->kind = YAML_MAPPING;
    empty->at = (struct place){parsing->file, parsing->first_line, 1};
    empty->width = 1;
    return empty;
}

static void read_document(struct parsing *parsing, bool by_library)
{
    struct yaml_part *part;
    size_t count;
    struct slice source = parsing->forgiveness.text;
    if (!by_library && yaml_scan_plain(source, parsing->scratch, &part, &count)) {
        read_parts(parsing, part, count);
        return;
    }
    yaml_forgive(source, DEEPEST, parsing->scratch, &parsing->forgiveness);
    if (check_lines(parsing) && parsing->forgiveness.text.size)
        read_events(parsing);
}

static bool parse(struct parsing *parsing, struct slice source, bool by_library,
                  const struct yaml **out)
{
    parsing->scratch = arena_new();
    parsing->column = 1;
    parsing->last = (struct place){parsing->file, parsing->first_line, 1};
    parsing->last_width = 1;
    parsing->level[0].node.kind = YAML_SEQUENCE;
    if (slice_starts_with(source, "\xEF\xBB\xBF"))
        source = slice_from(source, 3);
    parsing->forgiveness.text = source;
    if (check_bytes(parsing, source))
        read_document(parsing, by_library);
    bool ok = !parsing->has_failed;
    *out = ok ? take_root(parsing) : NULL;
    arena_free(parsing->scratch);
    return ok;
}

bool yaml_parse(struct slice source, const char *file, int first_line, char letter,
                struct arena *arena, const struct yaml **out, struct diags *diags)
{
    struct parsing parsing = {file, first_line, letter, arena, diags, .line = 1};
    return parse(&parsing, source, false, out);
}

bool yaml_parse_by_library(struct slice source, const char *file, int first_line,
                           char letter, struct arena *arena, const struct yaml **out,
                           struct diags *diags)
{
    struct parsing parsing = {file, first_line, letter, arena, diags, .line = 1};
    return parse(&parsing, source, true, out);
}
