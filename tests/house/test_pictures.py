"""Each screen has its picture in docs/screens, which stay small together: `make pictures` takes them."""

from tests.gateway.test_every_page import pages_app
from tests.house.sources import ROOT, committed
from tests.screens.places import BESIDE, NO_SCREEN, SCREENS, picture

FOLDER = "docs/screens"
LARGEST, TOGETHER = 100_000, 3_000_000  # bytes


def test_every_page_of_the_gateway_is_a_screen() -> None:
    gets = {rule.endpoint for rule in pages_app().url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert gets == set(SCREENS) | NO_SCREEN, "tests/screens/places.py says who looks at a page, and where it is."


def test_each_screen_has_its_picture_and_no_other_stands_there() -> None:
    there = {path.name for path in committed() if str(path.parent) == FOLDER and path.suffix == ".webp"}
    assert there == {picture(name) for name in SCREENS | BESIDE}, f"{FOLDER}: make pictures, and commit them."


def test_the_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / FOLDER).glob("*.webp")}
    assert not (large := {name: size for name, size in sizes.items() if size > LARGEST}), large
    assert sum(sizes.values()) < TOGETHER, sum(sizes.values())
