/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values: what a front matter, its `values:`, the issue file and the command line give
 * names to, in that order; the last one counts. */
#include "brief/edition.h"

#include <string.h>

static void add_value(struct edition *edition, struct slice name, struct slice text,
                      struct place at, struct place text_at)
{
    struct value value = {.kind = VALUE_TEXT, .text = text, .decimals = -1};
    double number;
    /* A number can be compared and formatted; as text it prints as it was typed. */
    if (number_parse(text, &number))
        value.number = number;
    *ARENA_APPEND(edition->arena, edition->values, edition->value_count,
                  edition->value_capacity) =
        (struct named_value){name, value, at, text_at};
}

static const struct slice *known_keys(const struct edition *edition, size_t *count)
{
    const struct block_key *key = front_keys(count);
    struct slice *name = ARENA_ARRAY(edition->arena, struct slice, *count);
    for (size_t i = 0; i < *count; i++)
        name[i] = slice_of(key[i].name);
    return name;
}

static bool key_is_known(struct slice key)
{
    size_t count;
    const struct block_key *known = front_keys(&count);
    for (size_t i = 0; i < count; i++) {
        if (slice_is(key, known[i].name))
            return true;
    }
    return false;
}

/* Own keys are values; one that is nearly a known key is more likely a slip. */
static void warn_of_slip(struct edition *edition, const struct yaml *key)
{
    size_t count;
    const struct slice *name = known_keys(edition, &count);
    int nearest = text_nearest(key->text, name, count);
    if (nearest < 0)
        return;
    struct diag *diag =
        diags_warn(edition->session->diags, key->at, "M022",
                   "\"%.*s\" is read as a value of your own", SLICE_PRINT(key->text));
    diag->width = (int)utf8_length(key->text);
    diag_suggest(edition->session->diags, diag, key->text, name, count);
}

/* A list or a mapping where a value of the editor's own is wanted would print nothing. */
static bool refuse_value(const struct edition *edition, const struct yaml *key,
                         const struct yaml *value)
{
    struct diags *diags = edition->session->diags;
    struct diag *diag = diags_error(diags, yaml_text_at(key), "M026",
                                    value->kind == YAML_MAPPING
                                        ? "\"%.*s\" has keys of its own, and a value "
                                          "is one text"
                                        : "\"%.*s\" is a list, and a value is one text",
                                    SLICE_PRINT(key->text));
    diag->width = (int)utf8_length(key->text);
    size_t count;
    const struct slice *name = known_keys(edition, &count);
    if (text_nearest(key->text, name, count) >= 0) {
        diag_suggest(diags, diag, key->text, name, count);
        return false;
    }
    diag_hint(
        diags, diag,
        value->kind == YAML_MAPPING
            ? "a text by language has the keys en, ur, sd, ps or ar; else give each a "
              "name of its own"
            : "write it in one line, or give each a name of its own");
    return false;
}

static bool value_is_declared(const struct edition *edition, struct slice name)
{
    for (size_t i = 0; i < edition->value_count; i++) {
        /* {{ }} finds names in any letter case. */
        if (edition->values[i].name.size == name.size &&
            strncasecmp(edition->values[i].name.data, name.data, name.size) == 0)
            return true;
    }
    return key_is_known(name);
}

/* Keys that are words of the cover, the document and the foot: an issue may set them. */
static bool is_word_key(struct slice name)
{
    static const char *const keys[] = {"title",         "kind",        "notice",
                                       "notice detail", "notice line", "author",
                                       "subject",       "keywords"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (slice_is(name, keys[i]))
            return true;
    }
    return false;
}

/* A setting where only values are read would leave the brief as it was. */
static bool warn_of_setting(struct edition *edition, struct slice name, struct place at)
{
    if (!key_is_known(name) || is_word_key(name))
        return false;
    struct diags *diags = edition->session->diags;
    struct diag *diag =
        diags_warn(diags, at, "M146", "\"%.*s\" is a setting, and sets nothing here",
                   SLICE_PRINT(name));
    diag->width = (int)utf8_length(name);
    bool is_option = slice_is(name, "period") || slice_is(name, "as of") ||
                     slice_is(name, "language") || slice_is(name, "theme") ||
                     slice_is(name, "paper");
    if (is_option)
        diag_hint(diags, diag, "give it on the command line: --%s",
                  slice_is(name, "as of") ? "as-of"
                                          : slice_c_string(edition->arena, name));
    else
        diag_hint(diags, diag, "it stands in the template's front matter");
    return true;
}

/* Values are never read again: data and issue files can't become marks. */
static void warn_of_braces(struct edition *edition, struct slice key,
                           const struct yaml *value)
{
    struct slice text = value->text;
    if (!text.size || !memmem(text.data, text.size, "{{", 2))
        return;
    struct diag *diag = diags_warn(edition->session->diags, yaml_text_at(value), "M145",
                                   "{{ }} in a value is printed as it stands");
    diag->width = (int)utf8_length(text);
    diag_hint(edition->session->diags, diag, "%s",
              is_word_key(key)
                  ? "values are printed in the text, in titles of figures and in "
                    "footer: here stand plain words"
                  : "write the sentence into the template, between {{ if … }} and "
                    "{{ end }}");
}

static bool add_mapping(struct edition *edition, const struct yaml *mapping,
                        bool is_front)
{
    bool ok = true;
    for (size_t i = 0; mapping && mapping->kind == YAML_MAPPING && i < mapping->count;
         i++) {
        const struct yaml *key = &mapping->key[i], *value = &mapping->item[i];
        bool is_known = is_front && key_is_known(key->text);
        if (value->kind != YAML_SCALAR) {
            ok &= is_known || refuse_value(edition, key, value);
            continue;
        }
        if (is_front && !is_known)
            warn_of_slip(edition, key);
        if (!is_known || is_word_key(key->text))
            warn_of_braces(edition, key->text, value);
        add_value(edition, key->text, value->text, key->at, yaml_text_at(value));
    }
    return ok;
}

/* Whether the template, or a part of it, may print the name: an issue file that holds
 * it doesn't. */
static bool is_mentioned(const struct edition *edition, struct slice name,
                         struct place at)
{
    struct place found;
    return diags_find_text(edition->session->diags, name, &found) &&
           !(at.line && found.file && strcmp(found.file, at.file) == 0);
}

/* A value given from outside that the template doesn't have leaves what was meant as
 * it was: last week's headline. An issue file may serve several templates. */
static void warn_of_stranger(struct edition *edition, struct slice name,
                             struct place at)
{
    if (warn_of_setting(edition, name, at) || value_is_declared(edition, name))
        return;
    size_t key_count, count = 0;
    const struct slice *key = known_keys(edition, &key_count);
    struct slice *known =
        ARENA_ARRAY(edition->arena, struct slice, edition->value_count + key_count);
    for (size_t i = 0; i < edition->value_count; i++)
        known[count++] = edition->values[i].name;
    for (size_t i = 0; i < key_count; i++)
        known[count++] = key[i];
    struct diags *diags = edition->session->diags;
    bool is_near = text_nearest(name, known, count) >= 0;
    if (!is_near && is_mentioned(edition, name, at))
        return;
    struct diag *diag =
        is_near || !at.line
            ? diags_warn(diags, at, "M025", "the template has no value \"%.*s\"",
                         SLICE_PRINT(name))
            : diags_note(diags, at, "M025", "this template has no value \"%.*s\"",
                         SLICE_PRINT(name));
    diag->width = (int)utf8_length(name);
    if (is_near)
        diag_suggest(diags, diag, name, known, count);
    else
        diag_hint(diags, diag, "nothing prints it: write {{ %.*s }} where it belongs",
                  SLICE_PRINT(name));
}

static bool add_issue(struct edition *edition, const struct yaml *issue)
{
    if (issue->kind != YAML_MAPPING && (issue->text.size || issue->count)) {
        struct diag *diag = diags_error(edition->session->diags, issue->at, "M027",
                                        "the issue file is no list of keys and values");
        diag_hint(edition->session->diags, diag, "as in headline: A quiet week");
        return false;
    }
    for (size_t i = 0; issue->kind == YAML_MAPPING && i < issue->count; i++) {
        if (issue->item[i].kind == YAML_SCALAR) /* a list is refused below */
            warn_of_stranger(edition, issue->key[i].text, yaml_text_at(&issue->key[i]));
    }
    return add_mapping(edition, issue, false);
}

static bool add_issue_values(struct edition *edition)
{
    struct session *session = edition->session;
    struct slice path = session_setting(session, "issue");
    if (!path.size)
        return true;
    const char *file = slice_c_string(edition->arena, path);
    struct slice source;
    const struct yaml *issue;
    if (!read_whole_file(file, 'M', edition->arena, &source, session->diags))
        return false;
    diags_add_source(session->diags, file, source);
    if (!yaml_parse(source, file, 1, 'M', edition->arena, &issue, session->diags))
        return false;
    struct slice own = yaml_text(edition->template->front, "language", "en");
    issue = language_choose_values(issue, edition->front.language, own, edition->arena,
                                   session->diags);
    return add_issue(edition, issue);
}

static void add_given_values(struct edition *edition)
{
    const struct session *session = edition->session;
    for (size_t i = 0; i < session->setting_count; i++) {
        const struct setting *setting = &session->setting[i];
        if (!slice_starts_with(setting->key, "value:"))
            continue;
        struct slice name = slice_from(setting->key, 6);
        warn_of_stranger(edition, name, (struct place){"--value", 0, 0});
        add_value(edition, name, setting->value, (struct place){0}, (struct place){0});
    }
}

struct slice value_given(const struct edition *edition, const char *name)
{
    for (size_t i = edition->value_count; i-- > 0;) {
        if (slice_is(edition->values[i].name, name))
            return edition->values[i].value.text;
    }
    return (struct slice){0};
}

static bool is_named_anywhere(const struct edition *edition, const char *name)
{
    const struct yaml *measures = yaml_find(edition->template->front, "measures");
    bool is_measure =
        measures && measures->kind == YAML_MAPPING && yaml_find(measures, name);
    for (size_t i = 0; i < edition->value_count; i++) {
        if (slice_is(edition->values[i].name, name))
            return true;
    }
    return is_measure;
}

static struct place place_of(const struct template *template, const char *at)
{
    struct place place = {template->file, 1, 1};
    for (const char *letter = template->source.data; letter < at; letter++) {
        place.column = *letter == '\n' ? 1 : place.column + 1;
        place.line += *letter == '\n';
    }
    return place;
}

/* What changes with every issue may be printed by a template that has no value of it
 * yet: that is told, and nothing stands in its place. */
static void expect_issue(struct edition *edition)
{
    static const char *const names[] = {"issue", "headline"};
    struct slice source = edition->template->source;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = names[i];
        const char *use = arena_print(edition->arena, "{{ %s", name);
        const char *at =
            source.size ? memmem(source.data, source.size, use, strlen(use)) : NULL;
        if (!at || is_named_anywhere(edition, name))
            continue;
        struct diag *diag =
            diags_warn(edition->session->diags, place_of(edition->template, at), "M160",
                       "no \"%s\" is given: {{ %s }} prints nothing", name, name);
        diag_hint(edition->session->diags, diag,
                  "give it with each issue: --issue FILE, or -P %s=…", name);
        add_value(edition, slice_of(name), (struct slice){0}, (struct place){0},
                  (struct place){0});
    }
}

bool values_read(struct edition *edition)
{
    const struct yaml *front = edition->template->front;
    bool ok = add_mapping(edition, front, true);
    ok &= add_mapping(edition, yaml_find(front, "values"), false);
    ok &= add_issue_values(edition);
    add_given_values(edition);
    expect_issue(edition);
    return ok;
}
