"""Names among our words turn none of them (K7, AA47): five real services, the real pages, the mails as they left.

A name may be written from right to left; then its letters stand in <bdi>, wherever a page or a mail shows it. What
turns text around without being seen (Cf) is refused to who types it, and taken out of what the caisse and files bring.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from xml.etree.ElementTree import Element

import html5lib
import pytest

from backbone.clock import FixedClock
from embedded.mailbox import body
from tests.gateway.portal import BASE, Shown
from tests.service.delegation.world import line as a_site
from tests.service.together.five import NOW
from tests.service.together.pages import Pages
from tests.service.together.system import PASSWORD
from tests.support.documents import PDF, TEXT

COMPANY, PERSON, FILE = "בניין שלום", "לוי", "מסמך.pdf"
SHOWN = (COMPANY, PERSON, "מסמך")
BOSS, GUEST, CAISSE = "patron@example.com", "claire@example.com", "contact.idf@example.com"
RLO, LRM, FEFF = "\u202e", "\u200e", "\ufeff"


class Seen:
    """The system with one company, its administrator in front of the pages, and everything that was shown or sent."""

    def __init__(self, folder: Path) -> None:
        self.together = Pages(lambda name: f"sqlite:///{folder / name}.db", folder, FixedClock(NOW))
        self.portal = self.together.visitor()
        line = {"raison_sociale": f"{COMPANY[:4]}{RLO}{COMPANY[4:]}{LRM}", "administrateur_email": BOSS}
        lines = [a_site(1, site, **line) for site in (1, 2)]
        assert self.together.world.send(*lines).json["rejected"] == []
        self.together.settle()
        self.pages: dict[str, Shown] = {}
        self._tell()

    def _tell(self) -> None:
        together = self.together
        self.opening = self.page(self.portal.follow("invitation", together.link("invitation", BOSS) or ""))
        assert together.complete(together.link("invitation", BOSS), PERSON, PERSON).status == 200
        together.settle()
        self.boss = together.account_of(BOSS)
        self.portal.post("/connexion", email=BOSS, mot_de_passe=PASSWORD, suite="")
        site = together.delegation.get("/v1/sites", as_=self.boss).json["items"][0]
        self.adherent = UUID(site["adherent_id"])
        self.space = f"/espace/{self.adherent}/{site['site_id']}"
        opened = together.delegate(self.adherent, self.boss, GUEST)
        together.settle()
        assert together.complete(together.link("invitation", GUEST), PERSON, PERSON).status == 200
        together.settle()
        one = f"{self.space}/droits/{opened.json['delegation_id']}"
        self.page(f"/delegations/{opened.json['delegation_id']}/confirmation")
        for page in ("/choix", "", "/droits", "/contact", "/suivi-dsn"):
            self.page(page if page == "/choix" else f"{self.space}{page or '/'}")
        together.confirm(self.adherent, self.boss, GUEST)
        for page in (one, f"{one}/modifier", f"{one}/fermer", "/mon-compte", "/mon-compte/messages"):
            self.page(page)
        self.answer = self.write((FILE.replace("מ", f"מ{RLO}"), PDF), (f"\u2067liste{FEFF}.csv", TEXT))
        together.settle()
        together.services["notification"].run_job("send_emails")
        token = together.links[-1][2]
        self.page(self.portal.follow("dossier", token))

    def page(self, path: str) -> Shown:
        """Open a page, and keep it."""
        self.pages[path] = self.portal.get(path)
        return self.pages[path]

    def write(self, *files: tuple[str, bytes]) -> Shown:
        """« Nous contacter », with these files, as a browser sends it."""
        words = {"objet": "Question", "message": "Bonjour", "consentement": "true", "cle": str(uuid4())}
        sent = [(io.BytesIO(content), name) for name, content in files]
        return self.portal.post(f"{self.space}/contact", fichiers=sent, **words)

    def mails(self) -> list[Any]:
        """Every mail that left."""
        return [mail for _, mail in self.together._mailbox.emails()]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """One story for the whole file."""
    made = Seen(tmp_path_factory.mktemp("names"))
    yield made
    made.together.close()


def bare(root: Element, inside: bool = False) -> Iterator[str]:
    """The texts with a name that stand outside of <bdi>; a title and a field's value can hold no element."""
    if root.tag in ("title", "option", "textarea", "style"):
        return
    inside = inside or root.tag == "bdi"
    if not inside and root.text and any(name in root.text for name in SHOWN):
        yield root.text
    for child in root:
        yield from bare(child, inside)
        if not inside and child.tail and any(name in child.tail for name in SHOWN):
            yield child.tail


def hidden(text: str) -> list[str]:
    """What turns a text around without being seen."""
    return [char for char in text if char in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"]


def test_k7_every_name_of_a_page_stands_in_bdi(seen: Seen) -> None:
    shown = {path: page for path, page in seen.pages.items() if any(name in page.text for name in SHOWN)}
    assert len(shown) >= 10, sorted(seen.pages.keys() - shown.keys())
    assert {path: list(bare(page.root)) for path, page in shown.items() if list(bare(page.root))} == {}


def test_k7_every_name_of_a_mail_stands_in_bdi(seen: Seen) -> None:
    htmls = [body(mail, "html") for mail in seen.mails()]
    roots = [html5lib.HTMLParser(namespaceHTMLElements=False).parse(html) for html in htmls]
    shown = [root for root in roots if any(name in "".join(root.itertext()) for name in SHOWN)]
    assert len(shown) >= 4, len(htmls)
    assert [text for root in shown for text in bare(root)] == []


def test_k7_nothing_that_turns_text_is_in_any_page_or_mail(seen: Seen) -> None:
    texts = [page.response.text for page in seen.pages.values()]
    texts += [body(mail, kind) for mail in seen.mails() for kind in ("plain", "html")]
    texts += [str(mail["Subject"]) for mail in seen.mails()]
    assert [hidden(text) for text in texts if hidden(text)] == []


def test_k7_a_file_is_shown_under_what_can_be_read_of_its_name(seen: Seen) -> None:
    dossier = next(page for path, page in seen.pages.items() if path.startswith("/dossier"))
    links = [link for link in dossier.links() if "/fichiers/" in link]
    told = [seen.portal.client.get(link, base_url=BASE).headers["Content-Disposition"] for link in sorted(links)]
    assert len(told) == 2
    assert sorted("liste.csv" in one for one in told) == [False, True]
    assert "%E2%80" not in "".join(told) and "%EF%BB%BF" not in "".join(told)
    assert FILE in dossier.text


@pytest.mark.parametrize("typed", [f"Le{RLO}vi", "Le\u2066vi", "L\u00advi", "L\u200bévi"])
def test_k7_who_types_such_a_name_is_told(seen: Seen, typed: str) -> None:
    token = seen.together.login(BOSS).json["access_token"]
    account = seen.together.identity.get("/v1/account", token=token)
    form = {"nom": typed, "prenom": "Paul", "telephone_fixe": None, "telephone_mobile": None}
    headers = {"If-Match": account.headers["ETag"]}
    refused = seen.together.identity.put("/v1/account/contact", json=form, token=token, headers=headers)
    assert (refused.status, [one["field"] for one in refused.json["errors"]]) == (422, ["nom"])
    assert refused.json["errors"][0]["message"] == "Ce champ contient un caractère interdit."
