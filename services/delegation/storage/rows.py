"""Between rows and delegations."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import RowMapping

from backbone.clock import paris_day
from contracts.rules.folding import name_key
from contracts.words.kinds import Kind
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import Beneficiary, Delegation, Grant
from services.delegation.domain.period import Period
from services.delegation.domain.rights import stored_scope
from services.delegation.domain.status import Facts

INSTANTS = ("completed_at", "confirmed_at", "refused_at", "closed_at")


def delegation_of(row: RowMapping) -> Delegation:
    """The delegation of a row of the table."""
    return Delegation(
        id=row["id"],
        adherent_id=row["adherent_id"],
        kind=Kind(row["kind"]),
        beneficiary=Beneficiary(row["email"], row["account_id"], row["nom"], row["prenom"]),
        granted=grant_of(row["granted"]),
        effective=Grant(
            Period(row["starts_on"], row["ends_on"]),
            stored_scope(row["administrator"], row["colleges"], row["rights"]),
        ),
        opened_at=row["opened_at"],
        facts=facts_of(row),
        sequence=row["sequence"],
        parent_id=row["parent_id"],
        grantor_id=row["grantor_id"],
        reinvited_at=row["reinvited_at"],
        **{name: row[name] for name in INSTANTS},
    )


def facts_of(row: RowMapping) -> Facts:
    """The days on which things happened, from the instants of a row."""
    return Facts(paris_day(row["opened_at"]), *(_paris(row[name]) for name in INSTANTS))


def row_of(delegation: Delegation) -> dict[str, Any]:
    """The row of a delegation, keys included."""
    who, period, scope = delegation.beneficiary, delegation.effective.period, delegation.effective.scope
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
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "last_day": period.last_day,
        **scope.as_plain(),
        "granted": plain_grant(delegation.granted),
        "opened_at": delegation.opened_at,
        "reinvited_at": delegation.reinvited_at,
        **{name: getattr(delegation, name) for name in INSTANTS},
    }


def grant_of(plain: Mapping[str, Any]) -> Grant:
    """Days and rights, from what `plain_grant` made of them."""
    return Grant(
        Period(date.fromisoformat(plain["starts_on"]), _day(plain["ends_on"])),
        stored_scope(plain["administrator"], plain["colleges"], plain["rights"]),
    )


def plain_grant(grant: Grant) -> dict[str, Any]:
    """Days and rights as JSON holds them."""
    period = grant.period
    return {
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat() if period.ends_on else None,
        **grant.scope.as_plain(),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _paris(instant: datetime | None) -> date | None:
    return paris_day(instant) if instant else None
