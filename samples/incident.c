/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws one incident: what was done, by whom, against whom, and at what cost. Most
 * incidents kill nobody and a few kill many, as in the field's files. */
#include "incident.h"

#include <stdio.h>
#include <string.h>

struct attack_type {
    const char *name;
    double weight[TARGET_KINDS]; /* by what is attacked */
    double fatal;                /* probability that somebody of the attacked dies */
    double killed, size; /* of the fatal ones: mean, and how clumped (less: more) */
    double injured;      /* mean */
    double repelled;     /* probability that attackers die */
};
struct operation_type {
    const char *name;
    double weight, fatal, killed, size, arrested;
};

// clang-format off
static const struct attack_type attack_types[] = {
    {"Armed attack",    {24, 6, 8, 4},    .56, 3.5, .9,  1.6, .24},
    {"IED",             {24, 14, 12, 30}, .42, 3.0, .9,  3.0, 0},
    {"Shooting",        {13, 54, 16, 2},  .72, 1.7, 1.6, .6,  .02},
    {"Ambush",          {12, 6, 6, 0},    .70, 4.2, .9,  2.1, .15},
    {"Grenade attack",  {8, 6, 12, 2},    .18, 1.3, 2.0, 2.4, 0},
    {"Drone attack",    {6, 2, 2, 0},     .25, 1.8, 1.3, 1.9, 0},
    {"Sniper fire",     {5, 0, 0, 0},     .55, 1.1, 2.0, .3,  0},
    {"Rocket fire",     {3, 0, 2, 3},     .12, 1.6, 1.3, 1.2, 0},
    {"Abduction",       {2, 10, 6, 2},    .06, 1.4, 2.0, .1,  0},
    {"Sabotage",        {0, 0, 0, 60},    .02, 1.0, 3.0, .1,  0},
    {"Suicide bombing", {1.4, .6, 1.3, 0}, .95, 10, 1.0, 16, 1},
    {"Car bomb",        {1.2, .2, 1.0, 0}, .85, 8.5, .9,  13,  .05},
    {"Bombing",         {1.5, 3, 12, 2},  .45, 3.6, .7,  4.5, 0},
};
static const struct operation_type operation_types[] = {
    {"Intelligence-based operation", 38, .56, 2.9, 1.3, .6},
    {"Search operation",             26, .10, 1.6, 1.5, 3.6},
    {"Raid",                         20, .40, 2.0, 1.5, 1.5},
    {"Area clearance",               9,  .58, 3.8, 1.2, 1.0},
    {"Infiltration foiled",          4,  .95, 4.4, 1.4, .2},
};
enum { ATTACK_TYPES = sizeof attack_types / sizeof *attack_types,
       OPERATION_TYPES = sizeof operation_types / sizeof *operation_types };

/* Families of actors, and how the press and the state name them. */
static const struct actor_family {
    const char *name;
    double weight[4]; /* southern KP, northern KP, Balochistan, elsewhere */
    const char *press, *formal, *official;
} families[] = {
    {"TTP",  {50, 48, 8, 34}, "TTP", "Tehrik-i-Taliban Pakistan", "Fitna al Khawaraj"},
    {"HGB",  {12, 2, 0, 0},   "Hafiz Gul Bahadur group", "Hafiz Gul Bahadur group", "Fitna al Khawaraj"},
    {"ISKP", {1, 8, 3, 4},    "ISKP", "Islamic State Khorasan Province", "ISKP"},
    {"BLA",  {0, 0, 42, 6},   "BLA", "Balochistan Liberation Army", "Fitna al Hindustan"},
    {"BLF",  {0, 0, 17, 1},   "BLF", "Balochistan Liberation Front", "BLF"},
    {"",     {37, 42, 30, 55}, "unidentified", "unidentified", "unidentified"},
};
enum { FAMILIES = sizeof families / sizeof *families };

struct agency {
    const char *names;
    double weight[4]; /* KP, Balochistan, Sindh, elsewhere */
};
static const struct agency agencies[] = {
    {"army",                 {20, 6, 0, 2}},   {"CTD",               {16, 18, 24, 44}},
    {"police",               {15, 8, 20, 24}}, {"army; CTD",         {9, 3, 0, 1}},
    {"police; CTD",          {14, 6, 16, 16}}, {"police; CTD; army", {8, 2, 0, 1}},
    {"Frontier Corps",       {5, 28, 0, 0}},   {"army; Frontier Corps", {7, 12, 0, 0}},
    {"Frontier Corps; CTD",  {1, 8, 0, 0}},    {"Levies; police",    {0, 9, 0, 0}},
    {"Rangers",              {0, 0, 16, 0}},   {"Rangers; police",   {0, 0, 12, 0}},
    {"Rangers; CTD",         {0, 0, 12, 0}},   {"CTD; IB",           {3, 2, 4, 14}},
};
enum { AGENCIES = sizeof agencies / sizeof *agencies };
// clang-format on

static bool is_kp(enum region region)
{
    return region == SOUTHERN_KP || region == NORTHERN_KP;
}

static bool is_balochistan(enum region region)
{
    return region == MAKRAN || region == INTERIOR_BALOCHISTAN;
}

/* Copies one of the '|'-separated parts, each as likely as the others. */
static void pick_part(struct random *random, const char *parts, char *out, size_t size)
{
    size_t count = 1, chosen;
    for (const char *at = parts; *at; at++)
        count += *at == '|';
    chosen = random_below(random, count);
    while (chosen--)
        parts = strchr(parts, '|') + 1;
    snprintf(out, size, "%.*s", (int)strcspn(parts, "|"), parts);
}

static const struct target *draw_target(struct random *random, enum region region)
{
    double weight[64];
    const int column = is_kp(region) ? 0 : is_balochistan(region) ? 1 : 2;
    for (size_t i = 0; i < target_count; i++)
        weight[i] = targets[i].weight[column];
    return &targets[random_weighted(random, weight, target_count)];
}

static const struct target *find_target(const char *name)
{
    for (size_t i = 0; i < target_count; i++)
        if (strcmp(targets[i].name, name) == 0)
            return &targets[i];
    return NULL;
}

static const struct attack_type *draw_attack_type(struct random *random,
                                                  enum target_kind kind)
{
    double weight[ATTACK_TYPES];
    for (size_t i = 0; i < ATTACK_TYPES; i++)
        weight[i] = attack_types[i].weight[kind];
    return &attack_types[random_weighted(random, weight, ATTACK_TYPES)];
}

static const struct actor_family *draw_family(struct random *random, enum region region,
                                              const char *wanted)
{
    double weight[FAMILIES];
    const int column = region == SOUTHERN_KP    ? 0
                       : region == NORTHERN_KP  ? 1
                       : is_balochistan(region) ? 2
                                                : 3;
    for (size_t i = 0; i < FAMILIES; i++) {
        weight[i] = families[i].weight[column];
        if (wanted && strcmp(families[i].name, wanted) == 0)
            return &families[i];
    }
    return &families[random_weighted(random, weight, FAMILIES)];
}

/* The state's statements use its own names for the groups, others mostly don't. */
static void name_actor(struct random *random, const struct actor_family *family,
                       struct incident *incident)
{
    const double official = strstr(incident->source, "military") ? .9 : .12;
    const char *name = random_chance(random, official) ? family->official
                       : random_chance(random, .7)     ? family->press
                                                       : family->formal;
    snprintf(incident->actor, sizeof incident->actor, "%s", name);
}

/* More sources report what kills more. The first is the one that told most. */
static void draw_sources(struct random *random, struct incident *incident)
{
    static const char *const attack[] = {
        "police statement", "local reporter",     "district administration",
        "rescue service",   "militant statement", "military statement",
        "hospital",         "resident accounts"};
    static const double attack_weight[] = {30, 26, 14, 12, 10, 12, 8, 8};
    static const char *const operation[] = {"military statement", "CTD statement",
                                            "police statement", "local reporter",
                                            "resident accounts"};
    static const double operation_weight[] = {40, 30, 22, 16, 6};
    const char *chosen[2] = {0};
    const int killed = incident_killed(incident);
    const double reach = incident->is_operation ? .5 : .8;
    int named = 0;
    incident->sources =
        1 + random_poisson(random, reach + (killed > 20 ? 20 : killed) * .16);
    if (incident->sources > 8)
        incident->sources = 8;
    while (named < incident->sources && named < 2) {
        const char *next = incident->is_operation
                               ? operation[random_weighted(random, operation_weight, 5)]
                               : attack[random_weighted(random, attack_weight, 8)];
        if (next != chosen[0])
            chosen[named++] = next;
    }
    snprintf(incident->source, sizeof incident->source, "%s%s%s", chosen[0],
             named > 1 ? "; " : "", named > 1 ? chosen[1] : "");
}

static int draw_dead(struct random *random, double fatal, double mean, double size)
{
    return random_chance(random, fatal) ? 1 + random_clumped(random, mean - 1, size)
                                        : 0;
}

/* Divides the dead of an attack between those who bear arms and those who don't. */
static void divide_dead(struct random *random, int dead, struct incident *incident)
{
    static const double share_of_forces[TARGET_KINDS] = {.86, .12, .16, .25};
    const double share = share_of_forces[incident->target->kind];
    for (int i = 0; i < dead; i++)
        if (random_chance(random, share))
            incident->forces++;
        else
            incident->civilians++;
}

static void draw_attack(struct random *random, const struct outline *outline,
                        struct incident *incident)
{
    const enum region region = outline->district->region;
    incident->target =
        outline->target ? find_target(outline->target) : draw_target(random, region);
    const struct attack_type *type = draw_attack_type(random, incident->target->kind);
    incident->type = type->name;
    divide_dead(random, draw_dead(random, type->fatal, type->killed, type->size),
                incident);
    if (type->repelled >= 1)
        incident->militants = random_chance(random, .25) ? 2 : 1;
    else if (random_chance(random, type->repelled))
        incident->militants = 1 + random_poisson(random, .9);
    const int killed = incident_killed(incident);
    incident->injured = random_clumped(random, type->injured * (.6 + .2 * killed), .9);
    if (incident->militants && random_chance(random, .2))
        incident->arrested = 1 + random_poisson(random, .3);
    if (incident->target->kind == TARGET_FORCES && random_chance(random, .55))
        snprintf(incident->agency, sizeof incident->agency, "%s",
                 incident->target->name);
}

/* Joint operations become more usual over the two years. */
static void draw_agency(struct random *random, const struct outline *outline,
                        struct incident *incident)
{
    const enum region region = outline->district->region;
    const int column = is_kp(region)            ? 0
                       : is_balochistan(region) ? 1
                       : region == SINDH        ? 2
                                                : 3;
    double weight[AGENCIES];
    for (size_t i = 0; i < AGENCIES; i++) {
        const bool is_joint = strchr(agencies[i].names, ';');
        weight[i] =
            agencies[i].weight[column] * (is_joint ? .6 + .35 * outline->year : 1);
    }
    snprintf(incident->agency, sizeof incident->agency, "%s",
             agencies[random_weighted(random, weight, AGENCIES)].names);
}

static bool is_on_the_border(const struct district *district)
{
    return district->region == SOUTHERN_KP || strcmp(district->name, "Bajaur") == 0 ||
           strcmp(district->name, "Kurram") == 0 || strcmp(district->name, "Zhob") == 0;
}

static void draw_operation(struct random *random, const struct outline *outline,
                           struct incident *incident)
{
    double weight[OPERATION_TYPES];
    for (size_t i = 0; i < OPERATION_TYPES; i++)
        weight[i] = operation_types[i].weight;
    if (!is_on_the_border(outline->district))
        weight[OPERATION_TYPES - 1] = 0;
    const struct operation_type *type =
        &operation_types[random_weighted(random, weight, OPERATION_TYPES)];
    incident->type = type->name;
    incident->militants = draw_dead(random, type->fatal, type->killed, type->size);
    if (incident->militants && random_chance(random, .14))
        incident->forces = 1 + random_poisson(random, .3);
    if (incident->militants && random_chance(random, .03))
        incident->civilians = 1;
    incident->injured = random_clumped(random, incident->militants ? .9 : .1, .6);
    incident->arrested = random_clumped(random, type->arrested, .8);
    draw_agency(random, outline, incident);
}

/* An early report sometimes gives no toll; its cells stay blank, which isn't zero. */
static void forget_toll(struct random *random, struct incident *incident)
{
    const int killed = incident_killed(incident);
    if (killed < 3 && random_chance(random, .02))
        incident->injured = TOLL_UNKNOWN;
    if (killed < 3 && incident->sources == 1 && random_chance(random, .006))
        incident->civilians = incident->forces = incident->militants =
            incident->injured = TOLL_UNKNOWN;
}

/* A place's distance from its district's point, the same in every incident there. */
static double place_offset(const char *place, unsigned axis)
{
    uint32_t hash = 2166136261u ^ axis;
    for (; *place; place++)
        hash = (hash ^ (unsigned char)*place) * 16777619u;
    return (double)((hash >> 9) % 2001) / 1000 - 1;
}

static void locate(struct random *random, struct incident *incident)
{
    static const double weight[] = {46, 34, 20};
    static const char *const precision[] = {"exact", "place", "district"};
    const struct district *district = incident->district;
    const double reach = district->region == SINDH || district->region == ISLAMABAD ||
                                 strcmp(district->name, "Quetta") == 0
                             ? .03
                             : .11;
    const size_t chosen = random_weighted(random, weight, 3);
    pick_part(random, district->places, incident->place, sizeof incident->place);
    incident->precision = precision[chosen];
    incident->is_located = !random_chance(random, .015);
    incident->latitude = district->latitude;
    incident->longitude = district->longitude;
    if (chosen < 2) {
        incident->latitude += reach * place_offset(incident->place, 1);
        incident->longitude += reach * place_offset(incident->place, 2);
    }
    if (chosen == 0) {
        incident->latitude += reach * .2 * random_normal(random);
        incident->longitude += reach * .2 * random_normal(random);
    }
}

void incident_draw(struct random *random, const struct outline *outline,
                   struct incident *out)
{
    memset(out, 0, sizeof *out);
    out->day = outline->day;
    out->district = outline->district;
    out->is_operation = outline->is_operation;
    locate(random, out);
    if (outline->is_operation)
        draw_operation(random, outline, out);
    else
        draw_attack(random, outline, out);
    draw_sources(random, out);
    forget_toll(random, out);
    if (outline->is_operation)
        snprintf(out->actor, sizeof out->actor, "security forces");
    else
        name_actor(random, draw_family(random, out->district->region, outline->family),
                   out);
}

/* TOLL_UNKNOWN counts as 0 here: the caller looks whether it is known. */
int incident_killed(const struct incident *incident)
{
    const int killed = incident->civilians + incident->forces + incident->militants;
    return killed > 0 ? killed : 0;
}
