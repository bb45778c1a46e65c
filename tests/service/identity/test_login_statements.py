"""What a login asks of the database: few statements, built once (decision 67). Its speed is in benchmarks/login.py."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from services.identity.domain.ports import Hasher
from tests.support.statements import built, statements

BROWSER = "the-token-that-the-gateway-left-in-it"
FEW = {"postgresql": 4, "sqlite": 12}  # SQLite's begin each transaction by a statement, and are not sent together


def log_in(identity, password="Vélo-grimpe 7 cols"):
    body = {"email": "claire@example.com", "mot_de_passe": password, "browser": BROWSER}
    return identity.post("/sessions", body)


@pytest.fixture
def engine(identity):
    """Claire's account, known by her browser: as nearly every login is."""
    identity.active()
    assert log_in(identity).status == 201
    return identity.under.engine


def test_a_login_is_few_statements(identity, engine):
    sent = statements(engine, lambda: log_in(identity))
    assert len(sent) <= FEW[engine.dialect.name], sent


def test_no_statement_of_a_login_is_built_again(identity, engine):
    first, again = (built(engine, lambda: log_in(identity)) for _ in range(2))
    assert first and [id(one) for one in first] == [id(one) for one in again]


def test_a_new_browser_that_is_pressed_twice_is_known_once(identity):
    identity.active()
    identity.login()
    both = Barrier(2)

    def press(_number):
        both.wait(10)
        return log_in(identity).status

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, range(2))) == [201, 201]
    with identity.under.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM browsers").scalar() == 1


def test_the_browser_of_a_refused_login_is_not_used(identity, engine):
    select = "SELECT last_used_at FROM browsers"
    with engine.connect() as connection:
        before = connection.exec_driver_sql(select).scalar()
    identity.wait(minutes=5)
    assert log_in(identity, "Mauvais mot 1!").status == 401
    with engine.connect() as connection:
        assert connection.exec_driver_sql(select).scalar() == before


def test_a_login_whose_password_changed_meanwhile_leaves_nothing(identity, engine, monkeypatch):
    """One statement keeps all of a login on PostgreSQL: what it kept for one that is refused is undone."""
    hasher = identity.under.service.port(Hasher)
    verify = hasher.verify

    def changed_meanwhile(known, password):
        right = verify(known, password)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE accounts SET password_hash = 'another'")
        return right

    def kept():
        asked = ("count(*) FROM sessions", "count(*) FROM activity", "last_used_at FROM browsers")
        with engine.connect() as connection:
            return [connection.exec_driver_sql(f"SELECT {one}").scalar() for one in asked]

    before = kept()
    monkeypatch.setattr(hasher, "verify", changed_meanwhile)
    identity.wait(minutes=5)
    assert log_in(identity).status == 401
    assert kept() == before
    with engine.connect() as connection:  # the attempt counts all the same
        assert connection.exec_driver_sql("SELECT max(failures) FROM throttles").scalar() == 1
