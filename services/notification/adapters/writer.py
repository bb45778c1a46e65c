"""From a delivery's row to the message: opens the sealed secrets, at the last moment and for that moment only."""

from typing import Any

from backbone.sealing import Opener
from services.notification.adapters.templates import CannotBeWritten, Templates
from services.notification.domain.catalogue import KINDS, Medium
from services.notification.domain.deliveries import Outcome, Verdict
from services.notification.domain.writing import AddressRefused, Email, HeaderRefused, Sms


class MessageWriter:
    """Writes e-mails and SMS. What it opens is in no row, log or error."""

    def __init__(self, templates: Templates, opener: Opener) -> None:
        self._templates = templates
        self._opener = opener

    def write(self, row: Any) -> Email | Sms | Verdict:
        """The message of `row`; a verdict instead when an address is refused, or when words or key do not fit."""
        try:
            return self._message(row)
        except (AddressRefused, HeaderRefused) as refused:
            return Verdict(Outcome.REFUSED, refused.detail)
        except CannotBeWritten as error:
            # A fault of ours, which the next deployment may mend: the message is kept and tried again.
            return Verdict(Outcome.REFUSED_FOR_NOW, f"message impossible à écrire : {error}")
        except ValueError:
            return Verdict(Outcome.REFUSED_FOR_NOW, "contenu scellé pour une autre clé")

    def _message(self, row: Any) -> Email | Sms:
        kind = KINDS[row.template]
        values = {**row.context, **(self._opener.open(row.sealed) if row.sealed else {})}
        if kind.medium is Medium.SMS:
            return Sms(row.delivery_id, row.recipient, self._templates.sms(kind, values), row.ordered_at)
        subject, text, html = self._templates.email(kind, values)
        return Email(row.delivery_id, row.recipient, subject, text, html, row.reply_to, row.ordered_at)
