"""How recent the password must be for what is worth asking it again (C8): one rule for every service."""

from datetime import datetime, timedelta

from backbone.errors import ReauthenticationNeeded

FRESH = timedelta(minutes=5)


def ensure_fresh(authenticated_at: datetime | None, now: datetime) -> None:
    """Raises ReauthenticationNeeded unless the password was given at most five minutes before `now`."""
    if authenticated_at is None or now - authenticated_at > FRESH:
        raise ReauthenticationNeeded
