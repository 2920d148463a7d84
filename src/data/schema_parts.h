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

/* "acled" of "templates/schemas/acled.yaml". */
struct slice schema_name_of(const char *file, struct arena *arena);

/* False when a schema that isn't read has a name in its signature that the header
 * lacks. */
bool schema_may_fit(const struct schema *schema, struct header_names header);

#endif
