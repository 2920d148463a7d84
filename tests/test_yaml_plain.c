/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scanner of plain YAML against libfyaml: whatever it takes, it takes alike. */
#include "fixture.h"

#include "base/file.h"
#include "base/yaml.h"
#include "base/yaml_plain.h"

#include <glob.h>
#include <stdlib.h>

static bool same_place(const struct yaml *a, const struct yaml *b)
{
    return a->at.line == b->at.line && a->at.column == b->at.column &&
           a->width == b->width;
}

static bool same_tree(const struct yaml *a, const struct yaml *b)
{
    bool same = a->kind == b->kind && a->quoted == b->quoted && a->count == b->count &&
                slice_equal(a->text, b->text) && same_place(a, b);
    for (size_t i = 0; same && i < a->count; i++)
        same = same_tree(&a->item[i], &b->item[i]) &&
               (a->kind != YAML_MAPPING || same_tree(&a->key[i], &b->key[i]));
    return same;
}

static bool same_diag(const struct diag *a, const struct diag *b)
{
    return strcmp(a->code, b->code) == 0 && strcmp(a->message, b->message) == 0 &&
           a->at.line == b->at.line && a->at.column == b->at.column;
}

/* Whether the scanner took the source; fails where it is read differently. */
static bool reads_alike(struct slice source)
{
    const struct yaml *ours = NULL, *theirs = NULL;
    struct diags *our_diags = diags_new(arena), *their_diags = diags_new(arena);
    bool ok = yaml_parse(source, "a.yaml", 1, 'M', arena, &ours, our_diags);
    bool alike = ok == yaml_parse_by_library(source, "a.yaml", 1, 'M', arena, &theirs,
                                             their_diags) &&
                 diags_total(our_diags) == diags_total(their_diags) &&
                 (!ok || same_tree(ours, theirs));
    for (size_t i = 0; alike && i < diags_total(our_diags); i++)
        alike = same_diag(diags_at(our_diags, i), diags_at(their_diags, i));
    if (!alike)
        fail_msg("read differently:\n%.*s", SLICE_PRINT(source));
    struct yaml_part *part;
    size_t count, bad;
    return utf8_is_valid(source, &bad) && yaml_scan_plain(source, arena, &part, &count);
}

/* One of each thing. */
static const char *const plain[] = {
    "",
    "# only a comment\n",
    "a: b",
    "a: b\nc: d\n",
    "a:\nb: c\n",
    "a:\n\n  # comment\n  b: c\n  d:\n    - e\n    - f g\n",
    "a:\n- b\n- c: d\n  e: f\n- g\nh: i\n",
    "- a\n- b: c\n  d: [e, f]\n",
    "a: [b, c d, \"e, f\", 'g', [h], {i: j}]\n",
    "a: {b: c, \"d e\": 'f', g: {h: i}, j: []}\nk: {}\n",
    "a: [b,\n    c,\n\n    d]\ne: f\n",
    "a:\n  {b: c,\n   d: e}\n",
    "\"a b\": c\n'd': \"\"\ne: ''\n",
    "a: b # c\nd: e#f\n\"g\": \"h\" # i\nj: [k] # l\nm: # n\n  o: p\n",
    "صوبہ: [سندھ, \"پنجاب\"]\nb: – — é\n",
    "a: -9\nb: .5\nc: ../d.csv\ne: 10:00\nf: http://g\nh: ;\n",
    "a : b\nc:   d   \n",
    "a b c: d e f\n",
    "a: b\na: c\n", /* refused for what it says */
};

/* What looks like it. */
static const char *const odd[] = {
    "\xEF\xBB\xBF"
    "a: b\n",
    "a: b\n  c\n",
    "a: |\n  b\n",
    "a: b: c\n",
    "a:b\n",
    "a: \"b\\n\"\n",
    "a: 'b''c'\n",
    "a: \"b\n  c\"\n",
    "a: {{ b }}\n",
    "a: b {{ c # d }}\n",
    "- - a\n",
    "- a\nb: c\n",
    "a: [b, c,]\n",
    "a: [b\n",
    "a: [b: c]\n",
    "a: {b, c}\n",
    "a: {\"b\":c}\n",
    "[a]\n",
    "a\n",
    "---\na: b\n",
    "...\n",
    "a: b\n...\n",
    "a: &b c\n",
    "a: b\n c: d\n",
    "a:\n    b: c\n  d: e\n",
    "a: [b,\nc]\n",
    "a: [b # c\n ]\n",
    "a:\tb\n",
    "\ta: b\n",
    "a: b\r\nc: d\r\n",
    "a: \"b\" c\n",
    "? a\n",
    "a: *b\n",
    "a: b\xE2\x80\xA8"
    "c\n",
    "a: b\xC2\x85"
    "c\n",
    "- a: b\n c: d\n",
    "-\n  a: b\n",
    "- a\n - b\n",
    "a: [b] c\n",
    "a: @b\n",
    "%a: b\n",
    "a: '\n'\n",
    ": a\n",
    "a: ]\n",
};

enum {
    ROUNDS = 30000,
    PLAIN = sizeof plain / sizeof *plain,
    ODD = sizeof odd / sizeof *odd
};

static void each_way_of_writing_reads_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLAIN; i++)
        if (!reads_alike(slice_of(plain[i])))
            fail_msg("not plain: %s", plain[i]);
    for (size_t i = 0; i < ODD; i++)
        if (reads_alike(slice_of(odd[i])))
            fail_msg("plain: %s", odd[i]);
}

static void the_houses_own_files_are_plain(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "templates/locales/*.yaml", "templates/themes/*.yaml",
        "templates/schemas/*.yaml", "templates/schemas/spellings/*.yaml"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        glob_t found;
        assert_int_equal(glob(patterns[i], 0, NULL, &found), 0);
        for (size_t j = 0; j < found.gl_pathc; j++) {
            struct file file;
            assert_true(file_open(&file, found.gl_pathv[j], diags));
            if (!reads_alike(file.bytes))
                fail_msg("%s is left to libfyaml", found.gl_pathv[j]);
            file_close(&file);
        }
        globfree(&found);
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* A few characters of a document put in, taken out or written over. */
static struct slice spoil(const char *document, uint32_t *seed, char *out, size_t room)
{
    static const char letters[] = "a b:-#[]{},\"'\n\n  |&%.;{\t\r\xC2\x85\xE2\x80\xA8";
    size_t size = strlen(document);
    assert_true(size + 8 < room);
    memcpy(out, document, size);
    for (int edits = 1 + (int)(next_random(seed) % 4); edits > 0; edits--) {
        size_t at = next_random(seed) % (size + 1), how = next_random(seed) % 3;
        char c = letters[next_random(seed) % (sizeof letters - 1)];
        if (how == 0 && at < size) {
            out[at] = c;
        } else if (how == 1 && at < size) {
            memmove(out + at, out + at + 1, --size - at);
        } else {
            memmove(out + at + 1, out + at, size++ - at);
            out[at] = c;
        }
    }
    return (struct slice){out, size};
}

static void spoilt_documents_read_alike(void **state)
{
    (void)state;
    uint32_t seed = 20261115;
    size_t taken = 0, rounds = ROUNDS;
    for (size_t i = 0; i < rounds; i++) {
        char bytes[256];
        size_t which = i % (PLAIN + ODD);
        const char *document = which < PLAIN ? plain[which] : odd[which - PLAIN];
        taken += reads_alike(spoil(document, &seed, bytes, sizeof bytes));
        arena_reset(arena);
        diags = diags_new(arena);
    }
    /* Both sides of the fence were visited. */
    assert_true(taken > rounds / 20 && taken < rounds / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_way_of_writing_reads_alike, begin, end),
        cmocka_unit_test_setup_teardown(the_houses_own_files_are_plain, begin, end),
        cmocka_unit_test_setup_teardown(spoilt_documents_read_alike, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
