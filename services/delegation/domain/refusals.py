"""What delegation refuses, each with its slug and its French sentence (docs/rules.md, M1–M15)."""

from backbone.errors import Conflict, Forbidden, Invalid, Stale, TooLarge, TooMany
from contracts.words.messages import IMPOSSIBLE_DAY, M6, M7, M8, M9, M10, NO_ADDRESS, OWN_ADDRESS, PAST_END


class UnknownCollegeRefused(Invalid):
    """A collège the catalogue does not have (AA31)."""

    slug, detail = "college_inconnu", "Ce collège n'existe pas."
    field = "colleges"


class LastCollegeRefused(Invalid):
    """No collège at all (G30, M9)."""

    slug, detail = M9.slug, M9.sentence
    field = "colleges"


class UnknownFunctionRefused(Invalid):
    """A function the catalogue does not have (AA31)."""

    slug, detail = "fonction_inconnue", "Cette fonctionnalité n'existe pas."
    field = "rights"


class UnknownLevelRefused(Invalid):
    """A level other than consultation and mise_a_jour."""

    slug, detail = "niveau_inconnu", "Ce niveau de droit n'existe pas."
    field = "rights"


class NoRightRefused(Invalid):
    """Neither a right nor administration."""

    slug, detail = "droit_obligatoire", "Sélectionnez au moins un droit ou la case Administrateur."
    field = "rights"


class PartialAdministratorRefused(Invalid):
    """Administrator with rights or collèges of one's own choice: the box forces them all (G29, AA31)."""

    slug = "administrateur_partiel"
    detail = "Un administrateur a tous les droits en mise à jour et tous les collèges accessibles."
    field = "rights"


class EndBeforeStartRefused(Invalid):
    """The end is before the beginning (M10)."""

    slug, detail = M10.slug, M10.sentence
    field = "ends_on"


class ImpossibleDayRefused(Invalid):
    """A day no delegation can have: year 0000 or 9999 (AA32)."""

    slug, detail = "date_invalide", IMPOSSIBLE_DAY.sentence


class PastEndRefused(Invalid):
    """An end that is over already: what is wanted is a closing."""

    slug, detail = PAST_END.slug, PAST_END.sentence
    field = "ends_on"


class LaterClosingRefused(Invalid):
    """A closing after the date de fin would extend the delegation."""

    slug, detail = "fermeture_tardive", "La fermeture doit précéder la date de fin de la délégation."
    field = "ends_on"


class OwnAddressRefused(Invalid):
    """A delegation to oneself (AA29)."""

    slug, detail = OWN_ADDRESS.slug, OWN_ADDRESS.sentence
    field = "email"


class AddressRefused(Invalid):
    """Not an e-mail address (AA47)."""

    slug, detail = NO_ADDRESS.slug, NO_ADDRESS.sentence
    field = "email"


class MoreThanOwnedRefused(Forbidden):
    """A grantor gives at most his own rights, collèges and end date (C10, M8, AA27)."""

    slug, detail = M8.slug, M8.sentence


class OwnDelegationRefused(Forbidden):
    """Editing or confirming one's own delegation (AA28, G52)."""

    slug, detail = "propre_delegation", "Vous ne pouvez pas modifier ou confirmer votre propre délégation."


class LastAdministratorRefused(Conflict):
    """The company would have no administrator on some day to come (M7, AA30)."""

    slug, detail = M7.slug, M7.sentence


class AlreadyDelegatedRefused(Conflict):
    """A live delegation of the same address, or of the person who has it, covers some of the same days (K2)."""

    slug, detail = "delegation_existante", "Une délégation existe déjà pour cette adresse sur cette période."
    field = "email"


class AddressNotAvailableRefused(Conflict):
    """The same clash, with a delegation that the grantor may not see: neither that it exists nor its days (K10)."""

    slug = "adresse_non_disponible"
    detail = "Cette adresse ne peut pas recevoir cette délégation. Rapprochez-vous de l'entreprise."
    field = "email"


class PendingRefused(Conflict):
    """A pending delegation can be viewed and closed, not modified (T7)."""

    slug = "delegation_en_attente"
    detail = "Une délégation en attente peut être consultée ou fermée, pas modifiée."


class NotToConfirmRefused(Conflict):
    """Nothing to confirm or refuse: not completed yet, or somebody already did."""

    slug, detail = "rien_a_confirmer", "Cette délégation n'est pas en attente de confirmation."


class AddressLeftRefused(Conflict):
    """Its person is no longer at the address that was asked, and shown to who confirms (K1)."""

    slug = "adresse_quittee"
    detail = "Le bénéficiaire n'utilise plus cette adresse électronique. Fermez cette délégation, puis accordez-en une."


class AlreadyIdentifiedRefused(Conflict):
    """A new link for somebody who needs none."""

    slug, detail = "compte_deja_complete", "Le bénéficiaire a déjà complété son compte."


class OverRefused(Conflict):
    """The delegation is closed, refused or past its date de fin."""

    slug, detail = "delegation_terminee", "Cette délégation est déjà terminée."


class RaisedRefused(Invalid):
    """A review that would give a right, or more of one: that is a modification."""

    slug, detail = "droit_augmente", "Une réduction ne peut pas augmenter un droit : utilisez « Modifier »."
    field = "rights"


class NotReducedRefused(Invalid):
    """A reduction that leaves everything as it is."""

    slug, detail = "rien_a_reduire", "Choisissez au moins un droit à réduire, ou gardez la délégation."
    field = "rights"


class ReviewRefused(Conflict):
    """One answer of a review at least cannot be done, so none is; the errors say which, and why."""

    slug = "revue_refusee"
    detail = "Rien n'a été enregistré : corrigez les réponses signalées, puis validez de nouveau."


class StaleDelegationRefused(Stale):
    """The delegation is not as it was shown (AA52); the detail says who and when, the errors what, in words."""

    slug, detail = "version_perimee", "Cette délégation a été modifiée entre-temps. Rechargez la page."


class AskedTooOftenRefused(TooMany):
    """A new link was asked for a moment ago, or a number looked up too often (M6); the header says its time."""

    slug, detail = M6.slug, M6.sentence


class NothingToAttestRefused(Conflict):
    """An attestation of what was never in force: not confirmed, or not begun."""

    slug = "rien_a_attester"
    detail = "Une attestation est délivrée une fois la délégation confirmée, à partir de sa date d'effet."


class TooManyNewAddressesRefused(TooMany):
    """More new addresses in an hour than one administrator may delegate to (M6); the detail says its time."""

    slug = "trop_de_nouvelles_adresses"
    detail = M6.sentence
    field = "email"


class TooManyHiddenClashesRefused(TooMany):
    """Days were asked for too often that clash with what the actor may not see (M6, K10); the detail says its time."""

    slug = "trop_de_refus"
    detail = M6.sentence


class OtherFounderRefused(Conflict):
    """The founding administrator is not the one that the caisse believes to replace."""

    slug, detail = "administrateur_different", "L'administrateur actuel n'est pas celui que vous remplacez."
    field = "former_email"


class FirmsPersonRefused(Conflict):
    """Who is named works for the accounting firm: he would hold two delegations of one adhérent."""

    slug = "administrateur_deja_beneficiaire"
    detail = "Le nouvel administrateur a déjà une délégation du cabinet comptable sur cet adhérent : fermez-la d'abord."
    field = "email"


class HeaderRefused(Invalid):
    """The first line of a file does not name the columns that are needed."""

    slug, detail = "entete_invalide", "L'en-tête du fichier est incomplet."


class EmptyFileRefused(HeaderRefused):
    """A file without a line of data: nothing would come in, and nobody would know."""

    slug, detail = "fichier_vide", "Le fichier est vide : il n'a aucune ligne de données."


class ImportStopped(Invalid):
    """So many lines of one import were refused that its file is not what it should be: no more is read of it."""

    slug = "import_arrete"
    detail = "L'import est arrêté : trop de lignes sont refusées. Corrigez le fichier, puis envoyez-le de nouveau."


class TooManyLinesRefused(TooLarge):
    """More lines in one chunk than one transaction should carry."""

    slug = "trop_de_lignes"
    detail = "Trop de lignes dans un seul envoi."


class DayToComeRefused(Invalid):
    """Who could do what is a question about a day that came."""

    slug = "jour_a_venir"
    detail = "Ce jour n'est pas encore venu : choisissez aujourd'hui ou un jour passé."
    field = "jour"


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
