"""Every table that is written from another service's events is a `Projection`, and is in the test of a restore."""

import ast
import importlib
import pkgutil

import services
from backbone.messaging.projections import Projection
from backbone.testing import ServiceUnderTest
from contracts import REGISTRY
from contracts.events import access
from tests.house.sources import python, tree
from tests.service.together.projections import PROJECTIONS

SAID_AGAIN = {card.producer for card in REGISTRY.cards.values() if card.type.endswith("_state.announced.v1")}


def projections(service: str) -> set[Projection]:
    """The projections that the modules of `service` declare; that of access when it hears its events."""
    package = importlib.import_module(f"{services.__name__}.{service}")
    names = [one.name for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    modules = [importlib.import_module(name) for name in names if ".migrations" not in name]
    return {value for one in modules for value in vars(one).values() if isinstance(value, Projection)}


def test_only_a_projection_keeps_what_is_newer() -> None:
    for path in python("backbone", "contracts", "services", "gateway", "embedded"):
        used = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
        if "upsert_newer" in used:
            assert str(path) == "backbone/messaging/projections.py", (
                f"{path}: declare a Projection, which knows its owner."
            )


def test_every_projection_is_in_the_test_of_a_restore(under: ServiceUnderTest) -> None:
    name = under.service.name
    told = f"{name}: add it to tests/service/together/projections.py, and say in test_restored.py what becomes of it."
    assert projections(name) == set(PROJECTIONS.get(name, ())), told


def test_a_projection_can_be_ordered_and_ended(under: ServiceUnderTest) -> None:
    for one in projections(under.service.name):
        assert {"epoch", "sequence", one.key, *one.fixed} <= set(one.table.c.keys()), one.table.name
        if one.owner in SAID_AGAIN:
            ends = [type for type in under.service.listens if type == f"{one.owner}_state.announced.v1"]
            assert ends, f"{one.table.name}: {under.service.name} does not hear when {one.owner} has said everything."


def test_an_owner_announces_what_it_says(under: ServiceUnderTest) -> None:
    announces = under.service.announces
    assert (announces is not None) == (under.service.name in SAID_AGAIN)
    if announces:
        example = announces.said_all.example
        assert set(example["said"]) == set(announces.kinds) and announces.said_all.producer == under.service.name


def test_the_word_of_a_new_epoch_decides_too() -> None:
    assert "delegation.stated.v1" in access.ACCESS_EVENTS
