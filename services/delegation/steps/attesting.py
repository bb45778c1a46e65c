"""An attestation is issued once for a delegation as it is: who asks again is given the same one (decision 61)."""

import secrets

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.rules.attestation_numbers import new_number
from contracts.words.journal import Act
from services.delegation.domain.attestation import Attestation, Parties, ensure_attestable
from services.delegation.domain.delegation import INSTANTS, Delegation
from services.delegation.storage import adherents, attestations, delegations, journal, shown_texts

WITHOUT = "refused_at"  # of what was never refused


def attest(uow: UnitOfWork, held: Delegation, author: journal.Author) -> None:
    """Issue the one of `held`, whose adhérent is held; nothing if it has one as it is. NothingToAttestRefused.

    Its line in the journal is a version of the delegation, which is the one that the document is of.
    """
    day = paris_day(uow.now)
    ensure_attestable(held, day)
    if attestations.of(uow.connection, held):
        return
    noted = held.noted()
    delegations.save(uow.connection, [noted], act=Act.ATTESTATION, author=author, at=uow.now)
    company, who = adherents.reference(uow.connection, held.adherent_id), held.beneficiary
    named = (company["raison_sociale"], company["siren"], company["identifiant"])
    done = journal.authors(uow.connection, held, (Act.OUVERTURE, Act.CONFIRMATION))
    one = Attestation(
        new_number(secrets.choice),
        held.id,
        noted.sequence,
        uow.now,
        Parties(*named, who.nom, who.prenom, who.email),
        held.kind,
        held.role,
        held.effective,
        held.usable_on(day),
        **{name: getattr(held, name) for name in INSTANTS if name != WITHOUT},
        opened_by=done.get(Act.OUVERTURE),
        confirmed_by=done.get(Act.CONFIRMATION),
        texts=shown_texts.shown(uow.connection, held.id),
    )
    attestations.add(uow.connection, one)
