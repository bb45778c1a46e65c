"""Static files under an address that changes with their content, so that browsers may keep them for a year.

The style sheets of a page are one file, and so are the scripts of every page: requests less at the first load. They are
made when the gateway starts.
"""

import gzip
import re
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for

from gateway.kit.session import public

SHEETS = ("vendor/pico-2.1.1.min.css", "css/tokens.css", "css/layout.css", "css/forms.css", "css/tables.css")
SCRIPTS = ("js/tutorial.js", "js/session.js", "js/bubble.js", "js/lists.js")  # of every page
ICONS = "vendor/icons.svg"  # at an address of its own, which each page says forty times
ON_PAPER = "css/print.css"
KEPT = "public, max-age=31536000, immutable"
ANOTHERS = "public, max-age=60"  # what a page of another version asks for, while the two run side by side
PACKED = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")
# For who reads the file alone: lines of remarks, but licences, and indents.
REMARK = re.compile(r"^\s*//.*\n|^/\*[^!].*?\*/\n|^ +", re.MULTILINE)
# Of Pico: what no page of ours has, some four kilobytes packed.
UNUSED = re.compile(
    r"data-tooltip|dropdown|modal-is|aria-label=breadcrumb|article>(?:header|footer)|dir=rtl|summary\[role|aria-busy"
    r"|^\[data-theme=dark\]$|type=(?:range|color|reset|month|week|time|datetime-local)|role=(?:switch|group)"
    r"|\.outline|\.contrast|\.container|\.grid|\b(?:blockquote|figure|figcaption|kbd|samp|mark|audio|video|canvas)\b"
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_BETWEEN = re.compile(r",(?![^(]*\))")  # two selectors of a rule
_AMONG = re.compile(r"\([^()]*\)")  # :is(), :not(): what it names is one of several
SMALLEST = 1024  # bytes that are worth packing


def serve_assets(app: Flask) -> None:
    """Give templates `asset(name)` and `feuille()`, and their answers a long life, packed for who takes them so."""
    marks: dict[str, str] = {}
    folder = Path(str(app.static_folder))
    sheet = _sheet(folder)
    sheet_mark = sha256(sheet).hexdigest()[:6]
    script = _script(folder)
    script_mark = sha256(script).hexdigest()[:6]
    icons = (folder / ICONS).read_bytes()
    icons_mark = sha256(icons).hexdigest()[:6]

    def asset(name: str) -> str:
        if name not in marks:
            marks[name] = sha256((folder / name).read_bytes()).hexdigest()[:6]
        return url_for("static", filename=name, v=marks[name])

    def one_file(content: bytes, kind: str, mark: str) -> Response:
        answer = Response(content, mimetype=kind)
        answer.headers["Cache-Control"] = KEPT if request.args.get("v") == mark else ANOTHERS
        return answer

    @public
    def style() -> Response:
        return one_file(sheet, "text/css", sheet_mark)

    @public
    def scripts() -> Response:
        return one_file(script, "text/javascript", script_mark)

    @public
    def drawn() -> Response:
        return one_file(icons, "image/svg+xml", icons_mark)

    def keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:
            response.headers["Cache-Control"] = KEPT
        return _packed(response) if request.endpoint in ("static", "style", "scripts", "icons") else response

    app.add_url_rule("/style.css", "style", style)
    app.add_url_rule("/script.js", "scripts", scripts)
    app.jinja_env.globals.update(asset=asset, feuille=lambda: url_for("style", v=sheet_mark))
    app.add_url_rule("/icons.svg", "icons", drawn)
    app.jinja_env.globals.update(scripts_de_la_page=lambda: url_for("scripts", v=script_mark))
    app.jinja_env.globals.update(icones=lambda: url_for("icons", v=icons_mark))
    app.after_request(keep)


def _sheet(folder: Path) -> bytes:
    """The style sheets one after the other, that of paper for paper."""
    vendors, *ours = [REMARK.sub("", (folder / name).read_text(encoding="utf-8")) for name in SHEETS]
    parts = [_RULE.sub(_used, vendors), *ours]
    paper = (folder / ON_PAPER).read_text(encoding="utf-8")
    return "\n".join([*parts, f"@media print {{\n{paper}}}\n"]).encode()


def _used(rule: re.Match[str]) -> str:
    """A rule for those of its selectors that a page of ours may have; nothing when there is none."""
    selectors = [one for one in _BETWEEN.split(rule[1]) if not UNUSED.search(_AMONG.sub("", _AMONG.sub("", one)))]
    return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""


def _script(folder: Path) -> bytes:
    """The modules of every page one after the other, each in a block of its own: none sees what another one names."""
    parts = [REMARK.sub("", (folder / name).read_text(encoding="utf-8")) for name in SCRIPTS]
    return "".join(f"{{\n{part}}}\n" for part in parts).encode()


def _packed(response: Response) -> Response:
    """The same, compressed: there is no secret in it. Pages never are: what is typed stands beside their tokens."""
    taken = request.accept_encodings.quality("gzip") > 0
    if response.mimetype not in PACKED or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    if taken and (response.content_length or 0) >= SMALLEST:
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), 9, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("ETag", None)  # it was that of the other form
    return response
