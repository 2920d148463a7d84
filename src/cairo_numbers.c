/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cairo prints each number of a PDF with snprintf's "%f", which takes 2,000
 * instructions: 16,000 numbers are an eighth of all that a brief of four pages needs.
 * Where the program takes its part of libcairo.a, the Makefile has the linker put this
 * function before the C library's. The bytes are the same (tests/test_decimal.c). */
#include "base/decimal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int __wrap___snprintf_chk(char *out, size_t size, int flag, size_t room,
                          const char *format, ...);
int __vsnprintf_chk(char *out, size_t size, int flag, size_t room, const char *format,
                    va_list arguments);

/* 0: not one number with its decimals, or not to be printed that way. */
static size_t print_number(char text[DECIMAL_TEXT_SIZE], const char *format,
                           va_list arguments)
{
    if (strcmp(format, "%f") == 0)
        return decimal_print(text, va_arg(arguments, double), 6);
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
