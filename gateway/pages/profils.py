"""« Profils »: the rights that a company keeps under a name; each is renamed or deleted on its page (decision 63)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect

from gateway.clients import clients
from gateway.clients.profiles import Profile
from gateway.clients.requests import ProfileName
from gateway.kit.access import Space, in_space
from gateway.kit.catalogue import offered
from gateway.kit.fields import Press, Text
from gateway.kit.forms import Sends, Shown, shown
from gateway.kit.profiles import LONGEST, UNNAMED
from gateway.kit.rights import Rights

blp = Blueprint("profils", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/profils")


class Naming(Shown, Sends[ProfileName]):
    """Another name, or « Supprimer »."""

    name = Text("Nom du profil", required=UNNAMED, max=LONGEST)
    supprimer = Press("Supprimer le profil")


@blp.get("")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """All of them, by name."""
    return shown("profils.html", Naming.blank(), profils=clients().delegation.profiles(space.tier.adherent_id))


@blp.get("/<uuid:profile_id>")
@in_space(administrator=True)
def one(space: Space, profile_id: UUID) -> Any:
    """What it gives, its name, and how it is deleted."""
    profile = _find(space, profile_id)
    return _show(profile, Naming.of(profile))


@blp.post("/<uuid:profile_id>")
@in_space(administrator=True)
def change(space: Space, profile_id: UUID) -> Any:
    """« Renommer » or « Supprimer » the one that was shown; what was granted from it stays as it is."""
    form, asked, of = Naming.posted(), clients().delegation, space.tier.adherent_id
    if form.supprimer.value or form.good:
        with form.refusals():
            if form.supprimer.value:
                asked.delete_profile(of, profile_id, form.version.value)
                flash("Le profil est supprimé. Les délégations ne changent pas.", "succes")
            else:
                asked.rename_profile(of, profile_id, form.version.value, form.payload())
                flash("Le profil est renommé.", "succes")
            return redirect(space.url(".page"), 303)
    return _show(_find(space, profile_id), form)


def _find(space: Space, profile_id: UUID) -> Profile:
    kept = clients().delegation.profiles(space.tier.adherent_id).items
    return next((one for one in kept if one.profile_id == profile_id), None) or abort(404)


def _show(profile: Profile, form: Naming) -> Any:
    return shown("profil.html", form, profil=profile, droits=Rights.of(profile), catalogue=offered())
