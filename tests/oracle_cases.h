/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads reference files, runs every case and compares every expected value, by the
 * rules of the oracles' README: numbers within the file's tolerance, all else
 * exactly. Shared by the program `oracles` and by test_oracles. */
#ifndef SITREP_TESTS_ORACLE_CASES_H
#define SITREP_TESTS_ORACLE_CASES_H

#include "oracle_methods.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct oracle_score {
    size_t passed, failed;
};

struct oracle_tolerance {
    double relative, absolute;
};

/* Where in the expected value the comparison stands, for the message. */
struct oracle_path {
    char text[160];
};

static bool oracle_mismatch(const struct oracle_path *path, const json_t *got,
                            const json_t *expected)
{
    char *got_text = json_dumps(got, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
    char *want_text = json_dumps(expected, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
    printf("    %s: got %.60s, expected %.60s\n", path->text,
           got_text ? got_text : "nothing", want_text ? want_text : "nothing");
    free(got_text);
    free(want_text);
    return false;
}

static bool oracle_numbers_agree(double got, double expected,
                                 const struct oracle_tolerance *tolerance)
{
    double size = fmax(fabs(got), fabs(expected));
    double allowed = fmax(tolerance->relative * size, tolerance->absolute);
    return fabs(got - expected) <= allowed;
}

static bool oracle_agrees(const struct oracle_path *path, const json_t *got,
                          const json_t *expected,
                          const struct oracle_tolerance *tolerance);

static bool oracle_arrays_agree(const struct oracle_path *path, const json_t *got,
                                const json_t *expected,
                                const struct oracle_tolerance *tolerance)
{
    bool agree =
        json_is_array(got) && json_array_size(got) == json_array_size(expected);
    if (!agree)
        return oracle_mismatch(path, got, expected);
    for (size_t i = 0; i < json_array_size(expected); i++) {
        struct oracle_path inner;
        snprintf(inner.text, sizeof inner.text, "%.120s[%zu]", path->text, i);
        agree &= oracle_agrees(&inner, json_array_get(got, i),
                               json_array_get(expected, i), tolerance);
    }
    return agree;
}

static bool oracle_objects_agree(const struct oracle_path *path, const json_t *got,
                                 const json_t *expected,
                                 const struct oracle_tolerance *tolerance)
{
    bool agree = true;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)expected, key, value)
    {
        struct oracle_path inner;
        snprintf(inner.text, sizeof inner.text, "%.80s.%.60s", path->text, key);
        agree &= oracle_agrees(&inner, json_object_get(got, key), value, tolerance);
    }
    return agree;
}

static bool oracle_agrees(const struct oracle_path *path, const json_t *got,
                          const json_t *expected,
                          const struct oracle_tolerance *tolerance)
{
    if (json_is_array(expected))
        return oracle_arrays_agree(path, got, expected, tolerance);
    if (json_is_object(expected))
        return oracle_objects_agree(path, got, expected, tolerance);
    bool agree = json_is_number(expected) && json_is_number(got)
                     ? oracle_numbers_agree(json_number_value(got),
                                            json_number_value(expected), tolerance)
                     : json_equal(got, expected);
    return agree || oracle_mismatch(path, got, expected);
}

static bool oracle_case_passes(const struct oracle_method *method, const json_t *one,
                               const struct oracle_tolerance *tolerance,
                               struct arena *arena)
{
    const json_t *expected = json_object_get(one, "expected");
    const char *id = json_string_value(json_object_get(one, "id"));
    struct oracle_path path;
    snprintf(path.text, sizeof path.text, "%.60s", id ? id : "(a case without id)");
    struct oracle oracle = {json_object_get(one, "input"), arena, json_object()};
    bool agree = json_is_object(oracle.input) && json_object_size(expected) > 0;
    if (agree) {
        method->run(&oracle);
        agree = oracle_agrees(&path, oracle.got, expected, tolerance);
    } else {
        printf("    %s: no input or nothing expected\n", path.text);
    }
    json_decref(oracle.got);
    arena_reset(arena);
    return agree;
}

static struct oracle_score oracle_run_cases(const json_t *file, const char *path)
{
    struct oracle_score score = {0, 0};
    const char *name = json_string_value(json_object_get(file, "method"));
    const struct oracle_method *method = oracle_find_method(name);
    const json_t *cases = json_object_get(file, "cases");
    const json_t *allowed = json_object_get(file, "tolerance");
    struct oracle_tolerance tolerance = {
        json_number_value(json_object_get(allowed, "rel")),
        json_number_value(json_object_get(allowed, "abs"))};
    if (!method || json_array_size(cases) == 0) {
        printf("    %s: %s \"%s\"\n", path, method ? "no cases of" : "unknown method",
               name ? name : "");
        score.failed = json_array_size(cases) ? json_array_size(cases) : 1;
    }
    struct arena *arena = arena_new();
    for (size_t i = 0; method && i < json_array_size(cases); i++) {
        if (oracle_case_passes(method, json_array_get(cases, i), &tolerance, arena))
            score.passed++;
        else
            score.failed++;
    }
    arena_free(arena);
    printf("%-22s %4zu/%zu\n", name ? name : path, score.passed,
           score.passed + score.failed);
    return score;
}

static struct oracle_score oracle_run_file(const char *path)
{
    json_error_t error;
    json_t *file = json_load_file(path, 0, &error);
    if (!file) {
        printf("    %s:%d: %s\n", path, error.line, error.text);
        return (struct oracle_score){0, 1};
    }
    struct oracle_score score = oracle_run_cases(file, path);
    json_decref(file);
    return score;
}

static int oracle_is_json(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);
    return size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0;
}

/* Every *.json of a folder, in the order of names. A folder without any fails. */
static struct oracle_score oracle_run_folder(const char *folder)
{
    struct oracle_score total = {0, 0};
    struct dirent **entry = NULL;
    int count = scandir(folder, &entry, oracle_is_json, alphasort);
    if (count <= 0) {
        printf("    %s: no *.json in this folder\n", folder);
        total.failed = 1;
    }
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry[i]->d_name);
        struct oracle_score score = oracle_run_file(path);
        total.passed += score.passed;
        total.failed += score.failed;
        free(entry[i]);
    }
    free(entry);
    return total;
}

#endif
