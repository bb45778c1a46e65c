"""A name among our words turns none of them: every name in a page or a mail stands in <bdi> (AA47, decision 0019)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT, committed

FOLDERS = ("gateway/templates/", "services/notification/messages/")
TEMPLATES = [path for path in committed() if str(path).startswith(FOLDERS) and path.suffix == ".html"]
SHOWN = re.compile(r"\{\{-?(.*?)-?\}\}", re.DOTALL)
HIDDEN = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
PAGE_TITLE = re.compile(r"\{% block titre %\}.*?\{% endblock %\}", re.DOTALL)
LITERAL = re.compile(r"\"[^\"]*\"|'[^']*'")
CALL = re.compile(r"\s*[a-z_.]+\(")
NAME = re.compile(r"\b(raison_sociale|prenom|caisse_nom|beneficiaire|lecteur)\b|\.(nom|name)\b|^\s*cabinet\s*$")
BARE = re.compile(r"^\s*nom\b")  # what a mail is given; in a page « nom » is a field's, in a macro


def bare_names(path: Path, text: str) -> Iterator[tuple[int, int]]:
    """Where `text`, the template at `path`, shows a name outside of <bdi>: start and end. Attributes and the title of
    a page hold no element, and are not looked at."""
    mail = str(path).startswith(FOLDERS[1])
    titles = [TITLE] if mail else [TITLE, PAGE_TITLE]
    blanked = HIDDEN.sub(_spaces, text)
    for title in titles:
        for match in title.finditer(text):
            blanked = blanked[: match.start()] + " " * len(match.group()) + blanked[match.end() :]
    html = SHOWN.sub(_spaces, blanked)
    for shown in SHOWN.finditer(blanked):
        said = LITERAL.sub("", shown[1])
        before = html[: shown.start()]
        if CALL.match(said) or before.rfind("<") > before.rfind(">"):
            continue
        if NAME.search(said) or (mail and BARE.search(said)):
            if before.rfind("<bdi>") <= before.rfind("</bdi>"):
                yield shown.span()


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_every_name_stands_alone(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    bare = [text[start:end] for start, end in bare_names(path, text)]
    assert not bare, f"{path}: {bare}: <bdi>{{{{ … }}}}</bdi>, or a name written from right to left turns our words."


def test_the_rule_bites() -> None:
    page, mail = Path(f"{FOLDERS[0]}a.html"), Path(f"{FOLDERS[1]}a/body.html")
    assert list(bare_names(page, "<p>{{ space.tier.nom }}</p>")) and list(bare_names(mail, "<br>{{ nom or 'x' }}"))
    assert not list(bare_names(page, '<a title="{{ une.nom }}"><bdi>{{ une.nom }}</bdi></a>{{ champ(form, "nom") }}'))
