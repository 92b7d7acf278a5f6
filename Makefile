# SPDX-License-Identifier: MIT
# matgrad. `make help` says what can be made; `make demo` needs a C compiler and make, nothing else.

MODE ?= release
BLAS ?= auto
MATIO ?= auto
EDIT ?= auto
PREFIX ?= /usr/local
VERSION := 0.1.0
SOVERSION := 0

ifneq ($(filter deps,$(MAKECMDGOALS)),)
# What deps installs decides how the rest is built: it runs first, and the other goals in a make of their own.
.PHONY: deps rest $(MAKECMDGOALS)
deps: ; @sh tests/support/deps.sh
others := $(filter-out deps,$(MAKECMDGOALS))
ifneq ($(others),)
rest: deps ; +@$(MAKE) --no-print-directory $(others)
$(others): rest ; @:
endif
else

BUILD := build/$(MODE)$(if $(filter-out auto,$(BLAS)),-$(BLAS))$(if $(filter none,$(MATIO)),-nomatio)
include $(BUILD)/config.mk
include $(BUILD)/command.mk

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
FLAGS_release := -O3 -g -DNDEBUG
FLAGS_debug := -O0 -g -DMGD_DEBUG
FLAGS_asan := -O1 -g -DMGD_DEBUG -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
FLAGS_coverage := -O0 -g --coverage
FLAGS_fuzz := $(FLAGS_asan) -fsanitize=fuzzer-no-link
ifeq ($(FLAGS_$(MODE)),)
$(error MODE is $(MODE), not one of release, debug, asan, coverage, fuzz)
endif
# Rounding is the same on every machine: no contraction into fused multiply-adds outside plain/, where only speed and
# error bounds count. Traps and errno are not used, which lets loops with a condition vectorise.
CFLAGS ?=
# make V=1 shows the commands
Q := $(if $(V),,@)
say = $(if $(V)$(findstring s,$(firstword -$(MAKEFLAGS))),,@echo '  $1')
ALL_CFLAGS := -std=c11 $(FLAGS_$(MODE)) $(WARN) -fPIC -ffp-contract=off -fno-math-errno -fno-trapping-math \
	-Iinclude -Isrc -DMGD_VERSION='"$(VERSION)"' $(BLAS_CFLAGS) $(CFLAGS)
LINK := $(FLAGS_$(MODE)) $(LDFLAGS)
LIBS := $(BLAS_LIBS) $(MATIO_LIBS) -lm

# Every .c file is found, not listed. The providers of linalg/ are compiled once for each precision.
twice := $(foreach folder,$(LINALG),$(wildcard src/linalg/$(folder)/*.c)) $(wildcard src/linalg/both/*.c)
once := $(filter-out src/linalg/% src/cli/%,$(wildcard src/*/*.c src/*/*/*.c)) $(wildcard src/linalg/*.c)
objects := $(once:%.c=$(BUILD)/%.o) $(twice:%.c=$(BUILD)/%.double.o) $(twice:%.c=$(BUILD)/%.float.o)
library := $(BUILD)/libmatgrad.a
shared := $(BUILD)/libmatgrad.so.$(VERSION)
speaking := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/cli/*.c))
command := $(BUILD)/matgrad
examples := $(patsubst %.c,$(BUILD)/%,$(wildcard examples/*.c))
helpers := $(patsubst %.c,$(BUILD)/%.o,$(wildcard examples/support/*.c))
support := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
tests := $(patsubst %.c,$(BUILD)/%,$(filter-out tests/support/% tests/bench/% tests/fuzz/%,$(wildcard tests/*/*.c)))
benches := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
fuzzers := $(patsubst %.c,build/fuzz/%,$(wildcard tests/fuzz/*.c))
generated := include/matgrad/ops.h src/ops/list.h src/ops/list.c src/ops/manual.c docs/operations.md src/text/functions.c
operations := $(filter-out src/ops/list.c src/ops/manual.c,$(wildcard src/ops/*/*.c))
ifeq ($(filter check-generated help clean format lint,$(MAKECMDGOALS)),)
include build/generated.mk
endif

.PHONY: all lib demo check check-asan check-valgrind check-layers check-generated check-mutants coverage fuzz bench \
	deps format lint install uninstall clean help FORCE
MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:

all: lib $(command) $(examples)	## the library, static and shared, the command and the examples

lib: $(library) $(shared)

demo: $(BUILD)/examples/seed	## build and run examples/seed
	@$(BUILD)/examples/seed

$(BUILD)/config.mk: FORCE
	@mkdir -p $(@D)
	@sh src/linalg/detect.sh '$(BLAS)' '$(CC)' >$@.new
	@sh src/files/detect.sh '$(MATIO)' '$(CC)' >>$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; \
	    sed -n -e 's/^BLAS_NAME = \(.*\)/matgrad: linear algebra: \1/p' \
	        -e 's/^MATIO_NAME = \(.*\)/matgrad: MAT-files: \1/p' $@ >&2; fi

$(BUILD)/command.mk: FORCE
	@mkdir -p $(@D)
	@sh src/cli/detect.sh '$(EDIT)' '$(CC)' >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; \
	    sed -n 's/^EDIT_NAME = \(.*\)/matgrad: line editing: \1/p' $@ >&2; fi

$(BUILD)/src/%.double.o: src/%.c $(BUILD)/config.mk
	@mkdir -p $(@D)
	$(call say,CC   $<)
	$(Q)$(CC) $(ALL_CFLAGS) $(FLAGS_OF_$(*F)) -MMD -MP -c $< -o $@

$(BUILD)/src/%.float.o: src/%.c $(BUILD)/config.mk
	@mkdir -p $(@D)
	$(call say,CC   $<)
	$(Q)$(CC) $(ALL_CFLAGS) $(FLAGS_OF_$(*F)) -DMGD_FLOAT -MMD -MP -c $< -o $@

$(BUILD)/tests/%.o: ALL_CFLAGS += -Itests

$(BUILD)/%.o: %.c $(BUILD)/config.mk
	@mkdir -p $(@D)
	$(call say,CC   $<)
	$(Q)$(CC) $(ALL_CFLAGS) $(FLAGS_OF_$(*F)) -MMD -MP -c $< -o $@

$(speaking): ALL_CFLAGS += $(EDIT_CFLAGS)
$(speaking): $(BUILD)/command.mk

# linalg/ says which provider it was built with; the fast products may contract.
FLAGS_OF_provider := -DMGD_BLAS_NAME='"$(BLAS_NAME)"'
FLAGS_OF_gemm := -ffp-contract=fast
# files/ reads MAT-files with libmatio where it is installed.
FLAGS_OF_mat = $(MATIO_CFLAGS)

$(library): $(objects)
	$(call say,AR   $@)
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $(objects)

$(shared): $(objects) src/matgrad.map
	$(call say,LINK $@)
	$(Q)$(CC) -shared $(LINK) -Wl,-soname,libmatgrad.so.$(SOVERSION) -Wl,--version-script=src/matgrad.map -o $@ $(objects) $(LIBS)
	$(Q)ln -sf $(@F) $(@D)/libmatgrad.so.$(SOVERSION)
	$(Q)ln -sf libmatgrad.so.$(SOVERSION) $(@D)/libmatgrad.so

$(command): $(speaking) $(library)
	$(call say,LINK $@)
	$(Q)$(CC) $(LINK) -o $@ $^ $(EDIT_LIBS) $(LIBS)

# The manual page and the completions are the command's own words.
$(BUILD)/matgrad.1: $(command)
	$(Q)$(command) help --man >$@
$(BUILD)/matgrad.bash: $(command)
	$(Q)$(command) help --completion=bash >$@
$(BUILD)/_matgrad: $(command)
	$(Q)$(command) help --completion=zsh >$@

$(BUILD)/examples/%: $(BUILD)/examples/%.o $(helpers) $(library)
	$(call say,LINK $@)
	$(Q)$(CC) $(LINK) -o $@ $^ $(LIBS)

# The list of operations, their prototypes and their manual follow from the operations' own files. This is a makefile so
# that make begins again when it was made: what was generated has then its new date.
build/generated.mk: $(operations) src/ops/generate.sh src/text/generate.sh
	@mkdir -p $(@D)
	@sh src/ops/generate.sh
	@sh src/text/generate.sh
	@touch $@

check: $(tests) $(examples) $(command)	## run every test (needs Check and MPFR, which make deps installs)
	@sh tests/support/run.sh $(sort $(tests))

$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(library)
	$(call say,LINK $@)
	$(Q)$(CC) $(LINK) -o $@ $^ $(LIBS)

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(library)
	$(call say,LINK $@)
	$(Q)$(CC) $(LINK) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(support) $(library)
	$(call say,LINK $@)
	$(Q)$(CC) $(LINK) -o $@ $^ $$(pkg-config --libs check mpfr) $(LIBS) $(LINK_OF_$(*F))

$(filter $(BUILD)/tests/cli/% $(BUILD)/tests/docs/%,$(tests)): | $(command)

# The test of running out of memory fails the library's k-th allocation, for every k.
LINK_OF_memory := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc,--wrap=free
LINK_OF_program_memory := $(LINK_OF_memory)

check-asan:	## the tests under the address and undefined-behaviour sanitizers
	+@$(MAKE) MODE=asan check

check-valgrind: $(tests) $(examples) $(command)	## the tests under valgrind
	@CK_FORK=no RUN='valgrind -q --error-exitcode=9 --leak-check=full' sh tests/support/run.sh $(sort $(tests))

check-layers: $(library) $(shared) $(command)	## a folder includes only what stands below it; exported names begin with mgd_
	@sh tests/support/layers.sh $(library)

check-generated:	## the generated files are current
	@sh src/ops/generate.sh --check
	@sh src/text/generate.sh --check

check-mutants: $(filter $(BUILD)/tests/ops/%,$(tests))	## plant a mistake in every contribution of every rule
	@sh tests/support/mutants.sh $(BUILD)/tests/ops

coverage:	## line coverage of src/ by the tests
	+@$(MAKE) MODE=coverage check
	@sh tests/support/coverage.sh build/coverage

FUZZ_SECONDS ?= 60
fuzz:	## every tests/fuzz/*.c for FUZZ_SECONDS (60), under clang's libFuzzer and sanitizers
	@sh tests/support/fuzz.sh --runtime
	+@$(MAKE) MODE=fuzz CC=clang $(fuzzers)
	@sh tests/support/fuzz.sh $(FUZZ_SECONDS) $(fuzzers)

bench: $(benches)	## time against references in the same process
	@for b in $(sort $(benches)); do env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE $$b || exit 1; done

format:	## clang-format every file that is not generated
	clang-format -i $(filter-out $(generated),$(shell git ls-files '*.c' '*.h'))

lint:	## clang-tidy, cppcheck and shellcheck
	clang-tidy --quiet $(once) -- -std=c11 -Iinclude -Isrc -DMGD_VERSION='"$(VERSION)"' $(FLAGS_OF_provider)
	clang-tidy --quiet $(wildcard src/cli/*.c) -- -std=c11 -Iinclude -Isrc -DMGD_VERSION='"$(VERSION)"' $(EDIT_CFLAGS)
	cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr -Iinclude -Isrc src examples
	shellcheck $$(git ls-files '*.sh')

install: lib $(command) $(BUILD)/matgrad.1 $(BUILD)/matgrad.bash $(BUILD)/_matgrad	## under PREFIX (/usr/local), staged by DESTDIR
	install -d $(DESTDIR)$(PREFIX)/include/matgrad $(DESTDIR)$(PREFIX)/lib/pkgconfig
	install -m 644 include/matgrad.h $(DESTDIR)$(PREFIX)/include
	install -m 644 include/matgrad/*.h $(DESTDIR)$(PREFIX)/include/matgrad
	install -m 644 $(library) $(DESTDIR)$(PREFIX)/lib
	install -m 755 $(shared) $(DESTDIR)$(PREFIX)/lib
	ln -sf libmatgrad.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libmatgrad.so.$(SOVERSION)
	ln -sf libmatgrad.so.$(SOVERSION) $(DESTDIR)$(PREFIX)/lib/libmatgrad.so
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -m 755 $(command) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(BUILD)/matgrad.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 $(BUILD)/matgrad.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/matgrad
	install -m 644 $(BUILD)/_matgrad $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	printf '%s\n' 'prefix=$(PREFIX)' 'Name: matgrad' 'Description: derivatives of matrix expressions' \
	    'Version: $(VERSION)' 'Cflags: -I$${prefix}/include' 'Libs: -L$${prefix}/lib -lmatgrad' \
	    'Libs.private: $(LIBS)' >$(DESTDIR)$(PREFIX)/lib/pkgconfig/matgrad.pc

uninstall:	## what install put there
	rm -rf $(DESTDIR)$(PREFIX)/include/matgrad $(DESTDIR)$(PREFIX)/include/matgrad.h
	rm -f $(DESTDIR)$(PREFIX)/bin/matgrad $(DESTDIR)$(PREFIX)/share/man/man1/matgrad.1 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions/matgrad $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_matgrad
	rm -f $(DESTDIR)$(PREFIX)/lib/libmatgrad.* $(DESTDIR)$(PREFIX)/lib/pkgconfig/matgrad.pc

clean:	## remove build/
	rm -rf build

help:	## this list
	@echo 'MODE=release|debug|asan|coverage|fuzz   BLAS=auto|builtin|PKG   MATIO=auto|none   EDIT=auto|none   CC=gcc|clang   PREFIX=/usr/local'
	@echo '  deps             what tests and optional parts need (Debian packages)'
	@sed -n 's/^\([a-z-]*\):.*##/  \1:/p' Makefile | awk -F: '{ printf "  %-16s %s\n", $$1, $$2 }' | sed 's/^    /  /'

-include $(wildcard $(objects:.o=.d) $(speaking:.o=.d)) $(wildcard $(BUILD)/tests/*/*.d $(BUILD)/examples/*.d $(BUILD)/examples/*/*.d)

endif
