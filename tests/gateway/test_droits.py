"""« Gérer les droits d'accès »: the list, the two steps, view, change, close (G9–G40, T7, M7–M10, AA52)."""

from dataclasses import fields
from uuid import UUID, uuid5

import pytest

from gateway.clients.requests import NewDelegation
from gateway.kit.rights import functions
from tests.gateway.examples import ACTIVE, ADHERENT, CATALOGUE, DELEGATIONS, FULL, PENDING, SITE, SPACE, tier
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown, words
from tests.gateway.tables import WHOLE

LIST = f"{SPACE}/droits"
STEP_2 = f"{LIST}/nouvelle/etape-2"
OF = f"/adherents/{ADHERENT}/delegations"
BENEFICIARY = {"email": "contact@example.com", "starts_on": "23/11/2026", "ends_on": "", "kind": "cabinet"}
ALL_COLLEGES = ["ouvriers", "etam", "cadres"]
KEY = "01930000-0000-7000-8000-00000000aaaa"


def second(portal: Portal, **typed: object) -> Shown:
    """Step 2, at its own address, after what was typed."""
    return portal.get(portal.post(STEP_2, **{**BENEFICIARY, **typed}).location)


def checked(page: Shown, name: str) -> list[str | None]:
    return [e.get("value") for e in page.all("input", name=name) if e.get("checked") is not None]


def test_g9_g23_the_list_in_the_guide_s_words(portal: Portal) -> None:
    page = portal.get(LIST)
    for text in (
        "Gérer mon compte utilisateur / Gérer les droits d'accès".split(" / ")[0],
        "Liste des bénéficiaires de délégation",
        "Identifiant CIBTP 033 4521",
        "Utilisateurs 12 bénéficiaires",
        "Exclure les utilisateurs inactifs",
        "Cabinet Comptable délégable : COMPTAGESTION",
        "Vous n'avez défini aucune délégation à votre cabinet comptable.",
        "Ajouter une délégation",
        "Déléguer à mon cabinet comptable",
    ):
        assert text in page.text
    heads = [words(cell) for cell in page.all("th", scope="col")]
    assert heads == ["Role", "Nom et prénom", "Statut", "Date d'effet", "Date de fin", "Courriel", "Actions"]
    assert {e.get("placeholder") for e in page.all("input", type="text")} == {"", "jj/mm/aaaa"}


def test_g15_g18_five_lines_by_default_inactive_ones_left_out_sorted_by_name(
    portal: Portal, services: FakeServices
) -> None:
    page = portal.get(LIST)
    assert services.called(f"GET {OF}")[0].query == {
        "tri": "nom",
        "page": "1",
        "page_size": "5",
        "exclure_inactifs": "true",
        "a_revoir": "false",
    }
    assert page.one("input", name="exclure_inactifs").get("checked") is not None
    assert page.one("a", aria_current="page", aria_label="Page 1") is not None


def test_g16_g17_filters_combine_and_dates_are_read_as_typed(portal: Portal, services: FakeServices) -> None:
    portal.get(f"{LIST}?filtre=1&role=Utilisateur&statut=Actif&date_effet=16/04/2019&tri=-date_fin&taille=10&page=2")
    asked = services.called(f"GET {OF}")[0].query
    assert asked["date_effet"] == "2019-04-16"
    assert asked["exclure_inactifs"] == "false"
    assert (asked["role"], asked["statut"], asked["tri"], asked["page"]) == ("Utilisateur", "Actif", "-date_fin", "2")


@pytest.mark.parametrize("query", ["statut=Inactif", "filtre=1&exclure_inactifs=1&statut=Inactif"])
def test_who_asks_for_inactive_ones_does_not_leave_them_out(portal: Portal, services: FakeServices, query: str) -> None:
    page = portal.get(f"{LIST}?{query}")
    assert services.called(f"GET {OF}")[0].query["exclure_inactifs"] == "false"
    assert page.one("input", name="exclure_inactifs").get("checked") is None


@pytest.mark.parametrize("typed", ["31/02/2026", "hier", "16/04/26", f"1/1/{'9' * 4400}", "٠١/٠١/٢٠٢٦"])
def test_g17_an_unreadable_date_is_said_in_french(portal: Portal, services: FakeServices, typed: str) -> None:
    page = portal.get(f"{LIST}?date_effet={typed}", 422)
    assert "Cette date n'existe pas." in page.text
    assert "Corrigez les critères signalés ci-dessus pour afficher la liste." in page.text
    assert services.called(f"GET {OF}") == []


def test_g16_a_role_or_status_that_does_not_exist_filters_nothing(portal: Portal, services: FakeServices) -> None:
    portal.get(f"{LIST}?role=Patron&statut=Parti")
    assert not {"role", "statut"} & services.called(f"GET {OF}")[0].query.keys()


def test_g19_t7_actions_are_those_the_service_gives(portal: Portal) -> None:
    links = portal.get(LIST).links()
    assert f"{LIST}/{ACTIVE}/modifier" in links
    assert f"{LIST}/{PENDING}" in links
    assert f"{LIST}/{PENDING}/fermer" in links
    assert f"{LIST}/{PENDING}/modifier" not in links
    assert f"/delegations/{PENDING}/confirmation?espace={SITE}" in links


def test_g23_without_a_known_firm_the_button_is_not_there(portal: Portal, services: FakeServices) -> None:
    status, adherent = services.answers[f"GET /adherents/{ADHERENT}"]
    services.answers[f"GET /adherents/{ADHERENT}"] = (status, {**adherent, "cabinet_comptable": None})
    assert "Déléguer à mon cabinet comptable" not in portal.get(LIST).text
    portal.get(f"{LIST}/cabinet", 404)


def test_g21_g25_the_firm_s_address_is_filled_and_the_date_is_today(portal: Portal) -> None:
    page = portal.get(f"{LIST}/cabinet")
    assert page.field("email") == "contact@comptagestion.example.com"
    assert page.field("starts_on") == "23/11/2026"
    assert page.field("kind") == "cabinet"
    assert "Étape 1 :" in page.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": ""}, "Saisissez l'adresse électronique du bénéficiaire."),
        ({"starts_on": "31/02/2026"}, "Cette date n'existe pas."),
        ({"ends_on": "22/11/2026"}, "La date de fin doit être postérieure ou égale à la date d'effet."),
    ],
)
def test_m10_step_1_says_what_to_correct(portal: Portal, change: dict[str, str], sentence: str) -> None:
    page = portal.post(STEP_2, status=422, **{**BENEFICIARY, **change})
    assert sentence in page.text
    assert "Étape 1 :" in page.text


def test_g27_g39_step_2_all_colleges_no_right_and_the_matrix_s_words(portal: Portal) -> None:
    """The box (G27), the collèges (G30), no right (G31), the columns (G34)."""
    page = second(portal, etape="1")
    assert "Étape 2 : délégation des droits d'accès" in page.text
    assert checked(page, "colleges") == ALL_COLLEGES
    assert checked(page, "administrator") == []
    assert {tuple(checked(page, f"droit_{code}")) for code in FULL} == {("",)}
    heads = [words(cell) for cell in page.all("th", scope="col")]
    assert heads == ["Regroupement / Fonctionnalité", "Aucun droit", "Consultation", "Mise à jour"]
    assert page.field("starts_on") == "23/11/2026"


def test_g32_a_column_s_button_works_without_javascript(portal: Portal) -> None:
    page = second(portal, etape="2", colonne="consultation", colleges=["etam"])
    assert {tuple(checked(page, f"droit_{code}")) for code in FULL} == {("consultation",)}
    assert checked(page, "colleges") == ["etam"]
    page = second(portal, etape="2", colonne="aucun", colleges=["etam"])
    assert {tuple(checked(page, f"droit_{code}")) for code in FULL} == {("",)}


def test_g32_each_column_s_button_is_called_as_the_guide_says(portal: Portal) -> None:
    page = second(portal, etape="1")
    names = [e.get("aria-label") for e in page.all("button", class_="colonne")]
    assert names == ["Aucun droit d'accès", "En consultation", "En mise à jour"]


def test_g37_g38_the_two_groups_that_the_guide_shows_closed(portal: Portal, services: FakeServices) -> None:
    services.answers["GET /catalogue"] = (200, WHOLE)
    page = second(portal, etape="1")
    closed = [words(group.find("tr")) for group in page.all("tbody", data_plie="")]
    assert closed == ["Mes salariés", "Chômage intempéries"]


def test_g26_t10_the_end_is_the_day_that_is_said(portal: Portal) -> None:
    help_ = portal.get(f"{LIST}/nouvelle").one("small", id="ends_on-aide").text or ""
    assert "à la date indiquée. Cette date est incluse" in help_


def test_g30_the_guide_s_three_colleges_are_said_where_there_are_three(portal: Portal, services: FakeServices) -> None:
    assert "Par défaut les trois collèges" in second(portal, etape="1").text
    limited = tier()
    limited["access"]["colleges"] = ["etam"]
    services.answers[f"GET /sites/{SITE}"] = (200, limited)
    page = second(portal, etape="1")
    assert page.one("small", id="colleges-aide").text == "Au moins un collège doit être sélectionné."


def test_g33_g40_valider_opens_the_delegation_once(portal: Portal, services: FakeServices) -> None:
    rights = {"droit_mes_documents": "consultation", "droit_mes_telepaiements": ""}
    answer = portal.post(STEP_2, etape="2", cle=KEY, colleges=["etam", "cadres"], **rights, **BENEFICIARY)
    assert answer.location == LIST
    (call,) = services.called(f"POST {OF}")
    assert call.headers["Idempotency-Key"] == str(uuid5(UUID(KEY), f"POST {OF}"))
    asked = {
        **BENEFICIARY,
        "starts_on": "2026-11-23",
        "ends_on": None,
        "administrator": False,
        "colleges": ["etam", "cadres"],
        "rights": {"mes_documents": "consultation"},
    }
    untyped = {field.name for field in fields(NewDelegation)} - set(asked)  # sent too, empty
    assert {name: value for name, value in call.json.items() if value or name not in untyped} == asked
    assert "La délégation est enregistrée. Un courriel va être envoyé à contact@example.com." in portal.get(LIST).text


def test_g29_administrateur_means_everything(portal: Portal, services: FakeServices) -> None:
    portal.post(STEP_2, etape="2", cle=KEY, administrator="1", **BENEFICIARY)
    sent = services.called(f"POST {OF}")[0].json
    assert (sent["administrator"], sent["colleges"], sent["rights"]) == (True, ALL_COLLEGES, FULL)


def test_m9_a_refusal_of_step_2_comes_back_there_with_a_new_key(portal: Portal, services: FakeServices) -> None:
    sentence = "Au moins un collège doit être sélectionné."
    services.refuse(f"POST {OF}", 422, "college_obligatoire", sentence, ("colleges", sentence))
    page = portal.post(STEP_2, status=422, etape="2", cle=KEY, droit_mes_documents="consultation", **BENEFICIARY)
    assert "Étape 2 :" in page.text
    assert page.one("small", id="colleges-erreur").text == sentence
    assert checked(page, "droit_mes_documents") == ["consultation"]
    assert page.keys() and KEY not in page.keys()


def test_a_refusal_about_step_1_goes_back_there(portal: Portal, services: FakeServices) -> None:
    services.refuse(
        f"POST {OF}", 422, "propre_adresse", "", ("email", "Vous ne pouvez pas vous déléguer vos propres droits.")
    )
    page = portal.post(STEP_2, status=422, etape="2", cle=KEY, **BENEFICIARY)
    assert "Étape 1 :" in page.text
    assert "Vous ne pouvez pas vous déléguer vos propres droits." in page.text


def test_g24_an_address_that_is_none_is_told_before_the_matrix(portal: Portal) -> None:
    page = portal.post(STEP_2, status=422, **{**BENEFICIARY, "etape": "1", "email": "pas une adresse"})
    assert "Adresse électronique invalide." in page.text
    assert page.all("input", type="radio") == []


def test_g33_the_rights_chosen_survive_a_return_to_step_1(portal: Portal) -> None:
    chosen = {"droit_mes_documents": "consultation", "colleges": "etam"}
    back = second(portal, etape="2", retour="1", **chosen)
    carried = {str(e.get("name")): e.get("value") for e in back.all("input", type="hidden")}
    again = {name: carried[name] for name in chosen}
    page = second(portal, etape="1", **again)
    assert checked(page, "droit_mes_documents") == ["consultation"]
    assert checked(page, "colleges") == ["etam"]


def test_the_previous_step_keeps_what_was_typed(portal: Portal) -> None:
    page = second(portal, etape="2", retour="1")
    assert page.field("email") == "contact@example.com"
    assert portal.get(STEP_2, 302).location == f"{LIST}/nouvelle"


def test_g19_visualisation_reads_only(portal: Portal) -> None:
    page = portal.get(f"{LIST}/{ACTIVE}")
    for text in ("Anne Lefèvre", "31/12/2027", "Ouvriers, ETAM, Cadres", "Mes déclarations nominatives", "Mise à jour"):
        assert text in page.text
    assert page.all("input", type="radio") == []


def test_a_pending_invitation_can_be_sent_again(portal: Portal, services: FakeServices) -> None:
    assert "Envoyer un nouveau lien" in portal.get(f"{LIST}/{DELEGATIONS[4]}").text
    portal.post(f"{LIST}/{DELEGATIONS[4]}/invitation")
    assert len(services.called(f"POST {OF}/{DELEGATIONS[4]}/invitation")) == 1
    assert "Envoyer un nouveau lien" not in portal.get(f"{LIST}/{ACTIVE}").text


def test_g19_modification_names_the_version_it_read(portal: Portal, services: FakeServices) -> None:
    page = portal.get(f"{LIST}/{ACTIVE}/modifier")
    assert checked(page, "droit_declarations_nominatives") == ["mise_a_jour"]
    change = {
        "version": page.field("version"),
        "starts_on": "16/04/2019",
        "ends_on": "31/12/2027",
        "colleges": ["etam"],
    }
    answer = portal.post(f"{LIST}/{ACTIVE}/modifier", droit_mes_documents="consultation", **change)
    assert answer.location == f"{LIST}/{ACTIVE}"
    (call,) = services.called(f"PUT {OF}/{ACTIVE}")
    assert call.headers["If-Match"] == '"3"'
    assert call.json["rights"] == {"mes_documents": "consultation"}


def test_aa52_a_stale_change_says_who_and_when_and_offers_to_reload(portal: Portal, services: FakeServices) -> None:
    detail = "Cette délégation a été modifiée par Paul Durand le 23/11/2026 à 10 h 02."
    services.refuse(f"PUT {OF}/{ACTIVE}", 412, "version_perimee", detail)
    page = portal.post(
        f"{LIST}/{ACTIVE}/modifier", status=412, version="2", starts_on="16/04/2019", ends_on="31/12/2027"
    )
    assert detail in page.text
    assert f"{LIST}/{ACTIVE}/modifier" in page.links()


def test_t7_a_pending_delegation_is_not_modified(portal: Portal) -> None:
    portal.get(f"{LIST}/{PENDING}/modifier", 409)


@pytest.mark.parametrize(("day", "sent"), [("23/11/2026", "2026-11-23"), ("31/12/2026", "2026-12-31")])
def test_g19_fermeture_today_or_later(portal: Portal, services: FakeServices, day: str, sent: str) -> None:
    page = portal.get(f"{LIST}/{ACTIVE}/fermer")
    assert page.field("ends_on") == "23/11/2026"
    assert "prend fin immédiatement" in page.text
    assert portal.post(f"{LIST}/{ACTIVE}/fermer", ends_on=day).location == LIST
    assert services.called(f"POST {OF}/{ACTIVE}/closing")[0].json == {"ends_on": sent}


def test_the_example_has_the_functions_of_the_guide() -> None:
    assert len(FULL) == sum(len(group["functions"]) for group in CATALOGUE["groups"])  # type: ignore[arg-type,misc]
    assert callable(functions)
