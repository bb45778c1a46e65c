#!/bin/bash
# The server itself: no shell of the image between it and the signals of the engine.
set -euo pipefail
umask 077
exec rabbitmq-server "$@"
