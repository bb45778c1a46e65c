"""What an administrator reads of an invitation is what happened to it, from the link to the mail server (K6)."""

from datetime import timedelta

from tests.service.together.system import Together

BOSS, NEW = "patron@example.com", "nouveau@example.com"


def test_an_invitation_is_asked_for_then_sent_then_expired(together: Together) -> None:
    adherent, boss = together.founded(BOSS)
    opened = together.delegate(adherent, boss, NEW)
    path = f"/v1/adherents/{adherent}/delegations/{opened.json['delegation_id']}"

    def read() -> str:
        return str(together.delegation.get(path, as_=boss).json["statut_detail"])

    together.settle()
    today, then = together.clock.now().date(), (together.clock.now() + timedelta(days=7)).date()
    assert read() == f"Invitation demandée le {today:%d/%m/%Y}"
    together.mails(NEW)
    together.settle()
    assert read() == f"Invitation envoyée le {today:%d/%m/%Y}, expire le {then:%d/%m/%Y}"
    together.wait(days=1)
    opened = (today + timedelta(days=1)).strftime("%d/%m/%Y")
    looked = together.post("/invitations/lookup", {"token": together.link("invitation", NEW)})
    together.settle()
    assert looked.status == 200
    assert read() == f"Invitation envoyée le {today:%d/%m/%Y}, lien ouvert le {opened}, expire le {then:%d/%m/%Y}"
    together.wait(days=6, minutes=1)
    assert read() == f"Invitation expirée le {then:%d/%m/%Y}, lien ouvert le {opened}"
