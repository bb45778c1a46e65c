"""`python -m tools.dsn_synth.import_file FILE --url … --identity-url … --client-id … --client-secret-file …`

Sends a file to the dsn service as the caisse's systems do, with a machine token, and prints what became of each
declaration. Exit status 0 when all were taken, 1 when one was rejected, 2 when the file or the client was refused.
"""

import argparse
import sys
from pathlib import Path

import httpx

from backbone.strict_json import NotStrict, loads


def token(client: httpx.Client, url: str, client_id: str, secret: str) -> str:
    """A machine token of the identity service at `url`; httpx.HTTPStatusError when it is refused."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = client.post(f"{url}/v1/token", data=form)
    answer.raise_for_status()
    return str(loads(answer.content)["access_token"])


def send(client: httpx.Client, url: str, bearer: str, path: Path) -> httpx.Response:
    """The service's answer to the file."""
    kind = "application/x-ndjson" if path.suffix == ".jsonl" else "application/octet-stream"
    headers = {"Authorization": f"Bearer {bearer}", "Content-Type": kind}
    with path.open("rb") as file:
        return client.post(f"{url}/v1/imports", content=file.read(), headers=headers)


def main() -> int:
    """Read the command line and send."""
    parser = argparse.ArgumentParser(prog="python -m tools.dsn_synth.import_file", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8080/api/dsn")
    parser.add_argument("--identity-url", default="http://127.0.0.1:8080/api/identity")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--client-secret-file", type=Path, required=True)
    asked = parser.parse_args()
    try:
        with httpx.Client(timeout=300) as client:
            secret = asked.client_secret_file.read_text(encoding="utf-8").strip()
            bearer = token(client, asked.identity_url.rstrip("/"), asked.client_id, secret)
            answer = send(client, asked.url.rstrip("/"), bearer, asked.file)
        report = loads(answer.content)
    except (httpx.HTTPError, OSError, NotStrict) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    if answer.is_error:
        print(report.get("detail", answer.text), file=sys.stderr)
        return 2
    for one in report["declarations"]:
        said = " · ".join(str(one[name]) for name in ("siret", "periode", "code", "detail") if one[name])
        print(f"ligne {one['line']}: {one['status']} {said}")
    if report.get("stopped"):
        print("La lecture du fichier est arrêtée : trop de déclarations sont refusées.", file=sys.stderr)
    return 1 if report["totals"]["REJECTED"] else 0


if __name__ == "__main__":
    sys.exit(main())
