/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libharu calls while it saves: a dictionary's body is cairo's text, key by key,
 * with other object numbers and without the furniture. */
#include "press/graft.h"

/* A reference to furniture points to nothing any more. */
static void print_reference(const struct graft *graft, struct text *out, uint32_t token)
{
    const void *copy = graft->copy[pdf_target(graft->file, token)];
    if (copy)
        text_print(out, "%u 0 R", graft_number(copy));
    else
        text_append_string(out, "null");
}

void graft_print_tokens(const struct graft *graft, struct text *out, uint32_t first,
                        uint32_t end)
{
    const struct pdf_file *file = graft->file;
    const struct pdf_token *token = file->token;
    size_t at = token[first].start;
    for (uint32_t i = first; i < end; i++) {
        if (token[i].kind != PDF_REFERENCE)
            continue;
        text_append(out, (struct slice){file->bytes.data + at, token[i].start - at});
        print_reference(graft, out, i);
        at = token[i].start + token[i].size;
    }
    size_t last = token[end - 1].start + token[end - 1].size;
    text_append(out, (struct slice){file->bytes.data + at, last - at});
}

static bool is_left_out(const struct graft *graft, uint32_t token)
{
    return pdf_kind_at(graft->file, token) == PDF_REFERENCE &&
           pdf_is_furniture(graft->structure, pdf_target(graft->file, token));
}

/* The kids of an element, without furniture. */
static void print_kids(const struct graft *graft, struct text *out, uint32_t array)
{
    const struct pdf_file *file = graft->file;
    uint32_t end = pdf_skip(file, array) - 1;
    text_append_string(out, "[");
    for (uint32_t kid = array + 1; kid < end; kid = pdf_skip(file, kid)) {
        if (is_left_out(graft, kid))
            continue;
        text_append_string(out, " ");
        graft_print_tokens(graft, out, kid, pdf_skip(file, kid));
    }
    text_append_string(out, " ]");
}

static uint32_t hex_value(char digit)
{
    return (uint32_t)(digit <= '9' ? digit - '0' : (digit | ' ') - 'a' + 10) & 15;
}

/* One UTF-16 unit of "<FEFF06A9>"; 0 at its end. */
static uint32_t next_unit(struct slice hex, size_t *at)
{
    uint32_t unit = 0;
    if (hex.size - *at < 5)
        return 0;
    for (int i = 0; i < 4; i++)
        unit = unit << 4 | hex_value(hex.data[(*at)++]);
    return unit;
}

/* cairo names a target outside ASCII in UTF-8 and a link to it in UTF-16, so that no
 * reader finds it. The link gets the target's bytes. */
static void print_destination(const struct graft *graft, struct text *out,
                              struct slice hex)
{
    struct text name = {.arena = graft->part};
    size_t at = 5;
    for (uint32_t unit; (unit = next_unit(hex, &at)) != 0;) {
        if (unit >= 0xD800 && unit < 0xDC00)
            unit = 0x10000 + ((unit - 0xD800) << 10) + (next_unit(hex, &at) & 0x3FF);
        text_append_rune(&name, unit);
    }
    text_append_string(out, "<");
    for (size_t i = 0; i < name.size; i++)
        text_print(out, "%02X", (unsigned char)name.data[i]);
    text_append_string(out, ">");
}

static bool is_wide_destination(const struct pdf_file *file, uint32_t key)
{
    return pdf_is_name(file, key, "Dest") && pdf_kind_at(file, key + 1) == PDF_STRING &&
           (slice_starts_with(pdf_text(file, key + 1), "<FEFF") ||
            slice_starts_with(pdf_text(file, key + 1), "<feff"));
}

/* What has marks is numbered on through the parts. */
static bool is_number_of_marks(const struct pdf_file *file, uint32_t key, uint32_t *out)
{
    return (pdf_is_name(file, key, "StructParents") ||
            pdf_is_name(file, key, "StructParent")) &&
           pdf_integer(file, key + 1, out);
}

static void print_pair(const struct graft *graft, struct text *out, uint32_t key)
{
    const struct pdf_file *file = graft->file;
    uint32_t value = key + 1, marks;
    if (is_left_out(graft, value))
        return;
    text_append(out, pdf_text(file, key));
    text_append_string(out, " ");
    if (pdf_is_name(file, key, "K") && pdf_kind_at(file, value) == PDF_ARRAY)
        print_kids(graft, out, value);
    else if (is_wide_destination(file, key))
        print_destination(graft, out, pdf_text(file, value));
    else if (is_number_of_marks(file, key, &marks))
        text_print(out, "%zu", graft->first_parent + marks);
    else
        graft_print_tokens(graft, out, value, pdf_skip(file, value));
    text_append_string(out, "\n");
}

/* Keys that libharu prints itself. */
static bool is_printed_already(const struct graft *graft, uint32_t source, uint32_t key)
{
    const struct pdf_file *file = graft->file;
    if (file->object[source].is_stream && pdf_is_name(file, key, "Length"))
        return true;
    const HPDF_Obj_Header *header = graft->copy[source];
    return header->obj_class == (HPDF_OCLASS_DICT | HPDF_OSUBCLASS_PAGE) &&
           ((graft->cuts_pages && pdf_is_name(file, key, "MediaBox")) ||
            pdf_is_name(file, key, "Type") || pdf_is_name(file, key, "Parent") ||
            pdf_is_name(file, key, "Contents"));
}

static void print_source(const struct graft *graft, struct text *out, uint32_t source)
{
    const struct pdf_file *file = graft->file;
    uint32_t body = pdf_value(file, source), end = pdf_skip(file, body) - 1;
    for (uint32_t key = body + 1; key < end; key = pdf_skip(file, key + 1))
        if (!is_printed_already(graft, source, key))
            print_pair(graft, out, key);
}

HPDF_STATUS graft_print_dict(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct graft *graft = dict->error->user_data;
    const struct graft_text *text = graft_text_of(graft, dict);
    const struct arena_mark mark = arena_mark(graft->part);
    struct text out = {.arena = graft->part};
    if (text->source)
        print_source(graft, &out, text->source);
    text_append(&out, text->added);
    HPDF_STATUS status = HPDF_OK;
    if (out.size)
        status =
            HPDF_Stream_Write(stream, (const HPDF_BYTE *)out.data, (HPDF_UINT)out.size);
    arena_release(graft->part, mark);
    return status;
}
