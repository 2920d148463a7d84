/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support.h"

#include "press/pdf.h"
#include "press_fixture.h"
#include "sample_pages.h"

#include <malloc.h>
#include <stdlib.h>

static const struct pdf_figure sample_figure[SAMPLE_FIGURES] = {
    {SLICE_LITERAL("Attacks (by week) \\ 2026")},
    {SLICE_LITERAL("حملے \xF0\x9F\x93\x88")},
    {SLICE_LITERAL("Third chart")}};

static const struct pdf_bookmark sample_bookmark[] = {
    {1, SLICE_LITERAL("Weekly brief (46)"), 0, 50},
    {3, SLICE_LITERAL("حملے"), 0, 240},
    {2, SLICE_LITERAL("Districts"), 1, 50},
    {1, SLICE_LITERAL("Notes"), 2, 50}};

static const struct pdf_info sample_info = {
    .title = SLICE_LITERAL("Weekly brief — <week> & 46"),
    .author = SLICE_LITERAL("An institute"),
    .subject = SLICE_LITERAL("Security"),
    .keywords = SLICE_LITERAL("attacks, operations"),
    .creator = SLICE_LITERAL("sitrep"),
    .language = SLICE_LITERAL("en"),
    .created_day = 20772, /* 2026-11-15 */
    .bookmark_count = 4,
    .bookmark = sample_bookmark,
    .figure_count = SAMPLE_FIGURES,
    .figure = sample_figure,
    .first_page_number = 7};

static bool refuse(const void *bytes, size_t size, void *context)
{
    (void)bytes;
    (void)size;
    (void)context;
    return false;
}

static struct slice graft(struct state *own, struct slice cairo,
                          const struct pdf_info *info)
{
    struct text out = {.arena = own->arena};
    bool ok = pdf_write(cairo, info, keep, &out, own->diags);
    for (size_t i = 0; i < diags_total(own->diags); i++)
        print_error("%s\n", diags_at(own->diags, i)->message);
    assert_true(ok);
    return text_slice(&out);
}

/* Draws the sample pages once: cairo.pdf and ours.pdf in a folder of their own. */
static int open_group(void **state)
{
    struct state *own = open_folder("test_graft");
    assert_true(surface_draw_pdf(&sample_drawing, own->arena, &own->cairo, own->diags));
    save(own, "cairo.pdf", own->cairo);
    save(own, "ours.pdf", graft(own, own->cairo, &sample_info));
    *state = own;
    return 0;
}

static bool has_tool(const char *tool)
{
    char command[128];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", tool);
    return system(command) == 0;
}

#define SKIP_WITHOUT_TOOL(tool)                                                        \
    do {                                                                               \
        if (!has_tool(tool)) {                                                         \
            printf("SKIPPED: %s is not installed\n", (tool));                          \
            skip();                                                                    \
        }                                                                              \
    } while (0)

/* What a command prints, run in the folder; its exit code must be 0. */
static struct slice output_of(struct state *own, const char *command)
{
    char line[512], part[4096];
    struct text text = {.arena = own->arena};
    snprintf(line, sizeof line, "cd %s && { %s; } 2>&1", own->folder, command);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    for (size_t size; (size = fread(part, 1, sizeof part, pipe)) > 0;)
        text_append(&text, (struct slice){part, size});
    int status = pclose(pipe);
    if (status != 0)
        fail_msg("\"%s\" ended with %d: %.*s", command, status,
                 SLICE_PRINT(text_slice(&text)));
    return text_slice(&text);
}

static const char *find(struct slice text, const char *wanted)
{
    return memmem(text.data, text.size, wanted, strlen(wanted));
}

static void assert_holds(struct slice text, const char *wanted)
{
    if (!find(text, wanted))
        fail_msg("\"%s\" isn't in: %.*s", wanted, SLICE_PRINT(text));
}

static size_t count_of(struct slice text, const char *wanted)
{
    size_t count = 0;
    for (const char *at; (at = find(text, wanted)) != NULL; count++)
        text = slice_from(text, (size_t)(at - text.data) + 1);
    return count;
}

static void qpdf_finds_nothing_to_say(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    struct slice said = output_of(*state, "qpdf --check ours.pdf");
    assert_holds(said, "PDF Version: 1.5");
    assert_holds(said, "No syntax or stream encoding errors found");
    assert_null(find(said, "WARNING"));
}

static void the_text_is_that_of_cairos_own_pdf(void **state)
{
    SKIP_WITHOUT_TOOL("pdftotext");
    struct slice ours = output_of(*state, "pdftotext ours.pdf -");
    struct slice cairos = output_of(*state, "pdftotext cairo.pdf -");
    assert_true(slice_equal(ours, cairos));
    assert_holds(ours, "Weekly brief: “attacks” & operations");
    assert_holds(ours, "پاکستان کی صورت حال");
    assert_holds(ours, "2,317 killed");
}

static void the_pixels_are_those_of_cairos_own_pdf(void **state)
{
    SKIP_WITHOUT_TOOL("pdftoppm");
    output_of(*state, "pdftoppm -r 96 ours.pdf ours && pdftoppm -r 96 cairo.pdf cairo");
    output_of(*state,
              "for n in 1 2 3; do cmp ours-$n.ppm cairo-$n.ppm || exit 1; done");
}

static void all_fonts_are_embedded_and_subset(void **state)
{
    SKIP_WITHOUT_TOOL("pdffonts");
    struct slice rest = output_of(*state, "pdffonts ours.pdf | tail -n +3"), line;
    size_t count = 0;
    while (slice_cut(&rest, '\n', &line)) {
        if (line.size == 0)
            continue;
        assert_holds(line, "+"); /* ABCDEF+Name */
        assert_holds(line, " yes yes yes ");
        count++;
    }
    assert_in_range(count, 3, 20);
}

static void vector_drawings_stay_vector(void **state)
{
    SKIP_WITHOUT_TOOL("pdfimages");
    assert_slice(output_of(*state, "pdfimages -list ours.pdf | tail -n +3"), "");
}

static void the_document_says_what_it_is(void **state)
{
    SKIP_WITHOUT_TOOL("pdfinfo");
    struct slice said = output_of(*state, "TZ=UTC pdfinfo -isodates ours.pdf");
    static const char *const lines[] = {"Title:           Weekly brief — <week> & 46\n",
                                        "Author:          An institute\n",
                                        "Subject:         Security\n",
                                        "Keywords:        attacks, operations\n",
                                        "Creator:         sitrep\n",
                                        "CreationDate:    2026-11-15T00:00:00Z\n",
                                        "ModDate:         2026-11-15",
                                        "Metadata Stream: yes\n",
                                        "Tagged:          yes\n",
                                        "Pages:           3\n",
                                        "Encrypted:       no\n",
                                        "PDF version:     1.5\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_holds(said, lines[i]);
    assert_null(find(output_of(*state, "cat ours.pdf"), "(cairo 1"));
}

static void xmp_says_the_same_and_is_escaped(void **state)
{
    SKIP_WITHOUT_TOOL("pdfinfo");
    struct slice said = output_of(*state, "pdfinfo -meta ours.pdf");
    assert_holds(said, ">Weekly brief — &lt;week&gt; &amp; 46</rdf:li>");
    assert_holds(said, "<xmp:CreateDate>2026-11-15T00:00:00Z</xmp:CreateDate>");
    assert_holds(said, "<dc:language><rdf:Bag><rdf:li>en<");
    assert_holds(said, "<xmp:CreatorTool>sitrep<");
    if (has_tool("xmllint"))
        output_of(*state, "pdfinfo -meta ours.pdf | xmllint --noout -");
}

static void the_catalog_is_for_readers(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    struct slice catalog = output_of(*state, "qpdf --show-object=1 ours.pdf");
    assert_holds(catalog, "/Type /Catalog");
    assert_holds(catalog, "/Lang (en)");
    assert_holds(catalog, "/ViewerPreferences << /DisplayDocTitle true >>");
    assert_holds(catalog, "/MarkInfo << /Marked true >>");
    assert_holds(catalog, "/StructTreeRoot ");
    assert_holds(catalog, "/PageLabels << /Nums [ 0 << /S /D /St 7 >> ] >>");
}

static void bookmarks_nest_and_keep_the_zoom(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    struct slice said =
        output_of(*state, "qpdf --json --json-key=outlines ours.pdf | tr -d ' \\n'");
    /* a skipped level hangs below the nearest higher one */
    assert_holds(said, "\"title\":\"حملے\"");
    assert_holds(said, "\"/XYZ\",null,791.89,null],\"destpageposfrom1\":1,\"kids\":[{");
    assert_holds(said, "\"/XYZ\",null,791.89,null],\"destpageposfrom1\":2,\"kids\":[]");
    assert_holds(said, "\"/XYZ\",null,545.28,null],\"destpageposfrom1\":3,\"kids\":[]");
    assert_holds(said, "\"title\":\"Districts\"}],\"object\"");
    assert_holds(said, "\"title\":\"Weeklybrief(46)\"},{");
}

static void links_and_their_targets_come_along(void **state)
{
    SKIP_WITHOUT_TOOL("pdfinfo");
    struct slice urls = output_of(*state, "pdfinfo -url ours.pdf");
    assert_int_equal(count_of(urls, "https://example.org/a%28b%29?c=d"), 3);
    assert_true(slice_equal(output_of(*state, "pdfinfo -dests ours.pdf"),
                            output_of(*state, "pdfinfo -dests cairo.pdf")));
    assert_holds(output_of(*state, "pdfinfo -dests ours.pdf"), "\"notes\"");
}

/* The objects are plain text in the file, in tree order. */
static void each_figure_has_its_own_words(void **state)
{
    struct slice bytes = output_of(*state, "cat ours.pdf");
    const char *const alt[] = {"/Alt (Attacks \\(by week\\) \\\\ 2026)\n",
                               "/Alt <FEFF062D0645064406D20020D83DDCC8>\n",
                               "/Alt (Third chart)\n"};
    assert_int_equal(count_of(bytes, "/S /Figure"), SAMPLE_FIGURES);
    assert_int_equal(count_of(bytes, "/Alt "), SAMPLE_FIGURES);
    for (size_t i = 0; i < SAMPLE_FIGURES; i++) {
        const char *at = find(bytes, "/S /Figure");
        bytes = slice_from(bytes, (size_t)(at - bytes.data) + 1);
        at = find(bytes, "/Alt ");
        assert_memory_equal(at, alt[i], strlen(alt[i]));
    }
}

static void header_cells_say_which_way_they_head(void **state)
{
    SKIP_WITHOUT_TOOL("pdfinfo");
    struct slice said = output_of(*state, "pdfinfo -struct ours.pdf | tr -d ' \\n'");
    assert_int_equal(
        count_of(
            said,
            "TRTH:/Scope/ColumnTH:/Scope/ColumnTRTH:/Scope/RowTDTRTH:/Scope/RowTD"),
        SAMPLE_PAGES);
}

static void furniture_is_an_artifact_and_no_element(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    struct slice tree = output_of(*state, "pdfinfo -struct-text ours.pdf");
    assert_null(find(tree, "Private"));
    assert_null(find(tree, "Running head"));
    assert_holds(output_of(*state, "pdfinfo -struct-text cairo.pdf"), "Running head");
    struct slice content = output_of(
        *state,
        "qpdf --qdf --object-streams=disable --stream-data=uncompress ours.pdf -");
    assert_int_equal(count_of(content, "\n/Artifact BMC\n"), 2 * SAMPLE_PAGES);
    assert_null(find(content, "/MCID 0 "));
    assert_null(find(content, "/MCID 1 "));
    assert_holds(content, "/H1 << /MCID 2 >> BDC\n");
    assert_int_equal(count_of(content, "BDC\n") + count_of(content, "BMC\n"),
                     count_of(content, "EMC\n"));
}

/* What a program may ask cairo for, see main.c. */
static void plain_contents_give_the_same_document(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    struct state *own = *state;
    struct slice cairo;
    setenv("CAIRO_DEBUG_PDF", "1", 1);
    assert_true(surface_draw_pdf(&sample_drawing, own->arena, &cairo, own->diags));
    unsetenv("CAIRO_DEBUG_PDF");
    assert_true(cairo.size > own->cairo.size);
    save(own, "plain.pdf", graft(own, cairo, &sample_info));
    struct slice ours = output_of(own, "qpdf --qdf ours.pdf - | grep -av /ID");
    struct slice theirs = output_of(own, "qpdf --qdf plain.pdf - | grep -av /ID");
    assert_true(ours.size > 1000 && slice_equal(ours, theirs));
    assert_null(find(output_of(own, "cat plain.pdf"), " Tm"));
}

static void same_pages_give_the_same_bytes(void **state)
{
    struct state *own = *state;
    struct slice first = output_of(own, "cat ours.pdf"), again;
    assert_true(surface_draw_pdf(&sample_drawing, own->arena, &again, own->diags));
    assert_true(slice_equal(graft(own, again, &sample_info), first));
}

/* cairo writes the time into its own PDF. */
static void the_clock_leaves_no_trace(void **state)
{
    struct state *own = *state;
    char *other = arena_copy(own->arena, own->cairo.data, own->cairo.size);
    char *date = memmem(other, own->cairo.size, "/CreationDate (D:2", 18);
    assert_non_null(date);
    memcpy(date + 17, "19991231235959", 14);
    struct slice changed = {other, own->cairo.size};
    assert_false(slice_equal(changed, own->cairo));
    assert_true(
        slice_equal(graft(own, changed, &sample_info), output_of(own, "cat ours.pdf")));
}

static void the_id_is_made_from_the_content(void **state)
{
    struct state *own = *state;
    struct pdf_info other = sample_info;
    other.subject = SLICE_LITERAL("Security!");
    struct slice one = graft(own, own->cairo, &sample_info);
    struct slice two = graft(own, own->cairo, &other);
    const char *first = find(one, "/ID [ <"), *second = find(two, "/ID [ <");
    assert_non_null(first);
    assert_non_null(second);
    assert_memory_equal(first + 7, first + 7 + 35, 32);
    assert_memory_not_equal(first + 7, second + 7, 32);
}

static void assert_refused(struct state *own, struct slice cairo,
                           const struct pdf_info *info, const char *code,
                           const char *wanted)
{
    struct text out = {.arena = own->arena};
    struct diags *diags = diags_new(own->arena);
    if (pdf_write(cairo, info, keep, &out, diags))
        fail_msg("not refused, expected: %s", wanted);
    assert_int_equal(out.size, 0);
    assert_int_equal(diags_count(diags, SEVERITY_ERROR), 1);
    assert_string_equal(diags_at(diags, 0)->code, code);
    assert_holds(slice_of(diags_at(diags, 0)->message), wanted);
}

static void words_for_another_number_of_figures_are_refused(void **state)
{
    struct state *own = *state;
    struct pdf_info info = sample_info;
    info.figure_count = 2;
    assert_refused(own, own->cairo, &info, "I302",
                   "3 figures are tagged, 2 were described");
}

static void a_bookmark_to_no_page_is_refused(void **state)
{
    struct state *own = *state;
    struct pdf_bookmark stray = {1, SLICE_LITERAL("Annex"), 3, 0};
    struct pdf_info info = sample_info;
    info.bookmark = &stray;
    info.bookmark_count = 1;
    assert_refused(own, own->cairo, &info, "I303", "\"Annex\" leads to page 4 of 3");
}

static void a_full_disk_is_told(void **state)
{
    struct state *own = *state;
    struct diags *diags = diags_new(own->arena);
    assert_false(pdf_write(own->cairo, &sample_info, refuse, NULL, diags));
    assert_string_equal(diags_at(diags, 0)->code, "I305");
}

static void changed(struct state *own, const char *from, const char *to,
                    const char *code, const char *wanted)
{
    assert_int_equal(strlen(from), strlen(to));
    char *bytes = arena_copy(own->arena, own->cairo.data, own->cairo.size);
    char *at = memmem(bytes, own->cairo.size, from, strlen(from));
    assert_non_null(at);
    memcpy(at, to, strlen(to));
    assert_refused(own, (struct slice){bytes, own->cairo.size}, &sample_info, code,
                   wanted);
}

static void what_would_be_half_right_is_refused(void **state)
{
    struct state *own = *state;
    changed(own, "/Type /Page % 1", "/Type /Pags % 1", "I303", "page 1");
    changed(own, "/Kids [ ", "/Kidz [ ", "I303", "no pages");
    changed(own, "/Type /StructElem", "/Type /StructXlem", "I302", "isn't one element");
    changed(own, "/ParentTree ", "/ParentTreX ", "I302", "no parent tree");
    changed(own, "<< /Nums [\n   0 ", "<< /Nums [\n   9 ", "I302", "no parent tree");
    changed(own, "/MarkInfo ", "/Markings ", "I303", "has an unknown \"/Markings\"");
    changed(own, "/Annots ", "/Annotx ", "I303", "has an unknown \"/Annotx\"");
    changed(own, "/FontDescriptor 1", "/FontDescriptor 9", "I303", "isn't there");
}

/* Any single broken byte gives a document or one clear refusal, never a crash. */
static void broken_bytes_are_survived(void **state)
{
    struct state *own = *state;
    struct slice whole = own->cairo;
    for (size_t at = 1; at < whole.size; at += 211) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new(arena);
        struct text out = {.arena = arena};
        char *bytes = malloc(whole.size);
        memcpy(bytes, whole.data, whole.size);
        bytes[at] = (char)(bytes[at] ^ (1 << at % 8));
        bool ok = pdf_write((struct slice){bytes, whole.size}, &sample_info, keep, &out,
                            diags);
        assert_int_equal(ok, diags_count(diags, SEVERITY_ERROR) == 0);
        assert_int_equal(ok, out.size != 0);
        free(bytes);
        arena_free(arena);
    }
}

static void a_thousand_briefs_need_no_more_memory_than_ten(void **state)
{
    struct state *own = *state;
    size_t after_ten = 0;
    struct arena *arena = arena_new();
    for (int i = 0; i < 1000; i++) {
        arena_reset(arena);
        struct text out = {.arena = arena};
        assert_true(pdf_write(own->cairo, &sample_info, keep, &out, own->diags));
        if (i == 9)
            after_ten = mallinfo2().uordblks + mallinfo2().hblkhd;
    }
    assert_in_range(mallinfo2().uordblks + mallinfo2().hblkhd, 0, after_ten);
    arena_free(arena);
}

static void draw_plain(cairo_t *cairo, size_t page, void *context)
{
    (void)context;
    cairo_rectangle(cairo, 10, 10, 20 + (double)(page % 50), 20);
    cairo_fill(cairo);
}

/* libharu's arrays end at 32,767 items; nodes of 1,000 pages keep clear of that. */
static void many_untagged_pages_become_a_tree(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    enum { MANY = 2500 };
    struct state *own = *state;
    struct surface_size *size = ARENA_ARRAY(own->arena, struct surface_size, MANY);
    for (size_t i = 0; i < MANY; i++)
        size[i] = (struct surface_size){100, 100};
    const struct surface_drawing drawing = {
        .page_count = MANY, .size = size, .draw = draw_plain};
    const struct pdf_info info = {.title = SLICE_LITERAL("Annex")};
    struct slice cairo;
    assert_true(surface_draw_pdf(&drawing, own->arena, &cairo, own->diags));
    struct slice ours = graft(own, cairo, &info);
    assert_null(find(ours, "/StructTreeRoot"));
    assert_null(find(ours, "/Outlines"));
    assert_null(find(ours, "/Lang"));
    save(own, "many.pdf", ours);
    assert_holds(output_of(own, "qpdf --check many.pdf"), "No syntax");
    assert_slice(output_of(own, "qpdf --show-npages many.pdf"), "2500\n");
}

static void draw_partly_as_picture(cairo_t *cairo, size_t page, void *context)
{
    (void)context;
    sample_furniture(cairo, page);
    sample_element(cairo, "P", "Inter 10", 50, 90, "words");
    cairo_set_operator(cairo, CAIRO_OPERATOR_ADD);
    cairo_set_source_rgba(cairo, .5, .2, .1, .5);
    cairo_rectangle(cairo, 60, 80, 50, 50);
    cairo_fill(cairo);
}

/* cairo puts such a page's content where its marks can't be found. */
static void a_page_that_is_partly_a_picture_is_told_and_written(void **state)
{
    SKIP_WITHOUT_TOOL("qpdf");
    struct state *own = *state;
    struct surface_drawing drawing = sample_drawing;
    struct diags *diags = diags_new(own->arena);
    struct text out = {.arena = own->arena};
    struct pdf_info info = sample_info;
    struct slice cairo;
    drawing.draw = draw_partly_as_picture;
    drawing.page_count = 1;
    info.figure_count = info.bookmark_count = 0;
    assert_true(surface_draw_pdf(&drawing, own->arena, &cairo, diags));
    assert_true(pdf_write(cairo, &info, keep, &out, diags));
    assert_int_equal(diags_count(diags, SEVERITY_WARNING), 1);
    assert_string_equal(diags_at(diags, 0)->code, "I304");
    save(own, "picture.pdf", text_slice(&out));
    assert_holds(output_of(own, "qpdf --check picture.pdf"), "No syntax");
}

static void right_to_left_languages_turn_the_pages_the_other_way(void **state)
{
    struct state *own = *state;
    struct pdf_info info = sample_info;
    const char *const languages[] = {"ur", "ar-SA", "urn", "en", "u", ""};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        info.language = slice_of(languages[i]);
        bool turned = find(graft(own, own->cairo, &info), "/Direction /R2L") != NULL;
        assert_int_equal(turned, i < 2);
    }
}

static void draw_urdu_target(cairo_t *cairo, size_t page, void *context)
{
    (void)page;
    (void)context;
    cairo_tag_begin(cairo, CAIRO_TAG_LINK, "dest='ضلع \xF0\x9F\x93\x88'");
    cairo_rectangle(cairo, 10, 10, 20, 20);
    cairo_fill(cairo);
    cairo_tag_end(cairo, CAIRO_TAG_LINK);
    cairo_tag_begin(cairo, CAIRO_TAG_DEST, "name='ضلع \xF0\x9F\x93\x88'");
    cairo_tag_end(cairo, CAIRO_TAG_DEST);
}

static void a_link_and_its_target_have_the_same_name_in_urdu(void **state)
{
    struct state *own = *state;
    struct surface_drawing drawing = sample_drawing;
    const struct pdf_info info = {.title = SLICE_LITERAL("t")};
    struct slice cairo;
    drawing.draw = draw_urdu_target;
    drawing.page_count = 1;
    assert_true(surface_draw_pdf(&drawing, own->arena, &cairo, own->diags));
    assert_holds(cairo, "/Dest <FEFF0636");
    struct slice ours = graft(own, cairo, &info);
    assert_holds(ours, "/Dest <D8B6D984D8B920F09F9388>\n");
    assert_holds(ours, "(ضلع \xF0\x9F\x93\x88) [");
}

static void endless_words_are_clipped_and_broken_ones_mended(void **state)
{
    SKIP_WITHOUT_TOOL("pdfinfo");
    struct state *own = *state;
    struct pdf_info info = sample_info;
    size_t size = 200000;
    char *letters = arena_alloc(own->arena, size);
    memset(letters, 'x', size);
    struct pdf_bookmark long_one = {1, {letters, size}, 0, 0};
    info.bookmark = &long_one;
    info.bookmark_count = 1;
    info.title = (struct slice){letters, size};
    info.author = SLICE_LITERAL("a\x01\xFF\xC3");
    info.created_day = INT32_MAX;
    save(own, "long.pdf", graft(own, own->cairo, &info));
    assert_holds(output_of(own, "qpdf --check long.pdf"), "No syntax");
    struct slice said = output_of(own, "pdfinfo long.pdf");
    assert_holds(said, "xxxx…\n");
    assert_null(find(said, "CreationDate"));
    assert_holds(output_of(own, "pdfinfo -meta long.pdf"), "<rdf:li>a���</rdf:li>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qpdf_finds_nothing_to_say),
        cmocka_unit_test(the_text_is_that_of_cairos_own_pdf),
        cmocka_unit_test(the_pixels_are_those_of_cairos_own_pdf),
        cmocka_unit_test(all_fonts_are_embedded_and_subset),
        cmocka_unit_test(vector_drawings_stay_vector),
        cmocka_unit_test(the_document_says_what_it_is),
        cmocka_unit_test(xmp_says_the_same_and_is_escaped),
        cmocka_unit_test(the_catalog_is_for_readers),
        cmocka_unit_test(bookmarks_nest_and_keep_the_zoom),
        cmocka_unit_test(links_and_their_targets_come_along),
        cmocka_unit_test(each_figure_has_its_own_words),
        cmocka_unit_test(header_cells_say_which_way_they_head),
        cmocka_unit_test(furniture_is_an_artifact_and_no_element),
        cmocka_unit_test(plain_contents_give_the_same_document),
        cmocka_unit_test(same_pages_give_the_same_bytes),
        cmocka_unit_test(the_clock_leaves_no_trace),
        cmocka_unit_test(the_id_is_made_from_the_content),
        cmocka_unit_test(words_for_another_number_of_figures_are_refused),
        cmocka_unit_test(a_bookmark_to_no_page_is_refused),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(what_would_be_half_right_is_refused),
        cmocka_unit_test(broken_bytes_are_survived),
        cmocka_unit_test(a_thousand_briefs_need_no_more_memory_than_ten),
        cmocka_unit_test(many_untagged_pages_become_a_tree),
        cmocka_unit_test(a_page_that_is_partly_a_picture_is_told_and_written),
        cmocka_unit_test(right_to_left_languages_turn_the_pages_the_other_way),
        cmocka_unit_test(a_link_and_its_target_have_the_same_name_in_urdu),
        cmocka_unit_test(endless_words_are_clipped_and_broken_ones_mended),
    };
    return cmocka_run_group_tests(tests, open_group, close_folder);
}
