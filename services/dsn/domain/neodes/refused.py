"""What is certain of a declaration that was refused: when its header names an establishment and a month, somebody
declared, and the month says so until a good one comes."""

from datetime import date, datetime

from services.dsn.domain.facts import RefusedPiece
from services.dsn.domain.neodes import tree
from services.dsn.domain.neodes.header import deposited_at, flow_of, is_month, is_number, is_tomorrow
from services.dsn.domain.neodes.reading import Reading
from services.dsn.domain.periods import Period


def refused_piece(reading: Reading, today: date, now: datetime) -> RefusedPiece | None:
    """The refused piece that came `now`; None for one that was not, or that names no establishment or no past month."""
    refusal = next((one for one in reading.faults if one.control.rejects), None)
    header = reading.header
    siren, nic = header.get((tree.ENTREPRISE, 1), ""), header.get((tree.ETABLISSEMENT, 1), "")
    month = header.get((tree.DECLARATION, 5), "")
    named = is_number(siren, 9, 9) and is_number(nic, 5, 5) and is_month(month)
    # A month that has not begun is rather a wrong month.
    if refusal is None or not named or (period := _month(month)) > Period.of(today):
        return None
    nature, at = header.get((tree.DECLARATION, 1), ""), deposited_at(reading)
    flow, place = flow_of(reading)
    return RefusedPiece(
        identity=reading.digest,
        siret=siren + nic,
        period=period,
        code=refusal.control.code,
        line=refusal.line,
        received_at=now,
        nature=nature if is_number(nature, 2, 2) else "",
        is_test=header.get((tree.ENVOI, 5)) == "01",
        named=tuple(sorted({*reading.fund_codes, *reading.absences})),
        deposited_at=None if at and is_tomorrow(at, today) else at,
        flow_id=flow,
        flow_rank=place,
    )


def _month(written: str) -> Period:
    return Period(int(written[4:]), int(written[2:4]))
