"""The gateway for a WSGI server: `gunicorn "gateway.wsgi:application()"`, its settings from the environment."""

from flask import Flask

from gateway.app import build
from gateway.settings import Settings


def application() -> Flask:
    """The pages, built from ESPACE_* variables."""
    return build(Settings.load())
