"""What the services answer in page tests: one accountant with three sites, one adhérent with five delegations."""

from typing import Any

from backbone.testing.contract import contract
from contracts.terms import TERMS
from tests.gateway import (
    account_examples,
    alert_examples,
    bank_examples,
    board_examples,
    home_examples,
    invitation_examples,
    journal_examples,
    mandate_examples,
    profile_examples,
    review_examples,
)
from tests.gateway.preference_examples import PREFERENCES
from tests.gateway.refusal import refusal
from tests.gateway.tables import CATALOGUE, EXPECTED, EXPLAINED

ADHERENT = "01930000-0000-7000-8000-0000000000a1"
OTHER_ADHERENT = "01930000-0000-7000-8000-0000000000a2"
SITE = "01930000-0000-7000-8000-0000000000b1"
SITE_2 = "01930000-0000-7000-8000-0000000000b2"
SITE_3 = "01930000-0000-7000-8000-0000000000b3"
DELEGATIONS = [f"01930000-0000-7000-8000-0000000000d{n}" for n in range(1, 6)]
PENDING, ACTIVE = DELEGATIONS[3], DELEGATIONS[1]
MESSAGE = "01930000-0000-7000-8000-0000000000e4"
DRAFTED, DRAFT = (f"01930000-0000-7000-8000-0000000000e{n}" for n in (6, 7))
FILE = "01930000-0000-7000-8000-0000000000f1"
SPACE = f"/espace/{ADHERENT}/{SITE}"

PERSON = {
    "account_id": "01930000-0000-7000-8000-0000000000c1",
    "email": "durand@example.com",
    "nom": "Durand",
    "prenom": "Paul",
    "previous_login_at": "2026-11-22T08:15:00+00:00",
}


def site(
    site_id: str, adherent_id: str, raison: str, nom: str, siret: str, alerts: int = 0, news: int = 0
) -> dict[str, Any]:
    periods = ("Octobre-2026", "Septembre-2026", "Août-2026")[:alerts]
    anomaly = "Anomalie dans le traitement / Déclaration manquante"
    return {
        "site_id": site_id,
        "siret": siret,
        "nom": nom,
        "adherent_id": adherent_id,
        "raison_sociale": raison,
        "identifiant": "033 4521",
        "alert_count": alerts,
        "news": news,
        "messages": [
            {"periode": f"DSN {period}: {anomaly}", "action": EXPECTED, "new": at < news}
            for at, period in enumerate(periods)
        ],
    }


SITES = [
    site(SITE, ADHERENT, "ENTREPRISE DURAND", "Siège Lyon", "73282932000074", 2),
    site(SITE_2, ADHERENT, "ENTREPRISE DURAND", "Dépôt de Vénissieux", "73282932000082"),
    site(SITE_3, OTHER_ADHERENT, "CHARPENTES DU RHÔNE ET DE L'ISÈRE", "Atelier", "40483304800022", 1, 1),
]


def page(items: list[Any], size: int = 25) -> dict[str, Any]:
    return {"items": items, "page": 1, "page_size": size, "total": len(items)}


FULL = {f["code"]: "mise_a_jour" for group in CATALOGUE["groups"] for f in group["functions"]}


COMPANY = {
    "adherent_id": ADHERENT,
    "identifiant": "033 4521",
    "raison_sociale": "ENTREPRISE DURAND",
    "siren": "732829320",
    "caisse": "RA",
}


def chosen(site: dict[str, Any]) -> dict[str, Any]:
    """A line of the choice as delegation knows it, without the alerts, which are dsn's."""
    return {name: value for name, value in site.items() if name not in ("alert_count", "news", "messages")}


def tier(administrator: bool = True) -> dict[str, Any]:
    rights = FULL if administrator else {"declarations_nominatives": "consultation"}
    access = {"administrator": administrator, "colleges": ["ouvriers", "etam", "cadres"], "rights": rights}
    held = {**access, "role": "Administrateur", "kind": "collaborateur", "ends_on": None}
    held["delegation_id"] = DELEGATIONS[0]
    return {**chosen(SITES[0]), "adherent": COMPANY, "access": held, "has_others": True}


def delegation(n: int, role: str, nom: str, prenom: str, statut: str, **more: Any) -> dict[str, Any]:
    return {
        "delegation_id": DELEGATIONS[n],
        "role": role,
        "nom": nom,
        "prenom": prenom,
        "statut": statut,
        "statut_detail": None,
        "invitation": None,
        "kind": "collaborateur",
        **TERMS,
        "starts_on": "2019-04-16",
        "email": f"{nom.lower() or 'cabinet'}@example.com",
        "version": 3,
        "actions": ["voir", "modifier", "suspendre", "fermer"],
        **{"a_revoir": False, "prolongation_until": None},
        "rights": {"declarations_nominatives": "mise_a_jour", "mes_documents": "consultation"},
        **{"opened_at": "2019-04-15T09:00:00+00:00", "opened_by": "la caisse"},
        **{"below": 0, "left_to_review": 0, "unavailable": {}},
        **dict.fromkeys(("completed_at", "refused_at", "closed_at")),
        "confirmed_at": "2019-04-15T10:00:00+00:00" if statut == "Actif" else None,
        **more,
    }


def line(delegation: dict[str, Any]) -> dict[str, Any]:
    """A delegation as the list shows it: what its document says of a line."""
    return {name: delegation.get(name, False) for name in answered("delegation", "DelegationItem")}


def answered(service: str, shape: str) -> list[str]:
    """The names of what a service answers, by its document."""
    found = contract(service)
    assert found, f"docs/api/{service}.json: make docs."
    return list(found.document["components"]["schemas"][shape]["properties"])


PEOPLE = [
    delegation(0, "Administrateur", "Durand", "Paul", "Actif", administrator=True),
    delegation(1, "Utilisateur", "Lefèvre", "Anne", "Actif", ends_on="2027-12-31"),
    delegation(2, "Responsable adjoint", "N'Guyen", "Hélène", "À venir"),
    delegation(
        3,
        "Utilisateur",
        "Martin",
        "Claire",
        "En attente",
        statut_detail="À confirmer",
        actions=["voir", "fermer", "confirmer"],
    ),
    delegation(
        4,
        "Utilisateur",
        "",
        "",
        "En attente",
        statut_detail="Invitation envoyée le 23/11/2026, lien ouvert le 24/11/2026, expire le 30/11/2026",
        invitation={
            "sent_at": "2026-11-23T09:00:02+00:00",
            "failed_at": None,
            "opened_at": "2026-11-24T08:30:00+00:00",
            "expires_at": "2026-11-30T09:00:00+00:00",
            **{"next_at": None, "waits_for": None},
        },
        actions=["voir", "fermer"],
    ),
]
ACCOUNT = {
    **{name: PERSON[name] for name in ("account_id", "email", "nom", "prenom")},
    "telephone_fixe": "+33472000000",
    "telephone_mobile": "+33639980001",
    **dict.fromkeys(("mobile_certified_at", "mobile_usable_from", "mobile_usable_until")),
    "email_certified_at": "2026-10-02T09:00:00+00:00",
    "certified_until": "2026-12-31T09:00:00+00:00",
    "newsletter": False,
    "completed_at": "2026-10-02T09:00:00+00:00",
    "version": 4,
}
DRAFT_FILE = {"file_id": DRAFTED, "name": "releve.pdf", "size": 2048, "type": "application/pdf", "scan": None}
CONTACT = {
    **{name: PERSON[name] for name in ("nom", "prenom", "email")},
    "telephone_fixe": None,
    "telephone_mobile": "+33639980001",
    "raison_sociale": "ENTREPRISE DURAND",
    "identifiant": "033 4521",
    "caisse_nom": "CIBTP Rhône-Alpes",
    "consentement": {
        "version": "1",
        "texte": "En cochant cette case, je donne mon consentement au traitement de mes données et je suis informé"
        " que je peux retirer mon consentement à tout moment.",
    },
    "max_files": 20,
    "max_bytes": 41943040,
    "brouillon": {"draft_id": DRAFT, "objet": "", "message": "", "files": [], "expires_at": None},
}
SENT_FILE = {"file_id": FILE, "name": "bordereau.pdf", "size": 12345, "type": "application/pdf", "scan": None}
SENT = {
    **{name: CONTACT[name] for name in ("nom", "prenom", "email", "telephone_fixe", "telephone_mobile")},
    **{name: CONTACT[name] for name in ("raison_sociale", "identifiant", "caisse_nom")},
    "adherent_id": ADHERENT,
    "version": 1,
    "files_purged_at": None,
    "consent_withdrawn_at": None,
    "message_id": MESSAGE,
    "reference": "C-2026-000001",
    "objet": "Question sur la DSN d'octobre",
    "message": "Bonjour,\nJ'ai une question.",
    "sent_at": "2026-11-23T09:00:00+00:00",
    "files": [SENT_FILE],
}
TOKEN = {"access_token": "jeton-court", "expires_in": 300, "session_expires_at": "2026-11-23T17:00:00+00:00"}


HOME = home_examples.home(PENDING, ACTIVE)
NOT_FOUND = refusal(404, "introuvable")
IDENTIFIER = "Si cette adresse peut devenir votre identifiant, un lien d'activation vient d'y être envoyé."
CHANGE = {"email": "durand@example.com", "new_email": "paul.durand@example.com", "proved": False}
_OF = f"/adherents/{ADHERENT}/delegations"
ANSWERS: dict[str, Any] = {
    "POST /sessions": (201, {**TOKEN, "session": "session-neuve", "account": PERSON}),
    "POST /sessions/token": (200, {**TOKEN, "account": PERSON, "session": None}),
    "POST /sessions/end": (204, None),
    "POST /sessions/rotate": (200, {"session": "session-tournee"}),
    "POST /sessions/reauthenticate": (200, {**TOKEN, "session": "session-prouvee", "account": PERSON}),
    "GET /account": (200, ACCOUNT),
    **account_examples.ANSWERS,
    **bank_examples.answers(ADHERENT),
    "PUT /account/contact": (204, None),
    "PUT /account/password": (204, None),
    "POST /account/identifier": (202, {"message": IDENTIFIER}),
    "POST /identifier-changes/activation/lookup": (200, {"email": "paul.durand@example.com"}),
    "POST /identifier-changes/activation": (204, None),
    "POST /identifier-changes/undo/lookup": (200, CHANGE),
    "POST /identifier-changes/undo": (204, None),
    "POST /certifications/lookup": (200, {"email": "durand@example.com"}),
    "POST /certifications/complete": (204, None),
    "POST /certifications/renew": (202, {"message": ""}),
    **invitation_examples.ANSWERS,
    "POST /password-resets": (202, {"message": ""}),
    "POST /password-resets/lookup": (200, {"email": "comptable@example.com"}),
    "POST /password-resets/complete": (204, None),
    "GET /sites": (200, page(SITES)),
    "delegation: GET /sites": (200, page([chosen(one) for one in SITES])),
    **review_examples.answers(ADHERENT, ACTIVE),
    f"GET /sites/{SITE}": (200, tier()),
    **alert_examples.answers(SITE, ADHERENT),
    **board_examples.answers(SITES),
    **{f"GET /sites/{SITE}/suivi/{period}": (200, EXPLAINED) for period in ("2026-08", "2026-10")},
    f"POST /adherents/{ADHERENT}/uses": (204, None),
    f"POST /adherents/{ADHERENT}/pins/suivi_dsn": (204, None),
    f"POST /adherents/{ADHERENT}/pins/suivi_dsn/end": (204, None),
    "GET /catalogue": (200, CATALOGUE),
    f"GET /adherents/{ADHERENT}": (
        200,
        {
            **COMPANY,
            "cabinet_comptable": {"nom": "COMPTAGESTION", "email": "contact@comptagestion.example.com"},
            "cabinet_delegated": False,
            "cabinet_delegation": None,
        },
    ),
    f"GET {_OF}": (200, {**page([line(one) for one in PEOPLE], 5), "total": 12}),
    f"POST {_OF}": (201, {"delegation_id": DELEGATIONS[4]}),
    **{f"GET {_OF}/{one['delegation_id']}": (200, one) for one in PEOPLE},
    **journal_examples.answers(ADHERENT, PEOPLE),
    **mandate_examples.answers(DELEGATIONS, ADHERENT),
    **profile_examples.answers(ADHERENT),
    f"PUT {_OF}/{ACTIVE}": (204, None),
    **{f"POST {_OF}/{ACTIVE}/{act}": (204, None) for act in ("closing", "suspension", "resumption")},
    **{f"POST {_OF}/{PENDING}/{act}": (204, None) for act in ("confirmation", "refusal")},
    f"POST {_OF}/{DELEGATIONS[4]}/invitation": (202, None),
    f"GET /delegations/{PENDING}": (200, {"delegation_id": PENDING, "adherent_id": ADHERENT}),
    f"GET /adherents/{ADHERENT}/form": (200, CONTACT),
    f"POST /adherents/{ADHERENT}/messages": (201, {"message_id": MESSAGE, "reference": "C-2026-000001"}),
    f"PUT /adherents/{ADHERENT}/draft": (204, None),
    f"POST /adherents/{ADHERENT}/draft/files": (201, {"files": [DRAFT_FILE], "refused": []}),
    **{f"POST /adherents/{ADHERENT}/draft/{act}": (204, None) for act in (f"files/{DRAFTED}/removal", "discard")},
    "GET /preferences": (200, PREFERENCES),
    "PUT /preferences": (204, None),
    "POST /preferences/stops/lookup": (200, {"subject": "alertes_dsn", "stopped": False}),
    "POST /preferences/stops": (204, None),
    f"GET /messages/{MESSAGE}": (200, SENT),
    "GET /messages": (200, page([SENT])),
    f"POST /messages/{MESSAGE}/consent-withdrawal": (204, None),
    "POST /dossiers/lookup": (
        200,
        {"reference": "C-2026-000001", "objet": "Question", "files": [{**SENT_FILE, "name": "a.pdf", "size": 9}]},
    ),
    f"GET /dossiers/files/{FILE}": (
        200,
        b"%PDF-1.7 essai",
        {"Content-Disposition": "attachment; filename=a.pdf", "Content-Type": "application/pdf"},
    ),
}
