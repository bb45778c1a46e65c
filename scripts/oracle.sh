#!/usr/bin/env bash
# The oracle: 2 000 sites over 18 months, a year of it a day at a time, told by HTTP, carried by a real broker, judged by
# workers of which one is killed ten times; each day compared with a model of its own (ARGS="--sites … --days … --seed …").
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/provide.sh
exec .venv/bin/python -m tests.oracle "$@"
