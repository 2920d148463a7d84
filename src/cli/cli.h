/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command line: one file a subcommand, options as tables. It uses sitrep.h and
 * nothing else of the library but base/. */
#ifndef SITREP_CLI_CLI_H
#define SITREP_CLI_CLI_H

#include "sitrep.h"

#include <stdbool.h>
#include <stddef.h>

struct option {
    char letter;              /* 0 = none */
    const char *name, *value; /* value NULL: a switch */
    const char *help;
};

struct given { /* an option as typed */
    const struct option *option;
    const char *value;
};

struct command_line {
    const struct command *command;
    size_t given_count;
    struct given *given;
    size_t argument_count;
    const char **argument;
};

struct command {
    const char *name, *arguments, *help;
    const char *details;          /* shown by `help NAME` */
    const struct option *options; /* ends with a NULL name */
    size_t fewest, most;          /* arguments */
    int (*run)(struct sitrep *sitrep, const struct command_line *line);
};

const struct command *command_find(const char *name);
const struct command *const *command_list(size_t *count);

/* The last value given for an option, NULL when it wasn't. */
const char *option_value(const struct command_line *line, const char *name);
bool option_is_on(const struct command_line *line, const char *name);

/* A whole number from 1 to most; false after a message on stderr. */
bool read_count(const struct command_line *line, const char *name, long most,
                long fallback, long *out);

/* Sorts argv into options and arguments; false after a message on stderr. */
bool command_line_read(const struct command *command, int argc, char **argv,
                       struct command_line *out);
void command_line_free(struct command_line *line);

struct message_count {
    size_t warnings, errors;
};
/* Prints the messages so far on stderr and forgets them, of each severity a hundred;
 * quiet leaves notes out. */
struct message_count print_messages(struct sitrep *sitrep, bool quiet);
/* "2 errors; weekly.pdf not changed". output NULL: nothing would have been written. */
void print_verdict(int status, struct message_count printed, const char *output);
/* A usage error on stderr, with the nearest word of count. Returns SITREP_USAGE. */
int usage_error(const char *what, const char *word, const char *const *known,
                size_t count);
void print_command_help(const struct command *command);
bool write_stdout(const char *text, size_t size);

/* Options that every command with a template has, put into the handle. */
int apply_common(struct sitrep *sitrep, const struct command_line *line);
#define COMMON_OPTIONS                                                                 \
    {'d', "data", "NAME=FILE", "a data file in place of the template's own"},          \
        {'p', "period", "PERIOD", "\"last complete week\", 2026-W46, 2026-10 …"},      \
        {0, "as-of", "DATE", "the day the brief speaks of"},                           \
        {'P', "value", "KEY=VALUE", "a value for {{ KEY }}"},                          \
        {'i', "issue", "FILE.yaml", "this issue's values"},                            \
        {'l', "language", "TAG", "en, ur …; render: en,ur for twin editions"},         \
        {0, "theme", "NAME", "strategic, paper …"},                                    \
        {0, "paper", "SIZE", "a4, letter, a4-landscape …"},                            \
        {0, "encoding", "NAME", "of the data, where no BOM or schema says it"},        \
        {0, "delimiter", "CHAR", "of the data: , ; | or tab"},                         \
        {0, "schema", "NAME", "of the main table, instead of by its header"},          \
        {0, "dates", "LAYOUT", "of the main table: d/M/yyyy, where it can't tell"},    \
        {0, "max-rejects", "N", "most cells or rows that may be unusable: 10, 0.5%"},  \
        {0, "strict", NULL, "warnings are errors"},                                    \
    {                                                                                  \
        'q', "quiet", NULL, "no notes, no progress"                                    \
    }

#endif
