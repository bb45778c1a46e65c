"""Days, hours and numbers are written by contracts/rules/written.py alone: one format in pages, mails and refusals."""

import re
from pathlib import Path

from tests.house.sources import ROOT, python

OWN = re.compile(r"%d/%m|%H|strftime|\\d\\dh\\d\\d|••")
# The places that write for programs, or may not import a rule, with why.
ELSEWHERE = {
    Path("contracts/rules/written.py"): "the one place",
    Path("contracts/words/changes.py"): "words import no rule",
    Path("gateway/kit/csv_out.py"): "a spreadsheet reads it as a date",
    Path("services/delegation/storage/verifying.py"): "the log of a check, for who operates it",
}
BARE = re.compile(r"\{\{-?\s*[\w.]*\b(?:\w+_at|\w+_on|since|due|quand)\s*(?: or [^|}]*)?\}\}")
TEMPLATES = ("gateway/templates", "services/notification/messages")


def test_nothing_else_writes_a_day_or_an_hour() -> None:
    for path in python("gateway", "services", "contracts", "backbone"):
        wrong = [line for line in (ROOT / path).read_text().splitlines() if OWN.search(line)]
        assert path in ELSEWHERE or not wrong, f"{path} {wrong}: contracts/rules/written.py writes it."


def test_templates_write_dates_by_the_filters_of_that_one_place() -> None:
    for folder in TEMPLATES:
        for path in (ROOT / folder).rglob("*.*"):
            if path.suffix not in (".html", ".txt"):
                continue
            wrong = BARE.findall(path.read_text())
            assert not wrong, f"{path.relative_to(ROOT)} {wrong}: | jour, | moment or | heure."
