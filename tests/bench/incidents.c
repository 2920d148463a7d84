/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes an incident file of any length for the benchmarks: incidents ROWS [SEED]
 * [DISTRICTS]. With more districts than the samples have, some are divided. The columns are those of the peers' own generator, which is used instead where it
 * is there; the incidents are the samples' invented ones, spread over five years with
 * a trend, a season and worse Fridays. */
#include "incident.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIRST_DAY = 18262, DAYS = 1826 }; /* 1 January 2020 to 30 December 2024 */

struct bench {
    struct random random;
    double district_weight[256];
    size_t districts; /* to be written */
};

/* Rows by day, in proportion to the day's weight. */
static void spread(struct random *random, long rows, long *count)
{
    static const double weekday[7] = {1.05, 1.0, 1.0, .95, 1.2, .9, .9};
    double weight[DAYS], total = 0;
    for (int i = 0; i < DAYS; i++) {
        const double season = 1 + .28 * sin(2 * 3.14159265358979 * (i - 80) / 365.25);
        weight[i] = (1 + .9 * i / DAYS) * season * weekday[(i + 2) % 7] *
                    (.6 + .8 * random_gamma(random, 2) / 2);
        total += weight[i];
    }
    double due = 0;
    long written = 0;
    for (int i = 0; i < DAYS; i++) {
        due += weight[i] / total * (double)rows;
        count[i] = i == DAYS - 1 ? rows - written : lround(due) - written;
        written += count[i];
    }
}

static void print_quoted(const char *text)
{
    for (; *text; text++) {
        if (*text == '"')
            putchar('"');
        putchar(*text);
    }
}

/* Summaries hold what real ones do: line breaks, and words in another script. */
static void print_summary(struct random *random, const char *summary)
{
    static const char *const word[] = {"دھماکہ", "فائرنگ", "پولیس",
                                       "حملہ",   "چوکی",   "زخمی"};
    const double chance = random_unit(random);
    putchar('"');
    print_quoted(summary);
    if (chance < .05)
        fputs("\nDetails follow.", stdout);
    else if (chance < .17)
        printf(" %s.", word[random_below(random, 6)]);
    putchar('"');
}

static int known(int count)
{
    return count < 0 ? 0 : count; /* the peers read whole numbers without blanks */
}

enum { PART_SIZE = 24 };

/* The part of a district that an incident is counted in: "Quetta 2", or "". */
static void name_part(struct bench *bench, size_t district, char part[PART_SIZE])
{
    const size_t parts =
        (bench->districts + district_count - 1 - district) / district_count;
    const size_t own = parts > 1 ? random_below(&bench->random, parts) : 0;
    part[0] = '\0';
    if (own > 0)
        snprintf(part, PART_SIZE, " %zu", own + 1);
}

static void print_incident(struct random *random, const struct incident *incident,
                           const char *day, const char *part)
{
    printf("%s,%s,%s%s,%s,%s,%s,%d,%d,", day,
           region_province(incident->district->region), incident->district->name, part,
           incident->type, incident->actor,
           incident->target ? incident->target->name : "militant",
           incident_killed(incident), known(incident->injured));
    if (incident->is_located)
        printf("%.4f,%.4f,", incident->latitude, incident->longitude);
    else
        fputs(",,", stdout);
    print_summary(random, incident->summary);
    putchar('\n');
}

static void print_day(struct bench *bench, int number, long rows)
{
    struct random *random = &bench->random;
    const time_t seconds = (time_t)(FIRST_DAY + number) * 86400;
    struct tm parts;
    char day[16], part[PART_SIZE];
    struct incident incident;
    gmtime_r(&seconds, &parts);
    strftime(day, sizeof day, "%Y-%m-%d", &parts);
    for (long i = 0; i < rows; i++) {
        const size_t district =
            random_weighted(random, bench->district_weight, district_count);
        incident_draw(random,
                      &(struct outline){.day = FIRST_DAY + number,
                                        .district = &districts[district],
                                        .is_operation = random_chance(random, .3),
                                        .year = number / 365.25},
                      &incident);
        incident_describe(random, &incident);
        name_part(bench, district, part);
        print_incident(random, &incident, day, part);
    }
}

int main(int argc, char **argv)
{
    const long rows = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    long count[DAYS];
    struct bench bench;
    if (rows < 1) {
        fputs("usage: incidents ROWS [SEED [DISTRICTS]]\n", stderr);
        return 2;
    }
    random_seed(&bench.random, argc > 2 ? strtoull(argv[2], NULL, 10) : 7);
    bench.districts = argc > 3 ? strtoul(argv[3], NULL, 10) : district_count;
    for (size_t i = 0; i < district_count; i++)
        bench.district_weight[i] = sqrt(districts[i].weight);
    spread(&bench.random, rows, count);
    puts("date,province,district,type,actor,target,killed,injured,lat,lon,summary");
    for (int i = 0; i < DAYS; i++)
        print_day(&bench, i, count[i]);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
