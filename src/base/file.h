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
/* D001: it can't be opened, with the nearest name in its folder as a hint; D002: it
 * can't be read to its end. A file that shrinks while it is mapped ends the process,
 * as it does for every program that maps files. */
bool file_open(struct file *file, const char *path, struct diags *diags);
/* As file_open; the error stands where the file was named. */
bool file_open_named(struct file *file, const char *path, struct place named_at,
                     struct diags *diags);
/* With another first letter of the codes than D: M for a template or a part of one. */
bool file_open_as(struct file *file, const char *path, char letter,
                  struct place named_at, struct diags *diags);
void file_close(struct file *file);
/* A part of a mapped file that has been read and hardly will be again gives its memory
 * back; who reads it all the same finds it there. Of other bytes nothing happens. */
void file_let_go(const struct file *file, struct slice part);
/* How much is worth letting go at once. */
enum { FILE_STRIDE = 8 * 1024 * 1024 };
bool file_exists(const char *path); /* and is no folder */
/* The hint for a path that leads nowhere: the nearest name in its folder. */
void file_hint_nearest(struct diags *diags, struct diag *diag, const char *path);
/* Two names of one regular file that is there. */
bool file_is_same(const char *a, const char *b);

/* Output is written beside its target, synced and renamed on commit; without a
 * commit the target stays as it was. Missing folders are made; a discard takes them
 * away again. A link's target is replaced, not the link; the mode of an existing file
 * is kept. "-" is standard output, which, as pipes and devices, can't be undone.
 *   I101 can't open, I102 can't write, I103 can't make the folder, I104 is a folder
 * Life: output_open … output_write … output_commit or output_discard. */
struct output;
bool output_open(struct output **out, const char *path, struct diags *diags);
bool output_write(struct output *output, const void *bytes, size_t size);
bool output_commit(struct output *output, struct diags *diags); /* frees output */
void output_discard(struct output *output);                     /* frees output */
/* All of it at once. */
bool output_whole(const char *path, struct slice text, struct diags *diags);

/* path joined to the folder that base lies in, unless path is absolute or "-". */
const char *path_beside(struct arena *arena, const char *base, const char *path);
/* True when path, with its ".." worked out and links resolved, lies in folder or
 * below it. The path need not exist; a link that leads nowhere lies nowhere. */
bool path_is_below(const char *path, const char *folder);
/* The folder that path lies in, "." for a bare name, and the name alone. */
const char *path_folder(struct arena *arena, const char *path);
const char *path_name(const char *path);
/* What errno's value means, in lower case. */
const char *file_trouble(int error);

#endif
