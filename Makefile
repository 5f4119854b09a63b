# The tasks of this house. `make` lists them; `make check` is what CI runs first.
PYTHON ?= python3
ENV := $(PYTHON) packaging/environment.py
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help ask test check format eval bench clean package tryout

help:        ## list the tasks
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

ask:         ## ask a Korean question about an example screen, with the bundled models
	@$(ENV) ask

test:        ## set everything up, check the layers and the style, run the tests
	@$(ENV) test

check:       ## style, layers and laziness only
	@$(ENV) check

format:      ## let ruff put the code in order
	@$(ENV) format

eval:        ## score the bundled models on tests/screens beside the baselines
	@$(ENV) eval

package:     ## build and check the installable program of this system; results in dist/ (docs/packaging.md)
	@$(PYTHON) packaging/build.py package

tryout:      ## install the .deb in a clean Debian, ask there without a network, remove it (root; needs mmdebstrap, xvfb)
	@$(PYTHON) packaging/build.py try-deb

clean:       ## remove the environment and caches
	rm -rf .venv build dist .pytest_cache .ruff_cache .import_linter_cache .hypothesis
