/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The manual, templates/README.md: its tables are those of the registries, and what it
 * shows works. MANUAL=write writes the tables anew (`make manual`).
 *
 *   <!-- filters --> … <!-- end -->   a table that is written from a registry
 *   ````markdown                      a template when it begins with ---, else a part
 *                                     of one, run under the first one's front matter
 *   ```yaml                           keys, run as front matter over an empty body
 *   ```yaml NAME                      a file, written beside the examples
 *   ````markdown NAME                 the same
 *   ````markdown mistake              gives the messages of the ```text below it
 *   ```sh                             commands, all of which succeed
 *
 * The examples are run in a folder of their own beside the sample data; the first
 * template is there as brief.md. */
#include "support.h"

#include "base/file.h"
#include "sitrep.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

#define MANUAL "templates/README.md"

static const char *program = "build/release/sitrep";

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct slice manual;
    char folder[64];
};

static const char *in_folder(const struct fixture *fixture, const char *name)
{
    return arena_print(fixture->arena, "%s/%s", fixture->folder, name);
}

static void write_file(const struct fixture *fixture, const char *path,
                       struct slice text)
{
    struct output *output;
    assert_true(output_open(&output, path, fixture->diags));
    assert_true(output_write(output, text.data, text.size));
    assert_true(output_commit(output, fixture->diags));
}

static struct slice read_file(const struct fixture *fixture, const char *path)
{
    struct file file;
    assert_true(file_open(&file, path, fixture->diags));
    struct slice text = slice_copy(fixture->arena, file.bytes);
    file_close(&file);
    return text;
}

static int begin(void **state)
{
    static const char *const samples[] = {"incidents.csv", "nap-points.csv"};
    struct arena *arena = arena_new();
    struct fixture *fixture = ARENA_NEW(arena, struct fixture);
    *fixture = (struct fixture){.arena = arena, .diags = diags_new(arena)};
    strcpy(fixture->folder, "/tmp/sitrep-manual-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return -1;
    fixture->manual = read_file(fixture, MANUAL);
    for (size_t i = 0; i < 2; i++) {
        const char *from = arena_print(arena, "samples/%s", samples[i]);
        write_file(fixture, in_folder(fixture, samples[i]), read_file(fixture, from));
    }
    *state = fixture;
    return 0;
}

static int delete_one(const char *path, const struct stat *status, int kind,
                      struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    int status = nftw(fixture->folder, delete_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(fixture->arena);
    return status;
}

/* -- Reading the manual ------------------------------------------------------------------ */

struct fence {
    struct slice info, text;
    int line;
};

static size_t count_ticks(struct slice line)
{
    size_t count = 0;
    while (count < line.size && line.data[count] == '`')
        count++;
    return count;
}

/* The next fence of rest; line counts the manual's lines. */
static bool next_fence(struct slice *rest, int *line_number, struct fence *out)
{
    struct slice line;
    size_t ticks = 0;
    while (ticks < 3) {
        if (!slice_cut(rest, '\n', &line))
            return false;
        ++*line_number;
        ticks = count_ticks(line);
    }
    *out = (struct fence){.info = slice_trim(slice_from(line, ticks)),
                          .line = *line_number};
    const char *start = rest->data;
    while (slice_cut(rest, '\n', &line)) {
        ++*line_number;
        if (count_ticks(line) == ticks && slice_trim(line).size == ticks) {
            out->text = (struct slice){start, (size_t)(line.data - start)};
            return true;
        }
    }
    fail_msg("the fence of line %d of the manual has no end", out->line);
    return false;
}

static bool is_whole(const struct fence *fence)
{
    return slice_is(fence->info, "markdown") && slice_starts_with(fence->text, "---\n");
}

/* The front matter of the first template, marks included. */
static struct slice first_front(struct slice manual)
{
    struct fence fence;
    int line = 0;
    while (next_fence(&manual, &line, &fence)) {
        if (!is_whole(&fence))
            continue;
        const char *end = memmem(fence.text.data, fence.text.size, "\n---\n", 5);
        assert_non_null(end);
        return (struct slice){fence.text.data, (size_t)(end + 5 - fence.text.data)};
    }
    fail_msg("the manual has no template");
    return (struct slice){0};
}

/* -- Running what it shows ---------------------------------------------------------------- */

/* The messages without the folder's name; notes are left out. */
static struct slice messages_of(const struct fixture *fixture, struct sitrep *sitrep)
{
    struct text text = {.arena = fixture->arena};
    const char *prefix = in_folder(fixture, "");
    for (size_t i = 0; i < sitrep_message_count(sitrep); i++) {
        const char *message = sitrep_message_text(sitrep, i);
        bool is_prefixed = strncmp(message, prefix, strlen(prefix)) == 0;
        if (sitrep_message_severity(sitrep, i) > 0)
            text_append_string(&text, message + (is_prefixed ? strlen(prefix) : 0));
    }
    return text_slice(&text);
}

/* Composes template and returns its messages; its words go to *out unless NULL. */
static struct slice run(const struct fixture *fixture, struct slice template,
                        const char *issue, struct slice *out)
{
    const char *path = in_folder(fixture, "brief.md");
    write_file(fixture, path, template);
    struct sitrep *sitrep = sitrep_new(".");
    if (issue)
        sitrep_set(sitrep, "issue", issue);
    int status = sitrep_compose(sitrep, path);
    struct slice messages = messages_of(fixture, sitrep);
    if (status == SITREP_OK && out) {
        const char *words = in_folder(fixture, "brief.txt");
        assert_int_equal(sitrep_write_file(sitrep, words, NULL), SITREP_OK);
        *out = read_file(fixture, words);
    }
    if (status == SITREP_OK)
        assert_true(sitrep_page_count(sitrep) > 0);
    else
        assert_true(messages.size > 0);
    sitrep_free(sitrep);
    return messages;
}

static struct slice join(const struct fixture *fixture, struct slice a, struct slice b)
{
    struct text text = {.arena = fixture->arena};
    text_append(&text, a);
    text_append(&text, b);
    return text_slice(&text);
}

/* Keys alone become a front matter; what every template needs is added. */
static struct slice whole_of_keys(const struct fixture *fixture, struct slice keys)
{
    struct text text = {.arena = fixture->arena};
    text_append_string(&text, "---\n");
    text_append(&text, keys);
    if (!memmem(keys.data, keys.size, "data:", 5))
        text_append_string(&text, "data: incidents.csv\n");
    if (!memmem(keys.data, keys.size, "period:", 7))
        text_append_string(&text, "period: last complete week\n");
    text_append_string(&text, "---\nWords.\n");
    return text_slice(&text);
}

static void assert_quiet(struct slice messages, const struct fence *fence)
{
    if (messages.size)
        fail_msg("the example in line %d of the manual:\n%.*s", fence->line,
                 SLICE_PRINT(messages));
}

/* Behind the language stands the file that an example is: "yaml issue-46.yaml". */
static struct slice file_name(struct slice info)
{
    static const char *const languages[] = {"yaml ", "markdown ", "svg ", "csv "};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (slice_starts_with(info, languages[i]))
            return slice_from(info, strlen(languages[i]));
    }
    return (struct slice){0};
}

static void every_example_works(void **state)
{
    const struct fixture *fixture = *state;
    struct slice rest = fixture->manual, front = first_front(rest);
    struct fence fence;
    int line = 0, examples = 0;
    while (next_fence(&rest, &line, &fence)) {
        bool is_markdown = slice_is(fence.info, "markdown");
        bool is_keys = slice_is(fence.info, "yaml");
        struct slice name = {0};
        name = file_name(fence.info);
        if (is_keys || is_markdown) {
            struct slice template = is_keys ? whole_of_keys(fixture, fence.text)
                                    : is_whole(&fence)
                                        ? fence.text
                                        : join(fixture, front, fence.text);
            assert_quiet(run(fixture, template, NULL, NULL), &fence);
            examples++;
        } else if (name.size && !slice_is(name, "mistake")) {
            write_file(fixture,
                       in_folder(fixture, slice_c_string(fixture->arena, name)),
                       fence.text);
        }
    }
    assert_true(examples > 10);
}

static void every_mistake_gives_the_messages_below_it(void **state)
{
    const struct fixture *fixture = *state;
    struct slice rest = fixture->manual, front = first_front(rest);
    struct fence fence, messages;
    int line = 0, mistakes = 0;
    while (next_fence(&rest, &line, &fence)) {
        if (!slice_is(fence.info, "markdown mistake"))
            continue;
        assert_true(next_fence(&rest, &line, &messages));
        assert_slice(messages.info, "text");
        struct slice got = run(fixture, join(fixture, front, fence.text), NULL, NULL);
        assert_slice(got, slice_c_string(fixture->arena, messages.text));
        mistakes++;
    }
    assert_true(mistakes > 1);
}

static void every_command_succeeds(void **state)
{
    const struct fixture *fixture = *state;
    struct slice rest = fixture->manual;
    struct fence fence;
    int line = 0;
    char *root = realpath(".", NULL), *binary = realpath(program, NULL);
    assert_non_null(binary);
    while (next_fence(&rest, &line, &fence)) {
        if (is_whole(&fence))
            write_file(fixture, in_folder(fixture, "brief.md"), fence.text);
        if (slice_starts_with(fence.info, "yaml issue"))
            write_file(fixture, in_folder(fixture, "issue-46.yaml"), fence.text);
        if (!slice_is(fence.info, "sh"))
            continue;
        const char *command =
            arena_print(fixture->arena,
                        "cd %s && SITREP_HOME='%s' && export SITREP_HOME && sitrep() { "
                        "'%s' \"$@\"; } "
                        "&& set -e\n{ %.*s} >commands.log 2>&1",
                        fixture->folder, root, binary, SLICE_PRINT(fence.text));
        if (system(command) != 0)
            fail_msg(
                "the commands in line %d of the manual:\n%.*s", fence.line,
                SLICE_PRINT(read_file(fixture, in_folder(fixture, "commands.log"))));
    }
    free(root);
    free(binary);
}

/* -- Tables from registries ------------------------------------------------------------------ */

static void append_cell(struct text *out, const char *words, bool is_code)
{
    text_append_string(out, is_code && *words ? "`" : "");
    for (; *words; words++)
        text_print(out, *words == '|' ? "\\%c" : "%c", *words);
    text_append_string(out, is_code && words[-1] ? "`" : "");
}

static void append_row(struct text *out, const char *name, const char *usage,
                       const char *help)
{
    text_append_string(out, "| ");
    append_cell(out, name, true);
    text_append_string(out, " | ");
    append_cell(out, usage, *usage != 0);
    text_append_string(out, " | ");
    append_cell(out, help, false);
    text_append_string(out, " |\n");
}

static void append_keys(const struct fixture *fixture, struct text *out,
                        struct sitrep *sitrep)
{
    (void)fixture;
    size_t count = sitrep_list(sitrep, "keys");
    text_append_string(out, "| key | as in | what it is |\n|---|---|---|\n");
    for (size_t i = 0; i < count; i++)
        append_row(out, sitrep_list_name(sitrep, i), sitrep_list_usage(sitrep, i),
                   sitrep_list_help(sitrep, i));
}

static void append_blocks(const struct fixture *fixture, struct text *out,
                          struct sitrep *sitrep)
{
    (void)fixture;
    size_t count = sitrep_list(sitrep, "blocks");
    for (size_t i = 0; i < count; i++) {
        const char *name = sitrep_list_name(sitrep, i);
        if (name[0] != ' ')
            text_print(out,
                       "%s### `%s`: %s\n\n| key | as in | what it does |\n"
                       "|---|---|---|\n",
                       i ? "\n" : "", name, sitrep_list_help(sitrep, i));
        else
            append_row(out, name + 2, sitrep_list_usage(sitrep, i),
                       sitrep_list_help(sitrep, i));
    }
}

static void append_charts(const struct fixture *fixture, struct text *out,
                          struct sitrep *sitrep)
{
    (void)fixture;
    size_t count = sitrep_list(sitrep, "charts");
    text_append_string(out, "| type | what it draws |\n|---|---|\n");
    for (size_t i = 0; i < count; i++)
        text_print(out, "| `%s` | %s |\n", sitrep_list_name(sitrep, i),
                   sitrep_list_help(sitrep, i));
}

/* What a filter is tried on, and how, where its usage line isn't enough. */
static const char *const trials[][2] = {
    {"number", "per attack | number(1)"},
    {"percent", "deadly share | percent"},
    {"ordinal", "issue | ordinal"},
    {"words", "deadly | words"},
    {"date", "data.as of | date(\"d MMMM\")"},
    {"dates", "period | dates"},
    {"count", "killed | count(\"person\", \"people\")"},
    {"say", "attacks | say(rose: \"Attacks rise to\", fell: \"Attacks fall to\", same: "
            "\"Attacks hold at\")"},
    {"range", "killed | range"},
};

static const char *trial_of(const struct fixture *fixture, const char *filter,
                            const char *usage)
{
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        if (strcmp(trials[i][0], filter) == 0)
            return trials[i][1];
    }
    return arena_print(fixture->arena, "attacks | %s", usage);
}

/* What a value prints in the sample week; a dot before it keeps it inside a sentence. */
static const char *printed(const struct fixture *fixture, const char *expression)
{
    struct text template = {.arena = fixture->arena};
    struct slice words, line = {0};
    text_append(&template, first_front(fixture->manual));
    text_print(&template, "x, {{ %s }}.\n", expression);
    struct slice messages = run(fixture, text_slice(&template), NULL, &words);
    if (messages.size)
        fail_msg("{{ %s }}:\n%.*s", expression, SLICE_PRINT(messages));
    while (slice_cut(&words, '\n', &line) && !slice_starts_with(line, "x"))
        ;
    if (line.size < 4)
        return "(nothing)";
    line = slice_from(line, 3);
    line.size--;
    return slice_c_string(fixture->arena, line);
}

static void append_filters(const struct fixture *fixture, struct text *out,
                           struct sitrep *sitrep)
{
    size_t count = sitrep_list(sitrep, "filters");
    text_append_string(out, "| filter | what it gives | you write | it prints |\n"
                            "|---|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        const char *name = sitrep_list_name(sitrep, i);
        const char *trial = trial_of(fixture, name, sitrep_list_usage(sitrep, i));
        text_print(out, "| `%s` | ", name);
        append_cell(out, sitrep_list_help(sitrep, i), false);
        text_append_string(out, " | ");
        append_cell(out, arena_print(fixture->arena, "{{ %s }}", trial), true);
        text_append_string(out, " | ");
        append_cell(out, printed(fixture, trial), false);
        text_append_string(out, " |\n");
    }
}

typedef void append_function(const struct fixture *fixture, struct text *out,
                             struct sitrep *sitrep);

static const struct {
    const char *name;
    append_function *append;
} tables[] = {
    {"keys", append_keys},
    {"blocks", append_blocks},
    {"charts", append_charts},
    {"filters", append_filters},
};

static append_function *table_named(struct slice name)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (slice_is(name, tables[i].name))
            return tables[i].append;
    }
    return NULL;
}

/* The name between <!-- and -->, empty when the line is no mark. */
static struct slice mark_name(struct slice line)
{
    line = slice_trim(line);
    if (!slice_starts_with(line, "<!-- ") || line.size < 9)
        return (struct slice){0};
    return slice_trim((struct slice){line.data + 5, line.size - 8});
}

static struct slice rewritten(const struct fixture *fixture)
{
    struct text out = {.arena = fixture->arena};
    struct slice rest = fixture->manual, line;
    struct sitrep *sitrep = sitrep_new(".");
    while (slice_cut(&rest, '\n', &line)) {
        append_function *append = table_named(mark_name(line));
        text_append(&out, line);
        text_append_string(&out, "\n");
        if (!append)
            continue;
        text_append_string(&out, "\n");
        append(fixture, &out, sitrep);
        text_append_string(&out, "\n");
        while (slice_cut(&rest, '\n', &line) && !slice_is(mark_name(line), "end"))
            ;
        text_append_string(&out, "<!-- end -->\n");
    }
    sitrep_free(sitrep);
    return text_slice(&out);
}

static void its_tables_are_those_of_the_registries(void **state)
{
    const struct fixture *fixture = *state;
    struct slice wanted = rewritten(fixture);
    const char *mode = getenv("MANUAL");
    if (mode && strcmp(mode, "write") == 0) {
        write_file(fixture, MANUAL, wanted);
        return;
    }
    if (!slice_equal(fixture->manual, wanted))
        fail_msg("%s isn't what the registries say: run make manual", MANUAL);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(its_tables_are_those_of_the_registries, begin,
                                        end),
        cmocka_unit_test_setup_teardown(every_example_works, begin, end),
        cmocka_unit_test_setup_teardown(every_mistake_gives_the_messages_below_it,
                                        begin, end),
        cmocka_unit_test_setup_teardown(every_command_succeeds, begin, end),
    };
    struct arena *arena = arena_new();
    if (argc > 0) /* build/release/tests/test_manual beside build/release/sitrep */
        program = path_beside(arena, argv[0], "../sitrep");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
