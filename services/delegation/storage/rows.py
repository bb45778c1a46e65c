"""Between rows and delegations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.engine import RowMapping

from backbone.clock import paris_day
from contracts.rules.folding import name_key
from contracts.words.kinds import Kind
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import INSTANTS, Beneficiary, Delegation
from services.delegation.domain.grant import Grant, stored_grant
from services.delegation.domain.status import Facts

DAYS = ("starts_on", "ends_on")  # of a grant: JSON has no dates


def delegation_of(row: RowMapping) -> Delegation:
    """The delegation of a row of the table."""
    columns: dict[str, Any] = {**row}
    return Delegation(
        id=row["id"],
        adherent_id=row["adherent_id"],
        kind=Kind(row["kind"]),
        beneficiary=Beneficiary(row["email"], row["account_id"], row["nom"], row["prenom"]),
        # What `granted` was written without, by a version that did not know it, is as the columns say.
        granted=grant_of({**columns, **row["granted"]}),
        effective=stored_grant(columns),
        facts=facts_of(row),
        sequence=row["sequence"],
        parent_id=row["parent_id"],
        grantor_id=row["grantor_id"],
        reinvited_at=row["reinvited_at"],
        begun_on=row["begun_on"],
        reviewed_at=row["reviewed_at"],
        **{name: row[name] for name in INSTANTS},
    )


def facts_of(row: RowMapping) -> Facts:
    """The days on which things happened, from the instants of a row."""
    opened_at, *others = (row[name] for name in INSTANTS)
    days = [paris_day(at) if at else None for at in others]
    return Facts(paris_day(opened_at), *(*days, row["suspended_until"]))


def row_of(delegation: Delegation) -> dict[str, Any]:
    """The row of a delegation, keys included."""
    who = delegation.beneficiary
    return {
        "id": delegation.id,
        "sequence": delegation.sequence,
        "adherent_id": delegation.adherent_id,
        "parent_id": delegation.parent_id,
        "grantor_id": delegation.grantor_id,
        "kind": str(delegation.kind),
        "role": str(delegation.role),
        "account_id": who.account_id,
        "email": who.email,
        "email_key": same_address(who.email),
        "nom": who.nom,
        "prenom": who.prenom,
        "name_key": name_key(who.nom, who.prenom, who.email),
        **delegation.effective.as_plain(),
        "last_day": delegation.effective.period.last_day,
        "granted": plain_grant(delegation.granted),
        "reinvited_at": delegation.reinvited_at,
        "begun_on": delegation.begun_on,
        "reviewed_at": delegation.reviewed_at,
        "suspended_until": delegation.facts.suspended_until,
        **{name: getattr(delegation, name) for name in INSTANTS},
    }


def grant_of(plain: Mapping[str, Any]) -> Grant:
    """Days and rights, from what `plain_grant` made of them."""
    days = {name: date.fromisoformat(plain[name]) if plain[name] else None for name in DAYS}
    return stored_grant({**plain, **days})


def plain_grant(grant: Grant) -> dict[str, Any]:
    """Days and rights as JSON holds them."""
    plain = grant.as_plain()
    return {**plain, **{name: plain[name].isoformat() if plain[name] else None for name in DAYS}}
