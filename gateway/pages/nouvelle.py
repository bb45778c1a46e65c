"""« Déléguer des droits » in two steps (G24–G40), and « Déléguer à mon cabinet comptable » (G23).

Nothing is kept on the server between the steps: each carries the other in hidden fields, delegation judges the whole.
"""

from typing import Any, Self

from flask import Blueprint, abort, flash, redirect, request

from contracts.rules.addresses import plain_address
from contracts.words.kinds import Kind
from contracts.words.messages import M10, NO_ADDRESS
from gateway.clients import clients
from gateway.clients.delegation import Catalogue
from gateway.clients.requests import NewDelegation
from gateway.kit.access import Space, in_space
from gateway.kit.copied_rights import held_at
from gateway.kit.fields import Email, Hidden, Press, Text
from gateway.kit.forms import Form, Sends, shown
from gateway.kit.proof import Proof
from gateway.kit.rights import Matrix, Rights, accessible, chosen
from gateway.kit.terms import Terms
from gateway.kit.today import today

blp = Blueprint("nouvelle", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits")


NOBODY = "Aucun bénéficiaire actif, à venir ou en attente n'a cette adresse électronique."


def no_address(typed: str) -> str:
    """What is no address is told before the matrix is filled."""
    return "" if plain_address(typed) else NO_ADDRESS.sentence


class Recipient(Form):
    """For whom, and as what."""

    email = Email(
        "Adresse électronique",
        required="Saisissez l'adresse électronique du bénéficiaire.",
        rule=no_address,
        help="L'adresse que votre interlocuteur vous a fournie : elle lui servira d'identifiant de connexion.",
    )
    kind = Hidden()


class Beneficiary(Terms, Recipient):
    """Step 1: for whom, from when, until when."""


class Opening(Beneficiary, Matrix, Sends[NewDelegation]):
    """Both steps; step 2 is the matrix."""

    mot_de_passe = Proof("Pour votre sécurité, les droits d'administration demandent votre mot de passe.")
    etape = Hidden(sent=False)
    comme = Text(
        "Adresse électronique d'un autre bénéficiaire",
        sent=False,
        help="Ses droits et ses collèges remplissent cette page, dans la limite des vôtres.",
    )
    copie = Press("Copier ses droits")
    retour = Press("Étape précédente")

    def judged(self) -> Self:
        """And the days in their order (M10)."""
        super().judged()
        first, last = self.starts_on.value, self.ends_on.value
        if first and last and last < first:
            self.errors[self.ends_on.name] = M10.sentence
        return self._refused(422)


@blp.get("/nouvelle")
@in_space(administrator=True)
def page(space: Space) -> Any:
    """Step 1, for a collaborator: date d'effet is today (G25)."""
    return _step_1(space, _blank(Kind.COLLABORATEUR))


@blp.get("/cabinet")
@in_space(administrator=True)
def cabinet(space: Space) -> Any:
    """Step 1 for the firm the referential knows, its address already filled (G21)."""
    firm = clients().delegation.adherent(space.tier.adherent_id).cabinet_comptable
    if firm is None:
        abort(404)
    return _step_1(space, _blank(Kind.CABINET, firm.email), firm.nom)


@blp.get("/nouvelle/etape-2")
@in_space(administrator=True)
def restart(space: Space) -> Any:
    """Step 2 exists only after step 1."""
    return redirect(space.url(".page"))


@blp.post("/nouvelle/etape-2")
@in_space(administrator=True)
def advance(space: Space) -> Any:
    """From step 1 to 2, a column of the matrix, back to step 1, or « Valider »."""
    form = Opening.posted()
    if form.refused or form.retour.value:
        return _step_1(space, form)
    catalogue, second = clients().delegation.catalogue(), form.etape.value == "2"
    rights = Rights.typed(request.form) if second or chosen(request.form) else Rights.untouched(catalogue)
    if not second:
        return _step_2(space, form, catalogue, rights)
    if form.copie.value or form.comme.value:  # « Entrée » in the field copies too: it must not open anything
        return _step_2(space, form, catalogue, copied(space, form, catalogue) or rights)
    if column := form.colonne.value:
        return _step_2(space, form, catalogue, rights.with_column(column, catalogue))
    return _open(space, form, catalogue, rights)


def copied(space: Space, form: Opening, catalogue: Catalogue) -> Rights | None:
    """The rights of the beneficiary who was named, as far as they may be given; None, and why, when there is none."""
    held = held_at(space.tier.adherent_id, form.comme.value)
    if held is None:
        form.errors[form.comme.name] = NOBODY
        form.status = 422
        return None
    theirs = Rights.held(held)
    form.values[form.comme.name] = ""
    given = theirs.within(catalogue, space.tier.access)
    less = "" if given == theirs else " Ce que vous ne pouvez pas accorder a été laissé de côté."
    flash(f"Les droits de ce bénéficiaire sont copiés : vérifiez-les, puis validez.{less}", "information")
    return given


def _open(space: Space, form: Opening, catalogue: Catalogue, rights: Rights) -> Any:
    """Open the delegation, with the password an administrator's needs (C8); a refusal is shown on its step."""
    with form.refusals():
        form.prove()
        granted = rights.granted(catalogue, space.tier.access)
        clients().delegation.open(space.tier.adherent_id, form.payload(), granted)
        flash(f"La délégation est enregistrée. Un courriel va être envoyé à {form.email.value}.", "succes")
        return redirect(space.url("droits.page"), 303)
    if any(one.error for one in form.part(Beneficiary)):
        return _step_1(space, form)
    return _step_2(space, form, catalogue, rights)


def _blank(kind: str, email: str | None = None) -> Opening:
    return Opening.blank(email=email, starts_on=today(), kind=kind)


def _step_1(space: Space, form: Opening, firm: str = "") -> Any:
    """The fields of the matrix travel through step 1, so that step 2 finds them again."""
    return shown("nouvelle_1.html", form, cabinet=firm, choisis=chosen(request.form))


def _step_2(space: Space, form: Opening, catalogue: Catalogue, rights: Rights) -> Any:
    offered, first = accessible(catalogue, space.tier.access), form.part(Beneficiary)
    return shown("nouvelle_2.html", form, etape_1=first, catalogue=catalogue, droits=rights, offerts=offered)
