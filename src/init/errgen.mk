# In your Makefile: `include errgen.mk`
.PHONY: errors check-errors

errors: ## Generate the modules and documents of the error catalogue
	errgen generate

check-errors: ## Fail if the catalogue has a mistake, or if what is generated from it is out of date
	errgen lint --deny-warnings
	errgen check
