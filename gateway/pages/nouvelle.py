"""« Déléguer des droits » in two steps (G24–G40), and « Déléguer à mon cabinet comptable » (G23).

Each step is an address, with the draft of what was typed in it (kit/drafts.py): Back and reload show it again. Each
step's form carries the other in hidden fields all the same, and delegation judges the whole.
"""

from typing import Any, Self
from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, g, redirect, request

from contracts.rules.addresses import canonical_address
from contracts.words.kinds import Kind
from contracts.words.messages import M10, OWN_ADDRESS
from gateway.clients import clients
from gateway.clients.adherent import Cabinet
from gateway.clients.delegation import Catalogue
from gateway.clients.requests import NewDelegation
from gateway.kit.access import Space, in_space
from gateway.kit.catalogue import offered
from gateway.kit.copied_rights import held_at
from gateway.kit.drafts import Typed, forget, keep, kept, typed_before
from gateway.kit.fields import Email, Hidden, Press, Text
from gateway.kit.forms import Form, Sends, shown
from gateway.kit.profiles import LESS, Profiled
from gateway.kit.proof import OF_ADMINISTRATORS, Proof
from gateway.kit.reading import no_address
from gateway.kit.rights import Matrix, Rights, accessible, chosen
from gateway.kit.standing import standing
from gateway.kit.terms import Terms, no_such_end, outlasting
from gateway.kit.today import today

blp = Blueprint("nouvelle", __name__, url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits")


NOBODY = "Aucun bénéficiaire actif, à venir ou en attente n'a cette adresse électronique."


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


class Opening(Beneficiary, Matrix, Profiled, Sends[NewDelegation]):
    """Both steps; step 2 is the matrix."""

    mot_de_passe = Proof(OF_ADMINISTRATORS)
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

    def judged_here(self, space: Space) -> Self:
        """And what is known before the matrix is filled: one's own address, an end that is over, who has rights."""
        if canonical_address(self.email.value) == canonical_address(g.person.email):
            self.errors[self.email.name] = OWN_ADDRESS.sentence
        elif fault := no_such_end(self.ends_on.value) or outlasting(self.ends_on.value, space.tier.access.ends_on):
            self.errors[self.ends_on.name] = fault
        elif self.good and (already := standing(space, self.email.value, self.starts_on.value, self.ends_on.value)):
            self.errors[self.email.name] = already
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
    return _step_1(space, _blank(Kind.CABINET, firm.email), firm)


@blp.get("/nouvelle/etape-2")
@in_space(administrator=True)
def restart(space: Space) -> Any:
    """Step 2 exists only after step 1."""
    return redirect(space.url(".page"))


@blp.post("/nouvelle/etape-2")
@in_space(administrator=True)
def advance(space: Space) -> Any:
    """From a step 1 that has no draft yet, and from the pages of the version before: the same, with a new draft."""
    return _press(space, uuid4())


@blp.get("/nouvelle/<uuid:brouillon>")
@in_space(administrator=True)
def first(space: Space, brouillon: UUID) -> Any:
    """Step 1 of a draft, as it was typed."""
    typed = _typed(space, brouillon)
    return _step_1(space, Opening.read(typed), typed=typed) if typed else redirect(space.url(".page"))


@blp.get("/nouvelle/<uuid:brouillon>/etape-2")
@in_space(administrator=True)
def second(space: Space, brouillon: UUID) -> Any:
    """Step 2 of a draft, as it was typed; without one, step 1."""
    typed = _typed(space, brouillon)
    if not typed:
        return redirect(space.url(".page"))
    catalogue = offered()
    rights = Rights.typed(typed) if chosen(typed) else Rights.untouched(catalogue)
    return _step_2(space, brouillon, Opening.read(typed), catalogue, rights)


@blp.post("/nouvelle/<uuid:brouillon>/etape-2")
@in_space(administrator=True)
def press(space: Space, brouillon: UUID) -> Any:
    """« Suivant », a column of the matrix, « Étape précédente », or « Valider »."""
    return _press(space, brouillon)


def _press(space: Space, draft: UUID) -> Any:
    form, typed = Opening.posted(), request.form
    if form.etape.value != "2" and form.good:
        form.judged_here(space)
    keep(_path(space, draft), typed)
    if form.refused:
        return _step_1(space, form, typed=typed, draft=draft)
    if form.retour.value:
        return redirect(_path(space, draft), 303)
    if form.etape.value != "2":
        return redirect(space.url(".second", brouillon=draft), 303)
    catalogue, rights = offered(), Rights.typed(typed)
    if form.copie.value or form.comme.value or form.of_profiles:  # « Entrée » in a field too: it must open nothing
        by_name = form.copie.value or form.comme.value
        given = copied(space, form, catalogue) if by_name else form.with_profile(space, catalogue, rights)
        if given is None:
            return _step_2(space, draft, form, catalogue, rights)
        keep(_path(space, draft), given.filled(typed))
        return redirect(space.url(".second", brouillon=draft), 303)
    if column := form.colonne.value:
        keep(_path(space, draft), rights.with_column(column, catalogue).filled(typed))
        return redirect(space.url(".second", brouillon=draft), 303)
    return _open(space, draft, form, catalogue, rights)


def copied(space: Space, form: Opening, catalogue: Catalogue) -> Rights | None:
    """The rights of the beneficiary who was named, as far as they may be given; None, and why, when there is none."""
    held = held_at(space.tier.adherent_id, form.comme.value)
    if held is None:
        form.errors[form.comme.name] = NOBODY
        form.status = 422
        return None
    theirs = Rights.held(held)
    given = theirs.within(catalogue, space.tier.access)
    less = "" if given == theirs else LESS
    flash(f"Les droits de ce bénéficiaire sont copiés : vérifiez-les, puis validez.{less}", "information")
    return given


def _open(space: Space, draft: UUID, form: Opening, catalogue: Catalogue, rights: Rights) -> Any:
    """Open the delegation, with the password an administrator's needs (C8); a refusal is shown on its step."""
    with form.refusals():
        form.prove()
        granted = rights.granted(catalogue, space.tier.access)
        clients().delegation.open(space.tier.adherent_id, form.payload(), granted)
        flash(f"La délégation est enregistrée. Un courriel va être envoyé à {form.email.value}.", "succes")
        forget(_path(space, draft))
        return redirect(space.url("droits.page"), 303)
    if any(one.error for one in form.part(Beneficiary)):
        return _step_1(space, form, typed=request.form, draft=draft)
    return _step_2(space, draft, form, catalogue, rights)


def _path(space: Space, draft: UUID) -> str:
    """The address of a draft's step 1, below which is its step 2: its cookie goes to both."""
    return space.url(".first", brouillon=draft)


def _typed(space: Space, draft: UUID) -> Typed:
    """What this step was when its session ended, or what its draft holds."""
    if again := typed_before():
        keep(_path(space, draft), again)
    return again or kept(_path(space, draft))


def _blank(kind: str, email: str | None = None) -> Opening:
    return Opening.blank(email=email, starts_on=today(), kind=kind)


def _step_1(
    space: Space, form: Opening, firm: Cabinet | None = None, *, typed: Typed | None = None, draft: UUID | None = None
) -> Any:
    """The fields of the matrix travel through step 1, so that step 2 finds them again; the firm is named each time."""
    carried = chosen(typed) if typed else []
    if firm is None and form.kind.value == Kind.CABINET:
        firm = clients().delegation.adherent(space.tier.adherent_id).cabinet_comptable
    return shown("nouvelle_1.html", form, cabinet=firm.nom if firm else "", choisis=carried, brouillon=draft or uuid4())


def _step_2(space: Space, draft: UUID, form: Opening, catalogue: Catalogue, rights: Rights) -> Any:
    offered, before = accessible(catalogue, space.tier.access), form.part(Beneficiary)
    said = {"etape_1": before, "catalogue": catalogue, "droits": rights, "offerts": offered, "brouillon": draft}
    profiles = clients().delegation.profiles(space.tier.adherent_id)
    return shown("nouvelle_2.html", form, profils_gardes=profiles, **said)
