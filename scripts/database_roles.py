"""PostgreSQL's roles: for each service one that owns its database and migrates it, one that only reads and writes rows.

Passwords are written as SCRAM verifiers (RFC 5803): the file can be read again at any time, it tells no password.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping

ITERATIONS = 4096


def owner_of(service: str) -> str:
    """The role that owns the database of `service`."""
    return f"{service}_owner"


def statements(passwords: Mapping[str, str]) -> str:
    """SQL that makes every role, or gives it its new password."""
    return "".join(_statement(name, password) for name, password in sorted(passwords.items()))


def _statement(name: str, password: str) -> str:
    return (
        f"DO $$ BEGIN CREATE ROLE {name}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;\n"
        f"ALTER ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 100"
        f" PASSWORD '{verifier(name, password)}';\n"
    )


def verifier(name: str, password: str) -> str:
    """What PostgreSQL keeps of `password`. The salt follows from it, so that a second run writes the same."""
    salt = hashlib.sha256(f"salt of {name} {password}".encode()).digest()[:16]
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)
    client = hmac.digest(salted, b"Client Key", "sha256")
    stored, server = hashlib.sha256(client).digest(), hmac.digest(salted, b"Server Key", "sha256")
    return f"SCRAM-SHA-256${ITERATIONS}:{_text(salt)}${_text(stored)}:{_text(server)}"


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
