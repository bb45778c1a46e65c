"""`python -m embedded` for a caisse that serves something on its own website: it has no option for that."""

import dataclasses

import gateway.settings
from embedded import system
from embedded.__main__ import main
from embedded.folder import Folder
from tests.journeys.systems import ELSEWHERE

WITHOUT = system.gateway_settings


def with_elsewhere(folder: Folder, public_url: str) -> gateway.settings.Settings:
    """What the embedded system tells the gateway, and the file of services elsewhere, beside its folder."""
    file = folder.path.parent / "elsewhere.csv"
    file.write_text(ELSEWHERE)
    return dataclasses.replace(WITHOUT(folder, public_url), elsewhere_file=str(file))


if __name__ == "__main__":
    setattr(system, "gateway_settings", with_elsewhere)  # noqa: B010
    main()
