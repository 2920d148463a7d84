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

void print_messages(struct sitrep *sitrep, bool quiet)
{
    static const char *const colour[] = {"\033[36m", "\033[33m", "\033[31m"};
    size_t count = sitrep_message_count(sitrep);
    bool in_colour = colours();
    for (size_t i = 0; i < count; i++) {
        int severity = sitrep_message_severity(sitrep, i);
        if (quiet && severity == 0)
            continue;
        const char *text = sitrep_message_text(sitrep, i);
        if (in_colour)
            fprintf(stderr, "%s%s\033[0m", colour[severity], text);
        else
            fputs(text, stderr);
    }
    sitrep_clear_messages(sitrep);
}

void print_verdict(int status, const char *output)
{
    if (status == SITREP_OK)
        return;
    const char *because =
        status == SITREP_STRICT ? "warnings are errors under --strict" : "stopped";
    if (output && strcmp(output, "-") != 0)
        fprintf(stderr, "sitrep: %s; %s not changed\n", because, output);
    else
        fprintf(stderr, "sitrep: %s\n", because);
}

bool write_stdout(const char *text, size_t size)
{
    bool ok = fwrite(text, 1, size, stdout) == size && fflush(stdout) == 0;
    if (!ok)
        fputs("sitrep: can't write to standard output\n", stderr);
    return ok;
}
