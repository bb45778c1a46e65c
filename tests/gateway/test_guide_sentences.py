"""The words of the guide are exact: each of its sentences is shown at its place, letter for letter."""

import re
from collections import defaultdict

import pytest

from gateway.kit.labels import STARS
from tests.gateway.examples import ACTIVE, SPACE
from tests.gateway.fake_services import FakeServices
from tests.gateway.guide_places import step_2, texts
from tests.gateway.portal import Portal, words
from tests.gateway.tables import WHOLE
from tests.house.sources import ROOT

FILE = ROOT / "docs" / "guide-sentences.txt"
NUMBERED = re.compile(r"([GT]\d+) (.+)")
ENDS = (".", ":", "!", "?")


def written() -> dict[str, list[tuple[str, str]]]:
    """The sentences of the file, each with its number, by the place that shows it."""
    found, place = defaultdict[str, list[tuple[str, str]]](list), ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            place = line.strip("[]")
        elif line and not line.startswith("#"):
            number, sentence = NUMBERED.fullmatch(line).groups()  # type: ignore[union-attr]
            found[place].append((number, sentence))
    return found


def is_said(sentence: str, texts: list[str]) -> bool:
    """Is it there: a label as the whole of something, a sentence anywhere in it?"""
    wanted = re.compile(".*".join(map(re.escape, sentence.split("…"))))
    is_label = not sentence.endswith(ENDS)
    return any(wanted.fullmatch(text) if is_label else wanted.search(text) for text in texts)


def test_g35_g39_the_matrix_is_the_guide_s_word_for_word(portal: Portal, services: FakeServices) -> None:
    """Each group with its functions in order (G35, G36, G39), the folded ones (G37, G38) with those of ours (T9)."""
    services.answers["GET /catalogue"] = (200, WHOLE)
    said = defaultdict[str, list[str]](list)
    for number, sentence in written()["déléguer, étape 2"]:
        said[number].append(sentence)
    for page in (step_2(portal), portal.get(f"{SPACE}/droits/{ACTIVE}")):
        heads = [words(head) for head in page.root.iter("th") if head.get("scope") in ("rowgroup", "row")]
        matrix = list(dict.fromkeys(heads[heads.index("Mon espace adhérent") :]))
        folded = matrix.index("Mes salariés"), matrix.index("Chômage intempéries"), matrix.index("Mes documents")
        assert matrix[: folded[0]] == said["G35"] + said["G36"]
        assert [matrix[at] for at in folded[:2]] == said["G37"] + said["G38"]
        assert matrix[folded[0] + 1 : folded[1]] + matrix[folded[1] + 1 : folded[2]] == said["T9"]
        assert matrix[folded[2] :] == said["G39"]


def test_every_sentence_of_the_guide_is_shown_as_it_is_written(visitor: Portal, services: FakeServices) -> None:
    shown = texts(visitor, services)
    differ = {
        f"{place}: {number} {sentence}"
        for place, sentences in written().items()
        for number, sentence in sentences
        if not is_said(sentence, [" ".join(text.split()) for text in shown[place]])
    }
    assert not differ, "The guide's words win:\n" + "\n".join(sorted(differ))


STARRED = ("contact", "droits/nouvelle", f"droits/{ACTIVE}/modifier")
OF_THE_ACCOUNT = ("contact", "identifiant", "mot-de-passe")


@pytest.mark.parametrize(
    "path", [f"{SPACE}/{one}" for one in STARRED] + [f"/mon-compte/{one}" for one in OF_THE_ACCOUNT]
)
def test_g45_g80_that_stars_are_obligatory_is_a_warning_of_the_page(portal: Portal, path: str) -> None:
    warnings = portal.get(path).all("p", class_="avis avis-avertissement")
    (stars,) = [one for one in warnings if words(one) == STARS]
    assert [use.get("href", "").partition("#")[2] for use in stars.findall(".//{*}use")] == ["triangle-alert"]
