#!/usr/bin/env bash
# Write requirements/*.txt from requirements/*.in: every version and hash, no address of a registry.
# dev is solved first and the others take its versions, so that what is tested is what runs.
# UPGRADE=1 takes newer versions; without it only what changed in the .in files changes.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
versions=$(mktemp)
trap 'rm -f "$versions"' EXIT

compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        "$@" --output-file "${1%.in}.txt"
}

compile dev.in ${UPGRADE:+--upgrade}
grep -E '^[a-z]' dev.txt | sed 's/ *\\$//' >"$versions"
for input in *.in; do
    case $input in
        base.in | dev.in) ;;
        *) compile "$input" ${UPGRADE:+--upgrade} --constraint "$versions" ;;
    esac
done
