/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tails and quantiles, the one door to R's r-mathlib. Every tail is computed
 * directly, never as 1 - cdf, so that p-values of 1e-300 keep their digits.
 * Arguments are the caller's duty: r-mathlib prints a warning on standard output
 * when it is asked for nonsense. */
#ifndef SITREP_STATS_DISTRIBUTIONS_H
#define SITREP_STATS_DISTRIBUTIONS_H

#include <stdbool.h>

enum tail { LOWER_TAIL, UPPER_TAIL };

/* z with half of (1 - conf) above it: 1.96 for 0.95. */
double dist_normal_two_sided(double conf);
/* z with alpha above it. */
double dist_normal_upper(double alpha);
/* P(|Z| >= |z|). */
double dist_normal_p(double z);
double dist_student_two_sided(double conf, double df);
double dist_student_p(double t, double df);

double dist_chi_square_tail(double x, double df, enum tail tail);
double dist_chi_square_quantile(double p, double df, enum tail tail);

/* Regularized incomplete beta I_x(a, b) and its upper tail; a, b > 0. */
double dist_beta_tail(double x, double a, double b, enum tail tail);
/* x / (1 - x) at the quantile x, without loss where x is close to 1. */
double dist_beta_odds(double p, double a, double b, enum tail tail);

/* Negative binomial counts before `size` successes (size > 0, may be a fraction). */
double dist_negbin_at_least(double y, double size, double prob);
double dist_negbin_at_most(double y, double size, double prob);
/* Smallest integer whose P(Y <= y) reaches p, or whose P(Y > y) falls to p. */
double dist_negbin_quantile(double p, double size, double prob, enum tail tail);

/* Hypergeometric: x white among k drawn from white + black. */
double dist_hyper_density(double x, double white, double black, double k);
double dist_hyper_at_most(double x, double white, double black, double k);
double dist_hyper_at_least(double x, double white, double black, double k);

/* log(1 + x) - x, exact for small x. */
double dist_log1p_minus(double x);
double dist_digamma(double x);
double dist_log_gamma(double x);

#endif
