"""Typing an address tells nobody whether it has an account: until its person acts, known and unknown are one (K14).

Over HTTP and the bus, with real services: what the administrator reads and what delegation receives, step by step.
"""

import json
from typing import Any
from uuid import UUID

import pytest

from tests.service.together.system import Together

BOSS, KNOWN, NEW = "patron@example.com", "claire@example.com", "nouveau@example.com"
NAMES = ("Durand", "Martin")


class Watched:
    """A company that delegated to somebody who has an account and to somebody who has none, at the same moment."""

    def __init__(self, together: Together) -> None:
        self.together = together
        together.founded(KNOWN, 9)
        self.adherent, self.boss = together.founded(BOSS)
        self.path = f"/v1/adherents/{self.adherent}/delegations"
        together.received.clear()
        self.answers = [together.delegate(self.adherent, self.boss, email) for email in (KNOWN, NEW)]
        together.settle()

    @property
    def both(self) -> list[UUID]:
        return [UUID(one.json["delegation_id"]) for one in self.answers]

    def read(self, path: str) -> Any:
        return self.together.delegation.get(path, as_=self.boss).json

    def seen(self) -> list[Any]:
        """All that the administrator can read of each."""
        listed = {one["delegation_id"]: one for one in self.read(f"{self.path}?page_size=50")["items"]}
        return [
            [self.read(f"{self.path}/{one}"), listed[str(one)], self.read(f"{self.path}/{one}/journal")]
            for one in self.both
        ]

    def received(self) -> list[Any]:
        """What delegation was told of each: types, fields, and everything that is no identifier."""
        told: list[list[Any]] = [[], []]
        for name, event in self.together.received:
            body = json.loads(event.body)
            if name == "delegation" and body.get("delegation_id") in map(str, self.both):
                told[self.both.index(UUID(body["delegation_id"]))].append([event.routing_key, body])
        return told

    def same(self) -> None:
        """Nothing distinguishes them."""
        self.together.settle()
        for known, new in (self.seen(), self.received()):
            assert plain(known) == plain(new)
        assert not any(name in json.dumps(self.seen()) for name in NAMES[1:])

    def ask_again(self) -> list[tuple[int, Any]]:
        """« Envoyer un nouveau lien », for each: what is answered."""
        answers = []
        for one in self.both:
            version = self.read(f"{self.path}/{one}")["version"]
            headers = {"If-Match": f'"{version}"'}
            answer = self.together.delegation.post(f"{self.path}/{one}/invitation", as_=self.boss, headers=headers)
            answers.append((answer.status, plain(answer.json) if answer.body else None))
        self.together.settle()
        return answers


def plain(told: Any, name: str = "") -> Any:
    """Without what differs between any two delegations: identifiers, the address, the order of the journal."""
    if isinstance(told, dict):
        return {key: plain(value, key) for key, value in told.items()}
    if isinstance(told, list):
        return [plain(one) for one in told]
    if name.endswith("_id") or name == "instance":
        return None if told is None else "an identifier"
    if isinstance(told, str):
        return "an address" if told in (KNOWN, NEW) else told.replace(KNOWN, "…").replace(NEW, "…")
    return told


@pytest.fixture
def watched(together: Together) -> Watched:
    return Watched(together)


def test_until_somebody_acts_nothing_tells_which_of_two_addresses_has_an_account(watched: Watched) -> None:
    together = watched.together
    assert [one.status for one in watched.answers] == [201, 201]
    watched.same()
    assert {one[0]["statut_detail"] for one in watched.seen()} == {watched.seen()[1][0]["statut_detail"]}
    for _ in range(4):
        known, new = watched.ask_again()
        assert known == new
        watched.same()
        together.wait(minutes=10)
    for email in (KNOWN, NEW):
        together.post("/password-resets", {"email": email})
    watched.same()
    for delay in ({"hours": 1}, {"days": 1}, {"days": 7}):
        together.wait(**delay)
        watched.same()
        known, new = watched.ask_again()
        assert known == new
        watched.same()
    for email in (KNOWN, NEW):
        together.post("/password-resets", {"email": email})
    watched.same()


def test_each_is_named_once_he_accepted_the_one_by_the_form_the_other_logged_in(watched: Watched) -> None:
    together = watched.together
    assert together.complete(together.link("invitation", NEW)).status == 200
    together.settle()
    known, new = [one[0] for one in watched.seen()]
    assert (known["nom"], known["statut_detail"] == new["statut_detail"]) == (None, False)
    assert (new["nom"], new["statut_detail"]) == ("Martin", "À confirmer")
    assert together.accept(KNOWN) == [204]
    together.settle()
    known = watched.seen()[0][0]
    assert (known["nom"], known["email"], known["statut_detail"]) == ("Durand", KNOWN, "À confirmer")
    assert "confirmer" in known["actions"]


def test_the_founder_whom_the_caisse_names_is_known_to_it_and_in_at_once(together: Together) -> None:
    together.founded(KNOWN, 9)
    adherent = together.import_founder(KNOWN, 2)
    together.settle()
    (row,) = together.rows(adherent)
    assert row["account_id"] == together.account_of(KNOWN) and row["confirmed_at"]
