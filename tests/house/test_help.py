"""Every page has its help and its tutorial, and what people are told reads as French (G71)."""

import re
from pathlib import Path

import pytest

from gateway.kit import news
from gateway.kit.help_texts import FOLDER, Help, help_texts, page_of
from gateway.kit.questions import themes
from tests.house.sources import ROOT, committed

TEMPLATES = ROOT / "gateway" / "templates"
EXTENDS = re.compile(r'\{% extends "([^"]+)" %\}')
SHOWN = re.compile(r"[#.]?[a-z][a-z0-9_-]*")
FRAMES = {"compte_base.html", "informations/page.html"}  # that others extend, and that nobody is shown
STEPS = range(3, 7)
LONGEST = 400


def parents() -> dict[str, str]:
    """Each template that extends another one, with that one."""
    found = {}
    for path in TEMPLATES.rglob("*.html"):
        if extends := EXTENDS.search(path.read_text(encoding="utf-8")):
            found[str(path.relative_to(TEMPLATES))] = extends[1]
    return found


PAGES = sorted(set(parents()) - FRAMES)


@pytest.mark.parametrize("template", PAGES)
def test_a_page_has_its_help_and_its_tutorial(template: str) -> None:
    page = page_of(template)
    assert page in help_texts(), f"{template}: write gateway/content/aide/{page}.toml (docs/change.md, « One page »)."


def test_a_frame_is_no_page() -> None:
    assert set(parents().values()) >= FRAMES | {"base.html"}
    frames = [(TEMPLATES / name).read_text(encoding="utf-8") for name in FRAMES]
    assert not [text for text in frames if "<h1" in text], "it has a title of its own: it is a page."


def test_no_help_is_left_over() -> None:
    unused = sorted(set(help_texts()) - set(map(page_of, PAGES)))
    assert not unused, f"gateway/content/aide/{unused}: no template is that page."


@pytest.mark.parametrize("said", help_texts().values(), ids=lambda one: one.page)
def test_a_tutorial_has_three_to_six_steps_that_each_show_something(said: Help) -> None:
    assert len(said.steps) in STEPS, f"{said.page} has {len(said.steps)} steps."
    wrong = [one.shows for one in said.steps if not SHOWN.fullmatch(one.shows)]
    assert not wrong, f"{said.page}: {wrong}: « #id », « .class » or a tag."
    assert all(one.title and one.text and len(one.text) <= LONGEST for one in said.steps)
    assert said.title and said.text and all(said.text)


def test_a_help_leads_on_to_a_theme_of_questions() -> None:
    known = {one.id for one in themes()}
    wrong = {one.page: one.theme for one in help_texts().values() if one.theme not in known}
    assert not wrong, f"{wrong}: one of {sorted(known)}."


def test_titles_and_questions_are_said_once() -> None:
    titles = [one.title for one in help_texts().values()]
    questions = [one.question for theme in themes() for one in theme.questions]
    places = [one.id for theme in themes() for one in theme.questions] + [theme.id for theme in themes()]
    for said in (titles, questions, places):
        assert len(said) == len(set(said)), sorted(one for one in said if said.count(one) > 1)
    assert len(questions) >= 30


CONTENT = [path for path in committed() if path.parts[:2] == ("gateway", "content")]


@pytest.mark.parametrize("path", CONTENT, ids=str)
def test_what_is_told_is_french_as_we_write_it(path: Path) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not re.search(r"«\S|\S»|\w[;!?](?:\s|\")|’|\b[Vv]eulliez\b", text), f"{path}: « spaces » and ' as elsewhere."
    assert not re.search(r"\b(tu|ton|ta|tes)\b", text), f"{path}: one says « vous »."


def test_the_content_is_under_version_control() -> None:
    assert len([path for path in CONTENT if path.parts[2] == FOLDER.name]) == len(help_texts())


def test_the_changelog_can_be_shown_and_is_in_the_image_of_the_gateway() -> None:
    found = news.editions(news.CHANGELOG.read_text(encoding="utf-8"))
    assert found and len({one.day for one in found}) == len(found), "two editions of one day: who read one read both."
    assert found[0].day == max(one.day for one in found)
    headings = re.findall(r"^## .*$", news.CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0].startswith(f"## {found[0].day:%Y-%m}"), "the newest edition stands first."
    assert "!CHANGELOG.md" in (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert "cp -r /source/gateway /source/CHANGELOG.md ." in (ROOT / "Dockerfile").read_text(encoding="utf-8")
