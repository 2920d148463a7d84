/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One walk over the tree, parents before children, each element met once. */
#include "press/pdf_structure.h"

enum { DEEPEST = 100 };

struct walk {
    const struct pdf_file *file;
    struct pdf_element *element;
    uint32_t figure_count;
    struct diags *diags;
};

/* The first kid of an element, and where its kids end. A single kid stands without
 * brackets. */
static uint32_t first_kid(const struct pdf_file *file, uint32_t element, uint32_t *end)
{
    uint32_t kids = pdf_find(file, element, "K");
    if (pdf_kind_at(file, kids) != PDF_ARRAY) {
        *end = kids ? pdf_skip(file, kids) : 0;
        return kids;
    }
    *end = pdf_skip(file, kids) - 1;
    return kids + 1;
}

static bool has_kid_named(const struct pdf_file *file, uint32_t element,
                          const char *name)
{
    uint32_t end;
    for (uint32_t kid = first_kid(file, element, &end); kid < end;
         kid = pdf_skip(file, kid)) {
        uint32_t value = pdf_value(file, pdf_target(file, kid));
        if (pdf_is_name(file, pdf_find(file, value, "S"), name))
            return true;
    }
    return false;
}

static void classify(struct walk *walk, uint32_t number, bool furniture, bool beside_td)
{
    struct pdf_element *element = &walk->element[number];
    uint32_t name = pdf_find(walk->file, pdf_value(walk->file, number), "S");
    element->kind = ELEMENT_PLAIN;
    if (furniture || pdf_is_name(walk->file, name, "Private")) {
        element->kind = ELEMENT_FURNITURE;
    } else if (pdf_is_name(walk->file, name, "Figure")) {
        element->kind = ELEMENT_FIGURE;
        element->figure = walk->figure_count++;
    } else if (pdf_is_name(walk->file, name, "TH")) {
        element->kind = beside_td ? ELEMENT_ROW_HEAD : ELEMENT_COLUMN_HEAD;
    }
}

static bool walk_kids(struct walk *walk, uint32_t parent, bool furniture, int depth)
{
    const struct pdf_file *file = walk->file;
    uint32_t value = pdf_value(file, parent), end;
    bool beside_td = pdf_is_name(file, pdf_find(file, value, "S"), "TR") &&
                     has_kid_named(file, value, "TD");
    if (depth > DEEPEST)
        return pdf_refuse(walk->diags, "I302", "tags are nested more than %d deep",
                          DEEPEST);
    for (uint32_t kid = first_kid(file, value, &end); kid < end;
         kid = pdf_skip(file, kid)) {
        uint32_t number = pdf_target(file, kid);
        if (pdf_kind_at(file, kid) != PDF_REFERENCE)
            continue; /* a mark on a page, or a link's annotation */
        uint32_t type = pdf_find(file, pdf_value(file, number), "Type");
        if (!pdf_is_name(file, type, "StructElem") || walk->element[number].kind)
            return pdf_refuse(walk->diags, "I302",
                              "object %u isn't one element of one structure tree",
                              file->token[kid].value);
        classify(walk, number, furniture, beside_td);
        bool inside = walk->element[number].kind == ELEMENT_FURNITURE;
        if (!walk_kids(walk, number, inside, depth + 1))
            return false;
    }
    return true;
}

/* cairo numbers what can hold marks from 0, without gaps: pair n is "n m 0 R". */
static bool check_parents(const struct pdf_file *file, uint32_t parents)
{
    uint32_t pairs = pdf_find(file, pdf_value(file, parents), "Nums"), key;
    if (pdf_kind_at(file, pairs) != PDF_ARRAY)
        return false;
    uint32_t end = pdf_skip(file, pairs) - 1;
    for (uint32_t pair = pairs + 1; pair < end; pair += 2)
        if (!pdf_integer(file, pair, &key) || key != (pair - pairs) / 2 ||
            !pdf_target(file, pair + 1))
            return false;
    return true;
}

bool pdf_read_structure(const struct pdf_file *file, struct arena *arena,
                        struct pdf_structure *out, struct diags *diags)
{
    struct walk walk = {.file = file, .diags = diags};
    walk.element = ARENA_ARRAY(arena, struct pdf_element, file->object_count);
    *out = (struct pdf_structure){.element = walk.element};
    uint32_t root = pdf_find(file, pdf_value(file, file->catalog), "StructTreeRoot");
    if (!root)
        return true;
    out->root = pdf_target(file, root);
    if (!walk_kids(&walk, out->root, false, 0))
        return false;
    out->figure_count = walk.figure_count;
    uint32_t value = pdf_value(file, out->root);
    out->parents = pdf_target(file, pdf_find(file, value, "ParentTree"));
    return check_parents(file, out->parents) ||
           pdf_refuse(diags, "I302", "the structure tree has no parent tree");
}

bool pdf_is_furniture(const struct pdf_structure *structure, uint32_t number)
{
    return structure->element[number].kind == ELEMENT_FURNITURE;
}

uint32_t pdf_page_marks(const struct pdf_file *file,
                        const struct pdf_structure *structure, uint32_t page)
{
    uint32_t number;
    uint32_t pairs = pdf_find(file, pdf_value(file, structure->parents), "Nums");
    uint32_t parents = pdf_find(file, pdf_value(file, page), "StructParents");
    if (!pairs || !pdf_integer(file, parents, &number) ||
        number >= (pdf_skip(file, pairs) - pairs - 2) / 2)
        return 0;
    uint32_t marks = pdf_value(file, pdf_target(file, pairs + 2 + 2 * number));
    return pdf_kind_at(file, marks) == PDF_ARRAY ? marks : 0;
}
