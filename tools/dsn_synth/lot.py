"""The wrapper of a recipient's lot, as an insurer's looks: S05, groups S06…S96, S95. A CIBTP caisse's is unknown."""

from collections.abc import Mapping, Sequence

from tools.dsn_synth.monthly import Monthly, Rubric, render, rubrics

GROUPS = ("DSNOK", "FP-KO", "CT-KO", "AUTRE")


def lot(groups: Mapping[str, Sequence[Monthly]], *, announced: int | None = None) -> list[Rubric]:
    """The rubrics of a lot with all four groups; `announced` replaces the true number of DSN."""
    count = str(sum(map(len, groups.values())) if announced is None else announced)
    lines = [("S05.G51.00.001", "V01R02"), ("S05.G51.00.002", "0000001"), ("S05.G51.00.004", "05112026")]
    lines += [("S05.G51.00.005", "101500"), ("S05.G51.00.006", count)]
    for group in GROUPS:
        members = groups.get(group, ())
        lines += [("S06.G51.00.001", group)]
        for one in members:
            lines += rubrics(one)
        lines += [("S96.G51.00.001", "FINSL"), ("S96.G51.00.002", str(len(members)))]
    return [*lines, ("S95.G51.00.001", "0000001"), ("S95.G51.00.002", count)]


def one_group(members: Sequence[Monthly]) -> bytes:
    """The bytes of a lot whose declarations are all in order."""
    return render(lot({"DSNOK": members}))
