"""Which events a version reads: run inside that version's folder, with its code alone.

Its input is JSON: {type: [payload, …]}. It answers {type: what is wrong with one, or nothing}; a type that it does not
know is not answered.
"""

import json
import sys
from typing import Any

from contracts import REGISTRY


def wrong(type_: str, payloads: list[Any]) -> str:
    """Why the card of that type does not read one of them."""
    card = REGISTRY.cards[type_]
    for payload in payloads:
        try:
            card.load(payload)
        except Exception as error:
            return repr(error)
    return ""


def main() -> None:
    """Read them all."""
    given = json.load(sys.stdin)
    json.dump({name: wrong(name, them) for name, them in given.items() if name in REGISTRY.cards}, sys.stdout)


if __name__ == "__main__":
    main()
