/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wilson's interval, Newcombe's difference and Fisher's exact test. */
#include "stats/share.h"

#include "stats/check.h"
#include "stats/distributions.h"

#include <math.h>
#include <stdbool.h>

/* Beyond it the tails of a table are sums of too many terms. */
static const double largest_whole = 1e9;

static const char *check_share(double x, double n)
{
    return CHECK_FIRST(check_count(x), check_count(n),
                       x > n ? "a part is larger than its whole" : NULL);
}

void stat_wilson(double x, double n, double conf, struct wilson *out)
{
    *out = (struct wilson){NAN, NAN, NAN, NULL};
    out->unknown_because = CHECK_FIRST(check_share(x, n), check_level(conf),
                                       n == 0 ? "nothing to take a share of" : NULL);
    if (out->unknown_because)
        return;
    double z = dist_normal_two_sided(conf), z2 = z * z;
    double reach = z * sqrt(x / n * (n - x) + z2 / 4);
    double high = (x + z2 / 2 + reach) / (n + z2);
    out->estimate = x / n;
    /* The lower root by the product of both, which keeps the digits of a share next
     * to 0, where the difference would lose them. */
    out->low = fmin(out->estimate, x * x / (n * (n + z2) * high));
    out->high = x == n ? 1 : fmax(out->estimate, high);
}

/* A 2 × 2 table with fixed margins. Its probability falls steadily on both sides of
 * the mode. */
struct table {
    double white, black, drawn, limit;
};

static bool is_rare(const struct table *table, double k)
{
    double density = dist_hyper_density(k, table->white, table->black, table->drawn);
    return density <= table->limit;
}

/* The first rare table on the way from a common one to just outside the support. */
static double find_rare(const struct table *table, double common, double outside)
{
    while (fabs(outside - common) > 1) {
        double middle = trunc((common + outside) / 2);
        if (is_rare(table, middle))
            outside = middle;
        else
            common = middle;
    }
    return outside;
}

static double fisher_p(const struct share_pair *pair)
{
    struct table table = {
        .white = pair->n1, .black = pair->n0, .drawn = pair->x1 + pair->x0};
    double first = fmax(0, table.drawn - table.black);
    double last = fmin(table.drawn, table.white);
    double mode =
        floor((table.drawn + 1) * (table.white + 1) / (table.white + table.black + 2));
    double observed =
        dist_hyper_density(pair->x1, table.white, table.black, table.drawn);
    table.limit = observed * (1 + 1e-7);
    if (is_rare(&table, mode))
        return 1;
    double left = find_rare(&table, mode, first - 1);
    double right = find_rare(&table, mode, last + 1);
    double p = 0;
    if (left >= first)
        p += dist_hyper_at_most(left, table.white, table.black, table.drawn);
    if (right <= last)
        p += dist_hyper_at_least(right, table.white, table.black, table.drawn);
    return fmin(1, p);
}

void stat_share_change(const struct share_pair *pair, double conf,
                       struct share_change *out)
{
    *out = (struct share_change){NAN, NAN, NAN, NAN, NULL};
    struct wilson later, earlier;
    stat_wilson(pair->x1, pair->n1, conf, &later);
    stat_wilson(pair->x0, pair->n0, conf, &earlier);
    bool is_huge = pair->n1 > largest_whole || pair->n0 > largest_whole;
    out->unknown_because = CHECK_FIRST(later.unknown_because, earlier.unknown_because,
                                       is_huge ? "a count is above 1e9" : NULL);
    if (out->unknown_because)
        return;
    out->diff = later.estimate - earlier.estimate;
    out->low =
        out->diff - hypot(later.estimate - later.low, earlier.high - earlier.estimate);
    out->high =
        out->diff + hypot(later.high - later.estimate, earlier.estimate - earlier.low);
    out->p = fisher_p(pair);
}
