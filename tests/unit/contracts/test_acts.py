"""One label for each act, which says whether it was refused; each is recorded by identity, and none is a leftover."""

import re

from contracts.words.acts import LABELS, REFUSED, Act
from tests.house.sources import ROOT, python

CODE = re.compile(r"(?:authn|session|user|delegation)(?:_[a-z]+)+")


def test_each_act_has_one_label_and_no_two_share_one() -> None:
    assert list(LABELS) == list(Act)
    assert len(set(LABELS.values())) == len(Act)


def test_codes_are_words_of_a_vocabulary_that_a_column_holds() -> None:
    odd = [act for act in Act if not CODE.fullmatch(act) or len(act) > 40]
    assert not odd


def test_what_was_refused_is_refused_in_its_words_too() -> None:
    said = {act for act, label in LABELS.items() if re.search("refus", label)}
    assert said == REFUSED


def test_each_act_is_recorded_by_identity() -> None:
    home = ("services", "identity")
    files = [path for path in python("services") if path.parts[:2] == home and path.name != "security.py"]
    code = "".join((ROOT / path).read_text(encoding="utf-8") for path in files)
    assert [act.name for act in Act if not re.search(rf"\bAct\.{act.name}\b", code)] == []
