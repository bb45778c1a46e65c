"""What a crowd does that no single person does (K13), at its real size: five hundred accounts of the real service.

The counts are those that Prometheus scrapes from the management port, and its own promtool says which alerts they
raise: the rules of deploy/prometheus are tried on what the service told, not on a series that somebody invented.
"""

import json
import logging
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from joserfc.jwk import KeySet
from werkzeug.test import Client

from backbone.clock import FixedClock
from backbone.metrics import CountLines
from backbone.serving.management import Management
from backbone.testing import ServiceUnderTest, tokens
from contracts import REGISTRY
from services.identity.app import build
from services.identity.settings import Settings
from tests.service.identity.conftest import PUBLIC, Identity

pytestmark = [pytest.mark.xdist_group("crowd"), pytest.mark.timeout(300)]
EVERYBODY, ONE_BLOCK, STEP = 500, 300, 15
ALERTS = Path(__file__).parents[3] / "deploy/prometheus/alerts.yml"
GUESS, ATTACKER = "Chantier2026!", "198.51.100.7"
SENT = "mobile_code.issued.v1"


class Crowd:
    """The service, its people (the first three hundred with numbers of one thousand), and what is scraped of it."""

    def __init__(self, under: ServiceUnderTest, clock: FixedClock) -> None:
        self.identity, self.clock = Identity(under, clock), clock
        self.emails = [f"p{n}@example.com" for n in range(EVERYBODY)]
        self.people = self._complete()
        self._scraped = Client(Management(under.service))

    def _complete(self) -> list[UUID]:
        """All of them invited, their accounts completed by the form of the link, all confirmed."""
        under, told = self.identity.under, {one: self.identity.state(one) for one in self.emails}
        opened = [under.delivery(REGISTRY.cards["delegation.opened.v1"], state) for state in told.values()]
        assert under.take(opened).applied == EVERYBODY
        links = {one.data["email"]: one.data["sealed"] for one in self.identity.recorded("invitation.issued.v1")}
        for n, one in enumerate(self.emails):
            token = self.identity.opener.open(links[one])["token"]
            assert self.identity.complete(token, telephone_mobile=number(n)).status == 200
        accounts = {one.data["email"]: one.data for one in self.identity.recorded("beneficiary.identified.v1")}
        card = REGISTRY.cards["delegation.confirmed.v1"]
        known = card.schema().fields
        confirmed = []
        for one, state in told.items():
            person = {name: accounts[one][name] for name in ("email", "account_id", "nom", "prenom")}
            now = {**state, "beneficiary": person, "confirmed_at": self.clock.now()}
            confirmed.append(under.delivery(card, {name: now[name] for name in known if name in now}, sequence=3))
        assert under.take(confirmed).applied == EVERYBODY
        return [UUID(str(accounts[one]["account_id"])) for one in self.emails]

    def counted(self, event: str) -> float:
        """How many lines of the security log Prometheus reads, of that event."""
        text = self._scraped.get("/metrics").get_data(as_text=True)
        found = re.search(rf'^espace_security_lines_total{{event="{event}",service="identity"}} (\S+)$', text, re.M)
        return float(found.group(1)) if found else 0.0

    @contextmanager
    def scraping(self, *events: str) -> Iterator[Callable[[], dict[str, list[float]]]]:
        """Counted once before and whenever the given function is called: the values of each event."""
        values: dict[str, list[float]] = {event: [self.counted(event)] for event in events}

        def scrape() -> dict[str, list[float]]:
            self.identity.wait(seconds=STEP)
            for event, seen in values.items():
                seen.append(self.counted(event))
            return values

        yield scrape

    def sends(self, who: int, ip: str) -> int:
        """How the owner of account `who` is answered when he asks a code, from a client address."""
        return self.identity.post("/account/mobile/code", as_=self.people[who], ip=ip).status

    def guessed(self, who: int, ip: str) -> int:
        """How the one password is answered for account `who`."""
        return self.identity.login(self.emails[who], GUESS, ip=ip).status


def number(n: int) -> str:
    """The mobile of account `n`: one block for the first three hundred, one for each of the others."""
    return f"06 12 34 5{n // 100} {n % 100:02}" if n < ONE_BLOCK else f"06 5{(n - ONE_BLOCK) // 100} {n % 100:02} 45 67"


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """Made once for all of them; its lines are counted as in a process of its own. One database is enough here: each
    brake is tried on both, with fewer people, in `test_sms_brakes` and `test_login`."""
    url = f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'service.db'}"
    clock, counting = FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)), CountLines("identity")
    keys = {"signing_keys": json.dumps(KeySet([tokens.KEY]).as_dict(private=True)), "notification_public_key": PUBLIC}
    cheap = {"hashing_memory_kib": 64, "hashing_passes": 1, "hashing_slots": 8}
    under = ServiceUnderTest(build, Settings.of(database_url=url, broker_url="embedded:", **keys, **cheap), clock=clock)
    security = logging.getLogger("security")
    level = security.level
    security.addHandler(counting)
    security.setLevel(logging.INFO)  # as backbone.serving.logs sets it
    yield Crowd(under, clock)
    security.removeHandler(counting)
    security.setLevel(level)
    under.close()


@pytest.fixture
def crowd(everybody: Crowd) -> Crowd:
    """Two days after the last test: no limit remembers it."""
    everybody.identity.wait(days=2)
    everybody.identity.under.clear()
    return everybody


def test_a_firm_of_fifty_behind_one_address_gets_in_at_nine_o_clock(crowd: Crowd) -> None:
    answers = [crowd.identity.login(one, ip="192.0.2.50").status for one in crowd.emails[:50]]
    assert answers == [201] * 50


def test_three_hundred_numbers_of_one_block_asked_for_from_one_address_get_twenty_sms_and_one_alert(
    crowd: Crowd, tmp_path: Path
) -> None:
    with crowd.scraping("authn_mobile_code_sent", "authn_mobile_code_braked") as scrape:
        answers = []
        for who in range(ONE_BLOCK):
            answers.append(crowd.sends(who, ATTACKER))
            if who % 60 == 59:
                values = scrape()
    assert (answers.count(202), answers.count(429)) == (20, 280)
    assert len(crowd.identity.recorded(SENT)) == 20
    assert [values[event][-1] - values[event][0] for event in values] == [20, 280]
    assert raised(values, tmp_path) == {"SmsBraked"}, values


def test_two_hundred_blocks_from_as_many_addresses_get_the_hundred_sms_of_an_hour(crowd: Crowd) -> None:
    answers = [crowd.sends(who, f"203.0.113.{who - ONE_BLOCK}") for who in range(ONE_BLOCK, EVERYBODY)]
    assert answers == [202] * 100 + [429] * 100
    assert len(crowd.identity.recorded(SENT)) == 100


def test_one_password_on_five_hundred_accounts_from_as_many_addresses_raises_an_alert(
    crowd: Crowd, tmp_path: Path
) -> None:
    with crowd.scraping("authn_login_fail") as scrape:
        answers = []
        for who in range(EVERYBODY):
            answers.append(crowd.guessed(who, f"198.51.{who // 250}.{who % 250}"))
            if who % 75 == 74 or who == EVERYBODY - 1:
                values = scrape()
    assert answers == [401] * EVERYBODY  # it passes under every limit of an account and of an address
    assert values["authn_login_fail"][-1] - values["authn_login_fail"][0] == EVERYBODY
    assert raised(values, tmp_path) == {"LoginsRefused"}, values


def test_an_afternoon_of_a_firm_that_mistypes_raises_none(crowd: Crowd, tmp_path: Path) -> None:
    with crowd.scraping("authn_login_fail") as scrape:
        for who in range(40):
            assert crowd.guessed(who, f"192.0.2.{who}") == 401
        values = scrape()
    assert raised(values, tmp_path) == set()


def raised(values: dict[str, list[float]], folder: Path) -> set[str]:
    """The alerts on logins and SMS that promtool says fire, five minutes after these counts were scraped."""
    if not shutil.which("promtool"):
        pytest.skip("no promtool on this machine: apt-get install prometheus")
    names = ("LoginsRefused", "LoginsRefusedSlowly", "SmsMany", "SmsBraked")
    return {name for name in names if not _quiet(values, folder, name)}


def _quiet(values: dict[str, list[float]], folder: Path, alert: str) -> bool:
    """Whether the alert does not fire: promtool is told that it does not, and agrees."""
    shutil.copy(ALERTS, folder / "alerts.yml")
    series = [
        {
            "series": f'espace_security_lines_total{{service="identity", event="{event}", instance="a"}}',
            "values": f"{seen[0]:.0f}x20 {' '.join(f'{one:.0f}' for one in seen[1:])} {seen[-1]:.0f}x20",
        }
        for event, seen in values.items()
    ]
    test = {"interval": f"{STEP}s", "input_series": series}
    test["alert_rule_test"] = [{"eval_time": "10m", "alertname": alert, "exp_alerts": []}]
    told = {"rule_files": ["alerts.yml"], "evaluation_interval": f"{STEP}s", "tests": [test]}
    (folder / "test.yml").write_text(json.dumps(told))  # JSON is YAML
    words = ["promtool", "test", "rules", "test.yml"]
    return subprocess.run(words, cwd=folder, capture_output=True, timeout=600, check=False).returncode == 0
