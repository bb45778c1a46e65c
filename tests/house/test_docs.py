"""What the documents name exists: files, and the targets of links."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, committed, texts

PAGES = [path for path in committed() if path.suffix == ".md" and path.parts[0] != "tests"]
FILE = re.compile(r"`((?:backbone|contracts|services|gateway|embedded|tests|docs|tools|scripts|deploy)/[\w./-]+)`")
NOT_OURS = {"ModuleNotFoundError"}  # Python's own
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_file_a_page_names_is_there(page: Path) -> None:
    gone = [name for name in FILE.findall((ROOT / page).read_text(encoding="utf-8")) if not (ROOT / name).exists()]
    assert not gone, f"{page} names {gone}: the file moved, so move the sentence."


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = LINK.findall((ROOT / page).read_text(encoding="utf-8"))
    dead = [link for link in links if not (ROOT / page.parent / link).exists()]
    assert not dead, f"{page} links to {dead}."


def test_what_one_sees_according_to_troubleshooting_is_what_programs_say() -> None:
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    seen = re.findall(r"^\| (?:`(?!tests/)(.+?)`|« (.+?) »)", page, re.MULTILINE)
    parts = {part.strip() for cell in seen for part in "".join(cell).split("…") if part.strip()} - NOT_OURS
    told = "\n".join(text for path, text in texts() if path.suffix in (".py", ".html", ".sh"))
    assert not (gone := {part for part in parts if part not in told}), f"nobody says {sorted(gone)} any more."


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def _listed(path: Path) -> str:
    """What stands in the list for a file of the backbone: itself, or its folder where that is one adapter."""
    return f"{path.parts[2]}/" if len(path.parts) > 3 else path.name


@pytest.mark.parametrize("path", [p for p in committed() if p.parts[0] == "backbone" and p.suffix == ".py"], ids=str)
def test_every_module_of_the_backbone_is_in_its_list(path: Path) -> None:
    listed = (ROOT / "backbone" / "README.md").read_text(encoding="utf-8")
    name = _listed(path)
    assert name == "__init__.py" or f"`{name}`" in listed, f"backbone/README.md does not list {name}."
