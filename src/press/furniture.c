/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cairo begins a marked sequence with a line of its own, "/Span << /MCID 7 >> BDC".
 * Text can't hold such a line: cairo breaks strings with a backslash before the
 * newline. */
#include "press/furniture.h"

#include "press/pdf_parse.h"

#include <string.h>
#include <zlib.h>

enum {
    LARGEST = 1 << 28, /* bytes of all contents together, inflated */
    LONGEST_TAG = 32,
    /* Level 1 takes a fifth of the time of cairo's own level 6 and gives files about
     * a tenth larger. */
    LEVEL = 1,
};

static const char before_mark[] = " << /MCID ", after_mark[] = " >> BDC\n",
                  artifact[] = "/Artifact BMC\n";

struct furniture {
    struct arena *arena, *scratch;
    struct diags *diags;
    size_t inflated;
    z_stream inflater, deflater;
    bool inflates, deflates;
};

struct mark {
    size_t start, end; /* of its line, in the content */
    size_t number;
};

struct furniture *furniture_open(struct arena *arena, struct diags *diags)
{
    struct furniture *furniture = ARENA_NEW(arena, struct furniture);
    furniture->arena = arena;
    furniture->scratch = arena_new();
    furniture->diags = diags;
    return furniture;
}

void furniture_close(struct furniture *furniture)
{
    if (furniture->inflates)
        inflateEnd(&furniture->inflater);
    if (furniture->deflates)
        deflateEnd(&furniture->deflater);
    arena_free(furniture->scratch);
}

static bool make_ready(struct furniture *furniture)
{
    if (!furniture->inflates)
        furniture->inflates = inflateInit(&furniture->inflater) == Z_OK;
    if (!furniture->deflates)
        furniture->deflates = deflateInit(&furniture->deflater, LEVEL) == Z_OK;
    return furniture->inflates && furniture->deflates &&
           inflateReset(&furniture->inflater) == Z_OK &&
           deflateReset(&furniture->deflater) == Z_OK;
}

static bool inflate_content(struct furniture *furniture, struct slice deflated,
                            struct slice *out)
{
    z_stream *stream = &furniture->inflater;
    size_t capacity = deflated.size * 6 + 4096;
    int status = Z_OK;
    char *content = NULL;
    stream->next_in = (Bytef *)(uintptr_t)deflated.data;
    stream->avail_in = (uInt)deflated.size;
    while (status == Z_OK && furniture->inflated + stream->total_out < LARGEST) {
        char *wider = arena_alloc(furniture->scratch, capacity);
        if (content)
            memcpy(wider, content, stream->total_out);
        content = wider;
        stream->next_out = (Bytef *)content + stream->total_out;
        stream->avail_out = (uInt)(capacity - stream->total_out);
        status = inflate(stream, Z_NO_FLUSH);
        capacity *= 2;
    }
    *out = (struct slice){content, stream->total_out};
    furniture->inflated += stream->total_out;
    return status == Z_STREAM_END;
}

/* The next line that begins a marked sequence, from mark->end on. */
static bool find_mark(struct slice content, struct mark *mark)
{
    const size_t before = sizeof before_mark - 1, after = sizeof after_mark - 1;
    const char *data = content.data, *end = data + content.size, *at = data + mark->end;
    while ((at = memmem(at, (size_t)(end - at), before_mark, before)) != NULL) {
        const char *line = at, *digit = at + before;
        while (line > data && line[-1] != '\n' && digit - line < LONGEST_TAG)
            line--;
        size_t number = 0;
        for (at = digit; at < end && *at >= '0' && *at <= '9' && at - digit < 9; at++)
            number = number * 10 + (size_t)(*at - '0');
        bool begins_line = *line == '/' && (line == data || line[-1] == '\n');
        if (begins_line && at > digit && (size_t)(end - at) >= after &&
            memcmp(at, after_mark, after) == 0) {
            *mark = (struct mark){(size_t)(line - data), (size_t)(at + after - data),
                                  number};
            return true;
        }
    }
    return false;
}

static bool deflate_part(z_stream *stream, const char *part, size_t size, int flush)
{
    stream->next_in = (Bytef *)(uintptr_t)part;
    stream->avail_in = (uInt)size;
    int status = deflate(stream, flush);
    return flush == Z_FINISH ? status == Z_STREAM_END
                             : status == Z_OK && stream->avail_in == 0;
}

static struct mark *collect_marks(struct furniture *furniture, struct slice plain,
                                  const struct page_content *content, size_t *count)
{
    struct mark *marks = NULL, next = {0};
    size_t capacity = 0;
    *count = 0;
    while (find_mark(plain, &next))
        if (next.number < content->mark_count && content->is_furniture[next.number])
            *ARENA_APPEND(furniture->scratch, marks, *count, capacity) = next;
    return marks;
}

static bool deflate_content(struct furniture *furniture, struct slice content,
                            const struct mark *mark, size_t count, struct slice *out)
{
    z_stream *stream = &furniture->deflater;
    size_t largest = deflateBound(stream, content.size + count * sizeof artifact);
    char *deflated = arena_alloc(furniture->scratch, largest);
    stream->next_out = (Bytef *)deflated;
    stream->avail_out = (uInt)largest;
    size_t at = 0;
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        ok = deflate_part(stream, content.data + at, mark[i].start - at, Z_NO_FLUSH) &&
             deflate_part(stream, artifact, sizeof artifact - 1, Z_NO_FLUSH);
        at = mark[i].end;
    }
    ok = ok && deflate_part(stream, content.data + at, content.size - at, Z_FINISH);
    *out = slice_copy(furniture->arena, (struct slice){deflated, stream->total_out});
    return ok;
}

static bool count_matches(struct furniture *furniture,
                          const struct page_content *content, size_t wanted,
                          size_t found)
{
    if (found == 0 && wanted > 0)
        diags_warn(furniture->diags, (struct place){0}, "I304",
                   "page %zu: its running head and foot aren't marked as such for "
                   "screen readers, since a part of the page became a picture",
                   content->page);
    return found == 0 || found == wanted ||
           pdf_refuse(furniture->diags, "I303",
                      "page %zu has %zu marks of furniture, expected %zu",
                      content->page, found, wanted);
}

bool furniture_rewrite(struct furniture *furniture, const struct page_content *content,
                       struct slice *out)
{
    size_t wanted = 0, found;
    struct slice plain = content->bytes;
    for (size_t i = 0; i < content->mark_count; i++)
        wanted += content->is_furniture[i];
    *out = content->bytes;
    if (wanted == 0 && content->is_deflated)
        return true;
    arena_reset(furniture->scratch);
    if (!make_ready(furniture) ||
        (content->is_deflated && !inflate_content(furniture, content->bytes, &plain)))
        return pdf_refuse(furniture->diags, "I303",
                          "the content of page %zu can't be inflated", content->page);
    const struct mark *mark = collect_marks(furniture, plain, content, &found);
    return count_matches(furniture, content, wanted, found) &&
           (deflate_content(furniture, plain, mark, found, out) ||
            pdf_refuse(furniture->diags, "I303",
                       "the content of page %zu can't be deflated", content->page));
}

bool furniture_deflate(struct furniture *furniture, struct slice plain,
                       struct slice *out)
{
    arena_reset(furniture->scratch);
    return (make_ready(furniture) && deflate_content(furniture, plain, NULL, 0, out)) ||
           pdf_refuse(furniture->diags, "I303", "%zu bytes can't be deflated",
                      plain.size);
}
