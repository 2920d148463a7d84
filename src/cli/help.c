/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep help`, and the registry of commands. */
#include "cli/cli.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

extern const struct command command_render, command_chart, command_check, command_fmt,
    command_init, command_query, command_profile, command_lists, command_stats,
    command_help;

static const struct command *const commands[] = {
    &command_render, &command_chart,   &command_check, &command_fmt,   &command_init,
    &command_query,  &command_profile, &command_lists, &command_stats, &command_help,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(name, commands[i]->name) == 0)
            return commands[i];
    }
    return NULL;
}

const struct command *const *command_list(size_t *count)
{
    *count = COMMANDS;
    return commands;
}

/* Words, and spaces up to the width: "…" is one column and three bytes. */
static void print_padded(const char *words, size_t width)
{
    size_t columns = utf8_length(slice_of(words));
    printf("%s%*s", words, columns < width ? (int)(width - columns) : 0, "");
}

static void print_option(const struct option *option)
{
    char form[64];
    snprintf(form, sizeof form, "--%s%s%s", option->name, option->value ? " " : "",
             option->value ? option->value : "");
    if (option->letter)
        printf("  -%c, ", option->letter);
    else
        fputs("      ", stdout);
    print_padded(form, 25);
    puts(option->help);
}

static bool ends_in_dots(const char *words)
{
    static const char dots[] = "\xE2\x80\xA6";
    size_t size = strlen(words);
    return size >= 3 && strcmp(words + size - 3, dots) == 0;
}

void print_command_help(const struct command *command)
{
    bool is_open = ends_in_dots(command->help);
    printf("sitrep %s %s\n%s%s\n%s%s\n", command->name, command->arguments,
           command->help, is_open ? "" : ".", *command->details ? "\n" : "",
           command->details);
    for (const struct option *option = command->options; option->name; option++)
        print_option(option);
}

static void print_overview(void)
{
    puts("sitrep: incident CSVs and a template become a printed brief.\n");
    for (size_t i = 0; i < COMMANDS; i++) {
        printf("  sitrep %-8s ", commands[i]->name);
        print_padded(commands[i]->arguments, 21);
        puts(commands[i]->help);
    }
    puts("\n\"sitrep help COMMAND\" shows a command's options. Exit codes: 0 ok, "
         "1 internal or\ninput/output, 2 usage, 3 template, 4 data, 5 quality gate, "
         "6 font, map or theme\nmissing, 7 warnings under --strict, 8 some of a batch "
         "failed.");
}

static const struct option options[] = {
    {'h', "help", NULL, "show this"},
    {0},
};

static int run(struct sitrep *sitrep, const struct command_line *line)
{
    (void)sitrep;
    if (!line->argument_count) {
        print_overview();
        return SITREP_OK;
    }
    const struct command *command = command_find(line->argument[0]);
    if (command) {
        print_command_help(command);
        return SITREP_OK;
    }
    const char *name[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++)
        name[i] = commands[i]->name;
    return usage_error("there is no command", line->argument[0], name, COMMANDS);
}

const struct command command_help = {
    "help",
    "[COMMAND]",
    "show what there is",
    "  sitrep help render\n"
    "  sitrep render --help\n",
    options,
    0,
    1,
    run,
};
