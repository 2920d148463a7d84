/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `sitrep help`, and the registry of commands. */
#include "cli/cli.h"

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

void print_command_help(const struct command *command)
{
    printf("sitrep %s %s\n%s.\n%s%s\n", command->name, command->arguments,
           command->help, *command->details ? "\n" : "", command->details);
    for (const struct option *option = command->options; option->name; option++) {
        char form[64];
        snprintf(form, sizeof form, "--%s%s%s", option->name, option->value ? " " : "",
                 option->value ? option->value : "");
        if (option->letter)
            printf("  -%c, %-24s %s\n", option->letter, form, option->help);
        else
            printf("      %-24s %s\n", form, option->help);
    }
}

static void print_overview(void)
{
    puts("sitrep: incident CSVs and a template become a printed brief.\n");
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  sitrep %-8s %-20s %s\n", commands[i]->name, commands[i]->arguments,
               commands[i]->help);
    puts("\n\"sitrep help COMMAND\" shows a command's options. Exit codes: 0 ok, "
         "1 internal or\ninput/output, 2 usage, 3 template, 4 data, 5 quality gate, "
         "6 font, map or theme\nmissing, 7 warnings under --strict, 8 some of a batch "
         "failed.");
}

static const struct option options[] = {
    {'h', "help", NULL, "show this", false},
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
    "help", "[COMMAND]", "show what there is", "", options, 0, 1, run,
};
