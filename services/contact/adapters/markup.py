"""The attributes of some elements of an XML part. A DTD, and so every entity, is refused (ASVS 1.5.1)."""

from xml.parsers import expat

MOST_ELEMENTS = 20_000


def attributes(xml: bytes, *elements: str) -> list[dict[str, str]]:
    """The attributes of each element named so, in order; names without their prefixes. ValueError when it is no XML."""
    found: list[dict[str, str]] = []

    def start(name: str, given: dict[str, str]) -> None:
        if _local(name) in elements:
            found.append({_local(key): value for key, value in given.items()})
        if len(found) > MOST_ELEMENTS:
            raise ValueError("too many elements")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError("not XML") from error
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _no_doctype(*_: object) -> None:
    raise ValueError("a DTD")
