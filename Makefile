# Everything that a newcomer and CI run. Each target makes .venv when it is not there.
PYTHON ?= python3
BIN := .venv/bin
TORCH := torch==2.13.0

.PHONY: demo demo-web test lint bench accuracy docs train clean

.venv/.core: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --upgrade "pip>=25.1"
	$(BIN)/pip install -q -e .
	touch $@

.venv/.test: .venv/.core
	$(BIN)/pip install -q -e ".[all]" --group test --group lint --group docs
	touch $@

.venv/.bench: .venv/.test
	$(BIN)/pip install -q -e ".[spacy]"
	touch $@

demo: .venv/.core ## read the example article: in the terminal, and as a page
	$(BIN)/reportedly read examples/ferry_inspection.txt --published 2024-09-06 --format text
	$(BIN)/reportedly read examples/ferry_inspection.txt --published 2024-09-06 --quiet -o demo.html
	@echo "The same as a page: demo.html"

.venv/.web: .venv/.core
	$(BIN)/pip install -q -e ".[web]"
	touch $@

demo-web: .venv/.web ## the pages over a ledger of made-up stories, on this machine only, until Ctrl+C
	$(BIN)/python benchmarks/story_ledger.py demo.sqlite
	$(BIN)/reportedly serve --ledger demo.sqlite

test: .venv/.test ## all tests; what is missing on this machine is skipped and said
	$(BIN)/python -m pytest

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/mypy

accuracy: .venv/.test ## the floors below which no change may fall
	$(BIN)/python benchmarks/floors.py

bench: .venv/.bench ## speed, memory and size beside spaCy; where the time goes; pages; own gold texts; the ledger
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/stages.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/gold.py
	$(BIN)/python benchmarks/ledger.py
	$(BIN)/python benchmarks/stories.py
	$(BIN)/python benchmarks/web.py
	$(BIN)/python benchmarks/web_load.py

docs: .venv/.test
	$(BIN)/sphinx-build -W -n -q -b html docs docs/_build/html

train: .venv/.core ## the whole path from data to weights: hours on a CPU (see training/README.md)
	$(BIN)/pip install -q $(TORCH)
	$(BIN)/pip install -q --group training
	sh training/all.sh

clean:
	rm -rf .venv build docs/_build demo.html demo.sqlite*
