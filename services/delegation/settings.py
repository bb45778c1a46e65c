"""What the delegation service can be told, beside what every service can."""

from dataclasses import dataclass

from backbone.shape.config import BaseSettings, setting


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """Settings of delegation."""

    invitation_pause_seconds: int = setting("Seconds between two new links for one pending delegation.", default=60)
    new_addresses_per_hour: int = setting(
        "Addresses, new to what he sees, that one administrator may ask to delegate to in an hour, refused or not.",
        default=20,
    )
    hidden_clashes_per_hour: int = setting(
        "Times in an hour that one administrator may be refused days for what he may not see.", default=10
    )
    import_lines_per_request: int = setting("Most lines one import request may carry.", default=5000)
    import_most_refused: int = setting("Refused lines of one import after which it takes no more.", default=10_000)
    closing_batch: int = setting("Ended delegations closed in one transaction.", default=500)
    uses_half_life_days: int = setting(
        "Days after which a use of a function counts half as much for the order of the tiles.", default=30
    )
    bank_details_hours: int = setting(
        "Hours that a request for new bank details waits, during which any administrator cancels it (G78).", default=48
    )
    bank_details_days: int = setting("Days that it then stays open to who asked (G78).", default=7)
    review_months: int = setting("Months after which the delegations of a company are reviewed again.", default=6)
