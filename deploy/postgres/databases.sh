#!/bin/bash
# Roles and databases as secrets/postgres_roles.sql has them. Twice is harmless: run it again after a password changed,
#   docker compose exec postgres bash /opt/espace/databases.sh
set -euo pipefail

run() { psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"; }

run --file="${ROLES_FILE:-/run/secrets/postgres_roles}"
run --command='REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC'
for service in identity delegation notification dsn contact; do
  if [ -z "$(run --tuples-only --no-align --command="SELECT 1 FROM pg_database WHERE datname = '$service'")" ]; then
    run --command="CREATE DATABASE $service OWNER ${service}_owner"
  fi
  run --dbname="$service" --set=service="$service" --set=owner="${service}_owner" --file="$(dirname "$0")/databases.sql"
done
