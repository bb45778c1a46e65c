"""Pages of the list of beneficiaries, counted from a line of the page that leads there: no insert moves them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.delegation.world import Company, World

NAMES = ["Abel", "Blanc", "Carré", "Dumas", "Evrard", "Faure", "Girard", "Henry", "Imbert", "Joly", "Klein"]


@pytest.fixture
def staffed(company: Company) -> Company:
    """Eleven people beside the founder (Martin), each of another name, half of them without end."""
    for number, nom in enumerate(NAMES):
        end = {"ends_on": "2026-12-31"} if number % 2 else {}
        company.confirmed(f"{nom[0].lower()}@example.com", kind="collaborateur", nom=nom, prenom="P", **end)
    return company


def page(company: Company, number: int, query: str = "", size: int = 3) -> tuple[list[str], str, str]:
    """Who is on it, and what leads from it: on, and back."""
    items = company.list(f"page={number}&page_size={size}&{query}").json["items"]
    ids = [one["delegation_id"] for one in items] or [""]
    on, back = f"apres={ids[-1]}&repere={number}", f"avant={ids[0]}&repere={number}"
    return [one["email"][0] for one in items], on, back


@pytest.mark.parametrize(
    "tri", ["nom", "-nom", "role", "-role", "date_fin", "-date_fin", "date_effet", "courriel", "-statut"]
)
def test_every_way_to_a_page_shows_the_same_lines(staffed: Company, tri: str) -> None:
    for nameless in ("y@example.com", "z@example.com"):
        staffed.opened(nameless)
    whole = [one["email"][0] for one in staffed.list(f"page_size=100&tri={tri}").json["items"]]
    by_number = [page(staffed, number, f"tri={tri}")[0] for number in (1, 2, 3, 4, 5)]
    assert sum(by_number, []) == whole and len(whole) == 14
    on, leads = [], ""
    for number in (1, 2, 3, 4, 5):
        shown, leads, back = page(staffed, number, f"tri={tri}&{leads}")
        on.append(shown)
    assert on == by_number
    assert [page(staffed, number, f"tri={tri}&{back}")[0] for number in (4, 3)] == [by_number[3], by_number[2]]
    assert page(staffed, 6, f"tri={tri}")[0] == []


def test_what_is_written_meanwhile_neither_repeats_nor_skips_a_line(staffed: Company) -> None:
    first, on, _ = page(staffed, 1, "exclure_inactifs=1")
    staffed.confirmed("0@example.com", kind="collaborateur", nom="Aaron", prenom="P")
    second, on, back = page(staffed, 2, f"exclure_inactifs=1&{on}")
    assert (first, second) == (["a", "b", "c"], ["d", "e", "f"])
    last = staffed.list("courriel=f@ex").json["items"][0]["delegation_id"]
    staffed.act(last, "closing")  # the very line to count from: its place stays
    assert page(staffed, 3, f"exclure_inactifs=1&{on}")[0] == ["g", "h", "i"]
    assert page(staffed, 1, f"exclure_inactifs=1&{back}")[0] == ["0", "a", "b"]


def test_a_line_that_is_not_of_this_list_or_is_none_is_no_place_to_count_from(staffed: Company, world: World) -> None:
    other = world.company(2)
    for id in (other.founder_delegation, other.id):
        assert page(staffed, 2, f"apres={id}&repere=1")[0] == ["d", "e", "f"]
    for wrong in ("apres=x&repere=1", "apres=&repere=0", "avant=1"):
        assert staffed.list(wrong).status == 422


def test_the_firm_counts_from_no_line_of_the_companys(staffed: Company, world: World) -> None:
    firm = staffed.confirmed("z@example.com", administrator=True, nom="Zola", prenom="P")
    for nom in ("Yvon", "Xavier"):
        staffed.opened(f"{nom.lower()}@example.com", as_=world.account("z@example.com"))
    unseen = staffed.list("courriel=d@ex").json["items"][0]["delegation_id"]
    asked = f"page=2&page_size=1&apres={unseen}&repere=1"
    shown = staffed.list(asked, as_=world.account("z@example.com")).json["items"]
    assert shown == staffed.list("page=2&page_size=1", as_=world.account("z@example.com")).json["items"] != []
    assert firm in [one["delegation_id"] for one in staffed.list("page_size=100").json["items"]]


def test_walking_in_any_way_shows_what_the_numbers_show(staffed: Company) -> None:
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.integers(2, 5))
    def walk(numbers: list[int], size: int) -> None:
        at, on, back = 1, "", ""
        for number in numbers:
            shown, *links = page(staffed, number, on if number > at else back if number < at else "", size)
            assert shown == page(staffed, number, size=size)[0]
            if shown:
                at, (on, back) = number, links

    walk()
