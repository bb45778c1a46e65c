"""What is refused of a suspension; beside `refusals.py`, which is long enough."""

from backbone.errors import Conflict, Invalid


class SuspendedRefused(Conflict):
    """It is suspended: it is taken up again before it is changed."""

    slug = "delegation_suspendue"
    detail = "Cette délégation est suspendue : reprenez-la pour la modifier."


class NotInForceRefused(Conflict):
    """What opens nothing today cannot be suspended."""

    slug = "delegation_non_active"
    detail = "Seule une délégation active peut être suspendue."


class NotSuspendedRefused(Conflict):
    """It is not suspended, or not any more."""

    slug, detail = "delegation_non_suspendue", "Cette délégation n'est pas suspendue."


class PastSuspensionRefused(Invalid):
    """The last day of a suspension is today or later."""

    slug, detail = "suspension_passee", "La suspension dure au moins jusqu'à aujourd'hui : choisissez un jour à venir."
    field = "until"


class WholeSuspensionRefused(Invalid):
    """Nothing would be left after the suspension."""

    slug = "suspension_sans_reprise"
    detail = "La délégation prend fin pendant cette suspension : choisissez un jour plus proche, ou fermez-la."
    field = "until"
