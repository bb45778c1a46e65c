"""Whose word opens and closes: delegation for access, identity for sessions. Each says every ten seconds how far its
events are out, so that a projection that decides knows its age (docs/decisions/0017).
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from sqlalchemy.engine import Connection

from backbone.events.cards import EventCard
from backbone.rights.authority import Authority
from contracts.events.access import ACCESS_EVENTS, take_access
from contracts.events.stated import DELEGATION_STATE_ANNOUNCED
from contracts.fields import WORD, required


class AuthorityAliveData(Schema):
    """Every event of `owner` that decides and was committed before `as_of` is on the bus, before this one."""

    owner = required(fields.Str, validate=WORD)
    as_of = required(fields.AwareDateTime)


DELEGATION_ALIVE = EventCard(
    type="delegation_authority.alive.v1",
    says="delegation says up to when everything that opens or closes an access has been announced (K9).",
    producer="delegation",
    consumers=("notification", "dsn", "contact"),
    key="owner",
    personal_data=False,
    since="2026-11",
    schema=AuthorityAliveData,
    example={"owner": "delegation", "as_of": "2026-11-23T09:00:00+00:00"},
)

IDENTITY_ALIVE = EventCard(
    type="identity_authority.alive.v1",
    says="identity says up to when every session that ended before its time has been announced (K9).",
    producer="identity",
    consumers=("delegation", "notification", "dsn", "contact"),
    key="owner",
    personal_data=False,
    since="2026-11",
    schema=AuthorityAliveData,
    example={"owner": "identity", "as_of": "2026-11-23T09:00:00+00:00"},
)


def ensure_own(connection: Connection, account_id: UUID, answer: Mapping[str, Any]) -> None:
    """Nothing to write: identity answered about `account_id`, whose session lives. ValueError for another answer."""
    if answer["account_id"] != str(account_id):
        raise ValueError("not an answer about this account")


# A sign of life tells how far these are out. So they never go behind it in the slow lane: their cards are `urgent`, but
# for what is said again after a restore, which comes whole and in its order (docs/decisions/0031).
DECIDES = (*ACCESS_EVENTS, DELEGATION_STATE_ANNOUNCED.type)
ACCESS = Authority(DELEGATION_ALIVE, DECIDES, path="/v1/access", take=take_access)
# One's own account answers who has a live session, and was there before this question was asked: identity may be
# brought to a new version after the others.
SESSIONS = Authority(IDENTITY_ALIVE, ("session.revoked.v1",), path="/v1/account", take=ensure_own)

CARDS = (DELEGATION_ALIVE, IDENTITY_ALIVE)
