/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words behind `:::`. */
#include "template/tree.h"

#include <string.h>

struct structure_word {
    const char *words;
    enum structure_kind kind;
    enum node_kind node;
};

static const struct structure_word structure_words[] = {
    {"columns", STRUCTURE_OPEN, NODE_COLUMNS},
    {"row", STRUCTURE_OPEN, NODE_ROW},
    {"each", STRUCTURE_OPEN, NODE_EACH},
    {"note", STRUCTURE_OPEN, NODE_CALLOUT},
    {"together", STRUCTURE_OPEN, NODE_TOGETHER},
    {"landscape", STRUCTURE_OPEN, NODE_LANDSCAPE},
    {"only", STRUCTURE_OPEN, NODE_ONLY},
    {"page break", STRUCTURE_LEAF, NODE_PAGE_BREAK},
    {"contents", STRUCTURE_LEAF, NODE_CONTENTS},
    {"next column", STRUCTURE_NEXT, NODE_COLUMNS},
    {"next", STRUCTURE_NEXT, NODE_ROW},
    {"otherwise", STRUCTURE_OTHERWISE, NODE_EACH},
    {"end columns", STRUCTURE_END, NODE_COLUMNS},
    {"end row", STRUCTURE_END, NODE_ROW},
    {"end each", STRUCTURE_END, NODE_EACH},
    {"end note", STRUCTURE_END, NODE_CALLOUT},
    {"end together", STRUCTURE_END, NODE_TOGETHER},
    {"end landscape", STRUCTURE_END, NODE_LANDSCAPE},
    {"end only", STRUCTURE_END, NODE_ONLY},
    {"end", STRUCTURE_END, NODE_COLUMNS},
};
enum { WORD_COUNT = sizeof structure_words / sizeof *structure_words };

enum { MOST_COLUMNS = 6, GRID = 12 };

const char *structure_name(enum node_kind node)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (structure_words[i].node == node)
            return structure_words[i].words;
    }
    return "if";
}

static struct slice cut_word(struct slice *rest)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] != ' ' && rest->data[size] != '\t')
        size++;
    struct slice word = {rest->data, size};
    *rest = slice_trim(slice_from(*rest, size));
    return word;
}

/* True when text begins with the words, however they are spaced. */
static bool takes_words(struct slice text, const char *words, struct slice *rest)
{
    struct slice wanted = slice_of(words), want;
    while (slice_cut(&wanted, ' ', &want)) {
        struct slice word = cut_word(&text);
        if (word.size != want.size || strncasecmp(word.data, want.data, want.size) != 0)
            return false;
    }
    *rest = text;
    return true;
}

/* `end` and `next` alone fit whatever is open. */
static bool has_node(const struct structure_word *word)
{
    return strchr(word->words, ' ') || word->kind == STRUCTURE_OTHERWISE;
}

static int columns_to(const struct mark *mark, struct slice rest)
{
    return rest.size ? (int)utf8_length((struct slice){
                           mark->text.data, (size_t)(rest.data - mark->text.data)})
                     : 0;
}

/* What other programs call it. */
static const char *const other_words[][2] = {
    {"for", "each"},
    {"foreach", "each"},
    {"loop", "each"},
    {"break", "page break"},
    {"newpage", "page break"},
    {"new", "page break"},
    {"pagebreak", "page break"},
    {"toc", "contents"},
    {"callout", "note"},
    {"box", "note"},
    {"warning", "note"},
    {"grid", "row"},
    {"else", "otherwise"},
    {"keep", "together"},
    {"language", "only"},
};

const char structure_words_hint[] =
    "there are columns, row, each, note, together, landscape, only, page break and "
    "contents";

/* Reports the word and goes on as if the nearest one were written, so that its end
 * isn't reported too. */
static struct structure unknown_word(const struct tree *tree, const struct mark *mark)
{
    struct slice name[WORD_COUNT], rest = mark->text;
    struct structure found = {.kind = STRUCTURE_WRONG};
    for (size_t i = 0; i < WORD_COUNT; i++)
        name[i] = slice_of(structure_words[i].words);
    struct slice word = cut_word(&rest);
    if (!word.size) { /* told where it is known what it should end */
        found.kind = STRUCTURE_END;
        return found;
    }
    if (slice_is(word, "end") || slice_is(word, "next") || slice_is(word, "page"))
        word = mark->text;
    struct diag *diag = diags_error(tree->diags, mark->text_at, "M050",
                                    "unknown structure \"%.*s\"", SLICE_PRINT(word));
    diag->width = (int)utf8_length(word);
    int nearest = text_nearest(word, name, WORD_COUNT);
    for (size_t i = 0; i < sizeof other_words / sizeof *other_words; i++) {
        for (int j = 0; j < (int)WORD_COUNT && slice_is(word, other_words[i][0]); j++)
            nearest = slice_is(name[j], other_words[i][1]) ? j : nearest;
    }
    if (nearest < 0) {
        diag_hint(tree->diags, diag, "%s", structure_words_hint);
        return found;
    }
    diag_hint(tree->diags, diag, "did you mean \"%.*s\"?", SLICE_PRINT(name[nearest]));
    const struct structure_word *meant = &structure_words[nearest];
    found.kind = meant->kind;
    found.node = meant->node;
    found.has_node = has_node(meant);
    if (found.kind == STRUCTURE_OPEN) {
        found.rest = rest;
        found.slip = word;
    }
    found.rest_at = mark->text_at;
    found.rest_at.column += columns_to(mark, found.rest);
    return found;
}

static struct diag *wrong(const struct tree *tree, const struct structure *structure,
                          const char *code, const char *message)
{
    struct diag *diag = diags_error(tree->diags, structure->rest_at, code, message,
                                    SLICE_PRINT(structure->rest));
    if (structure->rest.size)
        diag->width = (int)utf8_length(structure->rest);
    return diag;
}

/* `::: contents 3`, `::: end columns 2`, but not `::: next colum`. */
static void says_nothing(const struct tree *tree, const struct structure *structure)
{
    struct diag *diag = wrong(tree, structure, "M056", "\"%.*s\" says nothing here");
    diag_hint(tree->diags, diag, "take it out");
}

struct structure structure_parse(const struct tree *tree, const struct mark *mark)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct structure_word *word = &structure_words[i];
        struct structure found = {.kind = word->kind, .node = word->node};
        if (!takes_words(mark->text, word->words, &found.rest))
            continue;
        found.has_node = has_node(word);
        found.rest_at = mark->text_at;
        found.rest_at.column += columns_to(mark, found.rest);
        if (found.kind == STRUCTURE_OPEN || !found.rest.size)
            return found;
        if (!has_node(word) && found.kind != STRUCTURE_LEAF)
            break;
        says_nothing(tree, &found);
        return found;
    }
    return unknown_word(tree, mark);
}

/* What an opening line says --------------------------------------------------------- */

static bool read_whole(struct slice text, size_t *out)
{
    double number;
    text = slice_trim(text);
    if (!number_parse(text, &number) || number < 0 || number > 1e6 ||
        number != (double)(size_t)number)
        return false;
    *out = (size_t)number;
    return true;
}

static void open_columns(const struct tree *tree, const struct structure *structure,
                         struct node *node)
{
    if (!structure->rest.size ||
        (read_whole(structure->rest, &node->part_count) && node->part_count > 1 &&
         node->part_count <= MOST_COLUMNS))
        return;
    struct diag *diag =
        wrong(tree, structure, "M051", "\"%.*s\" is no number of columns from 2 to 6");
    diag_hint(tree->diags, diag, "as in ::: columns 3");
    node->part_count = 0;
}

/* "8-4", "8, 4", "8/4": the numbers are right and what joins them isn't. */
static const char *spans_meant(struct slice typed, struct arena *arena)
{
    struct text out = {.arena = arena};
    int sum = 0;
    for (size_t i = 0; i < typed.size;) {
        int number = 0;
        while (i < typed.size && typed.data[i] >= '0' && typed.data[i] <= '9' &&
               number < 100)
            number = number * 10 + (typed.data[i++] - '0');
        if (number)
            text_print(&out, "%s%d", sum ? "+" : "", number);
        else
            i++;
        sum += number;
    }
    return sum == GRID ? slice_c_string(arena, text_slice(&out)) : NULL;
}

static void open_row(const struct tree *tree, const struct structure *structure,
                     struct node *node)
{
    int *span = ARENA_ARRAY(tree->arena, int, GRID);
    struct slice rest = structure->rest, part;
    size_t count = 0, sum = 0, one = 0;
    bool ok = rest.size > 0;
    while (ok && slice_cut(&rest, '+', &part)) {
        ok = count < GRID && read_whole(part, &one) && one > 0 && one <= GRID;
        if (ok)
            span[count++] = (int)one;
        sum += one;
    }
    if (ok && sum == GRID) {
        node->span = span;
        node->part_count = count;
        return;
    }
    struct diag *diag = wrong(tree, structure, "M052",
                              ok                     ? "the spans %.*s don't make 12"
                              : structure->rest.size ? "\"%.*s\" are no spans"
                                                     : "a row without spans%.*s");
    const char *meant = ok ? NULL : spans_meant(structure->rest, tree->arena);
    if (meant)
        diag_hint(tree->diags, diag, "write ::: row %s", meant);
    else
        diag_hint(tree->diags, diag, "as in ::: row 8+4; the page has 12 columns");
}

/* The text up to the next comma outside quotes and brackets; Urdu's is one, too. */
static struct slice cut_clause(struct slice *rest)
{
    size_t size = 0, comma = 1;
    int depth = 0;
    bool is_quoted = false;
    for (; size < rest->size; size++) {
        char c = rest->data[size];
        is_quoted ^= c == '"';
        depth += is_quoted ? 0 : (c == '(') - (c == ')');
        bool is_urdu = slice_starts_with(slice_from(*rest, size), "\xD8\x8C");
        comma = is_urdu ? 2 : 1;
        if ((c == ',' || is_urdu) && !is_quoted && depth <= 0)
            break;
    }
    struct slice clause = slice_trim((struct slice){rest->data, size});
    *rest = slice_from(*rest, size < rest->size ? size + comma : size);
    return clause;
}

static struct place place_in(const struct structure *structure, struct slice part)
{
    struct place at = structure->rest_at;
    at.column += (int)utf8_length((struct slice){
        structure->rest.data, (size_t)(part.data - structure->rest.data)});
    return at;
}

static size_t find_word(struct slice text, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i + size <= text.size; i++) {
        bool starts = i == 0 || text.data[i - 1] == ' ';
        bool ends = i + size == text.size || text.data[i + size] == ' ';
        if (starts && ends && memcmp(text.data + i, word, size) == 0)
            return i;
    }
    return SIZE_MAX;
}

static void open_each_field(const struct tree *tree, const struct structure *structure,
                            struct slice clause, struct node *node)
{
    size_t where = find_word(clause, "where");
    node->field = clause;
    node->field_at = place_in(structure, clause);
    if (where != SIZE_MAX) {
        struct slice text = slice_trim(slice_from(clause, where + 5));
        node->field = slice_trim((struct slice){clause.data, where});
        condition_parse(text, place_in(structure, text), &tree->measures, tree->arena,
                        &node->where, tree->diags);
    }
    if (node->field.size)
        return;
    struct diag *diag =
        diags_error(tree->diags, structure->rest_at, "M053", "each of what?");
    diag_hint(tree->diags, diag, "name a field: ::: each province where attacks >= 3");
}

/* "top 5", or an order: "killed highest first". */
static void open_each_clause(const struct tree *tree, const struct structure *structure,
                             struct slice clause, struct node *node)
{
    struct slice rest;
    if (takes_words(clause, "top", &rest)) {
        if (read_whole(rest, &node->limit) && node->limit > 0)
            return;
        struct diag *diag =
            diags_error(tree->diags, place_in(structure, clause), "M054",
                        "\"%.*s\" is no number to stop at", SLICE_PRINT(clause));
        diag->width = (int)utf8_length(clause);
        diag_hint(tree->diags, diag, "as in top 5");
        return;
    }
    if (node->order.size) {
        struct diag *diag = diags_error(tree->diags, place_in(structure, clause),
                                        "M055", "each has an order already: \"%.*s\"",
                                        SLICE_PRINT(node->order));
        diag->width = (int)utf8_length(clause);
        return;
    }
    node->order = clause;
    node->order_at = place_in(structure, clause);
}

static void open_each(const struct tree *tree, const struct structure *structure,
                      struct node *node)
{
    struct slice rest = structure->rest;
    open_each_field(tree, structure, cut_clause(&rest), node);
    while (rest.size) {
        struct slice clause = cut_clause(&rest);
        if (clause.size)
            open_each_clause(tree, structure, clause, node);
    }
}

/* A callout's title may hold values. */
static void open_note(const struct tree *tree, const struct structure *structure,
                      struct node *node)
{
    if (structure->rest.size)
        node->inlines = tree_title(tree, structure->rest, structure->rest_at);
}

static const char *const language_names[][2] = {
    {"english", "en"}, {"urdu", "ur"},   {"\xd8\xa7\xd8\xb1\xd8\xaf\xd9\x88", "ur"},
    {"sindhi", "sd"},  {"pashto", "ps"}, {"arabic", "ar"},
};

static const char *language_of_name(struct slice word, struct arena *arena)
{
    const char *typed = slice_c_string(arena, word);
    for (size_t i = 0; i < sizeof language_names / sizeof *language_names; i++) {
        if (strcasecmp(typed, language_names[i][0]) == 0 ||
            strcasecmp(typed, language_names[i][1]) == 0)
            return language_names[i][1];
    }
    return NULL;
}

/* Which languages there are is known when one is chosen; a tag has two or three small
 * letters and maybe a region. */
static void open_only(const struct tree *tree, const struct structure *structure,
                      struct node *node)
{
    node->word = structure->rest;
    node->field_at = structure->rest_at;
    if (is_language_tag(node->word) && !memchr(node->word.data, ' ', node->word.size))
        return;
    struct diag *diag = wrong(tree, structure, "M084",
                              node->word.size ? "\"%.*s\" is no language"
                                              : "only in which language?%.*s");
    const char *meant = language_of_name(node->word, tree->arena);
    if (meant)
        diag_hint(tree->diags, diag, "did you mean \"%s\"?", meant);
    else if (strcspn(slice_c_string(tree->arena, node->word), ",+/ ") < node->word.size)
        diag_hint(tree->diags, diag, "one language: as in ::: only ur");
    else
        diag_hint(tree->diags, diag, "as in ::: only ur");
}

void structure_open(const struct tree *tree, const struct structure *structure,
                    struct node *node)
{
    switch (structure->node) {
    case NODE_COLUMNS: open_columns(tree, structure, node); break;
    case NODE_ROW: open_row(tree, structure, node); break;
    case NODE_EACH: open_each(tree, structure, node); break;
    case NODE_CALLOUT: open_note(tree, structure, node); break;
    case NODE_ONLY: open_only(tree, structure, node); break;
    default:
        if (structure->rest.size) {
            struct diag *diag =
                wrong(tree, structure, "M056", "\"%.*s\" says nothing here");
            diag_hint(tree->diags, diag, "write ::: %s alone",
                      structure_name(structure->node));
        }
        break;
    }
}
