"""A report in XML, as far as it is read: the answer of a caisse to each declaration of a flow (docs/rapport-dsn.xsd).

Only the values named here are ever kept, even for a moment; messages and values of rubrics are not among them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from services.dsn.domain.crm import OURS
from services.dsn.domain.crm_reading import CrmRead, crm_from

NAMESPACE = "urn:cibtp-espace:dsn:rapport:1"
ROOT, DECLARATION, ANOMALY = "rapport", "declaration", "declaration_anomalie"
FLOW = "identification/idflux"
CODE, CATEGORY, COUNT = "description/code", "description/categorie", "description/nombre"
RUBRIC = "rubrique_declenchante/identifiant"
RANK, STATUS, RETURN_CODE = "identification/rang", "bilan/etat", "bilan/code_retour"
ORGANISM, NATURE, PUBLISHED = "bilan/organisme", "bilan/nature_retour", "bilan/date_publication"
WANTED = {
    "envoi": (FLOW,),
    DECLARATION: (RANK, STATUS, RETURN_CODE, ORGANISM, NATURE, PUBLISHED),
    ANOMALY: (CODE, CATEGORY, COUNT, RUBRIC),
}
LONGEST = 200  # characters of a value: more is none of these
MOST_ANOMALIES = 20_000  # of one declaration, those alike included
# The platform's own reports say nothing of what the caisse decided.
_NATURES = {"CRM": OURS, "AEE": "10", "ARE": "10", "CCO": "11", "BAN": "11"}
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reported:
    """A declaration of a report: its lines, the report's type and flow, its values and those of its anomalies.

    `whole` is false when it has more anomalies than anybody reads.
    """

    line_from: int
    line_to: int
    type: str
    flow: str
    values: Values
    anomalies: Sequence[Values]
    whole: bool = True


class Reports(Protocol):
    """Reads reports."""

    def check(self, chunks: Iterable[bytes]) -> None:
        """Whether it is a report to its end. UnknownFormat, XmlForbidden or XmlUnreadable when it is not."""

    def read(self, chunks: Iterable[bytes]) -> Iterator[Reported]:
        """The declarations of a report that was checked, one after the other."""


def crm_reported(one: Reported) -> CrmRead:
    """The answer that a declaration of a report tells; ValueError when it is none."""
    if one.type not in _NATURES:
        raise ValueError("type")
    told: dict[str, Any] = {
        "flow_id": one.flow,
        "rank": one.values.get(RANK, "1"),
        "organism": one.values.get(ORGANISM, OURS),
        "nature": one.values.get(NATURE, _NATURES[one.type]) if one.type == "CRM" else _NATURES[one.type],
        "status": one.values.get(STATUS),
        "code": one.values.get(RETURN_CODE),
        "published_at": one.values.get(PUBLISHED),
        "returns": [_returned(each) for each in one.anomalies] + ([] if one.whole else [None]),
    }
    return crm_from(told)


def _returned(values: Values) -> dict[str, str | None]:
    return {
        "code": values.get(CODE),
        "severity": values.get(CATEGORY),
        "rubric": values.get(RUBRIC),
        "count": values.get(COUNT),
    }
