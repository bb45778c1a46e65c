"""What hypothesis draws: scopes, periods, facts."""

from datetime import date, timedelta

from hypothesis import strategies as st

from contracts.words.colleges import COLLEGES
from contracts.words.functions import FUNCTIONS
from contracts.words.levels import Level
from services.delegation.domain.grant import Grant
from services.delegation.domain.period import Period
from services.delegation.domain.rights import Scope
from services.delegation.domain.status import Facts

TODAY = date(2026, 11, 23)

days = st.dates(min_value=TODAY - timedelta(days=40), max_value=TODAY + timedelta(days=40))
scopes = st.builds(
    Scope,
    administrator=st.booleans(),
    colleges=st.frozensets(st.sampled_from(sorted(COLLEGES))),
    rights=st.dictionaries(st.sampled_from(sorted(FUNCTIONS)), st.sampled_from(list(Level))),
)
periods = st.builds(Period, days, st.none() | days)
grants = st.builds(Grant, periods, scopes)
facts = st.builds(Facts, st.just(TODAY - timedelta(days=50)), *[st.none() | days] * 4)
