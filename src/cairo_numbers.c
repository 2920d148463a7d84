/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cairo prints what it says in a PDF part by part, each with snprintf and a write of its
 * own: 16,000 numbers are an eighth of all that a brief of four pages needs. Where the
 * program takes its part of libcairo.a, the Makefile has the linker put two functions
 * before others: one before cairo's printing of a line, one before the C library's
 * snprintf, for the numbers that cairo prints elsewhere. What they don't know is left to
 * those. The bytes are the same (tests/test_decimal.c for numbers). */
#include "base/decimal.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct _cairo_output_stream;
void _cairo_output_stream_write(struct _cairo_output_stream *stream, const void *bytes,
                                size_t size);
void _cairo_output_stream_vprintf(struct _cairo_output_stream *stream,
                                  const char *format, va_list arguments);
void __wrap__cairo_output_stream_printf(struct _cairo_output_stream *stream,
                                        const char *format, ...);

int __wrap___snprintf_chk(char *out, size_t size, int flag, size_t room,
                          const char *format, ...);
int __vsnprintf_chk(char *out, size_t size, int flag, size_t room, const char *format,
                    va_list arguments);

enum { LINE_SIZE = 512, DECIMALS = 6, FEW_DECIMALS = 3 };

/* Lines ----------------------------------------------------------------------------- */

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

static bool append_whole(struct line *line, int value)
{
    char text[DECIMAL_TEXT_SIZE];
    size_t size = decimal_print(text, value, 0);
    return append(line, text, size);
}

static bool append_part(struct line *line, char conversion, va_list *arguments)
{
    switch (conversion) {
    case 'f':
    case 'g': return append_number(line, va_arg(*arguments, double), conversion);
    case 'd': return append_whole(line, va_arg(*arguments, int));
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
    for (; *format; format++) {
        if (line->size == LINE_SIZE)
            return false;
        if (*format != '%')
            line->text[line->size++] = *format;
        else if (!append_part(line, *++format, arguments))
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

/* Numbers --------------------------------------------------------------------------- */

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
