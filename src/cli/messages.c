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

/* Of each severity; whoever made more mistakes made a few of them often. */
enum { SEVERITIES = 3, MOST_SHOWN = 100 };

static void print_message(struct sitrep *sitrep, size_t message, bool in_colour)
{
    static const char *const colour[SEVERITIES] = {"\033[36m", "\033[33m", "\033[31m"};
    const char *text = sitrep_message_text(sitrep, message);
    if (in_colour)
        fprintf(stderr, "%s%s\033[0m", colour[sitrep_message_severity(sitrep, message)],
                text);
    else
        fputs(text, stderr);
}

/* "sitrep: 29900 more errors and 20 more notes aren't shown". */
static void print_rest(const size_t count[SEVERITIES], bool quiet)
{
    static const char *const name[SEVERITIES] = {"note", "warning", "error"};
    const char *before = "sitrep: ";
    bool is_any = false;
    for (int severity = SEVERITIES - 1; severity >= quiet; severity--) {
        if (count[severity] <= MOST_SHOWN)
            continue;
        size_t rest = count[severity] - MOST_SHOWN;
        fprintf(stderr, "%s%zu more %s%s", before, rest, name[severity],
                rest == 1 ? "" : "s");
        before = " and ";
        is_any = true;
    }
    if (is_any)
        fputs(" not shown\n", stderr);
}

struct message_count print_messages(struct sitrep *sitrep, bool quiet)
{
    size_t count[SEVERITIES] = {0};
    size_t messages = sitrep_message_count(sitrep);
    bool in_colour = colours();
    for (size_t i = 0; i < messages; i++) {
        int severity = sitrep_message_severity(sitrep, i);
        bool is_shown = ++count[severity] <= MOST_SHOWN && !(quiet && severity == 0);
        if (is_shown)
            print_message(sitrep, i, in_colour);
    }
    print_rest(count, quiet);
    sitrep_clear_messages(sitrep);
    return (struct message_count){count[1], count[2]};
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
