"""Every form of the pages acts once: it carries a key, and every call that acts takes it along (C3).

An answer that holds a secret is never stored by a service, so no key goes with it: the two sides must agree on which.
"""

import inspect
import re

from backbone.testing import ServiceUnderTest
from tests.house.sources import ROOT

FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\".*?</form>", re.DOTALL)
CALL = re.compile(
    r"self\.(?:send|ask)\(\s*\"(?P<method>[A-Z]+)\",\s*f?\"(?P<path>[^\"]+)\"(?P<rest>[^)]*)\)", re.DOTALL
)
PROGRAMS_ALONE = {"/token"}  # no page asks for it


def test_every_form_that_posts_carries_the_token_and_the_key() -> None:
    for path in sorted((ROOT / "gateway" / "templates").rglob("*.html")):
        for form in FORM.findall(path.read_text(encoding="utf-8")):
            assert "{{ jeton() }}" in form, f"{path.name}: a form that posts opens with the macro jeton (macros.html)."


def test_the_macro_makes_a_new_key_each_time() -> None:
    from gateway.clients.once import FIELD, new_key

    assert new_key() != new_key()
    macros = (ROOT / "gateway" / "templates" / "macros.html").read_text(encoding="utf-8")
    assert f'name="{FIELD}" value="{{{{ nouvelle_cle() }}}}"' in macros


def test_no_client_makes_a_key_of_its_own() -> None:
    for path in sorted((ROOT / "gateway").rglob("*.py")):
        if path.name != "http.py":
            assert '"Idempotency-Key"' not in path.read_text(encoding="utf-8"), f"{path}: gateway/clients/http.py does."


def test_pages_and_identity_agree_on_the_answers_that_hold_a_secret(under: ServiceUnderTest) -> None:
    if under.service.name != "identity":
        return
    views = under.app.view_functions
    rules = [rule for rule in under.app.url_map.iter_rules() if {"POST", "PUT"} & (rule.methods or set())]
    unstored = {
        str(rule).removeprefix("/v1")
        for rule in rules
        if "idempotent=False" in inspect.getsource(inspect.unwrap(views[rule.endpoint]))
    }
    client = (ROOT / "gateway" / "clients" / "identity.py").read_text(encoding="utf-8")
    without_key = {call["path"] for call in CALL.finditer(client) if "secret=True" in call["rest"]}
    assert without_key == unstored - PROGRAMS_ALONE
