#!/usr/bin/env bash
# The soak: 20 000 commands by HTTP under 200 kills of APIs, workers, broker and database, with poison, dying consumers, a
# wrong clock and bad lines beside; then the books (ARGS="--commands … --kills … --rounds … --seed …").
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/provide.sh
exec .venv/bin/python -m tests.bus.soak "$@"
