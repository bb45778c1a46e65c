"""The journal's chain: each line is sealed by a hash of what it says and of the hash of the line before (D18).

Who changes a line, takes one out, puts one in or swaps two breaks every seal from there on. One chain an adhérent.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

NOTHING_BEFORE = "0" * 64
# All that a line of the journal says. What a later version adds to it is a new seal's, not an old one's.
SAID = (
    *("id", "at", "adherent_id", "delegation_id", "sequence", "act", "author_id", "author", "author_email", "reason"),
    "scope",
)


@dataclass(frozen=True)
class Sealed:
    """A seal as it is kept, with its line as that is now (None: it is gone)."""

    adherent_id: UUID
    position: int
    hash: str
    line: Mapping[str, Any] | None


def seal(line: Mapping[str, Any], position: int, previous: str) -> str:
    """The hash of `line`, which stands at `position` after the line whose hash is `previous`."""
    return hashlib.sha256(canonical(line, position, previous)).hexdigest()


def canonical(line: Mapping[str, Any], position: int, previous: str) -> bytes:
    """What is hashed: JSON in UTF-8, keys in order, no space, instants in UTC to the microsecond."""
    said = {name: _plain(line[name]) for name in SAID} | {"position": position, "previous": previous}
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def faults(chains: Iterable[Sealed]) -> Iterator[str]:
    """What is wrong with these seals, which come by adhérent and position: one sentence a seal."""
    adherent: UUID | None = None
    expected, previous = 1, NOTHING_BEFORE
    for one in chains:
        if one.adherent_id != adherent:
            adherent, expected, previous = one.adherent_id, 1, NOTHING_BEFORE
        where = f"adhérent {one.adherent_id}, line {one.position}"
        if one.position != expected:
            yield f"{where}: line {expected} should come here"
        elif one.line is None:
            yield f"{where}: it is gone"
        elif one.line["adherent_id"] != one.adherent_id or seal(one.line, one.position, previous) != one.hash:
            yield f"{where}: it does not say what it said when it was sealed, or the line before it does not"
        expected, previous = one.position + 1, one.hash


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value
