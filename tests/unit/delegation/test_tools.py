"""The generator of referential files, and how a file is cut into chunks."""

import io
from collections import Counter
from pathlib import Path

import pytest

from services.delegation.domain.referential import Line
from services.delegation.domain.referential_file import csv_lines, json_lines
from tools.referential.chunks import Chunk, chunks
from tools.referential.generate import companies, write_csv, write_jsonl


def generated(path: Path, adherents: int = 120, sites: int = 500, seed: int = 7) -> Path:
    """A file of the generator at `path`."""
    write = write_jsonl if path.suffix == ".jsonl" else write_csv
    with path.open("w", encoding="utf-8") as out:
        write(companies(adherents, sites, 10, seed), out)
    return path


def read(cut: list[Chunk], reader=csv_lines) -> list[Line]:
    """The lines of all chunks; every one must be good."""
    lines = [line for chunk in cut for line in reader(chunk.body, chunk.first)]
    assert all(isinstance(line, Line) for line in lines), lines[0]
    return lines


def test_a_generated_file_is_all_good_and_as_large_as_asked(tmp_path: Path) -> None:
    lines = read(list(chunks(generated(tmp_path / "a.csv"))))
    assert len(lines) == 500
    assert len({line.adherent.key for line in lines}) == 120
    assert len({line.adherent.siren for line in lines}) == 120
    assert len({line.site.siret for line in lines}) == 500


def test_the_same_seed_gives_the_same_file_and_another_one_another(tmp_path: Path) -> None:
    texts = [
        generated(tmp_path / f"{name}.csv", seed=seed).read_text() for name, seed in (("a", 7), ("b", 7), ("c", 8))
    ]
    assert texts[0] == texts[1] != texts[2]


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    csv = read(list(chunks(generated(tmp_path / "a.csv"))))
    jsonl = read(list(chunks(generated(tmp_path / "a.jsonl"))), json_lines)
    assert [line.site for line in csv] == [line.site for line in jsonl]


def test_a_chunk_ends_where_the_adherent_changes(tmp_path: Path) -> None:
    cut = list(chunks(generated(tmp_path / "a.csv"), lines=50))
    assert len(cut) > 5
    seen = Counter(key for chunk in cut for key in {line.adherent.key for line in read([chunk])})
    assert set(seen.values()) == {1}


def test_every_line_keeps_its_number_in_the_file(tmp_path: Path) -> None:
    cut = list(chunks(generated(tmp_path / "a.csv"), lines=50))
    assert [line.number for line in read(cut)] == list(range(2, 502))
    assert cut[-1].read == (tmp_path / "a.csv").stat().st_size


@pytest.mark.parametrize("text", ["", "a,b\n", "caisse,identifiant_cibtp\n\xff\n\n,\n"])
def test_a_strange_file_is_cut_all_the_same(tmp_path: Path, text: str) -> None:
    path = tmp_path / "strange.csv"
    path.write_text(text, encoding="latin-1")
    assert b"".join(chunk.body for chunk in chunks(path)) == path.read_bytes()


def test_the_csv_has_the_documented_header() -> None:
    out = io.StringIO()
    write_csv(iter(()), out)
    documented = Path("docs/referential.md").read_text(encoding="utf-8")
    assert out.getvalue().strip() in documented
