"""« Nouvelles coordonnées bancaires » (G78): asked with the password and a code on the certified mobile, told to all
who administer the company, open after a delay. They are typed at the caisse's; this page only leads there."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, make_response, redirect, url_for

from contracts.words.bank_details import NEW_BANK_DETAILS
from contracts.words.messages import NOT_OPEN, SIX_DIGITS
from gateway.clients import clients
from gateway.clients.bank_details import BankDetails
from gateway.clients.problem import unless
from gateway.kit.beside import belongs_to
from gateway.kit.elsewhere import elsewhere
from gateway.kit.fields import Text
from gateway.kit.forms import shown
from gateway.kit.pressed import pressed
from gateway.kit.proof import Proof, Proven
from gateway.kit.session import signed_in, somebody_else
from gateway.kit.today import now

blp = Blueprint("coordonnees_bancaires", __name__)
PAGE = "/coordonnees-bancaires/<uuid:adherent_id>"
WHY = "Pour votre sécurité, de nouvelles coordonnées bancaires demandent votre mot de passe."
ASKED = (
    "Votre demande est enregistrée : elle s'affiche ici dans quelques instants, et tous les administrateurs de"
    " l'entreprise en sont informés par courriel."
)
CANCELLED = "La demande est annulée. Les administrateurs de l'entreprise en sont informés par courriel."


class Asking(Proven):
    """« Recevoir un code »."""

    mot_de_passe = Proof(WHY)


class Code(Proven):
    """The code of the SMS (M13)."""

    code = Text("Code reçu par SMS", required=SIX_DIGITS.sentence, help="6 chiffres", max=60)
    mot_de_passe = Proof(WHY)


@blp.get(PAGE)
@signed_in
def page(adherent_id: UUID) -> Any:
    """Where it stands. The page of the mail's link too: it shows, it never acts."""
    with unless(404):
        return _show(adherent_id, Asking.blank())
    return somebody_else("", 404)


@blp.post(f"{PAGE}/code")
@signed_in
def ask(adherent_id: UUID) -> Any:
    """Send a code to who administers the company, and to nobody else; M6 when it is too early or too often."""
    form = Asking.posted()
    details = _details(adherent_id)
    if form.good:
        with form.refusals():
            form.prove()
            clients().identity.send_bank_code(adherent_id)
            return redirect(url_for(".entry", adherent_id=adherent_id), 303)
    return _show(adherent_id, form, details)


@blp.get(f"{PAGE}/code")
@signed_in
def entry(adherent_id: UUID) -> Any:
    """The code of the SMS, once it was sent."""
    return _show(adherent_id, Code.blank())


@blp.post(PAGE)
@signed_in
def prove(adherent_id: UUID) -> Any:
    """Give the code back: delegation hears of it, and tells the administrators."""
    form = Code.posted()
    if form.good:
        with form.refusals():
            form.prove()
            clients().identity.prove_for_bank_details(adherent_id, form.code.value)
            flash(ASKED, "succes")
            return redirect(url_for(".page", adherent_id=adherent_id), 303)
    return _show(adherent_id, form)


@blp.post(f"{PAGE}/demandes/<uuid:request_id>/annulation")
@signed_in
def cancel(adherent_id: UUID, request_id: UUID) -> Any:
    """« Annuler » one's own, « Ce n'est pas nous : annuler » another's."""
    with pressed(CANCELLED, otherwise={409: ""}):
        clients().delegation.cancel_bank_request(adherent_id, request_id)
    return redirect(url_for(".page", adherent_id=adherent_id), 303)


@blp.post(f"{PAGE}/passage")
@signed_in
def go_on(adherent_id: UUID) -> Any:
    """On to the caisse's page, for whose request is open; delegation lets through, whatever this page was shown. The
    address is the operator's own (AA49).

    The answer is a page that leads there at once: a form of ours is followed to no other site (`form-action`).
    """
    details = _details(adherent_id)
    address = _address(details)
    if not address:
        abort(404)
    with unless(409):
        clients().delegation.use_bank_request(adherent_id)
        page = make_response(_show(adherent_id, Asking.blank(), details, passing=True))
        page.headers["Refresh"] = f"0; url={address}"
        return page
    flash(NOT_OPEN.sentence, "avertissement")
    return redirect(url_for(".page", adherent_id=adherent_id), 303)


@blp.get(f"{PAGE}/passage")
@signed_in
def look(adherent_id: UUID) -> Any:
    """Who comes here by an address, after a login or by a link of before, is shown the button: a GET passes nobody."""
    return redirect(url_for(".page", adherent_id=adherent_id), 303)


def _details(adherent_id: UUID) -> BankDetails:
    belongs_to(adherent_id)
    return clients().delegation.bank_details(adherent_id)


def _address(details: BankDetails) -> str:
    return elsewhere().of(details.adherent.caisse, NEW_BANK_DETAILS)


def _show(adherent_id: UUID, form: Proven, details: BankDetails | None = None, *, passing: bool = False) -> Any:
    found = details or _details(adherent_id)
    account = clients().identity.account()
    known = {"adherent_id": adherent_id, "bancaires": found, "adresse": _address(found), "passe": passing}
    return shown("coordonnees_bancaires.html", form, compte=account, mobile=account.mobile_at(now()), **known)
