/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/svg_words.h"

#include "press/pdf_text.h"

#include <string.h>

static void append_element(struct text *out, const char *name, struct slice words)
{
    if (!words.size)
        return;
    text_print(out, "\n<%s>", name);
    xml_print(out, words);
    text_print(out, "</%s>", name);
}

/* Where the opening tag of the first element "svg" ends, at its ">"; svg.size without. */
static size_t tag_end(struct slice svg)
{
    const char *tag = memmem(svg.data, svg.size, "<svg", 4);
    if (!tag)
        return svg.size;
    size_t at = (size_t)(tag - svg.data);
    const char *end = memchr(tag, '>', svg.size - at);
    return end ? (size_t)(end - svg.data) : svg.size;
}

void svg_add_words(struct slice svg, struct slice title, struct slice description,
                   struct text *out)
{
    size_t end = tag_end(svg);
    if (end == svg.size || (!title.size && !description.size)) {
        text_append(out, svg);
        return;
    }
    text_append(out, (struct slice){svg.data, end});
    text_append_string(out, " role=\"img\">");
    append_element(out, "title", title);
    append_element(out, "desc", description);
    text_append(out, slice_from(svg, end + 1));
}
