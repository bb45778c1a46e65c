#!/usr/bin/env bash
# After a restore: the owners say their whole state again, in a new epoch:  scripts/announce.sh [SERVICE…]
#
# Without a name all three do, whichever service was restored: one that lost a day lost what the others told it, too.
# Nobody is written to, the system goes on working, and it may be cut short and run again.
set -euo pipefail

for service in ${*:-identity delegation dsn}; do
  docker compose exec -T "$service-worker" entrypoint.sh announce
done
