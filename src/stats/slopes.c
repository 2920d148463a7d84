/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ranks among n²/2 slopes. A slope's leading bits, made order-preserving, sort it
 * into a bin; the first pass counts bins, the second keeps the few slopes of the
 * bins that hold a wanted rank. */
#include "stats/slopes.h"

#include "stats/check.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Sign, exponent and three bits of the mantissa: bins an eighth of their size wide. */
enum { KEY_BITS = 15, KEY_COUNT = 1 << KEY_BITS };

/* Pairs out of order between the sorted halves, while merging them. */
static size_t merge_halves(double *x, size_t half, size_t n, double *room)
{
    size_t i = 0, j = half, falling = 0;
    for (size_t to = 0; to < n; to++) {
        bool left = j == n || (i < half && x[i] <= x[j]);
        falling += left ? 0 : half - i;
        room[to] = left ? x[i++] : x[j++];
    }
    memcpy(x, room, n * sizeof *x);
    return falling;
}

/* Sorts x and counts the pairs that had to change places. */
static size_t count_falling(double *x, size_t n, double *room)
{
    size_t falling = 0;
    if (n <= 8) {
        for (size_t i = 1; i < n; i++) {
            double value = x[i];
            size_t to = i;
            for (; to > 0 && x[to - 1] > value; to--)
                x[to] = x[to - 1];
            x[to] = value;
            falling += i - to;
        }
        return falling;
    }
    falling = count_falling(x, n / 2, room);
    falling += count_falling(x + n / 2, n - n / 2, room);
    return falling + merge_halves(x, n / 2, n, room);
}

static size_t pairs_of(size_t n)
{
    return n > 1 ? n * (n - 1) / 2 : 0;
}

void slopes_count(struct slopes *slopes, struct arena *scratch)
{
    size_t n = slopes->n, period = slopes->period;
    double *season = ARENA_ARRAY(scratch, double, n / period + 1);
    double *room = ARENA_ARRAY(scratch, double, n / period + 1);
    for (size_t first = 0; first < period && first < n; first++) {
        size_t count = 0;
        for (size_t i = first; i < n; i += period)
            season[count++] = slopes->x[i];
        size_t falling = count_falling(season, count, room), level = 0;
        double tied = 0;
        for (size_t i = 0, end; i < count; i = end) {
            for (end = i + 1; end < count && season[end] == season[i];)
                end++;
            double t = (double)(end - i);
            level += pairs_of(end - i);
            tied += t * (t - 1) * (2 * t + 5);
        }
        double size = (double)count;
        slopes->falling += falling;
        slopes->level += level;
        slopes->rising += pairs_of(count) - falling - level;
        slopes->var_s += (size * (size - 1) * (2 * size + 5) - tied) / 18;
    }
}

static uint32_t key_of(double slope)
{
    uint64_t bits;
    slope += 0.0; /* -0 and 0 are one slope */
    memcpy(&bits, &slope, sizeof bits);
    bits ^= bits >> 63 ? UINT64_MAX : UINT64_C(1) << 63;
    return (uint32_t)(bits >> (64 - KEY_BITS));
}

struct bin {
    uint32_t key;
    size_t before; /* slopes in lower bins */
    size_t count;
    double *slope;
};

static uint32_t *count_keys(const struct slopes *slopes, struct arena *scratch)
{
    uint32_t *count = ARENA_ARRAY(scratch, uint32_t, KEY_COUNT);
    size_t cycles = 1;
    for (size_t lag = slopes->period; lag < slopes->n; lag += slopes->period, cycles++)
        for (size_t i = 0; i + lag < slopes->n; i++)
            count[key_of((slopes->x[i + lag] - slopes->x[i]) / (double)cycles)]++;
    return count;
}

static bool holds_a_rank(const struct bin *bin, const size_t *rank, size_t ranks)
{
    for (size_t i = 0; i < ranks; i++)
        if (rank[i] >= bin->before && rank[i] - bin->before < bin->count)
            return true;
    return false;
}

/* The different bins that hold the ranks, at most one a rank. */
static size_t find_bins(const uint32_t *count, const size_t *rank, size_t ranks,
                        struct bin *bin)
{
    size_t bins = 0, before = 0;
    for (uint32_t key = 0; key < KEY_COUNT && bins < ranks; key++) {
        if (count[key] == 0)
            continue;
        bin[bins] = (struct bin){.key = key, .before = before, .count = count[key]};
        before += count[key];
        bins += holds_a_rank(&bin[bins], rank, ranks);
    }
    return bins;
}

static void fill_bins(const struct slopes *slopes, struct bin *bin, uint8_t *bin_of_key)
{
    size_t cycles = 1;
    for (size_t lag = slopes->period; lag < slopes->n; lag += slopes->period, cycles++)
        for (size_t i = 0; i + lag < slopes->n; i++) {
            double slope = (slopes->x[i + lag] - slopes->x[i]) / (double)cycles;
            uint8_t which = bin_of_key[key_of(slope)];
            if (which)
                bin[which - 1].slope[bin[which - 1].count++] = slope;
        }
}

static void select_ranks(const struct slopes *slopes, const size_t *rank, size_t ranks,
                         struct arena *scratch, double *out)
{
    struct bin *bin = ARENA_ARRAY(scratch, struct bin, ranks);
    uint32_t *count = count_keys(slopes, scratch);
    size_t bins = find_bins(count, rank, ranks, bin);
    uint8_t *bin_of_key = ARENA_ARRAY(scratch, uint8_t, KEY_COUNT);
    for (size_t i = 0; i < bins; i++) {
        bin_of_key[bin[i].key] = (uint8_t)(i + 1);
        bin[i].slope = ARENA_ARRAY(scratch, double, bin[i].count);
        bin[i].count = 0;
    }
    fill_bins(slopes, bin, bin_of_key);
    for (size_t i = 0; i < bins; i++)
        sort_numbers(bin[i].slope, bin[i].count);
    for (size_t i = 0; i < ranks; i++)
        for (size_t b = 0; b < bins; b++)
            if (holds_a_rank(&bin[b], &rank[i], 1))
                out[i] = bin[b].slope[rank[i] - bin[b].before];
}

void slopes_at_ranks(const struct slopes *slopes, const size_t *rank, size_t count,
                     struct arena *scratch, double *out)
{
    size_t first_level = slopes->falling, above = first_level + slopes->level;
    size_t tilted = 0;
    memset(out, 0, count * sizeof *out);
    for (size_t i = 0; i < count; i++)
        tilted += rank[i] < first_level || rank[i] >= above;
    if (tilted)
        select_ranks(slopes, rank, count, scratch, out);
}
