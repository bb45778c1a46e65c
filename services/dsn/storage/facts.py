"""All that is known of some establishments, read together: from it their months are judged."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy.engine import Connection

from services.dsn.domain.facts import Facts
from services.dsn.domain.periods import Period
from services.dsn.storage.answers import answers_for
from services.dsn.storage.declarations import deposits_of
from services.dsn.storage.failures import failures_of
from services.dsn.storage.rectifications import rectifications_of
from services.dsn.storage.refused import refused_of

Value = TypeVar("Value")


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


def _of(found: Mapping[str, Mapping[Period, Sequence[Value]]], siret: str) -> Mapping[Period, Sequence[Value]]:
    return found.get(siret, {})
