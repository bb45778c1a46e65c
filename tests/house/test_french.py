"""What a field says to people is French (C1): it takes its messages when it is made, so French must come first."""

import subprocess
import sys

import pytest

from contracts.words.services import SERVICES
from tests.house.sources import ROOT

ASK = """
import services.{service}.app, importlib, inspect, marshmallow
schemas = importlib.import_module("services.{service}.api.schemas")
from backbone.french import MESSAGES
told = {{message for messages in MESSAGES.values() for message in messages.values()}}
for name, schema in inspect.getmembers(schemas, inspect.isclass):
    if issubclass(schema, marshmallow.Schema):
        for key, field in schema().fields.items():
            for kind in ("required", "null", "invalid", "invalid_uuid"):
                message = field.error_messages.get(kind)
                if field.__class__.__module__ == "marshmallow.fields" and message is not None and message not in told:
                    print(f"{{name}}.{{key}} {{kind}}: {{message}}")
"""


@pytest.mark.parametrize("service", SERVICES)
def test_the_fields_of_a_service_speak_french(service: str) -> None:
    words = [sys.executable, "-c", ASK.format(service=service)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "", f"{done.stdout}Give it a French message: backbone/french.py, or error_messages."
