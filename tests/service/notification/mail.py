"""What the tests of notification say often."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from backbone.events.cards import EventCard
from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from contracts.events import identity
from services.notification.storage.tables import delivery
from tests.service.notification.conftest import CODE, SEALER, TOKEN
from tests.support.smtp import SmtpSink

SEALED = {"sealed": SEALER.seal({"token": TOKEN})}


def subjects(sink: SmtpSink) -> list[str]:
    """The subjects of what was received."""
    return [str(message["Subject"]) for message in sink.messages]


def text_of(sink: SmtpSink, number: int = 0) -> str:
    """The text of the message of that number."""
    part = sink.messages[number].get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def invite(under: ServiceUnderTest, email: str = "comptable@example.com", **changes: Any) -> None:
    """An invitation was issued, a new one each time."""
    expires_at = under.clock.now() + timedelta(days=7)
    given = {"email": email, "sealed": SEALER.seal({"token": TOKEN}), "expires_at": expires_at}
    given = {**given, "invitation_id": new_id(), **changes}
    under.deliver(identity.INVITATION_ISSUED, like(identity.INVITATION_ISSUED, **given))


def text_code(under: ServiceUnderTest, *, expires_at: datetime | None = None) -> None:
    """A code was made for a mobile number, a new one each time."""
    given = {
        "code_id": new_id(),
        "sealed": SEALER.seal({"code": CODE}),
        "expires_at": expires_at or under.clock.now() + timedelta(minutes=10),
    }
    under.deliver(identity.MOBILE_CODE_ISSUED, like(identity.MOBILE_CODE_ISSUED, **given))


def like(card: EventCard, **changes: Any) -> dict[str, Any]:
    """The example of `card`, with changes."""
    return {**card.load(card.example), **changes}


def rows(under: ServiceUnderTest) -> list[Any]:
    """Every delivery, in the order they were ordered."""
    with under.engine.connect() as connection:
        return list(connection.execute(sa.select(delivery).order_by(delivery.c.delivery_id)))


def statuses(under: ServiceUnderTest) -> list[str]:
    """Where each delivery stands."""
    return [row.status for row in rows(under)]


def send(under: ServiceUnderTest) -> int:
    """Run both senders; how many messages left."""
    return under.run_job("send_emails") + under.run_job("send_sms")
