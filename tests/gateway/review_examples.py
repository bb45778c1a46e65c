"""What delegation answers of the review, in page tests: one whose grantor left, one that nobody answered for lately."""

from typing import Any

from contracts.terms import TERMS


def review_line(delegation_id: str, nom: str, prenom: str, **more: Any) -> dict[str, Any]:
    """A delegation to review."""
    return {
        **TERMS,
        "delegation_id": delegation_id,
        "role": "Utilisateur",
        "nom": nom,
        "prenom": prenom,
        "email": f"{nom.lower()}@example.com",
        "statut": "Actif",
        "version": 3,
        "rights": {"declarations_nominatives": "mise_a_jour", "mes_documents": "consultation"},
        "used": {"declarations_nominatives": "2026-11-12"},
        "reviewed_at": None,
        "reviewed_by": None,
        "due": None,
        **more,
    }


def answers(adherent: str, delegation: str) -> dict[str, Any]:
    """A page of the review with one line, and the answer to a form."""
    lines = [review_line(delegation, "Lefèvre", "Anne", due="periode")]
    listed = {"items": lines, "page": 1, "page_size": 10, "total": 1}
    return {f"GET /adherents/{adherent}/review": (200, listed), f"POST /adherents/{adherent}/review": (204, None)}
