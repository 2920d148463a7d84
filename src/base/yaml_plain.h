/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * YAML as people write it: mappings and lists by indentation or in brackets, of values on
 * one line, bare or in quotes. A short scanner of ours takes such a document; every other
 * goes to libfyaml, which stays the judge of what is odd. Both give the same tree: the
 * tests hold yaml_parse against yaml_parse_by_library. */
#ifndef SITREP_BASE_YAML_PLAIN_H
#define SITREP_BASE_YAML_PLAIN_H

#include "base/text.h"

enum yaml_part_kind { PART_MAPPING, PART_SEQUENCE, PART_END, PART_SCALAR };

/* One after the other as they stand: what opens, its keys and values, its end. */
struct yaml_part {
    enum yaml_part_kind kind;
    bool quoted;
    size_t start, end; /* what a scalar says, within its quotes; where others begin */
};

/* False where anything isn't plain; nothing is wrong then, nor right. text is valid
 * UTF-8 without control characters.
 *   cost  linear */
bool yaml_scan_plain(struct slice text, struct arena *arena, struct yaml_part **part,
                     size_t *count);

#endif
