"""Refused lines of the referential: one strict reader, each in words, nothing half-saved, and an end to it (K12)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.testing import ServiceUnderTest
from services.delegation.app import build
from services.delegation.settings import Settings
from services.delegation.storage.tables import adherents
from tests.service.delegation.world import COLUMNS, World, line

SITE_NAMES = ("siret", "site_nom", "jour_echeance", "premiere_periode")


def row(number: int, **changes: Any) -> bytes:
    values: dict[str, Any] = dict(zip(COLUMNS.split(","), line(number).split(","), strict=True))
    site = {name: values.pop(name) for name in SITE_NAMES}
    return json.dumps({**values, "sites": [site], **changes}).encode()


BAD = {
    "surrogate in a name": row(2, raison_sociale="\ud800"),
    "surrogate in a property": row(2, **{"\ud800": "x"}),
    "surrogate in a site": row(2, sites=[{"\ud800": "x"}]),
    "nul": row(2, raison_sociale="a\0b"),
    "twice": b'{"caisse": "A", ' + row(2)[1:],
    "not a number": row(2, siren=float("nan")),
    "endless number": row(2).replace(b'"0400002"', b"1" + b"0" * 5000),
    "deep": row(2, raison_sociale=json.loads("[" * 40 + "]" * 40)),
    "bytes": b"\xff" + row(2),
}


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("key", [False, True], ids=["once", "with a key"])
def test_k12_a_bad_line_is_that_lines_refusal_in_words(world: World, what: str, key: bool) -> None:
    headers = {"Idempotency-Key": str(new_id())} if key else {}
    body = b"\n".join([row(1), BAD[what], row(3)])
    answer = world.send_body(body, format="jsonl", first=1, headers=headers)
    assert answer.status == 200, answer.json
    assert [one["line"] for one in answer.json["rejected"]] == [2]
    assert answer.json["rejected"][0]["message"].startswith(("La ligne n'est pas", "«", "La colonne"))
    assert answer.json["created"] == world.scalar(sa.select(sa.func.count()).select_from(adherents)) == 2


@pytest.fixture
def strict(database_url: str, clock: FixedClock) -> Iterator[World]:
    """A delegation service that takes three refused lines."""
    settings = Settings.of(database_url=database_url, broker_url="embedded:", import_most_refused=3)
    service = ServiceUnderTest(build, settings, clock=clock)
    yield World(service)
    service.close()


def test_k12_an_import_of_refused_lines_stops_at_a_limit_and_says_so(strict: World) -> None:
    import_id = strict.begin()
    assert strict.send(line(1), "court", "court", "court", into=import_id).status == 200
    stopped = strict.send(line(2), into=import_id, first=6)
    assert (stopped.status, stopped.json["code"]) == (422, "import_arrete")
    assert stopped.json["detail"].startswith("L'import est arrêté : trop de lignes sont refusées.")
    assert strict.scalar(sa.select(sa.func.count()).select_from(adherents)) == 1
    assert strict.send(line(2)).status == 200  # a corrected file is another import
