/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phases and their times. */
#include "brief/phases.h"

static void add_phase(struct phases *phases, const char *name, double time)
{
    if (phases->clock && phases->count < PHASES_MOST)
        phases->phase[phases->count++] = (struct phase){name, time - phases->started};
    phases->started = time;
}

void phases_resume(struct phases *phases)
{
    phases->started = phases->clock ? phases->clock() : 0;
}

void phases_begin(struct phases *phases)
{
    phases->count = 0;
    phases_resume(phases);
}

void phases_end(struct phases *phases, const char *name)
{
    add_phase(phases, name, phases->clock ? phases->clock() : 0);
}

void phases_end_at(struct phases *phases, const char *name, double time)
{
    if (time > phases->started)
        add_phase(phases, name, time);
}
