"""docs/change.md names files, tests and commands that are there; « <name> » stands for somebody's own."""

import re

import pytest

from tests.house.sources import ROOT

TEXT = (ROOT / "docs" / "change.md").read_text(encoding="utf-8")
TOPS = "backbone|contracts|services|gateway|embedded|tests|docs|tools|scripts|deploy|requirements"
NAMED = sorted(set(re.findall(rf"(?<![\w/.-])((?:{TOPS})/[\w<>/.-]*[\w>])", TEXT)))
MADE = sorted(set(re.findall(r"`(?:[^`]*&& )?make ([a-z-]+)", TEXT)))
SECTIONS = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("name", NAMED)
def test_a_path_of_the_page_is_there(name: str) -> None:
    pattern = re.sub("<[^>]+>", "*", name)
    assert any(ROOT.glob(pattern)), f"docs/change.md names {name}: the file moved, so move the sentence."


@pytest.mark.parametrize("target", MADE)
def test_a_target_of_the_page_is_one_of_the_makefile(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda text: text.partition("\n")[0])
def test_each_change_names_the_test_that_holds_it_and_its_command(section: str) -> None:
    assert "tests/" in section and "make " in section
    if "| file |" in section:
        assert section.index("| file |") < section.index("\n1. "), "the list of files comes first"


def test_the_page_speaks_of_each_kind() -> None:
    said = " ".join(text.partition("\n")[0] for text in SECTIONS)
    assert all(kind in said for kind in ("field", "event", "page", "message", "use case", "service", "rule"))
    assert len(NAMED) > 60 and {"docs", "lint", "test"} <= set(MADE)
