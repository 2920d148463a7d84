/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading files whole and writing them so that a failed run changes nothing. */
#ifndef SITREP_BASE_FILE_H
#define SITREP_BASE_FILE_H

#include "base/diag.h"

/* A file's bytes, mapped where the system can, read otherwise; "-" reads standard
 * input. Regular files, pipes and standard input only.
 * Life: file_open … file_close; bytes are borrowed from it. */
struct file {
    struct slice bytes;
    bool is_mapped;
    void *owned; /* heap bytes when not mapped */
};
bool file_open(struct file *file, const char *path, struct diags *diags);
void file_close(struct file *file);
bool file_exists(const char *path);

/* Output is written beside its target, synced and renamed on commit; without a
 * commit the target stays as it was. "-" is standard output, which can't be undone.
 * Life: output_open … output_write … output_commit or output_discard. */
struct output;
bool output_open(struct output **out, const char *path, struct diags *diags);
bool output_write(struct output *output, const void *bytes, size_t size);
bool output_commit(struct output *output, struct diags *diags); /* frees output */
void output_discard(struct output *output);                     /* frees output */

/* path joined to the folder that base lies in, unless path is absolute. */
const char *path_beside(struct arena *arena, const char *base, const char *path);
/* True when path, with its ".." worked out and links resolved, lies in folder or
 * below it. */
bool path_is_below(const char *path, const char *folder);

#endif
