"""What may be said of the invitation of a pending delegation: what happened, never what was ordered (K6).

The words stand alone in the list and on the page: « Invitation envoyée le 23/11/2026, lien ouvert le 24/11/2026, expire
le 30/11/2026 ».
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.rules import windows, written
from contracts.rules.windows import DAY, HOUR, Window
from contracts.words.statuses import WaitsFor

# What one adhérent may ask for one address (C4); identity makes no more links than that (tests hold the two together).
PER_ADDRESS = (Window(HOUR, 3), Window(DAY, 10))
REMEMBERED = windows.longest(PER_ADDRESS)


@dataclass(frozen=True)
class Standing:
    """The newest link: until when it works, what became of its mail, when it was first opened; when the next leaves by
    itself. Who or what opened it is not known: some mailboxes follow links before anybody reads the mail."""

    expires_at: datetime | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    next_at: datetime | None = None
    waits_for: str | None = None
    opened_at: datetime | None = None

    def facts(self) -> dict[str, Any]:
        """The instants, for programs."""
        names = ("sent_at", "failed_at", "opened_at", "expires_at", "next_at", "waits_for")
        return {name: getattr(self, name) for name in names}


NOTHING_YET = Standing()


def in_words(standing: Standing, asked_at: datetime, now: datetime) -> str:
    """What happened to the invitation last asked for at `asked_at`, as known at `now`."""
    last = _last_link(standing, asked_at, now)
    if standing.next_at is None or standing.next_at <= now:
        return last
    if standing.waits_for == WaitsFor.ADRESSE_RETENUE:
        return f"En attente : cette adresse pourra recevoir une invitation {moment(standing.next_at, None)}"
    again = f"nouvel envoi possible {moment(standing.next_at, now)}"
    return f"{last} ; {again}" if _alive(standing, now) else f"Invitation non envoyée : {again}"


def wait(asked: Sequence[datetime], now: datetime) -> timedelta:
    """How long until one more invitation may be asked for an address, of which `asked` tells the former ones; zero:
    it may now."""
    return windows.wait(PER_ADDRESS, asked, now)


def moment(at: datetime, now: datetime | None) -> str:
    """« à 10 h 32 » when that is on the day of `now`, else « le 24/11/2026 à 10 h 32 »; hours of Paris."""
    return f"à {written.hour(at)}" if now and written.day(now) == written.day(at) else f"le {written.moment(at)}"


def _last_link(standing: Standing, asked_at: datetime, now: datetime) -> str:
    opened = f", lien ouvert le {written.day(standing.opened_at)}" if standing.opened_at else ""
    if standing.failed_at:
        return f"Invitation non remise le {written.day(standing.failed_at)} : vérifiez l'adresse"
    if standing.expires_at and standing.expires_at <= now:
        return f"Invitation expirée le {written.day(standing.expires_at)}{opened}"
    if standing.sent_at and standing.expires_at:
        sent, until = written.day(standing.sent_at), written.day(standing.expires_at)
        return f"Invitation envoyée le {sent}{opened}, expire le {until}"
    # No word of its mail: it leaves now, or is older than such words. That it was asked for is true of both.
    return f"Invitation demandée le {written.day(asked_at)}{opened}"


def _alive(standing: Standing, now: datetime) -> bool:
    return bool(standing.sent_at and standing.expires_at and standing.expires_at > now)
