"""« Mot de passe oublié ? » of somebody invited tells no company what another one did (K10, K14).

Whoever types the address in that form may be a company that invited it, and reads its own page afterwards. What the
person asks for himself is a link of his own: no company's link dies by it, no company is told.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.service.together.system import Together

BOSS, SECOND, NEW = "patron@example.com", "autre@example.com", "nouveau@example.com"


MINUTES = timedelta(minutes=2)


class Company:
    """One that delegated to the address, in its administrator's eyes."""

    def __init__(self, together: Together, boss: str, number: int, email: str = NEW) -> None:
        self.together = together
        self.adherent, self.boss = together.founded(boss, number)
        opened = together.delegate(self.adherent, self.boss, email)
        self.delegation = UUID(opened.json["delegation_id"])

    def sees(self) -> Any:
        """All that he can read of it."""
        self.together.mails(NEW)
        self.together.settle()
        path = f"/v1/adherents/{self.adherent}/delegations"
        read = [f"{path}/{self.delegation}", f"{path}?page_size=50", f"{path}/{self.delegation}/journal"]
        return [self.together.delegation.get(one, as_=self.boss).json for one in read]

    def act(self, what: str) -> int:
        """He closes it, or sends the link again: how that was answered."""
        path = f"/v1/adherents/{self.adherent}/delegations/{self.delegation}"
        version = self.together.delegation.get(path, as_=self.boss).json["version"]
        headers = {"If-Match": f'"{version}"'}
        answer = self.together.delegation.post(f"{path}/{what}", as_=self.boss, json={}, headers=headers)
        self.together.settle()
        return answer.status


def forgotten(together: Together, email: str = NEW) -> int:
    """Somebody types the address; how many mails with a link of invitation reach the mailbox by it."""
    before = len(invitations(together, email))
    answers = [together.post("/password-resets", {"email": one}) for one in (email, "personne@example.com")]
    assert answers[0].status == 202 and answers[0].body == answers[1].body
    return len(invitations(together, email)) - before


def invitations(together: Together, email: str = NEW) -> list[str]:
    """The mails that brought such a link."""
    return [text for text in together.mails(email) if "/lien/invitation/" in text]


@pytest.mark.parametrize("others", [0, 2])
def test_a_company_reads_the_same_whoever_else_invited_before_or_after(together: Together, others: int) -> None:
    first = Company(together, BOSS, 1)
    before = first.sees()
    for number in range(others):
        Company(together, f"autre{number}@example.com", 2 + number)
    for sent in (1, 1, 1, 0):
        together.clock.advance(MINUTES)
        assert forgotten(together) == sent
    assert first.sees() == before
    assert before[0]["statut_detail"] == "Invitation envoyée le 23/11/2026, expire le 30/11/2026"


def test_one_mail_opens_the_account_whatever_company_invited(together: Together) -> None:
    companies = [Company(together, BOSS, 1), Company(together, SECOND, 2)]
    assert forgotten(together) == 1
    assert together.complete(together.mailed("invitation", NEW)).status == 200
    together.settle()
    assert [one.sees()[0]["statut_detail"] for one in companies] == ["À confirmer"] * 2


def test_a_company_that_closes_takes_nothing_from_what_the_other_gave(together: Together) -> None:
    first, second = Company(together, BOSS, 1), Company(together, SECOND, 2)
    assert forgotten(together) == 1
    mine = together.mailed("invitation", NEW)
    assert second.act("closing") == 204
    assert together.complete(mine).status == 410
    assert together.post("/invitations/renew", {"token": mine}).status == 202
    together.identity.run_job("answer_renewals")
    assert together.complete(together.mailed("invitation", NEW)).status == 200
    together.settle()
    assert first.sees()[0]["statut_detail"] == "À confirmer"


def test_it_kills_no_link_of_a_company_and_a_company_kills_none_of_it(together: Together) -> None:
    first = Company(together, BOSS, 1)
    sent = together.mailed("invitation", NEW)
    assert forgotten(together) == 1
    mine = together.mailed("invitation", NEW)
    together.clock.advance(MINUTES)
    assert first.act("invitation") == 202
    again = together.mailed("invitation", NEW)
    looked = [together.post("/invitations/lookup", {"token": one}).status for one in (sent, mine, again)]
    assert looked == [410, 200, 200]
    assert together.complete(mine).status == 200
    assert together.complete(again).status == 410


def test_who_can_log_in_needs_no_link_of_invitation_to_find_what_waits(together: Together) -> None:
    together.founded(NEW, 9)
    first = Company(together, BOSS, 1)
    before = first.sees()
    assert forgotten(together) == 0
    assert first.sees() == before
    assert together.mailed("reinitialisation", NEW)
    assert together.accept(NEW) == [204]
