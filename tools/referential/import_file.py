"""`python -m tools.referential.import_file FILE --url … --identity-url … --client-id … --client-secret-file …`

Sends a referential file (CSV or JSON lines, `docs/referential.md`) as the caisse's systems do. Exit status 0 when every
line is in, 1 when lines were rejected or the import was interrupted; sending the file again is always safe.
"""

import argparse
import sys
from pathlib import Path
from typing import TextIO

import httpx

from tools.referential.chunks import LINES
from tools.referential.reporting import report
from tools.referential.sending import Caisse, Refused, Totals


def import_file(path: Path, caisse: Caisse, out: TextIO, lines: int = LINES) -> int:
    """Send `path`, telling `out`; the exit status."""
    totals, problem = Totals(), None
    with report(path.stat().st_size, out) as told:
        caisse.tell = told.waiting
        try:
            for chunk, answer in caisse.send(path, lines):
                totals.add(chunk, answer)
                told.chunk(chunk, answer["rejected"], totals)
            if not totals.counted:
                problem = "Le fichier est vide : il n'a aucune ligne de données."
        except Refused as refused:
            problem = str(refused)
        told.end(totals, problem)
    return 1 if problem or totals.rejected else 0


def main() -> int:
    """Read the command line and import."""
    parser = argparse.ArgumentParser(prog="python -m tools.referential.import_file", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8080/api/delegation")
    parser.add_argument("--identity-url", default="http://127.0.0.1:8080/api/identity")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--client-secret-file", type=Path, required=True)
    parser.add_argument("--chunk-lines", type=int, default=LINES, help="lines of one transaction, about")
    asked = parser.parse_args()
    try:
        secret = asked.client_secret_file.read_text(encoding="utf-8").strip()
        with httpx.Client(timeout=120) as client:
            urls = (asked.url.rstrip("/"), asked.identity_url.rstrip("/"))
            return import_file(
                asked.file, Caisse(client, *urls, asked.client_id, secret), sys.stdout, asked.chunk_lines
            )
    except OSError as error:
        print(f"Fichier illisible : {error.filename} ({error.strerror})", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
