"""The role that lists show for each kind of delegation (T8, D3)."""

from contracts.words.kinds import Kind, Role

ADMINISTRATOR_ROLES = {
    Kind.FONDATEUR: Role.ADMINISTRATEUR,
    Kind.CABINET: Role.ADMINISTRATEUR,
    Kind.COLLABORATEUR: Role.RESPONSABLE_ADJOINT,
}


def role_of(kind: str, administrator: bool) -> Role:
    """The role shown for a delegation of `kind`."""
    return ADMINISTRATOR_ROLES[Kind(kind)] if administrator else Role.UTILISATEUR
