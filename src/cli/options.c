/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GNU conventions: --name=value, --name value, -nvalue, -n value, joined switches,
 * unambiguous beginnings, "--" ends the options, "-" is an argument. */
#include "cli/cli.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool read_count(const struct command_line *line, const char *name, long most,
                long fallback, long *out)
{
    const char *value = option_value(line, name);
    double number = (double)fallback;
    *out = fallback;
    if (value && (!number_parse(slice_of(value), &number) || number < 1 ||
                  number > (double)most || number != (double)(long)number)) {
        fprintf(stderr, "sitrep: --%s is \"%s\", not a whole number from 1 to %ld\n",
                name, value, most);
        return false;
    }
    *out = (long)number;
    return true;
}

int usage_error(const char *what, const char *word, const char *const *known,
                size_t count)
{
    struct slice name[64];
    if (count > 64)
        count = 64;
    for (size_t i = 0; i < count; i++)
        name[i] = slice_of(known[i]);
    int nearest = text_nearest(slice_of(word), name, count);
    fprintf(stderr, "sitrep: %s \"%s\"", what, word);
    if (nearest >= 0)
        fprintf(stderr, "; did you mean \"%s\"?", known[nearest]);
    fputs("\nTry \"sitrep help\".\n", stderr);
    return SITREP_USAGE;
}

const char *option_value(const struct command_line *line, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; i < line->given_count; i++) {
        if (strcmp(line->given[i].option->name, name) == 0)
            value = line->given[i].value;
    }
    return value;
}

bool option_is_on(const struct command_line *line, const char *name)
{
    for (size_t i = 0; i < line->given_count; i++) {
        if (strcmp(line->given[i].option->name, name) == 0)
            return true;
    }
    return false;
}

void command_line_free(struct command_line *line)
{
    free(line->given);
    free(line->argument);
}

/* "--p" may begin several: they are named. */
static bool names_several(const struct command *command, const char *name, size_t size)
{
    size_t matches = 0;
    for (const struct option *option = command->options; option->name; option++)
        matches += strncmp(option->name, name, size) == 0;
    if (matches < 2 || !size)
        return false;
    fprintf(stderr, "sitrep: --%.*s may be", (int)size, name);
    for (const struct option *option = command->options; option->name; option++) {
        if (strncmp(option->name, name, size) == 0)
            fprintf(stderr, " --%s%s", option->name, --matches ? "," : "\n");
    }
    return true;
}

static void unknown_option(const struct command *command, const char *name, size_t size)
{
    const char *known[64];
    size_t count = 0;
    char word[64];
    if (names_several(command, name, size))
        return;
    for (const struct option *option = command->options; option->name && count < 64;
         option++)
        known[count++] = option->name;
    snprintf(word, sizeof word, "%.*s", (int)size, name);
    usage_error("unknown option", word, known, count);
}

/* The option so named, or the only one that begins so. */
static const struct option *find_long(const struct command *command, const char *name,
                                      size_t size)
{
    const struct option *found = NULL;
    size_t matches = 0;
    for (const struct option *option = command->options; option->name; option++) {
        if (strncmp(option->name, name, size) != 0)
            continue;
        if (strlen(option->name) == size)
            return option;
        found = option;
        matches++;
    }
    return matches == 1 ? found : NULL;
}

static const struct option *find_letter(const struct command *command, char letter)
{
    for (const struct option *option = command->options; option->name; option++) {
        if (option->letter == letter)
            return option;
    }
    return NULL;
}

static void add_given(struct command_line *line, const struct option *option,
                      const char *value)
{
    line->given[line->given_count++] = (struct given){option, value};
}

static bool needs_value(const struct option *option)
{
    fprintf(stderr, "sitrep: --%s needs a value: %s\n", option->name, option->value);
    return false;
}

static bool read_long(struct command_line *line, int argc, char **argv, int *at)
{
    const char *word = argv[*at] + 2;
    const char *equals = strchr(word, '=');
    size_t size = equals ? (size_t)(equals - word) : strlen(word);
    const struct option *option = find_long(line->command, word, size);
    if (!option) {
        unknown_option(line->command, word, size);
        return false;
    }
    if (!option->value && equals) {
        fprintf(stderr, "sitrep: --%s takes no value\n", option->name);
        return false;
    }
    const char *value = equals ? equals + 1 : NULL;
    if (option->value && !value) {
        if (*at + 1 >= argc)
            return needs_value(option);
        value = argv[++*at];
    }
    add_given(line, option, value);
    return true;
}

static bool read_letters(struct command_line *line, int argc, char **argv, int *at)
{
    for (const char *letter = argv[*at] + 1; *letter; letter++) {
        const struct option *option = find_letter(line->command, *letter);
        if (!option) {
            const char word[3] = {'-', *letter, 0};
            usage_error("unknown option", word, NULL, 0);
            return false;
        }
        if (!option->value) {
            add_given(line, option, NULL);
            continue;
        }
        const char *value = letter[1] ? letter + 1 : NULL;
        if (!value && *at + 1 >= argc)
            return needs_value(option);
        add_given(line, option, value ? value : argv[++*at]);
        return true;
    }
    return true;
}

static bool has_right_count(const struct command_line *line)
{
    const struct command *command = line->command;
    if (line->argument_count < command->fewest) {
        fprintf(stderr, "sitrep: usage: sitrep %s %s\n", command->name,
                command->arguments);
        return false;
    }
    if (line->argument_count > command->most) {
        fprintf(stderr, "sitrep: one argument too many: \"%s\"\n",
                line->argument[command->most]);
        return false;
    }
    return true;
}

bool command_line_read(const struct command *command, int argc, char **argv,
                       struct command_line *out)
{
    size_t most = 1;
    for (int i = 0; i < argc; i++)
        most += strlen(argv[i]) + 1; /* each letter may be a switch */
    *out = (struct command_line){.command = command};
    out->given = calloc(most, sizeof *out->given);
    out->argument = calloc((size_t)argc + 1, sizeof *out->argument);
    if (!out->given || !out->argument)
        abort();
    bool options_ended = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        bool ok = true;
        if (options_ended || word[0] != '-' || !word[1])
            out->argument[out->argument_count++] = word;
        else if (strcmp(word, "--") == 0)
            options_ended = true;
        else if (word[1] == '-')
            ok = read_long(out, argc, argv, &i);
        else
            ok = read_letters(out, argc, argv, &i);
        if (!ok)
            return false;
    }
    return option_is_on(out, "help") || has_right_count(out);
}
