/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measures whole processes: measure RUNS LOG COMMAND [ARGUMENT]… runs the command so
 * often and prints the medians of processor time (user and system, with all of its
 * children that it waited for), wall time and peak memory:
 *     CPU-MS WALL-MS PEAK-KB
 * The command's standard output is thrown away, its messages are appended to LOG. A
 * run that fails ends the measuring with the command's exit code. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 101, NO_COMMAND = 127 };

struct run {
    double cpu_ms, wall_ms, peak_kb;
    int code;
};

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void send_to(const char *path, int flags, int descriptor)
{
    const int opened = open(path, flags, 0666);
    if (opened < 0 || dup2(opened, descriptor) < 0)
        _exit(NO_COMMAND);
}

static void become(const char *log, char **command)
{
    send_to("/dev/null", O_WRONLY, STDOUT_FILENO);
    send_to(log, O_WRONLY | O_CREAT | O_APPEND, STDERR_FILENO);
    execvp(command[0], command);
    perror(command[0]);
    _exit(NO_COMMAND);
}

static struct run run_once(const char *log, char **command)
{
    struct rusage usage;
    int status;
    const double start = now_ms();
    const pid_t child = fork();
    if (child == 0)
        become(log, command);
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return (struct run){.code = 1};
    return (struct run){
        .cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
        .wall_ms = now_ms() - start,
        .peak_kb = (double)usage.ru_maxrss,
        .code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
    };
}

static int compare(const void *a, const void *b)
{
    const double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(double *value, size_t count)
{
    qsort(value, count, sizeof *value, compare);
    return (value[(count - 1) / 2] + value[count / 2]) / 2;
}

int main(int argc, char **argv)
{
    double cpu[MOST_RUNS], wall[MOST_RUNS], peak[MOST_RUNS];
    const long runs = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    if (argc < 4 || runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr,
                "usage: measure RUNS LOG COMMAND [ARGUMENT]...  (1 to %d runs)\n",
                MOST_RUNS);
        return 2;
    }
    for (long i = 0; i < runs; i++) {
        const struct run run = run_once(argv[2], argv + 3);
        if (run.code)
            return run.code;
        cpu[i] = run.cpu_ms;
        wall[i] = run.wall_ms;
        peak[i] = run.peak_kb;
    }
    printf("%.1f %.1f %.0f\n", median(cpu, (size_t)runs), median(wall, (size_t)runs),
           median(peak, (size_t)runs));
    return 0;
}
