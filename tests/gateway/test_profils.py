"""Profiles of the company: a matrix is filled with one, or kept as one; they are renamed and deleted on their pages."""

from tests.gateway.examples import ACTIVE, ADHERENT, SITE, SPACE, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal
from tests.gateway.profile_examples import PROFILE
from tests.gateway.test_copied_rights import FORM, STEP_2, ticked

PAGE = f"{SPACE}/droits/profils"
CHANGE = f"{SPACE}/droits/{ACTIVE}/modifier"
ALL = f"/adherents/{ADHERENT}/profiles"
OF = f"/adherents/{ADHERENT}/delegations"
CHOSEN = {"colleges": "cadres", "droit_mes_documents": "consultation"}
OF_IT = {
    *("colleges=ouvriers", "colleges=etam"),
    *("droit_declarations_nominatives=mise_a_jour", "droit_mes_documents=consultation"),
}
LEFT_OUT = "Ce que vous ne pouvez pas accorder a été laissé de côté."


def test_step_2_is_filled_with_a_profile_and_opens_nothing(portal: Portal, services: FakeServices) -> None:
    shown = portal.get(portal.post(STEP_2, **FORM, **CHOSEN, profil=PROFILE, partir="1").location)
    assert OF_IT <= ticked(shown).keys() and "colleges=cadres" not in ticked(shown)
    assert "rempli" in shown.text and "Comptable" in shown.text and LEFT_OUT not in shown.text
    assert not services.called(f"POST {OF}")


def test_a_modification_is_filled_with_a_profile_and_changes_nothing(portal: Portal, services: FakeServices) -> None:
    shown = portal.post(CHANGE, 200, version="3", starts_on="16/04/2019", profil=PROFILE, partir="1")
    assert OF_IT <= ticked(shown).keys() and shown.field("starts_on") == "16/04/2019"
    assert not services.called(f"PUT {OF}/{ACTIVE}")


def test_it_is_cut_to_what_one_may_give_and_says_so(portal: Portal, services: FakeServices) -> None:
    mine = tier()
    services.answers[f"GET /sites/{SITE}"] = (200, {**mine, "access": {**mine["access"], "colleges": ["etam"]}})
    shown = portal.get(portal.post(STEP_2, **FORM, profil=PROFILE, partir="1").location)
    assert "colleges=etam" in ticked(shown) and "colleges=ouvriers" not in ticked(shown)
    assert LEFT_OUT in shown.text


def test_no_profile_of_the_list_is_said_beside_it(portal: Portal) -> None:
    for typed in ("", "autre chose", SITE):
        shown = portal.post(STEP_2, 422, **FORM, **CHOSEN, profil=typed, partir="1")
        assert "Choisissez un profil de la liste." in shown.text and "colleges=cadres" in ticked(shown)


def test_what_is_chosen_is_kept_under_a_name(portal: Portal, services: FakeServices) -> None:
    for pressed in ({"garder": "1"}, {}):  # « Entrée » in the name too: it opens nothing
        shown = portal.get(portal.post(STEP_2, **FORM, **CHOSEN, nom_profil="Paie", **pressed).location)
        assert "est enregistré. Aucune délégation n'a changé." in shown.text and "colleges=cadres" in ticked(shown)
        assert shown.field("nom_profil") == ""
    sent = services.called(f"POST {ALL}")[0].json
    rights = {"mes_documents": "consultation"}
    assert sent == {"name": "Paie", "administrator": False, "colleges": ["cadres"], "rights": rights}
    assert not services.called(f"POST {OF}")


def test_the_rights_of_a_delegation_are_kept_from_its_modification(portal: Portal, services: FakeServices) -> None:
    shown = portal.post(CHANGE, 200, version="3", starts_on="", **CHOSEN, nom_profil="Paie", garder="1")
    assert "est enregistré. Aucune délégation n'a changé." in shown.text and shown.field("nom_profil") == ""
    assert services.called(f"POST {ALL}") and not services.called(f"PUT {OF}/{ACTIVE}")


def test_a_name_that_is_taken_is_said_and_what_was_chosen_stays(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"POST {ALL}", 409, "profil_existant", "Un profil de l'entreprise porte déjà ce nom.")
    shown = portal.post(STEP_2, 409, **FORM, **CHOSEN, nom_profil="Comptable", garder="1")
    assert "porte déjà ce nom" in shown.text and "colleges=cadres" in ticked(shown)
    assert "Saisissez le nom du profil." in portal.post(STEP_2, 422, **FORM, **CHOSEN, garder="1").text


def test_the_list_leads_to_each_which_is_renamed_or_deleted(portal: Portal, services: FakeServices) -> None:
    one = f"{PAGE}/{PROFILE}"
    assert PAGE in portal.get(f"{SPACE}/droits").links() and one in portal.get(PAGE).links()
    assert portal.get(one).field("name") == "Comptable"
    assert portal.post(one, version="2", name="Paie").location == PAGE
    (renamed,) = services.called(f"POST {ALL}/{PROFILE}/name")
    assert renamed.json == {"name": "Paie"} and renamed.headers["If-Match"] == '"2"'
    assert portal.post(one, version="2", name="", supprimer="1").location == PAGE
    assert services.called(f"POST {ALL}/{PROFILE}/end")


def test_who_may_keep_none_is_offered_none(portal: Portal, services: FakeServices) -> None:
    services.answers[f"GET {ALL}"] = (200, {"items": [], "may_keep": False})
    assert "Profils de l'entreprise" not in portal.get(CHANGE).text
    assert "ses administrateurs les enregistrent" in portal.get(PAGE).text


def test_a_service_of_the_version_before_knows_none(portal: Portal, services: FakeServices) -> None:
    services.refuse(f"GET {ALL}", 404, "introuvable", "Page ou élément introuvable.")
    assert "Profils de l'entreprise" not in portal.get(CHANGE).text
