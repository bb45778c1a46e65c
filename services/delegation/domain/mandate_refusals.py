"""What a beneficiary is refused who reminds or asks for more days, and who answers him; each with its sentence."""

from backbone.errors import Conflict, Invalid, TooMany


class RemindedLatelyRefused(TooMany):
    """An administrator was reminded for him less than two days ago; the header says how long to wait."""

    slug = "relance_recente"
    detail = "Vous avez déjà relancé un administrateur : vous pourrez le faire de nouveau 48 heures après."


class NobodyToAskRefused(Conflict):
    """Nobody administers the delegation today who could answer."""

    slug = "aucun_administrateur"
    detail = "Aucun administrateur ne peut répondre aujourd'hui. Rapprochez-vous de l'entreprise ou de votre caisse."


class NotSoonRefused(Conflict):
    """More days may be asked for in the last thirty ones."""

    slug = "prolongation_trop_tot"
    detail = "Une prolongation se demande dans les 30 jours qui précèdent la date de fin."


class AskedAlreadyRefused(Conflict):
    """More days were asked for already, of that very end."""

    slug = "prolongation_demandee"
    detail = "Vous avez déjà demandé la prolongation de cette délégation."


class NotLaterRefused(Invalid):
    """The end that is wished is not after the one there is."""

    slug = "date_non_posterieure"
    detail = "La nouvelle date de fin doit être postérieure à la date de fin actuelle."
    field = "wanted_on"


class NothingAskedRefused(Conflict):
    """Nobody asks for more days, or the end changed since: it was answered."""

    slug = "aucune_prolongation_demandee"
    detail = "Aucune prolongation n'est demandée pour cette délégation."
