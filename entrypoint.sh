#!/bin/bash
# One image per service ($SERVICE is baked in), one word per process:
#
#   api       the HTTP side (gunicorn); the gateway has this one only
#   worker    listeners, relay, retries and jobs
#   migrate   bring the database to the newest version (and a broker without definitions its topology), then end
#   health    is this container's process ready? (asked by its health check; no Python: it runs every few seconds)
#   parked    list the events put aside for an operator
#   replay    make parked events due again
#   outbox    list what the bus refused, or give it to the relay again: outbox parked, outbox replay
#   dead      list what the broker gave up on, or replay it: dead list, dead replay
#   ask       what one service alone can be asked; dsn: ask quarantine list, ask quarantine replay
#   announce  after a restore: say everything again, so that the others forget what this database does not know
#   verify    does what the service may never change say what it said? (delegation's journal); exit 1 if not
#   reconcile what it holds of delegation's, compared with what delegation says (standard input) and repaired: --repair
#   config    print the settings in force, secrets masked
set -euo pipefail

: "${SERVICE:?this image was built without SERVICE}"
process=${1:-}
shift || true

case $process in
  api)
    export PROMETHEUS_MULTIPROC_DIR=${PROMETHEUS_MULTIPROC_DIR:-/tmp/metrics}
    rm -rf "$PROMETHEUS_MULTIPROC_DIR"
    mkdir -p "$PROMETHEUS_MULTIPROC_DIR"
    if [ "$SERVICE" = gateway ]; then set -- "gateway.wsgi:managed()" "$@"; fi
    exec gunicorn --config python:backbone.gunicorn_conf "$@"
    ;;
  health)
    exec 3<>"/dev/tcp/127.0.0.1/${ESPACE_MANAGEMENT_PORT:-9000}"
    printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3
    read -r -t 4 _ status _ <&3
    [ "$status" = 200 ]
    ;;
  worker | migrate | parked | replay | outbox | dead | ask | announce | verify | reconcile | config)
    exec python -m backbone "$process" "$SERVICE" "$@"
    ;;
  *)
    sed -n '2,16s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
