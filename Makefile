# For developers; the two commands of the README (run.py) need nothing of this.
PYTHON := .venv/bin/python
TYPED := $(wildcard app/*/rules.py app/*/services.py)

.PHONY: ready check test serve demo messages

ready:
	@python3 run.py test --version > /dev/null

check: ready
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
ifneq ($(TYPED),)
	$(PYTHON) -m mypy $(TYPED)
endif
	$(PYTHON) -m pytest -q -n 2 tests/unit

test:
	python3 run.py test

serve:
	python3 run.py

demo:
	python3 run.py demo

# Collects the source strings, brings the Chinese catalogue up to date and compiles it.
messages: ready
	$(PYTHON) -m babel.messages.frontend extract -F babel/babel.cfg -k lazy_gettext -k _l --no-location --sort-output -o babel/messages.pot .
	$(PYTHON) -m babel.messages.frontend update -i babel/messages.pot -d app/translations -l zh --no-fuzzy-matching
	$(PYTHON) -m babel.messages.frontend compile -d app/translations -l zh --statistics
