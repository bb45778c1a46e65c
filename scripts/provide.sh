#!/usr/bin/env bash
# Give the tests their real servers, antivirus, browser and checkers: Debian's packages, when we may install them. No daemon is
# started: each test run starts its own server on a free port. What cannot be had is said here, and counted by pytest.
# Where an engine answers, tests take PostgreSQL and RabbitMQ from containers; they are installed all the same, for the
# soak, the benchmarks and SERVERS=local.
set -euo pipefail

missing=()
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin' >/dev/null || missing+=(rabbitmq-server)
shell=/usr/bin/chromium-headless-shell # chromium does as well, and computes three times as much
[ -x $shell ] || { [ "$(id -u)" != 0 ] && [ -x /usr/bin/chromium ]; } || missing+=(chromium-headless-shell)
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing+=(nginx)
command -v promtool >/dev/null || missing+=(prometheus)
[ -x /usr/sbin/clamd ] || missing+=(clamav-daemon)
[ ${#missing[@]} -gt 0 ] || exit 0

refuse() {
    printf '\n*** NOT PROVIDED (%d): %s. %s\n\n' "${#missing[@]}" "${missing[*]}" "$1" >&2
    exit 0
}
[ "$(id -u)" = 0 ] || refuse "Only root can install packages; the tests that need them will be counted as not run."
grep -qs '^ID=debian' /etc/os-release || refuse "This is not Debian; the tests that need them will be counted as not run."

policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' >$policy # 101: starting a service is forbidden
    chmod +x $policy
    trap 'rm -f $policy' EXIT
fi
echo "installing ${missing[*]} from Debian's packages (no daemon is started)"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    refuse "apt-get could not install them; the tests that need them will be counted as not run."
fi
