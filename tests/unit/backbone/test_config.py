"""Settings: everything wrong is said at once, and a secret is never shown."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from backbone.shape.config import BaseSettings, SettingsError, setting

GIVEN = {"ESPACE_DATABASE_URL": "sqlite:///x.db", "ESPACE_BROKER_URL": "embedded:"}


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """A service's own settings."""

    days: int = setting("Some days.", default=7)
    pepper: str = setting("A secret.", secret=True)


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as refused:
        Settings.load(environ)
    return str(refused.value)


def test_a_variable_is_read_as_the_type_of_its_field() -> None:
    assert Settings.load({**GIVEN, "ESPACE_PEPPER": "x", "ESPACE_DAYS": "3"}).days == 3


def test_what_is_not_given_has_its_default() -> None:
    assert Settings.load({**GIVEN, "ESPACE_PEPPER": "x"}).days == 7


def test_everything_wrong_is_said_in_one_sentence() -> None:
    said = refusal({"ESPACE_DAYS": "many", "ESPACE_PEPPERS": "x"})
    for wrong in ("ESPACE_PEPPERS is not a setting", "ESPACE_DATABASE_URL is missing", "ESPACE_PEPPER is missing"):
        assert wrong in said
    assert "ESPACE_DAYS cannot be read" in said
    assert "\n" not in said and said.endswith(".") and ".)" not in said


def test_the_sentence_never_quotes_a_value() -> None:
    assert "hunter2" not in refusal({**GIVEN, "ESPACE_PEPPER": "x", "ESPACE_DAYS": "hunter2"})


def test_a_secret_comes_from_a_file_without_its_last_newline(tmp_path: Path) -> None:
    (tmp_path / "pepper").write_text("s3cret\n")
    assert Settings.load({**GIVEN, "ESPACE_PEPPER_FILE": str(tmp_path / "pepper")}).pepper == "s3cret"


def test_a_file_that_cannot_be_read_is_a_sentence_too(tmp_path: Path) -> None:
    said = refusal({**GIVEN, "ESPACE_PEPPER_FILE": str(tmp_path / "nowhere")})
    assert "ESPACE_PEPPER cannot be read" in said


def test_variables_of_others_are_none_of_our_business() -> None:
    assert Settings.load({**GIVEN, "ESPACE_PEPPER": "x", "HOME": "/root"}).pepper == "x"


def test_a_secret_is_masked_wherever_settings_are_shown() -> None:
    settings = Settings.load({**GIVEN, "ESPACE_PEPPER": "s3cret"})
    assert settings.effective()["pepper"] == "***"
    assert "s3cret" not in repr(settings) and "s3cret" not in str(settings)


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESPACE_PEPPER", "outside")
    Settings.load({**GIVEN, "ESPACE_PEPPER": "inside"})
    assert Settings.of(database_url="", broker_url="", pepper="p").pepper == "p"
    assert os.environ["ESPACE_PEPPER"] == "outside"
