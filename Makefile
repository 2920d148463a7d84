# SPDX-License-Identifier: GPL-3.0-or-later
# GNU make. `make help` lists the targets.
BUILD ?= release
JOBS  ?= $(shell nproc)
B     := build/$(BUILD)
CC    ?= gcc

# What a bare Debian 12 lacks, to build and to test.
PACKAGES      := gcc libc6-dev pkg-config libcairo2-dev libpango1.0-dev libhpdf-dev zlib1g-dev libhyphen-dev \
                 libcmark-gfm-dev libcmark-gfm-extensions-dev libfyaml-dev libcsv-dev \
                 libutf8proc-dev r-mathlib librsvg2-2 \
                 fonts-inter fonts-noto-core fonts-dejavu-core hyphen-en-us
TEST_PACKAGES := libcmocka-dev poppler-utils qpdf libproj-dev libshp-dev libjansson-dev
CHECK_PACKAGES := clang clang-format libclang-rt-14-dev

PKG     := cairo pango harfbuzz fontconfig zlib libcmark-gfm libfyaml libutf8proc
WARN    := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
OPT     := -O2 -g
ifeq ($(BUILD),san)
OPT     := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
export LSAN_OPTIONS = suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0
endif
ifeq ($(BUILD),fuzz)
CC      := clang
OPT     := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
export LSAN_OPTIONS = suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0
endif
CFLAGS  = -std=c11 -D_GNU_SOURCE -Isrc $(OPT) $(WARN) $(WERROR) -ffp-contract=off \
          $(shell pkg-config --cflags $(PKG)) $(EXTRA)
LDLIBS  = $(shell pkg-config --libs $(PKG)) -lcmark-gfm-extensions -lhpdf -lhyphen -lcsv -lRmath -lpthread -lm
# What tests draw sample pages with.
TEST_LIBS = $(shell pkg-config --cflags --libs pangocairo)

ROOMS   := base data stats template layout chart map block press brief cli
SOURCES := $(wildcard $(ROOMS:%=src/%/*.c)) $(wildcard src/sitrep.c)
OBJECTS := $(SOURCES:src/%.c=$(B)/%.o)
B_SAMPLES := build/samples/generate
FUZZERS := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 60
TESTS   := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/test_*.c))

all: $(B)/sitrep $(B)/libsitrep.a ## sitrep and libsitrep

# What Debian has as archives the program takes parts of. So a process loads 23 files
# less, X11's among them, and starts in half the time.
ARCHIVES := cairo pixman-1 hyphen fyaml cmark-gfm-extensions cmark-gfm utf8proc csv Rmath
ifeq ($(BUILD)$(notdir $(wildcard $(shell { $(CC) -print-file-name=libcairo.a; } 2>/dev/null))),releaselibcairo.a)
# librsvg, loaded when a picture is an SVG, has to call this very cairo.
STATIC  = "-Wl,--export-dynamic-symbol=cairo_*" -Wl,-u,cairo_surface_create_for_rectangle \
          -Wl,--as-needed -Wl,-Bstatic $(ARCHIVES:%=-l%) -Wl,-Bdynamic -lpng \
          -Wl,--wrap=_cairo_output_stream_printf -Wl,--wrap=__snprintf_chk \
          -Wl,--wrap=_cairo_path_fixed_stroke_extents
WRAPPER = $(B)/cairo_shortcuts.o
endif
$(B)/sitrep: $(B)/main.o $(WRAPPER) $(B)/libsitrep.a
	@echo "  link $@"
	@$(CC) $(OPT) -o $@ $^ $(STATIC) $(LDLIBS)
$(B)/libsitrep.a: $(OBJECTS)
	@rm -f $@
	@ar rcs $@ $^
$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  $(CC) $<"
	@$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
# What the tests measure us against.
$(B)/tests/test_projection: LDLIBS += -lproj
$(B)/tests/test_boundary: LDLIBS += -lshp
$(patsubst %,$(B)/tests/test_%,boundary csv json oracles query_stat stats_registry traceable) $(B)/tests/oracles: LDLIBS += -ljansson
$(B)/tests/%: tests/%.c $(B)/libsitrep.a
	@mkdir -p $(@D)
	@echo "  $(CC) $<"
	@$(CC) $(CFLAGS) -Itests -MMD -MP -o $@ $< $(B)/libsitrep.a -lcmocka $(LDLIBS) $(TEST_LIBS)

build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c build/fuzz/libsitrep.a
	$(CC) $(CFLAGS) -fsanitize=fuzzer -MMD -MP -o $@ $< build/fuzz/libsitrep.a $(LDLIBS)

install-packages: ## installs what the build lacks (Debian)
	@.ci/install $(PACKAGES)
install-test-packages:
	@.ci/install $(PACKAGES) $(TEST_PACKAGES)

demo: install-packages ## installs what is missing, builds, writes a brief from samples/
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@mkdir -p build/demo
	@$(B)/sitrep render templates/weekly.md -o build/demo/weekly.pdf
	@echo "the brief: build/demo/weekly.pdf"

test: install-test-packages ## installs what tests need; unit tests and cases
	@$(MAKE) --no-print-directory -j$(JOBS) run-tests
run-tests: all $(TESTS) $(B_SAMPLES)
	@tests/run $(B)

check: format-check layers ## before every commit: format, layers, gcc, clang, ASan + UBSan
	@$(MAKE) --no-print-directory WERROR=-Werror run-tests
	@$(MAKE) --no-print-directory BUILD=clang CC=clang WERROR=-Werror all
	@$(MAKE) --no-print-directory BUILD=san WERROR=-Werror run-tests

# The generator of samples/ needs nothing but a C compiler; the base map comes from a
# larger file, by sitrep's own reader
$(B_SAMPLES): $(filter-out samples/districts.c,$(wildcard samples/*.c samples/*.h samples/*.def))
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARN) $(WERROR) -ffp-contract=off -o $@ $(filter %.c,$^) -lm
samples: $(B_SAMPLES) ## writes the synthetic sample files again
	@$(B_SAMPLES) samples
DISTRICTS := ../shared/data/boundaries-pakistan/wof-districts.geojson
build/samples/districts: samples/districts.c $(B)/libsitrep.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^ $(LDLIBS)
base-map: build/samples/districts ## writes samples/districts.geojson again, from DISTRICTS=FILE
	@build/samples/districts $(DISTRICTS) > samples/districts.geojson

# Benchmarks: whole processes, beside other tools where they are installed.
BENCH_TOOLS   := build/bench/measure build/bench/incidents
BENCH_READERS := $(patsubst ../shared/bench/%.c,build/bench/%,$(wildcard ../shared/bench/csvcount_*.c))
build/bench/measure: tests/bench/measure.c
build/bench/incidents: tests/bench/incidents.c \
    $(addprefix samples/,country.c incident.c prose.c random.c)
$(BENCH_TOOLS):
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -Isamples -O2 $(WARN) $(WERROR) -ffp-contract=off -o $@ $^ -lm
$(BENCH_READERS): build/bench/%: ../shared/bench/%.c
	@mkdir -p $(@D)
	$(CC) -O2 -o $@ $< -lcsv
bench: all $(BENCH_TOOLS) $(BENCH_READERS) ## sitrep beside other tools: make bench ROWS=1000 RUNS=5 PEERS=none
	@tests/bench/run $(B)/sitrep build/bench
	@echo
	@tests/bench/briefs $(B)/sitrep build/bench
	@echo
	@$(MAKE) --no-print-directory bench-annex
	@$(MAKE) --no-print-directory bench-statistics
bench-annex: all $(BENCH_TOOLS) ## long documents: pages a second, memory against pages: PAGES="30 300" KINDS=prose
	@tests/bench/annex $(B)/sitrep build/bench
bench-statistics: $(B)/tests/bench/statistics $(B)/tests/bench/false_alarms ## time of a brief's statistics, and how often they cry wolf
	@$(B)/tests/bench/statistics
	@$(B)/tests/bench/false_alarms $(SERIES)

gallery: all $(B)/tests/gallery ## every kind of chart with ordinary, ugly and real data: build/gallery/
	@mkdir -p build/gallery
	@$(B)/tests/gallery build/gallery $(KIND)
	@tests/gallery/run $(B)/sitrep build/gallery
manual: all $(B)/tests/test_manual ## writes templates/README.md's tables and templates/editor/ anew
	@MANUAL=write $(B)/tests/test_manual >build/manual.log 2>&1 || { cat build/manual.log; exit 1; }
	@PATH="$(CURDIR)/$(B):$$PATH" SITREP_HOME="$(CURDIR)" sh templates/editor/generate templates/editor

oracles: all $(B)/tests/oracles ## every case of every method: make oracles ORACLES=dir
	@$(B)/tests/oracles $(ORACLES)
fuzz: ## each entry of tests/fuzz for FUZZ_SECONDS (60)
	@.ci/install $(PACKAGES) $(CHECK_PACKAGES)
	@$(MAKE) --no-print-directory BUILD=fuzz run-fuzzers
run-fuzzers: $(FUZZERS)
	@status=0; for fuzzer in $(FUZZERS); do \
	    name=$${fuzzer##*/fuzz_}; seeds=tests/fuzz/corpus/$$name; found=build/fuzz/corpus/$$name; \
	    mkdir -p $$found build/fuzz/$$name-fuzzed; [ -d $$seeds ] || seeds=; \
	    words=tests/fuzz/$$name.dict; [ -f $$words ] || words=; \
	    $$fuzzer -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 \
	        $${words:+-dict=$$words} \
	        -artifact_prefix=build/fuzz/$$name- $$found $$seeds >build/fuzz/$$name.log 2>&1 \
	        || { tail -n 60 build/fuzz/$$name.log; status=1; }; \
	    echo "$$name: $$(grep -o '^Done.*' build/fuzz/$$name.log || echo failed)"; \
	done; exit $$status
layers: ## include direction between folders
	@tests/layers
format: ## clang-format over all sources
	@git ls-files '*.c' '*.h' | xargs clang-format -i
format-check:
	@git ls-files '*.c' '*.h' | xargs clang-format --dry-run -Werror
help:
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 22
clean: ## removes build/
	rm -rf build

.PHONY: all manual bench bench-annex bench-statistics gallery samples base-map demo test run-tests check oracles fuzz run-fuzzers layers format format-check help clean \
        install-packages install-test-packages
-include $(FUZZERS:=.d) $(OBJECTS:.o=.d) $(B)/main.d $(B)/cairo_shortcuts.d $(TESTS:=.d) $(B)/tests/gallery.d

bless: all ## renews the expected files of one case: make bless CASE=name
	@test -n "$(CASE)" || { echo "which? make bless CASE=name"; exit 2; }
	@BLESS=1 CASE=$(CASE) tests/run-cases $(B)
.PHONY: bless
