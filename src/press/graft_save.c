/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libharu writes a document in one go, with all its objects in memory. Here it writes
 * them part by part: each object by libharu, between head and tail as the format has
 * them; then the table of their places and the trailer. */
#include "press/graft.h"

#include <stdio.h>

enum {
    WAITING = 64 * 1024,
    PAGE_CLASS = HPDF_OCLASS_DICT | HPDF_OSUBCLASS_PAGE,
    PAGES_CLASS = HPDF_OCLASS_DICT | HPDF_OSUBCLASS_PAGES
};

static bool send(struct graft_output *out)
{
    struct text *waiting = &out->waiting;
    HPDF_MD5Update(&out->md5, (const HPDF_BYTE *)waiting->data,
                   (HPDF_UINT32)waiting->size);
    if (!out->failed && waiting->size)
        out->failed = !out->sink(waiting->data, waiting->size, out->context);
    waiting->size = 0;
    return !out->failed;
}

static HPDF_STATUS take_bytes(HPDF_Stream stream, const HPDF_BYTE *bytes,
                              HPDF_UINT size)
{
    struct graft_output *out = stream->attr;
    for (HPDF_UINT taken = 0, part; taken < size; taken += part) {
        if (out->waiting.size == WAITING && !send(out))
            return HPDF_FILE_IO_ERROR;
        size_t room = WAITING - out->waiting.size;
        part = size - taken < room ? size - taken : (HPDF_UINT)room;
        text_append(&out->waiting, (struct slice){(const char *)bytes + taken, part});
    }
    return HPDF_OK;
}

static void print_string(struct graft *graft, const char *text)
{
    if (graft->first_error == HPDF_OK)
        HPDF_Stream_WriteStr(graft->out.stream, text);
}

/* The version, and bytes that tell programs that the file isn't text. */
static bool begin_file(struct graft *graft)
{
    HPDF_Doc document = graft->document;
    if (graft->out.stream)
        return true;
    text_room(&graft->out.waiting, WAITING);
    graft->out.stream =
        HPDF_CallbackWriter_New(document->mmgr, take_bytes, &graft->out);
    document->stream = graft->out.stream; /* is freed with the document */
    if (document->stream)
        print_string(graft, "%PDF-1.5\n%\xB7\xBE\xAD\xAA\n");
    return document->stream != NULL;
}

static void write_object(struct graft *graft, HPDF_UINT number, HPDF_XrefEntry entry)
{
    char head[32];
    snprintf(head, sizeof head, "%u 0 obj\n", number);
    entry->byte_offset = graft->out.stream->size;
    print_string(graft, head);
    if (graft->first_error == HPDF_OK)
        HPDF_Obj_WriteValue(entry->obj, graft->out.stream, NULL);
    print_string(graft, "\nendobj\n");
}

static bool is_written(struct graft *graft, const char *while_doing)
{
    if (!graft->out.failed)
        return graft_is_sound(graft, while_doing);
    diags_error(graft->diags, (struct place){0}, "I305",
                "can't write the finished PDF: its output takes no more");
    return false;
}

/* The page tree holds the pages; of all else only the place is needed any more. */
static void forget_object(const struct graft *graft, HPDF_XrefEntry entry)
{
    const HPDF_Obj_Header *header = entry->obj;
    if (header->obj_class == PAGE_CLASS)
        return;
    HPDF_Obj_ForceFree(graft->document->mmgr, entry->obj);
    entry->obj = NULL;
}

bool graft_write_part(struct graft *graft)
{
    HPDF_Xref xref = graft->document->xref;
    uint32_t first = graft->texts.first, end = xref->entries->count;
    if (!begin_file(graft))
        return graft_is_sound(graft, "writing");
    for (uint32_t i = first; i < end; i++) {
        HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, i);
        if (((const HPDF_Obj_Header *)entry->obj)->obj_class != PAGES_CLASS)
            write_object(graft, i, entry);
    }
    for (uint32_t i = first; i < end; i++) {
        HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, i);
        if (entry->byte_offset)
            forget_object(graft, entry);
    }
    graft->file = NULL;
    return is_written(graft, "writing a part");
}

static void write_table(struct graft *graft)
{
    HPDF_Xref xref = graft->document->xref;
    char line[40];
    xref->addr = graft->out.stream->size;
    snprintf(line, sizeof line, "xref\n0 %u\n", xref->entries->count);
    print_string(graft, line);
    print_string(graft, "0000000000 65535 f\r\n");
    for (uint32_t i = 1; i < xref->entries->count; i++) {
        snprintf(line, sizeof line, "%010u 00000 n\r\n",
                 HPDF_Xref_GetEntry(xref, i)->byte_offset);
        print_string(graft, line);
    }
}

/* Everything before it is there to be hashed. */
static HPDF_STATUS print_id(HPDF_Dict trailer, HPDF_Stream stream)
{
    struct graft *graft = trailer->error->user_data;
    HPDF_BYTE digest[16];
    char hex[2 * sizeof digest + 1], id[96];
    send(&graft->out);
    HPDF_MD5Final(digest, &graft->out.md5);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    snprintf(id, sizeof id, "/ID [ <%s> <%s> ]\n", hex, hex);
    return HPDF_Stream_WriteStr(stream, id);
}

static void write_trailer(struct graft *graft)
{
    HPDF_Doc document = graft->document;
    HPDF_Dict trailer = document->trailer;
    char line[40];
    if (HPDF_Dict_Add(trailer, "Root", document->catalog) != HPDF_OK ||
        HPDF_Dict_Add(trailer, "Info", document->info) != HPDF_OK ||
        HPDF_Dict_AddNumber(trailer, "Size",
                            (HPDF_INT32)document->xref->entries->count) != HPDF_OK)
        return;
    trailer->write_fn = print_id;
    print_string(graft, "trailer\n");
    if (graft->first_error == HPDF_OK)
        HPDF_Dict_Write(trailer, graft->out.stream, NULL);
    snprintf(line, sizeof line, "\nstartxref\n%u\n%%%%EOF\n", document->xref->addr);
    print_string(graft, line);
}

bool graft_finish(struct graft *graft)
{
    HPDF_Xref xref = graft->document->xref;
    if (!graft_finish_trees(graft) || !graft_is_sound(graft, "finishing") ||
        !begin_file(graft))
        return false;
    for (uint32_t i = 1; i < xref->entries->count; i++) {
        HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, i);
        if (!entry->byte_offset)
            write_object(graft, i, entry);
    }
    write_table(graft);
    write_trailer(graft);
    send(&graft->out);
    return is_written(graft, "writing");
}
