/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place where a figure's labels are placed. Requests come from guides and
 * kinds; they are settled by importance, each at the first place near its own where
 * it touches no label, no mark and no edge. What finds none is dropped and noted.
 *
 * cost: labels × places tried × (labels + obstacles); a figure has some dozens. */
#include "chart/plot.h"
#include "template/contrast.h"

#include <math.h>
#include <stdlib.h>

static const double HALO = 1.4, LEADER = 0.5, LEADER_GAP = 2;
static const double MARGIN = 2, SHIFT_STEP = 1.5, USUAL_REACH = 12;
static const double ANNOTATION_WIDTH = 110, WIDEST_ANNOTATION = 190;
/* Nastaliq fills a slant of its box: names of rows may share this part of theirs. */
static const double SLANT = 0.12;
/* A leader may touch what it leads to so near its tip, and nothing else. */
static const double TIP = 3;
static const double READABLE = 4.5;
enum { MOST_NOTES = 3, EDITORS_NOTE = 36, OWN_NOTE = 26 };

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

const struct label *annotation_label(const struct plot *plot, struct slice text)
{
    const struct label *label = NULL;
    double widest = fmax(ANNOTATION_WIDTH, fmin(WIDEST_ANNOTATION, plot->width / 2));
    for (double width = ANNOTATION_WIDTH; text.size && width <= widest; width += 20) {
        label = plot_measure_in(plot, text, TEXT_LABEL, width, 2);
        if (!label->is_shortened)
            break;
    }
    return label;
}

struct label_request *plot_annotation(struct plot *plot, struct slice text,
                                      struct point target, double target_radius)
{
    struct label_request *request =
        plot_place(plot, annotation_label(plot, text), target.x, target.y, 0.5);
    request->has_leader = request->has_halo = true;
    request->target = target;
    request->target_radius = target_radius;
    return request;
}

struct label_request *plot_note(struct plot *plot, const struct chart_note *note,
                                struct point target, double target_radius)
{
    struct label_request *request =
        plot_annotation(plot, note->text, target, target_radius);
    request->is_note = true;
    request->importance = note->from_editor ? EDITORS_NOTE : OWN_NOTE;
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

/* Most segments lie on one side of a frame. */
static bool is_beside(struct point a, struct point b, const struct frame *frame)
{
    return (a.x < frame->left && b.x < frame->left) ||
           (a.x > frame->right && b.x > frame->right) ||
           (a.y < frame->top && b.y < frame->top) ||
           (a.y > frame->bottom && b.y > frame->bottom);
}

/* Liang–Barsky: does any of the segment lie inside the frame? */
static bool segment_meets(struct point a, struct point b, const struct frame *frame)
{
    if ((a.x < frame->left && b.x < frame->left) ||
        (a.x > frame->right && b.x > frame->right) ||
        (a.y < frame->top && b.y < frame->top) ||
        (a.y > frame->bottom && b.y > frame->bottom))
        return false; /* as most are */
    double from = 0, to = 1;
    if (is_beside(a, b, frame))
        return false;
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

static bool is_known(struct point a, struct point b)
{
    return isfinite(a.x) && isfinite(a.y) && isfinite(b.x) && isfinite(b.y);
}

/* An area is closed by an edge from its last point to its first. */
static size_t edge_count(const struct mark *mark)
{
    return mark->shape == MARK_AREA || !mark->count ? mark->count : mark->count - 1;
}

static bool line_meets(const struct mark *mark, const struct frame *box)
{
    struct frame room = grown(*box, mark->line_width / 2);
    for (size_t i = 0; i < edge_count(mark); i++) {
        struct point a = mark->point[i], b = mark->point[(i + 1) % mark->count];
        if (is_known(a, b) && segment_meets(a, b, &room))
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
    default:
        return line_meets(mark, box) ||
               (mark->count && area_holds(mark, (struct point){box->left, box->top}));
    }
}

/* -- Geometry of leaders -------------------------------------------------------------- */

static double turn(struct point a, struct point b, struct point c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static double to_segment(struct point at, struct point a, struct point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double along = (at.x - a.x) * dx + (at.y - a.y) * dy;
    double share = length > 0 ? fmax(0, fmin(along / length, 1)) : 0;
    return hypot(at.x - a.x - share * dx, at.y - a.y - share * dy);
}

/* Nearer than that, or across each other. */
static bool segments_meet(struct point a, struct point b, struct point c,
                          struct point d, double near)
{
    if (fmin(a.x, b.x) > fmax(c.x, d.x) + near ||
        fmin(c.x, d.x) > fmax(a.x, b.x) + near ||
        fmin(a.y, b.y) > fmax(c.y, d.y) + near ||
        fmin(c.y, d.y) > fmax(a.y, b.y) + near)
        return false;
    return (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) ||
           to_segment(a, c, d) < near || to_segment(b, c, d) < near ||
           to_segment(c, a, b) < near || to_segment(d, a, b) < near;
}

static bool mark_meets_leader(const struct mark *mark, struct point from,
                              struct point to)
{
    double reach = mark->line_width / 2 + LEADER;
    struct frame at = grown(mark->at, reach);
    switch (mark->shape) {
    case MARK_RECTANGLE:
    case MARK_HATCH:
        return mark->at.right > mark->at.left && segment_meets(from, to, &at);
    case MARK_CIRCLE:
        return mark->radius > 0 &&
               to_segment(mark->centre, from, to) < mark->radius + reach;
    default: break;
    }
    for (size_t i = 0; i < edge_count(mark); i++) {
        struct point a = mark->point[i], b = mark->point[(i + 1) % mark->count];
        if (is_known(a, b) && segments_meet(from, to, a, b, reach))
            return true;
    }
    return mark->shape == MARK_AREA && mark->count && area_holds(mark, from);
}

/* -- Solving ------------------------------------------------------------------------- */

struct solver {
    struct plot *plot;
    struct frame limits;
    bool may_cross; /* a leader may lie over marks */
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

/* Gridlines lie behind all. So do areas, and text stands on them that can be read
 * there. */
static bool is_kept_off(const struct solver *solver, const struct mark *mark,
                        const struct label_request *request)
{
    if (!mark->is_obstacle || mark->layer == LAYER_GUIDE ||
        (request->host != NO_HOST && mark == &solver->plot->mark[request->host]))
        return false;
    return mark->shape != MARK_AREA ||
           colour_contrast(request->colour, mark->fill) < READABLE;
}

static bool meets_marks(const struct solver *solver,
                        const struct label_request *request, const struct frame *box)
{
    for (size_t i = 0; i < solver->plot->mark_count; i++) {
        const struct mark *mark = &solver->plot->mark[i];
        if (is_kept_off(solver, mark, request) && mark_meets(mark, box))
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

/* Over no mark, but for the last bit before its tip. */
static bool is_over_marks(const struct solver *solver,
                          const struct label_request *request, struct point end,
                          struct point tip)
{
    double length = distance(end, tip);
    if (length <= TIP)
        return false;
    struct point near = {tip.x + (end.x - tip.x) / length * TIP,
                         tip.y + (end.y - tip.y) / length * TIP};
    for (size_t i = 0; i < solver->plot->mark_count; i++) {
        const struct mark *mark = &solver->plot->mark[i];
        if (is_kept_off(solver, mark, request) && mark_meets_leader(mark, end, near))
            return true;
    }
    return false;
}

static bool leader_is_clear(const struct solver *solver,
                            const struct label_request *request, struct point end,
                            struct point tip)
{
    for (size_t i = 0; i < solver->settled_count; i++) {
        const struct label_request *other = solver->settled[i];
        struct frame box = grown(other->box, LEADER);
        if (segment_meets(end, tip, &box))
            return false;
        if (other->has_leader &&
            segments_meet(end, tip, other->leader_end, other->target, LEADER))
            return false;
    }
    return solver->may_cross || !is_over_marks(solver, request, end, tip);
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
    bool is_led = length > keep + 1;
    if (is_led && !leader_is_clear(solver, request, end, edge))
        return false;
    request->anchor = anchor;
    request->x = target.x + dx;
    request->y = y;
    request->box = box;
    request->has_leader = is_led;
    request->leader_end = end;
    request->target = edge;
    return true;
}

enum { NEAR_WAYS = 12 };

/* Twelve ways as a hand would try them, and those between for a crowd. */
static const struct point ways[] = {
    {-1, 0},        {1, 0},        {0, -1},       {-0.5, -0.8},  {0.5, -0.8},
    {0, 1},         {-0.5, 0.8},   {0.5, 0.8},    {-1, -0.5},    {1, -0.5},
    {-1, 0.5},      {1, 0.5},      {-0.05, -1},   {0.05, -1},    {-0.25, -0.95},
    {0.25, -0.95},  {-0.05, 1},    {0.05, 1},     {-0.25, 0.95}, {0.25, 0.95},
    {-0.75, -0.65}, {0.75, -0.65}, {-0.75, 0.65}, {0.75, 0.65},  {-1, -0.2},
    {1, -0.2},      {-1, 0.2},     {1, 0.2}};
enum { WAYS = sizeof ways / sizeof *ways };

/* Near before far; of these ways first is tried first. */
static bool try_ways(struct solver *solver, struct label_request *request,
                     const struct point *way, size_t count, size_t first)
{
    static const double away[] = {8, 12, 18, 26, 36, 48, 62, 80, 100, 125, 150};
    for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
        for (size_t j = 0; j < count; j++) {
            struct point to = way[(first + j) % count];
            if (try_round(solver, request, to.x * away[i], to.y * away[i]))
                return true;
        }
    }
    return false;
}

static bool find_round(struct solver *solver, struct label_request *request)
{
    static const size_t first_way[] = {
        [SIDE_ANY] = 0, [SIDE_ABOVE] = 2, [SIDE_BELOW] = 5};
    return try_ways(solver, request, ways, NEAR_WAYS, first_way[request->side]) ||
           try_ways(solver, request, ways + NEAR_WAYS, WAYS - NEAR_WAYS, 0);
}

/* The figure's first annotation is what it is about: in a crowd its leader may lie over
 * other marks, as a hand would draw it, before it has no name. */
static bool find_round_first(struct solver *solver, struct label_request *request)
{
    for (size_t i = 0; i < solver->settled_count; i++) {
        const struct label_request *other = solver->settled[i];
        if (other->crosses || (other->has_leader && !other->is_tied))
            return false;
    }
    solver->may_cross = true;
    request->crosses = find_round(solver, request);
    solver->may_cross = false;
    return request->crosses;
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

static void report_drop(struct plot *plot, struct label_request *request,
                        bool is_surplus)
{
    request->is_dropped = true;
    plot->dropped++;
    if (plot->context->dropped_labels)
        ++*plot->context->dropped_labels;
    if (!plot->context->diags || request->has_no_room)
        return;
    struct diag *diag =
        diags_note(plot->context->diags, plot_at(plot), "L201",
                   "label \"%.*s\" left out of the figure \"%.*s\": %s",
                   SLICE_PRINT(request->label->text), SLICE_PRINT(plot->options->title),
                   is_surplus ? "it has three notes" : "no room for it");
    diag_hint(plot->context->diags, diag,
              is_surplus ? "the first three of yours go before all others"
                         : "a wider or higher figure has more room");
}

/* Too large for their marks, which may be many: one message for all. */
static void report_crowd(const struct plot *plot)
{
    size_t count = 0;
    for (size_t i = 0; i < plot->label_count; i++)
        count += plot->label[i].has_no_room;
    if (!count || !plot->context->diags)
        return;
    struct diag *diag =
        diags_note(plot->context->diags, plot_at(plot), "L201",
                   "%zu number%s left out of the figure \"%.*s\": too wide for %s",
                   count, count > 1 ? "s" : "", SLICE_PRINT(plot->options->title),
                   count > 1 ? "their marks" : "its mark");
    diag_hint(plot->context->diags, diag, "a wider or higher figure has more room");
}

static bool find_place(struct solver *solver, struct label_request *request)
{
    if (request->has_no_room)
        return false;
    if (!request->has_leader || request->is_tied)
        return shift_into_place(solver, request);
    return find_round(solver, request) || find_round_first(solver, request);
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
    size_t notes = 0;
    for (size_t i = 0; i < count; i++) {
        struct label_request *request = order[i];
        bool is_surplus = request->is_note && notes == MOST_NOTES;
        if (is_surplus || !find_place(&solver, request)) {
            report_drop(plot, request, is_surplus);
            continue;
        }
        solver.settled[solver.settled_count++] = request;
        notes += request->is_note;
    }
    report_crowd(plot);
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
                    plot_colour(plot, request->is_tied ? COLOUR_TERTIARY : COLOUR_INK));
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
