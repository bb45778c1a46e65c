"""The answers of a caisse as JSON lines (our own form: the real one is published nowhere). See docs/dsn.md."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from backbone.strict_json import loads
from services.dsn.domain.crm import Crm, CrmStatus, implied_code
from services.dsn.domain.deposit import rank

_TEXTS = {"flow_id": 64, "rank": 64, "organism": 40}
_FIELDS = {*_TEXTS, "status", "code", "published_at", "errors"}
_MOST_ERRORS = 1_000_000


def crm_of(line: str) -> Crm:
    """The answer on `line`; ValueError when it is not one."""
    told = loads(line.encode())
    if not isinstance(told, dict) or not _FIELDS.issuperset(told):
        raise ValueError("not an answer")
    status = CrmStatus(str(told.get("status")))
    return Crm(
        flow_id=_text(told, "flow_id"),
        flow_rank=rank(_text(told, "rank")),
        organism=_text(told, "organism"),
        status=status,
        code=implied_code(status, _number(told.get("code"), 3)),
        published_at=_instant(told.get("published_at")),
        errors=_number(told.get("errors", 0), _MOST_ERRORS) or 0,
    )


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.isprintable() or not 1 <= len(value) <= _TEXTS[name]:
        raise ValueError(name)
    return value


def _number(value: object, most: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError("number")
    return value


def _instant(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError("published_at")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or not 2000 <= moment.year < 2100:
        raise ValueError("published_at")
    return moment.astimezone(UTC)
