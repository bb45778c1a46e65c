"""What is not offered on a delegation says why, and what is refused then is refused for that very reason."""

from contracts.words import why
from tests.service.delegation.world import Company, World


def said(company: Company, delegation: object, **more: object) -> dict[str, str]:
    found: dict[str, str] = company.see(str(delegation), **more).json["unavailable"]  # type: ignore[arg-type]
    return found


def test_a_pending_one_is_not_modified_t7(company: Company) -> None:
    waiting = company.opened("attente@example.com", kind="collaborateur")
    assert said(company, waiting) == {"modifier": why.PENDING}


def test_the_founder_is_the_caisse_s_and_one_s_own_is_another_s_to_change(company: Company, world: World) -> None:
    mine = company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True)
    me = world.account("adjoint@example.com")
    acts = ("modifier", "suspendre", "fermer")
    assert said(company, company.founder_delegation, as_=me) == dict.fromkeys(acts, why.FOUNDER)
    assert said(company, mine, as_=me) == {"modifier": why.OWN_CHANGE, "suspendre": why.OWN_SUSPENSION}


def test_m7_the_last_administrator_is_said_before_it_is_refused(company: Company) -> None:
    assert said(company, company.founder_delegation)["fermer"] == why.LAST
    assert company.act(company.founder_delegation, "closing").json["code"] == "dernier_administrateur"
    company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True)
    assert "fermer" not in said(company, company.founder_delegation)
    assert company.act(company.founder_delegation, "closing").status == 204


def test_what_can_be_done_and_what_is_over_say_nothing(company: Company) -> None:
    user = company.confirmed("utilisateur@example.com", kind="collaborateur")
    assert said(company, user) == {}
    company.act(user, "closing")
    assert said(company, user) == {}
