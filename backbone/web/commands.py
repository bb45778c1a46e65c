"""From a route to a use case and back: one unit of work, and one stored answer for an Idempotency-Key (C3)."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, g, request
from sqlalchemy.engine import Connection

from backbone.errors import KeyReused, Malformed
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.service import Service
from backbone.store.database import insert
from backbone.store.tables import APART
from backbone.strict_json import loads
from backbone.web.questions import give_back, questions


class KeyUnreadable(Malformed):
    """An Idempotency-Key that is not a UUID."""

    slug = "cle_idempotence_illisible"
    detail = "L'en-tête Idempotency-Key doit être un UUID."


def service() -> Service:
    """The service this application serves."""
    found: Service = current_app.extensions["service"]
    return found


def perform(use_case: Callable[..., Any], command: Any, *, idempotent: bool = True) -> Any:
    """Run `use_case(command, uow=…, <its ports>)` in a unit of work, commit, and return its result.

    With an Idempotency-Key the result is stored in the same transaction and given again to a repeat; it must be
    JSON-plain then. `idempotent=False` is for answers that hold a secret: they are never stored. What is stored of
    the request tells nothing to who reads the table: see `_kept_key` and decision 21.
    """
    key = _key() if idempotent else None
    give_back()
    with service().unit() as uow:
        if key is None:
            result = bound(use_case)(command, uow=uow)
        else:
            result = _once(key, uow, lambda: _plain(bound(use_case)(command, uow=uow)))
        uow.commit()
    return result


def repeated() -> bool:
    """Whether this very request was performed before, under its key: what a route judges first was judged then.

    For a route that checks something outside of `perform` (a password that the first time may have changed): it goes
    straight to its stored answer. KeyReused when the key came with another request.
    """
    with questions(service().engine) as connection:
        same = _answered(connection, _owner())
    if same is False:
        raise KeyReused
    return same is True


def was_answered(connection: Connection, owner: str) -> bool:
    """Whether `owner` was given an answer to this very request, in JSON (a streamed body is not read for that)."""
    if request.mimetype != "application/json":
        return False
    return _answered(connection, owner) is True


def query(function: Callable[..., Any], **arguments: Any) -> Any:
    """Ask `function(connection, **arguments, <its ports>)` on a connection that only reads."""
    with questions(service().engine) as connection:
        return bound(function)(connection, **arguments)


def bound(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` with its ports, for a route whose use case makes its units of work itself."""
    return service().wiring.call(function)


def _once(key: UUID, uow: UnitOfWork, act: Callable[[], Any]) -> Any:
    table, owner, kept = _table(), _owner(), _kept_key(key)
    row = {"owner": owner, "key": kept, "fingerprint": _keyed(key, _fingerprint()), "created_at": uow.now}
    # Rows of before decision 21 hold the key and the fingerprint as they are; they leave within a day.
    before = sa.select(table.c.key).where(table.c.owner == owner, table.c.key == key)
    values = sa.select(*(sa.literal(row[name], table.c[name].type) for name in row)).where(~before.exists())
    # Two requests with one key: the second waits here until the first has committed, then finds its answer.
    claim = insert(uow.connection, table).from_select(list(row), values).on_conflict_do_nothing()
    if uow.connection.execute(claim.returning(table.c.key)).first() is None:
        stored = _stored(uow.connection, owner, key)
        if stored is None or not _same(key, stored.fingerprint):
            raise KeyReused
        return loads(stored.answer.encode())
    result = act()
    mine = sa.and_(table.c.owner == owner, table.c.key == kept)
    uow.connection.execute(sa.update(table).where(mine).values(answer=_json(result)))
    return result


def _answered(connection: Connection, owner: str) -> bool | None:
    """Whether the request that `owner` made under this key, and that was answered, is this one; None: there is none."""
    key = _key()
    stored = _stored(connection, owner, key) if key else None
    if key is None or stored is None or stored.answer is None:
        return None
    return _same(key, stored.fingerprint)


def _stored(connection: Connection, owner: str, key: UUID) -> Any:
    """What is kept of the request that `owner` made under `key`; of before decision 21, under the key as it is."""
    table = _table()
    mine = sa.and_(table.c.owner == owner, table.c.key.in_([_kept_key(key), key]))
    return connection.execute(sa.select(table.c.fingerprint, table.c.answer).where(mine)).first()


def _same(key: UUID, fingerprint: str) -> bool:
    """Whether a stored fingerprint is this request's."""
    body = _fingerprint()
    return fingerprint in (_keyed(key, body), body)


def _kept_key(key: UUID) -> UUID:
    """What is stored of a key: enough to know it again, not to have it."""
    return UUID(bytes=hashlib.sha256(b"key" + key.bytes).digest()[:16])


def _keyed(key: UUID, fingerprint: str) -> str:
    """The fingerprint as it is stored: who has the table has not the key, so no password can be tried on it."""
    return hmac.new(key.bytes, fingerprint.encode(), hashlib.sha256).hexdigest()


def _key() -> UUID | None:
    text = request.headers.get("Idempotency-Key")
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise KeyUnreadable from None


def _fingerprint() -> str:
    """What must be equal for a request to be the same: method, path, the version it decides on, body. Never stored as
    it is.

    A route that streams its body (files) puts a digest of it in `g.body_digest` instead.
    """
    body = g.get("body_digest") or hashlib.sha256(request.get_data(cache=True)).hexdigest()
    version = request.headers.get("If-Match", "")
    what = f"{request.method} {request.full_path}" + (f" {version}" if version else "")
    return hashlib.sha256(f"{what}\n{body}".encode()).hexdigest()


def _owner() -> str:
    caller = g.get("principal")
    return caller.owner if caller else "public"


def _plain(result: Any) -> Any:
    """`result` as it will be read again. NotStrict or UnicodeEncodeError, before the commit, for what none holds."""
    return loads(_json(result).encode())


def _json(result: Any) -> str:
    return json.dumps(result, default=str, ensure_ascii=False)


def _table() -> sa.Table:
    return APART.idempotency
