#!/bin/bash
# clamd, once there are signatures (with none, or half of the official ones, it would call clean what it cannot know), or
# freshclam, which brings them. No signatures: clamd listens to nobody, files wait, the container is not healthy.
set -euo pipefail

folder=/var/lib/clamav

complete() {
  compgen -G "$folder/*.[hn]db" >/dev/null && return       # signatures of one's own
  compgen -G "$folder/main.c[lv]d" >/dev/null && compgen -G "$folder/daily.c[lv]d" >/dev/null
}

case ${1:-clamd} in
  clamd)
    until complete; do
      echo "no signatures in $folder yet"
      sleep 5
    done
    exec clamd --config-file=/etc/clamav/clamd.conf
    ;;
  freshclam) exec freshclam --daemon --config-file=/etc/clamav/freshclam.conf ;;
  *)
    echo "clamd or freshclam, not $1" >&2
    exit 2
    ;;
esac
