"""What is kept of a request that may be repeated (C3): its answer, and nothing that a password could be tried on."""

import hashlib
import hmac
import json

import sqlalchemy as sa

from backbone.ids import new_id
from backbone.store.tables import tables
from backbone.testing import ServiceUnderTest
from tests.service.backbone.sample import take_note  # noqa: F401

ACCOUNT = new_id()
KEPT = tables(sa.MetaData()).idempotency


def rows(under: ServiceUnderTest) -> list[sa.Row[tuple[object, ...]]]:
    with under.service.engine.connect() as connection:
        return list(connection.execute(sa.select(KEPT)))


def plain_fingerprint(body: bytes) -> str:
    """What anybody can compute who guesses the body."""
    return hashlib.sha256(f"POST /v1/notes?\n{hashlib.sha256(body).hexdigest()}".encode()).hexdigest()


def test_who_reads_the_table_cannot_try_bodies_on_it(under: ServiceUnderTest) -> None:
    key, body = new_id(), json.dumps({"note_id": str(new_id()), "text": "un secret"}).encode()
    options = {"headers": {"Idempotency-Key": str(key)}, "content_type": "application/json"}
    assert under.post("/v1/notes", data=body, as_=ACCOUNT, **options).status == 201
    (row,) = rows(under)
    guess = plain_fingerprint(body)
    tried = {guess, *(hmac.new(known, guess.encode(), hashlib.sha256).hexdigest() for known in (b"", row.key.bytes))}
    assert row.fingerprint not in tried
    assert row.key != key


def test_a_row_of_before_is_still_answered_once(under: ServiceUnderTest) -> None:
    key, body = new_id(), json.dumps({"note_id": str(new_id()), "text": "avant"}).encode()
    old = {"owner": f"account:{ACCOUNT}", "key": key, "fingerprint": plain_fingerprint(body)}
    options = {"headers": {"Idempotency-Key": str(key)}, "content_type": "application/json"}
    first = under.post("/v1/notes", data=body, as_=ACCOUNT, **options)
    (row,) = rows(under)
    with under.service.engine.begin() as connection:
        connection.execute(sa.update(KEPT).values(**{**old, "owner": row.owner}))
    again = under.post("/v1/notes", data=body, as_=ACCOUNT, **options)
    assert (again.status, again.body) == (first.status, first.body)
    assert len(under.recorded()) == 1
    other = under.post(
        "/v1/notes", json={"note_id": str(new_id()), "text": "autre"}, as_=ACCOUNT, headers=options["headers"]
    )
    assert (other.status, other.json["code"]) == (422, "cle_idempotence_reutilisee")


def test_another_version_is_another_request(under: ServiceUnderTest) -> None:
    key, body = str(new_id()), {"note_id": str(new_id()), "text": "une fois"}
    answers = [
        under.post("/v1/notes", json=body, as_=ACCOUNT, headers={"Idempotency-Key": key, "If-Match": f'"{version}"'})
        for version in (1, 1, 2)
    ]
    assert [one.status for one in answers] == [201, 201, 422]
    assert answers[2].json["code"] == "cle_idempotence_reutilisee"
