/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What to say to an editor when libfyaml refuses a source. */
#ifndef SITREP_BASE_COMPLAINT_H
#define SITREP_BASE_COMPLAINT_H

struct complaint {
    const char *message, *hint;
};

#define QUOTE_IT "put the whole value in quotes"

/* theirs: libfyaml's message, or NULL. */
struct complaint yaml_explain(const char *theirs);

#endif
