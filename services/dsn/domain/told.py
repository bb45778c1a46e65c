"""Facts from what an event of the caisse's systems says."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from contracts.words.facts import Origin
from services.dsn.domain.crm import TOLERANCE, Crm
from services.dsn.domain.crm_reading import crm_from
from services.dsn.domain.deposit import Correction, Deposit, rank_of
from services.dsn.domain.facts import Failure, Rectification
from services.dsn.domain.overrides import DueDates
from services.dsn.domain.periods import Period

# When it happened, as each kind says it.
_INSTANTS = ("deposited_at", "published_at", "failed_at", "validated_at", "said_at")
Said = Mapping[str, Any]


def is_of_tomorrow(said: Said, now: datetime) -> bool:
    """True when it says that it happened after `now`."""
    told = [said[name] for name in _INSTANTS if said.get(name) is not None]
    return any(at > now + TOLERANCE for at in told)


def names_a_declaration(said: Said) -> bool:
    """True when a failure names an establishment and its month, or a flow."""
    return bool(said["flow_id"] or (said["siret"] and said["period"]))


def deposit_told(said: Said) -> Deposit:
    """The declaration of a `declaration.received`. Its identity is that of the same one in a file: flow and rank."""
    flow, rank = said["flow_id"], rank_of(said["rank"])
    same = {name: said[name] for name in ("siret", "nature", "type", "fraction", "fractions", "order", "replaced")}
    return Deposit(
        identity=_hash(f"{flow}|{rank}"),
        digest=_hash(repr(sorted((name, str(value)) for name, value in said.items() if name != "fact_id"))),
        period=Period.parse(said["period"]),
        is_test=said["test"],
        declarant=said["declarant"] or "",
        norm=said["norm"],
        deposited_at=said["deposited_at"],
        individuals=said["individuals"],
        fund_codes=dict(said["fund_codes"]),
        absences=tuple(sorted(said["absences"])),
        exit_requested=said["exit_requested"],
        flow_id=flow,
        flow_rank=rank,
        business_id=said.get("business_id"),
        substitution=said.get("substitution"),
        corrections=_corrections(said.get("corrections", ())),
        **same,
    )


def crm_told(said: Said) -> Crm:
    """The answer of a `crm.published`."""
    returns = [{**one, "code": one["anomaly"]} for one in said["returns"]]
    told = {**said, "code": said["return_code"], "returns": returns, "published_at": said["published_at"].isoformat()}
    return crm_from({name: value for name, value in told.items() if name not in ("fact_id", "return_code")}).crm


def failure_told(said: Said) -> Failure:
    """The failure of a `processing.failed`."""
    period = Period.parse(said["period"]) if said["period"] else None
    rank = rank_of(said["rank"]) if said["rank"] else None
    told = (said["siret"], said["period"], said["flow_id"], rank, said["cause"], said["failed_at"].isoformat())
    return Failure(_hash(repr(told)), said["failed_at"], said["cause"], said["siret"], period, said["flow_id"], rank)


def rectification_told(said: Said) -> Rectification:
    """The rectification of a `rectification.validated`."""
    told = (said["siret"], said["period"], said["origin"], said["validated_at"].isoformat())
    period, origin = Period.parse(said["period"]), Origin(said["origin"])
    return Rectification(_hash(repr(told)), said["siret"], period, origin, said["validated_at"])


def due_dates_told(said: Said) -> DueDates:
    """The due dates of a `calendar.overridden`."""
    period = Period.parse(said["period"]) if said["period"] else None
    return DueDates(said["caisse"], period, said["due_on"], said["due_day"], said["due_at"], said["label"])


def _corrections(told: Iterable[Said]) -> tuple[Correction, ...]:
    """The same whatever their order, as a file gives them; one that names neither a month nor an answer is none."""
    pairs = ((one.get("period"), one.get("quote") or "") for one in told)
    found = {Correction(Period.parse(month) if month else None, quote) for month, quote in pairs if month or quote}
    return tuple(sorted(found, key=str))


def _hash(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()
