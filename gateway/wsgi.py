"""The gateway for a WSGI server: `gunicorn "gateway.wsgi:application()"`, its settings from the environment."""

from typing import Any

from flask import Flask

from backbone import gunicorn_conf
from backbone.serving import logs
from backbone.serving.management import Process
from gateway.app import build
from gateway.settings import Settings


def application() -> Flask:
    """The pages, built from ESPACE_* variables."""
    return build(Settings.load())


def managed() -> Any:
    """The pages as entrypoint.sh starts them: with the logs of all programs, and the management port.

    The gateway needs nothing to answer: a service that is away is a page that says so.
    """

    def built() -> tuple[Flask, Process]:
        settings = Settings.load()
        logs.configure("gateway", settings.log_level)
        return build(settings), Process()

    return gunicorn_conf.managed(built)
