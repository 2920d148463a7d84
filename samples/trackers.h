/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small trackers beside the incident file: court cases from arrest to verdict,
 * families displaced and relief pledged against paid, people by district. All invented. */
#ifndef SAMPLES_TRACKERS_H
#define SAMPLES_TRACKERS_H

#include <stdint.h>
#include <stdio.h>

void write_cases(FILE *file, uint64_t seed);
void write_displaced(FILE *file, uint64_t seed);
void write_people(FILE *file, uint64_t seed); /* how many live in each district */
void write_day(FILE *file, int32_t day);      /* 2026-11-15 */

#endif
