"""What somebody typed that is shown to others among words that are ours: judged as a name is (AA47)."""

from marshmallow import ValidationError

from contracts.rules.names import name_refusal, tidy_name

LONGEST = 200


def words(text: str) -> None:
    """Raises ValidationError, with its sentence, for what could hide, mislead or become a link."""
    if refusal := name_refusal(text, LONGEST):
        raise ValidationError(refusal)


def words_if_any(text: str) -> None:
    """The same, where nothing may be said."""
    if tidy_name(text):
        words(text)
