"""What a message is when it is written: judged again there, whatever its route looked at, and told whole."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.errors import NotFound
from backbone.messaging.wakeup import Wakeups
from backbone.testing import ServiceUnderTest
from contracts.events import delegation, identity
from contracts.examples import ACCOUNT, ADHERENT, ADHERENT_ID
from services.contact.domain.files import StoredFile
from services.contact.domain.ports import Detect
from services.contact.domain.refusals import FilesTooLarge
from services.contact.domain.scan import WAKE
from services.contact.storage.tables import account, adherent, message
from services.contact.use_cases.send_message import SendMessage, send_message
from tests.service.contact.conftest import OPENER
from tests.service.contact.sending import ME, announced, write
from tests.support.documents import PDF

OTHER = UUID(int=77)


def act(under: ServiceUnderTest, *files: StoredFile) -> Any:
    """The act alone, without its route."""
    command = SendMessage(ME, UUID(ADHERENT_ID), "Question", "Bonjour", True, files)
    with under.unit() as uow:
        answer = under.service.wiring.bind(send_message, given=("uow",))(command, uow=uow)
        uow.commit()
    return answer


def test_m11_files_that_are_too_large_are_refused_by_the_act_itself(under: ServiceUnderTest) -> None:
    large = StoredFile("a.pdf", 10**12, "application/pdf", "name", "digest")
    with pytest.raises(FilesTooLarge):
        act(under, large)
    assert under.recorded() == []


def test_aa34_the_last_day_of_an_access_ends_at_midnight_in_paris(under: ServiceUnderTest) -> None:
    state = {**delegation.DELEGATION_CONFIRMED.example, "ends_on": "2026-11-23"}
    under.deliver(delegation.DELEGATION_CHANGED, delegation.DELEGATION_CHANGED.load(state), sequence=2)
    under.clock.set(datetime(2026, 11, 23, 22, 59, tzinfo=UTC))
    assert act(under)["reference"] == "C-2026-000001"
    under.clock.set(datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    with pytest.raises(NotFound):
        act(under)


@pytest.mark.parametrize("table", [account, adherent], ids=["the sender", "the adhérent"])
def test_who_is_forgotten_while_the_files_come_is_asked_to_come_back_and_no_file_stays(
    table: sa.Table,
    under: ServiceUnderTest,
    store: Callable[[], list[Path]],
) -> None:
    detect = under.service.wiring[Detect]

    def detect_late(path: Path) -> Any:
        with under.engine.begin() as connection:
            connection.execute(sa.delete(table))
        return detect(path)

    under.service.wiring.replace(Detect, detect_late)
    assert write(under, ("bordereau.pdf", PDF)).status == 503
    assert (under.recorded(), store()) == ([], [])


def test_g87_the_caisse_is_told_all_that_it_needs_and_the_link_says_until_when(under: ServiceUnderTest) -> None:
    sent = write(under, ("a.pdf", PDF)).json
    (event,) = announced(under)
    token = OPENER.open(event.data["sealed"])
    assert token["expires_at"] == (under.clock.now() + timedelta(days=30)).isoformat()
    assert {name: value for name, value in event.data.items() if name != "sealed"} == {
        "message_id": UUID(sent["message_id"]),
        "reference": "C-2026-000001",
        "adherent": {**ADHERENT, "adherent_id": UUID(ADHERENT_ID)},
        "account_id": ME,
        "sender": {name: ACCOUNT[name] for name in ("email", "nom", "prenom")},
        "telephone_fixe": None,
        "telephone_mobile": ACCOUNT["telephone_mobile"],
        "caisse_nom": "CIBTP Île-de-France",
        "caisse_email": "contact.idf@example.com",
        "objet": "Question",
        "message": "Bonjour,\nUne question.",
        "files": [{"name": "a.pdf", "size": len(PDF)}],
        "sent_at": under.clock.now(),
    }


def test_a_message_keeps_which_caisse_it_went_to_and_the_size_of_its_files(under: ServiceUnderTest) -> None:
    write(under, ("a.pdf", PDF), ("b.pdf", PDF))
    row = message.c
    kept = (row.caisse, row.identifiant, row.raison_sociale, row.bytes, row.account_id)
    with under.engine.connect() as connection:
        (found,) = connection.execute(sa.select(*kept))
    said = (ADHERENT["caisse"], ADHERENT["identifiant"], ADHERENT["raison_sociale"])
    assert tuple(found) == (*said, 2 * len(PDF), ME)


def test_the_flood_of_one_person_closes_the_form_to_nobody_else(make: Callable[..., ServiceUnderTest]) -> None:
    under = make(quota_messages=1)
    state = delegation.DELEGATION_CONFIRMED.load(delegation.DELEGATION_CONFIRMED.example)
    theirs = {**state, "delegation_id": OTHER, "beneficiary": {**state["beneficiary"], "account_id": OTHER}}
    under.deliver(delegation.DELEGATION_CONFIRMED, theirs)
    account = identity.ACCOUNT_UPDATED.load({**ACCOUNT, "account_id": str(OTHER)})
    under.deliver(identity.ACCOUNT_UPDATED, account)
    assert [write(under).status for _ in range(2)] == [201, 429]
    assert write(under, as_=OTHER).status == 201


def test_who_judges_files_is_woken_by_a_message_that_has_some(under: ServiceUnderTest) -> None:
    wakeups = Wakeups(under.engine)
    woken = wakeups.event(WAKE)
    wakeups.start()
    try:
        if under.engine.dialect.name == "postgresql":
            assert woken.wait(30)  # it listens: what may have been said before is told as well
            woken.clear()
        write(under)
        assert not woken.is_set()
        write(under, ("a.pdf", PDF))
        assert woken.wait(30)
    finally:
        wakeups.stop()
