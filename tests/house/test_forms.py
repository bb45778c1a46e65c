"""A field of a form is written once: in the form of its page, from which come its name, its label and what is sent."""

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import gateway.kit
import gateway.pages
from gateway.clients.once import FIELD as KEY
from gateway.clients.review_answer import ReviewAnswer
from gateway.kit.answers import Answers
from gateway.kit.fields import Check, Choice, Day, EndOfDay, Field, Hidden, Phone, Text
from gateway.kit.forms import Form, Sends, Shown
from gateway.kit.memory import OWNER
from tests.house.sources import ROOT, python, tree

TEMPLATES = ROOT / "gateway" / "templates"
FOR_FIELDS = {"champs.html", "listes.html"}  # the macros that show a field, and what a list carries
NAMED = re.compile(r"""<(?:input|select|textarea|button)\b[^>]*?\sname=["']([^"'{]+)""", re.DOTALL)
LABELLED = re.compile(r"<label\b[^>]*>(\s*[^<{\s][^<{]*)(.*?)(?:</div>|</label>\s*</div>)", re.DOTALL)
OF_A_SERVICE = {"identity.py", "delegation.py", "dsn.py", "contact.py"}
LOOSE = "dict[str, Any]"
BY_MACRO = {"csrf_token", KEY, OWNER, Shown.version.name}  # jeton and version, in macros.html


def templates() -> Iterator[tuple[str, str]]:
    """Each template with its source."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        yield str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")


def forms() -> Iterator[type[Form]]:
    """Every form of the pages."""
    for package in (gateway.kit, gateway.pages):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for one in vars(importlib.import_module(module.name)).values():
                if isinstance(one, type) and issubclass(one, Form) and one.__module__ == module.name:
                    yield one


def test_no_template_names_a_field() -> None:
    for name, text in templates():
        named = set(NAMED.findall(text)) - (BY_MACRO if name == "macros.html" else set())
        assert not named, f"{name}: {sorted(named)}: declare it in the form of its page, and show it with champs.html."


def test_no_template_labels_a_field() -> None:
    for name, text in templates():
        if name not in FOR_FIELDS:
            own = [label.strip() for label, rest in LABELLED.findall(text) if "readonly" not in rest]
            assert not own, f"{name}: {own}: the label of a field is said by its form."


def test_no_page_reads_a_field_by_its_name() -> None:
    for path in python("gateway"):
        if path.parts[1] == "pages":
            read = [node.lineno for node in ast.walk(tree(path)) if reads_by_name(node)]
            assert not read, f"{path}:{read}: declare a form, and read it whole (gateway/kit/forms.py)."


def reads_by_name(node: ast.AST) -> bool:
    """`request.form["x"]`, `request.args.get("x")`, `"x" in request.form`."""
    looked = []
    if isinstance(node, ast.Subscript):
        looked = [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("get"):
        looked = [node.func.value] if node.args and isinstance(node.args[0], ast.Constant) else []
    if isinstance(node, ast.Compare):
        looked = node.comparators
    return any(ast.unparse(one) in ("request.form", "request.args", "request.values") for one in looked)


def test_a_field_of_one_name_says_the_same_to_a_program_wherever_it_is() -> None:
    kinds: dict[str, set[str]] = {}
    for form in forms():
        for field in form.fields:
            kinds.setdefault(field.name, set()).add(type(field).__name__)
    nearly = {"mot_de_passe": {"Secret", "Proof"}, "nom": {"Text"}}
    odd = {name: found for name, found in kinds.items() if len(found) > 1 and found != nearly.get(name)}
    assert not odd, f"{odd}: one name is one kind of field."


MEANS: dict[type[Field[Any]], Any] = {
    Text: str,
    EndOfDay: datetime | None,
    Day: date | None,
    Phone: str | None,
    Hidden: str | None,
    Choice: str | None,
    Check: bool,
    Answers: list[ReviewAnswer],
}


def test_a_form_fills_its_request_field_by_field() -> None:
    sending = [one for one in forms() if issubclass(one, Sends) and one is not Sends]
    assert len(sending) >= 9, "how a form names its request has changed: this test does not see it any more."
    for form in sending:
        wanted = {one.name: one for one in dataclasses.fields(form.request)}
        given = {one.name: one for one in form.fields if one.sent}
        needed = {name for name, one in wanted.items() if one.default is dataclasses.MISSING}
        assert needed <= given.keys() <= wanted.keys(), f"{form.__name__}: {sorted(needed ^ given.keys())}"
        for name, field in given.items():
            means = next(found for kind, found in MEANS.items() if isinstance(field, kind))
            kinds = get_type_hints(form.request)[name]
            fits = kinds == means or (field.required and kinds | None == means)
            assert fits, f"{form.__name__}.{name} is {means}, {form.request.__name__} wants {kinds}."


def test_what_a_client_is_given_has_names() -> None:
    for path in python("gateway"):
        for function in [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]:
            arguments = [*function.args.args, *function.args.kwonlyargs] if path.parts[1] == "clients" else []
            loose = [one.arg for one in arguments if one.annotation and LOOSE in ast.unparse(one.annotation)]
            if path.name in OF_A_SERVICE:
                assert not loose, f"{path} {function.name}: {loose}: a dataclass of gateway/clients/requests.py."
            answers = function.returns and LOOSE in ast.unparse(function.returns)
            assert not answers or function.name in ("take", "show", "navigation", "body"), (
                f"{path} {function.name}: say what it holds, by a dataclass."
            )


def test_no_page_catches_a_refusal_by_itself() -> None:
    for path in python("gateway"):
        caught = [one for one in ast.walk(tree(path)) if isinstance(one, ast.ExceptHandler)]
        assert path.parts[1] != "pages" or not caught, (
            f"{path}: form.refusals() shows it, pressed() says it, links.followed() tells a dead link, unless() does "
            "without."
        )


def test_every_form_is_in_a_page_or_the_kit() -> None:
    assert {form.__module__.split(".")[1] for form in forms()} == {"kit", "pages"}
    assert len(list(forms())) >= 15, "how forms are declared has changed: this test does not see them any more."


def test_this_test_sees_a_name_and_a_label() -> None:
    assert NAMED.findall('<input type="hidden"\n name="suite" value="">') == ["suite"]
    assert not NAMED.findall('<input name="{{ c.name }}">')
    assert LABELLED.findall('<label for="x">Nom</label><input name="x"></div>')
    assert Path(TEMPLATES / "champs.html").is_file()
