/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Front matter before it is read: whether each key has the kind of value that it
 * takes. A list where a text belongs would be passed over in silence. */
#include "brief/edition.h"

#include <string.h>

enum { MOST_PAGES = 1000 };

static struct diag *wrong(struct edition *edition, const struct yaml *key,
                          const char *code, const char *message)
{
    struct diag *diag = diags_error(edition->session->diags, yaml_text_at(key), code,
                                    message, SLICE_PRINT(key->text));
    diag->width = (int)utf8_length(key->text);
    return diag;
}

static bool check_text(struct edition *edition, const struct yaml *key,
                       const struct yaml *value)
{
    struct diags *diags = edition->session->diags;
    if (value->kind == YAML_SCALAR ||
        (slice_is(key->text, "compare") && value->kind == YAML_SEQUENCE))
        return true;
    struct diag *diag = wrong(edition, key, "M039",
                              value->kind == YAML_MAPPING
                                  ? "\"%.*s\" has keys of its own, and takes one text"
                                  : "\"%.*s\" is a list, and takes one text");
    diag_hint(diags, diag,
              value->kind == YAML_MAPPING
                  ? "write it in one line; a text by language has the keys en, ur, sd, "
                    "ps or ar"
                  : "write it in one line, without brackets or dashes");
    return false;
}

static bool check_values(struct edition *edition, const struct yaml *key,
                         const struct yaml *value)
{
    if (value->kind == YAML_MAPPING ||
        (value->kind == YAML_SCALAR && !value->text.size))
        return true;
    struct diag *diag = wrong(edition, key, "M039", "\"%.*s\" have no names");
    diag_hint(edition->session->diags, diag,
              "write one a line, indented: `  headline: …`");
    return false;
}

/* `measures:` with its lines not indented: each would be a value of its own. */
static bool check_measures(struct edition *edition, const struct yaml *key,
                           const struct yaml *value)
{
    if (value->kind != YAML_SCALAR || value->text.size)
        return true;
    struct diag *diag = wrong(edition, key, "M029", "nothing belongs to \"%.*s\"");
    diag_hint(edition->session->diags, diag,
              "indent the lines below it by two spaces: `  attacks: count where …`");
    return false;
}

static bool check_pages(struct edition *edition, const struct yaml *value)
{
    double count;
    if (yaml_number(value, &count) && count >= 1 && count <= MOST_PAGES &&
        count == (double)(int)count)
        return true;
    struct diag *diag =
        diags_error(edition->session->diags, yaml_text_at(value), "M112",
                    "pages is \"%.*s\", not a whole number from 1 to %d",
                    SLICE_PRINT(value->text), MOST_PAGES);
    diag->width = value->width;
    diag_hint(edition->session->diags, diag, "as in pages: 4");
    return false;
}

static bool check_key(struct edition *edition, const struct yaml *key,
                      const struct yaml *value)
{
    if (slice_is(key->text, "values"))
        return check_values(edition, key, value);
    if (slice_is(key->text, "measures"))
        return check_measures(edition, key, value);
    if (slice_is(key->text, "data") || slice_is(key->text, "breaks"))
        return true; /* these say themselves what is wrong with a list */
    bool ok = check_text(edition, key, value);
    if (ok && slice_is(key->text, "period") && !value->text.size &&
        value->kind == YAML_SCALAR) {
        struct diag *diag = wrong(edition, key, "M301", "\"%.*s\" is left empty");
        diag_hint(edition->session->diags, diag, "as in period: last complete week");
        ok = false;
    }
    if (ok && slice_is(key->text, "pages") && value->text.size)
        ok = check_pages(edition, value);
    return ok;
}

bool front_check(struct edition *edition)
{
    const struct yaml *front = edition->template->front;
    size_t count;
    const struct block_key *known = front_keys(&count);
    bool ok = true;
    for (size_t i = 0; front && front->kind == YAML_MAPPING && i < front->count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (slice_is(front->key[i].text, known[j].name))
                ok &= check_key(edition, &front->key[i], &front->item[i]);
        }
    }
    return ok;
}
