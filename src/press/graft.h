/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The graft: every object of cairo's PDF becomes an object of a libharu document.
 * A dictionary becomes an empty HPDF_Dict whose write_fn prints cairo's text with the
 * references renumbered, because libharu's own numbers are float32; a stream's bytes
 * pass through as cairo deflated them.
 *
 * A long document comes in parts, each a PDF of its own by cairo. What a part adds is
 * written and forgotten before the next is drawn; kept are its pages (libharu's page
 * tree holds them), where each object was written, and what it adds to the three trees
 * of the document: elements, marks, names (graft_trees.c). So a page costs the same
 * memory, a few kilobytes, however much stands on it.
 * Life: graft_open … (graft_part … graft_write_part) … graft_add_text … graft_finish …
 * graft_close. */
#ifndef SITREP_PRESS_GRAFT_H
#define SITREP_PRESS_GRAFT_H

#include "press/pdf.h"
#include "press/pdf_structure.h"

#include <hpdf.h>

/* What the hook of an object of the document prints. */
struct graft_text {
    uint32_t source;    /* the part's object number; 0 = the object is ours */
    struct slice added; /* PDF syntax behind it: "/Tabs /S\n" */
};

/* The hooks of objects that follow one another. */
struct graft_texts {
    struct arena *arena;
    uint32_t first; /* libharu's number of text[0] */
    size_t count;
    struct graft_text *text;
};

struct graft_page {
    HPDF_Page page;
    double height_pt;
};

struct graft_name {
    struct slice name, destination; /* PDF syntax */
};

/* What the parts add to the document's trees. */
struct graft_trees {
    HPDF_Dict root, document; /* of the structure; NULL = not tagged */
    uint32_t *kid;            /* libharu's numbers of what stands in the document */
    size_t kid_count, kid_capacity;
    uint32_t *parent; /* by number of a page's marks; 0 = furniture */
    size_t parent_count, parent_capacity;
    struct graft_name *name;
    size_t name_count, name_capacity;
};

/* Where the document goes. */
struct graft_output {
    pdf_sink_fn *sink;
    void *context;
    HPDF_Stream stream;
    HPDF_MD5_CTX md5;
    struct text waiting; /* up to 64 kB */
    bool failed;
};

struct graft {
    struct arena *arena; /* of the document */
    struct diags *diags;
    HPDF_Doc document;
    HPDF_STATUS first_error;
    struct graft_output out;
    struct graft_trees trees;
    size_t page_count, page_capacity;
    struct graft_page *page;
    size_t figure_count;
    bool cuts_pages;         /* their sizes are ours */
    struct graft_texts kept; /* objects that are written at the end */

    /* Of the part that is grafted. */
    struct arena *part;
    const struct pdf_file *file;
    const struct pdf_structure *structure;
    void **copy;         /* by its number: the HPDF object, NULL = left out */
    bool *merged;        /* by its number: what the document has one of */
    size_t first_page;   /* index of its first */
    size_t first_parent; /* its first marks' number in the document */
    struct graft_texts texts;
};

/* Makes an empty document that goes to sink. graft must stay where it is until
 * graft_close. */
bool graft_open(struct graft *graft, pdf_sink_fn *sink, void *context,
                struct arena *arena, struct diags *diags);
void graft_close(struct graft *graft);

/* Copies all pages of a part and what they refer to; nothing of it is written yet.
 *   structure  of the file
 *   alt        PDF syntax, the alternative texts of the part's figures
 *   arena      of the part: until graft_write_part
 *   errors     I302, I303 */
bool graft_part(struct graft *graft, const struct pdf_file *file,
                const struct pdf_structure *structure, const struct slice *alt,
                struct arena *arena);
/* Writes what the part added, and frees it. errors: I303, I305 */
bool graft_write_part(struct graft *graft);

/* Prints text inside a dictionary, after what it has already: one of the part, or one
 * that is written at the end. */
void graft_add_text(struct graft *graft, HPDF_Dict dict, struct slice text);

/* Begins with the objects that come after the last part. */
void graft_begin_end(struct graft *graft);
/* Writes all that isn't written yet, and an /ID made from the document's bytes.
 * errors: I303, I305 */
bool graft_finish(struct graft *graft);

/* True when libharu has met no error; otherwise adds a diagnostic (I303). */
bool graft_is_sound(const struct graft *graft, const char *while_doing);

/* The number that libharu gave an object. */
uint32_t graft_number(const void *object);
/* A dictionary of the document whose hook prints text; NULL = libharu can't. */
HPDF_Dict graft_new_dict(struct graft *graft);

/* graft_print.c: the hooks, and pieces of what they print */
HPDF_STATUS graft_print_dict(HPDF_Dict dict, HPDF_Stream stream);
/* The bytes of the file's tokens first to end - 1, references renumbered. */
void graft_print_tokens(const struct graft *graft, struct text *out, uint32_t first,
                        uint32_t end);
const struct graft_text *graft_text_of(const struct graft *graft, HPDF_Dict dict);

/* graft_trees.c */
/* Finds what of the part belongs to the document's trees. errors: I302 */
bool graft_merge_trees(struct graft *graft);
/* Takes over what the part, whose objects have their numbers, adds. errors: I302 */
bool graft_take_trees(struct graft *graft);
/* Prints the trees into the document. errors: I302, a name that stands twice */
bool graft_finish_trees(struct graft *graft);

#endif
