#!/usr/bin/env bash
# Put a copy made by backup.sh into a fresh system, or into one service of it:  scripts/restore.sh FOLDER [SERVICE…]
#
# Needs the secrets the copy was made with, and empty volumes (`docker compose down --volumes` is yours to say): nothing
# that is there is ever overwritten. Then `docker compose up --wait`, which migrates if the version is newer, and
# `scripts/announce.sh`: what was decided after the copy is not known any more, and the other services must learn so.
set -euo pipefail

folder=${1:?which folder?}
shift
services=${*:-identity delegation notification dsn contact}

say() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&2; }

(cd "$folder" && sha256sum --quiet --check SHA256SUMS)
docker compose up --detach --wait postgres
for service in $services; do
  tables=$(docker compose exec -T postgres psql --no-psqlrc --tuples-only --no-align --dbname "$service" \
           --command "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
  [ "$tables" = 0 ] || { say "the database $service is not empty: nothing more was restored"; exit 1; }
  say "restoring $service"
  docker compose exec -T postgres pg_restore --no-owner --role "${service}_owner" --single-transaction --exit-on-error \
      --dbname "$service" <"$folder/$service.dump"
done
case " $services " in
  *" contact "*)
    docker compose run --rm --no-deps -T --entrypoint tar contact-api -C /var/lib/espace -xf - <"$folder/files.tar"
    ;;
esac
say "restored; now: docker compose up --wait && scripts/announce.sh"
