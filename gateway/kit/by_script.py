"""What a script of a page asks for, it is told in a form that it can read: a stable code and the French sentence."""

from flask import Response, jsonify, request

KIND = "application/problem+json"


def by_script() -> bool:
    """Whether a script of ours asks, and not the browser itself: it says which form it wants its refusals in."""
    return request.accept_mimetypes.best == KIND


def told(status: int, code: str, sentence: str) -> Response:
    """A refusal for a script to show."""
    answer = jsonify(code=code, message=sentence)
    answer.status_code, answer.content_type = status, KIND
    return answer
