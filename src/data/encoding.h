/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any encoding that iconv knows becomes UTF-8. The door to iconv. */
#ifndef SITREP_DATA_ENCODING_H
#define SITREP_DATA_ENCODING_H

#include "base/file.h"

/* Decides, in this order: BOM (UTF-8, UTF-16LE/BE, UTF-32), the declared name, else
 * UTF-8. When valid UTF-8 results without conversion *out borrows source (after the
 * BOM); otherwise it lies in the arena. Bytes that don't fit are an error (D101)
 * with the first bad line and column, and where nothing was declared a hint to try
 * --encoding windows-1252. An unknown name is an error (D102) with the nearest names.
 * A declared encoding whose text is valid UTF-8 beyond ASCII is warned of (D104).
 *   declared  NULL or "" = not declared
 *   mapped    the file that the bytes are of, which lets go what was looked at; or NULL */
bool encoding_read(struct slice source, const char *declared, const char *file,
                   const struct file *mapped, struct arena *arena, struct slice *out,
                   struct diags *diags);

/* What a file needs whose kind usually comes in `usual`, a schema's word: NULL where
 * a BOM decides or the bytes are valid UTF-8 beyond ASCII (somebody has converted the
 * file), else `usual`. */
const char *encoding_expect(struct slice source, const char *usual);

#endif
