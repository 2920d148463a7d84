/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Front matter: what a template says of itself, and the values it and the issue file
 * bring. */
#include "brief/edition.h"

#include <string.h>

static const struct block_key known_keys[] = {
#define FRONT_KEY(name, usage, help, ...) {name, usage, help, __VA_ARGS__},
#include "brief/front_keys.def"
#undef FRONT_KEY
};
enum { KEY_COUNT = sizeof known_keys / sizeof *known_keys };

const struct block_key *front_keys(size_t *count)
{
    *count = KEY_COUNT;
    return known_keys;
}

static const struct yaml *front_key(const struct edition *edition, const char *key)
{
    return yaml_find(edition->template->front, key);
}

static struct slice front_text(const struct edition *edition, const char *key,
                               const char *fallback)
{
    return yaml_text(edition->template->front, key, fallback);
}

/* A setting from outside goes before the template's own. */
static struct slice setting_or_front(const struct edition *edition, const char *setting,
                                     const char *key, const char *fallback)
{
    struct slice given = session_setting(edition->session, setting);
    return given.size ? given : front_text(edition, key, fallback);
}

/* Where a setting, or the key that it goes before, was written. */
static struct place place_of(const struct edition *edition, const char *setting,
                             const char *key)
{
    const struct yaml *value = front_key(edition, key);
    if (!session_setting(edition->session, setting).size && value)
        return yaml_text_at(value);
    return (struct place){arena_print(edition->arena, "--%s", setting), 0, 0};
}

static struct diag *value_error(const struct edition *edition, const struct yaml *value,
                                const char *code, const char *message)
{
    struct diag *diag = diags_error(edition->session->diags, yaml_text_at(value), code,
                                    message, SLICE_PRINT(value->text));
    diag->width = value->text.size ? (int)utf8_length(value->text) : 1;
    return diag;
}

static bool read_week_start(struct edition *edition)
{
    static const char *const days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday"};
    const struct yaml *value = front_key(edition, "week starts");
    if (!value || !value->text.size)
        return true;
    struct slice word = slice_fold(edition->arena, value->text);
    struct slice name[7];
    for (int i = 0; i < 7; i++) {
        name[i] = slice_of(days[i]);
        if (slice_equal(word, name[i])) {
            edition->front.week_start = i;
            return true;
        }
    }
    struct diag *diag =
        value_error(edition, value, "M020", "\"%.*s\" is no day of the week");
    diag_suggest(edition->session->diags, diag, value->text, name, 7);
    return false;
}

/* "previous week, 12-week average" */
/* "prev week", "last week": the words behind the first are known. */
static void suggest_comparison(struct edition *edition, struct diag *diag,
                               struct slice word)
{
    static const struct slice known[] = {
        {"previous week", 13},   {"previous month", 14},   {"previous quarter", 16},
        {"previous period", 15}, {"previous year", 13},    {"year before", 11},
        {"12-week average", 15}, {"12-month average", 16},
    };
    enum { KNOWN = sizeof known / sizeof *known };
    struct diags *diags = edition->session->diags;
    struct slice rest = word, first;
    slice_cut(&rest, ' ', &first);
    struct slice meant = slice_of(
        arena_print(edition->arena, "previous %.*s", SLICE_PRINT(slice_trim(rest))));
    bool is_meant = false;
    for (size_t i = 0; i < KNOWN; i++)
        is_meant |= slice_equal(known[i], meant);
    if (is_meant)
        diag_hint(diags, diag, "did you mean \"%.*s\"?", SLICE_PRINT(meant));
    else if (text_nearest(word, known, KNOWN) >= 0)
        diag_suggest(diags, diag, word, known, KNOWN);
    else
        diag_hint(diags, diag,
                  "understood: previous week (month, period), year before, 12-week "
                  "average");
}

static bool read_comparison(struct edition *edition, const struct yaml *item)
{
    struct slice word = slice_fold(edition->arena, item->text);
    size_t count;
    enum period_unit unit;
    if (slice_starts_with(word, "previous") ||
        slice_starts_with(word, "period before")) {
        edition->front.compare_shift = 1;
        return true;
    }
    if (slice_is(word, "year before") || slice_is(word, "same period last year") ||
        slice_is(word, "last year")) {
        edition->front.compare_year = true;
        return true;
    }
    static const char average[] = " average";
    if (word.size > sizeof average && memcmp(word.data + word.size - strlen(average),
                                             average, strlen(average)) == 0) {
        struct slice length = {word.data, word.size - strlen(average)};
        if (period_parse_length(length, &count, &unit)) {
            edition->front.average_count = count;
            return true;
        }
    }
    struct diag *diag =
        value_error(edition, item, "M021", "can't compare with \"%.*s\"");
    suggest_comparison(edition, diag, item->text);
    return false;
}

static bool read_comparisons(struct edition *edition)
{
    size_t count;
    const struct yaml *item =
        yaml_list(front_key(edition, "compare"), edition->arena, &count);
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        ok &= read_comparison(edition, &item[i]);
    if (!count)
        edition->front.compare_shift = 1;
    return ok;
}

static void add_break(struct front *front, int32_t day, struct slice reason)
{
    size_t at = front->break_count++;
    for (; at > 0 && front->break_day[at - 1] > day; at--) {
        front->break_day[at] = front->break_day[at - 1];
        front->break_reason[at] = front->break_reason[at - 1];
    }
    front->break_day[at] = day;
    front->break_reason[at] = reason;
}

/* "2026-06-01", several, or several with what changed on them. A month or a week is its
 * first day. */
static bool read_breaks(struct edition *edition)
{
    const struct yaml *value = front_key(edition, "breaks");
    struct front *front = &edition->front;
    bool is_mapping = value && value->kind == YAML_MAPPING, ok = true;
    size_t count = is_mapping ? value->count : 0;
    const struct yaml *item =
        is_mapping ? value->key : yaml_list(value, edition->arena, &count);
    front->break_day = ARENA_ARRAY(edition->arena, int32_t, count);
    front->break_reason = ARENA_ARRAY(edition->arena, struct slice, count);
    for (size_t i = 0; i < count; i++) {
        struct period period;
        struct slice reason = is_mapping ? value->item[i].text : (struct slice){0};
        if (period_parse_date(slice_trim(item[i].text), &period)) {
            add_break(front, period.first_day, reason);
            continue;
        }
        struct diag *diag =
            value_error(edition, &item[i], "M028", "\"%.*s\" is no day");
        diag_hint(edition->session->diags, diag, "write it as in 2026-06-01");
        ok = false;
    }
    return ok;
}

static bool read_front_text(struct edition *edition, const char *key,
                            const struct template_text **out)
{
    const struct yaml *value = front_key(edition, key);
    *out = NULL;
    return !value || !value->text.size ||
           template_text_parse(value->text, yaml_text_at(value), edition->arena, out,
                               edition->session->diags);
}

static bool read_bool_key(struct edition *edition, const char *key, bool fallback,
                          bool *out)
{
    const struct yaml *value = front_key(edition, key);
    *out = fallback;
    if (!value || !value->text.size || yaml_bool(value, out))
        return true;
    value_error(edition, value, "M113", "\"%.*s\" is not yes or no");
    return false;
}

bool setting_is_yes(struct slice value)
{
    return slice_is(value, "yes") || slice_is(value, "true") || slice_is(value, "1") ||
           slice_is(value, "on");
}

/* -- All of it --------------------------------------------------------------------------- */

/* A key that has one of two words; *out says whether it has the second. */
static bool read_either(struct edition *edition, const char *key, const char *first,
                        const char *second, bool *out)
{
    const struct yaml *value = front_key(edition, key);
    const struct slice word[] = {slice_of(first), slice_of(second)};
    if (!value || !value->text.size)
        return true;
    for (size_t i = 0; i < 2; i++) {
        *out = i == 1;
        if (slice_equal(slice_fold(edition->arena, value->text), word[i]))
            return true;
    }
    struct diag *diag =
        value_error(edition, value, "M024",
                    arena_print(edition->arena, "%s: \"%%.*s\" is neither %s nor %s",
                                key, first, second));
    diag_suggest(edition->session->diags, diag, value->text, word, 2);
    return false;
}

static bool read_numerals(struct edition *edition)
{
    struct locale *locale = edition->locale;
    bool ok = read_either(edition, "digits", "western", "urdu", &locale->urdu_digits);
    ok &= read_either(edition, "grouping", "thousand", "indian",
                      &locale->indian_grouping);
    return ok;
}

static bool read_paper(struct edition *edition)
{
    static const struct {
        const char *name;
        struct page_size size;
    } papers[] = {
        {"a4", {595.28, 841.89}},
        {"letter", {612, 792}},
        {"a4-landscape", {841.89, 595.28}},
        {"letter-landscape", {792, 612}},
    };
    struct slice name[sizeof papers / sizeof *papers];
    struct front *front = &edition->front;
    struct diags *diags = edition->session->diags;
    front->paper = setting_or_front(edition, "paper", "paper", "a4");
    struct slice wanted = slice_fold(edition->arena, front->paper);
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        name[i] = slice_of(papers[i].name);
        front->page = papers[i].size;
        if (slice_equal(wanted, slice_fold(edition->arena, name[i]))) {
            front->paper = name[i];
            return true;
        }
    }
    struct diag *diag =
        diags_error(diags, place_of(edition, "paper", "paper"), "M023",
                    "there is no paper \"%.*s\"", SLICE_PRINT(front->paper));
    diag->width = (int)utf8_length(front->paper);
    diag_suggest(diags, diag, front->paper, name, sizeof papers / sizeof *papers);
    return false;
}

/* How running text is set, where the template knows better than the theme. */
static bool read_setting(struct edition *edition)
{
    struct theme *theme = edition->theme;
    bool ok = read_bool_key(edition, "justify", theme->justified, &theme->justified);
    return ok &
           read_bool_key(edition, "hyphenate", theme->hyphenated, &theme->hyphenated);
}

/* What front matter prints as it stands. */
static void warn_foreign(const struct edition *edition)
{
    static const char *const keys[] = {
        "title", "kind", "notice", "notice detail", "notice line", "source", "footer"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct yaml *value = front_key(edition, keys[i]);
        if (value && !value->is_substitute &&
            !memmem(value->text.data, value->text.size, "{{", 2))
            locale_warn_foreign(edition->locale, value->text, yaml_text_at(value),
                                value->width, "write {en: …, %.*s: …}",
                                edition->session->diags);
    }
}

/* Languages written in another hand than the theme's, and those that lack words. */
static void settle_language(struct edition *edition)
{
    const struct locale *locale = edition->locale;
    struct theme *theme = edition->theme;
    struct diags *diags = edition->session->diags;
    warn_foreign(edition);
    for (size_t i = 0; i < TEXT_ROLE_COUNT && locale->arabic_family.size; i++)
        theme->text[i].arabic_family =
            slice_c_string(edition->arena, locale->arabic_family);
    if (locale->base)
        diags_note(diags, place_of(edition, "language", "language"), "L206",
                   "what the language \"%.*s\" has no words for is said in \"%.*s\"",
                   SLICE_PRINT(locale->tag), SLICE_PRINT(locale->base->tag));
}

static bool read_look(struct edition *edition)
{
    struct front *front = &edition->front;
    struct session *session = edition->session;
    front->language = setting_or_front(edition, "language", "language", "en");
    front->theme = setting_or_front(edition, "theme", "theme", "strategic");
    bool ok = session_locale(session, front->language,
                             place_of(edition, "language", "language"), edition->arena,
                             &edition->locale);
    ok = ok && read_numerals(edition);
    ok &= session_theme(session, front->theme, place_of(edition, "theme", "theme"),
                        edition->arena, &edition->theme);
    ok &= read_paper(edition);
    ok = ok && read_setting(edition);
    if (ok)
        settle_language(edition);
    return ok & read_bool_key(edition, "cover", true, &front->cover);
}

static void read_words(struct edition *edition)
{
    struct front *front = &edition->front;
    front->title = value_given(edition, "title");
    front->kind = value_given(edition, "kind");
    front->author = value_given(edition, "author");
    front->subject = value_given(edition, "subject");
    front->keywords = value_given(edition, "keywords");
    front->notice = value_given(edition, "notice");
    front->notice_detail = value_given(edition, "notice detail");
    front->notice_line = value_given(edition, "notice line");
    if (!front->title.size)
        front->title = slice_of("Brief");
}

bool front_read(struct edition *edition)
{
    struct front *front = &edition->front;
    bool ok = read_look(edition);
    ok &= read_week_start(edition);
    ok &= read_comparisons(edition);
    ok &= read_breaks(edition);
    ok &= read_front_text(edition, "footer", &front->footer);
    ok &= read_front_text(edition, "source", &front->source);
    front->period = setting_or_front(edition, "period", "period", "all");
    front->period_at = place_of(edition, "period", "period");
    front->as_of = setting_or_front(edition, "as-of", "as of", "");
    front->as_of_at = place_of(edition, "as-of", "as of");
    front->complete_until = front_text(edition, "complete until", "");
    const struct yaml *complete = front_key(edition, "complete until");
    front->complete_at = complete ? complete->at : (struct place){0};
    ok &= values_read(edition);
    read_words(edition);
    return ok;
}
