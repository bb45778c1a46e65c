"""From a delivery's row to the message: opens the sealed secrets, at the last moment and for that moment only."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backbone.sealing import Opener
from services.notification.adapters.mime import Sender, compose
from services.notification.adapters.templates import CannotBeWritten, Templates
from services.notification.domain.deliveries import Outcome, Verdict
from services.notification.domain.kinds import Medium, MessageKind
from services.notification.domain.refusals import AddressRefused, HeaderRefused, MessageAltered
from services.notification.domain.stopping import Stops
from services.notification.domain.writing import Email, Letter, Sms
from services.notification.messages import KINDS

# What stands for a secret when a message is tried out: as long as a real one, and of no use to anybody.
STAND_INS = {"token": "0" * 43, "code": "000000", "expires_at": "2026-01-01T00:00:00+00:00"}
REFUSALS = (AddressRefused, HeaderRefused, MessageAltered)


class MessageWriter:
    """Writes e-mails and SMS. What it opens is in no row, log or error."""

    def __init__(self, templates: Templates, opener: Opener, sender: Sender, stops: Stops) -> None:
        self._templates = templates
        self._opener = opener
        self._sender = sender
        self._stops = stops

    def write(self, row: Any) -> Letter | Sms | Verdict:
        """The message of `row`; a verdict instead when it is refused as it is, or when words or key do not fit."""
        try:
            return self._message(row, self._opener.open(row.sealed) if row.sealed else {})
        except REFUSALS as refused:
            return Verdict(Outcome.REFUSED, refused.detail)
        except CannotBeWritten as error:
            # A fault of ours, which the next deployment may mend: the message is kept and tried again.
            return Verdict(Outcome.REFUSED_FOR_NOW, f"message impossible à écrire : {error}")
        except ValueError:
            return Verdict(Outcome.REFUSED_FOR_NOW, "contenu scellé pour une autre clé")

    def refusal(self, row: Any) -> str | None:
        """Why the message of `row` can never be made, tried out with stand-ins for its secrets; None when it can."""
        try:
            self._message(row, STAND_INS if row.sealed else {})
        except REFUSALS as refused:
            return refused.detail
        except CannotBeWritten:
            return None  # a fault of ours, found again when it is sent
        return None

    def _message(self, row: Any, opened: Mapping[str, Any]) -> Letter | Sms:
        kind = KINDS[row.template]
        values = {**kind.gained, **row.context, **opened, **self._stop(kind, row)}
        if kind.medium is Medium.SMS:
            return Sms(row.delivery_id, row.recipient, self._templates.sms(kind, values), row.ordered_at)
        subject, text, html = self._templates.email(kind, values)
        stop = self._templates.stop_address(kind, values)
        email = Email(row.delivery_id, row.recipient, subject, text, html, row.reply_to, row.ordered_at, stop)
        return compose(email, self._sender)

    def _stop(self, kind: MessageKind, row: Any) -> dict[str, str]:
        """The token by which the reader stops such mails, made here: no row holds it."""
        return {"jeton": self._stops.token(UUID(row.context["account_id"]), kind.stops)} if kind.stops else {}
