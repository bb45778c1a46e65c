"""The committed documents of the services: made from the routes of today, whole, and each says what a route answers."""

import json
from typing import Any

import jsonschema
import pytest

from backbone.testing.contract import DOCUMENTS, Contract, contract
from scripts.api_documents import SERVICES, documents, text
from tests.contract.test_documents import references

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """The documents of today."""
    return documents()


@pytest.fixture(params=SERVICES)
def committed(request: pytest.FixtureRequest) -> Contract:
    """Each service's committed document."""
    found = contract(request.param)
    assert found, f"docs/api/{request.param}.json: make docs, and commit it."
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_the_file_is_what_the_routes_say(service: str, made: dict[str, Any]) -> None:
    kept = (DOCUMENTS / f"{service}.json").read_text(encoding="utf-8")
    assert kept == text(made[service]), f"docs/api/{service}.json was made of other routes: make docs, and commit it."


def test_every_reference_leads_somewhere(committed: Contract) -> None:
    for reference in set(references(committed.document)):
        place: Any = committed.document
        for step in reference.removeprefix("#/").split("/"):
            assert step in place, f"{reference} leads nowhere"
            place = place[step]


def test_every_shape_is_a_json_schema(committed: Contract) -> None:
    for shape in committed.document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(shape)


def test_every_route_says_its_success_and_every_refusal_with_its_codes(committed: Contract) -> None:
    for method, path, operation in committed.operations():
        statuses = {int(status) for status in operation["responses"]}
        assert any(status < 300 for status in statuses), f"{method} {path}: @blp.response(200, …)."
        for status in statuses:
            assert status < 400 or committed.codes(operation, status), f"{method} {path} {status}: which codes?"


def test_every_refusal_is_a_problem(committed: Contract) -> None:
    for method, path, operation in committed.operations():
        for status in [int(one) for one in operation["responses"] if int(one) >= 400]:
            said = committed.answer(operation, status) or {}
            assert set(said["content"]) == {PROBLEM}, f"{method} {path} {status}"
            assert status not in (429, 503) or said["headers"]["Retry-After"]["required"]


# The body names a version for each of the things it is about; what is not current is said among the errors of the 409.
VERSIONS_IN_THE_BODY = "/v1/adherents/{adherent_id}/review"


def test_a_route_that_wants_a_version_says_it_all(committed: Contract) -> None:
    for method, path, operation in committed.operations():
        if path == VERSIONS_IN_THE_BODY:
            continue
        asked = {one["name"] for one in operation.get("parameters", ())}
        assert ("If-Match" in asked) == ("428" in operation["responses"]) == ("412" in operation["responses"]), path
        assert "If-Match" not in asked or method != "GET"


def test_the_document_that_is_served_is_the_one_that_is_committed(made: dict[str, Any]) -> None:
    assert set(made) == {path.stem for path in DOCUMENTS.glob("*.json")}
    for service in SERVICES:
        assert json.loads(text(made[service]))["info"]["title"] == service
