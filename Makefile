# `make` lists the targets.
CARGO ?= cargo
# What is built already, in CI.
ERRGEN ?= $(CARGO) run --locked --quiet --

.DEFAULT_GOAL := help
.PHONY: help generate check site screenshots test test-rust test-sdk test-sdk-deep test-hostile test-editors test-ninja test-servers test-tutorial test-addresses test-jinja2 test-interpreted test-engines test-linear-time test-fuzz test-deep test-hostile-deep supply-chain bless lint bench bench-quick bench-lint bench-sdk

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

generate: ## Write generated/ from catalog.yaml
	@began=$$(date +%s); \
	tests/timed errgen 'compiling errgen' $(CARGO) build --locked --quiet && \
	tests/timed errgen generating $(CARGO) run --locked --quiet -- generate && \
	echo "generated in $$(($$(date +%s) - began)) s"

check: ## Fail if generated/ is not what catalog.yaml says
	@$(ERRGEN) check

site: ## Build the documentation site into target/site
	@$(CARGO) run --locked --quiet -- generate site --out target

screenshots: ## Take pictures of the site, into target/screenshots
	@tests/sdk/site/screenshots

test: ## Run all tests
	@tests/all

test-rust: ## Run the tests of errgen itself
	@tests/timed errgen tests $(CARGO) test --locked --quiet

test-sdk: ## Compile and check the generated modules with each language's own tools
	@tests/sdk/run

test-sdk-deep: ## The same with modules of 5,000 errors, which are also linted, formatted and documented, and with more tools
	@ERRGEN_LARGE=5000 ERRGEN_LINT_ALL=1 ERRGEN_DEEP=1 tests/sdk/run

test-hostile: ## Read a sample of hostile texts back from every target
	@tests/hostile/run

test-hostile-deep: ## Read more than 20,000 hostile texts back from every target
	@ERRGEN_RANDOM=100 ERRGEN_SWEPT=1 tests/hostile/run 5000 1 2 3 4 5

test-editors: ## Check the JSON Schemas, and edit a catalogue in yaml-language-server
	@tests/run editors

test-ninja: ## Build examples/ninja, and check what is built again after a change
	@tests/run ninja

test-servers: ## Start every server of examples/servers, and ask it for every error
	@tests/run servers

test-tutorial: ## Follow docs/tutorial.md in an empty folder
	@tests/run tutorial

test-addresses: ## Fetch every address of the site that stands in any output
	@tests/run addresses

test-jinja2: ## Run the script that errgen is measured against, and check what it writes
	@tests/run jinja2

test-linear-time: ## Run errgen on inputs of many shapes, each also at four times its size, and compare times and output
	@tests/run linear-time

test-fuzz: ## Run each fuzz target for ERRGEN_FUZZ_SECONDS seconds (default 300)
	@ERRGEN_FUZZ_SECONDS=$${ERRGEN_FUZZ_SECONDS:-300} tests/run fuzz

test-interpreted: ## Check the output of errgen without compiled templates
	@$(CARGO) test --locked --quiet --no-default-features --test golden

test-engines: ## Compare compiled templates with Tera in 100,000 random cases
	@ERRGEN_CASES=$${ERRGEN_CASES:-100000} $(CARGO) test --locked --quiet --test engines

test-deep: test-sdk-deep test-hostile-deep test-linear-time test-fuzz test-engines test-interpreted ## Run the long tests (large modules, hostile texts, linear time, fuzzing, both template engines); more than an hour

supply-chain: ## Check the licences, sources, versions and use of the dependencies
	@tests/run supply-chain

bless: ## Rewrite the expected output in tests/, docs/ and generated/; then read the diff
	@ERRGEN_BLESS=1 $(CARGO) test --locked --quiet --test architecture --test confined --test documentation --test explain --test faults --test golden --test invalid --test languages --test lint --test reference --test rules --test schema --test templates
	@$(CARGO) run --locked --quiet -- generate

lint: ## Check the formatting and lints of errgen's own code and of the fuzz targets, and lint the catalogue
	@$(CARGO) fmt --check
	@$(CARGO) clippy --locked --quiet --all-targets -- --deny warnings
	@# Without compiled templates.
	@$(CARGO) clippy --locked --quiet --no-default-features -- --deny warnings
	@$(CARGO) fmt --check --manifest-path fuzz/Cargo.toml
	@# Shares what has been compiled. Nothing is linked, so any file can stand for libFuzzer, which would take a minute to compile.
	@CUSTOM_LIBFUZZER_PATH=$(CURDIR)/fuzz/Cargo.toml $(CARGO) clippy --locked --quiet --manifest-path fuzz/Cargo.toml --target-dir $${CARGO_TARGET_DIR:-target} -- --deny warnings
	@$(ERRGEN) lint --deny-warnings

bench: ## Measure errgen with up to 1,000,000 entries, and update docs/performance.md; about ten minutes
	@$(CARGO) bench --locked --quiet --bench process

bench-quick: ## Measure errgen with the real catalogue only, and write nothing; half a minute
	@$(CARGO) bench --locked --quiet --bench process -- --quick

bench-lint: ## Measure how long reporting the mistakes in a catalogue takes
	@$(CARGO) bench --locked --quiet --bench lint

bench-sdk: ## Measure what the generated modules cost, and update docs/sdk/cost.md
	@benches/sdk/run
