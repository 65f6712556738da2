# `make` alone lists what there is.
CARGO ?= cargo

.DEFAULT_GOAL := help
.PHONY: help generate check site screenshots test test-rust test-sdk bless lint bench

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

generate: ## Write generated/ from catalog.yaml
	@$(CARGO) run --quiet --release -- generate

check: ## Fail where generated/ is not what catalog.yaml says
	@$(CARGO) run --quiet --release -- check

site: ## Build the documentation site into target/site
	@$(CARGO) run --quiet --release -- generate site --out target

screenshots: ## Take pictures of the site, into target/screenshots
	@tests/sdk/site/screenshots

test: test-rust test-sdk ## Run all tests

test-rust: ## Run the tests of errgen itself
	@$(CARGO) test --quiet

test-sdk: ## Compile and check the generated modules with each language's own tools
	@tests/sdk/run

bless: ## Rewrite the expected output under tests/ and generated/; read the diff
	@ERRGEN_BLESS=1 $(CARGO) test --quiet --test golden --test invalid --test templates
	@$(CARGO) run --quiet --release -- generate

lint: ## Check formatting and lints of errgen's own code
	@$(CARGO) fmt --check
	@$(CARGO) clippy --quiet --all-targets -- --deny warnings

bench: ## Measure, as ratios within one run
	@$(CARGO) bench --quiet
