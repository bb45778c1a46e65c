"""Choosing a password, wherever it happens: the rule with the person's own words, then the hash (G49, ASVS 6.3.4)."""

from dataclasses import dataclass

from backbone.errors import Refused
from services.identity.domain.account import Account
from services.identity.domain.password import Strength, password_refusals


@dataclass(frozen=True)
class ChosenPassword:
    """A password and its confirmation, as typed."""

    mot_de_passe: str
    confirmation: str

    def __repr__(self) -> str:
        return "ChosenPassword(***)"

    def refusals(self, account: Account, strength: Strength, *more_words: str) -> list[Refused]:
        """What is wrong with it for the owner of `account`."""
        words = [account.email, account.nom or "", account.prenom or "", *more_words]
        return password_refusals(self.mot_de_passe, self.confirmation, words, strength)
