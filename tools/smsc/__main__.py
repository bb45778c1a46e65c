"""`python -m tools.smsc`: an SMS centre that runs until it is told to stop."""

import argparse

from tools.smsc.centre import Smsc
from tools.smsc.page import serve


def main() -> None:
    """Listen for SMPP and show what comes."""
    parser = argparse.ArgumentParser(prog="smsc", description="An SMS centre for development: never for real phones.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--smpp-port", type=int, default=2775)
    parser.add_argument("--http-port", type=int, default=8080)
    given = parser.parse_args()
    serve(Smsc(given.host, given.smpp_port), given.host, given.http_port).serve_forever()


if __name__ == "__main__":
    main()
