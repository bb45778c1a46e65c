"""One answer of a review, as it is sent (`requests.ReviewAnswers`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReviewAnswer:
    """What becomes of one delegation, on the version that was shown; `rights`: what a reduction leaves."""

    delegation_id: str
    version: int
    answer: str
    rights: dict[str, str]
