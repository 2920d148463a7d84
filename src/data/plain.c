/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells in plain ASCII, for the readers of numbers and days. */
#include "data/plain.h"

#include <string.h>

/* Stand-ins for what a code point becomes beside an ASCII character. */
enum { NOTHING = 0, GROUP = 1, AS_IT_IS = 2 };

struct span {
    uint32_t first, last;
    char becomes; /* '0': the digits from here on */
};

// clang-format off
static const struct span spans[] = {
    {0x00A0, 0x00A0, GROUP},   {0x00AD, 0x00AD, NOTHING}, {0x060C, 0x060C, ','},
    {0x061C, 0x061C, NOTHING}, {0x0660, 0x0669, '0'},     {0x066B, 0x066B, '.'},
    {0x066C, 0x066C, ','},     {0x06F0, 0x06F9, '0'},     {0x2000, 0x200A, GROUP},
    {0x200B, 0x200F, NOTHING}, {0x2010, 0x2015, '-'},     {0x2019, 0x2019, GROUP},
    {0x202A, 0x202E, NOTHING}, {0x202F, 0x202F, GROUP},   {0x205F, 0x205F, GROUP},
    {0x2060, 0x206F, NOTHING}, {0x2212, 0x2212, '-'},     {0x3000, 0x3000, ' '},
    {0xFE58, 0xFE58, '-'},     {0xFE63, 0xFE63, '-'},     {0xFEFF, 0xFEFF, NOTHING},
    {0xFF0D, 0xFF0D, '-'},     {0xFF10, 0xFF19, '0'},
};
// clang-format on

static char plain_of(uint32_t code_point)
{
    if (code_point == '\'')
        return GROUP;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        if (code_point < spans[i].first || code_point > spans[i].last)
            continue;
        return spans[i].becomes == '0' ? (char)('0' + (code_point - spans[i].first))
                                       : spans[i].becomes;
    }
    return AS_IT_IS;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_plain(struct slice cell)
{
    for (size_t i = 0; i < cell.size; i++) {
        if ((unsigned char)cell.data[i] >= 0x80 || cell.data[i] == '\'')
            return false;
    }
    return !slice_starts_with(cell, "=\"");
}

/* ="12" is how a spreadsheet is made to keep a text. */
static struct slice drop_formula(struct slice cell)
{
    bool is_formula = slice_starts_with(cell, "=\"") && cell.size > 3 &&
                      cell.data[cell.size - 1] == '"';
    return is_formula ? (struct slice){cell.data + 2, cell.size - 3} : cell;
}

/* What separates groups of digits where it stands between two; else it is a space. */
static void settle_groups(char *text, size_t size, char group)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] != GROUP)
            continue;
        bool is_between =
            i > 0 && is_digit(text[i - 1]) && i + 1 < size && is_digit(text[i + 1]);
        text[i] = is_between ? group : ' ';
    }
}

struct slice plain_cell(struct slice cell, char group, char out[PLAIN_SIZE])
{
    if (is_plain(cell) || cell.size > PLAIN_SIZE)
        return cell;
    size_t size = 0, at = 0;
    cell = drop_formula(cell);
    while (at < cell.size) {
        uint32_t code_point;
        size_t start = at, bytes = utf8_decode(cell, at, &code_point);
        at += bytes ? bytes : 1;
        char becomes = bytes ? plain_of(code_point) : AS_IT_IS;
        if (becomes == AS_IT_IS) {
            memcpy(out + size, cell.data + start, at - start);
            size += at - start;
        } else if (becomes != NOTHING) {
            out[size++] = becomes;
        }
    }
    settle_groups(out, size, group);
    return slice_trim((struct slice){out, size});
}

bool plain_read_number(struct slice cell, double *out)
{
    char text[PLAIN_SIZE];
    if (number_parse(cell, out))
        return true;
    struct slice plain = plain_cell(cell, ',', text);
    return plain.data != cell.data && number_parse(plain, out);
}

bool plain_is_open_count(struct slice cell)
{
    size_t whole = 0;
    while (whole < cell.size && is_digit(cell.data[whole]))
        whole++;
    return whole >= 1 && whole <= 3 && cell.data[0] != '0' && cell.size == whole + 4 &&
           cell.data[whole] == '.' && is_digit(cell.data[whole + 1]) &&
           is_digit(cell.data[whole + 2]) && is_digit(cell.data[whole + 3]);
}
