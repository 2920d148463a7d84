/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the schema share among themselves. */
#ifndef SITREP_DATA_SCHEMA_PARTS_H
#define SITREP_DATA_SCHEMA_PARTS_H

#include "data/schema.h"

/* Adds the spellings that a mapping lists, "word: [spelling, spelling]", to those that
 * the field has. */
bool spellings_append(const struct yaml *node, struct schema_field *field,
                      struct arena *arena, struct diags *diags);

#endif
