/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

static struct arena *arena;
static struct diags *diags;
static char folder[64];

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    diags = diags_new(arena);
    strcpy(folder, "/tmp/sitrep-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int delete_one(const char *path, const struct stat *status, int kind,
                      struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return nftw(folder, delete_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *in_folder(const char *name)
{
    return arena_print(arena, "%s/%s", folder, name);
}

static void put(const char *path, const char *content)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void assert_content(const char *path, const char *want)
{
    struct file file;
    assert_true(file_open(&file, path, diags));
    assert_slice(file.bytes, want);
    file_close(&file);
}

static int count_names(const char *path)
{
    int count = 0;
    DIR *open = opendir(path);
    assert_non_null(open);
    for (struct dirent *each; (each = readdir(open));)
        count += strcmp(each->d_name, ".") != 0 && strcmp(each->d_name, "..") != 0;
    closedir(open);
    return count;
}

static const struct diag *last_diag(void)
{
    assert_true(diags_total(diags) > 0);
    return diags_at(diags, diags_total(diags) - 1);
}

/* Reading */

static void a_regular_file_is_mapped(void **state)
{
    (void)state;
    put(in_folder("a.csv"), "date,killed\n");
    struct file file;
    assert_true(file_open(&file, in_folder("a.csv"), diags));
    assert_true(file.is_mapped);
    assert_slice(file.bytes, "date,killed\n");
    file_close(&file);
    assert_null(file.bytes.data);
    file_close(&file);
}

static void bytes_that_were_let_go_are_still_there(void **state)
{
    (void)state;
    enum { SIZE = 100000 };
    char *bytes = arena_alloc(arena, SIZE + 1);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)('a' + i % 23);
    put(in_folder("a.csv"), bytes);
    struct file file;
    assert_true(file_open(&file, in_folder("a.csv"), diags));
    file_let_go(&file, (struct slice){file.bytes.data + 3, SIZE - 5});
    file_let_go(&file, file.bytes);
    file_let_go(&file, (struct slice){bytes, SIZE}); /* not of the file: left alone */
    assert_memory_equal(file.bytes.data, bytes, SIZE);
    assert_int_equal(bytes[SIZE / 2], 'a' + SIZE / 2 % 23);
    file_close(&file);
}

static void an_empty_file_gives_no_bytes(void **state)
{
    (void)state;
    put(in_folder("a.csv"), "");
    assert_content(in_folder("a.csv"), "");
    assert_content("/dev/null", "");
}

static void files_that_say_they_are_empty_are_read(void **state)
{
    (void)state;
    struct file file;
    assert_true(file_open(&file, "/proc/self/status", diags));
    assert_true(slice_starts_with(file.bytes, "Name:"));
    file_close(&file);
}

static void a_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    enum { SIZE = 300000 };
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    if (fork() == 0) {
        char *bytes = malloc(SIZE);
        memset(bytes, 'x', SIZE);
        for (ssize_t sent = 0; sent < SIZE;)
            sent += write(ends[1], bytes + sent, (size_t)(SIZE - sent));
        _exit(0);
    }
    close(ends[1]);
    struct file file;
    assert_true(file_open(&file, arena_print(arena, "/dev/fd/%d", ends[0]), diags));
    close(ends[0]);
    assert_false(file.is_mapped);
    assert_int_equal(file.bytes.size, SIZE);
    assert_int_equal(file.bytes.data[SIZE - 1], 'x');
    file_close(&file);
}

static void standard_input_is_read_as_a_dash(void **state)
{
    (void)state;
    put(in_folder("in"), "abc");
    int saved = dup(STDIN_FILENO), given = open(in_folder("in"), O_RDONLY);
    assert_true(dup2(given, STDIN_FILENO) >= 0);
    struct file file;
    bool ok = file_open(&file, "-", diags);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(given);
    assert_true(ok);
    assert_slice(file.bytes, "abc");
    file_close(&file);
}

static void a_missing_file_is_named_with_the_nearest_one(void **state)
{
    (void)state;
    put(in_folder("incidents.csv"), "");
    put(in_folder("nap.csv"), "");
    struct file file;
    assert_false(file_open(&file, in_folder("incident.csv"), diags));
    const struct diag *diag = last_diag();
    assert_string_equal(diag->code, "D001");
    assert_string_equal(diag->message,
                        arena_print(arena, "can't open \"%s\": there is no such file",
                                    in_folder("incident.csv")));
    assert_string_equal(diag->hint, arena_print(arena, "did you mean \"%s\"?",
                                                in_folder("incidents.csv")));
    assert_false(file_open_named(&file, in_folder("far away"),
                                 (struct place){"weekly.md", 7, 14}, diags));
    assert_null(last_diag()->hint);
    assert_string_equal(last_diag()->at.file, "weekly.md");
}

static void a_missing_folder_is_said(void **state)
{
    (void)state;
    struct file file;
    assert_false(file_open(&file, in_folder("none/a.csv"), diags));
    assert_string_equal(
        last_diag()->hint,
        arena_print(arena, "there is no folder \"%s\"", in_folder("none")));
}

static void folders_and_devices_are_refused(void **state)
{
    (void)state;
    struct file file;
    assert_false(file_open(&file, folder, diags));
    assert_string_equal(
        last_diag()->message,
        arena_print(arena, "can't open \"%s\": it is a folder", folder));
    assert_false(file_open(&file, "/dev/zero", diags));
    assert_string_equal(last_diag()->message,
                        "can't open \"/dev/zero\": it is a device");
    assert_false(file_open(&file, "", diags));
    assert_false(file_exists(folder));
    assert_false(file_exists(in_folder("none")));
    assert_true(file_exists("/dev/null"));
}

/* Writing */

static struct output *open_output(const char *path)
{
    struct output *output;
    if (!output_open(&output, path, diags))
        fail_msg("%s", last_diag()->message);
    return output;
}

static void a_commit_replaces_the_target_and_leaves_nothing_else(void **state)
{
    (void)state;
    put(in_folder("a.pdf"), "old");
    struct output *output = open_output(in_folder("a.pdf"));
    assert_true(output_write(output, "ne", 2));
    assert_true(output_write(output, "w", 1));
    assert_content(in_folder("a.pdf"), "old");
    assert_true(output_commit(output, diags));
    assert_content(in_folder("a.pdf"), "new");
    assert_int_equal(count_names(folder), 1);
}

static void a_discard_leaves_everything_as_it_was(void **state)
{
    (void)state;
    put(in_folder("a.pdf"), "old");
    struct output *output = open_output(in_folder("a.pdf"));
    assert_true(output_write(output, "new", 3));
    output_discard(output);
    assert_content(in_folder("a.pdf"), "old");
    output_discard(open_output(in_folder("x/y/z.pdf")));
    assert_int_equal(count_names(folder), 1);
    output_discard(NULL);
}

static void missing_folders_are_made(void **state)
{
    (void)state;
    struct output *output = open_output(in_folder("x/y//z.pdf"));
    assert_true(output_write(output, "new", 3));
    assert_true(output_commit(output, diags));
    assert_content(in_folder("x/y/z.pdf"), "new");
}

static void small_and_large_writes_keep_their_order(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    char *large = arena_alloc(arena, SIZE);
    struct text want = {.arena = arena};
    struct output *output = open_output(in_folder("a"));
    for (int i = 0; i < 4000; i++) {
        char line[32];
        int size = snprintf(line, sizeof line, "%d of many small writes\n", i);
        assert_true(output_write(output, line, (size_t)size));
        text_append(&want, (struct slice){line, (size_t)size});
        if (i % 1000 == 500) {
            memset(large, 'a' + i / 1000, SIZE);
            assert_true(output_write(output, large, SIZE));
            text_append(&want, (struct slice){large, SIZE});
        }
    }
    assert_true(output_commit(output, diags));
    struct file file;
    assert_true(file_open(&file, in_folder("a"), diags));
    assert_true(slice_equal(file.bytes, text_slice(&want)));
    file_close(&file);
}

static void the_mode_of_an_existing_file_is_kept(void **state)
{
    (void)state;
    put(in_folder("a"), "old");
    assert_int_equal(chmod(in_folder("a"), 0640), 0);
    assert_true(output_commit(open_output(in_folder("a")), diags));
    struct stat status;
    assert_int_equal(stat(in_folder("a"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

static void a_new_file_has_the_usual_mode(void **state)
{
    (void)state;
    mode_t mask = umask(027);
    assert_true(output_commit(open_output(in_folder("a")), diags));
    umask(mask);
    struct stat status;
    assert_int_equal(stat(in_folder("a"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

static void a_link_stays_and_its_target_is_replaced(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in_folder("real"), 0777), 0);
    put(in_folder("real/a.pdf"), "old");
    assert_int_equal(symlink("real/a.pdf", in_folder("link.pdf")), 0);
    assert_int_equal(symlink("link.pdf", in_folder("second.pdf")), 0);
    struct output *output = open_output(in_folder("second.pdf"));
    assert_true(output_write(output, "new", 3));
    assert_true(output_commit(output, diags));
    assert_content(in_folder("real/a.pdf"), "new");
    struct stat status;
    assert_int_equal(lstat(in_folder("second.pdf"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(count_names(in_folder("real")), 1);
}

static void a_link_to_nothing_makes_its_target(void **state)
{
    (void)state;
    assert_int_equal(symlink("later.pdf", in_folder("link.pdf")), 0);
    struct output *output = open_output(in_folder("link.pdf"));
    assert_true(output_write(output, "new", 3));
    assert_true(output_commit(output, diags));
    assert_content(in_folder("later.pdf"), "new");
}

static void links_in_a_circle_are_an_error(void **state)
{
    (void)state;
    assert_int_equal(symlink("b", in_folder("a")), 0);
    assert_int_equal(symlink("a", in_folder("b")), 0);
    struct output *output;
    assert_false(output_open(&output, in_folder("a"), diags));
    assert_string_equal(last_diag()->code, "I101");
    assert_null(output);
}

static void a_folder_is_no_target(void **state)
{
    (void)state;
    struct output *output;
    assert_false(output_open(&output, folder, diags));
    assert_string_equal(last_diag()->code, "I104");
    assert_false(output_open(&output, in_folder("new/"), diags));
    assert_string_equal(last_diag()->code, "I104");
    put(in_folder("file"), "x");
    assert_false(output_open(&output, in_folder("file/below/a.pdf"), diags));
    assert_string_equal(last_diag()->code, "I103");
    assert_int_equal(count_names(folder), 1);
}

static void a_full_disk_is_an_error_at_commit(void **state)
{
    (void)state;
    SKIP_WITHOUT("/dev/full");
    struct output *output = open_output("/dev/full");
    output_write(output, "x", 1);
    assert_false(output_commit(output, diags));
    assert_string_equal(last_diag()->message,
                        "can't write \"/dev/full\": the disk is full");
}

static void a_name_as_long_as_may_be_is_written(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    assert_true(output_commit(open_output(in_folder(name)), diags));
    assert_true(file_exists(in_folder(name)));
    struct output *output;
    assert_false(
        output_open(&output, in_folder(arena_print(arena, "%sn/a", name)), diags));
    assert_int_equal(count_names(folder), 1);
}

static void what_a_crashed_run_left_behind_is_in_nobodys_way(void **state)
{
    (void)state;
    const char *left = in_folder(arena_print(arena, ".a.%ld.tmp", (long)getpid()));
    put(left, "half");
    struct output *output = open_output(in_folder("a"));
    assert_true(output_write(output, "whole", 5));
    assert_true(output_commit(output, diags));
    assert_content(in_folder("a"), "whole");
    assert_content(left, "half");
}

static void a_run_that_is_killed_leaves_no_half_file(void **state)
{
    (void)state;
    int probe = open(folder, O_WRONLY | O_TMPFILE, 0666);
    if (probe < 0) {
        printf("SKIPPED: files without a name are not possible here\n");
        skip();
    }
    close(probe);
    put(in_folder("a"), "last week's");
    pid_t child = fork();
    if (child == 0) {
        struct output *output = open_output(in_folder("a"));
        output_write(output, arena_alloc(arena, 1 << 20), 1 << 20);
        raise(SIGKILL);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(count_names(folder), 1);
    assert_content(in_folder("a"), "last week's");
}

static void a_pipe_is_written_as_it_comes(void **state)
{
    (void)state;
    int ends[2];
    char got[8] = "";
    assert_int_equal(pipe(ends), 0);
    struct output *output = open_output(arena_print(arena, "/dev/fd/%d", ends[1]));
    assert_true(output_write(output, "bytes", 5));
    assert_true(output_commit(output, diags));
    close(ends[1]);
    assert_int_equal(read(ends[0], got, sizeof got), 5);
    close(ends[0]);
    assert_string_equal(got, "bytes");
}

static void standard_output_is_appended_to_not_replaced(void **state)
{
    (void)state;
    put(in_folder("log"), "before\n");
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    int given = open(in_folder("log"), O_WRONLY | O_APPEND);
    dup2(given, STDOUT_FILENO);
    struct output *output;
    bool ok = output_open(&output, "/dev/stdout", diags) &&
              output_write(output, "brief\n", 6) && output_commit(output, diags) &&
              write(STDOUT_FILENO, "after\n", 6) == 6;
    dup2(saved, STDOUT_FILENO);
    close(saved);
    close(given);
    assert_true(ok);
    assert_content(in_folder("log"), "before\nbrief\nafter\n");
}

static void a_read_only_target_is_respected(void **state)
{
    (void)state;
    if (geteuid() == 0) {
        printf("SKIPPED: the superuser may write anything\n");
        skip();
    }
    put(in_folder("a"), "old");
    assert_int_equal(chmod(in_folder("a"), 0444), 0);
    struct output *output;
    assert_false(output_open(&output, in_folder("a"), diags));
    assert_string_equal(last_diag()->code, "I101");
}

/* Paths */

static void a_path_is_taken_beside_the_file_that_names_it(void **state)
{
    (void)state;
    assert_string_equal(path_beside(arena, "briefs/weekly.md", "a.csv"),
                        "briefs/a.csv");
    assert_string_equal(path_beside(arena, "/b/weekly.md", "../a.csv"), "/b/../a.csv");
    assert_string_equal(path_beside(arena, "/weekly.md", "a.csv"), "/a.csv");
    assert_string_equal(path_beside(arena, "weekly.md", "a.csv"), "a.csv");
    assert_string_equal(path_beside(arena, "b/weekly.md", "/a.csv"), "/a.csv");
    assert_string_equal(path_beside(arena, NULL, "a.csv"), "a.csv");
    assert_string_equal(path_beside(arena, "b/weekly.md", "-"), "-");
}

static void folder_and_name_of_a_path(void **state)
{
    (void)state;
    assert_string_equal(path_folder(arena, "a/b/c"), "a/b");
    assert_string_equal(path_folder(arena, "a//c"), "a");
    assert_string_equal(path_folder(arena, "c"), ".");
    assert_string_equal(path_folder(arena, "/c"), "/");
    assert_string_equal(path_folder(arena, "//c"), "/");
    assert_string_equal(path_name("a/b/c.md"), "c.md");
    assert_string_equal(path_name("c.md"), "c.md");
}

static void below_means_below_after_links_and_dots(void **state)
{
    (void)state;
    const char *home = in_folder("home");
    assert_int_equal(mkdir(home, 0777), 0);
    assert_int_equal(mkdir(in_folder("home2"), 0777), 0);
    put(in_folder("home2/a.csv"), "");
    put(in_folder("home/a.csv"), "");
    assert_int_equal(symlink("../home2", in_folder("home/out")), 0);
    assert_int_equal(symlink("/nowhere/at/all", in_folder("home/dangling")), 0);
    assert_int_equal(symlink("a.csv", in_folder("home/in")), 0);

    assert_true(path_is_below(in_folder("home/a.csv"), home));
    assert_true(path_is_below(in_folder("home/in"), home));
    assert_true(path_is_below(in_folder("home/not/there/yet.csv"), home));
    assert_true(path_is_below(in_folder("home2/../home/a.csv"), home));
    assert_true(path_is_below(home, home));
    assert_true(path_is_below(home, "/"));
    assert_false(path_is_below(in_folder("home2/a.csv"), home));
    assert_false(path_is_below(in_folder("home/../home2/a.csv"), home));
    assert_false(path_is_below(in_folder("home/out/a.csv"), home));
    assert_false(path_is_below(in_folder("home/out/none.csv"), home));
    assert_false(path_is_below(in_folder("home/none/../../x"), home));
    assert_false(path_is_below(in_folder("home/dangling"), home));
    assert_false(path_is_below(in_folder("home/dangling/x"), home));
    assert_false(path_is_below("/etc/passwd", home));
    assert_false(path_is_below(home, in_folder("none")));
    assert_true(path_is_below("Makefile", "."));
    assert_true(path_is_below("none/x", ""));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_regular_file_is_mapped),
        TEST(bytes_that_were_let_go_are_still_there),
        TEST(an_empty_file_gives_no_bytes),
        TEST(files_that_say_they_are_empty_are_read),
        TEST(a_pipe_is_read_to_its_end),
        TEST(standard_input_is_read_as_a_dash),
        TEST(a_missing_file_is_named_with_the_nearest_one),
        TEST(a_missing_folder_is_said),
        TEST(folders_and_devices_are_refused),
        TEST(a_commit_replaces_the_target_and_leaves_nothing_else),
        TEST(a_discard_leaves_everything_as_it_was),
        TEST(missing_folders_are_made),
        TEST(small_and_large_writes_keep_their_order),
        TEST(the_mode_of_an_existing_file_is_kept),
        TEST(a_new_file_has_the_usual_mode),
        TEST(a_link_stays_and_its_target_is_replaced),
        TEST(a_link_to_nothing_makes_its_target),
        TEST(links_in_a_circle_are_an_error),
        TEST(a_folder_is_no_target),
        TEST(a_full_disk_is_an_error_at_commit),
        TEST(a_name_as_long_as_may_be_is_written),
        TEST(what_a_crashed_run_left_behind_is_in_nobodys_way),
        TEST(a_run_that_is_killed_leaves_no_half_file),
        TEST(a_pipe_is_written_as_it_comes),
        TEST(standard_output_is_appended_to_not_replaced),
        TEST(a_read_only_target_is_respected),
        TEST(a_path_is_taken_beside_the_file_that_names_it),
        TEST(folder_and_name_of_a_path),
        TEST(below_means_below_after_links_and_dots),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
