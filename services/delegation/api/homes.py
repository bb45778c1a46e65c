"""The home page of a site, what is counted for its tiles, and those that are pinned (G69)."""

from typing import Any
from uuid import UUID

from backbone.errors import NotFound
from backbone.web import blueprint, perform, principal, query, signed_in
from contracts.words.uses import CODES
from services.delegation.api.home_schemas import HomeSchema, UsesSchema
from services.delegation.queries.site_home import site_home
from services.delegation.use_cases.pin_tile import PinTile, pin_tile
from services.delegation.use_cases.record_uses import RecordUses, record_uses

blp = blueprint("homes", url_prefix="/v1")
PIN = "/adherents/<uuid:adherent_id>/pins/<string:code>"


@blp.get("/sites/<uuid:site_id>/home")
@signed_in
@blp.response(200, HomeSchema)
def get_home(site_id: UUID) -> Any:
    """One of my sites, my tiles in their order, and what awaits me there."""
    me = principal()
    return query(site_home, account_id=me.account_id, site_id=site_id, since=me.authenticated_at)


@blp.post("/adherents/<uuid:adherent_id>/uses")
@signed_in
@blp.arguments(UsesSchema)
@blp.response(204)
def note(body: dict[str, Any], adherent_id: UUID) -> None:
    """I opened these today; said twice it is once, so no key is kept for it."""
    perform(record_uses, RecordUses(principal().account_id, adherent_id, body["codes"]), idempotent=False)


@blp.post(PIN)
@signed_in
@blp.response(204)
def pin(adherent_id: UUID, code: str) -> None:
    """Keep that tile in front."""
    perform(pin_tile, PinTile(principal().account_id, adherent_id, _known(code), True))


@blp.post(f"{PIN}/end")
@signed_in
@blp.response(204)
def unpin(adherent_id: UUID, code: str) -> None:
    """Leave it to its uses."""
    perform(pin_tile, PinTile(principal().account_id, adherent_id, _known(code), False))


def _known(code: str) -> str:
    if code not in CODES:
        raise NotFound
    return code
