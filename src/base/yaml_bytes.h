/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes that YAML isn't made of. */
#ifndef SITREP_BASE_YAML_BYTES_H
#define SITREP_BASE_YAML_BYTES_H

#include "base/text.h"

/* The first byte that no text file has; the text's size where there is none. */
size_t yaml_find_control(struct slice text);
/* Where more blank lines follow each other than anybody means, 200; libfyaml's time
 * grows with the square of their number. The text's size where there are none. */
size_t yaml_find_blank_run(struct slice text);

#endif
