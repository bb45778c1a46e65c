"""The generator: seeded, valid numbers of nobody, and a command line."""

import random
import sys

import pytest

from contracts.rules.numbers import right_siren, right_siret
from tools.dsn_synth import __main__ as command
from tools.dsn_synth.identifiers import nir, siren, siret
from tools.dsn_synth.monthly import Monthly, render, rubrics


def test_numbers_have_right_keys():
    """D9."""
    rng = random.Random(1)
    made = [siren(rng) for _ in range(200)]
    assert all(map(right_siren, made)) and all(right_siret(siret(one, 7)) for one in made)
    assert not right_siren("732829321") and not right_siret("7328293200007") and not right_siret("٧٣٢٨٢٩٣٢٠٠٠٠٧٤")


def test_la_poste_has_a_key_of_its_own():
    """D9."""
    assert right_siret("35600000009075") and not right_siret("35600000009076")


def test_a_person_is_nobody():
    assert len({nir(one) for one in range(5000)}) == 5000
    assert all(len(nir(one)) == 13 and nir(one)[5:10] == "99999" for one in range(0, 5000, 7))


def test_the_same_seed_makes_the_same_bytes():
    one = Monthly("73282932000074", "2026-09", seed=3)
    assert render(rubrics(one)) == render(rubrics(one))
    assert render(rubrics(one)) != render(rubrics(Monthly("73282932000074", "2026-09", seed=4)))


def test_the_total_counts_every_line():
    lines = rubrics(Monthly("73282932000074", "2026-09"))
    assert lines[-2] == ("S90.G00.90.001", str(len(lines)))


def test_the_command_writes_a_file_and_its_answer(tmp_path, monkeypatch):
    out, answers = tmp_path / "a.dsn", tmp_path / "a.jsonl"
    asked = ["--period", "2026-08", "2026-09", "--crm-code", "1", "--crm-out", str(answers), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", ["dsn_synth", *asked])
    command.main()
    assert out.read_bytes().count(b"S20.G00.05.001") == 2 and len(answers.read_text().splitlines()) == 2


def test_an_answer_needs_a_place_to_go(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["dsn_synth", "--period", "2026-08", "--crm-code", "1"])
    with pytest.raises(SystemExit):
        command.main()
    assert "--crm-out" in capsys.readouterr().err
