/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The structure tree of a tagged PDF as cairo writes it: which elements are figures,
 * header cells or furniture. Furniture is what was drawn under a "Private" tag; it
 * leaves the tree with all below it. */
#ifndef SITREP_PRESS_PDF_STRUCTURE_H
#define SITREP_PRESS_PDF_STRUCTURE_H

#include "press/pdf_parse.h"

enum pdf_element_kind {
    ELEMENT_NONE, /* the object is no structure element of the tree */
    ELEMENT_PLAIN,
    ELEMENT_FIGURE,
    ELEMENT_COLUMN_HEAD, /* a TH beside other THs only */
    ELEMENT_ROW_HEAD,    /* a TH in a row that has a TD */
    ELEMENT_FURNITURE,
};

struct pdf_element {
    uint32_t kind;
    uint32_t figure; /* from 0, in tree order */
};

struct pdf_structure {
    uint32_t root, parents; /* object numbers; 0 = the document isn't tagged */
    const struct pdf_element *element; /* by object number */
    size_t figure_count;
};

/* errors: I302. cost: linear */
bool pdf_read_structure(const struct pdf_file *file, struct arena *arena,
                        struct pdf_structure *out, struct diags *diags);

bool pdf_is_furniture(const struct pdf_structure *structure, uint32_t number);
/* Token of the array of elements that a page's marks belong to, by mark; 0 = none. */
uint32_t pdf_page_marks(const struct pdf_file *file,
                        const struct pdf_structure *structure, uint32_t page);

#endif
