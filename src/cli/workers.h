/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jobs shared out among processes that inherit everything read so far. Each takes the
 * next job that nobody has, so that none waits while another still has many. */
#ifndef SITREP_CLI_WORKERS_H
#define SITREP_CLI_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

enum { REPORT_PHASES = 8, REPORT_NAME = 16 };

/* What a worker tells of a job: small enough to go through a pipe in one piece. */
struct job_report {
    size_t job;
    int status;
    bool is_lost; /* its worker ended before it was done */
    int signal;   /* by this signal, if not 0 */
    size_t phase_count;
    struct {
        char name[REPORT_NAME];
        double milliseconds;
    } phase[REPORT_PHASES];
};

struct crew {
    size_t job_count, worker_count;
    /* In a worker; what it prints on stderr appears in one piece. */
    void (*work)(size_t job, struct job_report *report, void *context);
    /* In the caller, for every job once, in the order of their ends. */
    void (*reported)(const struct job_report *report, void *context);
    void *context;
};

/* True when every job was reported. A worker that dies costs only the job that it had;
 * when all have died, new ones are started for the rest. False after a message: none
 * could be. */
bool crew_run(const struct crew *crew);

#endif
