/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "template/contrast.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

/* -- Light ------------------------------------------------------------------------------- */

static double linear(double part)
{
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double companded(double part)
{
    part = fmin(1, fmax(0, part));
    return part <= 0.0031308 ? part * 12.92 : 1.055 * pow(part, 1 / 2.4) - 0.055;
}

static double luminance(struct colour colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

double colour_contrast(struct colour a, struct colour b)
{
    double light = luminance(a), dark = luminance(b);
    return (fmax(light, dark) + 0.05) / (fmin(light, dark) + 0.05);
}

struct colour colour_seen(struct colour colour, enum sight sight)
{
    static const double matrix[SIGHT_COUNT][3][3] = {
        [SIGHT_USUAL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        [SIGHT_NO_RED] = {{0.152286, 1.052583, -0.204868},
                          {0.114503, 0.786281, 0.099216},
                          {-0.003882, -0.048116, 1.051998}},
        [SIGHT_NO_GREEN] = {{0.367322, 0.860646, -0.227968},
                            {0.280085, 0.672501, 0.047413},
                            {-0.011820, 0.042940, 0.968881}},
        [SIGHT_NO_BLUE] = {{1.255528, -0.076749, -0.178779},
                           {-0.078411, 0.930809, 0.147602},
                           {0.004733, 0.691367, 0.303900}},
    };
    const double light[] = {linear(colour.red), linear(colour.green),
                            linear(colour.blue)};
    double seen[3] = {0};
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++)
            seen[i] += matrix[sight][i][j] * light[j];
    }
    return (struct colour){companded(seen[0]), companded(seen[1]), companded(seen[2]),
                           colour.alpha};
}

/* -- Distance ------------------------------------------------------------------------------ */

static double lab_curve(double part)
{
    const double delta = 6.0 / 29;
    return part > delta * delta * delta ? cbrt(part)
                                        : part / (3 * delta * delta) + 4.0 / 29;
}

struct lab colour_lab(struct colour colour)
{
    double r = linear(colour.red), g = linear(colour.green), b = linear(colour.blue);
    double x = lab_curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    double y = lab_curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = lab_curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double radians(double degrees)
{
    return degrees * PI / 180;
}

/* In degrees from 0 to 360; of no colour at all 0. */
static double hue(double a, double b)
{
    if (a == 0 && b == 0)
        return 0;
    double degrees = atan2(b, a) * 180 / PI;
    return degrees < 0 ? degrees + 360 : degrees;
}

static double seventh(double chroma)
{
    double power = pow(chroma, 7);
    return sqrt(power / (power + 6103515625.0)); /* 25 to the 7th */
}

struct hues { /* two hues as CIEDE2000 compares them */
    double change, mean;
};

static struct hues compare_hues(double h1, double h2, bool has_grey)
{
    struct hues hues = {0, h1 + h2};
    if (has_grey)
        return hues;
    hues.change = h2 - h1;
    hues.mean /= 2;
    if (fabs(hues.change) > 180) {
        hues.change += hues.change > 0 ? -360 : 360;
        hues.mean += h1 + h2 < 360 ? 180 : -180;
    }
    return hues;
}

double lab_distance(struct lab one, struct lab two)
{
    double g = 0.5 * (1 - seventh((hypot(one.a, one.b) + hypot(two.a, two.b)) / 2));
    double a1 = one.a * (1 + g), a2 = two.a * (1 + g);
    double c1 = hypot(a1, one.b), c2 = hypot(a2, two.b), c = (c1 + c2) / 2;
    struct hues hues = compare_hues(hue(a1, one.b), hue(a2, two.b), c1 * c2 == 0);
    double dl = two.lightness - one.lightness, dc = c2 - c1;
    double dh = 2 * sqrt(c1 * c2) * sin(radians(hues.change / 2));
    double l = (one.lightness + two.lightness) / 2 - 50, h = hues.mean;
    double t = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h)) +
               0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63));
    double turn = 30 * exp(-((h - 275) / 25) * ((h - 275) / 25));
    double rotation = -sin(radians(2 * turn)) * 2 * seventh(c);
    dl /= 1 + 0.015 * l * l / sqrt(20 + l * l);
    dc /= 1 + 0.045 * c;
    dh /= 1 + 0.015 * c * t;
    return sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
}

double nearest_colours(const struct colour *colour, size_t count, enum sight sight,
                       size_t *first, size_t *second)
{
    double nearest = INFINITY;
    for (size_t i = 0; i < count; i++) {
        struct lab one = colour_lab(colour_seen(colour[i], sight));
        for (size_t j = i + 1; j < count; j++) {
            struct lab two = colour_lab(colour_seen(colour[j], sight));
            double distance = lab_distance(one, two);
            if (distance >= nearest)
                continue;
            nearest = distance;
            *first = i;
            *second = j;
        }
    }
    return nearest;
}
