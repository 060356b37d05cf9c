# What a person types. Each target is one line of work; the work itself is in scripts/.
#
#   make chat            talk to usher               make chat ARGS="--flow model-evaluation"
#   make test            everything that has to pass before a change goes in

ARGS ?=
SWIFT ?= swift
# What is built for tests; a build for use has PostgreSQL where it is asked for.
TRAITS = --traits PostgreSQL
# What the bundled flow's transcripts have to cover, and how many mistakes they have to notice, in percent.
COVERAGE = steps=100,transitions=100,rules=100,alternatives=95
MUTATION = 97
# Python leaves nothing beside the tests.
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: asan bench bootstrap bootstrap-tests build chat clean coverage demo docs examples format help lint mutate release test test-browser \
	test-end-to-end test-faults test-house test-matrix test-mutation test-sdk test-terminal test-unit

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

chat: release ## Build usher and talk to it (more arguments in ARGS=)
	@"$$($(SWIFT) build -c release --show-bin-path)/usher" chat $(ARGS)

demo: bootstrap ## Talk to usher with stand-ins for AWS: nothing leaves this machine
	@$(SWIFT) build --product usher
	@scripts/demo $(ARGS)

bootstrap: ## Install the system packages that are missing
	@scripts/bootstrap

bootstrap-tests:
	@scripts/bootstrap tests

build: bootstrap-tests ## Build everything for debugging
	@$(SWIFT) build $(TRAITS)

release: $(if $(POSTGRESQL),bootstrap-tests,bootstrap) ## Build usher for use; STATIC=1: it needs no Swift where it runs; POSTGRESQL=1: it can keep sessions there
	@$(SWIFT) build -c release --product usher $(if $(STATIC),--static-swift-stdlib) $(if $(POSTGRESQL),$(TRAITS))

test: bootstrap-tests lint build docs test-house test-unit test-terminal test-end-to-end coverage test-mutation test-browser ## Check everything: lint, unit tests, terminal, end to end, coverage, mutation
	@echo 'All tests passed.'

test-house: ## Test the scripts themselves
	@python3 -m unittest discover -q -s Tests/House

test-unit: ## Run the unit tests, with stand-ins for AWS and a Python for notebooks (more arguments in ARGS=)
	@scripts/with-real-parts scripts/unit-tests $(TRAITS) $(ARGS)

test-terminal: build ## Drive the line editor through a pseudo-terminal
	@"$$(scripts/python-terminal)" Tests/RealParts/terminal_probe.py "$$($(SWIFT) build --show-bin-path)/TerminalProbe"

test-end-to-end: build ## Talk to the real usher as its users do
	@scripts/with-real-parts scripts/end-to-end

test-browser: build ## Open the pages of Usher in Chromium, where there is one
	@scripts/with-real-parts scripts/test-browser

coverage: build ## Hold the transcripts to what they have to cover (a page: ARGS="--coverage html=coverage.html")
	@"$$($(SWIFT) build --show-bin-path)/usher" test Tests/Transcripts --fail-under $(COVERAGE) $(ARGS)

mutate: release ## Make small mistakes in the bundled flow and list those that no transcript notices
	@"$$($(SWIFT) build -c release --show-bin-path)/usher" mutate Tests/Transcripts/model-evaluation \
		--state .build/mutation.json --fail-under $(MUTATION) --fail-unexplained $(ARGS)

test-mutation: release ## Hold the transcripts to how many mistakes they have to notice; what is known is not tried again
	@"$$($(SWIFT) build -c release --show-bin-path)/usher" mutate Tests/Transcripts/model-evaluation \
		--state .build/mutation.json --fail-under $(MUTATION) --fail-unexplained --summary

test-faults: ## Kill, cut, freeze and fill up what servers depend on while users talk (more arguments in ARGS="--seed 7 --users 50")
	@$(MAKE) --no-print-directory release POSTGRESQL=1
	@scripts/test-faults "$$($(SWIFT) build -c release --show-bin-path)/usher" $(ARGS)

test-matrix: build ## Talk in a room of Matrix, with a real homeserver (downloads 100 MB the first time)
	@"$$(scripts/python-terminal)" Tests/Channels/matrix.py "$$($(SWIFT) build --show-bin-path)/usher"

test-sdk: ## Check the notebooks against the real SageMaker SDK (downloads 1 GB the first time)
	@scripts/test-sdk

asan: export ASAN_OPTIONS := detect_leaks=0
asan: bootstrap ## Run what wraps C under the address sanitizer
	@$(SWIFT) test --sanitize address --scratch-path .build-asan --filter 'PatternsTests|TerminalTests'
	@$(SWIFT) build --sanitize address --scratch-path .build-asan --product TerminalProbe
	@"$$(scripts/python-terminal)" Tests/RealParts/terminal_probe.py .build-asan/debug/TerminalProbe

docs: build ## Build the documentation of the modules for a web server (.build/documentation)
	@scripts/docs $(TRAITS)

examples: bootstrap ## Build the packages in Examples/ by themselves, as their readers do (each builds Usher anew: minutes)
	@for example in Examples/*/; do $(SWIFT) build --build-tests --package-path "$$example" || exit 1; done

bench: bootstrap ## Measure (see Benchmarks/)
	@scripts/bench $(ARGS)

lint: ## Check format, imports, words and scripts
	@scripts/lint

format: ## Put the Swift files into the house format
	@scripts/format

clean: ## Remove what was built, and the Python environments of the tests
	@rm -rf .build .build-* .venv-* Benchmarks/.build Examples/*/.build
