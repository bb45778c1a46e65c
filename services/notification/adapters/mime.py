"""An e-mail as it travels: headers, text part, HTML part."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from services.notification.domain.writing import Email


class Sender:
    """Who the e-mails come from: « Votre caisse CIBTP <ne-pas-repondre@…> »."""

    def __init__(self, text: str) -> None:
        name, address = parseaddr(text)
        if "@" not in address:
            raise ValueError("the sender needs an e-mail address")
        self.address = address
        self.domain = address.rpartition("@")[2]
        self.header = str(Address(name, addr_spec=address))


def message(email: Email, sender: Sender) -> EmailMessage:
    """The MIME form. The same delivery always has the same Message-ID, by which a repeat is recognised (FA8)."""
    mime = EmailMessage(policy=SMTP)
    mime["From"] = sender.header
    mime["To"] = email.recipient
    mime["Subject"] = email.subject
    mime["Date"] = format_datetime(email.ordered_at)
    mime["Message-ID"] = f"<{email.delivery_id}@{sender.domain}>"
    # RFC 3834: no out-of-office answers to us; the second header is what Exchange understands.
    mime["Auto-Submitted"] = "auto-generated"
    mime["X-Auto-Response-Suppress"] = "All"
    mime["Content-Language"] = "fr"
    if email.reply_to:
        mime["Reply-To"] = email.reply_to
    # Seven bits whatever the server can take, and lines of a length that none refuses.
    mime.set_content(email.text, cte="quoted-printable")
    mime.add_alternative(email.html, subtype="html", cte="quoted-printable")
    return mime
