/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the program takes its part of libcairo.a, the Makefile has the linker put these
 * functions before three others, which take a sixth of all that a brief of four pages
 * needs. The PDF's bytes are the same.
 *   lines    cairo prints what it says in a PDF part by part, each with snprintf and a
 *            write of its own. What isn't known here is left to cairo's own.
 *   numbers  the C library's snprintf, for the numbers that cairo prints elsewhere
 *            (tests/test_decimal.c)
 *   strokes  cairo follows each stroke's outline three times, to know the box that it
 *            fills; the box that it can't leave does as well. */
#include "base/decimal.h"

#include <cairo.h>

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct _cairo_output_stream;
struct _cairo_path_fixed;
struct _cairo_stroke_style;

void _cairo_output_stream_write(struct _cairo_output_stream *stream, const void *bytes,
                                size_t size);
void _cairo_output_stream_vprintf(struct _cairo_output_stream *stream,
                                  const char *format, va_list arguments);
void __wrap__cairo_output_stream_printf(struct _cairo_output_stream *stream,
                                        const char *format, ...);
int __vsnprintf_chk(char *out, size_t size, int flag, size_t room, const char *format,
                    va_list arguments);
int __wrap___snprintf_chk(char *out, size_t size, int flag, size_t room,
                          const char *format, ...);
void _cairo_path_fixed_approximate_stroke_extents(
    const struct _cairo_path_fixed *path, const struct _cairo_stroke_style *style,
    const cairo_matrix_t *ctm, cairo_bool_t is_vector, cairo_rectangle_int_t *extents);
cairo_status_t __wrap__cairo_path_fixed_stroke_extents(
    const struct _cairo_path_fixed *path, const struct _cairo_stroke_style *style,
    const cairo_matrix_t *ctm, const cairo_matrix_t *inverse, double tolerance,
    cairo_rectangle_int_t *extents);

/* Lines --------------------------------------------------------------------------- */

enum { LINE_SIZE = 512, DECIMALS = 6, FEW_DECIMALS = 3, MOST_DIGITS = 24 };

struct line {
    char text[LINE_SIZE];
    size_t size;
};

static bool append(struct line *line, const char *bytes, size_t size)
{
    if (size > LINE_SIZE - line->size)
        return false;
    memcpy(line->text + line->size, bytes, size);
    line->size += size;
    return true;
}

/* cairo's "%g" has few decimals; its "%f" six, of numbers below 0.1 six behind the
 * zeros. */
static bool append_number(struct line *line, double value, char conversion)
{
    char text[DECIMAL_TEXT_SIZE];
    int decimals = conversion == 'g'    ? FEW_DECIMALS
                   : fabs(value) >= 0.1 ? DECIMALS
                                        : DECIMALS + decimal_leading_zeros(value);
    size_t size = decimal_print_short(text, value, decimals);
    return size && append(line, text, size);
}

static bool append_digits(struct line *line, unsigned long value, unsigned base,
                          int least)
{
    char text[MOST_DIGITS], *end = text + sizeof text, *at = end;
    for (int i = 0; (value || i < least) && at > text; i++, value /= base)
        *--at = "0123456789abcdef"[value % base];
    return !value && append(line, at, (size_t)(end - at));
}

static bool append_whole(struct line *line, int value)
{
    unsigned size = value < 0 ? 0u - (unsigned)value : (unsigned)value;
    return (value >= 0 || append(line, "-", 1)) && append_digits(line, size, 10, 1);
}

/* The "*x" of "%0*x", or the "4x" of "%04x". */
static bool append_padded(struct line *line, const char **format, va_list *arguments)
{
    char width = **format;
    if (!width || (*format)[1] != 'x')
        return false;
    *format += 2;
    int least = width == '*' ? va_arg(*arguments, int) : width - '0';
    return least >= 0 && least < MOST_DIGITS &&
           append_digits(line, va_arg(*arguments, unsigned), 16, least);
}

/* One conversion, whose "%" is behind *format. */
static bool append_part(struct line *line, const char **format, va_list *arguments)
{
    char conversion = *(*format)++;
    switch (conversion) {
    case 'f':
    case 'g': return append_number(line, va_arg(*arguments, double), conversion);
    case 'd': return append_whole(line, va_arg(*arguments, int));
    case '0': return append_padded(line, format, arguments);
    case 'c': return append(line, &(char){(char)va_arg(*arguments, int)}, 1);
    case 's': {
        const char *text = va_arg(*arguments, const char *);
        return append(line, text, strlen(text));
    }
    default: return false;
    }
}

/* False where anything is met that isn't printed here. */
static bool print(struct line *line, const char *format, va_list *arguments)
{
    while (*format) {
        char c = *format++;
        if (line->size == LINE_SIZE)
            return false;
        if (c != '%')
            line->text[line->size++] = c;
        else if (!append_part(line, &format, arguments))
            return false;
    }
    return true;
}

void __wrap__cairo_output_stream_printf(struct _cairo_output_stream *stream,
                                        const char *format, ...)
{
    struct line line;
    line.size = 0;
    va_list arguments;
    va_start(arguments, format);
    bool is_printed = print(&line, format, &arguments);
    va_end(arguments);
    if (is_printed) {
        _cairo_output_stream_write(stream, line.text, line.size);
        return;
    }
    va_start(arguments, format);
    _cairo_output_stream_vprintf(stream, format, arguments);
    va_end(arguments);
}

/* Numbers ------------------------------------------------------------------------- */

/* 0: not one number with its decimals, or not to be printed that way. */
static size_t print_number(char text[DECIMAL_TEXT_SIZE], const char *format,
                           va_list arguments)
{
    if (strcmp(format, "%f") == 0)
        return decimal_print(text, va_arg(arguments, double), DECIMALS);
    if (strcmp(format, "%.18f") == 0)
        return decimal_print(text, va_arg(arguments, double), DECIMAL_MOST);
    if (strcmp(format, "%.*f") != 0)
        return 0;
    int decimals = va_arg(arguments, int);
    return decimal_print(text, va_arg(arguments, double), decimals);
}

int __wrap___snprintf_chk(char *out, size_t size, int flag, size_t room,
                          const char *format, ...)
{
    char text[DECIMAL_TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    size_t length = print_number(text, format, arguments);
    va_end(arguments);
    if (length && length < size && size <= room) {
        memcpy(out, text, length + 1);
        return (int)length;
    }
    va_start(arguments, format);
    int printed = __vsnprintf_chk(out, size, flag, room, format, arguments);
    va_end(arguments);
    return printed;
}

/* Strokes ------------------------------------------------------------------------- */

cairo_status_t __wrap__cairo_path_fixed_stroke_extents(
    const struct _cairo_path_fixed *path, const struct _cairo_stroke_style *style,
    const cairo_matrix_t *ctm, const cairo_matrix_t *inverse, double tolerance,
    cairo_rectangle_int_t *extents)
{
    (void)inverse, (void)tolerance;
    _cairo_path_fixed_approximate_stroke_extents(path, style, ctm, true, extents);
    return CAIRO_STATUS_SUCCESS;
}
