"""The kinds of delegation and the role that lists show for each: a label, so data (T8, D3)."""

from enum import StrEnum


class Kind(StrEnum):
    """Where a delegation comes from."""

    FONDATEUR = "fondateur"
    CABINET = "cabinet"
    COLLABORATEUR = "collaborateur"


class Role(StrEnum):
    """The « Role » column of the list (G8, G12)."""

    ADMINISTRATEUR = "Administrateur"
    RESPONSABLE_ADJOINT = "Responsable adjoint"
    UTILISATEUR = "Utilisateur"


ADMINISTRATOR_ROLES = {
    Kind.FONDATEUR: Role.ADMINISTRATEUR,
    Kind.CABINET: Role.ADMINISTRATEUR,
    Kind.COLLABORATEUR: Role.RESPONSABLE_ADJOINT,
}


def role_of(kind: str, administrator: bool) -> Role:
    """The role shown for a delegation of `kind`."""
    return ADMINISTRATOR_ROLES[Kind(kind)] if administrator else Role.UTILISATEUR
