"""`python -m tools.dsn_synth --siret 73282932000074 --period 2026-09 --out dsn.txt`: a valid monthly file."""

import argparse
import random
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tools.dsn_synth import crm
from tools.dsn_synth.identifiers import siren, siret
from tools.dsn_synth.lot import one_group
from tools.dsn_synth.monthly import CANCELS, NEANT, NORMAL, REPLACES, REPLACES_BY_NEANT, Monthly, render, rubrics
from tools.dsn_synth.mutations import DAMAGED

PARIS = ZoneInfo("Europe/Paris")
TYPES = {
    "normale": NORMAL,
    "neant": NEANT,
    "remplace": REPLACES,
    "annule": CANCELS,
    "remplace-neant": REPLACES_BY_NEANT,
}


def arguments() -> argparse.ArgumentParser:
    """What can be asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.dsn_synth", description=__doc__)
    parser.add_argument("--siret", help="14 digits with a right key (default: one made from the seed)")
    parser.add_argument("--period", required=True, nargs="+", help="AAAA-MM, one declaration each")
    parser.add_argument("--people", type=int, default=3)
    parser.add_argument("--fund-code", default="BTPIDF", help="BTP and the first three letters of the caisse")
    parser.add_argument("--type", choices=TYPES, default="normale")
    parser.add_argument("--fraction", default="11", help="ab: fraction a of b")
    parser.add_argument("--order", type=int, default=1)
    parser.add_argument("--nature", default="01", help="01 monthly, 09 substitution…")
    parser.add_argument("--corrects", default="", metavar="AAAA-MM", help="an earlier month that a base belongs to")
    parser.add_argument("--quotes", default="", help="the flow whose answer asked for the correction")
    parser.add_argument("--substitution", default="", help="S20.G00.05.013: 02 after an answer of the caisse")
    parser.add_argument("--replaces", default="", help="S20.G00.05.006: the id or the flow of what is replaced")
    parser.add_argument("--deposited-at", type=datetime.fromisoformat, help="Paris time, default the 4th of next month")
    parser.add_argument("--test", action="store_true", help="a test send: clears nothing")
    parser.add_argument("--lot", action="store_true", help="inside a recipient's lot")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--damage", choices=[one.name for one in DAMAGED], help="damage it on purpose")
    parser.add_argument("--out", type=Path, help="the file (default: standard output)")
    parser.add_argument("--crm-code", type=int, choices=(0, 1, 2, 3), help="the caisse's answer to write beside")
    parser.add_argument("--crm-out", type=Path, help="where that answer goes (JSON lines)")
    return parser


def declarations(asked: argparse.Namespace) -> list[Monthly]:
    """The declarations that were asked for."""
    number = asked.siret or siret(siren(random.Random(asked.seed)), 1)
    return [
        Monthly(
            siret=number,
            period=period,
            people=asked.people,
            fund_code=asked.fund_code,
            type=TYPES[asked.type],
            fraction=asked.fraction,
            order=asked.order,
            nature=asked.nature,
            corrects=asked.corrects,
            quotes=asked.quotes,
            substitution=asked.substitution,
            replaced=asked.replaces,
            test=asked.test,
            deposited_at=asked.deposited_at,
            seed=asked.seed,
        )
        for period in asked.period
    ]


def content(asked: argparse.Namespace, made: list[Monthly]) -> bytes:
    """The bytes of the file."""
    if asked.damage:
        damage = next(one for one in DAMAGED if one.name == asked.damage)
        return b"".join(damage.make(one) for one in made)
    return one_group(made) if asked.lot else b"".join(render(rubrics(one)) for one in made)


def main() -> None:
    """Write what was asked."""
    parser = arguments()
    asked = parser.parse_args()
    if (asked.crm_code is None) != (asked.crm_out is None):
        parser.error("--crm-code and --crm-out go together")
    made = declarations(asked)
    data = content(asked, made)
    if asked.out:
        asked.out.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
    if asked.crm_out:
        lines = [crm.crm(one, asked.crm_code, one.moment.replace(hour=18, tzinfo=PARIS)) for one in made]
        asked.crm_out.write_bytes(crm.render(lines))


if __name__ == "__main__":
    main()
