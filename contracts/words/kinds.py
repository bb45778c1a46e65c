"""The kinds of delegation, and the role that lists show for each person (T8, D3)."""

from enum import StrEnum


class Kind(StrEnum):
    """Where a delegation comes from."""

    FONDATEUR = "fondateur"
    CABINET = "cabinet"
    COLLABORATEUR = "collaborateur"


# What an administrator may give: the founder's comes from the caisse.
GIVEN = (Kind.CABINET, Kind.COLLABORATEUR)


class Role(StrEnum):
    """The « Role » column of the list (G8, G12)."""

    ADMINISTRATEUR = "Administrateur"
    RESPONSABLE_ADJOINT = "Responsable adjoint"
    UTILISATEUR = "Utilisateur"
