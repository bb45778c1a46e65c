"""Reports in XML, read as a stream: memory does not grow with the file, and nothing is fetched or expanded.

A document type or an entity is refused where it stands, before anything of the report is read.
"""

from collections.abc import Callable, Iterable, Iterator
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from services.dsn.domain.refusals import UnknownFormat, XmlForbidden, XmlUnreadable
from services.dsn.domain.reports import (
    ANOMALY,
    DECLARATION,
    FLOW,
    LONGEST,
    MOST_ANOMALIES,
    NAMESPACE,
    ROOT,
    WANTED,
    Reported,
)

DEEPEST = 16
STEP = 64 * 1024
SILENCE = 1024 * 1024  # bytes without a tag or a text: one that has no end, and would be kept whole in memory
Name = tuple[str | None, str]


class XmlReports:
    """The reader of reports."""

    def check(self, chunks: Iterable[bytes]) -> None:
        """See the port."""
        for _ in self.read(chunks):
            pass

    def read(self, chunks: Iterable[bytes]) -> Iterator[Reported]:
        """See the port."""
        done: list[Reported] = []
        handler = _Report(done.append)
        parser = DefusedExpatParser(forbid_dtd=True)
        parser.setFeature(feature_namespaces, True)
        parser.setContentHandler(handler)
        handler.setDocumentLocator(parser)
        try:
            for step in _steps(chunks):
                handler.silent += len(step)
                parser.feed(step)
                if handler.silent > SILENCE:
                    raise XmlUnreadable
                yield from done
                done.clear()
            parser.close()
        except DefusedXmlException:
            raise XmlForbidden from None
        except (SAXException, LookupError, ValueError):
            # What a parser says of a file quotes it.
            raise XmlUnreadable from None
        yield from done


def _steps(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for at in range(0, len(chunk), STEP):
            yield chunk[at : at + STEP]


class _Report(ContentHandler):
    """What is being read: where in the document, and the values of the declaration and of the anomaly there."""

    def __init__(self, done: Callable[[Reported], None]) -> None:
        super().__init__()
        self._done = done
        self._at: Locator | None = None
        self._path: list[str] = []
        self._type, self._line = "", 0
        self._values: dict[str, dict[str, str]] = {part: {} for part in WANTED}
        self._anomalies: list[dict[str, str]] = []
        self._whole = True
        self._into: tuple[str, str] | None = None
        self.silent = 0

    def setDocumentLocator(self, locator: Locator) -> None:
        """What says the line."""
        self._at = locator

    def startElementNS(self, name: Name, qname: str | None, attrs: AttributesNSImpl) -> None:
        """An element begins."""
        self.silent = 0
        space, local = name
        if not self._path and (space, local) != (NAMESPACE, ROOT):
            raise UnknownFormat
        if len(self._path) >= DEEPEST:
            raise XmlUnreadable
        if not self._path:
            self._type = str(attrs.get((None, "type"), "")).strip()
        self._path.append(local if space == NAMESPACE else "")
        if self._path[-1] in (DECLARATION, ANOMALY):
            self._begin(self._path[-1])
        self._into = self._wanted()

    def endElementNS(self, name: Name, qname: str | None) -> None:
        """An element ends."""
        self.silent = 0
        ended = self._path.pop()
        self._into = None
        if ended == ANOMALY:
            self._keep_anomaly()
        elif ended == DECLARATION:
            self._done(self._reported())

    def characters(self, content: str) -> None:
        """Text of the element that is open."""
        self.silent = 0
        if self._into:
            part, path = self._into
            before = self._values[part].get(path, "")
            self._values[part][path] = (before + content)[:LONGEST]

    def _begin(self, part: str) -> None:
        self._values[part] = {}
        if part == DECLARATION:
            self._line = self._line_now()
            self._anomalies, self._whole = [], True

    def _wanted(self) -> tuple[str, str] | None:
        """Which value is told here, if one that is read is: a declaration has its place, an anomaly its own."""
        for part, paths in WANTED.items():
            if part in self._path:
                below = "/".join(self._path[len(self._path) - self._path[::-1].index(part) :])
                if below in paths:
                    return part, below
        return None

    def _keep_anomaly(self) -> None:
        if len(self._anomalies) < MOST_ANOMALIES:
            self._anomalies.append(self._values[ANOMALY])
        else:
            self._whole = False

    def _reported(self) -> Reported:
        flow = self._values["envoi"].get(FLOW, "")
        values = dict(self._values[DECLARATION])
        return Reported(self._line, self._line_now(), self._type, flow, values, self._anomalies, self._whole)

    def _line_now(self) -> int:
        return int((self._at.getLineNumber() if self._at else None) or 1)
