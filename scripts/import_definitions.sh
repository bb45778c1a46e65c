#!/usr/bin/env bash
# The broker that runs is given what `make secrets` wrote, without a restart:  scripts/import_definitions.sh [FILE]
#
# New exchanges, queues, bindings, policies and accounts are added, rights are set; what stands keeps its messages. The
# command of RabbitMQ does not read what is piped into it (it waits for ever), and a container sees a replaced secret
# only when it is recreated: so the file goes in first.
set -euo pipefail

docker compose exec -T rabbitmq bash -c \
  'umask 077; cat >/tmp/definitions.json && rabbitmqctl import_definitions /tmp/definitions.json' \
  <"${1:-${SECRETS:-secrets}/rabbitmq_definitions.json}"
