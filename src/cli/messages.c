/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages on stderr, in colour only on a terminal that wants it. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool colours(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) && !(no_colour && *no_colour) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

struct message_count print_messages(struct sitrep *sitrep, bool quiet)
{
    static const char *const colour[] = {"\033[36m", "\033[33m", "\033[31m"};
    struct message_count printed = {0, 0};
    size_t count = sitrep_message_count(sitrep);
    bool in_colour = colours();
    for (size_t i = 0; i < count; i++) {
        int severity = sitrep_message_severity(sitrep, i);
        printed.warnings += severity == 1;
        printed.errors += severity == 2;
        if (quiet && severity == 0)
            continue;
        const char *text = sitrep_message_text(sitrep, i);
        if (in_colour)
            fprintf(stderr, "%s%s\033[0m", colour[severity], text);
        else
            fputs(text, stderr);
    }
    sitrep_clear_messages(sitrep);
    return printed;
}

void print_verdict(int status, struct message_count printed, const char *output)
{
    bool was_told = status == SITREP_USAGE && !printed.errors;
    if (status == SITREP_OK || was_told)
        return;
    if (status == SITREP_STRICT)
        fprintf(stderr, "sitrep: %zu warning%s, which --strict makes errors",
                printed.warnings, printed.warnings == 1 ? "" : "s");
    else if (printed.errors)
        fprintf(stderr, "sitrep: %zu error%s", printed.errors,
                printed.errors == 1 ? "" : "s");
    else
        fputs("sitrep: stopped", stderr);
    if (output && strcmp(output, "-") != 0)
        fprintf(stderr, "; %s not %s", output,
                access(output, F_OK) == 0 ? "changed" : "written");
    fputc('\n', stderr);
}

bool write_stdout(const char *text, size_t size)
{
    bool ok = fwrite(text, 1, size, stdout) == size && fflush(stdout) == 0;
    if (!ok)
        fputs("sitrep: can't write to standard output\n", stderr);
    return ok;
}
