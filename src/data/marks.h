/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes among 64 that may end a cell. */
#ifndef SITREP_DATA_MARKS_H
#define SITREP_DATA_MARKS_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { MARKED_BYTES = 64 };

#ifdef __SSE2__
static inline uint64_t marks_of_sixteen(const char *bytes, char delimiter)
{
    __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i ends = _mm_cmpeq_epi8(sixteen, _mm_set1_epi8(delimiter));
    /* Below SO stand line ends and NUL. */
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(sixteen, _mm_set1_epi8('\x0D')), sixteen);
    return (uint64_t)_mm_movemask_epi8(_mm_or_si128(ends, low));
}
#else
static inline uint64_t marks_of_sixteen(const char *bytes, char delimiter)
{
    uint64_t marks = 0;
    for (int i = 0; i < 16; i++)
        marks |= (uint64_t)(bytes[i] == delimiter || (unsigned char)bytes[i] < '\x0E')
                 << i;
    return marks;
}
#endif

/* Bit i stands for byte i: the delimiter, or a character below SO. */
static inline uint64_t marks_of(const char *bytes, char delimiter)
{
    uint64_t marks = 0;
    for (int i = 0; i < MARKED_BYTES; i += 16)
        marks |= marks_of_sixteen(bytes + i, delimiter) << i;
    return marks;
}

#endif
