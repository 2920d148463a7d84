/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sitrep on the command line: finds the command, the resources, and runs it. */
#include "cli/cli.h"

#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef SITREP_SHARE
#define SITREP_SHARE "/usr/local/share/sitrep"
#endif

static bool holds_resources(const char *folder)
{
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/templates/schemas", folder);
    return access(path, R_OK) == 0;
}

/* SITREP_HOME; else a folder above the program that holds templates/schemas (a build
 * in its source tree), or share/sitrep beside its bin; else where it was installed. */
static const char *find_resources(char folder[PATH_MAX])
{
    const char *home = getenv("SITREP_HOME");
    if (home && *home)
        return home;
    ssize_t size = readlink("/proc/self/exe", folder, PATH_MAX - 16);
    folder[size > 0 ? size : 0] = 0;
    for (char *slash; (slash = strrchr(folder, '/'));) {
        *slash = 0;
        if (holds_resources(folder))
            return folder;
        size_t length = strlen(folder);
        strcpy(folder + length, "/share/sitrep");
        if (holds_resources(folder))
            return folder;
        folder[length] = 0;
    }
    return SITREP_SHARE;
}

static int unknown_command(const char *word)
{
    size_t count;
    const struct command *const *command = command_list(&count);
    const char *name[32];
    for (size_t i = 0; i < count; i++)
        name[i] = command[i]->name;
    /* What other programs call them. */
    static const char *const aliases[][2] = {
        {"version", "--version"}, {"build", "render"},    {"make", "render"},
        {"format", "fmt"},        {"lint", "check"},      {"validate", "check"},
        {"new", "init"},          {"describe", "profile"}};
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (strcmp(word, aliases[i][0]) != 0)
            continue;
        fprintf(stderr, "sitrep: there is no command \"%s\"; did you mean \"%s\"?\n",
                word, aliases[i][1]);
        fputs("Try \"sitrep help\".\n", stderr);
        return SITREP_USAGE;
    }
    return usage_error("there is no command", word, name, count);
}

static int run_command(const struct command *command, int argc, char **argv)
{
    struct command_line line;
    int status = SITREP_USAGE;
    if (command_line_read(command, argc, argv, &line)) {
        if (option_is_on(&line, "help")) {
            print_command_help(command);
            status = SITREP_OK;
        } else {
            char folder[PATH_MAX];
            struct sitrep *sitrep = sitrep_new(find_resources(folder));
            status = command->run(sitrep, &line);
            sitrep_free(sitrep);
        }
    }
    command_line_free(&line);
    return status;
}

/* Whatever was printed has to have arrived: a full disk under `> list.csv` is an
 * error. Commands that write there themselves have said so already. */
static int close_stdout(int status)
{
    bool failed = ferror(stdout) != 0;
    failed = fflush(stdout) != 0 || failed;
    if (!failed || status != SITREP_OK)
        return status;
    fputs("sitrep: can't write to standard output\n", stderr);
    return SITREP_INTERNAL;
}

/* "--vers" is --version; "--" and "-" are none. */
static bool begins_option(const char *word, const char *option)
{
    size_t size = strlen(word);
    return size > 2 && strncmp(word, option, size) == 0;
}

static int early_option(const char *word)
{
    fprintf(
        stderr,
        "sitrep: no command before the option \"%s\"\n"
        "Options stand behind a command, as in sitrep render weekly.md -o weekly.pdf.\n"
        "Try \"sitrep help\".\n",
        word);
    return SITREP_USAGE;
}

static int run(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "help";
    if (begins_option(word, "--version") || strcmp(word, "-V") == 0) {
        printf(
            "sitrep %s\nFree software under GPL-3.0-or-later, without any warranty.\n",
            sitrep_version());
        return SITREP_OK;
    }
    if (begins_option(word, "--help") || strcmp(word, "-h") == 0)
        word = "help";
    const struct command *command = command_find(word);
    if (!command)
        return word[0] == '-' ? early_option(word) : unknown_command(word);
    return run_command(command, argc > 2 ? argc - 2 : 0, argv + 2);
}

/* The heap's first megabytes, which every brief fills, come as large pages: a page
 * fault in place of 512, which is a quarter of the system's time. The heap is moved to
 * begin shortly before a large page, for one that was touched before it is asked for
 * stays small. Without large pages nothing is lost but addresses. */
static void ask_for_large_pages(void)
{
    enum { LARGE = 2 << 20, HEAP = 6 * LARGE, BEFORE = 256 << 10 };
    uintptr_t end = (uintptr_t)sbrk(0);
    uintptr_t first = (end + BEFORE + LARGE - 1) / LARGE * LARGE;
    if (sbrk((intptr_t)(first - BEFORE - end)) != (void *)end)
        return;
    mallopt(M_TOP_PAD, HEAP + BEFORE);
    void *volatile grown = malloc(BEFORE / 4 * 3);
    free(grown);
    if ((uintptr_t)sbrk(0) >= first + HEAP)
        madvise((void *)first, HEAP, MADV_HUGEPAGE);
}

/* What a program may ask of its process, and a library may not. */
static void settle_process(void)
{
    /* Memory that libraries hand back and want again is kept. */
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    ask_for_large_pages();
    mallopt(M_TOP_PAD, 1 << 20);
    /* cairo leaves the contents of its PDFs plain for it. The press deflates them
     * anyway, after marking the furniture in them; cairo takes five times as long. */
    setenv("CAIRO_DEBUG_PDF", "1", 1);
    /* A file that may grow no larger is an error with a message, like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
    settle_process();
    return close_stdout(run(argc, argv));
}
