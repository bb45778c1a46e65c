"""The gateway's composition root: one Flask application, its clients, its pages."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from backbone.clock import Clock, SystemClock
from backbone.rights.uses import Told
from backbone.shape.config import SettingsError
from contracts.words import messages
from contracts.words.actions import Action, OwnAction
from contracts.words.attested import Attested
from contracts.words.bank_details import BankState, Spoiled
from contracts.words.levels import Level
from contracts.words.mandate_texts import TEXTS
from contracts.words.review import Answer, Due
from contracts.words.statuses import Scan, Statut
from contracts.words.uses import ADMINISTRATION
from gateway.clients import Clients, once
from gateway.kit import labels, listing
from gateway.kit.addresses import Addressed
from gateway.kit.assets import serve_assets
from gateway.kit.beside import carry_spaces
from gateway.kit.catalogue import Kept
from gateway.kit.elsewhere import Elsewhere
from gateway.kit.errors import handle_errors
from gateway.kit.functions_bar import show_functions
from gateway.kit.memory import keep_memory, owner
from gateway.kit.navigation import navigation
from gateway.kit.page_cookie import PageCookie
from gateway.kit.said import outcome
from gateway.kit.security import protect
from gateway.kit.terms import terms_of
from gateway.kit.today import now
from gateway.kit.together import AT_ONCE
from gateway.kit.typography import FrenchSpaces, Unindented
from gateway.kit.unambiguous import refuse_ambiguous
from gateway.pages import BLUEPRINTS
from gateway.settings import Settings


def build(
    settings: Settings,
    *,
    transports: Mapping[str, httpx.BaseTransport] | None = None,
    clock: Clock = SystemClock(),  # noqa: B008  (stateless)
) -> Flask:
    """The application. `transports` (service name → transport) reaches services of the same process.

    SettingsError when the file of services elsewhere cannot be used.
    """
    app = Addressed("gateway", static_url_path="/static")
    app.config.update(_flask_settings(settings))
    app.session_interface = PageCookie()
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]
    app.extensions["clock"] = clock
    app.extensions["clients"] = Clients.of(settings, transports or {})
    app.extensions["elsewhere"] = _elsewhere(settings.elsewhere_file)
    app.extensions["told"] = Told()
    app.extensions["catalogue"] = Kept()
    app.extensions["beside"] = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="beside")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(FrenchSpaces)
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.filters.update(labels.FILTERS, termes=terms_of)
    app.jinja_env.globals["libelles"] = labels
    app.jinja_env.globals["phrases"] = messages
    app.jinja_env.globals["textes"] = TEXTS
    app.jinja_env.globals["mots"] = {
        **{"Action": Action, "Answer": Answer, "Due": Due, "Level": Level, "OwnAction": OwnAction, "Scan": Scan},
        **{"Statut": Statut, "Attested": Attested, "BankState": BankState, "Spoiled": Spoiled},
        "ADMINISTRATION": ADMINISTRATION,
    }
    app.jinja_env.globals.update(ici=listing.here, numeros=listing.numbers, autres=listing.others)
    app.jinja_env.globals.update(nouvelle_cle=once.new_key, pour=owner, issue=outcome, maintenant=now)
    app.context_processor(navigation)
    protect(app)
    refuse_ambiguous(app)
    carry_spaces(app)
    keep_memory(app)
    show_functions(app)
    serve_assets(app)
    handle_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    """The page cookie (CSRF, notices) follows the same rules as the session's; tokens of forms live as long as it."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-page",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # security.py checks the origin, with or without https
        "MAX_CONTENT_LENGTH": settings.max_upload_bytes,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "LINK_SECONDS": settings.link_minutes * 60,
    }


def _elsewhere(file: str) -> Elsewhere:
    """Where functions are served that are not served here; nowhere without a file."""
    if not file:
        return Elsewhere({})
    try:
        return Elsewhere.read(Path(file).read_text(encoding="utf-8").splitlines(keepends=True))
    except (ValueError, OSError) as error:
        raise SettingsError(f"Settings of gateway: {error}.") from error
