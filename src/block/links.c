/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links within a brief. What stands in an `each` is there once a group: its headings and
 * blocks are named after the group, so that a link leads to the same one whatever the
 * order of the groups is this week. */
#include "block/prose.h"
#include "block/walk.h"

/* Names in a subtree, without those of an `each` further in. */
struct name_walk {
    struct arena *arena;
    struct slice *name;
    size_t count, capacity;
};

static void walk_names(struct name_walk *walk, const struct nodes *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = &nodes->item[i];
        struct slice id = node->anchor;
        if (node->kind == NODE_FENCE)
            id = yaml_text(node->body, "id", "");
        if (id.size)
            *ARENA_APPEND(walk->arena, walk->name, walk->count, walk->capacity) = id;
        walk_names(walk, &node->otherwise);
        if (node->kind == NODE_EACH)
            continue;
        walk_names(walk, &node->children);
        for (size_t j = 0; node->part && j < node->part_count; j++)
            walk_names(walk, &node->part[j]);
        for (size_t j = 0; j < node->branch_count; j++)
            walk_names(walk, &node->branch[j].body);
    }
}

size_t names_inside(const struct nodes *nodes, struct arena *arena,
                    const struct slice **out)
{
    struct name_walk walk = {.arena = arena};
    walk_names(&walk, nodes);
    *out = walk.name;
    return walk.count;
}

struct slice group_suffix(struct slice outer, struct slice word, struct arena *arena)
{
    struct slice own = anchor_of_words(word, arena);
    return slice_of(
        arena_print(arena, "%.*s-%.*s", SLICE_PRINT(outer), SLICE_PRINT(own)));
}

/* Those outside any `each` are given first: no group's may take them. */
void links_begin(struct composer *composer, const struct nodes *body)
{
    const struct slice *name;
    size_t count = names_inside(body, composer->anchors.arena, &name);
    for (size_t i = 0; i < count; i++)
        anchors_take(&composer->anchors, name[i]);
}

struct slice link_names(struct composer *composer, const struct scope *scope,
                        struct slice own)
{
    struct anchors *anchors = &composer->anchors;
    if (!scope->suffix.size || !own.size)
        return own;
    struct slice named = anchors_take(
        anchors, slice_of(arena_print(anchors->arena, "%.*s%.*s", SLICE_PRINT(own),
                                      SLICE_PRINT(scope->suffix))));
    /* A link from outside the `each` finds the first. */
    if (!anchors_take_free(anchors, own))
        return named;
    return slice_of(arena_print(anchors->arena, "%.*s\n%.*s", SLICE_PRINT(named),
                                SLICE_PRINT(own)));
}

struct slice link_within(const struct scope *scope, struct slice target)
{
    for (; scope; scope = scope->outer) {
        for (size_t i = 0; i < scope->name_count; i++) {
            if (slice_equal(scope->name[i], target))
                return slice_of(arena_print(scope->arena, "%.*s%.*s",
                                            SLICE_PRINT(target),
                                            SLICE_PRINT(scope->suffix)));
        }
    }
    return target;
}

/* "https" of an address that begins with it; blanks are what readers skip. */
static struct slice scheme_of(struct slice url, struct arena *arena)
{
    struct text scheme = {.arena = arena};
    for (size_t i = 0; i < url.size; i++) {
        unsigned char byte = (unsigned char)url.data[i];
        if (byte == ':')
            return text_slice(&scheme);
        if (byte == '/' || byte == '?' || byte == '#')
            break;
        if (byte > ' ')
            text_append(&scheme, (struct slice){url.data + i, 1});
    }
    return (struct slice){0};
}

struct slice link_outward(const struct scope *scope, struct slice url, struct place at)
{
    static const char *const schemes[] = {"https", "http", "mailto"};
    struct slice scheme = slice_fold(scope->arena, scheme_of(url, scope->arena));
    bool is_known = !scheme.size;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        is_known = is_known || slice_is(scheme, schemes[i]);
    if (is_known)
        return url;
    if (!scope->links)
        return (struct slice){0};
    struct diag *diag = diags_warn(
        scope->diags, at, "M164",
        "the link \"%.*s\" is left out, its words are printed", SLICE_PRINT(url));
    diag_hint(
        scope->diags, diag,
        "readers may be led to https://, http://, mailto: and #places in the brief");
    return (struct slice){0};
}

void links_check(struct composer *composer)
{
    const struct inner_links *links = &composer->links;
    struct diags *diags = composer->context->chart.diags;
    for (size_t i = 0; i < links->count; i++) {
        const struct inner_link *link = &links->link[i];
        if (anchors_is_taken(&composer->anchors, link->target))
            continue;
        struct diag *diag =
            diags_warn(diags, link->at, "M128", "the link \"#%.*s\" leads nowhere",
                       SLICE_PRINT(link->target));
        const struct slice *name;
        size_t count = anchors_list(&composer->anchors, &name);
        diag_suggest(diags, diag, link->target, name, count);
    }
}
