# What a developer types; the work is in scripts/ and in the packages.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8080
ready = $(PYTHON) scripts/environment.py

.PHONY: help run dev shell sql import new test test-fast test-compose lint lock docs pictures secrets soak oracle bench bench-dsn bench-lists bench-login bench-pages bench-sites fuzz lived

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## The whole system in one process, on http://127.0.0.1:8080 (PORT= changes it)
	@$(ready) requirements/embedded.txt
	@PORT=$(PORT) exec .venv/bin/python -m embedded

dev: ## The same, that starts again when a .py, .html, .css or .txt of it changes
	@$(ready) requirements/dev.txt
	@PORT=$(PORT) exec .venv/bin/python -m scripts.dev

shell: ## Python with the five services of var/ (SERVICE=… one, from the settings of the environment)
	@$(ready) requirements/dev.txt
	@.venv/bin/python -m scripts.shell $(if $(SERVICE),--service "$(SERVICE)")

sql: ## The database of SERVICE=… for reading: that of var/, or URL=postgresql://… or URL=compose (WRITE=1 for changes)
	@$(ready) requirements/dev.txt
	@.venv/bin/python -m scripts.sql "$(SERVICE)" --url "$(URL)" $(if $(WRITE),--write)

import: ## Load a referential of adhérents, FILE=… (CSV or JSON lines), into the running system
	@test -n "$(FILE)" || { echo 'make import FILE=adherents.csv: which file?' >&2; exit 2; }
	@.venv/bin/python -m tools.referential.import_file "$(FILE)" --client-id caisse --client-secret-file var/secrets/caisse.secret \
		--url "http://127.0.0.1:$(PORT)/api/delegation" --identity-url "http://127.0.0.1:$(PORT)/api/identity"

new: ## Code, test and doc line of a new thing: WHAT=event|use-case|page|message NAME=… (SERVICE= TO= EVENT= TITLE=)
	@$(ready) requirements/dev.txt
	@.venv/bin/python -m scripts.new "$(WHAT)" "$(NAME)" --service "$(SERVICE)" --to "$(TO)" --event "$(EVENT)" --title "$(TITLE)"

test: ## Every test this machine can run, or some: T="path -k name"; installs PostgreSQL, RabbitMQ, Chromium, ClamAV when root on Debian
	@$(ready) requirements/dev.txt
	@$(if $(T),WORKERS=0 )scripts/test.sh $(T) $(ARGS)

test-fast: ## Rules and house tests, without a server, in seconds
	@$(ready) requirements/dev.txt
	@HYPOTHESIS_PROFILE=fast .venv/bin/python -m pytest tests/unit tests/house -n 2 --durations 5 $(ARGS)

test-compose: ## The compose file on a real container engine
	@$(ready) requirements/dev.txt
	@scripts/test_compose.sh $(ARGS)

lint: ## Style, types, layers
	@$(ready) requirements/dev.txt
	@scripts/lint.sh

lock: ## requirements/*.txt from requirements/*.in (UPGRADE=1 takes newer versions)
	@$(ready) requirements/dev.txt
	@PATH="$$PWD/.venv/bin:$$PATH" scripts/lock.sh

docs: ## The pages made from code: docs/events.md, docs/asyncapi.json, docs/api/, docs/settings.md
	@$(ready) requirements/dev.txt
	@.venv/bin/python -m contracts.documents && .venv/bin/python -m scripts.settings_page
	@.venv/bin/python -m scripts.api_documents

secrets: ## Files of secrets for docker compose, readable by you alone; those that exist stay (SMS=smpp: profile sms; ACCOUNTS=close: after an upgrade)
	@$(ready) requirements/embedded.txt
	@.venv/bin/python scripts/make_secrets.py $(if $(SMS),--sms $(SMS)) $(if $(filter close,$(ACCOUNTS)),--close-accounts)

pictures: ## The pictures of the README (docs/images) and of every screen (docs/screens), taken by the browser tests
	@$(ready) requirements/dev.txt
	@PICTURES=docs/images .venv/bin/python -m pytest -q tests/journeys -k "embedded and (g58 or g29)"
	@SCREENS=docs/screens .venv/bin/python -m pytest -q tests/screens

fuzz: ## A stranger's fuzzer on the five services, for long (FUZZ=400 requests of each kind to each route)
	@$(ready) requirements/dev.txt
	@FUZZ=$(or $(FUZZ),400) .venv/bin/python -m pytest tests/contract/test_fuzz.py -q --timeout 0 $(ARGS)

lived: ## A company's delegations lived at random for long (LIVED=1000 stories), two administrators at once (RACES=1000 rounds)
	@$(ready) requirements/dev.txt
	@LIVED=$(or $(LIVED),1000) RACES=$(or $(RACES),1000) .venv/bin/python -m pytest tests/service/delegation/test_lived.py \
		tests/service/delegation/test_two_at_once.py -q -s --show-capture=no --timeout 0 $(ARGS)

soak: ## 20 000 commands under kills, poison, a wrong clock and bad lines, then the books; journeys under 20 kills
	@$(ready) requirements/dev.txt
	@scripts/soak.sh $(ARGS)
	@KILLS=$(or $(KILLS),20) .venv/bin/python -m pytest tests/journeys/test_7_kill.py -q --timeout 0

oracle: ## 2 000 sites of dsn over 18 months, a year a day at a time, beside a model of its own, with workers killed
	@$(ready) requirements/dev.txt
	@scripts/oracle.sh $(ARGS)

bench-dsn: ## How fast dsn reads, imports, sweeps and counts, beside the bare limit (ARGS="--scale 0.01" is a trial)
	@$(ready) requirements/dev.txt
	@scripts/provide.sh
	@.venv/bin/python -m benchmarks.dsn $(ARGS)

bench-lists: ## The list of 10 000 beneficiaries beside that of 50, and an access among a million (ARGS="--scale 0.01" is a trial)
	@$(ready) requirements/dev.txt
	@scripts/provide.sh
	@.venv/bin/python -m benchmarks.lists $(ARGS)

bench-login: ## The CPU of a login beside its hash, ours and Flask-Security-Too's (ARGS="--scale 0.1" is a trial)
	@$(ready) requirements/bench.txt
	@scripts/provide.sh
	@.venv/bin/python -m benchmarks.login $(ARGS)

bench-pages: ## The server time of the gateway's pages beside bare Flask and psycopg (ARGS="--scale 0.1" is a trial)
	@$(ready) requirements/dev.txt
	@scripts/provide.sh
	@.venv/bin/python -m benchmarks.pages $(ARGS)

bench-sites: ## The CPU of a list of 25 sites beside bare Flask and psycopg (ARGS="--scale 0.1" is a trial)
	@$(ready) requirements/dev.txt
	@scripts/provide.sh
	@.venv/bin/python -m benchmarks.sites $(ARGS)

bench: ## Our speed beside the bare limit, in ratios
	@$(ready) requirements/bench.txt
	@scripts/provide.sh
	@.venv/bin/python -m benchmarks
