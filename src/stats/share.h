/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shares: x of n with an interval, and whether a share changed. Shares are 0 to 1;
 * below n = 20 a brief prints the counts only. */
#ifndef SITREP_STATS_SHARE_H
#define SITREP_STATS_SHARE_H

struct wilson {
    double estimate, low, high; /* NAN for n = 0 */
    const char *unknown_because;
};

/* Wilson's score interval without continuity correction.
 *
 *   x, n     whole counts, x of n
 *   unknown  n = 0; x above n; no counts. x = 0 gives low exactly 0, x = n high
 *            exactly 1
 *   source   Wilson (1927), JASA 22:209–212 */
void stat_wilson(double x, double n, double conf, struct wilson *out);

struct share_pair {
    double x1, n1, x0, n0; /* x1 of n1 later, x0 of n0 earlier */
};

struct share_change {
    double diff, low, high; /* x1/n1 - x0/n0, points of 1 */
    double p;
    const char *unknown_because;
};

/* Difference of two independent shares: Newcombe's hybrid score interval (his method
 * 10, no continuity correction) and Fisher's exact two-sided p, the sum of all table
 * probabilities up to the observed one × (1 + 1e-7).
 *
 *   unknown  either n = 0; x above n; no counts; n above 1e9
 *   cost     two bisections over the table's support, about 20 µs; 0.7 ms at 1e9
 *   source   Newcombe (1998), Statistics in Medicine 17:873–890; Fisher (1934) */
void stat_share_change(const struct share_pair *pair, double conf,
                       struct share_change *out);

#endif
