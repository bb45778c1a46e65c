#!/usr/bin/env bash
# What the others hold of the delegations, compared with what delegation says:  scripts/reconcile.sh [--repair] [SERVICE…]
#
# Without --repair nothing is written: each difference is a line, the last line counts them, and the status is 1 if there
# are any. Without a name all four are compared. The system goes on working, and it may be cut short and run again.
set -euo pipefail

repair=()
if [ "${1:-}" = --repair ]; then repair=(--repair) && shift; fi
status=0
for service in ${*:-identity notification dsn contact}; do
  echo "$service:"
  docker compose exec -T delegation-worker entrypoint.sh ask delegations |
    docker compose exec -T "$service-worker" entrypoint.sh reconcile "${repair[@]}" || status=1
done
exit $status
