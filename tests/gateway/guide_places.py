"""Where each sentence of `docs/guide-sentences.txt` is shown: a page, opened once, or a mail, written once."""

import json
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

from gateway.kit.session import COOKIE
from services.contact.domain import consent
from services.notification.adapters.templates import MESSAGES, Templates
from services.notification.messages import KINDS
from tests.gateway import examples
from tests.gateway.examples import ADHERENT, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.portal import Portal, Shown, words
from tests.gateway.tables import WHOLE

SAID_BY_ATTRIBUTES = ("aria-label", "title", "placeholder")
PAGES = {
    "choix": "/choix",
    "accueil": f"{SPACE}/",
    "droits": f"{SPACE}/droits",
    "déléguer, étape 1": f"{SPACE}/droits/nouvelle",
    "mon compte": "/mon-compte",
    "modifier identifiant": "/mon-compte/identifiant",
    "modifier contact": "/mon-compte/contact",
    "certifier": "/mon-compte/mobile/saisie",
    "contact": f"{SPACE}/contact",
    "ouverture terminée": "/ouverture-de-delegation/terminee/beneficiaire",
}
BUBBLES = {"bulle du choix": "liste", "bulle de l'accueil": "accueil"}
STEP_1 = {"email": "comptable@example.com", "starts_on": "23/11/2026", "ends_on": "", "kind": "collaborateur"}


def texts(visitor: Portal, services: FakeServices) -> dict[str, list[str]]:
    """What each place says: its pieces of text, as a person reads them. `visitor` logs in on the way."""
    said = {
        "connexion": visitor.get("/connexion"),
        "mot de passe oublié": visitor.get("/mot-de-passe-oublie"),
        "ouverture de délégation": visitor.get(visitor.follow("invitation")),
    }
    visitor.client.set_cookie(COOKIE, "session-en-cours", domain="espace.example.com", secure=True)
    said |= _of_somebody(visitor, services)
    bubbles = {place: visitor.part(f"{SPACE}/suivi-dsn/bulle/{view}") for place, view in BUBBLES.items()}
    return {
        **{place: list(pieces(root)) for place, root in bubbles.items()},
        **{place: list(pieces(shown.root)) for place, shown in said.items()},
        "courriel invitation": list(pieces(_mail("invitation"))),
    }


def _of_somebody(portal: Portal, services: FakeServices) -> dict[str, Shown]:
    asked = {"version": consent.CURRENT, "texte": consent.TEXTS[consent.CURRENT]}
    services.answers["GET /catalogue"] = (200, WHOLE)
    services.answers[f"GET /adherents/{ADHERENT}/form"] = (200, {**examples.CONTACT, "consentement": asked})
    shown = {place: portal.get(path) for place, path in PAGES.items()}
    return shown | {"déléguer, étape 2": step_2(portal)}


def step_2(portal: Portal) -> Shown:
    """« Déléguer des droits », step 2, at its own address."""
    return portal.get(portal.post(f"{SPACE}/droits/nouvelle/etape-2", etape="1", **STEP_1).location)


def _mail(name: str) -> Element:
    both = json.loads((MESSAGES / name / "example.json").read_text(encoding="utf-8"))
    writer = Templates(public_url="https://espace.example.com")
    _, _, html = writer.email(KINDS[name], {**both["context"], **both["opened"]})
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)


def pieces(root: Element) -> Iterator[str]:
    """The text of every element and of every part of it between two tags, what icons and fields are called, and crumbs
    as the guide writes them."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            yield words(element)
            yield from (" ".join((text or "").split()) for text in (element.text, element.tail))
            yield from (element.get(name, "") for name in SAID_BY_ATTRIBUTES)
            if "fil" in element.get("class", "").split():
                yield " / ".join(words(step) for step in element.iter("li"))
