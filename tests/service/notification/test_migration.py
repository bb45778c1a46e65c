"""The database of the version before, with its deliveries, becomes today's (FA11)."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from backbone.ids import new_id
from backbone.store import migrations
from backbone.store.engines import make_engine

FOLDER = Path("services/notification/migrations").resolve()
COLUMNS = (
    "delivery_id, event_id, template, medium, urgency, recipient, context, status, attempts, ordered_at, finished_at"
)
VALUES = (
    ":delivery_id, :event_id, :template, 'email', 3, 'a@example.com', :context, 'envoye', 1, '2026-11-23', '2026-11-23'"
)


def test_what_was_sent_keeps_its_fact_and_a_fact_sent_twice_is_no_obstacle(database_url: str) -> None:
    engine = make_engine(database_url)
    before = [
        ("accuse_reception", '{"reference": "C-2026-000001"}'),
        ("accuse_reception", '{"reference": "C-2026-000001"}'),  # the fault of before: the same event with a new id
        ("message_caisse", '{"reference": "C-2026-000001"}'),
        ("mot_de_passe_modifie", '{"changed_at": "2026-11-23T09:00:00+00:00"}'),
        ("delegation_fermee", '{"lecteur": "Claire"}'),
    ]
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with engine.begin() as connection:
        ids = [_insert(connection, template, context) for template, context in before]
    migrations.migrate(engine, FOLDER)
    with engine.connect() as connection:
        _insert(connection, "delegation_fermee", "{}")  # a process of the version before, while the new one comes up
        _insert(connection, "delegation_fermee", "{}")
        connection.rollback()
        facts = list(connection.execute(sa.text("SELECT fact FROM delivery ORDER BY delivery_id")).scalars())
    engine.dispose()
    assert facts[0] == facts[2] == "C-2026-000001" and facts[3] == "2026-11-23T09:00:00+00:00"
    assert [fact.replace("-", "") for fact in (facts[1], facts[4])] == [ids[1], ids[4]]


def _insert(connection: Any, template: str, context: str) -> str:
    row = {"delivery_id": new_id().hex, "event_id": new_id().hex, "template": template, "context": context}
    connection.execute(sa.text(f"INSERT INTO delivery ({COLUMNS}) VALUES ({VALUES})"), row)
    return row["event_id"]
