"""What a login asks of the database: few statements, built once (decision 67). Its speed is in benchmarks/login.py."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.support.statements import built, statements

BROWSER = "the-token-that-the-gateway-left-in-it"
FEW = {"postgresql": 5, "sqlite": 12}  # SQLite's begin each transaction by a statement, and are not sent together


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
