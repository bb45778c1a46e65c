"""What became of what one did last: one message above the page, the newest; what the page refuses goes before it.

Each act leaves its word with `flash`; a redirect that nobody looked at leaves it for the next page, where the newer
word is the true one. What is typed again after a refusal is said in the same message, not beside it.
"""

from flask import g, get_flashed_messages

from gateway.kit.drafts import resumed

RESUMED = "Ce que vous aviez saisi est repris. Rien n'avait été enregistré : vérifiez, puis validez de nouveau."


def outcome() -> tuple[str, str] | None:
    """The kind and the sentence to show, the same to whoever asks while this page is made; None: nothing happened."""
    if "outcome" not in g:
        g.outcome = _newest()
    found: tuple[str, str] | None = g.outcome
    return found


def _newest() -> tuple[str, str] | None:
    kind, sentence = ([("", ""), *get_flashed_messages(with_categories=True)])[-1]
    if resumed():
        return kind or "information", f"{sentence} {RESUMED}".strip()
    return (kind, sentence) if sentence else None
