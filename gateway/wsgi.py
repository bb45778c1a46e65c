"""The gateway for gunicorn: `gunicorn "gateway.wsgi:application()"`."""

from flask import Flask

from backbone import logs
from gateway.app import build
from gateway.settings import Settings


def application() -> Flask:
    """The pages, built from the environment. SettingsError when the settings cannot be used."""
    settings = Settings.load()
    logs.configure("gateway", settings.log_level)
    return build(settings)
