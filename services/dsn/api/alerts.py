"""One alert: its history, that it was seen, « Je m'en occupe »."""

from typing import Any
from uuid import UUID

from backbone.errors import NotSignedIn
from backbone.web import etag, perform, principal, query, require_version, signed_in
from services.dsn.api.counting import used
from services.dsn.api.routes import blp
from services.dsn.api.schemas import AlertHistorySchema
from services.dsn.queries.alert_history import alert_history
from services.dsn.steps.acting_on_alert import ActOnAlert
from services.dsn.use_cases.leave_alert import leave_alert
from services.dsn.use_cases.see_alert import SeeAlert, see_alert
from services.dsn.use_cases.take_alert import take_alert

ONE = "/alerts/<uuid:alert_id>"


@blp.get(ONE)
@signed_in
@blp.response(200, AlertHistorySchema)
def get_alert(alert_id: UUID) -> Any:
    """An alert and what happened to it; the ETag is the version that « Je m'en occupe » names."""
    found = query(alert_history, account_id=_me(), alert_id=alert_id)
    used(found["site_id"])
    return found, 200, etag(found["version"])


@blp.post(f"{ONE}/seen")
@signed_in
@blp.response(204)
def see(alert_id: UUID) -> None:
    """I was shown it: it is no news to me any more."""
    perform(see_alert, SeeAlert(_me(), alert_id))


@blp.post(f"{ONE}/correction")
@signed_in
@blp.response(204)
def take(alert_id: UUID) -> None:
    """« Je m'en occupe », on the version that I was shown: 428 without, 412 when it changed."""
    perform(take_alert, ActOnAlert(_me(), alert_id, require_version()))


@blp.post(f"{ONE}/correction/end")
@signed_in
@blp.response(204)
def leave(alert_id: UUID) -> None:
    """Nobody takes care of it any more."""
    perform(leave_alert, ActOnAlert(_me(), alert_id, require_version()))


def _me() -> UUID:
    """The person, on a route that lets only persons in."""
    account_id = principal().account_id
    if account_id is None:
        raise NotSignedIn
    return account_id
