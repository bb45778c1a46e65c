#!/bin/bash
# Fill in the templates (only the names below, nginx's own variables stay) and become nginx.
set -euo pipefail

export EDGE_HOME=${EDGE_HOME:-/opt/espace} EDGE_RUN=${EDGE_RUN:-/tmp} EDGE_SPOOL=${EDGE_SPOOL:-/var/tmp}
export EDGE_STATIC=${EDGE_STATIC:-/srv} EDGE_WORKERS=${EDGE_WORKERS:-2}
export EDGE_LISTEN=${EDGE_LISTEN:-8080} EDGE_SCHEME=${EDGE_SCHEME:-http} EDGE_TLS=${EDGE_TLS:-$EDGE_HOME/plain.conf}
export EDGE_REDIRECT_LISTEN=${EDGE_REDIRECT_LISTEN:-8081} EDGE_MAILBOX_LISTEN=${EDGE_MAILBOX_LISTEN:-8025}
export EDGE_MORE=${EDGE_MORE:-$EDGE_HOME/plain.conf} EDGE_TRUSTED_PROXY=${EDGE_TRUSTED_PROXY:-unix:}
export EDGE_HEALTH_PORT=${EDGE_HEALTH_PORT:-8079} EDGE_RESOLVER=${EDGE_RESOLVER:-127.0.0.11}
export EDGE_RATE=${EDGE_RATE:-50} EDGE_BURST=${EDGE_BURST:-200} EDGE_CONNECTIONS=${EDGE_CONNECTIONS:-60}
export EDGE_GUESS_RATE=${EDGE_GUESS_RATE:-5} EDGE_GUESS_BURST=${EDGE_GUESS_BURST:-100}
# The gateway's own limit of a request (its ESPACE_MAX_UPLOAD_BYTES). A letter of up to three times as much is let through to
# it: it has no script, and the gateway keeps its words, says what is too much, and lets the files go by (gateway/kit/too_large.py).
export EDGE_UPLOAD_BYTES=${EDGE_UPLOAD_BYTES:-44040192}
export EDGE_LETTER_BYTES=$((3 * EDGE_UPLOAD_BYTES)) EDGE_API_BYTES=$((EDGE_UPLOAD_BYTES + 3 * 1024 * 1024))
domain=${EDGE_DOMAIN:-}          # nginx asks for whole names: on Kubernetes, .espace.svc.cluster.local
export GATEWAY_ADDRESS=${GATEWAY_ADDRESS:-gateway$domain:8000} MAILBOX_ADDRESS=${MAILBOX_ADDRESS:-maildev:1080}
export SMS_ADDRESS=${SMS_ADDRESS:-smsc:8080}
export IDENTITY_ADDRESS=${IDENTITY_ADDRESS:-identity-api$domain:8000} DELEGATION_ADDRESS=${DELEGATION_ADDRESS:-delegation-api$domain:8000}
export NOTIFICATION_ADDRESS=${NOTIFICATION_ADDRESS:-notification-api$domain:8000} DSN_ADDRESS=${DSN_ADDRESS:-dsn-api$domain:8000}
export CONTACT_ADDRESS=${CONTACT_ADDRESS:-contact-api$domain:8000}

fill=$(compgen -e | grep -E '^EDGE_|_ADDRESS$' | while read -r name; do printf 's|${%s}|%s|g\n' "$name" "${!name}"; done)
for template in "$EDGE_HOME"/*.template; do
  sed "$fill" "$template" >"$EDGE_RUN/$(basename "$template" .template)"
done
exec nginx -c "$EDGE_RUN/nginx.conf" -g "daemon off; ${EDGE_MAIN:-}" "$@"
