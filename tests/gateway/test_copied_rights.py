"""« Copier les droits d'un autre bénéficiaire », on step 2: the matrix filled with his, within what one may give."""

from typing import Any

from tests.gateway.examples import ACTIVE, ADHERENT, PEOPLE, SITE, SPACE, line, page, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown

STEP_2 = f"{SPACE}/droits/nouvelle/etape-2"
OF = f"/adherents/{ADHERENT}/delegations"
ONE = {**PEOPLE[1], "email": "anne@example.com", "colleges": ["ouvriers", "etam"]}
FORM = {"email": "contact@example.com", "starts_on": "23/11/2026", "ends_on": "", "kind": "collaborateur", "etape": "2"}


def copy(portal: Portal, services: FakeServices, status: int = 303, comme: str = "Anne@example.com") -> Shown:
    """The page after « Copier ses droits »."""
    near = line({**ONE, "email": "jeanne@example.com", "delegation_id": PEOPLE[2]["delegation_id"]})
    services.answers[f"GET {OF}"] = (200, page([near, line(ONE)], 100))
    services.answers[f"GET {OF}/{ACTIVE}"] = (200, ONE)
    done = portal.post(STEP_2, status, **FORM, colleges="cadres", comme=comme, copie="1")
    return portal.get(done.location) if status == 303 else done


def ticked(shown: Shown) -> dict[str, Any]:
    """What is chosen of the matrix."""
    on = [one for one in shown.all("input") if one.get("checked") is not None and one.get("value")]
    return {f"{one.get('name')}={one.get('value')}": one.get("disabled") for one in on}


def test_the_matrix_is_filled_with_the_rights_of_the_one_who_was_named(portal: Portal, services: FakeServices) -> None:
    shown = copy(portal, services)
    assert ticked(shown).keys() == {
        *("colleges=ouvriers", "colleges=etam"),
        *("droit_declarations_nominatives=mise_a_jour", "droit_mes_documents=consultation"),
    }
    assert "sont copiés : vérifiez-les, puis validez." in shown.text
    assert not services.called(f"POST {OF}"), "nothing is opened by it"
    asked = services.called(f"GET {OF}")[0].query
    assert (asked["courriel"], asked["exclure_inactifs"]) == ("Anne@example.com", "true")


def test_it_is_cut_to_what_the_grantor_may_give_and_says_so(portal: Portal, services: FakeServices) -> None:
    mine = tier()
    services.answers[f"GET /sites/{SITE}"] = (200, {**mine, "access": {**mine["access"], "colleges": ["etam"]}})
    shown = copy(portal, services)
    assert "colleges=etam" in ticked(shown) and "colleges=ouvriers" not in ticked(shown)
    assert "Ce que vous ne pouvez pas accorder a été laissé de côté." in shown.text


def test_nobody_of_that_address_is_said_beside_the_field(portal: Portal, services: FakeServices) -> None:
    for typed in ("personne@example.com", "pas une adresse", ""):
        shown = copy(portal, services, 422, typed)
        assert "Aucun bénéficiaire actif, à venir ou en attente n'a cette adresse électronique." in shown.text
        assert "colleges=cadres" in ticked(shown), "what was chosen stays"


def test_enter_in_the_field_copies_and_opens_nothing(portal: Portal, services: FakeServices) -> None:
    copy(portal, services)
    shown = portal.get(portal.post(STEP_2, **FORM, comme="anne@example.com").location)
    assert "sont copiés" in shown.text and not services.called(f"POST {OF}")
    assert shown.field("comme") == ""
