/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Summaries by a small grammar: rules that refer to each other and to the incident's
 * cells, with a random choice at every {a|b}. So no two read quite alike, and each
 * says the numbers of its row. */
#include "incident.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct rule {
    const char *name, *text;
};
static const struct rule rules[] = {
#define RULE(name, text) {name, text},
#include "prose.def"
};

struct prose {
    struct random *random;
    const struct incident *incident;
    char *out;
    size_t size, capacity;
};

static void expand(struct prose *prose, const char *start, const char *end);

static void append(struct prose *prose, const char *text, size_t size)
{
    if (size > prose->capacity - prose->size - 1)
        size = prose->capacity - prose->size - 1;
    memcpy(prose->out + prose->size, text, size);
    prose->size += size;
    prose->out[prose->size] = '\0';
}

static void append_string(struct prose *prose, const char *text)
{
    append(prose, text, strlen(text));
}

static void expand_text(struct prose *prose, const char *text)
{
    expand(prose, text, text + strlen(text));
}

static bool expand_rule(struct prose *prose, const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (strlen(rules[i].name) != size || memcmp(rules[i].name, name, size) != 0)
            continue;
        expand_text(prose, rules[i].text);
        return true;
    }
    return false;
}

static void expand_named(struct prose *prose, const char *name)
{
    expand_rule(prose, name, strlen(name));
}

static void append_count(struct prose *prose, int count)
{
    static const char *const word[] = {"no",   "one", "two",   "three", "four",
                                       "five", "six", "seven", "eight", "nine"};
    char digits[16];
    snprintf(digits, sizeof digits, "%d", count);
    append_string(prose, count < 10 ? word[count] : digits);
}

/* "three policemen" from "policeman/policemen". */
static void append_people(struct prose *prose, int count, const char *forms)
{
    const char *slash = strchr(forms, '/');
    append_count(prose, count);
    append_string(prose, " ");
    if (count == 1)
        append(prose, forms, (size_t)(slash - forms));
    else
        append_string(prose, slash + 1);
}

static void append_dead(struct prose *prose)
{
    const struct incident *incident = prose->incident;
    const struct target *target = incident->target;
    const struct {
        int count;
        const char *forms;
    } part[] = {
        {incident->forces, target ? target->forces : "soldier/soldiers"},
        {incident->civilians, target ? target->civilian : "civilian/civilians"},
        {incident->militants, target ? "attacker/attackers" : "militant/militants"}};
    int left = 0;
    for (size_t i = 0; i < 3; i++)
        left += part[i].count > 0;
    const int parts = left;
    for (size_t i = 0; i < 3; i++) {
        if (part[i].count <= 0)
            continue;
        if (left < parts)
            append_string(prose, left == 1 ? " and " : ", ");
        append_people(prose, part[i].count, part[i].forms);
        left--;
    }
}

/* "police; CTD; army" as a sentence says it: "police, the CTD and the army". */
static void append_agencies(struct prose *prose)
{
    const char *at = prose->incident->agency;
    while (*at) {
        const size_t size = strcspn(at, ";");
        if (strncmp(at, "police", 6) != 0 && strncmp(at, "Rangers", 7) != 0)
            append_string(prose, "the ");
        append(prose, at, size);
        at += size;
        if (*at == ';') {
            at += 2;
            append_string(prose, strchr(at, ';') ? ", " : " and ");
        }
    }
}

static const char *toll_kind(const struct incident *incident)
{
    const bool dead = incident_killed(incident) > 0, hurt = incident->injured > 0;
    if (incident->civilians == TOLL_UNKNOWN)
        return "unknown";
    return dead && hurt ? "dead hurt" : dead ? "dead" : hurt ? "hurt" : "none";
}

static void expand_by_toll(struct prose *prose, const char *rule)
{
    char name[48];
    snprintf(name, sizeof name, "%s %s", rule, toll_kind(prose->incident));
    expand_named(prose, name);
}

static void expand_opening(struct prose *prose)
{
    const struct incident *incident = prose->incident;
    if (incident->target && incident->target->kind == TARGET_PERSON &&
        strcmp(incident->type, "Abduction") == 0)
        expand_named(prose, "Abduction person");
    else
        expand_named(prose, incident->type);
}

static void expand_claim(struct prose *prose)
{
    const char *actor = prose->incident->actor;
    if (strcmp(actor, "unidentified") == 0)
        append_string(prose, " no group has claimed it.");
    else
        expand_named(prose,
                     strncmp(actor, "Fitna", 5) == 0 ? "tail blame" : "tail claim");
}

static void append_actor(struct prose *prose)
{
    const char *actor = prose->incident->actor;
    if (strncmp(actor, "Fitna", 5) != 0 && strncmp(actor, "Islamic", 7) != 0)
        append_string(prose, "the ");
    append_string(prose, actor);
}

static void append_preposition(struct prose *prose)
{
    const char *place = prose->incident->place;
    const bool is_road = strstr(place, "Road") || strstr(place, "Bypass");
    append_string(prose, is_road ? "on" : "in");
}

static void append_disputed(struct prose *prose)
{
    if (incident_killed(prose->incident) > 0)
        append_string(prose, " accounts of the toll differ.");
}

static void append_fight(struct prose *prose)
{
    if (prose->incident->militants > 0)
        expand_named(prose, "fought");
}

/* Who was abducted: the row's killed and injured say nothing of them. */
static void append_taken(struct prose *prose)
{
    append_people(prose, 1 + random_poisson(prose->random, .4),
                  prose->incident->target->civilian);
}

static void append_arrests(struct prose *prose)
{
    if (prose->incident->arrested > 0)
        expand_named(prose, "arrests some");
}

static void append_was(struct prose *prose, int count)
{
    append_string(prose, count == 1 ? "was" : "were");
}

static void append_place(struct prose *prose)
{
    append_string(prose, prose->incident->place);
}
static void append_target(struct prose *prose)
{
    expand_text(prose, prose->incident->target->phrase);
}
/* Only what moves can be ambushed. */
static void append_moving(struct prose *prose)
{
    const struct target *target = prose->incident->target;
    if (target->kind != TARGET_FORCES) {
        expand_text(prose, target->phrase);
        return;
    }
    append_string(prose, target->name[0] == 'a' ? "an " : "a ");
    append_string(prose, target->name);
    expand_text(prose, " {convoy|patrol|vehicle}");
}
static void append_hurt(struct prose *prose)
{
    append_people(prose, prose->incident->injured, "person/people");
}
static void append_was_dead(struct prose *prose)
{
    append_was(prose, incident_killed(prose->incident));
}
static void append_was_hurt(struct prose *prose)
{
    append_was(prose, prose->incident->injured);
}
static void append_arrested(struct prose *prose)
{
    append_people(prose, prose->incident->arrested, "suspect/suspects");
}
static void append_was_arrested(struct prose *prose)
{
    append_was(prose, prose->incident->arrested);
}
static void append_toll(struct prose *prose)
{
    expand_by_toll(prose, "toll");
}
static void append_leaving(struct prose *prose)
{
    expand_by_toll(prose, "leaving");
}
static void append_without_toll(struct prose *prose)
{
    expand_named(prose, "operation none");
}

/* What $name means when it isn't a rule. */
static const struct slot {
    const char *name;
    void (*append)(struct prose *prose);
} slots[] = {
    {"place", append_place},
    {"target", append_target},
    {"dead", append_dead},
    {"hurt", append_hurt},
    {"wasdead", append_was_dead},
    {"washurt", append_was_hurt},
    {"arrested", append_arrested},
    {"wasarrested", append_was_arrested},
    {"arrests", append_arrests},
    {"agency", append_agencies},
    {"actor", append_actor},
    {"claim", expand_claim},
    {"open", expand_opening},
    {"toll", append_toll},
    {"leaving", append_leaving},
    {"in", append_preposition},
    {"operation_none", append_without_toll},
    {"moving", append_moving},
    {"taken", append_taken},
    {"disputed", append_disputed},
    {"fight", append_fight},
};

static void expand_name(struct prose *prose, const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        if (strlen(slots[i].name) != size || memcmp(slots[i].name, name, size) != 0)
            continue;
        slots[i].append(prose);
        return;
    }
    expand_rule(prose, name, size);
}

/* The end of the alternative that begins at `at`: its '|' or the closing brace. */
static const char *alternative_end(const char *at)
{
    int depth = 0;
    for (;; at++) {
        if (depth == 0 && (*at == '|' || *at == '}'))
            return at;
        depth += (*at == '{') - (*at == '}');
    }
}

/* Expands one alternative of the group whose '{' is at start; returns its end. */
static const char *expand_choice(struct prose *prose, const char *start)
{
    size_t count = 0, chosen;
    const char *end = start;
    do {
        end = alternative_end(end + 1);
        count++;
    } while (*end != '}');
    chosen = random_below(prose->random, count);
    const char *from = start + 1;
    while (chosen--)
        from = alternative_end(from) + 1;
    expand(prose, from, alternative_end(from));
    return end + 1;
}

static void expand(struct prose *prose, const char *start, const char *end)
{
    while (start < end) {
        if (*start == '{') {
            start = expand_choice(prose, start);
        } else if (*start == '$') {
            const char *name = ++start;
            while (start < end && (isalpha((unsigned char)*start) || *start == '_'))
                start++;
            expand_name(prose, name, (size_t)(start - name));
        } else {
            append(prose, start++, 1);
        }
    }
}

/* Capitals at the starts of sentences, single spaces between words. */
static void tidy(char *text)
{
    char *out = text;
    bool starts = true;
    for (const char *at = text; *at; at++) {
        if (*at == ' ' && (out == text || out[-1] == ' ' || at[1] == ' '))
            continue;
        *out++ = starts && *at != '"' ? (char)toupper((unsigned char)*at) : *at;
        starts = starts ? *at == ' ' || *at == '"' : *at == '.' && at[1] == ' ';
    }
    *out = '\0';
}

void incident_describe(struct random *random, struct incident *incident)
{
    struct prose prose = {random, incident, incident->summary, 0,
                          sizeof incident->summary};
    const bool quiet = strcmp(toll_kind(incident), "none") == 0;
    incident->summary[0] = '\0';
    expand_named(&prose,
                 incident->is_operation ? quiet ? "operation quiet" : "operation"
                 : quiet && strcmp(incident->type, "Abduction") == 0 ? "abduction quiet"
                                                                     : "attack");
    tidy(incident->summary);
}
