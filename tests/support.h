/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every test program needs: cmocka in the order it wants, near-equality of
 * doubles, and the loud skip for shared data that is absent. */
#ifndef SITREP_TESTS_SUPPORT_H
#define SITREP_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

#define assert_near(got, want, tolerance)                                              \
    assert_near_at((got), (want), (tolerance), #got, __FILE__, __LINE__)

static inline void assert_near_at(double got, double want, double tolerance,
                                  const char *what, const char *file, int line)
{
    if (fabs(got - want) <= tolerance || (isnan(got) && isnan(want)))
        return;
    print_error("%s is %.17g, not %.17g (±%g)\n", what, got, want, tolerance);
    _fail(file, line);
}

#define assert_slice(got, want) assert_slice_at((got), (want), __FILE__, __LINE__)

static inline void assert_slice_at(struct slice got, const char *want, const char *file,
                                   int line)
{
    if (slice_is(got, want))
        return;
    print_error("got \"%.*s\", not \"%s\"\n", SLICE_PRINT(got), want);
    _fail(file, line);
}

/* Tests run from the project's root; ../shared is beside it in some checkouts. */
#define SHARED(path) "../shared/" path
#define SKIP_WITHOUT(path)                                                             \
    do {                                                                               \
        if (access((path), R_OK) != 0) {                                               \
            printf("SKIPPED: %s is not here\n", (path));                               \
            skip();                                                                    \
        }                                                                              \
    } while (0)

#endif
