"""« Vérifier une attestation »: anybody asks with its number and the SIREN, and is told one word (decision 61).

What is asked stands in no address, so in no log and no history of a browser.
"""

from typing import Any

from flask import Blueprint, render_template

from contracts.rules.attestation_numbers import right_number, typed_number
from contracts.rules.numbers import right_siren
from contracts.words.attested import Attested
from gateway.clients import clients
from gateway.clients.requests import AttestationLookup
from gateway.kit.fields import Text
from gateway.kit.forms import Sends, shown
from gateway.kit.session import public

blp = Blueprint("attestation", __name__)
SAID = {
    Attested.VALID: "Valide : la délégation attestée est en vigueur aujourd'hui.",
    Attested.ENDED: "Terminée : la délégation attestée n'est plus en vigueur telle que l'attestation la décrit.",
    Attested.UNKNOWN: "Inconnue : aucune attestation ne porte ce numéro pour ce SIREN.",
}


def _number_fault(typed: str) -> str:
    good = right_number(typed_number(typed))
    return "" if good else "Ce numéro comporte une erreur : recopiez-le tel qu'il figure sur l'attestation."


def _siren_fault(typed: str) -> str:
    return "" if right_siren("".join(typed.split())) else "Saisissez les 9 chiffres du SIREN de l'entreprise."


class Siren(Text):
    """Nine digits, typed with or without spaces."""

    def read(self, values: dict[str, str]) -> str:  # type: ignore[override]
        """Without the spaces."""
        return "".join(values[self.name].split())


class Verification(Sends[AttestationLookup]):
    """What is read on the document."""

    number = Text(
        "Numéro de l'attestation",
        required="Saisissez le numéro de l'attestation.",
        rule=_number_fault,
        max=60,
        help="Quatre groupes de quatre caractères, par exemple ACDE-F346-HJKM-NPQR.",
    )
    siren = Siren("SIREN de l'entreprise", required="Saisissez le SIREN de l'entreprise.", rule=_siren_fault, max=20)


@blp.get("/attestation")
@public
def page() -> Any:
    """The form."""
    return shown("attestation_verifier.html", Verification.blank(), dit="", etat="")


@blp.post("/attestation")
@public
def verify() -> Any:
    """The answer, below the form as it was typed."""
    form = Verification.posted()
    if form.good:
        with form.refusals():
            state = clients().delegation.verify_attestation(form.payload()).state
            said = SAID[Attested(state)]
            return render_template("attestation_verifier.html", form=form, dit=said, etat=state)
    return shown("attestation_verifier.html", form, dit="", etat="")
