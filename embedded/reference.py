"""`/_docs`: the five APIs and the events of the bus, as they are served and declared. Local use alone.

What is read is what the documents in `docs/` are made of: `api_document` of each running service, and the cards.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, abort, render_template

from backbone.web import api_document
from contracts import REGISTRY
from contracts.documents import schemas, shape_name

WHO = {"person": "une personne connectée", "machine": "une machine de la caisse"}


@dataclass(frozen=True)
class Line:
    """A field, a parameter or an answer: what it is called, its shape, and what is said of it."""

    name: str
    shape: str
    says: str = ""


@dataclass(frozen=True)
class Operation:
    """What a service does at an address, for whom: what goes in, and each answer."""

    method: str
    path: str
    says: str
    who: str
    parameters: list[Line]
    bodies: list[Line]
    answers: list[Line]


def reference_app(apis: Mapping[str, Flask]) -> Flask:
    """The pages about `apis`, by the name of their service."""
    app = Flask("embedded")

    @app.get("/")
    def index() -> str:
        """The services, and how many addresses each has."""
        return render_template(
            "apis.html", services={name: len(api_document(api)["paths"]) for name, api in apis.items()}
        )

    @app.get("/<name>")
    def service(name: str) -> str:
        """The operations of a service, then the shapes that they name."""
        if name not in apis:
            abort(404)
        found = api_document(apis[name])
        return render_template("api.html", name=name, operations=list(operations(found)), shapes=_shapes(found))

    @app.get("/evenements")
    def events() -> str:
        """The cards, by the service that announces them."""
        cards = sorted(REGISTRY.cards.values(), key=lambda card: (card.producer, card.type))
        shapes = {name: _fields(shape) for name, shape in schemas().items()}
        return render_template("evenements.html", cards=cards, shapes=shapes)

    return app


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Those of an OpenAPI document, in the order of their addresses."""
    for path, item in sorted(document["paths"].items()):
        for method, one in item.items():
            if method == "parameters":
                continue
            schemes = [scheme for asked in one.get("security", ()) for scheme in asked]
            yield Operation(
                method.upper(),
                path,
                one.get("summary", ""),
                " ou ".join(WHO[scheme] for scheme in schemes) or "tout le monde",
                [_parameter(each) for each in (*item.get("parameters", ()), *one.get("parameters", ()))],
                list(_contents(one.get("requestBody", {}))),
                list(_answers(one["responses"], document["components"].get("responses", {}))),
            )


def _parameter(one: Mapping[str, Any]) -> Line:
    place = f"{one['in']}, obligatoire" if one.get("required") else one["in"]
    return Line(one["name"], f"{shape_name(one['schema'])} ({place})", one.get("description", ""))


def _contents(body: Mapping[str, Any]) -> Iterator[Line]:
    for kind, content in body.get("content", {}).items():
        yield Line(kind, shape_name(content.get("schema", {})))


def _answers(responses: Mapping[str, Any], shared: Mapping[str, Any]) -> Iterator[Line]:
    for status, answer in responses.items():
        said = shared[shape_name(answer)] if "$ref" in answer else answer
        shapes = [one.shape for one in _contents(said) if "problem" not in one.name]
        yield Line(status, " ou ".join(shapes), said.get("description", ""))


def _shapes(document: Mapping[str, Any]) -> dict[str, list[Line]]:
    return {name: _fields(shape) for name, shape in sorted(document["components"]["schemas"].items())}


def _fields(shape: Mapping[str, Any]) -> list[Line]:
    return [
        Line(name, shape_name(one), one.get("description", "")) for name, one in shape.get("properties", {}).items()
    ]
