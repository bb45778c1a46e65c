"""Write docs/api/<service>.json, the OpenAPI document of each service: `make docs`."""

import importlib
import json
import tempfile
from pathlib import Path
from typing import Any

from backbone.testing import Believing
from backbone.web import api_document, make_api
from contracts.words.services import SERVICES
from embedded import keys
from embedded.folder import Folder
from embedded.settings import service_settings

API = Path(__file__).parents[1] / "docs" / "api"


def documents() -> dict[str, dict[str, Any]]:
    """The document of each service, made from its routes as they are served."""
    with tempfile.TemporaryDirectory() as folder:
        place = Folder(Path(folder) / "var")
        place.take()
        keys.ensure(place)
        settings = service_settings(place, "https://espace.example.com")
        place.release()
        return {name: _document(name, settings[name]) for name in SERVICES}


def text(document: dict[str, Any]) -> str:
    """A document as it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _document(name: str, settings: Any) -> dict[str, Any]:
    service = importlib.import_module(f"services.{name}.app").build(settings)
    try:
        return api_document(make_api(service, dict, Believing()))
    finally:
        service.engine.dispose()


if __name__ == "__main__":
    API.mkdir(parents=True, exist_ok=True)
    for name, document in documents().items():
        (API / f"{name}.json").write_text(text(document), encoding="utf-8")
