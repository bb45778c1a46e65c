"""The first requests of a threaded process come at once: what they need is there, or is made once. A real process."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.service.clocks.conftest import Moved
from tests.support.ports import eventually

pytestmark = [pytest.mark.postgresql, pytest.mark.timeout(400)]
THREADS = 16


def test_whoever_comes_first_with_others_is_answered(beside: Moved) -> None:
    process, url = beside.api("identity", threads=THREADS)
    eventually(process.ready, limit=40, state=process.tail)

    def log_in(number: int) -> int:
        form = {"email": f"a{number}@example.com", "mot_de_passe": "pas le bon"}
        return httpx.post(f"{url}/v1/sessions", json=form, timeout=60).status_code

    with ThreadPoolExecutor(THREADS) as threads:
        assert set(threads.map(log_in, range(THREADS))) == {401}, process.tail()
