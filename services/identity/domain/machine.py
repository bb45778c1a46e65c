"""The caisse's systems: clients with a secret and scopes, known from a setting file alone (no default client)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backbone.strict_json import loads

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
_SCOPE = re.compile(r"[a-z]+:[a-z]+")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class MachineClient:
    """One client: its id, the SHA-256 of its 256-bit secret, the scopes it may ask for."""

    client_id: str
    secret_hash: str
    scopes: frozenset[str]

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.client_id):
            raise ValueError(f"client id {self.client_id!r} is not made of a-z 0-9 . _ -")
        if not _DIGEST.fullmatch(self.secret_hash):
            raise ValueError(f"secret_hash of {self.client_id} is not a SHA-256 in hexadecimal")
        if not self.scopes or not all(_SCOPE.fullmatch(scope) for scope in self.scopes):
            raise ValueError(f"scopes of {self.client_id} are not like « dsn:write »")

    def granted(self, wanted: Iterable[str]) -> frozenset[str] | None:
        """The scopes of a token: those wanted, or all when none is; None when one is not the client's."""
        asked = frozenset(wanted)
        return None if asked - self.scopes else asked or self.scopes


def read_clients(text: str) -> Mapping[str, MachineClient]:
    """The clients of a JSON list [{client_id, secret_hash, scopes}]. ValueError says what is wrong."""
    clients = [
        MachineClient(str(one["client_id"]), str(one["secret_hash"]), frozenset(one["scopes"]))
        for one in _entries(text)
    ]
    if len({client.client_id for client in clients}) < len(clients):
        raise ValueError("a client id is there twice")
    return {client.client_id: client for client in clients}


def _entries(text: str) -> list[dict[str, list[str]]]:
    entries = loads(text.encode())
    if not isinstance(entries, list) or not all(
        isinstance(one, dict) and set(one) == {"client_id", "secret_hash", "scopes"} for one in entries
    ):
        raise ValueError("machine clients are a list of {client_id, secret_hash, scopes}")
    return entries


@dataclass(frozen=True)
class AskToken:
    """A client, its secret, the scopes it wants (none: all of its own) and the address it calls from."""

    client_id: str
    client_secret: str
    scope: str
    address: str

    def __repr__(self) -> str:
        return f"AskToken({self.client_id!r}, ***)"
