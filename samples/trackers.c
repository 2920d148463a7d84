/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws the trackers: a case moves from arrest to verdict at the pace of courts, and
 * relief is paid later than it is pledged. */
#include "trackers.h"

#include "history.h"

enum { CASES = 72, LAST_DAY = FIRST_DAY + 7 * WEEKS - 1 };

static const char *const charges[] = {
    "murder of policemen",   "possession of explosives", "extortion", "facilitation",
    "kidnapping for ransom", "attack on a convoy",       "financing"};
static const char *const verdicts[] = {"convicted", "acquitted", "convicted in part"};

static size_t draw_district(struct random *random)
{
    double weight[160];
    for (size_t i = 0; i < district_count; i++)
        weight[i] = districts[i].weight;
    return random_weighted(random, weight, district_count);
}

/* A step of the case, or a blank cell when it hasn't been taken by the last day. */
static void write_step(FILE *file, int32_t day)
{
    if (day <= LAST_DAY)
        write_day(file, day);
    putc(',', file);
}

static void write_case(FILE *file, struct random *random, int number, int32_t arrested)
{
    static const double verdict_weight[] = {46, 40, 14};
    const struct district *district = &districts[draw_district(random)];
    const int32_t charged = arrested + 20 + random_clumped(random, 45, 2);
    const int32_t opened = charged + 15 + random_clumped(random, 80, 1.5);
    const int32_t ended = opened + 40 + random_clumped(random, 200, 1.5);
    const char *verdict = verdicts[random_weighted(random, verdict_weight, 3)];
    const char *charge = charges[random_below(random, 7)];
    const int accused = 1 + random_poisson(random, .8);
    fprintf(file, "C-%03d,%s,%s,%s,%d,", number, region_province(district->region),
            district->name, charge, accused);
    write_day(file, arrested);
    putc(',', file);
    write_step(file, charged);
    write_step(file, opened);
    write_step(file, ended);
    fprintf(file, "%s,%s\n",
            ended <= LAST_DAY     ? "closed"
            : opened <= LAST_DAY  ? "trial"
            : charged <= LAST_DAY ? "charged"
                                  : "arrested",
            ended <= LAST_DAY ? verdict : "");
}

void write_cases(FILE *file, uint64_t seed)
{
    struct random random;
    random_seed(&random, seed + 1);
    fputs("case,province,district,charge,accused,arrested,charged,trial opened,verdict "
          "date,stage,verdict\n",
          file);
    for (int i = 0; i < CASES; i++)
        write_case(file, &random, i + 1,
                   FIRST_DAY + (LAST_DAY - FIRST_DAY) * i / CASES +
                       random_poisson(&random, 4));
}

/* Months of displacement by district: families leave after clearance operations and
 * go home over the following year; relief follows with a delay. */
static const struct displacement {
    const char *province, *district;
    int left,
        first_month; /* families in the worst month; months since the file's start */
} displacements[] = {
    {"Khyber Pakhtunkhwa", "Khyber", 5200, 2},
    {"Khyber Pakhtunkhwa", "Bajaur", 3900, 8},
    {"Khyber Pakhtunkhwa", "North Waziristan", 2600, 5},
    {"Khyber Pakhtunkhwa", "Upper South Waziristan", 1400, 11},
    {"Khyber Pakhtunkhwa", "Kurram", 900, 1},
    {"Balochistan", "Kalat", 260, 14},
};

static void write_month(FILE *file, struct random *random,
                        const struct displacement *displacement, int since,
                        double *displaced, double *pledged, double *paid)
{
    const double leaving = since == 0 ? 1 : since < 3 ? .35 / since : 0;
    const double noise = .85 + .3 * random_unit(random);
    const int left = (int)(displacement->left * leaving * noise);
    const int returned =
        since < 3 ? 0 : (int)(*displaced * .11 * (.6 + .8 * random_unit(random)));
    const double promise = left * .06 + (since == 2 ? *displaced * .02 : 0);
    const double payment =
        (*pledged + promise - *paid) * (.05 + .12 * random_unit(random));
    const int month = 10 + displacement->first_month + since;
    *displaced += left - returned;
    *pledged += promise;
    *paid += payment;
    fprintf(file, "%d-%02d-01,%s,%s,%d,%d,%.0f,%.1f,%.1f\n", 2024 + month / 12,
            month % 12 + 1, displacement->province, displacement->district, left,
            returned, *displaced, promise, payment);
}

void write_displaced(FILE *file, uint64_t seed)
{
    struct random random;
    random_seed(&random, seed + 2);
    fputs("month,province,district,families displaced,families returned,families still "
          "displaced,relief pledged (million rupees),relief paid (million rupees)\n",
          file);
    for (size_t i = 0; i < sizeof displacements / sizeof *displacements; i++) {
        double displaced = 0, pledged = 0, paid = 0;
        for (int since = 0; displacements[i].first_month + since < 25; since++)
            write_month(file, &random, &displacements[i], since, &displaced, &pledged,
                        &paid);
    }
}

/* As crowded as invented districts are: from 0.1 to some 4 million. */
void write_people(FILE *file, uint64_t seed)
{
    struct random random;
    random_seed(&random, seed + 3);
    fputs("province,district,population\n", file);
    for (size_t i = 0; i < district_count; i++) {
        const double thousands = 120 + 1100 * random_gamma(&random, 1.6) / 1.6;
        fprintf(file, "%s,%s,%d000\n", region_province(districts[i].region),
                districts[i].name, (int)thousands);
    }
}
