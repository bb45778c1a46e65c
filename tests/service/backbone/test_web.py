"""What every route of every service does: who may enter, what is readable, how errors look, what a key repeats."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from prometheus_client import REGISTRY

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.testing import Answer, ServiceUnderTest, tokens
from contracts.events.identity import SESSION_REVOKED
from tests.service.backbone.sample import take_note  # noqa: F401

ACCOUNT = new_id()


def note(text: str = "bonjour", id: UUID | None = None) -> dict[str, str]:
    return {"note_id": str(id or new_id()), "text": text}


def is_problem(answer: Answer, status: int, code: str) -> None:
    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json["instance"] == answer.headers["X-Request-ID"]


def test_a_command_changes_its_table_and_records_its_event_together(under: ServiceUnderTest) -> None:
    answer = under.post("/v1/notes", json=note(), as_=ACCOUNT)
    assert answer.status == 201
    assert under.get("/v1/notes").json == {"count": 1}
    assert [event.type for event in under.recorded()] == ["note.taken.v1"]
    assert under.recorded()[0].correlation_id == answer.headers["X-Request-ID"]


def test_a_failure_half_way_saves_nothing_and_tells_nothing(under: ServiceUnderTest) -> None:
    answer = under.post("/v1/notes", json=note("fail"), as_=ACCOUNT)
    is_problem(answer, 500, "erreur_interne")
    assert b"secret" not in answer.body
    assert under.get("/v1/notes").json == {"count": 0}
    assert under.recorded() == []


def test_a_refusal_is_a_problem_with_its_slug_and_french_detail(under: ServiceUnderTest) -> None:
    answer = under.post("/v1/notes", json=note("refuse"), as_=ACCOUNT)
    is_problem(answer, 409, "note_refusee")
    assert answer.json["detail"] == "Cette note est refusée."


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"text": "' + b"x" * 66_000 + b'"}', 413),
        (b"[" * 33 + b"]" * 33, 400),
        (b'{"text": "a", "text": "b"}', 400),
        (b'{"text": NaN}', 400),
        (b'{"text": "\xff"}', 400),
        (b'{"text": "\\ud800"}', 400),
        (b'{"text": "a\\u0000b"}', 400),
        (b"", 400),
        (b"[]", 422),
    ],
)
def test_aa50_what_two_readers_could_read_differently_is_refused(
    under: ServiceUnderTest, body: bytes, status: int
) -> None:
    answer = under.post("/v1/notes", data=body, content_type="application/json", as_=ACCOUNT)
    assert answer.status == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("type_", ["application/note+json", "application/x+json; charset=utf-8", "text/json"])
@pytest.mark.parametrize("sent", [{}, {"Transfer-Encoding": "chunked"}], ids=["whole", "chunked"])
def test_aa50_no_other_type_of_json_goes_round_the_strict_reader(
    under: ServiceUnderTest, type_: str, sent: dict[str, str]
) -> None:
    body = b'{"note_id": "%s", "text": "a", "text": "b"}' % str(new_id()).encode()
    stream = (
        {"input_stream": BytesIO(body), "environ_overrides": {"wsgi.input_terminated": True}}
        if sent
        else {"data": body}
    )
    answer = under.post("/v1/notes", content_type=type_, as_=ACCOUNT, headers=sent, **stream)
    is_problem(answer, 415, "type_refuse")
    assert under.get("/v1/notes").json == {"count": 0}


@pytest.mark.parametrize("query", ["a=1&a=1", "a=1&b=2&a=", "a&a", "%61=1&a=2"])
def test_a_parameter_given_twice_is_refused(under: ServiceUnderTest, query: str) -> None:
    is_problem(under.get(f"/v1/notes?{query}"), 400, "illisible")
    assert under.get("/v1/notes?a=1&b=2").status == 200


def test_aa51_an_unknown_property_is_refused_by_name(under: ServiceUnderTest) -> None:
    answer = under.post("/v1/notes", json=note() | {"role": "administrateur"}, as_=ACCOUNT)
    is_problem(answer, 422, "invalide")
    assert answer.json["errors"] == [{"field": "role", "code": "invalide", "message": "Ce champ n'est pas attendu."}]


def test_c2_other_methods_types_and_addresses(under: ServiceUnderTest) -> None:
    is_problem(under.call("PATCH", "/v1/notes"), 405, "methode_refusee")
    is_problem(under.get("/v1/unknown"), 404, "introuvable")
    is_problem(under.post("/v1/notes", data="a=b", content_type="text/plain", as_=ACCOUNT), 415, "type_refuse")


def test_only_a_live_token_for_us_enters(under: ServiceUnderTest, clock: FixedClock) -> None:
    now = clock.now()
    good: dict[str, Any] = {"account_id": ACCOUNT, "session_id": new_id(), "now": now}
    later = int((now + timedelta(minutes=6)).timestamp())
    bad = [
        tokens.user_token(**good, aud="autre"),
        tokens.user_token(**good, iss="autre"),
        tokens.user_token(**(good | {"now": now - timedelta(minutes=6)})),
        tokens.user_token(**good, nbf=later),
        tokens.user_token(**good, iat=later, exp=later + 60),
        tokens.user_token(**good, exp=later),  # nobody's token lives that long
        tokens.user_token(**good)[:-3] + "AAA",
        "not.a.token",
    ]
    for token in bad:
        is_problem(under.post("/v1/notes", json=note(), token=token), 401, "non_authentifie")
    is_problem(under.post("/v1/notes", json=note()), 401, "non_authentifie")
    assert under.post("/v1/notes", json=note(), token=tokens.user_token(**good)).status == 201


def test_asvs_9_1_2_an_unsigned_token_is_refused(under: ServiceUnderTest, clock: FixedClock) -> None:
    import base64

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"iss": "espace-identity", "aud": "espace", "sub": str(ACCOUNT), "sid": str(new_id())}
    now = int(clock.now().timestamp())
    times = {"iat": now, "exp": now + 60, "auth_time": now}
    token = f"{part({'alg': 'none', 'kid': tokens.KEY.kid})}.{part(claims | times)}."
    is_problem(under.post("/v1/notes", json=note(), token=token), 401, "non_authentifie")


def test_a_machine_needs_its_scope_and_a_person_is_not_a_machine(under: ServiceUnderTest) -> None:
    version = {"If-Match": '"7"'}
    answer = under.put("/v1/notes/version", machine=["notes:write"], headers=version)
    assert answer.json == {"version": 7, "client": "test-client"}
    is_problem(under.put("/v1/notes/version", machine=["other"], headers=version), 403, "acces_refuse")
    is_problem(under.put("/v1/notes/version", as_=ACCOUNT, headers=version), 403, "acces_refuse")
    is_problem(under.post("/v1/notes", json=note(), machine=["notes:write"]), 403, "acces_refuse")


def test_c2_a_change_without_its_version_is_428_and_an_unreadable_one_400(under: ServiceUnderTest) -> None:
    is_problem(under.put("/v1/notes/version", machine=["notes:write"]), 428, "version_requise")
    answer = under.put("/v1/notes/version", machine=["notes:write"], headers={"If-Match": "x"})
    is_problem(answer, 400, "version_illisible")


def test_c3_the_same_key_gives_the_same_answer_and_acts_once(under: ServiceUnderTest) -> None:
    key, body = {"Idempotency-Key": str(new_id())}, note()
    first = under.post("/v1/notes", json=body, as_=ACCOUNT, headers=key)
    under.clock.advance(timedelta(minutes=1))
    again = under.post("/v1/notes", json=body, as_=ACCOUNT, headers=key)
    assert (again.status, again.body) == (first.status, first.body)
    assert len(under.recorded()) == 1
    is_problem(under.post("/v1/notes", json=note(), as_=ACCOUNT, headers=key), 422, "cle_idempotence_reutilisee")
    is_problem(
        under.post("/v1/notes", json=note(), as_=ACCOUNT, headers={"Idempotency-Key": "x"}),
        400,
        "cle_idempotence_illisible",
    )


def test_c3_a_key_belongs_to_its_caller_and_a_refused_try_does_not_use_it_up(under: ServiceUnderTest) -> None:
    key = {"Idempotency-Key": str(new_id())}
    assert under.post("/v1/notes", json=note("refuse"), as_=ACCOUNT, headers=key).status == 409
    assert under.post("/v1/notes", json=note(), as_=ACCOUNT, headers=key).status == 201
    assert under.post("/v1/notes", json=note(), as_=new_id(), headers=key).status == 201


def test_a_revoked_session_is_refused_before_its_token_expires(under: ServiceUnderTest) -> None:
    assert under.post("/v1/notes", json=note(), as_=ACCOUNT).status == 201
    session = under.sessions[ACCOUNT]
    data = {"session_id": session, "account_id": ACCOUNT, "revoked_at": under.clock.now()}
    under.deliver(SESSION_REVOKED, data)
    is_problem(under.post("/v1/notes", json=note(), as_=ACCOUNT), 401, "non_authentifie")


def test_fa7_a_database_that_is_away_is_a_503_with_retry_after(
    under: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import sqlalchemy.exc

    def away(*_: object) -> None:
        raise sqlalchemy.exc.OperationalError("connect", {}, ConnectionError("refused to claire@example.com"))

    monkeypatch.setattr(type(under.service), "unit", away)
    answer = under.post("/v1/notes", json=note(), as_=ACCOUNT)
    is_problem(answer, 503, "service_indisponible")
    assert int(answer.headers["Retry-After"]) > 0
    # What it was is told by the driver's own kind of error, and nothing that its text may hold.
    assert "the database is away: OperationalError: ConnectionError" in caplog.messages


def test_the_document_of_the_routes_is_openapi_3_1(under: ServiceUnderTest) -> None:
    document = under.get("/openapi.json").json
    assert document["openapi"] == "3.1.0"
    assert "/v1/notes" in document["paths"]


def test_a_refusal_is_counted_under_the_name_of_its_service(under: ServiceUnderTest) -> None:
    def counted() -> float:
        labels = {"service": under.service.name, "code": "note_refusee"}
        return REGISTRY.get_sample_value("espace_refusals_total", labels) or 0.0

    before = counted()
    under.post("/v1/notes", json=note("refuse"), as_=ACCOUNT)
    assert counted() == before + 1
