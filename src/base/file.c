/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a file whole: mapped when it is a regular file, else read to its end. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 64 * 1024, MOST_NAMES = 10000 };

static const size_t largest_read = (size_t)4 << 30;

const char *file_trouble(int error)
{
    switch (error) {
    case ENOENT: return "there is no such file";
    case EACCES:
    case EPERM: return "permission denied";
    case EISDIR: return "it is a folder";
    case ENOTDIR: return "a part of its path is no folder";
    case ENOSPC: return "the disk is full";
    case EDQUOT: return "the disk quota is used up";
    case EROFS: return "the disk is read-only";
    case EIO: return "the disk or device failed";
    case EFBIG: return "it is too large";
    case ELOOP: return "its links lead in a circle";
    case ENAMETOOLONG: return "its name is too long";
    case EMFILE:
    case ENFILE: return "too many files are open";
    case EPIPE: return "the reader has gone";
    default: return strerror(error);
    }
}

/* The hint for a missing file ------------------------------------------------------ */

static int compare_names(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Sorted, since a folder lists its names in no certain order. */
static size_t list_folder(struct arena *scratch, const char *folder,
                          struct slice **names)
{
    size_t count = 0, capacity = 0;
    *names = NULL;
    DIR *open = opendir(folder);
    for (struct dirent *each; open && count < MOST_NAMES && (each = readdir(open));) {
        if (each->d_name[0] != '.')
            *ARENA_APPEND(scratch, *names, count, capacity) =
                slice_copy(scratch, slice_of(each->d_name));
    }
    if (open)
        closedir(open);
    if (count)
        qsort(*names, count, sizeof **names, compare_names);
    return count;
}

void file_hint_nearest(struct diags *diags, struct diag *diag, const char *path)
{
    if (strstr(path, "://")) {
        diag_hint(diags, diag, "web addresses aren't read: download it first");
        return;
    }
    if (strchr(path, '\\')) {
        diag_hint(diags, diag,
                  "folders are divided by /, and begin where the template lies");
        return;
    }
    struct arena *scratch = arena_new();
    const char *folder = path_folder(scratch, path);
    const char *name = path_name(path);
    struct stat status;
    if (stat(folder, &status) != 0) {
        diag_hint(diags, diag, "there is no folder \"%s\"", folder);
    } else {
        struct slice *names;
        size_t count = list_folder(scratch, folder, &names);
        int nearest = text_nearest(slice_of(name), names, count);
        for (size_t i = 0; nearest < 0 && i < count; i++) {
            struct slice ending = slice_from(names[i], strlen(name));
            if (slice_starts_with(names[i], name) && slice_starts_with(ending, "."))
                nearest = (int)i; /* incidents: incidents.csv */
        }
        if (nearest >= 0)
            diag_hint(diags, diag, "did you mean \"%.*s%.*s\"?", (int)(name - path),
                      path, SLICE_PRINT(names[nearest]));
    }
    arena_free(scratch);
}

/* Reading -------------------------------------------------------------------------- */

struct opening {
    const char *path;
    char letter; /* of the codes */
    struct place at;
    struct diags *diags;
};

static const char *code_of(const struct opening *opening, int number)
{
    return arena_print(diags_arena(opening->diags), "%c%03d", opening->letter, number);
}

static bool fail(const struct opening *opening, int number, const char *verb, int error)
{
    struct diag *diag =
        diags_error(opening->diags, opening->at, code_of(opening, number),
                    "can't %s \"%s\": %s", verb, opening->path, file_trouble(error));
    if (opening->at.column > 0)
        diag->width = (int)utf8_length(slice_of(opening->path));
    if (error == ENOENT)
        file_hint_nearest(opening->diags, diag, opening->path);
    return false;
}

static bool read_whole(struct file *file, int descriptor, const struct opening *opening)
{
    size_t capacity = FIRST_READ, size = 0;
    char *bytes = malloc(capacity);
    for (;;) {
        if (bytes && size == capacity) {
            char *wider = realloc(bytes, capacity *= 2);
            if (!wider)
                free(bytes);
            bytes = wider;
        }
        if (!bytes)
            return fail(opening, 2, "read", ENOMEM);
        ssize_t got = read(descriptor, bytes + size, capacity - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || size > largest_read) {
            free(bytes);
            return fail(opening, 2, "read", got < 0 ? errno : EFBIG);
        }
        if (got == 0)
            break;
        size += (size_t)got;
    }
    *file = (struct file){{bytes, size}, false, bytes};
    return true;
}

static bool load(struct file *file, int descriptor, const struct opening *opening)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return fail(opening, 1, "open", errno);
    if (S_ISDIR(status.st_mode))
        return fail(opening, 1, "open", EISDIR);
    /* Files of /proc and the like say they are empty. */
    if (!S_ISREG(status.st_mode) || status.st_size == 0)
        return read_whole(file, descriptor, opening);
    size_t size = (size_t)status.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED)
        return read_whole(file, descriptor, opening);
    *file = (struct file){{bytes, size}, true, NULL};
    return true;
}

/* Standard input may be anything its user has connected; a named device may not, for
 * /dev/zero has no end. */
static bool is_refused(const char *path, struct stat *status)
{
    return (S_ISCHR(status->st_mode) || S_ISBLK(status->st_mode)) &&
           strcmp(path, "/dev/stdin") != 0 && strcmp(path, "/dev/null") != 0;
}

bool file_open_as(struct file *file, const char *path, char letter,
                  struct place named_at, struct diags *diags)
{
    struct opening opening = {path, letter, named_at, diags};
    *file = (struct file){0};
    if (strcmp(path, "-") == 0) {
        opening.path = "standard input";
        return load(file, STDIN_FILENO, &opening);
    }
    struct stat status;
    if (stat(path, &status) != 0)
        return fail(&opening, 1, "open", errno);
    if (is_refused(path, &status)) {
        diags_error(diags, named_at, code_of(&opening, 1),
                    "can't open \"%s\": it is a device", path);
        return false;
    }
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(&opening, 1, "open", errno);
    bool ok = load(file, descriptor, &opening);
    close(descriptor);
    return ok;
}

bool file_open_named(struct file *file, const char *path, struct place named_at,
                     struct diags *diags)
{
    return file_open_as(file, path, 'D', named_at, diags);
}

bool file_open(struct file *file, const char *path, struct diags *diags)
{
    return file_open_named(file, path, (struct place){0}, diags);
}

void file_close(struct file *file)
{
    if (file->is_mapped)
        munmap((void *)(uintptr_t)file->bytes.data, file->bytes.size);
    free(file->owned);
    *file = (struct file){0};
}

bool file_is_same(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && S_ISREG(first.st_mode) &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

void file_let_go(const struct file *file, struct slice part)
{
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t first = (uintptr_t)file->bytes.data, from = (uintptr_t)part.data;
    if (!file->is_mapped || from < first || from + part.size > first + file->bytes.size)
        return;
    const uintptr_t start = (from + page - 1) / page * page;
    const uintptr_t end = (from + part.size) / page * page;
    if (start < end)
        (void)madvise((void *)start, end - start, MADV_DONTNEED);
}

bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}
