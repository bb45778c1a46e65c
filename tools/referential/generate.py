"""`python -m tools.referential.generate --adherents 10000 --sites 40000 --seed 7 --firms 200 > file.csv`

A realistic referential file of fictional companies: right SIREN and SIRET keys, example.com addresses, the same file
for the same seed. It writes as it goes: memory does not grow with the file.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from tools.referential import words
from tools.referential.numbers import siren, siret

ADHERENT = (
    "caisse",
    "identifiant_cibtp",
    "raison_sociale",
    "siren",
    "administrateur_email",
    "administrateur_nom",
    "administrateur_prenom",
    "cabinet_nom",
    "cabinet_email",
)
SITE = ("siret", "site_nom", "jour_echeance", "premiere_periode")

# SIREN without their key: a step prime to the span visits each number once, in no visible order.
FIRST, SPAN, STEP = 40_000_000, 50_000_000, 24_691_357


def companies(adherents: int, sites: int, firms: int, seed: int) -> Iterator[dict[str, Any]]:
    """`adherents` companies that share `sites` sites, most with a few, some with hundreds; nine in ten have a firm."""
    draw = random.Random(seed)
    left = sites
    for number in range(adherents):
        others = adherents - number - 1
        mine = left if not others else _share(draw, left - others, left / (others + 1))
        left -= mine
        yield _company(draw, number + seed * 1_000, mine, firms)


def write_csv(records: Iterator[dict[str, Any]], out: TextIO) -> None:
    """One line a site, the adhérent's columns repeated."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ADHERENT + SITE)
    for record in records:
        common = [record[name] for name in ADHERENT]
        writer.writerows([*common, *(site[name] for name in SITE)] for site in record["sites"])


def write_jsonl(records: Iterator[dict[str, Any]], out: TextIO) -> None:
    """One line an adhérent, its sites nested."""
    for record in records:
        out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _share(draw: random.Random, most: int, mean: float) -> int:
    """How many sites one company takes: skewed around the mean of what is left, at least one."""
    return max(1, min(most, round(draw.lognormvariate(0, 0.8) * mean / 1.377)))


def _company(draw: random.Random, number: int, sites: int, firms: int) -> dict[str, Any]:
    company = siren(FIRST + number * STEP % SPAN)
    nom, prenom = draw.choice(words.SURNAMES), draw.choice(words.FIRST_NAMES)
    firm = draw.randrange(firms) if firms and draw.random() < 0.9 else None
    return {
        "caisse": draw.choice(words.CAISSES),
        "identifiant_cibtp": f"{number:08}",
        "raison_sociale": f"{draw.choice(words.FORMS)} {nom.upper()} {draw.choice(words.TRADES)}",
        "siren": company,
        "administrateur_email": f"administrateur.{number:08}@example.com",
        "administrateur_nom": nom,
        "administrateur_prenom": prenom,
        "cabinet_nom": "" if firm is None else f"{words.FIRMS[firm % len(words.FIRMS)]} {firm:04}",
        "cabinet_email": "" if firm is None else f"cabinet.{firm:04}@example.com",
        "sites": [_site(draw, company, site) for site in range(1, sites + 1)],
    }


def _site(draw: random.Random, company: str, number: int) -> dict[str, str]:
    kind = "Siège" if number == 1 else f"{draw.choice(words.SITES[1:])} {number:04}"
    return {
        "siret": siret(company, number),
        "site_nom": f"{kind} {draw.choice(words.TOWNS)}",
        "jour_echeance": draw.choices(("5", "15", "20"), (2, 7, 1))[0],
        "premiere_periode": f"{draw.randrange(2022, 2026)}-{draw.randrange(1, 13):02}",
    }


def main() -> int:
    """Write the file on the standard output."""
    parser = argparse.ArgumentParser(prog="python -m tools.referential.generate", description=__doc__)
    parser.add_argument("--adherents", type=int, default=100)
    parser.add_argument("--sites", type=int, default=400)
    parser.add_argument("--firms", type=int, default=20, help="accounting firms the companies share")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    asked = parser.parse_args()
    if not 1 <= asked.adherents <= asked.sites or asked.firms < 0:
        parser.error("at least one adhérent, and at least one site for each")
    write = {"csv": write_csv, "jsonl": write_jsonl}[asked.format]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    write(companies(asked.adherents, asked.sites, asked.firms, asked.seed), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
