"""The read-only block of the form, and who may see it (G79, G81, G83)."""

from datetime import timedelta
from uuid import UUID

import pytest

from backbone.testing import ServiceUnderTest
from contracts.events import delegation, identity
from contracts.examples import ACCOUNT, ADHERENT_ID, SESSION_ID, SITE_ID
from services.contact.domain.draft import FIRST
from tests.service.contact.sending import ME

FORM = f"/v1/adherents/{ADHERENT_ID}/form"
STRANGER = UUID(int=7)


def test_g81_the_block_is_what_the_services_announced(under: ServiceUnderTest) -> None:
    answer = under.get(f"{FORM}?site={SITE_ID}", as_=ME)
    assert answer.status == 200
    assert {name: value for name, value in answer.json.items() if name != "consentement"} == {
        "nom": "Martin",
        "prenom": "Claire",
        "email": "comptable@example.com",
        "telephone_fixe": None,
        "telephone_mobile": "+33639980001",
        "raison_sociale": "ENTREPRISE DURAND",
        "identifiant": "0412345",
        "caisse_nom": "CIBTP Île-de-France",
        "max_files": 20,
        "max_bytes": 41943040,
        "brouillon": {"draft_id": str(FIRST), "objet": "", "message": "", "files": [], "expires_at": None},
    }


def test_g77_the_block_follows_the_account(under: ServiceUnderTest) -> None:
    newer = identity.ACCOUNT_UPDATED.load({**ACCOUNT, "nom": "Durand"})
    older = identity.ACCOUNT_UPDATED.load({**ACCOUNT, "nom": "Ancien"})
    under.deliver(identity.ACCOUNT_UPDATED, newer, sequence=3)
    under.deliver(identity.ACCOUNT_UPDATED, older, sequence=2)
    assert under.get(FORM, as_=ME).json["nom"] == "Durand"


def test_g75_the_block_shows_the_new_identifiant_once_it_is_proved(under: ServiceUnderTest) -> None:
    waiting = identity.ACCOUNT_UPDATED.load({**ACCOUNT, "status": "desactive"})
    proved = identity.ACCOUNT_UPDATED.load({**ACCOUNT, "email": "claire.martin@example.com"})
    shown = []
    for sequence, state in ((2, waiting), (3, proved)):
        under.deliver(identity.ACCOUNT_UPDATED, state, sequence=sequence)
        shown.append(under.get(FORM, as_=ME).json["email"])
    assert shown == [ACCOUNT["email"], "claire.martin@example.com"]


def test_aa22_without_access_it_does_not_exist(under: ServiceUnderTest) -> None:
    foreign, unknown = under.get(FORM, as_=STRANGER), under.get(FORM.replace(ADHERENT_ID, str(UUID(int=9))), as_=ME)
    assert foreign.status == unknown.status == 404
    assert {**foreign.json, "instance": ""} == {**unknown.json, "instance": ""}
    assert under.get(f"{FORM}?site={UUID(int=3)}", as_=ME).status == 404
    assert under.get(FORM).status == 401


def test_a_closed_delegation_shuts_the_form_at_the_next_request(under: ServiceUnderTest) -> None:
    under.deliver(delegation.DELEGATION_CLOSED, sequence=2)
    assert under.get(FORM, as_=ME).status == 404


def test_aa34_the_form_ends_with_the_date_de_fin(under: ServiceUnderTest) -> None:
    example = {**delegation.DELEGATION_CONFIRMED.example, "ends_on": "2026-11-23"}
    under.deliver(delegation.DELEGATION_CHANGED, delegation.DELEGATION_CHANGED.load(example), sequence=2)
    assert under.get(FORM, as_=ME).status == 200
    under.clock.advance(timedelta(days=1))
    assert under.get(FORM, as_=ME).status == 404


def test_a_revoked_session_is_refused_before_its_token_expires(under: ServiceUnderTest) -> None:
    under.sessions[ME] = UUID(SESSION_ID)
    assert under.get(FORM, as_=ME).status == 200
    under.deliver(identity.SESSION_REVOKED)
    assert under.get(FORM, as_=ME).status == 401


@pytest.mark.parametrize("query", ["?site=abc", "?site=%00"])
def test_c2_a_bad_site_is_refused(under: ServiceUnderTest, query: str) -> None:
    assert under.get(FORM + query, as_=ME).status in (400, 422)
