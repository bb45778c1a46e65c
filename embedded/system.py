"""The five services with their workers and the gateway, put together in one process around one folder."""

import time
from collections.abc import Iterable, Mapping
from typing import Any

import httpx
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import gateway.app
import gateway.settings
from backbone.bus import Topology, make_bus
from backbone.clock import Clock, SystemClock
from backbone.messaging import outbox
from backbone.rights.tokens import PublicKeys
from backbone.serving.worker import Worker
from backbone.shape.service import Service
from backbone.store import migrations
from backbone.store.engines import read_only
from backbone.web import make_api
from backbone.web.watch import Watch
from contracts import REGISTRY
from embedded import keys
from embedded.folder import Folder
from embedded.gallery import components
from embedded.gallery.messages import messages_app
from embedded.mailbox import mailbox_app
from embedded.reference import reference_app
from embedded.settings import gateway_settings, service_settings
from services.contact import app as contact
from services.delegation import app as delegation
from services.dsn import app as dsn
from services.identity import app as identity
from services.notification import app as notification

SERVICES = {
    "identity": identity,
    "delegation": delegation,
    "notification": notification,
    "dsn": dsn,
    "contact": contact,
}


class System:
    """Everything, ready to `start`. `wsgi` is what the browser talks to."""

    def __init__(self, folder: Folder, public_url: str, clock: Clock | None = None) -> None:
        keys.ensure(folder)
        clock = clock or SystemClock()
        settings = service_settings(folder, public_url)
        self.services: dict[str, Service] = {
            name: module.build(settings[name], clock=clock) for name, module in SERVICES.items()
        }
        for service in self.services.values():
            migrations.migrate(service.engine, service.migrations)
        self._buses = {name: make_bus(f"embedded:{folder.path}", name, Topology.of(REGISTRY)) for name in SERVICES}
        self._workers = [Worker(service, self._buses[name]) for name, service in self.services.items()]
        jwks = self.services["identity"].port(PublicKeys)
        self.apis: dict[str, Flask] = {}
        for name, service in self.services.items():
            self.apis[name] = make_api(service, jwks, Watch(service, Neighbours(self.apis)))
        self.gateway = gateway.app.build(
            gateway_settings(folder, public_url),
            transports={name: httpx.WSGITransport(app=api) for name, api in self.apis.items()},
            clock=clock,
        )
        self.gateway.register_blueprint(components.blp)
        self.wsgi = DispatcherMiddleware(
            self.gateway,
            {
                "/_mailbox": mailbox_app(folder.path),
                "/_gallery/messages": messages_app(public_url),
                "/_docs": reference_app(self.apis),
                **{f"/api/{name}": _as_edge(api) for name, api in self.apis.items()},
            },
        )

    def start(self) -> None:
        """Start the workers."""
        for worker in self._workers:
            worker.start()

    def settle(self, limit: float) -> None:
        """Wait until every event recorded so far was applied by all its consumers. TimeoutError after `limit` seconds.

        This bus confirms an event when its consumers have acknowledged it, so an empty outbox says just that. An event
        may move from one outbox to the next while we look: only several empty looks in a row count.
        """
        deadline, quiet = time.monotonic() + limit, 0
        while quiet < 5:
            quiet = 0 if any(self._unsent(service) for service in self.services.values()) else quiet + 1
            if time.monotonic() > deadline:
                raise TimeoutError("events are still waiting")
            time.sleep(0.02)

    @staticmethod
    def _unsent(service: Service) -> int:
        with read_only(service.engine).connect() as connection, connection.begin():
            return outbox.waiting(connection)

    def stop(self) -> bool:
        """Finish what is in hand; whether everything ended in time."""
        done = [worker.stop(10) for worker in self._workers]
        for bus in self._buses.values():
            bus.close()
        for service in self.services.values():
            service.engine.dispose()
        return all(done)


class Neighbours:
    """The owners of what a service follows, asked in this very process (`backbone.web.watch.Owners`)."""

    def __init__(self, apis: Mapping[str, Flask]) -> None:
        self._apis = apis

    def ask(self, owner: str, path: str, token: str) -> tuple[int, bytes]:
        """Status and body of GET `path`."""
        with httpx.Client(transport=httpx.WSGITransport(app=self._apis[owner]), base_url="http://owner") as client:
            answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, answer.content

    def ahead(self, owner: str) -> float:
        """One machine, one clock."""
        return 0.0


def _as_edge(app: Flask) -> Any:
    """Call a service as the edge does: the caller's own X-Forwarded-For is replaced by its address (ASVS 4.1.3)."""

    def call(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        environ["HTTP_X_FORWARDED_FOR"] = environ.get("REMOTE_ADDR", "")
        return app(environ, start)

    return call
