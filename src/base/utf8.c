/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * UTF-8: checking, decoding and encoding. Overlong forms, surrogates and anything
 * past U+10FFFF are invalid, as RFC 3629 has it. */
#include "base/text.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

static const uint64_t high_bits = 0x8080808080808080u;

static uint64_t load(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Bytes of ASCII at the start of a, give or take what a step of 8 leaves. */
static size_t skip_ascii(const char *data, size_t size)
{
    size_t at = 0;
    for (; at + 32 <= size; at += 32) {
        uint64_t any = load(data + at) | load(data + at + 8) | load(data + at + 16) |
                       load(data + at + 24);
        if (any & high_bits)
            break;
    }
    while (at + 8 <= size && !(load(data + at) & high_bits))
        at += 8;
    return at;
}

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

static size_t decode_two(const unsigned char *byte, size_t left, uint32_t *code_point)
{
    if (left < 2 || byte[0] < 0xC2 || !is_continuation(byte[1]))
        return 0;
    *code_point = (uint32_t)(byte[0] & 0x1F) << 6 | (byte[1] & 0x3F);
    return 2;
}

static size_t decode_three(const unsigned char *byte, size_t left, uint32_t *code_point)
{
    if (left < 3 || !is_continuation(byte[1]) || !is_continuation(byte[2]))
        return 0;
    uint32_t value = (uint32_t)(byte[0] & 0x0F) << 12 |
                     (uint32_t)(byte[1] & 0x3F) << 6 | (byte[2] & 0x3F);
    if (value < 0x800 || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code_point = value;
    return 3;
}

static size_t decode_four(const unsigned char *byte, size_t left, uint32_t *code_point)
{
    if (left < 4 || byte[0] > 0xF4 || !is_continuation(byte[1]) ||
        !is_continuation(byte[2]) || !is_continuation(byte[3]))
        return 0;
    uint32_t value = (uint32_t)(byte[0] & 0x07) << 18 |
                     (uint32_t)(byte[1] & 0x3F) << 12 |
                     (uint32_t)(byte[2] & 0x3F) << 6 | (byte[3] & 0x3F);
    if (value < 0x10000 || value > 0x10FFFF)
        return 0;
    *code_point = value;
    return 4;
}

size_t utf8_decode(struct slice a, size_t offset, uint32_t *code_point)
{
    if (offset >= a.size)
        return 0;
    const unsigned char *byte = (const unsigned char *)a.data + offset;
    size_t left = a.size - offset;
    if (byte[0] < 0x80) {
        *code_point = byte[0];
        return 1;
    }
    if (byte[0] < 0xE0)
        return decode_two(byte, left, code_point);
    if (byte[0] < 0xF0)
        return decode_three(byte, left, code_point);
    return decode_four(byte, left, code_point);
}

size_t utf8_encode(uint32_t code_point, char out[4])
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; code_point >>= 6)
        out[i] = (char)(0x80 | (code_point & 0x3F));
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[size] | code_point);
    return size;
}

bool utf8_is_valid(struct slice a, size_t *bad)
{
    size_t at = 0;
    while (at < a.size) {
        at += skip_ascii(a.data + at, a.size - at);
        /* Text beyond ASCII comes in runs: stay here until eight bytes are plain. */
        for (int plain = 0; at < a.size && plain < 8;) {
            const unsigned char *byte = (const unsigned char *)a.data + at;
            uint32_t code_point;
            size_t size = byte[0] < 0x80   ? 1
                          : byte[0] < 0xE0 ? decode_two(byte, a.size - at, &code_point)
                                           : utf8_decode(a, at, &code_point);
            if (!size) {
                if (bad)
                    *bad = at;
                return false;
            }
            plain = size == 1 ? plain + 1 : 0;
            at += size;
        }
    }
    return true;
}

uint32_t utf8_next(struct slice a, size_t *offset)
{
    uint32_t code_point;
    size_t size = utf8_decode(a, *offset, &code_point);
    *offset += size ? size : 1;
    return size ? code_point : REPLACEMENT;
}

size_t utf8_length(struct slice a)
{
    size_t length = 0;
    for (size_t at = 0; at < a.size;) {
        size_t plain = skip_ascii(a.data + at, a.size - at);
        length += plain;
        at += plain;
        for (int i = 0; at < a.size && i < 8; i++, length++)
            utf8_next(a, &at);
    }
    return length;
}
