/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three trees run through a whole document: the elements of its structure, what each
 * page's marks belong to, and the names that links lead to. Each part brings its own
 * piece of each. */
#include "press/graft.h"

#include <stdlib.h>
#include <string.h>

/* What cairo wrote of the trees in a part; 0 = nothing. */
struct part_trees {
    uint32_t root, document, parents; /* object numbers */
    uint32_t names, destinations;     /* object numbers */
    uint32_t pairs;                   /* token: names and where they lead to */
};

static uint32_t target_of(const struct graft *graft, uint32_t number, const char *key)
{
    const struct pdf_file *file = graft->file;
    return pdf_target(file, pdf_find(file, pdf_value(file, number), key));
}

/* The one element at the top, when it is a Document. */
static uint32_t find_document(const struct graft *graft, uint32_t root)
{
    const struct pdf_file *file = graft->file;
    uint32_t kids = pdf_find(file, pdf_value(file, root), "K");
    if (pdf_kind_at(file, kids) != PDF_ARRAY || pdf_skip(file, kids) != kids + 3)
        return 0;
    uint32_t only = pdf_target(file, kids + 1);
    uint32_t name = pdf_find(file, pdf_value(file, only), "S");
    return pdf_is_name(file, name, "Document") ? only : 0;
}

static struct part_trees find_trees(const struct graft *graft)
{
    const struct pdf_file *file = graft->file;
    struct part_trees found = {.root = graft->structure->root,
                               .parents = graft->structure->parents};
    found.names = target_of(graft, file->catalog, "Names");
    if (found.root)
        found.document = find_document(graft, found.root);
    if (found.names)
        found.destinations = target_of(graft, found.names, "Dests");
    if (found.destinations)
        found.pairs = pdf_find(file, pdf_value(file, found.destinations), "Names");
    return found;
}

/* Made before the first part's objects, since they are written after the last's. */
static bool make_structure(struct graft *graft)
{
    struct graft_trees *trees = &graft->trees;
    if (trees->document)
        return true;
    trees->root = graft_new_dict(graft);
    trees->document = trees->root ? graft_new_dict(graft) : NULL;
    return trees->document != NULL;
}

bool graft_merge_trees(struct graft *graft)
{
    const struct part_trees found = find_trees(graft);
    const uint32_t merged[] = {found.root, found.document, found.parents, found.names,
                               found.destinations};
    for (size_t i = 0; i < sizeof merged / sizeof *merged; i++)
        graft->merged[merged[i]] = true;
    if (graft->page_count && !found.root != !graft->trees.root)
        return pdf_refuse(graft->diags, "I302", "only some of the pages are tagged");
    if (!found.root)
        return true;
    if (!found.document)
        return pdf_refuse(graft->diags, "I302",
                          "the pages' elements aren't those of one Document");
    if (!make_structure(graft))
        return graft_is_sound(graft, "making the structure tree");
    graft->copy[found.root] = graft->trees.root;
    graft->copy[found.document] = graft->trees.document;
    return true;
}

static bool take_kids(struct graft *graft, uint32_t document)
{
    struct graft_trees *trees = &graft->trees;
    const struct pdf_file *file = graft->file;
    uint32_t kids = pdf_find(file, pdf_value(file, document), "K");
    bool is_array = pdf_kind_at(file, kids) == PDF_ARRAY;
    uint32_t end = is_array ? pdf_skip(file, kids) - 1
                   : kids   ? pdf_skip(file, kids)
                            : 0;
    for (uint32_t kid = is_array ? kids + 1 : kids; kid < end;
         kid = pdf_skip(file, kid)) {
        uint32_t target = pdf_target(file, kid);
        if (!target)
            return pdf_refuse(graft->diags, "I302",
                              "something stands in the Document that is no element");
        if (graft->copy[target])
            *ARENA_APPEND(graft->arena, trees->kid, trees->kid_count,
                          trees->kid_capacity) = graft_number(graft->copy[target]);
    }
    return true;
}

/* Pairs are in order, without gaps: pdf_read_structure has seen to that. */
static void take_parents(struct graft *graft, uint32_t parents)
{
    struct graft_trees *trees = &graft->trees;
    const struct pdf_file *file = graft->file;
    uint32_t pairs = pdf_find(file, pdf_value(file, parents), "Nums");
    for (uint32_t pair = pairs + 1; pair < pdf_skip(file, pairs) - 1; pair += 2) {
        const void *copy = graft->copy[pdf_target(file, pair + 1)];
        *ARENA_APPEND(graft->arena, trees->parent, trees->parent_count,
                      trees->parent_capacity) = copy ? graft_number(copy) : 0;
    }
}

static bool take_names(struct graft *graft, uint32_t pairs)
{
    struct graft_trees *trees = &graft->trees;
    const struct pdf_file *file = graft->file;
    uint32_t end = pairs ? pdf_skip(file, pairs) - 1 : 0;
    for (uint32_t name = pairs + 1, next; pairs && name < end; name = next) {
        next = pdf_skip(file, name + 1);
        if (pdf_kind_at(file, name) != PDF_STRING ||
            pdf_kind_at(file, name + 1) != PDF_ARRAY)
            return pdf_refuse(graft->diags, "I303", "a name leads to no place");
        struct text destination = {.arena = graft->arena};
        struct slice text = pdf_text(file, name);
        graft_print_tokens(graft, &destination, name + 1, next);
        *ARENA_APPEND(graft->arena, trees->name, trees->name_count,
                      trees->name_capacity) = (struct graft_name){
            {arena_copy(graft->arena, text.data, text.size), text.size},
            text_slice(&destination)};
    }
    return true;
}

bool graft_take_trees(struct graft *graft)
{
    const struct part_trees found = find_trees(graft);
    if (found.names && pdf_kind_at(graft->file, found.pairs) != PDF_ARRAY)
        return pdf_refuse(graft->diags, "I303", "the names lead nowhere");
    if (found.root) {
        if (!take_kids(graft, found.document))
            return false;
        take_parents(graft, found.parents);
    }
    return take_names(graft, found.pairs);
}

/* -- The end --------------------------------------------------------------------------- */

/* By the bytes between the brackets, as readers look them up. */
static int compare_names(const void *a, const void *b)
{
    const struct slice left = ((const struct graft_name *)a)->name;
    const struct slice right = ((const struct graft_name *)b)->name;
    size_t least = left.size < right.size ? left.size : right.size;
    int order = memcmp(left.data + 1, right.data + 1, least - 2);
    return order ? order : left.size < right.size ? -1 : left.size > right.size;
}

static bool finish_names(struct graft *graft)
{
    struct graft_trees *trees = &graft->trees;
    struct text text = {.arena = graft->arena}, entry = text;
    if (!trees->name_count)
        return true;
    qsort(trees->name, trees->name_count, sizeof *trees->name, compare_names);
    HPDF_Dict names = graft_new_dict(graft), destinations = graft_new_dict(graft);
    if (!names || !destinations)
        return graft_is_sound(graft, "making the names");
    text_append_string(&text, "/Names [\n");
    for (size_t i = 0; i < trees->name_count; i++) {
        const struct graft_name *name = &trees->name[i];
        if (i && slice_equal(name->name, name[-1].name))
            return pdf_refuse(graft->diags, "I302", "two places are named %.*s",
                              SLICE_PRINT(name->name));
        text_print(&text, "   %.*s %.*s\n", SLICE_PRINT(name->name),
                   SLICE_PRINT(name->destination));
    }
    text_append_string(&text, "]\n");
    graft_add_text(graft, destinations, text_slice(&text));
    text_print(&entry, "/Dests %u 0 R\n", graft_number(destinations));
    graft_add_text(graft, names, text_slice(&entry));
    HPDF_Dict_Add(graft->document->catalog, "Names", names);
    return graft_is_sound(graft, "naming places");
}

static void print_document(struct graft *graft)
{
    const struct graft_trees *trees = &graft->trees;
    struct text text = {.arena = graft->arena};
    text_print(&text, "/Type /StructElem\n/S /Document\n/P %u 0 R\n/K [",
               graft_number(trees->root));
    for (size_t i = 0; i < trees->kid_count; i++)
        text_print(&text, " %u 0 R", trees->kid[i]);
    text_append_string(&text, " ]\n");
    graft_add_text(graft, trees->document, text_slice(&text));
}

static HPDF_Dict new_parents(struct graft *graft)
{
    const struct graft_trees *trees = &graft->trees;
    struct text text = {.arena = graft->arena};
    HPDF_Dict parents = graft_new_dict(graft);
    text_append_string(&text, "/Nums [\n");
    for (size_t i = 0; i < trees->parent_count; i++)
        if (trees->parent[i])
            text_print(&text, "   %zu %u 0 R\n", i, trees->parent[i]);
    text_append_string(&text, "]\n");
    if (parents)
        graft_add_text(graft, parents, text_slice(&text));
    return parents;
}

bool graft_finish_trees(struct graft *graft)
{
    const struct graft_trees *trees = &graft->trees;
    HPDF_Doc document = graft->document;
    struct text text = {.arena = graft->arena};
    if (!finish_names(graft))
        return false;
    if (!trees->root)
        return true;
    print_document(graft);
    HPDF_Dict parents = new_parents(graft);
    HPDF_Dict marked = HPDF_Dict_New(document->mmgr);
    if (!parents || !marked)
        return graft_is_sound(graft, "finishing the structure tree");
    text_print(&text, "/Type /StructTreeRoot\n/ParentTree %u 0 R\n/K [ %u 0 R ]\n",
               graft_number(parents), graft_number(trees->document));
    graft_add_text(graft, trees->root, text_slice(&text));
    HPDF_Dict_Add(document->catalog, "StructTreeRoot", trees->root);
    if (HPDF_Dict_AddBoolean(marked, "Marked", HPDF_TRUE) == HPDF_OK)
        HPDF_Dict_Add(document->catalog, "MarkInfo", marked);
    return graft_is_sound(graft, "finishing the structure tree");
}
