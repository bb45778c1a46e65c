"""« Liste des bénéficiaires de délégation » (G9–G23, AA48)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.service.delegation.world import Company, World

PEOPLE = {"zoe@example.com": ("Zola", "Zoé"), "e@example.com": ("Évrard", "Anne"), "b@example.com": ("evrard", "Émile")}


@pytest.fixture
def staffed(company: Company) -> Company:
    """A company with a founder (Martin), three people, one of them closed, one invited, one to come."""
    for email, (nom, prenom) in PEOPLE.items():
        company.confirmed(email, kind="collaborateur", nom=nom, prenom=prenom)
    company.opened("invite@example.com", kind="cabinet", administrator=True)
    company.confirmed("avenir@example.com", starts_on="2026-12-01", nom="Abel", prenom="Luc", ends_on="2026-12-31")
    closed = company.list("courriel=zoe").json["items"][0]["delegation_id"]
    company.act(closed, "closing")
    return company


def emails(company: Company, query: str = "") -> list[str]:
    """The addresses of the page, in order, up to the @."""
    return [one["email"].partition("@")[0] for one in company.list(f"page_size=50&{query}").json["items"]]


def test_sorted_by_nom_then_prenom_whatever_the_accents_g16(staffed: Company) -> None:
    assert emails(staffed) == ["avenir", "e", "b", "patron1", "zoe", "invite"]
    assert emails(staffed, "tri=-nom") == ["zoe", "patron1", "b", "e", "avenir", "invite"]


@pytest.mark.parametrize("typed", ["l'huillier", "L’HUILLIER", "l huillier lukasz", "Lʼhuillier-Łukasz"])
def test_an_apostrophe_a_hyphen_and_a_space_find_the_same_names_g13(company: Company, typed: str) -> None:
    company.confirmed("h@example.com", kind="collaborateur", nom="L’Huillier", prenom="Łukasz")
    assert emails(company, f"nom={typed}") == ["h"]


@pytest.mark.parametrize("typed", ["sorensen dorde", "SØRENSEN-ĐORĐE", "Weißmann strasser", "weissmann"])
def test_letters_of_other_languages_are_found_as_a_keyboard_here_types_them(company: Company, typed: str) -> None:
    company.confirmed("s@example.com", kind="collaborateur", nom="Sørensen", prenom="Đorđe")
    company.confirmed("w@example.com", kind="collaborateur", nom="Weißmann", prenom="Straßer")
    assert emails(company, f"nom={typed}") in (["s"], ["w"])


def test_five_lines_a_page_by_default_and_the_true_total_g18_g11(staffed: Company) -> None:
    first, second = staffed.list().json, staffed.list("page=2").json
    assert (len(first["items"]), first["page_size"], first["total"]) == (5, 5, 6)
    assert [one["email"] for one in second["items"]] == ["invite@example.com"]


FILTERS = [
    ("exclure_inactifs=1", {"avenir", "e", "b", "invite", "patron1"}),
    ("statut=Actif", {"e", "b", "patron1"}),
    ("statut=Inactif", {"zoe"}),
    ("statut=En attente", {"invite"}),
    ("statut=À venir", {"avenir"}),
    ("role=Administrateur", {"patron1", "invite"}),
    ("role=Utilisateur&statut=Actif", {"e", "b"}),
    ("date_effet=2026-12-01", {"avenir"}),
    ("date_fin=2026-12-31", {"avenir"}),
    ("nom=EVRÀRD emile", {"b"}),
    ("nom=%25", set()),
    ("courriel=B@ex", {"b"}),
    (
        "role=&statut=&nom=&courriel=&date_effet=&date_fin=&exclure_inactifs=",
        {"avenir", "e", "b", "invite", "patron1", "zoe"},
    ),
]


def test_filters_combine_g13_g15_g17(staffed: Company) -> None:
    for query, expected in FILTERS:
        assert set(emails(staffed, query)) == expected, query


def test_who_asks_for_a_status_is_shown_it_whether_or_not_inactive_ones_are_left_out(staffed: Company) -> None:
    for statut in ("Actif", "Inactif", "En attente", "À venir"):
        both = emails(staffed, f"statut={statut}&exclure_inactifs=1")
        assert both == emails(staffed, f"statut={statut}") and both, statut


def test_each_column_sorts_both_ways_g16(staffed: Company) -> None:
    for tri in ("role", "statut", "date_effet", "date_fin", "courriel"):
        up, down = emails(staffed, f"tri={tri}"), emails(staffed, f"tri=-{tri}")
        assert (up, len(up)) == (down[::-1], 6)


def test_what_is_not_offered_is_422_aa48(company: Company) -> None:
    queries = ("tri=nom;drop", "role=' or 1=1--", "statut=Mort", "page=0", "page_size=101", "date_effet=31/02/2026")
    assert [company.list(query).status for query in queries] == [422] * len(queries)


def test_the_lines_say_what_can_be_done_g19(staffed: Company) -> None:
    lines = {one["email"].partition("@")[0]: one for one in staffed.list("page_size=10").json["items"]}
    assert lines["e"]["actions"] == ["voir", "modifier", "suspendre", "fermer"]
    assert lines["invite"]["actions"] == ["voir", "fermer"]
    assert lines["zoe"]["actions"] == ["voir"]
    assert lines["patron1"]["actions"] == ["voir", "fermer"]
    assert (lines["invite"]["statut"], lines["invite"]["statut_detail"]) == (
        "En attente",
        "Invitation demandée le 23/11/2026",
    )
    assert (lines["avenir"]["statut"], lines["avenir"]["statut_detail"]) == ("À venir", "À partir du 01/12/2026")


def test_the_status_of_the_list_and_of_its_filter_agree(staffed: Company) -> None:
    for one in staffed.list("page_size=10").json["items"]:
        assert one["email"].partition("@")[0] in emails(staffed, f"statut={one['statut']}")


def test_who_does_not_administer_sees_no_list_aa26_aa22(staffed: Company, world: World) -> None:
    assert staffed.list(as_=world.account("e@example.com")).status == 403
    assert staffed.list(as_=world.company(2).founder).status == 404


def test_the_head_of_the_page_names_the_firm_until_it_is_delegated_to_g21_g22(company: Company, world: World) -> None:
    card = world.under.get(company.path, as_=company.founder).json
    assert card["identifiant"] == "0400001"
    assert card["cabinet_comptable"] == {"nom": "COMPTAGESTION", "email": "contact@comptagestion.example.com"}
    assert card["cabinet_delegated"] is False
    delegation_id = company.opened("contact@comptagestion.example.com")
    assert world.under.get(company.path, as_=company.founder).json["cabinet_delegated"] is True
    company.act(delegation_id, "closing")
    assert world.under.get(company.path, as_=company.founder).json["cabinet_delegated"] is False


def test_the_firm_s_delegation_says_where_it_stands_and_since_when_g22(company: Company, world: World) -> None:
    def stands(as_: Any = None) -> Any:
        found = world.under.get(company.path, as_=as_ or company.founder).json["cabinet_delegation"]
        return found and (found["statut"], found["a_confirmer"], found["depuis"])

    assert stands() is None
    pending = company.opened("contact@comptagestion.example.com", administrator=True, starts_on="2026-11-25")
    assert stands() == ("En attente", False, "2026-11-23")
    world.under.clock.advance(timedelta(days=1))
    firm = world.identify(pending, "contact@comptagestion.example.com")
    assert stands() == ("En attente", True, "2026-11-24")
    company.act(pending, "confirmation")
    assert stands() == ("À venir", False, "2026-11-25")
    world.under.clock.advance(timedelta(days=3))
    assert stands() == ("Actif", False, "2026-11-25") == stands(firm)
    company.confirmed("autre@example.com", administrator=True)
    assert stands() == ("Actif", False, "2026-11-25"), "of several in force, the one that was asked first"
    assert stands(world.account("autre@example.com")) == ("Actif", False, "2026-11-27"), "a firm sees its own (K10)"


# The rows of the guide's matrix, word for word, each with the code that rights and events name it by: a word that
# changes is another promise to the reader, a code that changes takes a right away from all who have it.
MATRIX = {
    "Mon espace adhérent": {
        "mes_informations_adherent": "Mes informations adhérent",
        "mes_comptes_bancaires": "Mes comptes bancaires",
        "ma_situation_de_compte": "Ma situation de compte",
        "mes_telepaiements": "Mes télépaiements",
        "mon_mode_de_reception": "Mon mode de réception des documents",
        "mes_demandes_attestation": "Mes demandes d'attestation",
        "mes_remboursements_retraite": "Mes remboursements retraite",
    },
    "Mes déclarations": {
        "declarations_salaires": "Mes déclarations de salaires",
        "declarations_nominatives": "Mes déclarations nominatives",
    },
    "Mes salariés": {
        "mes_salaries": "Mes salariés",
        "mes_demandes_conges": "Mes demandes de congés",
        "mes_certificats_conges": "Mes certificats de congés",
    },
    "Chômage intempéries": {
        "declarations_arret": "Mes déclarations d'arrêt",
        "demandes_remboursement": "Mes demandes de remboursement",
    },
    "Mes documents": {
        "mes_documents": "Mes documents",
        "transmettre_fichiers": "Transmettre mes fichiers",
    },
}
COLLEGES = {"ouvriers": "Ouvriers", "etam": "ETAM", "cadres": "Cadres"}


def test_the_catalogue_is_the_guides_word_for_word_g35_g39_t9(company: Company, world: World) -> None:
    catalogue = world.under.get("/v1/catalogue", as_=company.founder).json
    shown = {group["label"]: {one["code"]: one["label"] for one in group["functions"]} for group in catalogue["groups"]}
    assert [(label, list(rows.items())) for label, rows in shown.items()] == [
        (label, list(rows.items())) for label, rows in MATRIX.items()
    ]
    assert {one["code"]: one["label"] for one in catalogue["colleges"]} == COLLEGES
    assert [one["label"] for one in catalogue["colleges"]] == list(COLLEGES.values())


def test_a_renamed_account_moves_in_the_list(company: Company, world: World) -> None:
    company.confirmed()
    world.rename("comptable@example.com", sequence=3, nom="Zimmer", prenom="Ève")
    world.rename("comptable@example.com", sequence=2, nom="Ancien")
    assert [one["nom"] for one in company.list().json["items"]] == ["Martin", "Zimmer"]


def test_g75_a_new_address_is_shown_and_found_once_identity_says_it(company: Company, world: World) -> None:
    company.confirmed()
    world.rename("comptable@example.com", sequence=2, email="nouveau@example.com")
    world.rename("comptable@example.com", sequence=1)
    assert [one["email"] for one in company.list("courriel=nouveau").json["items"]] == ["nouveau@example.com"]
    assert company.list("courriel=comptable").json["items"] == []


def test_g75_the_administrators_of_each_company_are_told_of_a_new_address(world: World) -> None:
    first, second = world.company(1), world.company(2)
    for one in (first, second):
        one.confirmed()
    world.rename("comptable@example.com", sequence=2)
    world.events()
    world.rename("comptable@example.com", sequence=3, email="nouveau@example.com")
    told = [event.data for event in world.under.recorded()]
    assert [one["former_email"] for one in told] == ["comptable@example.com"] * 2
    assert [one["beneficiary"]["email"] for one in told] == ["nouveau@example.com"] * 2
    administrators = sorted(who["email"] for one in told for who in one["administrators"])
    assert administrators == ["patron1@example.com", "patron2@example.com"]
    assert set(world.events()) == {"delegation.readdressed"}


@pytest.mark.parametrize("changes", [{"nom": "Zimmer"}, {"email": "Comptable@Example.com"}, {"status": "desactive"}])
def test_what_is_no_new_address_is_told_to_nobody(company: Company, world: World, changes: dict[str, str]) -> None:
    company.confirmed()
    world.rename("comptable@example.com", sequence=2)
    world.events()
    world.rename("comptable@example.com", sequence=3, **changes)
    assert world.events() == []


def test_a_founder_alone_is_told_nothing_of_his_own_address(company: Company, world: World) -> None:
    for sequence, email in ((2, "patron1@example.com"), (3, "nouveau@example.com")):
        world.rename("patron1@example.com", sequence=sequence, email=email)
    assert world.events() == []


def test_a_name_that_overtook_the_identification_is_kept(company: Company, world: World) -> None:
    delegation_id = company.opened()
    world.rename("comptable@example.com", sequence=3, nom="Zimmer", prenom="Ève")
    world.identify(delegation_id, "comptable@example.com", known=False)
    assert company.see(delegation_id).json["nom"] == "Zimmer"
