#!/usr/bin/env bash
# A consistent copy of everything the system keeps:  scripts/backup.sh [FOLDER]
#
# Five databases and a broker are consistent together only at rest. So the edge shows its 503 page, what is under way
# ends, the workers stop, the databases and the files of users are copied, and all goes on: seconds for a small system.
# Secrets are not in the copy: keep the folder secrets/ elsewhere, without it nothing can be read.
# COMPOSE_FILE and COMPOSE_PROJECT_NAME name another project, as for docker compose itself.
set -euo pipefail

services="identity delegation notification dsn contact"
workers=$(for service in $services; do printf '%s-worker ' "$service"; done)
folder=${1:-var/backups/$(date -u +%Y%m%dT%H%M%SZ)}

say() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&2; }
ask() { docker compose exec -T postgres psql --no-psqlrc --tuples-only --no-align --dbname "$1" --command "$2"; }

# What the leader of each queue holds, consumers' hands included; `list_queues` tells what was true up to five seconds ago.
held='lists:sum([begin {ok, {_, Count}, _} = ra:leader_query(amqqueue:get_pid(Queue), fun rabbit_fifo:query_messages_total/1),
                 Count end || Queue <- rabbit_amqqueue:list(<<"/">>)]).'

under_way() { # events that are in an outbox or on the broker
  local service count=0
  for service in $services; do
    count=$((count + $(ask "$service" 'SELECT count(*) FROM outbox')))
  done
  echo $((count + $(docker compose exec -T rabbitmq rabbitmqctl -q eval "$held")))
}

start_workers() { # those that were there, and not what they depend on: no migration runs again
  docker compose ps --all --quiet $workers | xargs docker start >/dev/null
}

reopen() {
  start_workers || say "the workers did not start: docker compose start $workers"
  docker compose exec -T edge rm -f /tmp/maintenance || say "the edge is still closed: remove its /tmp/maintenance"
}

rest() { # workers stopped, with nothing under way; 1 when it does not come to rest
  local try
  for try in $(seq 60); do
    if [ "$(under_way)" = 0 ]; then
      docker compose stop $workers >/dev/null 2>&1
      [ "$(under_way)" = 0 ] && return
      start_workers
    fi
    sleep 1
  done
  return 1
}

umask 077
mkdir -p "$folder"
trap reopen EXIT
say "closing the edge"
docker compose exec -T edge touch /tmp/maintenance
rest || { say "events are still under way after a minute: see « A stuck message »; nothing was copied"; exit 1; }
say "copying"
for service in $services; do
  docker compose exec -T postgres pg_dump --format=custom --no-owner --dbname "$service" >"$folder/$service.dump"
done
docker compose exec -T contact-api bash -c 'mkdir -p /var/lib/espace/files && tar -C /var/lib/espace -cf - files' >"$folder/files.tar"
(cd "$folder" && sha256sum -- *.dump files.tar >SHA256SUMS)
trap - EXIT
reopen
say "done: $folder"
