/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a figure's ink lies: by distances between shapes, whatever a mark or label says
 * of itself. Knows nothing of the solver, so that it can prove it wrong. */
#ifndef SITREP_INK_H
#define SITREP_INK_H

#include "chart/plot.h"
#include "template/contrast.h"

#include <math.h>
#include <stdbool.h>

static const double INK_SLACK = 0.02;

/* -- Distances --------------------------------------------------------------------------- */

static inline double ink_between(double low, double value, double high)
{
    return fmax(low, fmin(value, high));
}

static inline double point_to_frame(struct point point, const struct frame *frame)
{
    return hypot(point.x - ink_between(frame->left, point.x, frame->right),
                 point.y - ink_between(frame->top, point.y, frame->bottom));
}

static inline double point_to_segment(struct point point, struct point a,
                                      struct point b)
{
    double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double along = (point.x - a.x) * dx + (point.y - a.y) * dy;
    double at = length > 0 ? ink_between(0, along / length, 1) : 0;
    return hypot(point.x - a.x - at * dx, point.y - a.y - at * dy);
}

static inline double side_of(struct point a, struct point b, struct point point)
{
    return (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x);
}

static inline double segment_to_segment(struct point a, struct point b, struct point c,
                                        struct point d)
{
    if (side_of(a, b, c) * side_of(a, b, d) < 0 &&
        side_of(c, d, a) * side_of(c, d, b) < 0)
        return 0;
    return fmin(fmin(point_to_segment(a, c, d), point_to_segment(b, c, d)),
                fmin(point_to_segment(c, a, b), point_to_segment(d, a, b)));
}

static inline double segment_to_frame(struct point a, struct point b,
                                      const struct frame *frame)
{
    struct point corner[] = {{frame->left, frame->top},
                             {frame->right, frame->top},
                             {frame->right, frame->bottom},
                             {frame->left, frame->bottom}};
    double least = fmin(point_to_frame(a, frame), point_to_frame(b, frame));
    for (int i = 0; i < 4; i++)
        least = fmin(least, segment_to_segment(a, b, corner[i], corner[(i + 1) % 4]));
    return least;
}

static inline bool frames_overlap(const struct frame *a, const struct frame *b)
{
    return a->left < b->right - INK_SLACK && b->left < a->right - INK_SLACK &&
           a->top < b->bottom - INK_SLACK && b->top < a->bottom - INK_SLACK;
}

/* -- Marks --------------------------------------------------------------------------------- */

static inline bool is_drawn(const struct mark *mark)
{
    if (mark->fill.alpha <= 0 && mark->stroke.alpha <= 0)
        return false;
    switch (mark->shape) {
    case MARK_CIRCLE: return mark->radius > 0;
    case MARK_RECTANGLE:
    case MARK_HATCH: return mark->at.right > mark->at.left;
    default: return mark->count > 1;
    }
}

/* Gridlines and bands lie behind all else, and text stands on them; on an area it
 * does if it can be read there. */
static inline bool is_ground(const struct mark *mark, struct colour text)
{
    return mark->layer == LAYER_GUIDE ||
           (mark->shape == MARK_AREA && colour_contrast(text, mark->fill) >= 4.5);
}

/* By the winding of its edges round the point. */
static inline bool area_covers(const struct mark *area, struct point point)
{
    double turns = 0;
    for (size_t i = 0; i < area->count; i++) {
        struct point a = area->point[i], b = area->point[(i + 1) % area->count];
        double angle =
            atan2(b.y - point.y, b.x - point.x) - atan2(a.y - point.y, a.x - point.x);
        turns += remainder(angle, 2 * 3.14159265358979323846);
    }
    return fabs(turns) > 1;
}

static inline double half_stroke(const struct mark *mark)
{
    return mark->stroke.alpha > 0 ? mark->line_width / 2 : 0;
}

static inline bool piece_is_known(const struct mark *mark, size_t i)
{
    struct point a = mark->point[i], b = mark->point[i + 1];
    return isfinite(a.x + a.y + b.x + b.y);
}

static inline bool mark_inks_frame(const struct mark *mark, const struct frame *box)
{
    double half = half_stroke(mark) - INK_SLACK;
    bool is_hollow = mark->fill.alpha <= 0 && mark->shape == MARK_RECTANGLE;
    if (mark->shape == MARK_CIRCLE)
        return point_to_frame(mark->centre, box) < mark->radius + half;
    if (is_hollow && box->left > mark->at.left && box->right < mark->at.right &&
        box->top > mark->at.top && box->bottom < mark->at.bottom)
        return false;
    if (mark->shape == MARK_RECTANGLE || mark->shape == MARK_HATCH)
        return frames_overlap(&mark->at, box);
    struct point middle = {(box->left + box->right) / 2, (box->top + box->bottom) / 2};
    if (mark->shape == MARK_AREA && area_covers(mark, middle))
        return true;
    for (size_t i = 0; i + 1 < mark->count; i++) {
        if (piece_is_known(mark, i) &&
            segment_to_frame(mark->point[i], mark->point[i + 1], box) < half)
            return true;
    }
    return false;
}

static inline bool mark_inks_segment(const struct mark *mark, struct point a,
                                     struct point b)
{
    double half = half_stroke(mark);
    if (mark->shape == MARK_CIRCLE)
        return point_to_segment(mark->centre, a, b) < mark->radius + half;
    if (mark->shape == MARK_RECTANGLE || mark->shape == MARK_HATCH)
        return segment_to_frame(a, b, &mark->at) <= half;
    if (mark->shape == MARK_AREA && area_covers(mark, a))
        return true;
    for (size_t i = 0; i + 1 < mark->count; i++) {
        if (piece_is_known(mark, i) &&
            segment_to_segment(a, b, mark->point[i], mark->point[i + 1]) < half)
            return true;
    }
    return false;
}

static inline struct frame mark_extent(const struct mark *mark)
{
    double half = half_stroke(mark);
    struct frame at = mark->at;
    if (mark->shape == MARK_CIRCLE)
        at = (struct frame){
            mark->centre.x - mark->radius, mark->centre.y - mark->radius,
            mark->centre.x + mark->radius, mark->centre.y + mark->radius};
    if (mark->shape == MARK_LINE || mark->shape == MARK_AREA) {
        at = (struct frame){INFINITY, INFINITY, -INFINITY, -INFINITY};
        for (size_t i = 0; i < mark->count; i++) {
            struct point point = mark->point[i];
            if (!isfinite(point.x + point.y))
                continue;
            at = (struct frame){fmin(at.left, point.x), fmin(at.top, point.y),
                                fmax(at.right, point.x), fmax(at.bottom, point.y)};
        }
    }
    return (struct frame){at.left - half, at.top - half, at.right + half,
                          at.bottom + half};
}

#endif
