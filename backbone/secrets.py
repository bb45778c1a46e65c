"""Secrets that are shown once and kept as a digest (C4): link tokens, session ids, client secrets."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits, as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of `token` at rest: its SHA-256 in hexadecimal, enough for 256 random bits, never for a password."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same(left: str, right: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing (ASVS 11.2.4)."""
    return hmac.compare_digest(left.encode("utf-8", "surrogatepass"), right.encode("utf-8", "surrogatepass"))
