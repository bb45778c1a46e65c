"""Writes the messages from the folders of `messages/`. An unknown variable is an error, HTML escapes everything."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, select_autoescape

from contracts.rules import written
from contracts.words.changes import Cause
from contracts.words.reasons import Closed, Undone
from services.notification.domain.digest import Why
from services.notification.domain.gsm import septets
from services.notification.domain.kinds import MessageKind
from services.notification.domain.nights import What

MESSAGES = Path(__file__).parent.parent / "messages"
UNITS = ((1_000_000, "Mo"), (1_000, "ko"))


class CannotBeWritten(Exception):
    """The template and what it was given do not fit: a fault of ours, said without the content."""


class Templates:
    """The French words of every message. `public_url` is where the links lead, `contact_url` « Contactez-nous »."""

    def __init__(self, *, public_url: str, contact_url: str = "", folder: Path = MESSAGES) -> None:
        self._public_url = public_url.rstrip("/")
        self._contact_url = contact_url or f"{self._public_url}/aide"
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            auto_reload=False,
            autoescape=select_autoescape(["html"]),
        )
        self._environment.filters.update(FILTERS)
        self._environment.globals.update(Cause=Cause, Closed=Closed, Undone=Undone, What=What, Why=Why)

    def email(self, kind: MessageKind, values: Mapping[str, Any]) -> tuple[str, str, str]:
        """Subject, text part and HTML part of an e-mail. CannotBeWritten when a variable is missing."""
        given = {**values, **self._link(kind, values), **self._stop(kind, values), "contact": self._contact_url}
        subject = self._write(kind, "subject.txt", given).strip()
        given["objet_du_courriel"] = subject
        return subject, self._write(kind, "body.txt", given), self._write(kind, "body.html", given)

    def sms(self, kind: MessageKind, values: Mapping[str, Any]) -> str:
        """The text of an SMS, in the GSM-7 alphabet. CannotBeWritten when it is not."""
        given = {**values, "domaine": urlsplit(self._public_url).hostname or "localhost"}
        text = self._write(kind, "sms.txt", given).strip().replace("\u00a0", " ")
        try:
            septets(text)
        except ValueError as error:
            raise CannotBeWritten(str(error)) from error
        return text

    def stop_address(self, kind: MessageKind, values: Mapping[str, Any]) -> str | None:
        """Where one chooses not to get such a mail any more; None when it is no such mail."""
        return self._stop(kind, values).get("adresse_arret")

    def _stop(self, kind: MessageKind, values: Mapping[str, Any]) -> dict[str, str]:
        """That address, as `adresse_arret`. Left out without its token: a template that shows it fails."""
        known = kind.stops and "jeton" in values
        return {"adresse_arret": f"{self._public_url}/lien/preferences/{values['jeton']}"} if known else {}

    def _link(self, kind: MessageKind, values: Mapping[str, Any]) -> dict[str, str]:
        """The address of the one button, as `lien`. Left out when it cannot be made: a template that shows it fails."""
        try:
            return {"lien": self._public_url + kind.link.format_map(values)} if kind.link else {}
        except KeyError:
            return {}

    def _write(self, kind: MessageKind, part: str, given: Mapping[str, Any]) -> str:
        try:
            return self._environment.get_template(f"{kind.name}/{part}").render(given)
        except (TemplateError, KeyError, ValueError, TypeError) as error:
            # Only the kind of the error: its words may quote what was to be written.
            raise CannotBeWritten(f"{kind.name}/{part}: {type(error).__name__}") from None


def french_day(text: str) -> str:
    """« 2026-11-23 » as « 23/11/2026 »."""
    return written.day(date.fromisoformat(text))


def french_moment(text: str) -> str:
    """An ISO instant as « 23/11/2026 à 10 h 00 », in Europe/Paris."""
    return written.moment(datetime.fromisoformat(text))


def french_hour(text: str) -> str:
    """An ISO instant as « 10 h 00 », in Europe/Paris."""
    return written.hour(datetime.fromisoformat(text))


def french_phone(number: str | None) -> str:
    """« 06 12 34 56 78 »; nothing for none."""
    return written.phone(number) if number else ""


def french_size(size: int) -> str:
    """« 12,3 ko »: decimal units, one digit after the comma."""
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}".replace(".", ",")
    return f"{size} octets"


FILTERS = {
    "jour": french_day,
    "moment": french_moment,
    "heure": french_hour,
    "octets": french_size,
    "telephone": french_phone,
}
