"""Secrets that must travel on the bus are sealed for one reader (JWE, RFC 7516: ECDH-ES+A256KW, A256GCM, P-256).

The outbox, the broker, the inbox and a dead letter see only the sealed text.
"""

import hmac
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from joserfc import jwe
from joserfc.jwk import ECKey

from backbone.strict_json import loads

HEADER = MappingProxyType({"alg": "ECDH-ES+A256KW", "enc": "A256GCM"})
ALGORITHMS = list(HEADER.values())


class Sealer:
    """Seals for the holder of the private key. `public_jwk` is a JSON Web Key as text."""

    def __init__(self, public_jwk: str) -> None:
        self._key = ECKey.import_key(loads(public_jwk.encode()))

    def seal(self, content: Mapping[str, Any]) -> str:
        """`content` (JSON-plain), readable only by the opener. Any number of threads may seal at once."""
        # A header of its own: the library writes the key of this one message into it, and what left with the key of
        # another thread's message nobody could ever open.
        return jwe.encrypt_compact({**HEADER}, json.dumps(content).encode(), self._key, algorithms=ALGORITHMS)


class Opener:
    """Opens what was sealed with the matching public key. `private_jwk` is a JSON Web Key as text."""

    def __init__(self, private_jwk: str) -> None:
        self._key = ECKey.import_key(loads(private_jwk.encode()))

    def derived(self, purpose: str) -> bytes:
        """A key of 32 bytes that only the holder of this private key can make, one for each `purpose` (NIST SP 800-108:
        HMAC-SHA-256 of the label). It goes when the key is changed."""
        secret = str(self._key.as_dict(private=True)["d"])
        return hmac.digest(secret.encode(), f"espace: {purpose}".encode(), "sha256")

    def open(self, sealed: str) -> dict[str, Any]:
        """What was sealed. ValueError when the text was not sealed for this key or was altered."""
        try:
            plaintext = jwe.decrypt_compact(sealed, self._key, algorithms=ALGORITHMS).plaintext
        except Exception as error:  # the library raises many kinds; all mean the same to us
            raise ValueError("not sealed for this key") from error
        return dict(loads(plaintext or b"{}"))


def generate_keypair() -> tuple[str, str]:
    """A new pair, as JSON texts: (private, public)."""
    key = ECKey.generate_key("P-256", auto_kid=True)
    return json.dumps(key.as_dict(private=True)), json.dumps(key.as_dict(private=False))
