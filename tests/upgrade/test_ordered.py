"""A message that the version before ordered, and that waits, is written by this one (decision 32)."""

import json
import subprocess

import pytest

from services.notification.adapters.templates import Templates
from services.notification.domain.kinds import Medium
from services.notification.messages import KINDS
from tests.upgrade.releases import ROOT, before

pytestmark = pytest.mark.history
FOLDER = "services/notification/messages"


def of_before(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True, timeout=600)
    return done.stdout


def test_what_waits_is_written_with_what_it_was_ordered_with() -> None:
    commit = before().commit
    paths = of_before("ls-tree", "-r", "--name-only", commit, FOLDER).splitlines()
    names = [path.split("/")[-2] for path in paths if path.endswith("/example.json")]
    assert names
    for name in names:
        kind, known = KINDS[name], json.loads(of_before("show", f"{commit}:{FOLDER}/{name}/example.json"))
        ordered = {**kind.gained, **known["context"], **known["opened"]}
        templates = Templates(public_url="https://espace.example.com")
        write = templates.sms if kind.medium is Medium.SMS else templates.email
        assert write(kind, ordered), name
