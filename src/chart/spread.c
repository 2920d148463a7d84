/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels in a column, moved apart. */
#include "chart/plot.h"

#include <math.h>

/* Neighbours that touch join into one group, which stands as near to its members'
 * wishes as the ends allow: pool adjacent violators. */
void labels_spread(double *middle, const double *height, size_t count, double low,
                   double high)
{
    enum { MOST = 64 };
    struct {
        double sum, height; /* of wished tops, of all blocks */
        size_t first, count;
    } group[MOST];
    size_t groups = 0;
    for (size_t i = 0; i < count && groups < MOST; i++) {
        group[groups].sum = middle[i] - height[i] / 2;
        group[groups].height = height[i];
        group[groups].first = i;
        group[groups++].count = 1;
        while (groups > 1) {
            double above = group[groups - 2].sum / (double)group[groups - 2].count;
            double here = group[groups - 1].sum / (double)group[groups - 1].count;
            above = fmax(low, fmin(above, high - group[groups - 2].height));
            here = fmax(low, fmin(here, high - group[groups - 1].height));
            if (above + group[groups - 2].height <= here)
                break;
            groups--;
            group[groups - 1].sum +=
                group[groups].sum -
                group[groups - 1].height * (double)group[groups].count;
            group[groups - 1].height += group[groups].height;
            group[groups - 1].count += group[groups].count;
        }
    }
    for (size_t g = 0; g < groups; g++) {
        double top = group[g].sum / (double)group[g].count;
        top = fmax(low, fmin(top, high - group[g].height));
        for (size_t i = group[g].first; i < group[g].first + group[g].count; i++) {
            middle[i] = top + height[i] / 2;
            top += height[i];
        }
    }
}
