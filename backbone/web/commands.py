"""From a route to a use case and back: one unit of work, and one stored answer for an Idempotency-Key (C3)."""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app, g, request
from sqlalchemy.engine import Connection

from backbone.database import insert
from backbone.engines import read_only
from backbone.errors import Invalid, Malformed
from backbone.ports import bind
from backbone.service import Service
from backbone.tables import tables
from backbone.unit_of_work import UnitOfWork


class KeyUnreadable(Malformed):
    """An Idempotency-Key that is not a UUID."""

    slug = "cle_idempotence_illisible"
    detail = "L'en-tête Idempotency-Key doit être un UUID."


class KeyReused(Invalid):
    """An Idempotency-Key that came with another request before."""

    slug = "cle_idempotence_reutilisee"
    detail = "Cette clé d'idempotence a déjà servi pour une autre demande."


def service() -> Service:
    """The service this application serves."""
    found: Service = current_app.extensions["service"]
    return found


def perform(use_case: Callable[..., Any], command: Any, *, idempotent: bool = True) -> Any:
    """Run `use_case(command, uow=…, <its ports>)` in a unit of work, commit, and return its result.

    With an Idempotency-Key the result is stored in the same transaction and given again to a repeat; it must be
    JSON-plain then. `idempotent=False` is for answers that hold a secret: they are never stored.
    """
    key = _key() if idempotent else None
    with service().unit() as uow:
        if key is None:
            result = _bound(use_case)(command, uow=uow)
        else:
            result = _once(key, uow, lambda: _plain(_bound(use_case)(command, uow=uow)))
        uow.commit()
    return result


def repeated() -> bool:
    """Whether this very request was performed before, under its key: what a route judges first was judged then.

    For a route that checks something outside of `perform` (a password that the first time may have changed): it goes
    straight to its stored answer. KeyReused when the key came with another request.
    """
    with read_only(service().engine).connect() as connection, connection.begin():
        before = _answered(connection, _owner())
    if before is not None and before != _fingerprint():
        raise KeyReused
    return before is not None


def was_answered(connection: Connection, owner: str) -> bool:
    """Whether `owner` was given an answer to this very request, in JSON (a streamed body is not read for that)."""
    if request.mimetype != "application/json":
        return False
    before = _answered(connection, owner)
    return before is not None and before == _fingerprint()


def query(function: Callable[..., Any], **arguments: Any) -> Any:
    """Ask `function(connection, **arguments, <its ports>)` on a connection that only reads."""
    with read_only(service().engine).connect() as connection, connection.begin():
        return _bound(function, tuple(arguments))(connection, **arguments)


def _once(key: UUID, uow: UnitOfWork, act: Callable[[], Any]) -> Any:
    table = _table()
    mine = sa.and_(table.c.owner == _owner(), table.c.key == key)
    row = {"owner": _owner(), "key": key, "fingerprint": _fingerprint(), "created_at": uow.now}
    # Two requests with one key: the second waits here until the first has committed, then finds its answer.
    claim = insert(uow.connection, table).values(row).on_conflict_do_nothing().returning(table.c.key)
    if uow.connection.execute(claim).first() is None:
        stored = uow.connection.execute(sa.select(table.c.fingerprint, table.c.answer).where(mine)).one()
        if stored.fingerprint != row["fingerprint"]:
            raise KeyReused
        return json.loads(stored.answer)
    result = act()
    uow.connection.execute(sa.update(table).where(mine).values(answer=json.dumps(result)))
    return result


def _answered(connection: Connection, owner: str) -> str | None:
    """The fingerprint of the request that `owner` made under this key, if it was answered."""
    key, table = _key(), _table()
    mine = (table.c.owner == owner, table.c.key == key, table.c.answer.is_not(None))
    return connection.scalar(sa.select(table.c.fingerprint).where(*mine)) if key else None


def _key() -> UUID | None:
    text = request.headers.get("Idempotency-Key")
    if text is None:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise KeyUnreadable from None


def _fingerprint() -> str:
    """What must be equal for a request to be the same: method, path and body.

    A route that streams its body (files) puts a digest of it in `g.body_digest` instead.
    """
    body = g.get("body_digest") or hashlib.sha256(request.get_data(cache=True)).hexdigest()
    return hashlib.sha256(f"{request.method} {request.full_path}\n{body}".encode()).hexdigest()


def _owner() -> str:
    caller = g.get("principal")
    return caller.owner if caller else "public"


def _plain(result: Any) -> Any:
    return json.loads(json.dumps(result, default=str))


def _bound(function: Callable[..., Any], given: tuple[str, ...] = ()) -> Callable[..., Any]:
    known = current_app.extensions.setdefault("bound", {})
    if (function, given) not in known:
        known[function, given] = bind(function, service().all_ports(), given=("uow", *given))
    return known[function, given]


@cache
def _table() -> sa.Table:
    return tables(sa.MetaData()).idempotency
