"""What is refused of the profiles of a company; beside `refusals.py`, which is long enough."""

from backbone.errors import Conflict, Invalid, Stale


class ProfileNameRefused(Invalid):
    """No name, or what no name is; the detail says what."""

    slug, detail = "nom_de_profil_invalide", "Saisissez un autre nom de profil."
    field = "name"


class ProfileExistsRefused(Conflict):
    """Another profile of the company has that name, however it is written."""

    slug, detail = "profil_existant", "Un profil de l'entreprise porte déjà ce nom."
    field = "name"


class TooManyProfilesRefused(Conflict):
    """A company keeps a bounded number of them."""

    slug, detail = "trop_de_profils", "L'entreprise a déjà 50 profils : supprimez-en un pour en enregistrer un autre."


class StaleProfileRefused(Stale):
    """The profile is not as it was shown."""

    slug, detail = "profil_modifie", "Ce profil a été modifié entre-temps. Rechargez la page."
