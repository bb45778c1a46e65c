#!/usr/bin/env bash
# Every test this machine can run, in one pytest run; what it could not provide is counted in its last lines.
# tests/compose builds images and is its own command: make test-compose. WORKERS= says how many processes test:
# one more than there are cores, for many a test waits for a server or for a process that it killed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/provide.sh
exec .venv/bin/python -m pytest --numprocesses "${WORKERS:-$(($(nproc) + 1))}" --dist loadgroup --durations 5 \
    --ignore tests/compose "$@"
