"""The keys that sign tokens (ES256), from settings alone; the first signs, all are published (ASVS 9.1).

A set made by `rotated` holds the signing key, the next one (published before it signs, so that every service already
knows it) and the former one (until its last token expired). `python -m services.identity.adapters.keys FILE` rotates.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from backbone.rights.tokens import ALGORITHM, ISSUER, TYPE
from backbone.strict_json import loads


class SigningKeys:
    """Signs with the first key of a JWKS (JSON text with private keys). ValueError when it has no usable key."""

    def __init__(self, private_jwks: str) -> None:
        try:
            entries = loads(private_jwks.encode())["keys"]
            self._keys = [ECKey.import_key({**one, "use": "sig", "alg": ALGORITHM}) for one in entries]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError("the signing keys are not a JWKS of EC private keys") from error
        if not self._keys or not all(key.is_private and key.curve_name == "P-256" for key in self._keys):
            raise ValueError("the signing keys are not a JWKS of P-256 private keys")
        for key in self._keys:
            key.ensure_kid()

    def sign(self, claims: Mapping[str, Any]) -> str:
        """A compact JWT of `claims`, with our issuer; who signs says for whom and from when to when."""
        header = {"alg": ALGORITHM, "kid": self._keys[0].kid, "typ": TYPE}
        return jwt.encode(header, {"iss": ISSUER, **claims}, self._keys[0], algorithms=[ALGORITHM])

    def jwks(self) -> Mapping[str, Any]:
        """The public keys, for those who verify."""
        return {"keys": [key.as_dict(private=False) for key in self._keys]}


def rotated(private_jwks: str | None = None) -> str:
    """The set after one rotation: the next key signs, a new one waits behind it, the former one still verifies."""
    keys: list[Any] = loads(private_jwks.encode())["keys"] if private_jwks else [_fresh()]
    former, following = keys[0], keys[1] if len(keys) > 1 else _fresh()
    kept = [following, _fresh(), former] if private_jwks else [former, following]
    return json.dumps({"keys": kept}, indent=1)


def _fresh() -> Mapping[str, Any]:
    return ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True)


def main(path: str) -> None:
    """Rotate the keys of the file at `path`, or make it; restart identity's processes one by one after it."""
    file = Path(path)
    new = rotated(file.read_text() if file.exists() else None)
    partial = file.with_suffix(".new")
    partial.touch(mode=0o600)
    partial.write_text(new)
    partial.replace(file)


if __name__ == "__main__":
    main(sys.argv[1])
