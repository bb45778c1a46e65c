"""The caisse's answers as a report in XML (docs/rapport-dsn.xsd). Nothing is shared with the service that reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from tools.dsn_synth.crm import STATUS

NAMESPACE = "urn:cibtp-espace:dsn:rapport:1"
Tags = Mapping[str, object]


@dataclass(frozen=True)
class Anomaly:
    """One anomaly; `message` and `value` are what a caisse may well write there, a NIR for instance."""

    code: str = "E0101"
    rubric: str = "S21.G00.40.022"
    category: str = "ANOMALIE"
    count: int = 1
    message: str = "Anomalie."
    value: str = ""


@dataclass(frozen=True)
class ReportedAnswer:
    """The answer to one declaration of the flow. `published_at` is aware; `code` None leaves it to the status."""

    rank: str = "1"
    status: str = "OK"
    code: int | None = None
    published_at: datetime = datetime(2026, 11, 20, 18, tzinfo=UTC)
    organism: str = "CIBTP"
    anomalies: Sequence[Anomaly] = field(default_factory=tuple)

    @staticmethod
    def of(code: int, published_at: datetime, *anomalies: Anomaly) -> "ReportedAnswer":
        """The answer with that return code."""
        return ReportedAnswer(status=STATUS[code], code=code, published_at=published_at, anomalies=anomalies)


def report(flow: str, answers: Sequence[ReportedAnswer], *, type: str = "CRM") -> bytes:
    """The bytes of the report on `flow`, in UTF-8."""
    inside = _tags({"identification": {"idflux": flow}}, 2) + "".join(_declaration(one) for one in answers)
    root = f'<rapport xmlns="{NAMESPACE}" type={quoteattr(type)}>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n <envoi>\n{inside} </envoi>\n</rapport>\n'.encode()


def _declaration(one: ReportedAnswer) -> str:
    code = {} if one.code is None else {"code_retour": one.code}
    result: Tags = {"etat": one.status, **code, "organisme": one.organism}
    published = {"date_publication": one.published_at.isoformat(), "compteurs": {"categorie": "anomalies", "nombre": 0}}
    head: Tags = {"identification": {"rang": one.rank, "nature": "01"}, "bilan": {**result, **published}}
    return _tag("declaration", _tags(head, 3) + "".join(map(_anomaly, one.anomalies)), 2)


def _anomaly(one: Anomaly) -> str:
    said = {"code": one.code, "categorie": one.category, "message": one.message, "nombre": one.count}
    rubric = {"identifiant": one.rubric, "libelle": "Rubrique", "valeur": one.value}
    return _tag("declaration_anomalie", _tags({"description": said, "rubrique_declenchante": rubric}, 4), 3)


def _tags(tags: Tags, depth: int) -> str:
    return "".join(
        _tag(name, _tags(inside, depth + 1), depth)
        if isinstance(inside, Mapping)
        else f"{' ' * depth}<{name}>{escape(str(inside))}</{name}>\n"
        for name, inside in tags.items()
    )


def _tag(name: str, inside: str, depth: int) -> str:
    return f"{' ' * depth}<{name}>\n{inside}{' ' * depth}</{name}>\n"
