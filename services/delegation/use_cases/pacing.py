"""An administrator brings in a bounded number of new addresses an hour (M6): nobody mails the world in his name.

It bounds too how many addresses he can ask about. The caisse's import is not an administrator.
"""

from datetime import datetime, timedelta
from math import ceil

from backbone.clock import PARIS
from backbone.unit_of_work import UnitOfWork
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.errors import TooManyNewAddressesRefused
from services.delegation.domain.pace import free_at, recent
from services.delegation.storage import newcomers


def count_if_new(uow: UnitOfWork, actor: Delegation, email: str, most: int) -> None:
    """Count `email` if neither the adhérent nor the actor delegated to it before; the adhérent is held.

    Raises TooManyNewAddressesRefused (429 with its time) when `most` were counted within the hour.
    """
    account_id = actor.beneficiary.account_id
    if account_id is None:
        return
    if newcomers.is_known(uow.connection, email, adherent_id=actor.adherent_id, account_id=account_id):
        return
    times = newcomers.held(uow.connection, account_id)
    free = free_at(times, uow.now, most)
    if free is not None:
        raise TooManyNewAddressesRefused(
            f"Trop de tentatives. Réessayez plus tard. Vous avez délégué des droits à {most} nouvelles adresses en une"
            f" heure : la prochaine pourra l'être à {_minute_after(free):%H:%M}.",
            headers={"Retry-After": str(ceil((free - uow.now).total_seconds()))},
        )
    newcomers.keep(uow.connection, account_id, [*recent(times, uow.now), uow.now])


def _minute_after(at: datetime) -> datetime:
    """In Paris, the first whole minute that is not too early."""
    whole = at.replace(second=0, microsecond=0)
    return (whole if whole == at else whole + timedelta(minutes=1)).astimezone(PARIS)
