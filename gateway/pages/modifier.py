"""Modification of a delegation (G19): the same matrix, and never over somebody else's change (AA52)."""

from dataclasses import replace
from datetime import date
from typing import Any, Self
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request

from contracts.words.actions import Action
from gateway.clients import clients, requests
from gateway.clients.delegation import Catalogue, Delegation
from gateway.kit.access import Space, in_space
from gateway.kit.catalogue import offered
from gateway.kit.fields import Check, Version
from gateway.kit.forms import RELOAD, Sends, Shown, shown
from gateway.kit.profiles import Profiled
from gateway.kit.proof import OF_ADMINISTRATORS, Proof
from gateway.kit.rights import Matrix, Rights, accessible
from gateway.kit.terms import Terms, outlasting
from gateway.kit.what_changes import Known

blp = Blueprint(
    "modifier", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/<uuid:delegation_id>"
)
NO_END = "Saisissez la date de fin, ou cochez « Sans date de fin »."
TWO_ENDS = "Saisissez une date de fin ou cochez « Sans date de fin », pas les deux."


class Change(Terms, Matrix, Profiled, Shown, Sends[requests.Terms]):
    """Its days, its rights, and the version that was shown."""

    sans_fin = Check("Sans date de fin : la délégation reste ouverte jusqu'à ce que vous la fermiez", sent=False)
    version = Version(unreadable=RELOAD)
    mot_de_passe = Proof(OF_ADMINISTRATORS)

    def judged_by(self, held: Delegation, own_end: date | None) -> Self:
        """An end that there is goes only by « Sans date de fin »: an empty field is an oversight, both are a question.
        A new one is `own_end` at the latest, the end of who gives it (C10).

        Judged by the end that the form showed: of a delegation that is another version since, the service says what
        became of this form, which may be what changed it (C3).
        """
        if held.version != self.version.value:
            return self
        if held.ends_on and not self.ends_on.typed and not self.sans_fin.value:
            self.errors[self.ends_on.name] = NO_END
        elif self.sans_fin.value and self.ends_on.typed and self.ends_on.value != held.ends_on:
            self.errors.setdefault(self.ends_on.name, TWO_ENDS)
        elif (end := None if self.sans_fin.value else self.ends_on.value) != held.ends_on:
            if fault := outlasting(end, own_end):
                self.errors.setdefault(self.ends_on.name, fault)
        return self._refused(422)

    def payload(self) -> requests.Terms:
        """« Sans date de fin » is no end, whatever is left in its field."""
        terms = super().payload()
        return replace(terms, ends_on=None) if self.sans_fin.value else terms


@blp.get("/modifier")
@in_space(administrator=True)
def page(space: Space, delegation_id: UUID) -> Any:
    """The delegation as it is now, to change; a pending one cannot be (T7)."""
    held, catalogue = _load(space, delegation_id)
    if Action.MODIFIER not in held.actions:
        abort(409)
    return _show(space, held, catalogue, Change.of(held), Rights.shown_again(Rights.held(held)))


@blp.post("/modifier")
@in_space(administrator=True)
def change(space: Space, delegation_id: UUID) -> Any:
    """A column of the matrix, or « Valider », with the password an administrator's needs (C8)."""
    held, catalogue = _load(space, delegation_id)
    form = Change.posted().judged_by(held, space.tier.access.ends_on)
    rights = Rights.typed(request.form)
    if column := form.colonne.value:
        return _show(space, held, catalogue, form, rights.with_column(column, catalogue))
    if form.of_profiles:
        form = Change.read(request.form)  # its days are judged with « Valider »
        return _show(space, held, catalogue, form, form.with_profile(space, catalogue, rights) or rights)
    if form.good:
        with form.refusals():
            form.prove()
            of, version, granted = (
                space.tier.adherent_id,
                form.version.value,
                rights.granted(catalogue, space.tier.access),
            )
            clients().delegation.change(of, delegation_id, version, form.payload(), granted)
            flash("La délégation est modifiée.", "succes")
            return redirect(space.url("delegation.page", delegation_id=delegation_id), 303)
    return _changed(space, delegation_id, form) if form.changed else _show(space, held, catalogue, form, rights)


def _changed(space: Space, delegation_id: UUID, form: Change) -> Any:
    """What changed in between, beside the delegation as it is now."""
    held, catalogue = _load(space, delegation_id)
    return shown("modifie_entre_temps.html", form, delegation=held, catalogue=catalogue, droits=Rights.held(held))


def _load(space: Space, delegation_id: UUID) -> tuple[Delegation, Catalogue]:
    asked = clients().delegation
    return asked.delegation(space.tier.adherent_id, delegation_id), offered()


def _show(space: Space, held: Delegation, catalogue: Catalogue, form: Change, rights: Rights) -> Any:
    offered = accessible(catalogue, space.tier.access)
    known = {"delegation": held, "catalogue": catalogue, "droits": rights, "offerts": offered, "connu": Known.of(held)}
    return shown("modifier.html", form, profils_gardes=clients().delegation.profiles(space.tier.adherent_id), **known)
