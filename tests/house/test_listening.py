"""The cards of contracts/ and the code say the same: who listens to what, who records what."""

import ast
import importlib

import pytest

from backbone.events.cards import EventCard
from backbone.testing import ServiceUnderTest
from contracts import REGISTRY
from tests.house.sources import python, tree
from tests.support.services import EXPECTED, module, present

NAMES = {
    value.type: name
    for path in python("contracts")
    if path.parts[1] == "events"
    for name, value in vars(importlib.import_module(".".join(path.with_suffix("").parts))).items()
    if isinstance(value, EventCard)
}


def test_a_service_listens_to_what_the_cards_say_it_consumes(under: ServiceUnderTest) -> None:
    name = under.service.name
    declared = {card.type for card in REGISTRY.consumed_by(name)}
    said = "consumers of its card in contracts/, and LISTENS of listeners.py: change both or none."
    assert set(under.service.listens) == declared, said


def test_cards_name_services_that_exist() -> None:
    for card in REGISTRY.cards.values():
        assert {card.producer, *card.consumers} <= set(EXPECTED), (
            f"{card.type} names a service that is not one of ours."
        )


def test_a_card_is_in_the_registry() -> None:
    assert set(NAMES) == set(REGISTRY.cards), "CARDS of its module, and the module in contracts/__init__.py."


def test_every_card_of_a_service_is_recorded_somewhere_in_it(under: ServiceUnderTest) -> None:
    service = under.service.name
    attests = under.service.attests
    used = {NAMES[attests.alive.type]} if attests else set[str]()
    used |= {
        node.id if isinstance(node, ast.Name) else node.attr
        for path in python("services")
        if path.parts[1] == service
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.Name, ast.Attribute))
    }
    silent = [card.type for card in REGISTRY.produced_by(service) if NAMES[card.type] not in used]
    assert not silent, f"{service} never records {silent}: a card nobody records is a promise nobody keeps."


@pytest.mark.parametrize("service", present())
def test_jobs_and_listeners_are_documented(service: str) -> None:
    jobs = module(service, "jobs").JOBS.values() if (module(service, "app")) else ()
    for job in jobs:
        assert job.run.__doc__, f"{service}: {job.run.__name__} has no docstring: what does it do, and when?"
    for type, listener in module(service, "listeners").LISTENS.items():
        assert listener.__doc__, f"{service}: the listener of {type} has no docstring."
