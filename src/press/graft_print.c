/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libharu calls while it saves: a dictionary's body is cairo's text, key by key,
 * with other object numbers and without the furniture. */
#include "press/graft.h"

#include <stdio.h>

/* Keeps the first error, so that a body is printed without a check per piece. */
struct printer {
    const struct graft *graft;
    HPDF_Stream stream;
    HPDF_STATUS status;
};

static void print(struct printer *printer, struct slice text)
{
    if (printer->status == HPDF_OK && text.size)
        printer->status = HPDF_Stream_Write(
            printer->stream, (const HPDF_BYTE *)text.data, (HPDF_UINT)text.size);
}

static void print_string(struct printer *printer, const char *text)
{
    print(printer, slice_of(text));
}

/* A reference to furniture points to nothing any more. */
static void print_reference(struct printer *printer, uint32_t token)
{
    const struct graft *graft = printer->graft;
    const void *copy = graft->copy[pdf_target(graft->file, token)];
    char text[24];
    if (copy)
        snprintf(text, sizeof text, "%u 0 R", graft_number(copy));
    print_string(printer, copy ? text : "null");
}

/* The bytes of tokens first to end - 1, references renumbered. */
static void print_tokens(struct printer *printer, uint32_t first, uint32_t end)
{
    const struct pdf_file *file = printer->graft->file;
    const struct pdf_token *token = file->token;
    size_t at = token[first].start;
    for (uint32_t i = first; i < end; i++) {
        if (token[i].kind != PDF_REFERENCE)
            continue;
        print(printer, (struct slice){file->bytes.data + at, token[i].start - at});
        print_reference(printer, i);
        at = token[i].start + token[i].size;
    }
    size_t last = token[end - 1].start + token[end - 1].size;
    print(printer, (struct slice){file->bytes.data + at, last - at});
}

static bool is_left_out(const struct graft *graft, uint32_t token)
{
    return pdf_kind_at(graft->file, token) == PDF_REFERENCE &&
           pdf_is_furniture(graft->structure, pdf_target(graft->file, token));
}

/* An array in brackets; items in steps of step, each left out when the last token of
 * its step is furniture. */
static void print_filtered(struct printer *printer, uint32_t array, uint32_t step)
{
    const struct pdf_file *file = printer->graft->file;
    uint32_t end = pdf_skip(file, array) - 1;
    print_string(printer, "[");
    for (uint32_t first = array + 1, next; first < end; first = next) {
        uint32_t last = first;
        next = pdf_skip(file, first);
        for (uint32_t i = 1; i < step && next < end; i++) {
            last = next;
            next = pdf_skip(file, next);
        }
        if (is_left_out(printer->graft, last))
            continue;
        print_string(printer, " ");
        print_tokens(printer, first, next);
    }
    print_string(printer, " ]");
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
static void print_destination(struct printer *printer, struct slice hex)
{
    struct text name = {.arena = printer->graft->arena}, out = name;
    size_t at = 5;
    for (uint32_t unit; (unit = next_unit(hex, &at)) != 0;) {
        if (unit >= 0xD800 && unit < 0xDC00)
            unit = 0x10000 + ((unit - 0xD800) << 10) + (next_unit(hex, &at) & 0x3FF);
        text_append_rune(&name, unit);
    }
    for (size_t i = 0; i < name.size; i++)
        text_print(&out, "%02X", (unsigned char)name.data[i]);
    print_string(printer, "<");
    print(printer, text_slice(&out));
    print_string(printer, ">");
}

static bool is_wide_destination(const struct pdf_file *file, uint32_t key)
{
    return pdf_is_name(file, key, "Dest") && pdf_kind_at(file, key + 1) == PDF_STRING &&
           (slice_starts_with(pdf_text(file, key + 1), "<FEFF") ||
            slice_starts_with(pdf_text(file, key + 1), "<feff"));
}

static void print_pair(struct printer *printer, uint32_t key)
{
    const struct pdf_file *file = printer->graft->file;
    bool kids = pdf_is_name(file, key, "K"), pairs = pdf_is_name(file, key, "Nums");
    if (is_left_out(printer->graft, key + 1))
        return;
    print_tokens(printer, key, key + 1);
    print_string(printer, " ");
    if ((kids || pairs) && pdf_kind_at(file, key + 1) == PDF_ARRAY)
        print_filtered(printer, key + 1, pairs ? 2 : 1);
    else if (is_wide_destination(file, key))
        print_destination(printer, pdf_text(file, key + 1));
    else
        print_tokens(printer, key + 1, pdf_skip(file, key + 1));
    print_string(printer, "\n");
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

HPDF_STATUS graft_print_dict(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct graft *graft = dict->error->user_data;
    const struct graft_text *text = &graft->text[graft_number(dict)];
    const struct pdf_file *file = graft->file;
    struct printer printer = {.graft = graft, .stream = stream, .status = HPDF_OK};
    if (text->source) {
        uint32_t body = pdf_value(file, text->source), end = pdf_skip(file, body) - 1;
        for (uint32_t key = body + 1; key < end; key = pdf_skip(file, key + 1))
            if (!is_printed_already(graft, text->source, key))
                print_pair(&printer, key);
    }
    print(&printer, text->added);
    return printer.status;
}

/* The last to be printed, so everything before it is there to be hashed. */
HPDF_STATUS graft_print_trailer(HPDF_Dict trailer, HPDF_Stream stream)
{
    const struct graft *graft = trailer->error->user_data;
    struct printer printer = {.graft = graft, .stream = stream, .status = HPDF_OK};
    HPDF_MD5_CTX md5;
    HPDF_BYTE digest[16];
    char hex[2 * sizeof digest + 1], id[96];
    HPDF_MD5Init(&md5);
    HPDF_MD5Update(&md5, (const HPDF_BYTE *)graft->out.data,
                   (HPDF_UINT32)graft->out.size);
    HPDF_MD5Final(digest, &md5);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    snprintf(id, sizeof id, "/ID [ <%s> <%s> ]\n", hex, hex);
    print_string(&printer, id);
    return printer.status;
}
