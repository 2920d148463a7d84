/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes the sample files: generate FOLDER [SEED]. Everything in them is invented;
 * the same seed gives the same bytes. */
#include "history.h"
#include "trackers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SEED = 274 };

static void write_text(FILE *file, const char *text)
{
    if (!strpbrk(text, ",\"\n")) {
        fputs(text, file);
        return;
    }
    putc('"', file);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', file);
        putc(*text, file);
    }
    putc('"', file);
}

/* One cell; blank when the number isn't known. */
static void write_count(FILE *file, int count)
{
    if (count != TOLL_UNKNOWN)
        fprintf(file, "%d", count);
    putc(',', file);
}

void write_day(FILE *file, int32_t day)
{
    const time_t seconds = (time_t)day * 86400;
    struct tm parts;
    char iso[16];
    gmtime_r(&seconds, &parts);
    strftime(iso, sizeof iso, "%Y-%m-%d", &parts);
    fputs(iso, file);
}

/* Offices that file reports don't all write the province's name in full. */
static const char *province_as_filed(const struct incident *incident, size_t row)
{
    const char *name = region_province(incident->district->region);
    const bool is_kp = incident->district->region <= NORTHERN_KP;
    return is_kp && row % 29 == 0 ? "KP" : is_kp && row % 53 == 0 ? "KPK" : name;
}

static void write_toll(FILE *file, const struct incident *incident)
{
    const bool is_known = incident->civilians != TOLL_UNKNOWN;
    write_count(file, is_known ? incident_killed(incident) : TOLL_UNKNOWN);
    write_count(file, incident->civilians);
    write_count(file, incident->forces);
    write_count(file, incident->militants);
    write_count(file, incident->injured);
    write_count(file, incident->arrested);
}

static void write_incident(FILE *file, const struct incident *incident, size_t row)
{
    fprintf(file, "S-%05zu,", row + 1);
    write_day(file, incident->day);
    fprintf(file, ",%s,%s,", province_as_filed(incident, row),
            incident->district->name);
    fprintf(file, "%s,%s,%s,%s,%s,%s,", incident->place, incident->type,
            incident->is_operation ? "operation" : "attack", incident->actor,
            incident->agency, incident->target ? incident->target->name : "militant");
    write_toll(file, incident);
    if (incident->is_located)
        fprintf(file, "%.4f,%.4f,", incident->latitude, incident->longitude);
    else
        fputs(",,", file);
    fprintf(file, "%s,%d,", incident->is_located ? incident->precision : "",
            incident->sources);
    write_text(file, incident->summary);
    putc(',', file);
    write_text(file, incident->source);
    putc('\n', file);
}

static void write_incidents(FILE *file, uint64_t seed)
{
    struct history history;
    if (!history_draw(&history, seed)) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    fputs("id,date,province,district,place,type,side,actor,agency,target,killed,"
          "civilians killed,security forces killed,militants killed,injured,arrested,"
          "lat,lon,precision,sources,summary,source\n",
          file);
    for (size_t i = 0; i < history.count; i++)
        write_incident(file, &history.incident[i], i);
    history_free(&history);
}

static bool write_file(const char *folder, const char *name, uint64_t seed,
                       void (*write)(FILE *, uint64_t))
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        return false;
    }
    write(file, seed);
    const bool ok = !ferror(file);
    return fclose(file) == 0 && ok;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: generate FOLDER [SEED]\n", stderr);
        return 2;
    }
    const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : SEED;
    return write_file(argv[1], "incidents.csv", seed, write_incidents) &&
                   write_file(argv[1], "cases.csv", seed, write_cases) &&
                   write_file(argv[1], "displaced.csv", seed, write_displaced) &&
                   write_file(argv[1], "people.csv", seed, write_people)
               ? 0
               : 1;
}
