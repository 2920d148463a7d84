/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include <stdlib.h>

static int begin(void **state)
{
    *state = arena_new();
    return 0;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

static bool is_zero(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i])
            return false;
    }
    return true;
}

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    enum { COUNT = 2000 };
    char *part[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        part[i] = arena_alloc(*state, i + 1);
        assert_int_equal((uintptr_t)part[i] % 16, 0);
        assert_true(is_zero(part[i], i + 1));
        memset(part[i], (int)(i % 255) + 1, i + 1);
    }
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal((unsigned char)part[i][0], i % 255 + 1);
        assert_int_equal((unsigned char)part[i][i], i % 255 + 1);
    }
}

static void a_reset_keeps_the_memory_and_zeroes_it_again(void **state)
{
    size_t held = 0;
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 1000; i++) {
            char *bytes = arena_alloc(*state, 1000);
            assert_true(is_zero(bytes, 1000));
            memset(bytes, 0xFF, 1000);
        }
        if (round == 0)
            held = arena_size(*state);
        assert_int_equal(arena_size(*state), held);
        arena_reset(*state);
    }
    assert_true(held >= 1000 * 1000);
}

/* After a reset, a request larger than the blocks that are left must not lose those. */
static void a_large_request_after_a_reset_is_served(void **state)
{
    arena_alloc(*state, 10000);
    arena_alloc(*state, 100000);
    arena_reset(*state);
    char *large = arena_alloc(*state, 10 << 20);
    assert_true(is_zero(large, 10 << 20));
    memset(large, 1, 10 << 20);
    arena_alloc(*state, 100);
    assert_int_equal(large[(10 << 20) - 1], 1);
}

static void what_was_last_handed_out_widens_in_place(void **state)
{
    char *first = arena_alloc(*state, 100);
    memset(first, 1, 100);
    char *wider = arena_widen(*state, first, 100, 5000);
    assert_ptr_equal(wider, first);
    assert_int_equal(wider[99], 1);
    assert_true(is_zero(wider + 100, 4900));
    arena_alloc(*state, 1);
    char *moved = arena_widen(*state, wider, 5000, 5001);
    assert_ptr_not_equal(moved, wider);
    assert_int_equal(moved[99], 1);
    assert_true(is_zero(moved + 100, 4901));
    char *large = arena_widen(*state, moved, 5001, 1 << 20);
    assert_int_equal(large[99], 1);
    assert_true(is_zero(large + 100, (1 << 20) - 100));
}

static void a_copy_leaves_no_dirt_behind(void **state)
{
    for (int round = 0; round < 2; round++) {
        memset(arena_alloc(*state, 300000), 0xFF, 300000);
        arena_reset(*state);
    }
    char *copy = arena_copy(*state, "abc", 3);
    assert_true(is_zero(copy + 3, 13));
    assert_true(is_zero(arena_alloc(*state, 299000), 299000));
}

static void an_empty_request_is_an_address(void **state)
{
    assert_non_null(arena_alloc(*state, 0));
    assert_non_null(arena_copy(*state, NULL, 0));
    assert_int_equal(arena_size(*state) > 0, 1);
    arena_free(NULL);
}

static void growing_arrays_keep_their_items(void **state)
{
    struct arena *arena = *state;
    int *item = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 100000; i++)
        *ARENA_APPEND(arena, item, count, capacity) = i;
    assert_int_equal(count, 100000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(item[i], i);
    /* Doubling leaves the former arrays behind: at most as much again. */
    assert_true(arena_size(arena) < 5 * count * sizeof *item + (1 << 20));
}

static void what_is_given_back_is_handed_out_again(void **state)
{
    struct arena *arena = *state;
    char *first = arena_alloc(arena, 100);
    memset(first, 'a', 100);
    const struct arena_mark mark = arena_mark(arena);
    const size_t used = arena_used(arena);
    for (int i = 0; i < 50; i++) {
        char *part = arena_alloc(arena, 64 * 1024); /* over several blocks */
        assert_true(is_zero(part, 64 * 1024));
        memset(part, 'b', 64 * 1024);
    }
    const size_t held = arena_size(arena);
    arena_release(arena, mark);
    assert_int_equal(arena_used(arena), used);
    for (int i = 0; i < 50; i++)
        assert_true(is_zero(arena_alloc(arena, 64 * 1024), 64 * 1024));
    assert_int_equal(arena_size(arena), held);
    for (int i = 0; i < 100; i++)
        assert_int_equal(first[i], 'a');
}

static void all_is_given_back_to_a_mark_of_the_beginning(void **state)
{
    struct arena *arena = *state;
    const struct arena_mark mark = arena_mark(arena);
    memset(arena_alloc(arena, 1000), 'a', 1000);
    arena_release(arena, mark);
    assert_int_equal(arena_used(arena), 0);
    assert_true(is_zero(arena_alloc(arena, 1000), 1000));
}

/* Whether it is freed is the sanitizer's to say. */
static void what_malloc_gave_can_be_owned(void **state)
{
    struct arena *arena = *state;
    for (int i = 0; i < 3; i++) {
        char *bytes = malloc(1000);
        assert_non_null(bytes);
        arena_own(arena, bytes);
        memset(bytes, 'a', 1000);
        if (i == 1)
            arena_reset(arena);
    }
}

static void printing_is_not_cut(void **state)
{
    const char *text = arena_print(*state, "%s %05d %*s", "a", 42, 3000, "end");
    assert_int_equal(strlen(text), 8 + 3000);
    assert_memory_equal(text, "a 00042 ", 8);
    assert_string_equal(text + 8 + 2997, "end");
    assert_string_equal(arena_print(*state, "%s", ""), "");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(memory_is_zeroed_aligned_and_apart),
        TEST(a_reset_keeps_the_memory_and_zeroes_it_again),
        TEST(a_large_request_after_a_reset_is_served),
        TEST(what_was_last_handed_out_widens_in_place),
        TEST(a_copy_leaves_no_dirt_behind),
        TEST(an_empty_request_is_an_address),
        TEST(growing_arrays_keep_their_items),
        TEST(what_is_given_back_is_handed_out_again),
        TEST(all_is_given_back_to_a_mark_of_the_beginning),
        TEST(what_malloc_gave_can_be_owned),
        TEST(printing_is_not_cut),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
