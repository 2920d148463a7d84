/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes in place of cairo's PDF: a document or a refusal. Offsets are mended after
 * most mutations, or hardly one would come past the xref table. */
#include "press/furniture.h"
#include "press/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool count(const void *bytes, size_t size, void *context)
{
    size_t *written = context;
    (void)bytes;
    *written += size;
    return true;
}

static void write_document(struct arena *arena, struct slice bytes)
{
    const struct pdf_figure figure[2] = {{SLICE_LITERAL("one")},
                                         {SLICE_LITERAL("two")}};
    const struct pdf_bookmark bookmark[2] = {{1, SLICE_LITERAL("a"), 0, 10},
                                             {2, SLICE_LITERAL("b"), 0, 20}};
    struct pdf_info info = {
        .title = bytes, .bookmark = bookmark, .figure = figure, .bookmark_count = 2};
    for (info.figure_count = 0; info.figure_count <= 2; info.figure_count++) {
        struct diags *diags = diags_new(arena);
        size_t written = 0;
        bool ok = pdf_write(bytes, &info, count, &written, diags);
        if (ok != (written != 0) || ok != (diags_count(diags, SEVERITY_ERROR) == 0))
            abort();
    }
}

/* The bytes as a page's content, all of whose first marks are furniture. */
static void rewrite_content(struct arena *arena, struct slice bytes)
{
    static const bool is_furniture[4] = {true, true, false, true};
    uLongf size = compressBound(bytes.size);
    char *deflated = arena_alloc(arena, size);
    struct slice out;
    compress((Bytef *)deflated, &size, (const Bytef *)bytes.data, bytes.size);
    struct furniture *furniture = furniture_open(arena, diags_new(arena));
    struct page_content content = {{deflated, size}, true, is_furniture, 4, 1};
    furniture_rewrite(furniture, &content, &out);
    content = (struct page_content){bytes, false, is_furniture, 4, 1};
    furniture_rewrite(furniture, &content, &out);
    furniture_close(furniture);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    struct slice input = {(const char *)bytes, size};
    write_document(arena, input);
    rewrite_content(arena, input);
    arena_free(arena);
    return 0;
}

/* The place of "number 0 obj" at the start of a line; 0 = nowhere. */
static size_t find_object(const uint8_t *bytes, size_t size, size_t number)
{
    char head[32];
    int length = snprintf(head, sizeof head, "\n%zu 0 obj", number);
    const uint8_t *at = memmem(bytes, size, head, (size_t)length);
    return at ? (size_t)(at - bytes) + 1 : 0;
}

static void mend_offsets(uint8_t *bytes, size_t size)
{
    uint8_t *xref = memmem(bytes, size, "xref\n0 ", 7), *end = bytes + size;
    uint8_t *last = memmem(bytes, size, "startxref\n", 10);
    if (!xref || !last || last < xref)
        return;
    uint8_t *entry = memchr(xref + 7, '\n', (size_t)(end - xref - 7));
    for (size_t i = 0; entry && last - entry > 21 && strchr("fn", entry[18]); i++) {
        char offset[16];
        snprintf(offset, sizeof offset, "%010zu", find_object(bytes, size, i));
        memcpy(entry + 1, offset, 10);
        entry += 20;
    }
    char start[24];
    int digits = snprintf(start, sizeof start, "%zu", (size_t)(xref - bytes));
    if (end - last > 10 + digits && last[10 + digits] == '\n')
        memcpy(last + 10, start, (size_t)digits);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed)
{
    size = LLVMFuzzerMutate(bytes, size, most);
    if (seed % 8)
        mend_offsets(bytes, size);
    return size;
}
