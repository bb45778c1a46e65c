"""The profiles of the company beside a matrix: it is filled with one, or kept as one (decision 63)."""

from uuid import UUID

from flask import flash

from gateway.clients import clients
from gateway.clients.delegation import Catalogue
from gateway.clients.requests import ProfileName
from gateway.kit.access import Space
from gateway.kit.fields import Press, Text
from gateway.kit.forms import Form
from gateway.kit.labels import is_uuid
from gateway.kit.rights import Rights

LONGEST = 60
LESS = " Ce que vous ne pouvez pas accorder a été laissé de côté."
GONE = "Choisissez un profil de la liste."
UNNAMED = "Saisissez le nom du profil."


class Profiled(Form):
    """The part of a form with a matrix that fills it with a profile, or keeps it as one."""

    profil = Text("Partir d'un profil", sent=False)
    partir = Press("Remplir avec ce profil")
    nom_profil = Text(
        "Nom du profil",
        sent=False,
        max=LONGEST,
        help="Enregistre les collèges et les droits choisis sur cette page, sans ouvrir ni modifier de délégation.",
    )
    garder = Press("Enregistrer comme profil")

    @property
    def of_profiles(self) -> bool:
        """Was one of its buttons pressed? « Entrée » in the name keeps it too: it must open nothing."""
        return bool(self.partir.value or self.garder.value or self.nom_profil.value)

    def with_profile(self, space: Space, catalogue: Catalogue, rights: Rights) -> Rights | None:
        """The matrix after that button: filled with the profile that was chosen, or as it was, kept as one. None, and
        why beside the field, when that is refused."""
        if self.partir.value:
            return self._started(space, catalogue)
        if not self.nom_profil.value:
            self._beside(self.nom_profil.name, UNNAMED)
            return None
        with self.refusals():
            granted, named = rights.granted(catalogue, space.tier.access), ProfileName(self.nom_profil.value)
            clients().delegation.keep_profile(space.tier.adherent_id, named, granted)
            flash(f"Le profil « {self.nom_profil.value} » est enregistré. Aucune délégation n'a changé.", "succes")
            self.values[self.nom_profil.name] = ""
            return rights
        return None

    def _started(self, space: Space, catalogue: Catalogue) -> Rights | None:
        """As far as it may be given (C10)."""
        chosen = self.profil.value
        kept = clients().delegation.profiles(space.tier.adherent_id).items if is_uuid(chosen) else []
        profile = next((one for one in kept if one.profile_id == UUID(chosen)), None)
        if profile is None:
            self._beside(self.profil.name, GONE)
            return None
        theirs = Rights.of(profile)
        given = theirs.within(catalogue, space.tier.access)
        less = "" if given == theirs else LESS
        flash(f"La page est remplie avec le profil « {profile.name} » : vérifiez, puis validez.{less}", "information")
        return given

    def _beside(self, field: str, why: str) -> None:
        self.errors[field] = why
        self.status = 422
