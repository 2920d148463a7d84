/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Adding up: one loop a kind of measure over entries of (row, cell). */
#include "data/plan.h"

#include "data/samples.h"

#include <math.h>

/* Up to SEEN_WORDS of 64 bits, a number of different words is a bit per word and cell. */
enum { SEEN_WORDS = 1024 * 1024, SAMPLES_A_BLOCK = 16 * 1024 };

struct sample_block {
    struct sample_block *next;
    size_t count;
    double *weight; /* NULL: each counts 1 */
    double value[SAMPLES_A_BLOCK];
    uint32_t cell[SAMPLES_A_BLOCK];
};

static size_t cells_of(const struct question *question)
{
    return question->lane->grid->cell_count;
}

static enum measure_kind kind_of(const struct question *question)
{
    return question->answer.ask.measure->kind;
}

static size_t seen_stride(const struct column *column)
{
    return (column->words.count + 63) / 64;
}

bool tally_gathers(const struct measure *measure, size_t cell_count)
{
    if (measure->kind == MEASURE_MEDIAN)
        return true;
    if (measure->kind != MEASURE_DISTINCT)
        return false;
    return measure->column->type != COLUMN_CATEGORY ||
           cell_count > SEEN_WORDS / (seen_stride(measure->column) + 1);
}

size_t tally_seen_words(const struct measure *measure, size_t cell_count)
{
    if (measure->kind != MEASURE_DISTINCT || tally_gathers(measure, cell_count))
        return 0;
    return cell_count * seen_stride(measure->column);
}

/* Beginning ---------------------------------------------------------------------- */

static bool lacks_rows(const struct question *question, const struct column *column)
{
    return column &&
           column->known_count < question->answer.ask.measure->table->row_count;
}

static const struct column *bound_of(const struct column *bound)
{
    return bound && bound->is_read ? bound : NULL;
}

static void begin_bounds(struct question *question, struct arena *arena)
{
    if (kind_of(question) != MEASURE_SUM && kind_of(question) != MEASURE_MEAN)
        return;
    question->low_column = bound_of(question->column->low);
    question->high_column = bound_of(question->column->high);
    if (!question->low_column && !question->high_column)
        return;
    question->low = ARENA_ARRAY(arena, double, cells_of(question));
    question->high = ARENA_ARRAY(arena, double, cells_of(question));
}

static void begin_distinct(struct question *question)
{
    if (tally_gathers(question->answer.ask.measure, cells_of(question)))
        return;
    question->seen_stride = seen_stride(question->column);
    question->seen = ARENA_ARRAY(question->scratch, uint64_t,
                                 cells_of(question) * question->seen_stride);
}

void tally_begin(struct question *question, struct arena *arena, struct arena *scratch)
{
    size_t cells = cells_of(question);
    const struct column *column = question->column;
    question->scratch = scratch;
    question->value = ARENA_ARRAY(arena, double, cells);
    question->has_unknown =
        lacks_rows(question, column) || lacks_rows(question, question->weight);
    if (question->has_unknown)
        question->unknown = ARENA_ARRAY(arena, uint32_t, cells);
    if (column && column->at_least && kind_of(question) != MEASURE_DISTINCT)
        question->at_least = ARENA_ARRAY(arena, uint32_t, cells);
    if (column)
        begin_bounds(question, arena);
    if (kind_of(question) == MEASURE_MEAN && question->weight)
        question->known_weight = ARENA_ARRAY(scratch, double, cells);
    if (kind_of(question) == MEASURE_DISTINCT)
        begin_distinct(question);
    for (size_t i = 0; kind_of(question) == MEASURE_HIGHEST && i < cells; i++)
        question->value[i] = -INFINITY;
}

/* Adding ------------------------------------------------------------------------- */

static bool is_known(const struct column *column, uint32_t row)
{
    return !column || column_is_known(column, row);
}

/* Entries whose field and weight are known; the others are counted. */
struct kept {
    uint32_t row[BATCH], cell[BATCH];
};

static struct entries keep_known(struct question *question, struct entries all,
                                 struct kept *kept)
{
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++) {
        bool known = is_known(question->column, all.row[i]) &&
                     is_known(question->weight, all.row[i]);
        kept->row[count] = all.row[i];
        kept->cell[count] = all.cell[i];
        count += known;
        question->unknown[all.cell[i]] += !known;
    }
    return (struct entries){kept->row, kept->cell, count};
}

static double weight_at(const struct question *question, uint32_t row)
{
    return question->weight ? question->weight->as.number[row] : 1;
}

static void add_weights(double *sum, const struct column *weight,
                        struct entries entries)
{
    for (size_t i = 0; i < entries.count; i++)
        sum[entries.cell[i]] += weight->as.number[entries.row[i]];
}

static void add_numbers(const struct question *question, struct entries entries)
{
    const double *number = question->column->as.number;
    double *sum = question->value;
    if (!question->weight) {
        for (size_t i = 0; i < entries.count; i++)
            sum[entries.cell[i]] += number[entries.row[i]];
        return;
    }
    const double *weight = question->weight->as.number;
    for (size_t i = 0; i < entries.count; i++)
        sum[entries.cell[i]] += number[entries.row[i]] * weight[entries.row[i]];
}

static double bound_at(const struct column *bound, uint32_t row, double value)
{
    return bound && column_is_known(bound, row) ? bound->as.number[row] : value;
}

/* A blank bound is the value itself: nobody said that it may be less or more. */
static void add_bounds(const struct question *question, struct entries entries)
{
    for (size_t i = 0; i < entries.count; i++) {
        uint32_t row = entries.row[i], cell = entries.cell[i];
        double value = question->column->as.number[row];
        double weight = weight_at(question, row);
        question->low[cell] += bound_at(question->low_column, row, value) * weight;
        question->high[cell] += bound_at(question->high_column, row, value) * weight;
    }
}

static void add_highest(const struct question *question, struct entries entries)
{
    const double *number = question->column->as.number;
    for (size_t i = 0; i < entries.count; i++) {
        double *highest = &question->value[entries.cell[i]];
        double value = number[entries.row[i]];
        bool is_any = weight_at(question, entries.row[i]) > 0;
        *highest = is_any && value > *highest ? value : *highest;
    }
}

static void count_at_least(const struct question *question, struct entries entries)
{
    const uint64_t *at_least = question->column->at_least;
    for (size_t i = 0; i < entries.count; i++)
        question->at_least[entries.cell[i]] +=
            at_least[entries.row[i] / 64] >> (entries.row[i] % 64) & 1;
}

/* Gathering ---------------------------------------------------------------------- */

static void gather(struct question *question, uint32_t cell, double value,
                   double weight)
{
    struct samples *samples = &question->samples;
    struct sample_block *block = samples->last;
    if (!block || block->count == SAMPLES_A_BLOCK) {
        block = ARENA_NEW(question->scratch, struct sample_block);
        if (question->weight)
            block->weight = ARENA_ARRAY(question->scratch, double, SAMPLES_A_BLOCK);
        if (samples->last)
            samples->last->next = block;
        else
            samples->first = block;
        samples->last = block;
    }
    block->cell[block->count] = cell;
    block->value[block->count] = value;
    if (block->weight)
        block->weight[block->count] = weight;
    block->count++;
    samples->count++;
}

static void gather_numbers(struct question *question, struct entries entries)
{
    for (size_t i = 0; i < entries.count; i++) {
        uint32_t row = entries.row[i];
        double value = question->column->type == COLUMN_DAY
                           ? question->column->as.day[row]
                           : question->column->as.number[row];
        gather(question, entries.cell[i], value, weight_at(question, row));
    }
}

static void add_words(struct question *question, struct entries entries)
{
    for (size_t i = 0; i < entries.count; i++) {
        struct codes codes = column_codes(question->column, entries.row[i]);
        uint64_t *seen = question->seen;
        if (seen)
            seen += entries.cell[i] * question->seen_stride;
        for (size_t j = 0; j < codes.count; j++) {
            if (seen)
                seen[codes.code[j] / 64] |= (uint64_t)1 << (codes.code[j] % 64);
            else if (codes.code[j])
                gather(question, entries.cell[i], codes.code[j], 1);
        }
    }
}

void tally_add(struct question *question, struct entries entries)
{
    struct kept kept;
    if (question->has_unknown)
        entries = keep_known(question, entries, &kept);
    if (question->at_least)
        count_at_least(question, entries);
    if (question->low)
        add_bounds(question, entries);
    if (question->known_weight)
        add_weights(question->known_weight, question->weight, entries);
    switch (kind_of(question)) {
    case MEASURE_COUNT:
        if (question->weight)
            add_weights(question->value, question->weight, entries);
        return;
    case MEASURE_SUM:
    case MEASURE_MEAN: add_numbers(question, entries); return;
    case MEASURE_HIGHEST: add_highest(question, entries); return;
    case MEASURE_MEDIAN: gather_numbers(question, entries); return;
    case MEASURE_DISTINCT:
        if (question->column->type == COLUMN_CATEGORY)
            add_words(question, entries);
        else
            gather_numbers(question, entries);
        return;
    case MEASURE_RATIO:
    case MEASURE_SHARE: return;
    }
}

/* Finishing gathered values ------------------------------------------------------ */

/* start: a cell's first sample, cells + 1 of them. */
static struct sample *sort_by_cell(const struct samples *samples, size_t cells,
                                   size_t *start, struct arena *arena)
{
    struct sample *sorted = ARENA_ARRAY(arena, struct sample, samples->count);
    for (const struct sample_block *block = samples->first; block; block = block->next)
        for (size_t i = 0; i < block->count; i++)
            start[block->cell[i] + 1]++;
    for (size_t i = 0; i < cells; i++)
        start[i + 1] += start[i];
    size_t *next = arena_copy(arena, start, cells * sizeof *start);
    for (const struct sample_block *block = samples->first; block; block = block->next)
        for (size_t i = 0; i < block->count; i++)
            sorted[next[block->cell[i]]++] =
                (struct sample){block->value[i], block->weight ? block->weight[i] : 1};
    return sorted;
}

static void count_different(struct question *question, const struct sample *sample,
                            size_t count, size_t cell)
{
    size_t different = count > 0;
    for (size_t i = 1; i < count; i++)
        different += sample[i].value > sample[i - 1].value;
    question->value[cell] = (double)different;
}

static void finish_samples(struct question *question)
{
    struct arena *arena = arena_new();
    size_t cells = cells_of(question);
    size_t *start = ARENA_ARRAY(arena, size_t, cells + 1);
    struct sample *sorted = sort_by_cell(&question->samples, cells, start, arena);
    for (size_t cell = 0; cell < cells; cell++) {
        struct sample *sample = sorted + start[cell];
        size_t count = start[cell + 1] - start[cell];
        if (kind_of(question) == MEASURE_MEDIAN) {
            question->value[cell] = question->weight ? median_weighted(sample, count)
                                                     : median_plain(sample, count);
            continue;
        }
        samples_sort(sample, count);
        count_different(question, sample, count, cell);
    }
    arena_free(arena);
}

/* Finishing ---------------------------------------------------------------------- */

static void finish_seen(struct question *question)
{
    for (size_t cell = 0; cell < cells_of(question); cell++) {
        uint64_t *seen = question->seen + cell * question->seen_stride;
        int count = 0;
        seen[0] &= ~(uint64_t)1; /* code 0 is the unknown one */
        for (size_t i = 0; i < question->seen_stride; i++)
            count += __builtin_popcountll(seen[i]);
        question->value[cell] = count;
    }
}

static void finish_highest(struct question *question)
{
    for (size_t cell = 0; cell < cells_of(question); cell++)
        if (isinf(question->value[cell]))
            question->value[cell] = NAN;
}

static void finish_mean(struct question *question)
{
    for (size_t cell = 0; cell < cells_of(question); cell++) {
        uint32_t unknown = question->unknown ? question->unknown[cell] : 0;
        double known = question->known_weight
                           ? question->known_weight[cell]
                           : (double)(question->lane->rows[cell] - unknown);
        double divisor = known > 0 ? known : NAN;
        question->value[cell] /= divisor;
        if (question->low) {
            question->low[cell] /= divisor;
            question->high[cell] /= divisor;
        }
    }
}

/* Rows there, but none known: the value isn't known either. */
static void finish_unknown(struct question *question)
{
    for (size_t cell = 0; cell < cells_of(question); cell++) {
        uint32_t rows = question->lane->rows[cell];
        if (rows == 0 || question->unknown[cell] < rows)
            continue;
        question->value[cell] = NAN;
        if (question->low)
            question->low[cell] = question->high[cell] = NAN;
    }
}

/* Files have rows whose low is above their best. Bounds are summed as the file has
 * them, but what is printed as a range holds its value. */
static void finish_bounds(struct question *question)
{
    for (size_t cell = 0; cell < cells_of(question); cell++) {
        question->low[cell] = fmin(question->low[cell], question->value[cell]);
        question->high[cell] = fmax(question->high[cell], question->value[cell]);
    }
}

static void finish_kind(struct question *question)
{
    switch (kind_of(question)) {
    case MEASURE_COUNT:
        for (size_t cell = 0; !question->weight && cell < cells_of(question); cell++)
            question->value[cell] = question->lane->rows[cell];
        return;
    case MEASURE_MEAN: finish_mean(question); return;
    case MEASURE_HIGHEST: finish_highest(question); return;
    case MEASURE_MEDIAN: finish_samples(question); return;
    case MEASURE_DISTINCT:
        if (question->seen)
            finish_seen(question);
        else
            finish_samples(question);
        return;
    case MEASURE_SUM:
    case MEASURE_RATIO:
    case MEASURE_SHARE: return;
    }
}

void tally_finish(struct question *question)
{
    finish_kind(question);
    if (question->low)
        finish_bounds(question);
    if (question->unknown)
        finish_unknown(question);
    struct answer *answer = &question->answer;
    answer->value = question->value;
    answer->low = question->low;
    answer->high = question->high;
    answer->rows = question->lane->rows;
    answer->unknown = question->unknown;
    answer->at_least = question->at_least;
    answer->is_filled = true;
}
