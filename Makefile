# `make` alone lists what there is.
CARGO ?= cargo

.DEFAULT_GOAL := help
.PHONY: help generate check site screenshots test test-rust test-sdk test-hostile test-editors test-ninja test-jinja2 test-linear-time test-fuzz test-deep test-hostile-deep supply-chain bless lint bench bench-quick bench-lint bench-sdk

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

generate: ## Write generated/ from catalog.yaml
	@$(CARGO) run --quiet -- generate

check: ## Fail where generated/ is not what catalog.yaml says
	@$(CARGO) run --quiet -- check

site: ## Build the documentation site into target/site
	@$(CARGO) run --quiet -- generate site --out target

screenshots: ## Take pictures of the site, into target/screenshots
	@tests/sdk/site/screenshots

test: test-rust test-sdk test-hostile test-editors test-ninja test-jinja2 ## Run all tests

test-rust: ## Run the tests of errgen itself
	@tests/timed errgen tests $(CARGO) test --quiet

test-sdk: ## Compile and check the generated modules with each language's own tools
	@tests/sdk/run

test-hostile: ## Read a sample of hostile texts back from every target
	@tests/hostile/run

test-hostile-deep: ## Read more than 20,000 hostile texts back from every target
	@tests/hostile/run 5000 1 2 3 4 5

test-editors: ## Check the JSON Schemas, and a catalogue in yaml-language-server
	@tests/run editors

test-ninja: ## Build examples/ninja, and look at what is built again after a change
	@tests/run ninja

test-jinja2: ## Run the script that errgen is measured against, and check what it writes
	@tests/run jinja2

test-linear-time: ## Lint catalogues of many shapes, each also at four times its size
	@tests/run linear-time

test-fuzz: ## Run each fuzz target for ERRGEN_FUZZ_SECONDS seconds (300)
	@ERRGEN_FUZZ_SECONDS=$${ERRGEN_FUZZ_SECONDS:-300} tests/run fuzz

test-deep: test-hostile-deep test-linear-time test-fuzz ## Run what takes three quarters of an hour: many hostile texts, shapes and fuzzed inputs

supply-chain: ## Check licences, sources, versions and use of the crates that errgen is built from
	@tests/run supply-chain

bless: ## Rewrite the expected output under tests/ and generated/; read the diff
	@ERRGEN_BLESS=1 $(CARGO) test --quiet --test architecture --test confined --test documentation --test explain --test faults --test golden --test invalid --test languages --test lint --test rules --test schema --test templates
	@$(CARGO) run --quiet -- generate

lint: ## Check formatting and lints of errgen's own code, and the catalogue
	@$(CARGO) fmt --check
	@$(CARGO) clippy --quiet --all-targets -- --deny warnings
	@$(CARGO) run --quiet -- lint --deny-warnings

bench: ## Measure errgen up to 1,000,000 entries, into docs/performance.md; about ten minutes
	@$(CARGO) bench --quiet --bench process

bench-quick: ## Measure errgen with the real catalogue alone, in half a minute; nothing is written
	@$(CARGO) bench --quiet --bench process -- --quick

bench-lint: ## Measure what mistakes in a catalogue cost
	@$(CARGO) bench --quiet --bench lint

bench-sdk: ## Measure what the generated modules cost, into docs/sdk/cost.md
	@benches/sdk/run
