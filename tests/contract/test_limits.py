"""What two services count, they count alike: who is told « 429 » by one must not wait in silence at the other."""

from services.delegation.domain.invitation import PER_ADDRESS
from services.identity.domain.invitation import PER_ADHERENT


def test_delegation_lets_ask_for_as_many_invitations_as_identity_makes() -> None:
    assert PER_ADHERENT == PER_ADDRESS
