"""What step 2 of « Déléguer des droits » accepts (G27–G34, AA27, AA31)."""

import pytest

from backbone.errors import Refused
from contracts.words.colleges import COLLEGES
from contracts.words.functions import FUNCTIONS
from contracts.words.levels import Level
from services.delegation.domain.matrix import scope_asked
from services.delegation.domain.refusals import (
    LastCollegeRefused,
    MoreThanOwnedRefused,
    NoRightRefused,
    PartialAdministratorRefused,
    UnknownCollegeRefused,
    UnknownFunctionRefused,
    UnknownLevelRefused,
)
from services.delegation.domain.rights import Scope, everything

READ = {"mes_documents": "consultation"}
ALL = dict.fromkeys(FUNCTIONS, "mise_a_jour")
WITHOUT_CADRES = Scope(True, frozenset({"ouvriers", "etam"}), everything().rights)


def asked(administrator=False, colleges=("etam",), rights=READ, grantor=None) -> Scope:
    return scope_asked(administrator, list(colleges), rights, grantor or everything())


def test_rights_line_by_line_g33() -> None:
    assert asked() == Scope(False, frozenset({"etam"}), {"mes_documents": Level.CONSULTATION})


@pytest.mark.parametrize("rights", [{}, ALL])
@pytest.mark.parametrize("colleges", [(), tuple(COLLEGES)])
def test_administrator_forces_everything_g29(colleges, rights) -> None:
    assert asked(True, colleges, rights) == everything()


def test_administrator_gets_the_accessible_colleges_of_the_grantor_g29() -> None:
    assert asked(True, (), {}, WITHOUT_CADRES).colleges == {"ouvriers", "etam"}


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"colleges": ()}, LastCollegeRefused),
        ({"colleges": ("stagiaires",)}, UnknownCollegeRefused),
        ({"rights": {"mes_secrets": "consultation"}}, UnknownFunctionRefused),
        ({"rights": {"mes_documents": "tout"}}, UnknownLevelRefused),
        ({"rights": {}}, NoRightRefused),
        ({"administrator": True, "rights": READ}, PartialAdministratorRefused),
        ({"administrator": True, "rights": {}}, PartialAdministratorRefused),
    ],
)
def test_a_wrong_matrix_is_refused_aa31(arguments: dict, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        asked(**arguments)


@pytest.mark.parametrize("administrator", [True, False])
def test_a_college_the_grantor_lacks_is_refused_aa27(administrator: bool) -> None:
    rights = {} if administrator else READ
    with pytest.raises(MoreThanOwnedRefused) as refused:
        asked(administrator, tuple(COLLEGES), rights, WITHOUT_CADRES)
    assert refused.value.errors[0].field == "colleges"


def test_a_right_the_grantor_lacks_is_refused_g28() -> None:
    """Whoever administers delegates what he has access to, and no more."""
    reader = Scope(True, frozenset({"etam"}), {"mes_documents": Level.CONSULTATION})
    assert asked(grantor=reader).rights == {"mes_documents": Level.CONSULTATION}
    for more in ({"mes_documents": "mise_a_jour"}, {"mes_salaries": "consultation"}):
        with pytest.raises(MoreThanOwnedRefused) as refused:
            asked(rights=more, grantor=reader)
        assert refused.value.errors[0].field == "rights"


def test_the_messages_are_the_exact_ones_m8_m9() -> None:
    assert LastCollegeRefused.detail == "Au moins un collège doit être sélectionné."
    assert MoreThanOwnedRefused.detail == "Vous ne pouvez pas accorder un droit que vous ne possédez pas."
