/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One invented incident, and the invented country that it happens in. */
#ifndef SAMPLES_INCIDENT_H
#define SAMPLES_INCIDENT_H

#include "random.h"

enum region {
    SOUTHERN_KP,
    NORTHERN_KP,
    MAKRAN,
    INTERIOR_BALOCHISTAN,
    SINDH,
    PUNJAB,
    ISLAMABAD,
    GILGIT_BALTISTAN,
    AZAD_KASHMIR,
    REGION_COUNT
};

struct district {
    enum region region;
    const char *name;
    double latitude, longitude, weight;
    const char *places; /* '|' between them */
};
extern const struct district districts[];
extern const size_t district_count;
const char *region_province(enum region region);

enum target_kind {
    TARGET_FORCES,
    TARGET_PERSON,
    TARGET_PUBLIC,
    TARGET_WORKS,
    TARGET_KINDS
};

struct target {
    const char *name;
    enum target_kind kind;
    double weight[3];   /* in Khyber Pakhtunkhwa, in Balochistan, elsewhere */
    const char *phrase; /* prose: "{a police post|a police van}" */
    const char *forces; /* "policeman/policemen": who dies of the security forces */
    const char *civilian;
};
extern const struct target targets[];
extern const size_t target_count;

enum toll { TOLL_UNKNOWN = -1 };

struct incident {
    int32_t day; /* since 1970-01-01 */
    const struct district *district;
    bool is_operation;
    const char *type, *precision;
    const struct target *target; /* of an attack */
    char place[40], actor[64], agency[64], source[96];
    int civilians, forces, militants, injured, arrested; /* or TOLL_UNKNOWN */
    int sources;
    bool is_located;
    double latitude, longitude;
    char summary[480];
};

/* What is fixed beforehand about an incident; the rest is drawn. */
struct outline {
    int32_t day;
    const struct district *district;
    bool is_operation;
    double year;        /* 0 to 2 over the file, for what changes slowly */
    const char *family; /* of actors: "TTP", "BLA" …; NULL = drawn */
    const char *target; /* "police"; NULL = drawn */
};

void incident_draw(struct random *random, const struct outline *outline,
                   struct incident *out);
/* Writes the summary from all the other cells. */
void incident_describe(struct random *random, struct incident *incident);
int incident_killed(const struct incident *incident);

#endif
