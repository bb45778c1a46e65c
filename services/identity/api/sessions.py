"""Sessions: log in, exchange for a token, rotate, prove again, end."""

from typing import Any
from uuid import UUID

from backbone.web import (
    blueprint,
    page_args,
    page_of,
    page_schema,
    perform,
    person,
    principal,
    public,
    query,
    signed_in,
)
from services.identity.api.proving import admitted, hasher, proved, still_proved
from services.identity.api.schemas import (
    ActOfSessionSchema,
    ExchangeAnswerSchema,
    LiveSessionSchema,
    LoginAnswerSchema,
    LoginSchema,
    ReauthenticationSchema,
    SessionSchema,
)
from services.identity.queries.holder import holder
from services.identity.queries.live_sessions import live_sessions
from services.identity.steps.using_session import UseSession
from services.identity.use_cases.end_others import EndOthers, end_others
from services.identity.use_cases.end_session import EndSession, end_session
from services.identity.use_cases.exchange_session import exchange_session
from services.identity.use_cases.log_out import LogOut, log_out
from services.identity.use_cases.open_session import OpenSession, open_session
from services.identity.use_cases.reauthenticate import Reauthenticate, reauthenticate
from services.identity.use_cases.rotate_session import rotate_session

blp = blueprint("sessions")


@blp.post("/sessions")
@public
@blp.arguments(LoginSchema)
@blp.response(201, LoginAnswerSchema)
def open_(body: dict[str, Any]) -> Any:
    """Log in (G56)."""
    email, password = body["email"], body["mot_de_passe"]
    attempt, known_before = admitted(email)
    found = proved(known_before, email, password)
    known = str(found.password_hash)  # `proved`: there is one
    fresh = hasher().hash(password) if hasher().outdated(known, password) else None
    command = OpenSession(found.account.account_id, found.account.email_key, known, attempt, fresh, body["browser"])
    return perform(open_session, command, idempotent=False)


@blp.post("/sessions/token")
@public
@blp.arguments(ActOfSessionSchema)
@blp.response(200, ExchangeAnswerSchema)
def exchange(body: dict[str, Any]) -> Any:
    """A token for a live session, whose idle time starts again (C7)."""
    return perform(exchange_session, UseSession(body["session"], body.get("act")), idempotent=False)


@blp.post("/sessions/rotate")
@public
@blp.arguments(ActOfSessionSchema)
@blp.response(200, SessionSchema)
def rotate(body: dict[str, Any]) -> Any:
    """A new id for the session, at a change of tiers (C7)."""
    command = UseSession(body["session"], body.get("act"))
    return {"session": perform(rotate_session, command, idempotent=False)}


@blp.post("/sessions/reauthenticate")
@public
@blp.arguments(ReauthenticationSchema)
@blp.response(200, LoginAnswerSchema)
def prove_again(body: dict[str, Any]) -> Any:
    """The password again: a new id and a token whose `auth_time` is now (C8)."""
    found = query(holder, secret=body["session"])
    attempt, _ = admitted(found.account.email)
    still_proved(found, body["mot_de_passe"])
    command = Reauthenticate(body["session"], found.account.email, attempt, body.get("act"))
    return perform(reauthenticate, command, idempotent=False)


@blp.post("/sessions/end")
@public
@blp.arguments(SessionSchema)
@blp.response(204)
def end(body: dict[str, Any]) -> None:
    """Log out (AA20). A dead session is no error."""
    perform(log_out, LogOut(body["session"]), idempotent=False)


@blp.get("/account/sessions")
@signed_in
@blp.arguments(page_args(), location="query")
@blp.response(200, page_schema(LiveSessionSchema))
def mine(args: dict[str, Any]) -> Any:
    """One's own live sessions (ASVS 7.5.2)."""
    me = principal()
    items, total = query(live_sessions, account_id=me.account_id, current=me.session_id, **args)
    return page_of(items, total, **args)


@blp.post("/account/sessions/<uuid:session_id>/end")
@signed_in
@blp.response(204)
def end_mine(session_id: UUID) -> None:
    """End one of one's own sessions; another's is left alone, with the same answer."""
    perform(end_session, EndSession(person(), session_id))


@blp.post("/account/sessions/end-others")
@signed_in
@blp.response(204)
def end_my_others() -> None:
    """End one's sessions but this one."""
    perform(end_others, EndOthers(person(), principal().session_id))
