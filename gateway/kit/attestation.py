"""An attestation in words: one text, which the page shows and the PDF prints (decision 61)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from contracts.rules.attestation_numbers import in_groups
from contracts.words.changes import SOMEBODY
from contracts.words.colleges import COLLEGES
from contracts.words.functions import GROUPS
from contracts.words.kinds import Kind
from contracts.words.levels import LABELS
from contracts.words.mandate_texts import Moment, text_shown
from gateway.clients.attestations import Attestation
from gateway.kit.labels import day, moment, siren
from gateway.kit.typography import french

TITLE = "Attestation de délégation"
KINDS = {
    Kind.FONDATEUR: "Administrateur Entreprise désigné par la caisse",
    Kind.CABINET: "Cabinet comptable",
    Kind.COLLABORATEUR: "Collaborateur de l'entreprise",
}
MOMENTS = {
    Moment.OUVERTURE: "À la personne qui a accordé les droits",
    Moment.ACCEPTATION: "Au bénéficiaire",
    Moment.CONFIRMATION: "À la personne qui a confirmé",
}
NOT_KEPT = "Le texte présenté n'a pas été conservé."
ISSUED = "L'attestation est émise."
THE_CAISSE = "la caisse"


@dataclass(frozen=True)
class Line:
    """What is said, and of what."""

    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """A part of it."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Paper:
    """The whole document, from its first line to its last."""

    title: str
    number: str
    intro: str
    sections: list[Section]
    foot: list[str]


def paper(one: Attestation) -> Paper:
    """The document of `one`, with the address at which anybody verifies its number."""
    where = url_for("attestation.page", _external=True)
    state = "est en vigueur" if one.in_force else "n'est plus en vigueur"
    said = f"L'entreprise {one.raison_sociale} a délégué à {one.name} des droits d'accès à son Espace sécurisé."
    if one.kind == Kind.FONDATEUR:
        said = f"{one.name} est Administrateur Entreprise de l'Espace sécurisé de l'entreprise {one.raison_sociale}."
    return Paper(
        TITLE,
        in_groups(one.number),
        french(f"{said} Le {day(one.issued_at)}, cette délégation {state}."),
        [
            Section("Entre qui", list(_parties(one))),
            Section("Ce qui est délégué", list(_granted(one))),
            Section("Quand (heures de Paris)", list(_instants(one))),
            Section("Ce qui a été présenté à l'écran", list(_shown(one))),
        ],
        [
            french(f"Attestation émise {moment(one.issued_at)} sous le numéro {in_groups(one.number)}."),
            french(
                "Elle dit ce qui était vrai à cette date. Pour savoir si elle vaut encore, saisissez son numéro et le"
                f" SIREN de l'entreprise à l'adresse {where}"
            ),
        ],
    )


def _parties(one: Attestation) -> Iterator[Line]:
    yield Line("Entreprise", one.raison_sociale)
    yield Line("SIREN", siren(one.siren))
    yield Line("Identifiant CIBTP", one.identifiant)
    yield Line("Bénéficiaire", one.name)
    yield Line("Compte (adresse électronique)", one.email)
    yield Line("Qualité", KINDS[Kind(one.kind)] if one.kind in tuple(Kind) else one.kind)
    yield Line("Role", one.role)


def _granted(one: Attestation) -> Iterator[Line]:
    yield Line("Date d'effet", day(one.starts_on))
    yield Line("Date de fin", day(one.ends_on) or "Aucune")
    yield Line("Collèges", ", ".join(label for code, label in COLLEGES.items() if code in one.colleges) or "Aucun")
    if one.administrator:
        yield Line("Droits d'administration", french("Oui : toutes les fonctionnalités en mise à jour"))
        return
    yield Line("Droits d'administration", "Non")
    for group in GROUPS:
        for function in group.functions:
            if function.code in one.rights:
                level = one.rights[function.code]
                yield Line(f"{group.label} – {function.label}", LABELS.get(level, level))
    yield Line("Autres fonctionnalités", "Aucun droit")


def _instants(one: Attestation) -> Iterator[Line]:
    yield Line("Ouverture", _done(one.opened_at, one.opened_by or THE_CAISSE))
    if one.completed_at:
        yield Line("Acceptation", _done(one.completed_at, "le bénéficiaire"))
    if one.confirmed_at:
        yield Line("Confirmation", _done(one.confirmed_at, one.confirmed_by or THE_CAISSE))
    if one.closed_at:
        yield Line("Fermeture", moment(one.closed_at))


def _shown(one: Attestation) -> Iterator[Line]:
    founder = one.kind == Kind.FONDATEUR
    for at, label in MOMENTS.items():
        if founder and at is not Moment.ACCEPTATION:
            continue  # the caisse decided that, on no page
        version = getattr(one.texts, at)
        text = version and text_shown(version, at, one.raison_sociale, administrator=one.administrator, founder=founder)
        yield Line(label, french(f"« {text} » (texte du {day(version)})") if text else NOT_KEPT)


def _done(at: datetime, who: str) -> str:
    return f"{moment(at)}, par {who[0].lower() + who[1:] if who == SOMEBODY else who}"
