/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tails and quantiles from r-mathlib, with the tail chosen by name. Its logarithmic
 * tails aren't used: they lend no more digits above 1e-308, and pbeta's prints a
 * warning on standard output where the plain one is silently 0. */
#include "stats/distributions.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

double dist_normal_two_sided(double conf)
{
    return qnorm((1 - conf) / 2, 0, 1, false, false);
}

double dist_normal_upper(double alpha)
{
    return qnorm(alpha, 0, 1, false, false);
}

double dist_normal_p(double z)
{
    return 2 * pnorm(-fabs(z), 0, 1, true, false);
}

double dist_student_two_sided(double conf, double df)
{
    return qt((1 - conf) / 2, df, false, false);
}

double dist_student_p(double t, double df)
{
    return 2 * pt(-fabs(t), df, true, false);
}

double dist_chi_square_tail(double x, double df, enum tail tail)
{
    return pchisq(x, df, tail == LOWER_TAIL, false);
}

double dist_chi_square_quantile(double p, double df, enum tail tail)
{
    return qchisq(p, df, tail == LOWER_TAIL, false);
}

double dist_beta_tail(double x, double a, double b, enum tail tail)
{
    return pbeta(x, a, b, tail == LOWER_TAIL, false);
}

/* qbeta is asked for the smaller of x and 1 - x only: next to 1 the quantile has no
 * digits left, and qbeta says so on standard output. */
double dist_beta_odds(double p, double a, double b, enum tail tail)
{
    double at_half = pbeta(0.5, a, b, tail == LOWER_TAIL, false);
    bool below_half = tail == LOWER_TAIL ? at_half >= p : at_half <= p;
    if (below_half) {
        double x = qbeta(p, a, b, tail == LOWER_TAIL, false);
        return x / (1 - x);
    }
    double rest = qbeta(p, b, a, tail != LOWER_TAIL, false);
    return (1 - rest) / rest;
}

double dist_negbin_at_least(double y, double size, double prob)
{
    return y <= 0 ? 1 : pnbinom(y - 1, size, prob, false, false);
}

double dist_negbin_at_most(double y, double size, double prob)
{
    return pnbinom(y, size, prob, true, false);
}

double dist_negbin_quantile(double p, double size, double prob, enum tail tail)
{
    return qnbinom(p, size, prob, tail == LOWER_TAIL, false);
}

double dist_hyper_density(double x, double white, double black, double k)
{
    return dhyper(x, white, black, k, false);
}

double dist_hyper_at_most(double x, double white, double black, double k)
{
    return phyper(x, white, black, k, true, false);
}

double dist_hyper_at_least(double x, double white, double black, double k)
{
    return phyper(x - 1, white, black, k, false, false);
}

double dist_log1p_minus(double x)
{
    return log1pmx(x);
}

double dist_digamma(double x)
{
    return digamma(x);
}

double dist_log_gamma(double x)
{
    return lgammafn(x);
}
