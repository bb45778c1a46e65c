"""`python -m tools.founder --caisse IDF --identifiant 0412345 --former old@… --email new@… --reason "…" --client-id …`

Replaces the founding administrator of an adhérent, as the caisse that named him (`docs/referential.md`). Exit status 0
when the new one is in place, now or before; 1 when it was refused: nothing changed then. It may always be run again.
"""

import argparse
import sys
from pathlib import Path
from typing import TextIO

import httpx

from tools.referential.sending import Caisse, Refused


def replace_founder(caisse: Caisse, asked: dict[str, str | None], out: TextIO) -> int:
    """Ask for it, telling `out`; the exit status."""
    try:
        answer = caisse.post("/v1/founders", json=asked)
    except Refused as refused:
        print(f"Refusé, rien n'a changé : {refused}", file=out)
        return 1
    done = "est désigné et invité" if answer["replaced"] else "était déjà désigné, rien n'a changé"
    print(f"{asked['email']} {done} (délégation {answer['delegation_id']}).", file=out)
    return 0


def main() -> int:
    """Read the command line and ask."""
    parser = argparse.ArgumentParser(prog="python -m tools.founder", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8080/api/delegation")
    parser.add_argument("--identity-url", default="http://127.0.0.1:8080/api/identity")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--client-secret-file", type=Path, required=True)
    parser.add_argument("--caisse", required=True)
    parser.add_argument("--identifiant", required=True, help="the adhérent's identifiant at that caisse")
    parser.add_argument("--former", required=True, help="the address of who is replaced")
    parser.add_argument("--email", required=True, help="the address of who is named")
    parser.add_argument("--nom")
    parser.add_argument("--prenom")
    parser.add_argument("--reason", required=True, help="kept in the journal, which the company's administrators read")
    asked = parser.parse_args()
    body = {name: getattr(asked, name) for name in ("caisse", "identifiant", "email", "nom", "prenom", "reason")}
    try:
        secret = asked.client_secret_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        print(f"Fichier illisible : {error.filename} ({error.strerror})", file=sys.stderr)
        return 1
    with httpx.Client(timeout=30) as client:
        urls = (asked.url.rstrip("/"), asked.identity_url.rstrip("/"))
        caisse = Caisse(client, *urls, asked.client_id, secret)
        return replace_founder(caisse, {**body, "former_email": asked.former}, sys.stdout)


if __name__ == "__main__":
    sys.exit(main())
