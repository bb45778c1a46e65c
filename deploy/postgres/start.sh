#!/bin/bash
# First start: an empty cluster whose superuser has no password and is reached from inside the container alone, then
# the databases and roles. Every start: the server itself. No network until the databases stand.
set -euo pipefail

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  new=$PGDATA/.new
  rm -rf "$new"
  initdb --pgdata="$new" --username=postgres --auth-local=trust --auth-host=reject \
         --encoding=UTF8 --locale=C.UTF-8 --data-checksums >/dev/null
  pg_ctl --pgdata="$new" --wait --silent start \
         -o "-c listen_addresses='' -c unix_socket_directories=$PGHOST -c fsync=off -c logging_collector=off"
  bash /opt/espace/databases.sh
  pg_ctl --pgdata="$new" --wait --silent --mode=fast stop
  initdb --sync-only --pgdata="$new" >/dev/null
  # PG_VERSION is moved last: killed in between, the next start begins again.
  find "$PGDATA" -mindepth 1 -maxdepth 1 ! -name .new -exec rm -rf {} +
  find "$new" -mindepth 1 -maxdepth 1 ! -name PG_VERSION -exec mv -t "$PGDATA" {} +
  mv "$new/PG_VERSION" "$PGDATA/"
  rmdir "$new"
fi

exec postgres -c config_file=/opt/espace/postgresql.conf -c hba_file=/opt/espace/pg_hba.conf "$@"
