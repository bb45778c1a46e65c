#!/usr/bin/env bash
# Every test this machine can run, in one pytest run; what it could not provide is counted in its last lines.
# tests/compose builds images and is its own command: make test-compose. WORKERS= says how many processes test.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/provide.sh
exec .venv/bin/python -m pytest --numprocesses "${WORKERS:-2}" --dist loadgroup --durations 5 \
    --ignore tests/compose "$@"
