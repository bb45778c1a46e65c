"""All that is known of some establishments, read together: from it their months are judged."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.dsn.domain.facts import Facts
from services.dsn.domain.periods import Period
from services.dsn.storage.answers import answers_for
from services.dsn.storage.declarations import deposits_of
from services.dsn.storage.failures import failures_of, of_a_flow
from services.dsn.storage.rectifications import rectifications_of
from services.dsn.storage.refused import refused_of
from services.dsn.storage.tables import declaration, failure, rectification, refused_piece, site

Value = TypeVar("Value")


def _any(*those: sa.ColumnElement[bool]) -> sa.Exists:
    return sa.exists().where(*those).correlate(site)


# Of a site, which kinds of facts there are: most have one.
KNOWN = (
    _any(declaration.c.siret == site.c.siret).label("declared"),
    _any(refused_piece.c.siret == site.c.siret).label("refused"),
    _any(failure.c.siret == site.c.siret).label("failed"),
    _any(*of_a_flow(), declaration.c.siret == site.c.siret).label("failed_by_flow"),
    _any(rectification.c.siret == site.c.siret).label("rectified"),
)


def facts_of(connection: Connection, sirets: Iterable[str]) -> dict[str, Facts]:
    """The facts of each of `sirets`, in a handful of statements whatever their number."""
    asked = sorted(set(sirets))
    deposits, refused = deposits_of(connection, asked), refused_of(connection, asked)
    failures, rectifications = failures_of(connection, asked), rectifications_of(connection, asked)
    answers = answers_for(connection, asked)
    return {
        siret: Facts(
            _of(deposits, siret),
            answers,
            _of(refused, siret),
            _of(failures, siret),
            _of(rectifications, siret),
        )
        for siret in asked
    }


def facts_at(connection: Connection, row: Any) -> Facts:
    """The same of one establishment, whose row says what is `KNOWN` of it: nothing else is asked for."""
    one = (row.siret,)
    return Facts(
        _of(deposits_of(connection, one), row.siret) if row.declared else {},
        answers_for(connection, one) if row.declared else {},
        _of(refused_of(connection, one), row.siret) if row.refused else {},
        _of(failures_of(connection, one), row.siret) if row.failed or row.failed_by_flow else {},
        _of(rectifications_of(connection, one), row.siret) if row.rectified else {},
    )


def _of(found: Mapping[str, Mapping[Period, Sequence[Value]]], siret: str) -> Mapping[Period, Sequence[Value]]:
    return found.get(siret, {})
