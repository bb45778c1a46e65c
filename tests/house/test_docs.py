"""What the documents name exists: files, and the targets of links."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, committed

PAGES = [path for path in committed() if path.suffix == ".md" and path.parts[0] != "tests"]
FILE = re.compile(r"`((?:backbone|contracts|services|gateway|embedded|tests|docs|tools|scripts|deploy)/[\w./-]+)`")
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


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize(
    "module", sorted({p.parts[1] for p in committed() if p.parts[0] == "backbone" and len(p.parts) > 1})
)
def test_every_module_of_the_backbone_is_in_its_list(module: str) -> None:
    listed = (ROOT / "backbone" / "README.md").read_text(encoding="utf-8")
    name = module if module.endswith(".py") else f"{module}/"
    assert module in ("__init__.py", "README.md") or f"`{name}`" in listed, f"backbone/README.md does not list {name}."
