/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A language as the program ships it, alone or on the one it inherits from. */
#ifndef SITREP_TESTS_LOCALE_FIXTURE_H
#define SITREP_TESTS_LOCALE_FIXTURE_H

#include "support.h"

#include "base/file.h"
#include "template/locale.h"

static inline void print_diags_whole(const struct diags *said, struct arena *into)
{
    for (size_t i = 0; i < diags_total(said); i++) {
        struct text out = {.arena = into};
        diag_print(said, diags_at(said, i), &out);
        print_error("%.*s", SLICE_PRINT(text_slice(&out)));
    }
}

static inline struct slice locale_source(const char *tag, struct arena *into,
                                         const char **path)
{
    struct file file;
    *path = arena_print(into, "templates/locales/%s.yaml", tag);
    assert_true(file_open(&file, *path, diags_new(into)));
    struct slice source = slice_copy(into, file.bytes);
    file_close(&file);
    return source;
}

static inline struct locale *fixture_locale(const char *tag, struct arena *into)
{
    struct diags *said = diags_new(into);
    struct locale *locale = NULL;
    const char *path;
    struct slice source = locale_source(tag, into, &path);
    if (!locale_parse(source, path, NULL, into, &locale, said))
        print_diags_whole(said, into);
    assert_int_equal(diags_total(said), 0);
    return locale;
}

#endif
