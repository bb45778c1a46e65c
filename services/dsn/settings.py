"""What the dsn service can be told."""

from dataclasses import dataclass
from datetime import timedelta

from backbone.shape.config import BaseSettings, SettingsError, setting
from contracts.rules.working_days import REGIONS
from services.dsn.domain.deposit import fund_code
from services.dsn.domain.site import EVERY, Patience


@dataclass(frozen=True, kw_only=True)
class Settings(BaseSettings):
    """The service's own settings, beside those every service has."""

    missing_grace_days: int = setting("Days after the due date before a month is missing.", default=8)
    opening_grace_days: int = setting("Days a new site has for its months already past.", default=8)
    crm_timeout_days: int = setting("Days a correction may wait for its answer before the alert is back.", default=15)
    retention_years: int = setting("Civil years that months are judged and kept, beside the current one.", default=5)
    fund_codes: str = setting(
        "Codes of the caisses in S21.G00.40.022, as IDF=BTPIDF,GO=BTPGO; one not named gets a fictional code.",
        default="",
    )
    holiday_regions: str = setting(
        "Caisses with holidays of their region, as GE=6AE,REU=974; codes: docs/dsn.md, « Due dates ».",
        default="",
    )
    neant_waits: str = setting(
        "Caisses that answer a néant, as IDF,GO, or * for all: theirs is processed once answered, not when it comes.",
        default="",
    )
    import_max_bytes: int = setting("Largest file that is imported, once unpacked.", default=1_000_000_000)
    report_max_bytes: int = setting("Largest report in XML that is imported, once unpacked.", default=100_000_000)
    import_most_refused: int = setting("Refused declarations after which a file is not read on.", default=10_000)

    def patience(self) -> Patience:
        """How long the caisse waits. SettingsError when the codes or the regions cannot be read."""
        regions = _by_caisse("ESPACE_HOLIDAY_REGIONS reads CAISSE=REGION,CAISSE=REGION", self.holiday_regions)
        if unknown := sorted(set(regions.values()) - REGIONS):
            known = ", ".join(sorted(REGIONS))
            raise SettingsError(f"Settings of dsn: ESPACE_HOLIDAY_REGIONS knows {known}, not {', '.join(unknown)}.")
        codes = _by_caisse("ESPACE_FUND_CODES reads CAISSE=CODE,CAISSE=CODE", self.fund_codes)
        waits = [one.strip() for one in self.neant_waits.split(",") if one.strip()]
        return Patience(
            missing_grace=timedelta(days=self.missing_grace_days),
            opening_grace=timedelta(days=self.opening_grace_days),
            crm_timeout=timedelta(days=self.crm_timeout_days),
            fund_codes=codes,
            regions=regions,
            kept_years=self.retention_years,
            neant_waits=frozenset(one if one == EVERY else fund_code(one, codes) for one in waits),
        )


def _by_caisse(form: str, written: str) -> dict[str, str]:
    """What a setting says of each caisse."""
    pairs = [part.split("=") for part in written.split(",") if part.strip()]
    if any(len(pair) != 2 or not all(map(str.strip, pair)) for pair in pairs):
        raise SettingsError(f"Settings of dsn: {form}.")
    return {caisse.strip(): value.strip() for caisse, value in pairs}
