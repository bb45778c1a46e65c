"""A stranger's fuzzer (schemathesis) on the five real services: whatever it sends, no answer is a 5xx, and every answer
is one that the document says. Short here; `make fuzz` sends FUZZ= requests of each kind to each route.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import schemathesis
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from backbone.testing import ServiceUnderTest, tokens
from contracts import REGISTRY
from contracts.examples import ACCOUNT_ID, ADHERENT_ID, DELEGATION_ID, SITE_ID
from scripts.api_documents import SERVICES
from tests.service.delegation.world import World
from tests.support import services

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
EXCHANGES = settings(
    max_examples=int(os.environ.get("FUZZ", "4")),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PERSON = UUID(ACCOUNT_ID)
STORY = ("adherent.registered.v1", "account.updated.v1", "delegation.confirmed.v1")


class Fuzzed:
    """A service with a little in it, and how to be let in; `known` are ids that are there, by their parameter."""

    def __init__(self, under: ServiceUnderTest) -> None:
        self.under, self.person = under, PERSON
        self.known = {"adherent_id": ADHERENT_ID, "site_id": SITE_ID, "delegation_id": DELEGATION_ID}
        fill = {"identity": self._account, "delegation": self._company}
        fill.get(under.service.name, self._story)()

    def token(self, security: list[Mapping[str, Any]]) -> Mapping[str, str]:
        """The header that lets in where `security` asks for it."""
        now, aud = self.under.clock.now(), [self.under.service.name]
        if not security:
            return {}
        if "machine" in security[0]:
            return {"Authorization": f"Bearer {tokens.machine_token(security[0]['machine'], now, aud=aud)}"}
        return {"Authorization": f"Bearer {tokens.user_token(self.person, PERSON, now, aud=aud)}"}

    def _story(self) -> None:
        for card in [REGISTRY.cards[name] for name in STORY if name in self.under.service.listens]:
            self.under.deliver(card)

    def _account(self) -> None:
        names = {"email": "claire@example.com", "email_key": "claire@example.com", "nom": "Martin", "prenom": "Claire"}
        rest = {"status": "actif", "password_hash": "none", "newsletter": False, "version": 1}
        row = {"account_id": PERSON, **names, **rest, "created_at": services.NOW}
        with self.under.engine.begin() as connection:
            connection.execute(sa.insert(self.under.service.metadata.tables["accounts"]).values(row))

    def _company(self) -> None:
        company = World(self.under).company()
        self.person = company.founder
        self.known |= {"adherent_id": str(company.id), "delegation_id": str(company.founder_delegation)}


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Fuzzed]]:
    """Gives a service by its name."""
    made: dict[str, Fuzzed] = {}

    def give(name: str) -> Fuzzed:
        if name not in made:
            made[name] = Fuzzed(services.build(name, Path(tmp_path_factory.mktemp(name))))
        return made[name]

    yield give
    for one in made.values():
        one.under.close()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("service", SERVICES)
def test_whatever_is_sent_the_answer_is_one_that_the_document_says(
    service: str, mode: GenerationMode, fuzzed: Callable[[str], Fuzzed]
) -> None:
    one = fuzzed(service)
    for found in schemathesis.openapi.from_wsgi("/openapi.json", one.under.app).get_all_operations():
        exchange(found.ok(), one, mode)


def exchange(operation: schemathesis.APIOperation, one: Fuzzed, mode: GenerationMode) -> None:
    """Send what the fuzzer makes of an operation, to what is there every other time, and look at each answer."""
    security = operation.definition.raw.get("security", [])

    @EXCHANGES
    @given(case=operation.as_strategy(generation_mode=mode), there=strategies.booleans())
    def sent(case: schemathesis.Case, there: bool) -> None:
        if there:
            case.path_parameters.update({name: one.known[name] for name in case.path_parameters if name in one.known})
        answer = case.call(headers=dict(one.token(security)))
        case.validate_response(answer, checks=CHECKS)

    with suppress(Unsatisfiable):  # nothing can be wrong with a route that takes nothing
        sent()
