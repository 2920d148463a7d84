/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place where a figure's labels are placed. Requests come from guides and
 * kinds; they are settled by importance, each at the first place near its own where
 * it touches no label, no mark and no edge. What finds none is dropped and noted.
 *
 * cost: labels × places tried × (labels + obstacles); a figure has some dozens. */
#include "chart/plot.h"

#include <math.h>
#include <stdlib.h>

static const double HALO = 1.4, LEADER = 0.5, LEADER_GAP = 2;
static const double MARGIN = 2, SHIFT_STEP = 1.5, USUAL_REACH = 12;
static const double ANNOTATION_WIDTH = 110;
/* Nastaliq fills a slant of its box: names of rows may share this part of theirs. */
static const double SLANT = 0.12;

struct label_request *plot_place(struct plot *plot, const struct label *label, double x,
                                 double y, double anchor)
{
    if (!label || !label->text.size) {
        plot->no_label = (struct label_request){0};
        return &plot->no_label;
    }
    struct label_request *request = ARENA_APPEND(
        plot->context->arena, plot->label, plot->label_count, plot->label_capacity);
    *request = (struct label_request){
        .label = label,
        .colour = label->style->colour,
        .x = x,
        .y = y,
        .anchor = anchor,
        .reach = USUAL_REACH,
        .host = NO_HOST,
        .importance = 10,
    };
    return request;
}

struct label_request *plot_label(struct plot *plot, struct slice text,
                                 enum text_role role, double x, double y, double anchor)
{
    return plot_place(plot, text.size ? plot_measure(plot, text, role) : NULL, x, y,
                      anchor);
}

struct label_request *plot_annotation(struct plot *plot, struct slice text,
                                      struct point target, double target_radius)
{
    const struct label *label =
        text.size ? plot_measure_in(plot, text, TEXT_LABEL, ANNOTATION_WIDTH, 2) : NULL;
    struct label_request *request = plot_place(plot, label, target.x, target.y, 0.5);
    request->has_leader = request->has_halo = true;
    request->target = target;
    request->target_radius = target_radius;
    return request;
}

/* -- Geometry ------------------------------------------------------------------------ */

static struct frame box_at(const struct label *label, double x, double y, double anchor)
{
    double left = x - anchor * label->width;
    return (struct frame){left, y - label->ascent, left + label->width,
                          y - label->ascent + label->height};
}

static bool frames_touch(const struct frame *a, const struct frame *b, double margin)
{
    return a->left < b->right + margin && b->left < a->right + margin &&
           a->top < b->bottom && b->top < a->bottom;
}

/* Liang–Barsky: does any of the segment lie inside the frame? */
static bool segment_meets(struct point a, struct point b, const struct frame *frame)
{
    double from = 0, to = 1;
    const double delta[] = {a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y};
    const double room[] = {a.x - frame->left, frame->right - a.x, a.y - frame->top,
                           frame->bottom - a.y};
    for (int i = 0; i < 4; i++) {
        if (delta[i] == 0) {
            if (room[i] < 0)
                return false;
            continue;
        }
        double at = room[i] / delta[i];
        if (delta[i] < 0)
            from = fmax(from, at);
        else
            to = fmin(to, at);
    }
    return from < to;
}

static struct frame grown(struct frame frame, double by)
{
    return (struct frame){frame.left - by, frame.top - by, frame.right + by,
                          frame.bottom + by};
}

static struct point nearest_in(const struct frame *frame, struct point point)
{
    return (struct point){fmax(frame->left, fmin(point.x, frame->right)),
                          fmax(frame->top, fmin(point.y, frame->bottom))};
}

static double distance(struct point a, struct point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

static bool line_meets(const struct mark *mark, const struct frame *box)
{
    struct frame room = grown(*box, mark->line_width / 2);
    for (size_t i = 0; i + 1 < mark->count; i++) {
        struct point a = mark->point[i], b = mark->point[i + 1];
        if (isfinite(a.x) && isfinite(a.y) && isfinite(b.x) && isfinite(b.y) &&
            segment_meets(a, b, &room))
            return true;
    }
    return false;
}

static bool mark_meets(const struct mark *mark, const struct frame *box)
{
    switch (mark->shape) {
    case MARK_RECTANGLE:
    case MARK_HATCH:
        return mark->at.right > mark->at.left && frames_touch(box, &mark->at, 0);
    case MARK_CIRCLE:
        return mark->radius > 0 &&
               distance(mark->centre, nearest_in(box, mark->centre)) <
                   mark->radius + mark->line_width / 2;
    case MARK_LINE: return line_meets(mark, box);
    default: return false; /* areas lie behind labels */
    }
}

/* -- Solving ------------------------------------------------------------------------- */

struct solver {
    struct plot *plot;
    struct frame limits;
    bool is_strict; /* soft marks and leaders over marks are avoided, too */
    size_t settled_count;
    const struct label_request **settled;
};

static bool meets_labels(const struct solver *solver,
                         const struct label_request *request, const struct frame *box)
{
    for (size_t i = 0; i < solver->settled_count; i++) {
        const struct label_request *other = solver->settled[i];
        struct frame own = *box;
        if (solver->plot->mirrored && request->is_row_name && other->is_row_name) {
            own.top += SLANT * request->label->height;
            own.bottom -= SLANT * request->label->height;
        }
        if (frames_touch(&own, &other->box, MARGIN))
            return true;
        if (other->has_leader && segment_meets(other->leader_end, other->target, box))
            return true;
    }
    return false;
}

static bool is_kept_off(const struct solver *solver, const struct mark *mark)
{
    return mark->is_obstacle || (mark->is_soft && solver->is_strict);
}

static bool meets_marks(const struct solver *solver,
                        const struct label_request *request, const struct frame *box)
{
    for (size_t i = 0; i < solver->plot->mark_count; i++) {
        const struct mark *mark = &solver->plot->mark[i];
        if (is_kept_off(solver, mark) && (long)i != request->host &&
            mark_meets(mark, box))
            return true;
    }
    return false;
}

static bool is_inside(const struct frame *box, const struct frame *limits)
{
    const double slack = 0.01;
    return box->left >= limits->left - slack && box->right <= limits->right + slack &&
           box->top >= limits->top - slack && box->bottom <= limits->bottom + slack;
}

static bool is_free(const struct solver *solver, const struct label_request *request,
                    const struct frame *box)
{
    struct frame limits = solver->limits;
    if (request->is_fixed)
        limits.top -= solver->plot->head_room; /* keys stand on the subtitle's line */
    return isfinite(box->left) && isfinite(box->top) && is_inside(box, &limits) &&
           !meets_labels(solver, request, box) && !meets_marks(solver, request, box);
}

static bool try_place(struct solver *solver, struct label_request *request, double x,
                      double y)
{
    struct frame box = box_at(request->label, x, y, request->anchor);
    if (!is_free(solver, request, &box))
        return false;
    request->x = x;
    request->y = y;
    request->box = box;
    return true;
}

static bool shift_into_place(struct solver *solver, struct label_request *request)
{
    double x = request->x, y = request->y;
    if (try_place(solver, request, x, y))
        return true;
    if (request->is_fixed)
        return false;
    for (double by = SHIFT_STEP; by <= request->reach; by += SHIFT_STEP) {
        double dx = request->sideways ? by : 0, dy = request->sideways ? 0 : by;
        if (try_place(solver, request, x - dx, y - dy) ||
            try_place(solver, request, x + dx, y + dy))
            return true;
    }
    return false;
}

/* -- Annotations: round their target ---------------------------------------------- */

static double turn(struct point a, struct point b, struct point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool segments_cross(struct point a, struct point b, struct point c,
                           struct point d)
{
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

static bool crosses_lines(const struct solver *solver, struct point end,
                          struct point target)
{
    for (size_t i = 0; i < solver->plot->mark_count; i++) {
        const struct mark *mark = &solver->plot->mark[i];
        if (!mark->is_obstacle || mark->shape != MARK_LINE)
            continue;
        for (size_t j = 0; j + 1 < mark->count; j++) {
            if (segments_cross(end, target, mark->point[j], mark->point[j + 1]))
                return true;
        }
    }
    return false;
}

static bool leader_is_clear(const struct solver *solver, struct point end,
                            struct point target)
{
    for (size_t i = 0; i < solver->settled_count; i++) {
        const struct label_request *other = solver->settled[i];
        if (segment_meets(end, target, &other->box))
            return false;
    }
    return !solver->is_strict || !crosses_lines(solver, end, target);
}

/* The leader leaves the label at the middle of a side, or at the first line's height
 * where it is level with the target. */
static struct point leader_start(const struct frame *box, struct point target)
{
    if (target.y >= box->top && target.y <= box->bottom)
        return (struct point){target.x < box->left ? box->left - LEADER_GAP
                                                   : box->right + LEADER_GAP,
                              target.y};
    double inset = fmin(6, (box->right - box->left) / 2);
    double x = fmax(box->left + inset, fmin(target.x, box->right - inset));
    return (struct point){x, target.y < box->top ? box->top - LEADER_GAP / 2
                                                 : box->bottom + LEADER_GAP / 2};
}

static bool try_round(struct solver *solver, struct label_request *request, double dx,
                      double dy)
{
    const struct label *label = request->label;
    struct point target = request->target;
    double anchor = dx < 0 ? 1 : dx > 0 ? 0 : 0.5;
    double middle =
        label->height / 2 - label->ascent; /* of the box from the baseline */
    double y = target.y + dy - middle;
    if (dy < 0)
        y = target.y + dy - label->height + label->ascent;
    else if (dy > 0)
        y = target.y + dy + label->ascent;
    struct frame box = box_at(label, target.x + dx, y, anchor);
    if (!is_free(solver, request, &box))
        return false;
    struct point end = leader_start(&box, target), edge = target;
    double length = distance(end, target), keep = request->target_radius + 1;
    if (length > keep) {
        edge.x += (end.x - target.x) / length * keep;
        edge.y += (end.y - target.y) / length * keep;
    }
    if (!leader_is_clear(solver, end, edge))
        return false;
    request->anchor = anchor;
    request->x = target.x + dx;
    request->y = y;
    request->box = box;
    request->has_leader = length > keep + 1;
    request->leader_end = end;
    request->target = edge;
    return true;
}

static bool find_round(struct solver *solver, struct label_request *request)
{
    static const double away[] = {8, 12, 18, 26, 36, 48, 62, 80};
    static const struct point way[] = {
        {-1, 0},     {1, 0},     {0, -1},    {-0.5, -0.8}, {0.5, -0.8}, {0, 1},
        {-0.5, 0.8}, {0.5, 0.8}, {-1, -0.5}, {1, -0.5},    {-1, 0.5},   {1, 0.5}};
    static const size_t first_way[] = {
        [SIDE_ANY] = 0, [SIDE_ABOVE] = 2, [SIDE_BELOW] = 5};
    const size_t ways = sizeof way / sizeof *way;
    size_t first = first_way[request->side];
    for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
        for (size_t j = 0; j < ways; j++) {
            struct point to = way[(first + j) % ways];
            if (try_round(solver, request, to.x * away[i], to.y * away[i]))
                return true;
        }
    }
    return false;
}

static bool annotate(struct solver *solver, struct label_request *request)
{
    solver->is_strict = true;
    bool is_placed = find_round(solver, request);
    solver->is_strict = false;
    return is_placed || find_round(solver, request);
}

/* -- In order ------------------------------------------------------------------------ */

static int compare_requests(const void *a, const void *b)
{
    const struct label_request *left = *(struct label_request *const *)a;
    const struct label_request *right = *(struct label_request *const *)b;
    if (left->is_fixed != right->is_fixed)
        return left->is_fixed ? -1 : 1;
    if (left->importance != right->importance)
        return left->importance > right->importance ? -1 : 1;
    return left < right ? -1 : 1;
}

static void report_drop(struct plot *plot, struct label_request *request)
{
    request->is_dropped = true;
    plot->dropped++;
    if (plot->context->dropped_labels)
        ++*plot->context->dropped_labels;
    if (!plot->context->diags)
        return;
    struct diag *diag = diags_note(
        plot->context->diags, plot_at(plot), "L201",
        "label \"%.*s\" left out of the figure \"%.*s\": no room for it",
        SLICE_PRINT(request->label->text), SLICE_PRINT(plot->options->title));
    diag_hint(plot->context->diags, diag, "a wider or higher figure has more room");
}

void labels_solve(struct plot *plot)
{
    size_t count = plot->label_count;
    struct label_request **order =
        ARENA_ARRAY(plot->context->arena, struct label_request *, count + 1);
    struct solver solver = {
        .plot = plot,
        .limits = {0, 0, plot->width, plot->height},
        .settled =
            ARENA_ARRAY(plot->context->arena, const struct label_request *, count + 1),
    };
    for (size_t i = 0; i < count; i++)
        order[i] = &plot->label[i];
    qsort(order, count, sizeof(struct label_request *), compare_requests);
    for (size_t i = 0; i < count; i++) {
        struct label_request *request = order[i];
        bool is_placed = request->has_leader ? annotate(&solver, request)
                                             : shift_into_place(&solver, request);
        if (is_placed)
            solver.settled[solver.settled_count++] = request;
        else
            report_drop(plot, request);
    }
}

/* -- After --------------------------------------------------------------------------- */

void label_request_draw(const struct plot *plot, const struct label_request *request,
                        cairo_t *cairo)
{
    if (request->is_dropped)
        return;
    if (request->has_leader)
        stroke_line(cairo, request->leader_end.x, request->leader_end.y,
                    request->target.x, request->target.y, LEADER,
                    plot_colour(plot, COLOUR_INK));
    if (request->has_halo)
        label_draw_halo(request->label, cairo, request->x, request->y, request->anchor,
                        request->colour, plot_colour(plot, COLOUR_PAPER), HALO);
    else
        label_draw_coloured(request->label, cairo, request->x, request->y,
                            request->anchor, request->colour);
}

void label_request_flip(struct label_request *request, double width)
{
    double left = request->box.left;
    request->box.left = width - request->box.right;
    request->box.right = width - left;
    request->x = width - request->x;
    request->anchor = 1 - request->anchor;
    request->target.x = width - request->target.x;
    request->leader_end.x = width - request->leader_end.x;
}

/* Neighbours that touch join into one group, which stands as near to its members'
 * wishes as the ends allow: pool adjacent violators. */
void labels_spread(double *middle, const double *height, size_t count, double low,
                   double high)
{
    enum { MOST = 64 };
    struct {
        double sum, height; /* of wished tops, of all blocks */
        size_t first, count;
    } group[MOST];
    size_t groups = 0;
    for (size_t i = 0; i < count && groups < MOST; i++) {
        group[groups].sum = middle[i] - height[i] / 2;
        group[groups].height = height[i];
        group[groups].first = i;
        group[groups++].count = 1;
        while (groups > 1) {
            double above = group[groups - 2].sum / (double)group[groups - 2].count;
            double here = group[groups - 1].sum / (double)group[groups - 1].count;
            above = fmax(low, fmin(above, high - group[groups - 2].height));
            here = fmax(low, fmin(here, high - group[groups - 1].height));
            if (above + group[groups - 2].height <= here)
                break;
            groups--;
            group[groups - 1].sum +=
                group[groups].sum -
                group[groups - 1].height * (double)group[groups].count;
            group[groups - 1].height += group[groups].height;
            group[groups - 1].count += group[groups].count;
        }
    }
    for (size_t g = 0; g < groups; g++) {
        double top = group[g].sum / (double)group[g].count;
        top = fmax(low, fmin(top, high - group[g].height));
        for (size_t i = group[g].first; i < group[g].first + group[g].count; i++) {
            middle[i] = top + height[i] / 2;
            top += height[i];
        }
    }
}
