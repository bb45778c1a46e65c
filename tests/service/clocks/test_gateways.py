"""Two gateways whose machines differ by two hours: a form and a link of one are good at the other. Real processes."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.moved import moved
from tests.support.ports import free_port
from tests.support.processes import Child

pytestmark = pytest.mark.timeout(400)
HOURS = 2 * 3600
WORDS = [sys.executable, "-m", "gunicorn", "--config", "python:backbone.gunicorn_conf", "gateway.wsgi:managed()"]


@pytest.fixture(scope="module")
def gateways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The addresses of a gateway that is right and of one that is ahead; behind them nobody answers."""
    nobody = {f"ESPACE_{name}_URL": f"http://127.0.0.1:{free_port()}" for name in ("IDENTITY", "DELEGATION")}
    processes, addresses = list[Child](), dict[str, str]()
    for name, ahead in (("right", 0), ("ahead", HOURS)):
        folder, port, management = tmp_path_factory.mktemp(name), free_port(), free_port()
        told = {"BIND": f"127.0.0.1:{port}", "ESPACE_MANAGEMENT_PORT": str(management), "WEB_CONCURRENCY": "1"}
        told |= {"SERVICE": "gateway", "ESPACE_SECRET_KEY": "one key for both", "PROMETHEUS_MULTIPROC_DIR": str(folder)}
        ready = f"http://127.0.0.1:{management}/readyz"
        processes.append(Child(WORDS, {**told, **nobody, **moved(ahead)}, Path(folder) / "log", ready))
        addresses[name] = f"http://127.0.0.1:{port}"
    for process in processes:
        process.wait_ready(90)
    yield addresses
    for process in processes:
        process.kill9()


def cookies(answer: httpx.Response) -> dict[str, str]:
    """What a browser would send back."""
    return {"Cookie": "; ".join(one.partition(";")[0] for one in answer.headers.get_list("set-cookie"))}


def logged_in(gateways: dict[str, str], shown_by: str, sent_to: str) -> int:
    """The login form of one gateway, sent to another."""
    page = httpx.get(f"{gateways[shown_by]}/connexion", timeout=30)
    (token,) = set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text))
    form = {"csrf_token": token, "email": "a@example.com", "mot_de_passe": "Vélo-grimpe 7 cols"}
    return httpx.post(f"{gateways[sent_to]}/connexion", data=form, headers=cookies(page), timeout=30).status_code


def opened(gateways: dict[str, str], taken_by: str, shown_by: str) -> int:
    """A link of a mail, taken by one gateway, its form shown by another."""
    taken = httpx.get(f"{gateways[taken_by]}/lien/reinitialisation/abcdefgh", timeout=30)
    address = f"{gateways[shown_by]}{taken.headers['location']}"
    return httpx.get(address, headers=cookies(taken), timeout=30).status_code


@pytest.mark.parametrize(("first", "then"), [("ahead", "right"), ("right", "ahead")])
def test_one_gateways_clock_refuses_no_form_and_no_link_of_the_other(
    gateways: dict[str, str], first: str, then: str
) -> None:
    assert logged_in(gateways, first, then) == logged_in(gateways, "right", "right") == 503
    assert opened(gateways, first, then) == opened(gateways, "right", "right") == 503
