/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The graft: every object of cairo's PDF becomes an object of a libharu document.
 * A dictionary becomes an empty HPDF_Dict whose write_fn prints cairo's text with the
 * references renumbered, because libharu's own numbers are float32; a stream's bytes
 * pass through as cairo deflated them.
 * Life: graft_open … graft_copy … graft_add_text … graft_save … graft_close. */
#ifndef SITREP_PRESS_GRAFT_H
#define SITREP_PRESS_GRAFT_H

#include "press/pdf_structure.h"

#include <hpdf.h>

/* What the hook of an object of the document prints. */
struct graft_text {
    uint32_t source;    /* cairo's object number; 0 = the object is ours */
    struct slice added; /* PDF syntax behind it: "/Tabs /S\n" */
};

struct graft {
    const struct pdf_file *file;
    const struct pdf_structure *structure;
    struct arena *arena;
    struct diags *diags;
    HPDF_Doc document;
    HPDF_STATUS first_error;
    void **copy; /* by cairo's number: the HPDF object, NULL = left out */
    size_t page_count;
    uint32_t *page;  /* cairo's numbers */
    bool cuts_pages; /* their sizes are ours */
    size_t text_count;
    struct graft_text *text; /* by libharu's number */
    struct text out;         /* the finished document */
};

/* Makes an empty document. graft must stay where it is until graft_close. */
bool graft_open(struct graft *graft, const struct pdf_file *file,
                const struct pdf_structure *structure, struct arena *arena,
                struct diags *diags);
void graft_close(struct graft *graft);

/* Copies all pages and what they refer to; alt[n] is PDF syntax, the alternative text
 * of the n-th figure. errors: I303 */
bool graft_copy(struct graft *graft, const struct slice *alt);

/* Prints text inside a dictionary, after what it has already. */
void graft_add_text(struct graft *graft, HPDF_Dict dict, struct slice text);

/* The document's bytes in graft->out, with an /ID made from them. */
bool graft_save(struct graft *graft);

/* Height of a page, in points. */
double graft_page_height(const struct graft *graft, size_t page);

/* True when libharu has met no error; otherwise adds a diagnostic (I303). */
bool graft_is_sound(const struct graft *graft, const char *while_doing);

/* The number that libharu gave an object. */
uint32_t graft_number(const void *object);

/* graft_print.c: the hooks */
HPDF_STATUS graft_print_dict(HPDF_Dict dict, HPDF_Stream stream);
HPDF_STATUS graft_print_trailer(HPDF_Dict trailer, HPDF_Stream stream);

#endif
