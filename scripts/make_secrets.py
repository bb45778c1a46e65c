"""Make the files of secrets that docker compose mounts: `make secrets`. What exists stays; twice changes nothing.

    python scripts/make_secrets.py [--into secrets] [--rotate THING …] [--sms files|smpp] [--close-accounts]

THING is database:SERVICE, broker:SERVICE, client:ID, keys (identity's signing keys) or gateway. What follows from
others (roles, accounts, digests of machine clients) is derived again at each run. docs/operations.md says what to
restart after a rotation. --sms says where SMS go: files in a volume (the default), or the centre of the profile sms.
The broker's accounts keep what the version before let them do, until --close-accounts says that it is gone.
"""

import argparse
import hashlib
import json
import os
import secrets
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from backbone.sealing import generate_keypair  # noqa: E402
from contracts import REGISTRY  # noqa: E402
from contracts.words.services import OF_THE_CAISSE, SERVICES  # noqa: E402
from scripts import broker_accounts, broker_upgrade, database_roles  # noqa: E402
from services.identity.adapters.keys import rotated  # noqa: E402

CLIENTS = {"caisse": OF_THE_CAISSE}
SMS = {"files": "files:/var/lib/espace/sms", "smpp": "smpp://espace:espace@smsc:2775?source=CIBTP"}
CONTAINER_USER = 10001
OPEN = "The broker's accounts serve the version before too: make secrets ACCOUNTS=close, once nobody goes back to it."
CLOSED = "Import the broker's definitions while no worker runs: docs/operations.md, Upgrade."


class Folder:
    """The folder of secrets: writes a file once, readable by the containers' user and closed to everyone else here."""

    def __init__(self, path: Path) -> None:
        self.path, self.made, self.open_for_both = path, [], False
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
        # Containers run as 10001. Root gives each file to that user alone. Anyone else cannot: then the closed folder
        # protects the files on this machine, and the mount of one file shows it to one container.
        self.root = os.geteuid() == 0

    def read(self, name: str) -> str | None:
        """The content of a file, None when it is not there."""
        file = self.path / name
        return file.read_text() if file.exists() else None

    def write(self, name: str, content: str) -> None:
        """Put `content` there, at once or not at all, unless it is there already."""
        if self.read(name) != content:
            self.made.append(name)
            partial = self.path / f".{name}.new"
            partial.unlink(missing_ok=True)
            partial.touch(mode=0o600)
            partial.write_text(content)
            partial.replace(self.path / name)
        self._protect(self.path / name)

    def once(self, name: str, make: Callable[[], str], again: bool = False) -> str:
        """The content of a file, made now if it is missing or wanted `again`."""
        content = None if again else self.read(name)
        if content is None:
            content = make()
        self.write(name, content)
        return content

    def _protect(self, file: Path) -> None:
        if self.root:
            os.chown(file, CONTAINER_USER, CONTAINER_USER)
        file.chmod(stat.S_IRUSR if self.root else stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP | stat.S_IROTH)


def make(folder: Folder, rotate: frozenset[str] = frozenset(), sms_way: str | None = None, close: bool = False) -> None:
    """Every file, from what is there. `close`: no version before runs any more, or is gone back to."""
    databases(folder, rotate)
    broker(folder, rotate, close)
    identity(folder, rotate)
    folder.once("gateway_secret_key", lambda: secrets.token_urlsafe(48), "gateway" in rotate)
    folder.once("mail_url", lambda: "smtp://maildev:1025")
    sms(folder, sms_way)


def databases(folder: Folder, rotate: frozenset[str]) -> None:
    """The address of each database, as its service and as its owner, and the roles with these passwords."""
    passwords = {}
    for service in SERVICES:
        for role in (service, database_roles.owner_of(service)):
            make_url = lambda role=role, service=service: (  # noqa: E731
                f"postgresql+psycopg://{role}:{_password()}@postgres:5432/{service}"
            )
            url = folder.once(f"{role}_database_url", make_url, f"database:{service}" in rotate)
            passwords[role] = _password_of(url)
    folder.write("postgres_roles.sql", database_roles.statements(passwords))


def broker(folder: Folder, rotate: frozenset[str], close: bool = False) -> None:
    """The address of the broker for each service, and the broker's own definitions: for the version before as well."""
    passwords = {}
    for service in SERVICES:
        make_url = lambda service=service: f"amqp://{service}:{_password()}@rabbitmq:5672/{quote('/', safe='')}"  # noqa: E731
        passwords[service] = _password_of(folder.once(f"{service}_broker_url", make_url, f"broker:{service}" in rotate))
    administrator = broker_accounts.ADMINISTRATOR
    passwords[administrator] = folder.once("rabbitmq_admin_password", _password, "broker:admin" in rotate)
    wanted = broker_accounts.definitions(REGISTRY, passwords)
    before = None if close else folder.read("rabbitmq_definitions.json")
    made = broker_upgrade.for_both(json.loads(before), wanted) if before else wanted
    folder.write("rabbitmq_definitions.json", json.dumps(made, indent=1))
    folder.open_for_both = made != wanted


def identity(folder: Folder, rotate: frozenset[str]) -> None:
    """The keys that sign tokens, the pair that seals link tokens, the machine clients."""
    folder.write("identity_signing_keys", _signing_keys(folder.read("identity_signing_keys"), "keys" in rotate))
    if folder.read("sealing_private_key") is None:
        private, public = generate_keypair()
        folder.write("sealing_private_key", private)
        folder.write("sealing_public_key", public)
    clients = []
    for client, scopes in CLIENTS.items():
        secret = folder.once(f"client_{client}", _password, f"client:{client}" in rotate)
        digest = hashlib.sha256(secret.encode()).hexdigest()
        clients.append({"client_id": client, "secret_hash": digest, "scopes": scopes})
    folder.write("machine_clients", json.dumps(clients, indent=1))


def sms(folder: Folder, way: str | None) -> None:
    """Where SMS go. ValueError instead of writing over the address of a provider."""
    if way and folder.read("sms_url") not in (None, *SMS.values()):
        raise ValueError("sms_url names a provider: change that file by hand")
    folder.once("sms_url", lambda: SMS[way or "files"], again=way is not None)


def _signing_keys(present: str | None, again: bool) -> str:
    return rotated(present) if present is None or again else present


def _password() -> str:
    return secrets.token_urlsafe(32)


def _password_of(url: str) -> str:
    return urlsplit(url).password or ""


def known() -> set[str]:
    """What can be rotated."""
    each = {f"{kind}:{service}" for kind in ("database", "broker") for service in SERVICES}
    return each | {f"client:{name}" for name in CLIENTS} | {"broker:admin", "keys", "gateway"}


def main(words: list[str]) -> int:
    """Run; say what was made; the exit status."""
    parser = argparse.ArgumentParser(description="Make the files of secrets that docker compose mounts.")
    parser.add_argument("--into", type=Path, default=ROOT / "secrets")
    parser.add_argument("--rotate", action="append", default=[], choices=sorted(known()), metavar="THING")
    parser.add_argument("--sms", choices=SMS)
    parser.add_argument("--close-accounts", action="store_true", help="no version before runs any more")
    given = parser.parse_args(words)
    folder = Folder(given.into)
    try:
        make(folder, frozenset(given.rotate), given.sms, given.close_accounts)
    except ValueError as error:
        parser.error(str(error))
    sys.stdout.write(f"{len(folder.made)} made in {given.into}: {', '.join(folder.made) or 'everything was there'}\n")
    if folder.open_for_both or given.close_accounts:
        sys.stdout.write(f"{OPEN if folder.open_for_both else CLOSED}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
