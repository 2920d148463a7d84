/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Copying a part: its objects are made first, pages before all others, then arrays,
 * then every reference is checked, so that what is written is whole. */
#include "press/graft.h"

#include "press/furniture.h"

#include <string.h>

static const char *const page_keys[] = {
    "Type",      "Parent",        "MediaBox", "Contents", "Group",
    "Resources", "StructParents", "Annots",   "Thumb",    NULL};
static const char *const catalog_keys[] = {"Type",     "Pages", "StructTreeRoot",
                                           "MarkInfo", "Names", NULL};

/* libharu makes a handful of objects before the first part: these have hooks, too. */
enum { MOST_KEPT = 16 };

/* libharu reads a stream through callbacks; the bytes stay cairo's. */
struct reader {
    struct slice bytes;
    size_t at;
};

uint32_t graft_number(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}

static void keep_first_error(HPDF_STATUS error, HPDF_STATUS detail, void *context)
{
    struct graft *graft = context;
    (void)detail;
    if (graft->first_error == HPDF_OK)
        graft->first_error = error;
}

bool graft_is_sound(const struct graft *graft, const char *while_doing)
{
    HPDF_STATUS error = graft->first_error;
    if (error == HPDF_OK && graft->document)
        error = HPDF_GetError(graft->document);
    if (error == HPDF_OK && graft->document)
        return true;
    return pdf_refuse(graft->diags, "I303", "libharu's error 0x%04lX while %s",
                      (unsigned long)error, while_doing);
}

static struct graft_texts open_texts(struct arena *arena, uint32_t first, size_t count)
{
    return (struct graft_texts){.arena = arena,
                                .first = first,
                                .count = count,
                                .text = ARENA_ARRAY(arena, struct graft_text, count)};
}

static uint32_t next_number(const struct graft *graft)
{
    return graft->document->xref->entries->count;
}

bool graft_open(struct graft *graft, pdf_sink_fn *sink, void *context,
                struct arena *arena, struct diags *diags)
{
    *graft = (struct graft){
        .arena = arena,
        .diags = diags,
        .out = {.sink = sink, .context = context, .waiting = {.arena = arena}},
        .kept = open_texts(arena, 0, MOST_KEPT),
        .texts = {.first = MOST_KEPT}};
    HPDF_MD5Init(&graft->out.md5);
    graft->document = HPDF_New(keep_first_error, graft);
    return graft_is_sound(graft, "making a document");
}

void graft_close(struct graft *graft)
{
    if (graft->document)
        HPDF_Free(graft->document);
}

void graft_begin_end(struct graft *graft)
{
    graft->file = NULL;
    graft->part = graft->arena;
    graft->texts = open_texts(graft->arena, next_number(graft), 64);
}

static struct graft_texts *texts_with(const struct graft *graft, uint32_t number)
{
    bool is_kept = number < graft->kept.count && number < graft->texts.first;
    return (struct graft_texts *)(is_kept ? &graft->kept : &graft->texts);
}

static void widen_texts(struct graft_texts *texts, size_t count)
{
    struct graft_text *moved = ARENA_ARRAY(texts->arena, struct graft_text, count);
    memcpy(moved, texts->text, texts->count * sizeof *moved);
    texts->text = moved;
    texts->count = count;
}

/* An object has a text from when it is given one: nothing else asks. */
static struct graft_text *text_of(struct graft *graft, HPDF_Dict dict)
{
    dict->write_fn = graft_print_dict;
    uint32_t number = graft_number(dict);
    struct graft_texts *texts = texts_with(graft, number);
    if (number - texts->first >= texts->count)
        widen_texts(texts, 2 * ((size_t)number - texts->first));
    return &texts->text[number - texts->first];
}

const struct graft_text *graft_text_of(const struct graft *graft, HPDF_Dict dict)
{
    uint32_t number = graft_number(dict);
    const struct graft_texts *texts = texts_with(graft, number);
    return &texts->text[number - texts->first];
}

void graft_add_text(struct graft *graft, HPDF_Dict dict, struct slice text)
{
    struct graft_text *printed = text_of(graft, dict);
    struct text joined = {.arena = texts_with(graft, graft_number(dict))->arena};
    text_room(&joined, printed->added.size + text.size);
    text_append(&joined, printed->added);
    text_append(&joined, text);
    printed->added = text_slice(&joined);
}

HPDF_Dict graft_new_dict(struct graft *graft)
{
    HPDF_Dict dict = HPDF_Dict_New(graft->document->mmgr);
    if (!dict || HPDF_Xref_Add(graft->document->xref, dict) != HPDF_OK)
        return NULL;
    text_of(graft, dict);
    return dict;
}

static HPDF_STATUS read_bytes(HPDF_Stream stream, HPDF_BYTE *out, HPDF_UINT *size)
{
    struct reader *reader = stream->attr;
    size_t left = reader->bytes.size - reader->at;
    if (*size > left)
        *size = (HPDF_UINT)left;
    memcpy(out, reader->bytes.data + reader->at, *size);
    reader->at += *size;
    return reader->at == reader->bytes.size ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS seek_byte(HPDF_Stream stream, HPDF_INT at, HPDF_WhenceMode mode)
{
    struct reader *reader = stream->attr;
    if (mode != HPDF_SEEK_SET || at < 0 || (size_t)at > reader->bytes.size)
        return HPDF_INVALID_PARAMETER;
    reader->at = (size_t)at;
    return HPDF_OK;
}

static HPDF_UINT32 count_bytes(HPDF_Stream stream)
{
    const struct reader *reader = stream->attr;
    return (HPDF_UINT32)reader->bytes.size;
}

static HPDF_Stream open_reader(struct graft *graft, struct slice bytes)
{
    struct reader *reader = ARENA_NEW(graft->part, struct reader);
    reader->bytes = bytes;
    return HPDF_CallbackReader_New(graft->document->mmgr, read_bytes, seek_byte, NULL,
                                   count_bytes, reader);
}

static bool give_stream(struct graft *graft, HPDF_Dict dict, struct slice bytes)
{
    HPDF_Number length = HPDF_Number_New(graft->document->mmgr, 0);
    if (!length || HPDF_Xref_Add(graft->document->xref, length) != HPDF_OK ||
        HPDF_Dict_Add(dict, "Length", length) != HPDF_OK)
        return false;
    dict->stream = open_reader(graft, bytes);
    return dict->stream != NULL;
}

static bool is_deflated(const struct pdf_file *file, uint32_t number)
{
    uint32_t filter = pdf_find(file, pdf_value(file, number), "Filter");
    return pdf_is_name(file, filter, "FlateDecode");
}

static bool is_plain(const struct pdf_file *file, uint32_t number)
{
    return !pdf_find(file, pdf_value(file, number), "Filter");
}

static void say_deflated(struct graft *graft, HPDF_Dict dict)
{
    graft_add_text(graft, dict, SLICE_LITERAL("/Filter /FlateDecode\n"));
}

static bool copy_stream(struct graft *graft, struct furniture *furniture,
                        HPDF_Dict dict, uint32_t number)
{
    struct slice bytes = graft->file->object[number].stream;
    if (is_plain(graft->file, number)) {
        if (!furniture_deflate(furniture, bytes, &bytes))
            return false;
        say_deflated(graft, dict);
    }
    return give_stream(graft, dict, bytes);
}

static bool copy_dict(struct graft *graft, struct furniture *furniture, uint32_t number)
{
    HPDF_Dict dict = graft_new_dict(graft);
    if (!dict)
        return false;
    graft->copy[number] = dict;
    text_of(graft, dict)->source = number;
    return !graft->file->object[number].is_stream ||
           copy_stream(graft, furniture, dict, number);
}

static bool copy_array(struct graft *graft, uint32_t number)
{
    const struct pdf_file *file = graft->file;
    HPDF_Array array = HPDF_Array_New(graft->document->mmgr);
    if (!array || HPDF_Xref_Add(graft->document->xref, array) != HPDF_OK)
        return false;
    graft->copy[number] = array;
    uint32_t first = pdf_value(file, number) + 1, end = pdf_skip(file, first - 1) - 1;
    for (uint32_t i = first; i < end; i++) {
        uint32_t target = pdf_target(file, i);
        void *item = graft->copy[target];
        if (target && pdf_is_furniture(graft->structure, target))
            item = HPDF_Null_New(graft->document->mmgr);
        if (!item)
            return pdf_refuse(graft->diags, "I303",
                              "array %u holds more than references to elements",
                              number);
        if (HPDF_Array_Add(array, item) != HPDF_OK)
            return false;
    }
    return true;
}

static const bool *furniture_of_page(struct graft *graft, uint32_t page, size_t *count)
{
    const struct pdf_file *file = graft->file;
    uint32_t marks = pdf_page_marks(file, graft->structure, page);
    *count = 0;
    if (!marks)
        return NULL;
    uint32_t first = marks + 1, end = pdf_skip(file, marks) - 1;
    bool *is_furniture = ARENA_ARRAY(graft->part, bool, end - first);
    for (uint32_t i = first; i < end; i++)
        is_furniture[i - first] =
            pdf_is_furniture(graft->structure, pdf_target(file, i));
    *count = end - first;
    return is_furniture;
}

static bool copy_content(struct graft *graft, struct furniture *furniture,
                         uint32_t page, uint32_t number)
{
    size_t index = graft->page_count;
    const struct pdf_file *file = graft->file;
    struct page_content content = {.bytes = file->object[number].stream,
                                   .is_deflated = is_deflated(file, number),
                                   .page = index + 1};
    struct slice bytes;
    content.is_furniture = furniture_of_page(graft, page, &content.mark_count);
    bool tagged = pdf_find(file, pdf_value(file, page), "StructParents") != 0;
    if (tagged != (content.mark_count != 0) ||
        (!content.is_deflated && !is_plain(file, number)))
        return pdf_refuse(graft->diags, "I303",
                          "page %zu has marks or a filter that "
                          "aren't understood",
                          index + 1);
    if (!furniture_rewrite(furniture, &content, &bytes))
        return false;
    HPDF_PageAttr attributes = ((HPDF_Dict)graft->copy[page])->attr;
    HPDF_Stream stream = open_reader(graft, bytes);
    if (!stream)
        return false;
    HPDF_Stream_Free(attributes->contents->stream);
    attributes->contents->stream = attributes->stream = stream;
    graft->copy[number] = attributes->contents;
    text_of(graft, attributes->contents)->source = number;
    if (!content.is_deflated)
        say_deflated(graft, attributes->contents);
    return true;
}

/* A key that isn't known might need more than copying: an outline of cairo's own would
 * come to stand beside ours. */
static bool has_known_keys(const struct graft *graft, uint32_t number,
                           const char *const *known)
{
    const struct pdf_file *file = graft->file;
    uint32_t dict = pdf_value(file, number), end = pdf_skip(file, dict) - 1;
    for (uint32_t key = dict + 1; key < end; key = pdf_skip(file, key + 1)) {
        size_t i = 0;
        while (known[i] && !pdf_is_name(file, key, known[i]))
            i++;
        if (!known[i])
            return pdf_refuse(graft->diags, "I303", "object %u has an unknown \"%.*s\"",
                              number, SLICE_PRINT(pdf_text(file, key)));
    }
    return true;
}

static double height_of(const struct graft *graft, uint32_t page)
{
    const struct pdf_file *file = graft->file;
    uint32_t box = pdf_find(file, pdf_value(file, page), "MediaBox");
    double height = 0;
    if (pdf_kind_at(file, box) == PDF_ARRAY && pdf_skip(file, box) == box + 6)
        number_parse(pdf_text(file, box + 4), &height);
    return height;
}

/* libharu makes the page, its parent and its content; the rest is cairo's. */
static bool copy_page(struct graft *graft, struct furniture *furniture, uint32_t number)
{
    const struct pdf_file *file = graft->file;
    uint32_t value = pdf_value(file, number);
    uint32_t content = pdf_target(file, pdf_find(file, value, "Contents"));
    if (!pdf_is_name(file, pdf_find(file, value, "Type"), "Page") || !content ||
        !file->object[content].is_stream || graft->copy[content] || graft->copy[number])
        return pdf_refuse(graft->diags, "I303",
                          "page %zu isn't one page with one content",
                          graft->page_count + 1);
    if (!has_known_keys(graft, number, page_keys))
        return false;
    HPDF_Page page = HPDF_AddPage(graft->document);
    if (!page)
        return false;
    HPDF_Dict_RemoveElement(page, "MediaBox");
    HPDF_Dict_RemoveElement(page, "Resources");
    graft->copy[number] = page;
    text_of(graft, page)->source = number;
    if (pdf_find(file, value, "StructParents"))
        graft_add_text(graft, page, SLICE_LITERAL("/Tabs /S\n"));
    if (!copy_content(graft, furniture, number, content))
        return false;
    *ARENA_APPEND(graft->arena, graft->page, graft->page_count, graft->page_capacity) =
        (struct graft_page){page, height_of(graft, number)};
    return true;
}

static bool copy_pages(struct graft *graft, struct furniture *furniture, uint32_t tree)
{
    const struct pdf_file *file = graft->file;
    uint32_t kids = pdf_find(file, pdf_value(file, tree), "Kids");
    if (pdf_kind_at(file, kids) != PDF_ARRAY || pdf_skip(file, kids) == kids + 2)
        return pdf_refuse(graft->diags, "I303", "there are no pages");
    graft->copy[tree] = graft->document->root_pages;
    for (uint32_t i = kids + 1; i < pdf_skip(file, kids) - 1; i++)
        if (!copy_page(graft, furniture, pdf_target(file, i)))
            return false;
    return true;
}

/* Catalog and information are made anew, the trees are the document's; lengths are
 * libharu's. */
static bool is_wanted(const struct graft *graft, uint32_t number, enum pdf_kind kind)
{
    const struct pdf_file *file = graft->file;
    uint32_t value = pdf_value(file, number);
    return value && pdf_kind_at(file, value) == kind && !graft->copy[number] &&
           !graft->merged[number] && !pdf_is_furniture(graft->structure, number);
}

static bool copy_others(struct graft *graft, struct furniture *furniture)
{
    for (uint32_t i = 1; i < graft->file->object_count; i++)
        if (is_wanted(graft, i, PDF_DICT) && !copy_dict(graft, furniture, i))
            return false;
    for (uint32_t i = 1; i < graft->file->object_count; i++)
        if (is_wanted(graft, i, PDF_ARRAY) && !copy_array(graft, i))
            return false;
    return true;
}

/* A reference must lead to a copy, to furniture, or be a stream's length. */
static bool check_references(const struct graft *graft, uint32_t number)
{
    const struct pdf_file *file = graft->file;
    uint32_t value = pdf_value(file, number);
    uint32_t length =
        file->object[number].is_stream ? pdf_find(file, value, "Length") : 0;
    for (uint32_t i = value; i < pdf_skip(file, value); i++) {
        uint32_t target = pdf_target(file, i);
        if (file->token[i].kind == PDF_REFERENCE && i != length &&
            !graft->copy[target] && !pdf_is_furniture(graft->structure, target))
            return pdf_refuse(graft->diags, "I303",
                              "object %u refers to object %u, which isn't there",
                              number, file->token[i].value);
    }
    return true;
}

static void describe_elements(struct graft *graft, const struct slice *alt)
{
    const struct pdf_structure *structure = graft->structure;
    for (uint32_t i = 1; i < graft->file->object_count; i++) {
        HPDF_Dict dict = graft->copy[i];
        switch ((enum pdf_element_kind)structure->element[i].kind) {
        case ELEMENT_FIGURE:
            graft_add_text(graft, dict, alt[structure->element[i].figure]);
            break;
        case ELEMENT_COLUMN_HEAD:
            graft_add_text(graft, dict,
                           SLICE_LITERAL("/A << /O /Table /Scope /Column >>\n"));
            break;
        case ELEMENT_ROW_HEAD:
            graft_add_text(graft, dict,
                           SLICE_LITERAL("/A << /O /Table /Scope /Row >>\n"));
            break;
        default: break;
        }
    }
}

static bool check_all_references(const struct graft *graft, uint32_t tree)
{
    for (uint32_t i = 1; i < graft->file->object_count; i++)
        if (graft->copy[i] && !graft->merged[i] && i != tree &&
            !check_references(graft, i))
            return false;
    return true;
}

static bool begin_part(struct graft *graft, const struct pdf_file *file,
                       const struct pdf_structure *structure, struct arena *arena)
{
    graft->part = arena;
    graft->file = file;
    graft->structure = structure;
    graft->copy = ARENA_ARRAY(arena, void *, file->object_count);
    graft->merged = ARENA_ARRAY(arena, bool, file->object_count);
    graft->merged[file->catalog] = graft->merged[file->information] = true;
    graft->first_page = graft->page_count;
    graft->first_parent = graft->trees.parent_count;
    if (!has_known_keys(graft, file->catalog, catalog_keys) ||
        !graft_merge_trees(graft))
        return false;
    /* Besides the copies there are streams' lengths and objects of pages. */
    graft->texts = open_texts(arena, next_number(graft),
                              64 + file->object_count + file->object_count / 4);
    return true;
}

bool graft_part(struct graft *graft, const struct pdf_file *file,
                const struct pdf_structure *structure, const struct slice *alt,
                struct arena *arena)
{
    uint32_t catalog = pdf_value(file, file->catalog);
    uint32_t tree = pdf_target(file, pdf_find(file, catalog, "Pages"));
    size_t errors = diags_count(graft->diags, SEVERITY_ERROR);
    if (!begin_part(graft, file, structure, arena))
        return false;
    struct furniture *furniture = furniture_open(arena, graft->diags);
    bool ok = copy_pages(graft, furniture, tree) && copy_others(graft, furniture);
    furniture_close(furniture);
    if (!ok)
        return diags_count(graft->diags, SEVERITY_ERROR) == errors &&
               graft_is_sound(graft, "copying");
    if (!check_all_references(graft, tree) || !graft_take_trees(graft))
        return false;
    describe_elements(graft, alt);
    graft->figure_count += structure->figure_count;
    return graft_is_sound(graft, "copying");
}
