#!/bin/bash
# Healthy when clamd answers, which it does once it has read its signatures.
set -euo pipefail
exec 3<>/dev/tcp/127.0.0.1/3310
printf 'zPING\0' >&3
IFS= read -r -d '' -t 5 answer <&3
[ "$answer" = PONG ]
