"""The keys and secrets of an embedded system, made at its first start and kept in its folder."""

import json
import secrets

from joserfc.jwk import ECKey

from backbone.sealing import generate_keypair
from backbone.secrets import digest, new_token
from contracts.words.services import OF_THE_CAISSE
from embedded.folder import Folder

CAISSE = "caisse"


def ensure(folder: Folder) -> None:
    """Make what is missing. Each secret is written once; nothing is ever replaced."""
    _once(folder, "signing_keys.json", _signing_keys)
    _once(folder, "page_key", lambda: secrets.token_hex(32))
    _once(folder, f"{CAISSE}.secret", new_token)
    if not folder.secret("sealing_public.json").exists():
        private, public = generate_keypair()
        folder.write_secret("sealing_private.json", private)
        folder.write_secret("sealing_public.json", public)
    client = {"client_id": CAISSE, "secret_hash": digest(read(folder, f"{CAISSE}.secret")), "scopes": OF_THE_CAISSE}
    folder.write_secret("machine_clients.json", json.dumps([client]))


def read(folder: Folder, name: str) -> str:
    """A secret made before."""
    return folder.secret(name).read_text().strip()


def _once(folder: Folder, name: str, make: object) -> None:
    if not folder.secret(name).exists():
        folder.write_secret(name, make())  # type: ignore[operator]


def _signing_keys() -> str:
    return json.dumps({"keys": [ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True) for _ in range(2)]})
