"""The service as a whole: its schema, its jobs, its indexes, its contract."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from contracts import REGISTRY
from services.identity.listeners import LISTENS
from services.identity.storage.tables import (
    METADATA,
    hits,
    identifier_changes,
    mobile_codes,
    resets,
    sessions,
    throttles,
)


def test_every_route_is_documented_with_a_sentence_and_an_answer(identity):
    paths = identity.under.get("/openapi.json").json["paths"]
    operations = [
        (path, verb, what) for path, item in paths.items() for verb, what in item.items() if verb != "parameters"
    ]
    assert len(operations) == 40
    assert [(path, verb) for path, verb, what in operations if not what.get("summary")] == []


def test_it_listens_to_exactly_what_the_contract_says():
    assert set(LISTENS) == {card.type for card in REGISTRY.consumed_by("identity")}


def test_every_listener_takes_its_example_twice(identity):
    for card in REGISTRY.consumed_by("identity"):
        identity.under.deliver(card)


def test_a_confirmation_alone_is_taken_although_nothing_is_known_of_it_fa12(identity):
    identity.under.deliver(REGISTRY.cards["delegation.confirmed.v1"])
    identity.under.deliver(REGISTRY.cards["delegation.opened.v1"], sequence=0)
    assert identity.recorded("invitation.issued.v1") == []


def test_the_migrations_make_the_tables_that_the_code_declares(identity):
    with identity.under.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert [one for one in differences if "backbone" not in str(one)] == []


def test_old_secrets_and_counters_are_forgotten(identity):
    account = identity.active()
    identity.login()
    identity.login(password="faux")
    identity.asked_reset()
    identity.post("/account/mobile/code", as_=account)
    assert identity.ask_identifier(identity.login().json["access_token"]).status == 202
    assert identity.under.run_job("purge") == 0
    identity.wait(days=1)
    assert identity.under.run_job("lapse_identifiers") == 1
    identity.wait(days=30)
    assert identity.under.run_job("purge") > 0
    with identity.under.engine.connect() as connection:
        for table in (sessions, resets, identifier_changes, mobile_codes, hits, throttles):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0


def test_a_batch_of_openings_takes_a_fixed_number_of_statements(identity):
    from uuid import uuid4

    card, seen = REGISTRY.cards["delegation.opened.v1"], []
    sa.event.listen(identity.under.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))

    def statements(count):
        states = [identity.state(f"{uuid4()}@example.com", adherent_id=uuid4()) for _ in range(count)]
        seen.clear()
        identity.under.take([identity.under.delivery(card, state) for state in states])
        return len(seen)

    assert statements(300) <= statements(1) + 2
