"""The links that mails carry follow one rule, whatever they are for, and one repository knows where each is kept."""

import ast
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import Purpose, acts
from services.identity.storage.links import KEPT

HERE = Path(__file__).parents[3] / "services/identity"
DIGESTS = {"token_hash", "activation_hash", "undo_hash"}
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def looks_up(path: Path) -> bool:
    """Whether `path` compares the digest of a link itself."""
    compared = [one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Compare)]
    return any(isinstance(one.left, ast.Attribute) and one.left.attr in DIGESTS for one in compared)


def test_no_other_repository_looks_up_a_link() -> None:
    found = [path.name for path in (HERE / "storage").glob("*.py") if path.name != "links.py" and looks_up(path)]
    assert not found, f"{found} compare the digest of a link: storage/links.py does, for every purpose."


@pytest.mark.parametrize("purpose", Purpose)
def test_each_purpose_has_a_lifetime_and_says_where_it_is_kept(purpose: Purpose) -> None:
    assert purpose.lifetime(Lifetimes()) and purpose in KEPT


@pytest.mark.parametrize("purpose", Purpose)
def test_the_statement_and_the_rule_say_the_same_at_every_instant(purpose: Purpose) -> None:
    kept, (key,) = KEPT[purpose], KEPT[purpose].table.primary_key
    columns = [name for name in (key.name, kept.until, "ended_at", "ended_by", "proved_at") if name in kept.table.c]
    for ended, until in product([None, NOW], [NOW - timedelta(seconds=1), NOW, NOW + timedelta(seconds=1)]):
        row = {key.name: uuid4(), kept.until: until, "ended_at": ended}
        row |= {"ended_by": "used"} if ended and "ended_by" in columns else {}
        with sa.create_engine("sqlite://").begin() as connection:
            connection.execute(sa.text(f"CREATE TABLE {kept.table.name} ({', '.join(columns)})"))
            connection.execute(sa.insert(kept.table).values(row))
            found = connection.execute(sa.select(kept.table.c[kept.until]).where(kept.acting(NOW))).first()
        assert (found is not None) == acts(until, NOW, ended=ended is not None), (ended, until)
