"""Logs: JSON lines without addresses, secrets or tokens (C4)."""

import json
import logging
from collections.abc import Iterator

import pytest

from backbone import metrics
from backbone.secrets import new_token
from backbone.serving.logs import configure, redact


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger; it and the security log are afterwards as they were."""
    loggers = [logging.getLogger(), logging.getLogger("security")]
    before = [(one, one.handlers[:], one.level) for one in loggers]
    yield loggers[0]
    for one, handlers, level in before:
        one.handlers[:] = handlers
        one.setLevel(level)


@pytest.mark.parametrize(
    "name", ["email", "mot_de_passe_actuel", "access_token", "code_sms", "telephone_mobile", "session", "sealed"]
)
def test_what_is_named_like_a_secret_is_masked(name: str) -> None:
    assert redact({name: "anything"}) == {name: "***"}


def test_an_address_inside_a_sentence_is_masked() -> None:
    assert redact({"event": "sent to claire.martin@example.com."})["event"] == "sent to ***"


def test_a_token_inside_an_address_of_a_page_is_masked() -> None:
    token = new_token()
    assert token not in str(redact({"path": f"/lien/invitation/{token}"}))


def test_ids_and_numbers_stay() -> None:
    line = {"event_id": "01930000-0000-7000-8000-0000000000a1", "status": 200, "duration_ms": 1.5}
    assert redact(line) == line


def test_what_is_nested_is_masked_too() -> None:
    line = {"extra": {"email": "x", "told": ["claire@example.com", {"token": "y"}]}}
    assert redact(line) == {"extra": {"email": "***", "told": ["***", {"token": "***"}]}}


def test_a_line_is_one_json_object_with_its_service(root: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    configure("identity")
    logging.getLogger("x").info("login of %s", "a@example.com", extra={"event_id": "e1", "token": "t"})
    line = json.loads(capsys.readouterr().out)
    assert line["service"] == "identity" and line["event"] == "login of ***"
    assert (line["event_id"], line["token"], line["level"]) == ("e1", "***", "info")


def test_a_traceback_tells_no_address(root: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    configure("identity")
    try:
        raise ValueError("bad address claire@example.com")
    except ValueError:
        logging.getLogger("x").exception("failed")
    out = capsys.readouterr().out
    assert "claire@example.com" not in out and "ValueError" in out and out.count("\n") == 1


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
def test_a_quiet_log_counts_security_lines_all_the_same(
    root: logging.Logger, capsys: pytest.CaptureFixture[str], level: str
) -> None:
    def counted() -> float:
        return metrics.SECURITY.labels("quiet", "authn_mobile_code_sent")._value.get()

    configure("quiet", level)
    before = counted()
    logging.getLogger("security").info("authn_mobile_code_sent")
    assert counted() == before + 1
    assert ("authn_mobile_code_sent" in capsys.readouterr().out) == (level in {"DEBUG", "INFO"})
