"""The caisse's answer (CRM) to a declaration, as one JSON line of `docs/dsn.md`."""

import json
from datetime import UTC, datetime

from tools.dsn_synth.monthly import Monthly

STATUS = {0: "OK", 1: "ANO", 2: "ANO", 3: "KO"}


def crm(one: Monthly, code: int | None, published_at: datetime, organism: str = "CIBTP") -> dict[str, object]:
    """The answer with return code `code` (0 to 3; None while it is pending) published at `published_at` (aware)."""
    return {
        "flow_id": one.flow,
        "rank": one.rank,
        "organism": organism,
        "status": "EN_COURS" if code is None else STATUS[code],
        "code": code,
        "published_at": published_at.astimezone(UTC).isoformat(),
        "errors": 0 if code in (None, 0) else 1,
    }


def render(lines: list[dict[str, object]]) -> bytes:
    """The bytes of a file of answers."""
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()
