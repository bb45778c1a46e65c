"""The founding administrator of each adhérent: opened with it, replaced only while he has not completed his account."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_OPENED
from contracts.words.kinds import Kind
from contracts.words.reasons import Closed
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.grant import Grant
from services.delegation.domain.period import Period
from services.delegation.domain.referential import AdherentColumns, Rejection
from services.delegation.domain.referential_merge import Known, Said, founder_changed, with_known_founder
from services.delegation.domain.rights import everything
from services.delegation.domain.status import Facts
from services.delegation.steps.announce import announce
from services.delegation.steps.bounding import close_with_descendants
from services.delegation.storage import accounts, delegations, journal, referential
from services.delegation.storage.journal import REFERENTIAL, Act, Author

# The caisse has no name or address in an event: nobody answers to it.
THE_CAISSE = {"email": "", "nom": None, "prenom": None}
Pair = tuple[Said, Known]


def open_founders(founded: Sequence[tuple[Mapping[str, Any], AdherentColumns]], uow: UnitOfWork) -> None:
    """Open the delegation of the founding administrator of each adhérent: everything, from today, for good (G5)."""
    _open([(adherent, _founder(adherent, columns, uow)) for adherent, columns in founded], REFERENTIAL, uow)


def open_founder(adherent: Mapping[str, Any], who: Beneficiary, author: Author, uow: UnitOfWork) -> Delegation:
    """Open the delegation of one founding administrator, whom `author` named; it is announced."""
    opened = _delegation(adherent["adherent_id"], who, uow)
    _open([(adherent, opened)], author, uow)
    return opened


def _open(opened: Sequence[tuple[Mapping[str, Any], Delegation]], author: Author, uow: UnitOfWork) -> None:
    delegations.add(uow.connection, [one for _, one in opened], author=author, at=uow.now)
    for adherent, one in opened:
        announce(uow, DELEGATION_OPENED, one, adherent, opened_by=THE_CAISSE)


def settle_founders(pairs: Sequence[Pair], uow: UnitOfWork) -> tuple[list[Pair], list[Rejection]]:
    """What to write for adhérents already known, once their founders are settled, and the changes to report."""
    asked = [(said, known) for said, known in pairs if said.columns != known.columns]
    current = referential.founders(uow.connection, [known.id for _, known in asked])
    settled = {known.id: said for said, known in pairs}
    replaced: list[Pair] = []
    renamed: list[Delegation] = []
    refused: list[Rejection] = []
    for said, known in asked:
        reason = _objection(said, known, current.get(known.id, []), uow)
        if reason:
            settled[known.id] = with_known_founder(said, known)
            refused.append(Rejection(said.lines[0].number, *reason))
        elif founder_changed(said, known) and not _same_person(said, current.get(known.id, []), uow):
            replaced.append((said, known))
        else:
            renamed += _renamed(said, current.get(known.id, []))
    _replace(replaced, current, uow)
    delegations.save(uow.connection, renamed, act=Act.MODIFICATION, author=REFERENTIAL, at=uow.now)
    return [(settled[known.id], known) for _, known in pairs], refused


def _objection(said: Said, known: Known, founders: Sequence[Delegation], uow: UnitOfWork) -> tuple[str, str] | None:
    if not founder_changed(said, known) or _same_person(said, founders, uow):
        return None
    if journal.was_done(uow.connection, [founder.id for founder in founders], Act.REMPLACEMENT):
        # The file may be older than the replacement: it would bring back who was dismissed.
        told = "L'administrateur a été remplacé à la demande de la caisse : seule une nouvelle demande le change."
        return "administrateur_remplace", f"{told} Le reste de la ligne est appliqué."
    if any(founder.completed_at for founder in founders):
        told = "L'administrateur a déjà ouvert son compte : il n'est pas remplacé. Le reste de la ligne est appliqué."
        return "administrateur_deja_actif", told
    period, owners = Period(paris_day(uow.now)), accounts.owners(uow.connection, said.columns.founder_email)
    if delegations.clashing(uow.connection, known.id, said.columns.founder_email, owners, period):
        told = "Le nouvel administrateur a déjà une délégation sur cet adhérent. Le reste de la ligne est appliqué."
        return "administrateur_deja_beneficiaire", told
    return None


def _same_person(said: Said, founders: Sequence[Delegation], uow: UnitOfWork) -> bool:
    """True if the address the caisse corrects to is the one its founding administrator now logs in with (K2)."""
    owners = accounts.owners(uow.connection, said.columns.founder_email)
    live = [founder for founder in founders if not (founder.closed_at or founder.refused_at)]
    return any(founder.beneficiary.account_id in owners for founder in live)


def _replace(pairs: Sequence[Pair], current: Mapping[Any, Sequence[Delegation]], uow: UnitOfWork) -> None:
    """The former invitation dies with its delegation; the new founder gets his own."""
    former = [one for _, known in pairs for one in current.get(known.id, []) if not (one.closed_at or one.refused_at)]
    close_with_descendants(uow, former, act=Act.FERMETURE, author=REFERENTIAL, reason=Closed.FERMETURE)
    open_founders([(reference(known.id, said.columns), said.columns) for said, known in pairs], uow)


def reference(id: UUID, columns: AdherentColumns) -> dict[str, Any]:
    """What events say of an adhérent."""
    return {"adherent_id": id, **seen(columns)}


def seen(columns: AdherentColumns) -> dict[str, str]:
    """What other services see of it."""
    names = ("caisse", "identifiant", "raison_sociale", "siren")
    return {name: getattr(columns, name) for name in names}


def _renamed(said: Said, founders: Sequence[Delegation]) -> list[Delegation]:
    names = (said.columns.founder_nom, said.columns.founder_prenom)
    waiting = [one for one in founders if not (one.completed_at or one.closed_at)]
    return [one.renamed(*names) for one in waiting if (one.beneficiary.nom, one.beneficiary.prenom) != names]


def _founder(adherent: Mapping[str, Any], columns: AdherentColumns, uow: UnitOfWork) -> Delegation:
    who = Beneficiary(columns.founder_email, None, columns.founder_nom, columns.founder_prenom)
    return _delegation(adherent["adherent_id"], who, uow)


def _delegation(adherent_id: UUID, who: Beneficiary, uow: UnitOfWork) -> Delegation:
    day = paris_day(uow.now)
    grant = Grant(Period(day), everything())
    return Delegation(
        id=new_id(),
        adherent_id=adherent_id,
        kind=Kind.FONDATEUR,
        beneficiary=who,
        granted=grant,
        effective=grant,
        opened_at=uow.now,
        facts=Facts(day),
    )
