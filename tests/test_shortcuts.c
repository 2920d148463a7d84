/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program holds its own part of cairo with shortcuts in it (cairo_shortcuts.c); this
 * one calls the system's. Both make the same bytes. */
#include "support.h"

#include "sitrep.h"

#include <limits.h>
#include <stdlib.h>

static int collect(const void *bytes, size_t size, void *context)
{
    text_append(context, (struct slice){bytes, size});
    return 0;
}

static struct slice with_the_systems_cairo(const char *template, const char *language,
                                           struct arena *arena)
{
    struct text pdf = {.arena = arena};
    struct sitrep *s = sitrep_new(".");
    assert_int_equal(sitrep_set(s, "language", language), SITREP_OK);
    assert_int_equal(sitrep_compose(s, template), SITREP_OK);
    assert_int_equal(sitrep_write(s, "pdf", collect, &pdf), SITREP_OK);
    sitrep_free(s);
    return text_slice(&pdf);
}

/* The program stands in the folder above this one. */
static const char *program(struct arena *arena)
{
    char path[PATH_MAX + 1] = "";
    assert_true(readlink("/proc/self/exe", path, PATH_MAX) > 0);
    *strrchr(path, '/') = 0;
    *strrchr(path, '/') = 0;
    return arena_print(arena, "%s/sitrep", path);
}

static struct slice with_its_own_cairo(const char *template, const char *language,
                                       struct arena *arena)
{
    const char *command =
        arena_print(arena, "SITREP_HOME=. %s render %s -l %s -q -f pdf -o -",
                    program(arena), template, language);
    struct text pdf = {.arena = arena};
    char block[65536];
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t size; (size = fread(block, 1, sizeof block, pipe)) > 0;)
        text_append(&pdf, (struct slice){block, size});
    assert_int_equal(pclose(pipe), 0);
    return text_slice(&pdf);
}

static void shortcuts_leave_every_byte_as_it_is(void **state)
{
    (void)state;
    static const char *const templates[] = {"templates/weekly.md", "templates/maps.md",
                                            "templates/dashboard.md"};
    for (size_t i = 0; i < 2 * sizeof templates / sizeof *templates; i++) {
        struct arena *arena = arena_new();
        const char *language = i % 2 ? "ur" : "en";
        struct slice want = with_the_systems_cairo(templates[i / 2], language, arena);
        struct slice got = with_its_own_cairo(templates[i / 2], language, arena);
        assert_true(want.size > 10000);
        assert_int_equal(got.size, want.size);
        assert_memory_equal(got.data, want.data, want.size);
        arena_free(arena);
    }
}

int main(void)
{
    /* As the program has it: contents are deflated by the press alone. */
    setenv("CAIRO_DEBUG_PDF", "1", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shortcuts_leave_every_byte_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
