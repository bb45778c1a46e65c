"""An answer of a caisse from what somebody says of it, whatever wrote it: JSON lines, a report in XML, an event.

Spaces around a value, numbers written as texts and codes written as words are read as what they mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from contracts.words.facts import CrmStatus
from services.dsn.domain.crm import OURS, Crm, implied_code
from services.dsn.domain.crm_returns import returns_of
from services.dsn.domain.deposit import rank_of

_LONGEST = {"flow_id": 64, "rank": 64, "organism": 40, "nature": 40}
_FIELDS = {*_LONGEST, "status", "code", "published_at", "errors", "returns"}
_MOST_ERRORS = 1_000_000
_STATUS_OF_CODE = (CrmStatus.OK, CrmStatus.ANO, CrmStatus.ANO, CrmStatus.KO)


@dataclass(frozen=True, slots=True)
class CrmRead:
    """An answer, and the codes of the controls that failed without spoiling it."""

    crm: Crm
    warnings: tuple[str, ...] = ()


def crm_from(told: object) -> CrmRead:
    """The answer that `told` is; ValueError when it is not one."""
    if not isinstance(told, Mapping) or not _FIELDS.issuperset(told):
        raise ValueError("not an answer")
    status, code = _verdict(told.get("status"), told.get("code"))
    returns, whole = returns_of(told.get("returns"))
    read = Crm(
        flow_id=_text(told, "flow_id"),
        flow_rank=rank_of(_text(told, "rank")),
        organism=_text(told, "organism"),
        status=status,
        code=implied_code(status, code),
        published_at=_instant(told.get("published_at")),
        errors=_errors(told.get("errors"), sum(one.count for one in returns)),
        nature=_text(told, "nature") if told.get("nature") is not None else OURS,
        returns=returns,
    )
    found = {"retours_incomplets": not whole, "nature_crm_ignoree": not read.is_ours}
    return CrmRead(read, tuple(code for code, applies in found.items() if applies))


def _verdict(status: object, code: object) -> tuple[CrmStatus, int | None]:
    """The status and the return code, either of which may be said by the other, or in words (« KO », « EN COURS »)."""
    said, number = _words(status), _words(code)
    if number and not _is_number(number):
        said, number = said or number, ""
        if _status(said) is not _status(_words(code)):
            raise ValueError("status and code")
    value = _number(number, 3) if number else None
    if not said and value is None:
        raise ValueError("status")
    return _status(said) if said else _STATUS_OF_CODE[value or 0], value


def _status(words: str) -> CrmStatus:
    return CrmStatus(words.replace(" ", "_"))


def _words(value: object) -> str:
    """A text or a whole number, in capitals, without the spaces around it; nothing for null. ValueError otherwise."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("words")
    return " ".join(str(value).upper().replace("_", " ").split())


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(name)
    words = str(value).strip() if isinstance(value, str) else str(value)
    if not words.isprintable() or not 1 <= len(words) <= _LONGEST[name]:
        raise ValueError(name)
    return words


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdigit()


def _number(words: str, most: int) -> int:
    if not _is_number(words) or len(words) > 7 or int(words) > most:
        raise ValueError("number")
    return int(words)


def _errors(value: object, returned: int) -> int:
    """How many anomalies: what is said, else what the returns add up to."""
    words = _words(value)
    return _number(words, _MOST_ERRORS) if words else min(returned, _MOST_ERRORS)


def _instant(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("published_at")
    moment = datetime.fromisoformat(value.strip())
    if moment.tzinfo is None or not 2000 <= moment.year < 2100:
        raise ValueError("published_at")
    return moment.astimezone(UTC)
