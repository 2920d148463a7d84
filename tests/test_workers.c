/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "cli/workers.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { JOBS = 23, DEADLY = 5, ALSO_DEADLY = 11, EARLY = 17 };

struct fixture {
    bool is_deadly; /* some jobs end their worker */
    size_t reported[JOBS], lost[JOBS];
    int signal[JOBS];
    double sum;
};

static void work(size_t job, struct job_report *report, void *context)
{
    const struct fixture *f = context;
    if (f->is_deadly && (job == DEADLY || job == ALSO_DEADLY))
        raise(SIGKILL);
    if (f->is_deadly && job == EARLY)
        _exit(3);
    report->status = (int)job * 2;
    report->phase_count = 1;
    snprintf(report->phase[0].name, REPORT_NAME, "square");
    report->phase[0].milliseconds = (double)(job * job);
}

static void take(const struct job_report *report, void *context)
{
    struct fixture *f = context;
    f->reported[report->job]++;
    f->lost[report->job] += report->is_lost;
    f->signal[report->job] = report->signal;
    if (report->is_lost)
        return;
    assert_int_equal(report->status, report->job * 2);
    assert_string_equal(report->phase[0].name, "square");
    f->sum += report->phase[0].milliseconds;
}

static void run(struct fixture *f, size_t workers)
{
    const struct crew crew = {JOBS, workers, work, take, f};
    assert_true(crew_run(&crew));
    for (size_t i = 0; i < JOBS; i++)
        assert_int_equal(f->reported[i], 1);
}

static void every_job_is_reported_once_whatever_the_number_of_workers(void **state)
{
    (void)state;
    for (size_t workers = 1; workers <= 4; workers++) {
        struct fixture f = {0};
        run(&f, workers);
        assert_near(f.sum, 3795, 0); /* 22 * 23 * 45 / 6 */
    }
}

static void a_worker_that_dies_costs_its_own_job(void **state)
{
    (void)state;
    for (size_t workers = 1; workers <= 4; workers++) {
        struct fixture f = {.is_deadly = true};
        run(&f, workers);
        for (size_t i = 0; i < JOBS; i++)
            assert_int_equal(f.lost[i], i == DEADLY || i == ALSO_DEADLY || i == EARLY);
    }
}

static void the_signal_that_ended_a_worker_is_told(void **state)
{
    (void)state;
    struct fixture f = {.is_deadly = true};
    run(&f, 1); /* one at a time: each shift ends with one of them */
    assert_int_equal(f.signal[DEADLY], SIGKILL);
    assert_int_equal(f.signal[ALSO_DEADLY], SIGKILL);
    assert_int_equal(f.signal[EARLY], 0);
}

static void no_jobs_need_no_workers(void **state)
{
    (void)state;
    struct fixture f = {0};
    const struct crew crew = {0, 2, work, take, &f};
    assert_true(crew_run(&crew));
    assert_near(f.sum, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_is_reported_once_whatever_the_number_of_workers),
        cmocka_unit_test(a_worker_that_dies_costs_its_own_job),
        cmocka_unit_test(the_signal_that_ended_a_worker_is_told),
        cmocka_unit_test(no_jobs_need_no_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
