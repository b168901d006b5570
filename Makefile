# Two commands matter: `make serve` and `make test`. Everything else is for contributors.
#   make serve   build and serve the site at http://127.0.0.1:8000/ with live reload
#   make test    run the whole test suite
#   make test-fast  the tests that need neither a browser nor a built site
#   make build   build the site into site/, strictly
#   make check   all static checks, without building and without the network; ARGS="--only prose"
#   make new-fact  (new-source, new-page, new-event, new-price) ask for it, write it, check it
#   make schema  write the JSON Schemas with which editors complete the files of data/
#   make edition publish this commit as a dated edition, on the branch editions
#   make book    one PDF, one EPUB and a ZIP of the built site, below site/book/
#   make addresses  add new addresses to the list of those that must not disappear
#   make bench   print how long loading, checking and building take
#   make stale   list the records that are older than their review period, most read first
#   make quality hold every built page against the budgets of tests/quality/budgets.toml
#   make twin    render the expanded pages with another engine, and say what differs
#   make links   check the links of the built site; ARGS=--external: those that lead elsewhere
#   make pack    names by content, .gz and .br copies: site/ for a server of one's own
#   make format  format and lint the Python code
#   make lock    refresh requirements.txt from requirements.in, here and in tests/clients
#   make clean   remove everything that these commands made

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
STAMP  := $(VENV)/installed

.PHONY: new-fact new-source new-page new-event new-price help install serve test test-fast twin build edition book check stale addresses bench quality schema links pack format lock clean
.DEFAULT_GOAL := help

help:
	@sed -n '2,17s/^#   //p' Makefile

install: $(STAMP)

$(STAMP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; say which: make PYTHON=python3.12 serve' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo 'Python cannot make environments here; on Debian: apt install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@# So that a bare `mkdocs` finds our extensions, too.
	@echo '$(CURDIR)' > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/explained.pth"
	@touch $@

serve: $(STAMP)
	$(PY) -m scripts serve

build: $(STAMP)
	$(PY) -m scripts build

edition: $(STAMP)
	$(PY) -m scripts edition $(ARGS)

book: $(STAMP)
	$(PY) -m scripts book

check: $(STAMP)
	@$(PY) -m scripts check $(ARGS)
	@$(BIN)/lint-imports --cache-dir .cache/imports >.cache/imports.txt || { cat .cache/imports.txt; exit 1; }

stale: $(STAMP)
	@$(PY) -m scripts stale $(ARGS)

new-fact new-source new-page new-event new-price: $(STAMP)
	@$(PY) -m scripts new $(@:new-%=%) $(ARGS)

addresses: $(STAMP)
	@$(PY) -m scripts addresses

bench: $(STAMP)
	@$(PY) -m scripts bench $(ARGS)

schema: $(STAMP)
	@$(PY) -m scripts schema

quality: $(STAMP)
	@$(PY) -m tests.quality $(ARGS)

links: $(STAMP)
	@$(PY) -m scripts links $(ARGS)

pack: $(STAMP)
	@$(PY) -m scripts pack

test: $(STAMP)
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	$(PY) -m pytest

test-fast: $(STAMP)
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	$(PY) -m pytest -m "not slow"

twin: $(STAMP)
	@$(PY) -m scripts twin

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# uv resolves for every platform at once; the index comes from the environment and is not written down.
lock: $(STAMP)
	$(PY) -m pip install --quiet uv
	for folder in . tests/clients; do \
	  $(PY) -m uv pip compile $$folder/requirements.in --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --quiet --upgrade \
	    --output-file $$folder/requirements.txt || exit 1; \
	done
	@echo 'both requirements.txt are fresh; run make test'

clean:
	rm -rf $(VENV) site .cache .pytest_cache .ruff_cache build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
