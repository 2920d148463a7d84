/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long each phase of a brief took, by the caller's clock. */
#ifndef SITREP_BRIEF_PHASES_H
#define SITREP_BRIEF_PHASES_H

#include <stddef.h>

enum { PHASES_MOST = 8 };

struct phase {
    const char *name;
    double milliseconds;
};

struct phases {
    double (*clock)(void); /* milliseconds; NULL: nothing is measured */
    struct phase phase[PHASES_MOST];
    size_t count;
    double started; /* when the phase at hand did */
};

/* Forgets all of them. */
void phases_begin(struct phases *phases);
/* From here on, as when what came since the last phase belongs to none. */
void phases_resume(struct phases *phases);
void phases_end(struct phases *phases, const char *name);
/* A phase that ended inside what has just run; a time before it began ends none. */
void phases_end_at(struct phases *phases, const char *name, double time);

#endif
