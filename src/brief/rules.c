/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON Schema (draft 7) from the registries of keys: what the readers of blocks read by
 * is what is printed here. Any text may be given once a language, and be empty. */
#include "brief/rules.h"

#include "block/block.h"
#include "brief/edition.h"

#include <string.h>

#define SCALAR "\"type\": [\"string\", \"number\", \"boolean\", \"null\"]"
#define UNITS  "([Dd]ay|[Ww]eek|[Mm]onth|[Qq]uarter|[Yy]ear)s?"

struct rules {
    struct text *out;
    struct arena *arena;
    struct slice languages; /* en|ur|… */
    struct slice themes, charts;
};

static void put_string(struct text *out, struct slice text)
{
    text_append_string(out, "\"");
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            text_append_string(out, "\\");
        text_append(out, (struct slice){text.data + i, 1});
    }
    text_append_string(out, "\"");
}

/* "a4, letter" as "a4", "letter". */
static void put_words(struct text *out, struct slice words)
{
    struct slice word;
    for (bool is_first = true; slice_cut(&words, ',', &word); is_first = false) {
        text_append_string(out, is_first ? "" : ", ");
        put_string(out, slice_trim(word));
    }
}

/* The words in any letter case: [Mm][Oo]… */
static void put_pattern(struct text *out, struct slice words)
{
    struct slice word;
    text_append_string(out, "\"^(");
    for (bool is_first = true; slice_cut(&words, ',', &word); is_first = false) {
        text_append_string(out, is_first ? "" : "|");
        word = slice_trim(word);
        for (size_t i = 0; i < word.size; i++) {
            char c = word.data[i];
            if (c >= 'a' && c <= 'z')
                text_print(out, "[%c%c]", c - 'a' + 'A', c);
            else
                text_append(out, (struct slice){&c, 1});
        }
    }
    text_append_string(out, ")$\"");
}

/* -- What one key takes --------------------------------------------------------------- */

/* Words in any case, offered as they are usually written. */
static struct slice choice_rule(struct arena *arena, struct slice words)
{
    struct text out = {.arena = arena};
    text_append_string(&out, "\"anyOf\": [{\"enum\": [");
    put_words(&out, words);
    text_append_string(&out, "]}, {\"type\": \"string\", \"pattern\": ");
    put_pattern(&out, words);
    text_append_string(&out, "}, {\"type\": \"null\"}]");
    return text_slice(&out);
}

static struct slice names_rule(struct arena *arena, struct slice names)
{
    struct text out = {.arena = arena};
    text_append_string(&out, "\"enum\": [");
    put_words(&out, names);
    text_append_string(&out, ", null]");
    return text_slice(&out);
}

/* Some of these words, with commas between them or as a list. */
static struct slice list_rule(struct arena *arena, struct slice words)
{
    struct text one = {.arena = arena}, out = {.arena = arena};
    struct slice word;
    struct slice all = words;
    while (slice_cut(&words, ',', &word))
        text_print(&one, "%s%.*s", one.size ? "|" : "", SLICE_PRINT(slice_trim(word)));
    text_print(
        &out,
        "\"anyOf\": [{\"type\": \"string\", \"pattern\": \"^(%.*s)(, *(%.*s))*$\"}",
        SLICE_PRINT(text_slice(&one)), SLICE_PRINT(text_slice(&one)));
    text_append_string(&out, ", {\"type\": \"array\", \"items\": {\"enum\": [");
    put_words(&out, all);
    text_append_string(&out, "]}}, {\"type\": \"null\"}]");
    return text_slice(&out);
}

static struct slice number_rule(struct arena *arena, long lowest, long highest,
                                const char *pattern)
{
    return slice_of(arena_print(
        arena,
        "\"anyOf\": [{\"type\": \"integer\", \"minimum\": %ld, \"maximum\": %ld}, "
        "{\"type\": \"string\", \"pattern\": \"%s\"}, {\"type\": \"null\"}]",
        lowest, highest, pattern));
}

static const char *fixed_rule(enum key_form form)
{
    switch (form) {
    case KEY_LIST:
        return "\"anyOf\": [{" SCALAR "}, {\"type\": \"array\", \"items\": {" SCALAR
               "}}]";
    case KEY_LENGTH:
        return "\"anyOf\": [{\"type\": \"string\", \"pattern\": \"^([0-9]+[ -]*)?" UNITS
               "$\"}, {\"type\": \"null\"}]";
    case KEY_YES_NO:
        return "\"anyOf\": [{\"type\": [\"boolean\", \"null\"]}, {\"type\": "
               "\"string\", "
               "\"pattern\": \"^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll]"
               "[Ss][Ee]|[Oo][Nn]|[Oo][Ff][Ff])$\"}]";
    case KEY_DAY:
        return "\"type\": [\"string\", \"null\"], \"pattern\": "
               "\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"";
    case KEY_SHARE:
        return "\"anyOf\": [{\"type\": \"number\", \"exclusiveMinimum\": 0}, "
               "{\"type\": \"string\", \"pattern\": "
               "\"^([0-9]+|(100|[1-9]?[0-9])( ?%))$\"}, {\"type\": \"null\"}]";
    case KEY_KEYS: return "\"type\": [\"object\", \"null\"]";
    case KEY_NOTES: return "\"type\": [\"object\", \"string\", \"null\"]";
    default: return SCALAR;
    }
}

static struct slice rule_of(const struct rules *rules, const struct block_key *key)
{
    switch (key->form) {
    case KEY_WHOLE:
        return number_rule(rules->arena, key->lowest, key->highest, "^[0-9]+$");
    case KEY_RANGE:
        return number_rule(rules->arena, key->lowest, key->highest,
                           "^[0-9]+( +to +[0-9]+)?$");
    case KEY_CHOICE: return choice_rule(rules->arena, slice_of(key->words));
    case KEY_KINDS: return names_rule(rules->arena, rules->charts);
    case KEY_THEME: return names_rule(rules->arena, rules->themes);
    case KEY_LANGUAGE: return names_rule(rules->arena, rules->languages);
    case KEY_LIST:
        return key->words ? list_rule(rules->arena, slice_of(key->words))
                          : slice_of(fixed_rule(key->form));
    default: return slice_of(fixed_rule(key->form));
    }
}

static void put_by_language(const struct rules *rules, struct slice rule)
{
    text_print(rules->out,
               "\"anyOf\": [{%.*s}, {\"type\": \"object\", \"minProperties\": 1, "
               "\"additionalProperties\": false, \"patternProperties\": {",
               SLICE_PRINT(rule));
    put_pattern(rules->out, rules->languages);
    text_print(rules->out, ": {%.*s}}}]", SLICE_PRINT(rule));
}

/* -- Keys with keys of their own ------------------------------------------------------ */

static const char data_rule[] =
    "\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"object\", "
    "\"additionalProperties\": {\"anyOf\": [{\"type\": \"string\"}, {\"type\": "
    "\"object\", \"required\": [\"file\"], \"additionalProperties\": false, "
    "\"properties\": {\"file\": {\"type\": \"string\"}, \"schema\": {\"type\": "
    "\"string\"}, \"encoding\": {\"type\": \"string\"}, \"delimiter\": {\"enum\": "
    "[\",\", \";\", \"|\", \"tab\"]}, \"dates\": {\"type\": \"string\"}}}]}}]";

#define DAY "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
static const char breaks_rule[] =
    "\"type\": [\"object\", \"array\", \"string\", \"null\"], \"pattern\": \"" DAY
    "\", \"items\": {\"type\": \"string\", \"pattern\": \"" DAY
    "\"}, \"additionalProperties\": false, \"patternProperties\": {\"" DAY "\": {}}";

static const char tones[] = "attack, operation, neutral, attention";

static void put_measures(const struct rules *rules)
{
    struct text *out = rules->out;
    text_append_string(out,
                       "\"type\": \"object\", \"additionalProperties\": {\"anyOf\": "
                       "[{\"type\": \"string\"}, {\"type\": \"object\", "
                       "\"additionalProperties\": false, \"properties\": {");
    static const char *const scalars[] = {"is", "data"};
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
        text_print(out, "\"%s\": {\"type\": \"string\"}, ", scalars[i]);
    text_append_string(out, "\"label\": {");
    put_by_language(rules, slice_of(SCALAR));
    text_append_string(out, "}, \"tone\": {\"enum\": [");
    put_words(out, slice_of(tones));
    text_append_string(out, "]}}, \"required\": [\"is\"]}]}");
}

/* -- Lists of keys -------------------------------------------------------------------- */

static void put_key(const struct rules *rules, const struct block_key *key,
                    const char *help, bool is_first)
{
    struct text *out = rules->out;
    text_append_string(out, is_first ? "\n        " : ",\n        ");
    put_string(out, slice_of(key->name));
    text_append_string(out, ": {\"description\": ");
    put_string(out,
               slice_of(arena_print(rules->arena, "%s; as in %s", help, key->usage)));
    text_append_string(out, ", ");
    switch (key->form) {
    case KEY_DATA: text_append_string(out, data_rule); break;
    case KEY_BREAKS: text_append_string(out, breaks_rule); break;
    case KEY_MEASURES: put_measures(rules); break;
    case KEY_VALUES:
        text_append_string(out, "\"type\": [\"object\", \"null\"], "
                                "\"additionalProperties\": {");
        put_by_language(rules, slice_of(SCALAR));
        text_append_string(out, "}");
        break;
    case KEY_KEYS:
    case KEY_NOTES: text_append_string(out, fixed_rule(key->form)); break;
    default: put_by_language(rules, rule_of(rules, key)); break;
    }
    text_append_string(out, "}");
}

static void put_needed(const struct rules *rules, const struct block_kind *kind)
{
    bool is_first = true;
    for (const struct block_key *key = kind->keys; key->name; key++) {
        if (!key->is_needed)
            continue;
        text_append_string(rules->out, is_first ? ",\n      \"required\": [" : ", ");
        put_string(rules->out, slice_of(key->name));
        is_first = false;
    }
    text_append_string(rules->out, is_first ? "" : "]");
}

static bool is_in(struct slice words, const char *word)
{
    struct slice one;
    while (slice_cut(&words, ',', &one)) {
        if (slice_is(slice_trim(one), word))
            return true;
    }
    return false;
}

/* Which kinds use a key; and what all but those of incidents need. */
static void put_kinds(const struct rules *rules, const struct block_kind *kind)
{
    struct text *out = rules->out;
    bool is_first = true;
    for (const struct block_key *key = kind->keys; key->name; key++) {
        bool is_all_but = key->kinds && key->kinds[0] == '-';
        if (!key->kinds)
            continue;
        text_append_string(out, is_first ? ",\n      \"dependencies\": {" : ",");
        text_append_string(out, "\n        ");
        put_string(out, slice_of(key->name));
        text_append_string(
            out, is_all_but ? ": {\"properties\": {\"type\": {\"not\": {\"enum\": ["
                            : ": {\"properties\": {\"type\": {\"enum\": [");
        put_words(out, slice_of(key->kinds + is_all_but));
        text_append_string(out, is_all_but ? "]}}}" : "]}}");
        if (!is_all_but && !is_in(slice_of(key->kinds), "line"))
            text_append_string(out, ", \"required\": [\"type\"]");
        text_append_string(out, "}");
        is_first = false;
    }
    if (is_first)
        return;
    text_append_string(
        out, "\n      },\n      \"if\": {\"properties\": {\"type\": {\"enum\": "
             "[\"scatter\", \"timeline\"]}}, \"required\": [\"type\"]},\n"
             "      \"else\": {\"required\": [\"show\", \"by\"]}");
}

static void put_block(const struct rules *rules, const struct block_kind *kind,
                      bool is_first)
{
    struct text *out = rules->out;
    text_print(out, "%s    \"%s\": {\n      \"type\": \"object\",\n",
               is_first ? "" : ",\n", kind->name);
    text_append_string(out, "      \"additionalProperties\": false,\n"
                            "      \"properties\": {");
    for (const struct block_key *key = kind->keys; key->name; key++)
        put_key(rules, key, key->help, key == kind->keys);
    text_append_string(out, "\n      }");
    put_needed(rules, kind);
    put_kinds(rules, kind);
    text_append_string(out, "\n    }");
}

static struct slice join(struct arena *arena, const struct slice *name, size_t count)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        text_print(&out, "%s%.*s", i ? ", " : "", SLICE_PRINT(name[i]));
    return text_slice(&out);
}

static struct rules rules_of(struct session *session, struct text *out)
{
    struct rules rules = {.out = out, .arena = out->arena};
    const struct slice *name;
    size_t count = session_resource_names(session, "templates/locales", &name);
    rules.languages = join(out->arena, name, count);
    count = session_resource_names(session, "templates/themes", &name);
    rules.themes = join(out->arena, name, count);
    const struct chart_kind *const *kind = chart_kinds(&count);
    struct slice *charts = ARENA_ARRAY(out->arena, struct slice, count);
    for (size_t i = 0; i < count; i++)
        charts[i] = slice_of(kind[i]->name);
    rules.charts = join(out->arena, charts, count);
    return rules;
}

static void put_head(struct text *out, const char *title)
{
    text_print(out,
               "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n"
               "  \"title\": \"%s of a sitrep template\",\n",
               title);
}

void rules_print_blocks(struct session *session, struct text *out)
{
    struct rules rules = rules_of(session, out);
    size_t count;
    const struct block_kind *const *kind = block_kinds(&count);
    put_head(out, "Blocks");
    text_append_string(out, "  \"definitions\": {\n");
    for (size_t i = 0; i < count; i++)
        put_block(&rules, kind[i], i == 0);
    text_append_string(out, "\n  }\n}");
}

/* Keys of an editor's own are values: one text each. */
void rules_print_front(struct session *session, struct text *out)
{
    struct rules rules = rules_of(session, out);
    size_t count;
    const struct block_key *key = front_keys(&count);
    put_head(out, "Front matter");
    text_append_string(out, "  \"type\": \"object\",\n  \"additionalProperties\": {");
    put_by_language(&rules, slice_of(SCALAR));
    text_append_string(out, "},\n  \"properties\": {");
    for (size_t i = 0; i < count; i++)
        put_key(&rules, &key[i], key[i].help, i == 0);
    text_append_string(out, "\n  }\n}");
}
