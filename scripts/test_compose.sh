#!/usr/bin/env bash
# The compose file on a real container engine. ENGINE names a command whose `up` starts one where none answers.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! docker info >/dev/null 2>&1; then
  [ -n "${ENGINE:-}" ] || { echo "no container engine answers, and ENGINE names none" >&2; exit 1; }
  "$ENGINE" up
fi
[ $# -gt 0 ] || set -- tests/compose
exec .venv/bin/python -m pytest -p no:randomly --timeout 1800 --durations 10 "$@"
