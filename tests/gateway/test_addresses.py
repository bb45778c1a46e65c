"""Addresses that are written quickly are Flask's to the letter, with what they carry and where they cannot be made."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g
from werkzeug.routing import BuildError

from gateway.kit.addresses import ID
from tests.gateway.fake_services import FakeServices

ONE = UUID("01930000-0000-7000-8000-0000000000c1")
ASKED: tuple[dict[str, Any], ...] = (
    {},
    {"page": 2, "tri": "-nom", "rien": None},
    {"suite": "/mon-compte?a=é&b=1 2", "espace": ONE},
    {"v": "a+b'(c)*!", "jour": date(2026, 11, 23)},
    {"oui": True, "_anchor": "bas"},
)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: "-".join(asked) or "alone")
@pytest.mark.parametrize("inside", ["/", f"/mon-compte?espace={ONE}"])
def test_each_address_is_the_one_that_flask_writes(
    built: tuple[Flask, FakeServices], asked: dict[str, Any], inside: str
) -> None:
    app, _ = built
    with app.test_request_context(inside):
        for rule in app.url_map.iter_rules():
            ids = dict.fromkeys(ID.findall(rule.rule), ONE)
            if rule.arguments == set(ids):
                g.space = None
                assert app.url_for(rule.endpoint, **ids, **asked) == Flask.url_for(app, rule.endpoint, **ids, **asked)


@pytest.mark.parametrize("value", [str(ONE), None, 3])
def test_what_is_no_id_is_left_to_flask(built: tuple[Flask, FakeServices], value: object) -> None:
    app, _ = built
    with app.test_request_context("/"):
        try:
            wanted: str | type[Exception] = Flask.url_for(app, "confirmation.page", delegation_id=value)
        except BuildError:
            wanted = BuildError
        if wanted is BuildError:
            with pytest.raises(BuildError):
                app.url_for("confirmation.page", delegation_id=value)
        else:
            assert app.url_for("confirmation.page", delegation_id=value) == wanted


def test_an_application_below_another_address_says_so(built: tuple[Flask, FakeServices]) -> None:
    with built[0].test_request_context("/", environ_overrides={"SCRIPT_NAME": "/portail"}):
        assert built[0].url_for("choix.page") == "/portail/choix"
