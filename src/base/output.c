/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Output that replaces its target whole or not at all: written beside it, synced,
 * renamed. Where the file system can, the new file has no name until it is whole, so
 * that a run which is killed leaves nothing. What can't be renamed over (pipes,
 * devices) is written as it comes. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, MOST_LINKS = 40, LONGEST_STEM = 200, MOST_TRIES = 100 };

struct output {
    struct arena *arena;   /* holds the output itself too */
    const char *path;      /* as the user named it */
    const char *target;    /* links resolved; NULL when written directly */
    const char *temporary; /* the name it is written under, NULL while it has none */
    int descriptor;
    int error; /* errno of the first failed write */
    int folders_made;
    size_t buffered;
    char *buffer;
};

static bool fail(const char *path, const char *code, const char *verb, int error,
                 struct diags *diags)
{
    diags_error(diags, (struct place){0}, code, "can't %s \"%s\": %s", verb, path,
                file_trouble(error));
    return false;
}

/* Opening -------------------------------------------------------------------------- */

/* The file descriptor that a path stands for, -1 when it is an ordinary path. */
static int descriptor_named(const char *path)
{
    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    const char *digits = path + strlen("/dev/fd/");
    double number;
    if (strncmp(path, "/dev/fd/", strlen("/dev/fd/")) == 0 &&
        number_parse(slice_of(digits), &number) && number >= 0 && number < 65536)
        return (int)number;
    return -1;
}

/* Follows links by hand, so that one whose target isn't there yet is followed too. */
static const char *follow_links(struct arena *arena, const char *path)
{
    char link[4096];
    for (int i = 0; i < MOST_LINKS; i++) {
        ssize_t size = readlink(path, link, sizeof link - 1);
        if (size < 0)
            return path;
        link[size] = '\0';
        const char *copy = arena_print(arena, "%s", link);
        path = path_beside(arena, path, copy);
    }
    errno = ELOOP;
    return NULL;
}

/* Makes what is missing of folder and counts how many it made. */
static bool make_folders(struct arena *arena, const char *folder, int *made)
{
    if (mkdir(folder, 0777) == 0) {
        *made += 1;
        return true;
    }
    if (errno == EEXIST) {
        struct stat status;
        if (stat(folder, &status) == 0 && S_ISDIR(status.st_mode))
            return true;
        errno = ENOTDIR;
        return false;
    }
    const char *parent = path_folder(arena, folder);
    if (errno != ENOENT || strcmp(parent, folder) == 0 || strcmp(folder, ".") == 0)
        return false;
    if (!make_folders(arena, parent, made))
        return false;
    if (mkdir(folder, 0777) != 0)
        return errno == EEXIST; /* another run was quicker */
    *made += 1;
    return true;
}

static void remove_folders(struct output *output)
{
    const char *folder = output->target;
    while (output->folders_made-- > 0) {
        folder = path_folder(output->arena, folder);
        if (rmdir(folder) != 0)
            break;
    }
}

/* A hidden name beside the target that is this process's own. */
static const char *temporary_name(struct output *output, int number)
{
    const char *name = path_name(output->target);
    struct text path = {.arena = output->arena};
    text_print(&path, "%.*s.%.*s.%ld", (int)(name - output->target), output->target,
               LONGEST_STEM, name, (long)getpid());
    if (number)
        text_print(&path, ".%d", number);
    text_append_string(&path, ".tmp");
    return slice_c_string(output->arena, text_slice(&path));
}

static bool open_named(struct output *output)
{
    for (int i = 0; i < MOST_TRIES; i++) {
        output->temporary = temporary_name(output, i);
        output->descriptor =
            open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (output->descriptor >= 0)
            return true;
        if (errno != EEXIST)
            break;
    }
    output->temporary = NULL;
    return false;
}

static const char *descriptor_path(const struct output *output)
{
    return arena_print(output->arena, "/proc/self/fd/%d", output->descriptor);
}

/* Without a name where file system and /proc allow to give one later. */
static bool open_temporary(struct output *output)
{
    const char *folder = path_folder(output->arena, output->target);
    output->descriptor = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    if (output->descriptor >= 0 && access(descriptor_path(output), F_OK) == 0)
        return true;
    if (output->descriptor >= 0)
        close(output->descriptor);
    return open_named(output);
}

/* Gives the nameless file a name, from which it is renamed at once. */
static bool name_temporary(struct output *output)
{
    for (int i = 0; i < MOST_TRIES && !output->temporary; i++) {
        const char *name = temporary_name(output, i);
        if (linkat(AT_FDCWD, descriptor_path(output), AT_FDCWD, name,
                   AT_SYMLINK_FOLLOW) == 0)
            output->temporary = name;
        else if (errno != EEXIST)
            break;
    }
    return output->temporary != NULL;
}

/* Owner and mode of the file to be replaced; the owner only where we may. */
static void keep_mode(struct output *output, const struct stat *old)
{
    if (fchown(output->descriptor, old->st_uid, old->st_gid) != 0)
        (void)!fchown(output->descriptor, (uid_t)-1, old->st_gid);
    (void)!fchmod(output->descriptor, old->st_mode & 0777);
}

static bool open_direct(struct output *output, struct diags *diags)
{
    output->descriptor = open(output->target, O_WRONLY | O_CLOEXEC);
    output->target = NULL;
    if (output->descriptor < 0)
        return fail(output->path, "I101", "open", errno, diags);
    return true;
}

static bool open_beside(struct output *output, const struct stat *old,
                        struct diags *diags)
{
    if (old && access(output->target, W_OK) != 0)
        return fail(output->path, "I101", "replace", errno, diags);
    const char *folder = path_folder(output->arena, output->target);
    if (!make_folders(output->arena, folder, &output->folders_made)) {
        int error = errno;
        remove_folders(output);
        return fail(folder, "I103", "make the folder", error, diags);
    }
    if (!open_temporary(output)) {
        int error = errno;
        remove_folders(output);
        return fail(output->path, "I101", "write beside", error, diags);
    }
    if (old)
        keep_mode(output, old);
    return true;
}

static bool open_target(struct output *output, struct diags *diags)
{
    int named = descriptor_named(output->path);
    if (named >= 0) {
        output->descriptor = fcntl(named, F_DUPFD_CLOEXEC, 3);
        return output->descriptor >= 0 ||
               fail(output->path, "I101", "open", errno, diags);
    }
    output->target = follow_links(output->arena, output->path);
    if (!output->target)
        return fail(output->path, "I101", "open", errno, diags);
    struct stat old;
    bool exists = stat(output->target, &old) == 0;
    if ((exists && S_ISDIR(old.st_mode)) || !*path_name(output->target)) {
        struct diag *diag =
            diags_error(diags, (struct place){0}, "I104",
                        "can't write \"%s\": it is a folder", output->path);
        diag_hint(diags, diag, "name the file to write in it");
        return false;
    }
    if (exists && !S_ISREG(old.st_mode))
        return open_direct(output, diags);
    return open_beside(output, exists ? &old : NULL, diags);
}

bool output_open(struct output **out, const char *path, struct diags *diags)
{
    struct arena *arena = arena_new();
    struct output *output = ARENA_NEW(arena, struct output);
    output->arena = arena;
    output->path = arena_print(arena, "%s", path);
    output->buffer = arena_alloc(arena, BUFFER);
    *out = NULL;
    if (!open_target(output, diags)) {
        arena_free(arena);
        return false;
    }
    *out = output;
    return true;
}

/* Writing -------------------------------------------------------------------------- */

static bool write_all(struct output *output, const char *bytes, size_t size)
{
    while (size && !output->error) {
        ssize_t written = write(output->descriptor, bytes, size);
        if (written >= 0) {
            bytes += written;
            size -= (size_t)written;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd ready = {output->descriptor, POLLOUT, 0};
            poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            output->error = errno;
        }
    }
    return !output->error;
}

static bool flush(struct output *output)
{
    size_t size = output->buffered;
    output->buffered = 0;
    return write_all(output, output->buffer, size);
}

bool output_write(struct output *output, const void *bytes, size_t size)
{
    if (output->error)
        return false;
    if (size > BUFFER - output->buffered && !flush(output))
        return false;
    if (size >= BUFFER)
        return write_all(output, bytes, size);
    if (size)
        memcpy(output->buffer + output->buffered, bytes, size);
    output->buffered += size;
    return true;
}

/* Closing -------------------------------------------------------------------------- */

static void sync_folder(struct output *output)
{
    const char *folder = path_folder(output->arena, output->target);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor); /* some file systems can't, and need not */
    close(descriptor);
}

static void note_error(struct output *output, bool failed)
{
    if (failed && !output->error)
        output->error = errno;
}

void output_discard(struct output *output)
{
    if (!output)
        return;
    if (output->descriptor >= 0)
        close(output->descriptor);
    if (output->temporary)
        unlink(output->temporary);
    if (output->target)
        remove_folders(output);
    arena_free(output->arena);
}

bool output_commit(struct output *output, struct diags *diags)
{
    flush(output);
    if (output->target && !output->error)
        note_error(output, fsync(output->descriptor) != 0);
    if (output->target && !output->temporary && !output->error)
        note_error(output, !name_temporary(output));
    note_error(output, close(output->descriptor) != 0);
    output->descriptor = -1;
    if (output->target && !output->error)
        note_error(output, rename(output->temporary, output->target) != 0);
    if (output->error) {
        fail(output->path, "I102", "write", output->error, diags);
        output_discard(output);
        return false;
    }
    if (output->target)
        sync_folder(output);
    arena_free(output->arena);
    return true;
}

bool output_whole(const char *path, struct slice text, struct diags *diags)
{
    struct output *output;
    if (!output_open(&output, path, diags))
        return false;
    if (output_write(output, text.data, text.size))
        return output_commit(output, diags);
    output_discard(output);
    return false;
}
