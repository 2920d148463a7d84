/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Workers: forked, fed by a counter in shared memory, heard through a pipe. */
#include "cli/workers.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGES = 64 * 1024 };

struct shift { /* workers that were started together */
    const struct crew *crew;
    atomic_size_t *next; /* shared by all: the first job that nobody has */
    bool *is_done;       /* by job */
    pid_t *worker;
    size_t worker_count;
    int pipe[2];
};

/* In a worker --------------------------------------------------------------------------- */

static void tell(int pipe, const struct job_report *report)
{
    while (write(pipe, report, sizeof *report) < 0 && errno == EINTR)
        ;
}

static _Noreturn void work(const struct shift *shift)
{
    const struct crew *crew = shift->crew;
    char *messages = malloc(MESSAGES);
    close(shift->pipe[0]);
    if (messages)
        setvbuf(stderr, messages, _IOFBF, MESSAGES);
    for (size_t job; (job = atomic_fetch_add(shift->next, 1)) < crew->job_count;) {
        struct job_report report = {.job = job};
        crew->work(job, &report, crew->context);
        fflush(stderr);
        tell(shift->pipe[1], &report);
    }
    _exit(0);
}

/* In the caller ------------------------------------------------------------------------- */

static void start(struct shift *shift)
{
    shift->worker_count = 0;
    for (size_t i = 0; i < shift->crew->worker_count; i++) {
        const pid_t worker = fork();
        if (worker == 0)
            work(shift);
        if (worker > 0)
            shift->worker[shift->worker_count++] = worker;
    }
}

static void take_report(struct shift *shift, const struct job_report *report)
{
    shift->is_done[report->job] = true;
    shift->crew->reported(report, shift->crew->context);
}

/* Until all workers have closed their ends of the pipe. */
static void listen_to_all(struct shift *shift)
{
    struct job_report report;
    for (;;) {
        const ssize_t size = read(shift->pipe[0], &report, sizeof report);
        if (size < 0 && errno == EINTR)
            continue;
        if (size != (ssize_t)sizeof report)
            return;
        take_report(shift, &report);
    }
}

/* The signal that ended one of them, 0 when they ended by themselves. */
static int wait_for_all(const struct shift *shift)
{
    int signal = 0;
    for (size_t i = 0; i < shift->worker_count; i++) {
        int status = 0;
        while (waitpid(shift->worker[i], &status, 0) < 0 && errno == EINTR)
            ;
        if (WIFSIGNALED(status))
            signal = WTERMSIG(status);
    }
    return signal;
}

/* False: no worker could be started. */
static bool run_shift(struct shift *shift)
{
    if (pipe(shift->pipe) != 0)
        return false;
    fflush(NULL);
    start(shift);
    close(shift->pipe[1]);
    listen_to_all(shift);
    close(shift->pipe[0]);
    const int signal = wait_for_all(shift);
    const size_t taken = atomic_load(shift->next);
    for (size_t job = 0; job < taken && job < shift->crew->job_count; job++) {
        const struct job_report lost = {.job = job, .is_lost = true, .signal = signal};
        if (!shift->is_done[job])
            take_report(shift, &lost);
    }
    return shift->worker_count > 0;
}

static void *room_for(size_t count, size_t size)
{
    void *room = calloc(count ? count : 1, size);
    if (!room)
        abort();
    return room;
}

bool crew_run(const struct crew *crew)
{
    struct shift shift = {.crew = crew};
    shift.next = mmap(NULL, sizeof *shift.next, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shift.next == MAP_FAILED)
        abort();
    shift.is_done = room_for(crew->job_count, sizeof *shift.is_done);
    shift.worker = room_for(crew->worker_count, sizeof *shift.worker);
    bool ok = true;
    while (ok && atomic_load(shift.next) < crew->job_count)
        ok = run_shift(&shift);
    if (!ok)
        fprintf(stderr, "sitrep: can't start a worker: %s\n", strerror(errno));
    free(shift.worker);
    free(shift.is_done);
    munmap(shift.next, sizeof *shift.next);
    return ok;
}
