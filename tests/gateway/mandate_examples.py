"""What delegation answers a person about his own delegations."""

from collections.abc import Sequence
from typing import Any

from contracts.terms import TERMS
from tests.gateway import attestation_examples


def mandate(delegation_id: str, raison: str, statut: str, **more: Any) -> dict[str, Any]:
    """One of them in full."""
    return {
        "delegation_id": delegation_id,
        "raison_sociale": raison,
        "identifiant": "033 4521",
        "role": "Utilisateur",
        "statut": statut,
        "statut_detail": None,
        "version": 3,
        "actions": ["renoncer"],
        **TERMS,
        "starts_on": "2019-04-16",
        "opened_by": "Paul Durand",
        "opened_at": "2019-04-15T09:00:00+00:00",
        **dict.fromkeys(("completed_at", "refused_at", "closed_at")),
        "confirmed_at": "2019-04-15T10:00:00+00:00" if statut == "Actif" else None,
        "reminded_at": None,
        "next_reminder_at": None,
        "prolongation": None,
        "below": 0,
        "left_to_review": 0,
        **more,
    }


LINE = ("delegation_id", "raison_sociale", "identifiant", "role", "statut", "statut_detail", "version", "actions")
DAYS = ("starts_on", "ends_on", "reminded_at", "next_reminder_at", "prolongation")


def line(whole: dict[str, Any]) -> dict[str, Any]:
    """The same as a line of the list."""
    return {name: whole[name] for name in (*LINE, *DAYS)}


def answers(ids: Sequence[str], adherent: str) -> dict[str, Any]:
    """Three of them: in force, coming, waiting; what is done with them, and what an administrator answers."""
    held = [
        mandate(ids[1], "ENTREPRISE DURAND", "Actif", ends_on="2026-12-20", actions=["prolonger", "renoncer"]),
        mandate(
            ids[2],
            "CHARPENTES DU RHÔNE ET DE L'ISÈRE",
            "À venir",
            starts_on="2026-12-01",
            statut_detail="À partir du 01/12/2026",
        ),
        mandate(
            ids[3],
            "MAÇONNERIE PETIT",
            "En attente",
            statut_detail="Attend la confirmation de l'administrateur",
            actions=["relancer", "renoncer"],
        ),
    ]
    items = [line(one) for one in held]
    return {
        **_answered(ids[1], adherent),
        **attestation_examples.answers(ids[1], adherent),
        "GET /awaited": (200, {"items": []}),
        "GET /mandates": (200, {"items": items, "page": 1, "page_size": 25, "total": len(items)}),
        **{f"GET /mandates/{one['delegation_id']}": (200, one) for one in held},
        **{
            f"POST /mandates/{one['delegation_id']}/{what}": (204, None)
            for one in held
            for what in ("renunciation", "reminder", "prolongation")
        },
    }


def _answered(held: str, adherent: str) -> dict[str, Any]:
    """What an administrator answers to a demand for more days, and where that delegation belongs."""
    of = f"/adherents/{adherent}/delegations"
    posts = {f"POST {of}/{held}/prolongation{what}": (204, None) for what in ("", "/refusal")}
    return {**posts, f"GET /delegations/{held}": (200, {"delegation_id": held, "adherent_id": adherent})}
