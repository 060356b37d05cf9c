# What a person types. Each target is one line of work; the work itself is in scripts/.
#
#   make chat            talk to usher               make chat ARGS="--flow model-evaluation"
#   make test            everything that has to pass before a change goes in
#   make check           the quick part of it, between commits

ARGS ?=
SWIFT ?= swift
# What the bundled flow's transcripts have to cover, and how many mistakes they have to notice, in percent.
COVERAGE = steps=100,transitions=100,rules=100,alternatives=95
MUTATION = 97
# Python leaves nothing beside the tests.
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: asan bench bootstrap bootstrap-dist bootstrap-server bootstrap-tests build chat check clean coverage demo demo-aws \
	dist docs examples format help lint mutate program serve server test test-browser test-dist test-end-to-end test-faults test-house test-matrix \
	test-mutation test-sdk test-terminal test-unit

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

chat: bootstrap ## Build usher and talk to it (more arguments in ARGS=)
	@usher="$$(scripts/build)" && "$$usher" chat $(ARGS)

demo: bootstrap ## Talk to usher with recorded answers of AWS: no account is needed, and nothing leaves this machine
	@usher="$$(scripts/build)" && "$$usher" demo $(ARGS)

demo-aws: bootstrap-tests ## Talk to usher with stand-ins for AWS that take any call (needs Python)
	@usher="$$(scripts/build)" && USHER="$$usher" scripts/demo $(ARGS)

serve: bootstrap-server ## Build usher with its server and start that (more arguments in ARGS=)
	@usher="$$(scripts/build server)" && "$$usher" serve $(ARGS)

bootstrap: ## Install the system packages that are missing
	@scripts/bootstrap

bootstrap-dist:
	@scripts/bootstrap dist

bootstrap-server:
	@scripts/bootstrap server

bootstrap-tests:
	@scripts/bootstrap tests

build: bootstrap-tests ## Build everything for debugging
	@$(SWIFT) build --build-tests

program: bootstrap ## Build usher for use, without its server (.build/release/usher)
	@scripts/build

server: bootstrap-server ## Build usher for use, with its server (.build/release/usher)
	@scripts/build server

dist: bootstrap-dist ## Make what people download: dist/*.tar.gz, dist/*.deb, dist/SHA256SUMS
	@scripts/dist

test: bootstrap-tests ## Check everything: lint, unit tests, transcripts, terminal, end to end, coverage, mutation, pages
	@scripts/test

check: lint ## Check what needs no real part: format, imports, unit tests, transcripts; minutes after a build
	@scripts/check

test-house: ## Test the scripts themselves
	@python3 -m unittest discover -q -s Tests/House

test-unit: ## Run the unit tests, with stand-ins for AWS and a Python for notebooks (more arguments in ARGS=)
	@scripts/with-real-parts scripts/unit-tests $(ARGS)

test-terminal: build ## Drive the line editor through a pseudo-terminal
	@"$$(scripts/python-terminal)" Tests/RealParts/terminal_probe.py "$$($(SWIFT) build --show-bin-path)/TerminalProbe"

test-end-to-end: build ## Talk to the real usher as its users do
	@scripts/with-real-parts scripts/end-to-end

test-browser: build ## Open the pages of Usher in Chromium, where there is one
	@scripts/with-real-parts scripts/test-browser

coverage: build ## Hold the transcripts to what they have to cover (a page: ARGS="--coverage html=coverage.html")
	@"$$($(SWIFT) build --show-bin-path)/usher" test Tests/Transcripts --fail-under $(COVERAGE) $(ARGS)

mutate: bootstrap ## Make small mistakes in the bundled flow and list those that no transcript notices
	@usher="$$(scripts/build)" && "$$usher" mutate Tests/Transcripts/model-evaluation \
		--state .build/mutation.json --fail-under $(MUTATION) --fail-unexplained $(ARGS)

test-mutation: bootstrap ## Hold the transcripts to how many mistakes they have to notice; what is known is not tried again
	@usher="$$(scripts/build)" && "$$usher" mutate Tests/Transcripts/model-evaluation \
		--state .build/mutation.json --fail-under $(MUTATION) --fail-unexplained --summary

test-faults: bootstrap-tests ## Kill, cut, freeze and fill up what servers depend on while users talk (more arguments in ARGS="--seed 7 --users 50")
	@usher="$$(scripts/build server)" && scripts/test-faults "$$usher" $(ARGS)

test-matrix: build ## Talk in a room of Matrix, with a real homeserver (downloads 100 MB the first time)
	@"$$(scripts/python-terminal)" Tests/Channels/matrix.py "$$($(SWIFT) build --show-bin-path)/usher"

test-dist: bootstrap-dist ## Make what people download, and try it in a bare Debian (as root; downloads 60 MB the first time)
	@scripts/test-dist $(ARGS)

test-sdk: ## Check the notebooks against the real SageMaker SDK (downloads 1 GB the first time)
	@scripts/test-sdk

asan: export ASAN_OPTIONS := detect_leaks=0
asan: bootstrap ## Run what wraps C under the address sanitizer
	@$(SWIFT) test --sanitize address --scratch-path .build-asan --filter 'PatternsTests|TerminalTests'
	@$(SWIFT) build --sanitize address --scratch-path .build-asan --product TerminalProbe
	@"$$(scripts/python-terminal)" Tests/RealParts/terminal_probe.py .build-asan/debug/TerminalProbe

docs: build ## Build the documentation of the modules for a web server (.build/documentation)
	@scripts/docs

examples: bootstrap ## Build the packages in Examples/ by themselves, as their readers do (each builds Usher anew: minutes)
	@for example in Examples/*/; do $(SWIFT) build --build-tests --package-path "$$example" || exit 1; done

bench: bootstrap ## Measure (see Benchmarks/)
	@scripts/bench $(ARGS)

lint: ## Check format, imports, words and scripts
	@scripts/lint

format: ## Put the Swift files into the house format
	@scripts/format

clean: ## Remove what was built, and the Python environments of the tests
	@rm -rf .build .build-* .venv-* Benchmarks/.build Examples/*/.build dist
