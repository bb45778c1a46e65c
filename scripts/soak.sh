#!/usr/bin/env bash
# The fault tests and the long properties again and again, in a new order each time, for MINUTES (30). Stops at a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/provide.sh
export HYPOTHESIS_PROFILE=long
end=$((SECONDS + ${MINUTES:-30} * 60))
turn=0
while [ $SECONDS -lt $end ]; do
    turn=$((turn + 1))
    echo "soak: turn $turn, $(((end - SECONDS) / 60)) minutes left"
    .venv/bin/python -m pytest -q -m faults --dist loadgroup -n 2 -p no:cacheprovider tests "$@"
    .venv/bin/python -m pytest -q -n 2 tests/unit "$@"
done
