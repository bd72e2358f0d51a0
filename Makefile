# Two commands do all the set-up: `make run` to try the site, `make test` to check everything.
.PHONY: run test lint check suite suite-postgresql browser faults bench bench-large load coverage clean help
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
# One more than the cores of a small machine: browsers, servers and clocks are waited for.
WORKERS ?= 3
LOAD_SECONDS ?= 180
LOAD_KILLS ?= 30
BIN := .venv/bin
# What `make test` checks the deployment settings with; a real clinic sets its own.
PRODUCTION := CLINICINFO_MODE=production CLINICINFO_ALLOWED_HOSTS=leaflets.clinic.example \
	CLINICINFO_SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ

help:
	@echo "make run    set everything up and serve the site on http://127.0.0.1:$(PORT)/ (PORT=9000 make run: elsewhere)"
	@echo "make test   everything that must hold: lint, imports, migrations, settings, all tests on both databases"
	@echo "make lint   ruff and the import contract"
	@echo "make coverage  which lines no test reaches"
	@echo "make faults  full disks and the like, on both databases; as root nothing of it is skipped"
	@echo "make bench  query counts and speed as ratios"
	@echo "make bench-large  the same with 100,000 leaflets and 1,000,000 replies on PostgreSQL; takes about half an hour"
	@echo "make load   everybody at once for three minutes, then 30 kills; on both databases (LOAD_SECONDS=40 make load: shorter)"
	@echo "make clean  remove the virtual environment and caches (var/ with your data stays)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; set PYTHON=… to name one."; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "No virtual environment could be made. On Debian: apt-get install python3-venv"; exit 1; }

.venv/.for-run: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.for-tests: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/.for-run

run: export CLINICINFO_MODE = local
ifneq ($(PORT),8000)  # links in letters and the QR codes of PDFs lead where the site is
run: export CLINICINFO_ADDRESS ?= http://127.0.0.1:$(PORT)
endif
run: .venv/.for-run
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_samples
	@echo "Patients read at   http://127.0.0.1:$(PORT)/"
	@echo "Staff log in at    http://127.0.0.1:$(PORT)/admin/"
	@exec $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

lint: .venv/.for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

check: .venv/.for-tests
	CLINICINFO_MODE=local $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

browser: .venv/.for-tests
	$(BIN)/python -m tests.browser.chromium

# The processes that the tests start need not compile the house anew, whatever is usual on this machine.
suite suite-postgresql: export PYTHONDONTWRITEBYTECODE =

suite: .venv/.for-tests browser
	env -u DATABASE_URL $(BIN)/pytest -n $(WORKERS) --dist worksteal

suite-postgresql: .venv/.for-tests browser
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n $(WORKERS) --dist worksteal

test: lint check suite suite-postgresql
	@echo "All of it holds, on SQLite and on PostgreSQL."

faults: .venv/.for-tests
	env -u DATABASE_URL $(BIN)/pytest -rs -m faults tests/faults
	$(BIN)/python -m tests.postgres $(BIN)/pytest -rs -m faults tests/faults

bench: .venv/.for-tests
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.bench

# Both sizes on one server, one after the other: what grows shows in the last lines. The databases go in the end; give
# tests.bench a DATABASE_URL of a PostgreSQL that stays, and --keep NAME, to measure again without making them anew.
bench-large: .venv/.for-tests
	$(BIN)/python -m tests.postgres sh -c '\
		$(BIN)/python -m tests.bench --leaflets 1000 --replies 10000 --only pages known replies staff verbs \
			--figures bench-figures.json && \
		$(BIN)/python -m tests.bench --leaflets 100000 --replies 1000000 --only pages known replies staff verbs plans \
			--plans bench-plans.txt --against bench-figures.json'

load: .venv/.for-tests
	env -u DATABASE_URL $(BIN)/python -m tests.load --seconds $(LOAD_SECONDS)
	env -u DATABASE_URL $(BIN)/python -m tests.load --seconds $(LOAD_SECONDS) --kills $(LOAD_KILLS)
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.load --seconds $(LOAD_SECONDS)
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.load --seconds $(LOAD_SECONDS) --kills $(LOAD_KILLS)

coverage: .venv/.for-tests
	$(BIN)/coverage run -m pytest -q -m "not browser"
	$(BIN)/coverage report --skip-covered --show-missing

clean:
	rm -rf .venv .ruff_cache .import_linter_cache .pytest_cache htmlcov .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
