"""Static files under an address that changes with their content, so that browsers may keep them for a year."""

from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for


def serve_assets(app: Flask) -> None:
    """Give templates `asset(name)`, and its answers a long life."""
    marks: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in marks:
            marks[name] = sha256(Path(str(app.static_folder), name).read_bytes()).hexdigest()[:12]
        return url_for("static", filename=name, v=marks[name])

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(keep)
