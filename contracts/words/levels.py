"""The levels of a right and how people call them. Their order is backbone's, which compares them (`Level`)."""

from backbone.rights.levels import NO_RIGHT, STRENGTH, Level, at_least

__all__ = ["LABELS", "NO_RIGHT", "STRENGTH", "Level", "at_least"]

# In the order of the columns of the matrix (G31).
LABELS: dict[str, str] = {
    NO_RIGHT: "Aucun droit",
    Level.CONSULTATION: "Consultation",
    Level.MISE_A_JOUR: "Mise à jour",
}
