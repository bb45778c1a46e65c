#!/bin/bash
# Does nginx answer? Asked by the container's health check.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${EDGE_HEALTH_PORT:-8079}"
printf 'GET / HTTP/1.0\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
