/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Options that commands share, put into the handle. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Splits NAME=VALUE; without "=" the whole is the value of fallback. */
static char *split_pair(const char *pair, const char *fallback, const char **name,
                        const char **value)
{
    char *copy = strdup(pair);
    if (!copy)
        abort();
    char *equals = strchr(copy, '=');
    *name = equals ? copy : fallback;
    *value = equals ? equals + 1 : copy;
    if (equals)
        *equals = 0;
    return copy;
}

static int apply_value(struct sitrep *sitrep, const char *pair)
{
    const char *name, *value;
    if (!strchr(pair, '=') || pair[0] == '=') {
        fprintf(stderr, "sitrep: -P wants KEY=VALUE, not \"%s\"\n", pair);
        return SITREP_USAGE;
    }
    char *copy = split_pair(pair, "", &name, &value);
    size_t size = strlen(name) + sizeof "value:";
    char *key = malloc(size);
    if (!key)
        abort();
    snprintf(key, size, "value:%s", name);
    int status = sitrep_set(sitrep, key, value);
    free(key);
    free(copy);
    return status;
}

static int apply_data(struct sitrep *sitrep, const char *pair)
{
    const char *name, *path;
    char *copy = split_pair(pair, "incidents", &name, &path);
    int status = SITREP_USAGE;
    if (*name && *path)
        status = sitrep_add_data(sitrep, name, path);
    else
        fprintf(stderr, "sitrep: --data wants NAME=FILE, not \"%s\"\n", pair);
    free(copy);
    return status;
}

static bool is_setting(const char *name)
{
    static const char *const settings[] = {
        "period",    "as-of",  "language",    "theme",    "paper", "issue",
        "delimiter", "schema", "max-rejects", "encoding", "dates",
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        if (strcmp(name, settings[i]) == 0)
            return true;
    }
    return false;
}

/* An empty setting is a script's mistake: --period "$WEEK" without a WEEK. */
static int apply_setting(struct sitrep *sitrep, const char *name, const char *value)
{
    if (*value)
        return sitrep_set(sitrep, name, value);
    fprintf(stderr, "sitrep: --%s is empty\n", name);
    return SITREP_USAGE;
}

int apply_common(struct sitrep *sitrep, const struct command_line *line)
{
    int status = SITREP_OK;
    for (size_t i = 0; i < line->given_count && status == SITREP_OK; i++) {
        const char *name = line->given[i].option->name;
        const char *value = line->given[i].value;
        if (strcmp(name, "data") == 0)
            status = apply_data(sitrep, value);
        else if (strcmp(name, "value") == 0)
            status = apply_value(sitrep, value);
        else if (strcmp(name, "strict") == 0)
            status = sitrep_set(sitrep, "strict", "yes");
        else if (is_setting(name))
            status = apply_setting(sitrep, name, value);
    }
    return status;
}
