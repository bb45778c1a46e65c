"""The scenarios of a month. Each says its own end in closed form: which alert lives from when to when."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.oracle.days import TIMEOUT, plus
from tests.oracle.model import BEGINNING, IN_CORRECTION, MISSING, OPEN, TO_RECTIFY, Fact, Place, Span, Story

REASONS = {1: "CORRECTIONS", 2: "PARTIAL"}
Scenario = Callable[[Place], Story]


def flow(place: Place, number: int = 1) -> str:
    """The flow of the `number`th deposit of the month."""
    return f"{place.siret}-{place.period}-{number}"


def deposit(place: Place, at: datetime, number: int = 1, **said: object) -> Fact:
    """A real, complete, monthly declaration of three people of the caisse, but for what is `said`."""
    data = {
        "flow_id": flow(place, number),
        "rank": "1",
        "siret": place.siret,
        "period": place.period,
        "nature": "01",
        "type": "01",
        "order": number,
        "deposited_at": at.isoformat(),
        "individuals": 3,
        "fund_codes": {place.code: 3},
        **said,
    }
    return Fact(at, "declaration.received.v1", data)


def answer(place: Place, at: datetime, code: int | None, number: int = 1) -> Fact:
    """The caisse's answer to the `number`th deposit; None: it has not finished."""
    status = "EN_COURS" if code is None else ("OK", "ANO", "ANO", "KO")[code]
    data = {"flow_id": flow(place, number), "rank": "1", "organism": "CIBTP", "status": status, "code": code}
    return Fact(at, "crm.published.v1", {**data, "published_at": at.isoformat()})


def waiting(place: Place) -> list[tuple[datetime, str]]:
    """The states of a month of which nothing counts."""
    return [(BEGINNING, "A_VENIR"), (place.due, "EN_ATTENTE"), (place.grace_end, "MANQUANTE")]


def until(place: Place, came: datetime) -> list[tuple[datetime, str]]:
    """The states of a month before what counts came."""
    return [one for one in waiting(place) if one[0] < came]


def missed(place: Place, end: datetime | None = None, reason: str = "MISSING") -> list[Span]:
    """Missing after the grace, until `end`."""
    return [Span(MISSING, (OPEN, reason), place.grace_end, end)]


def _hours(place: Place) -> timedelta:
    return timedelta(hours=place.random.randint(1, 9), minutes=place.random.randint(0, 59))


def _ahead(place: Place) -> datetime:
    """In the declared month itself, or just after it."""
    return plus(place.due, -place.random.randint(12, 20)) + _hours(place)


def _on_time(place: Place) -> datetime:
    return plus(place.due, -place.random.randint(1, 4)) + _hours(place)


def _in_grace(place: Place) -> datetime:
    return plus(place.due, place.random.randint(1, 6)) + _hours(place)


def _late(place: Place) -> datetime:
    return plus(place.due, place.random.randint(9, 60)) + _hours(place)


def _sometime(place: Place) -> datetime:
    return place.random.choice((_ahead, _on_time, _on_time, _in_grace, _late))(place)


def accepted(when: Callable[[Place], datetime], **said: object) -> Scenario:
    """Declared at some time, accepted two days later."""

    def story(place: Place) -> Story:
        came = when(place)
        done = plus(came, 2)
        states = [*until(place, came), (came, "EN_TRAITEMENT"), (done, "ACCEPTEE")]
        facts = [deposit(place, came, **said), answer(place, done, 0)]
        return Story("accepted", facts, missed(place, came), states)

    return story


def nothing(place: Place) -> Story:
    """Nobody declares."""
    return Story("nothing", [], missed(place), waiting(place))


def neant(place: Place) -> Story:
    """Nobody works this month: it says nothing of the next one."""
    came = _on_time(place)
    states = [*until(place, came), (came, "ACCEPTEE_NEANT")]
    said = {"type": "02", "individuals": 0, "fund_codes": {}}
    return Story("neant", [deposit(place, came, **said), answer(place, came, 0)], missed(place, came), states)


def nobody(place: Place) -> Story:
    """People, but none of this caisse."""
    came = _on_time(place)
    said = {"fund_codes": {"BTPZZZ": 3}, "absences": [place.code]}
    states = [*until(place, came), (came, "ACCEPTEE_NEANT")]
    return Story("nobody", [deposit(place, came, **said), answer(place, came, 0)], missed(place, came), states)


def judged(code: int) -> Scenario:
    """Declared, and the answer is bad: for ever, or until it is published again."""

    def story(place: Place) -> Story:
        came = _sometime(place)
        known = plus(came, 2)
        mended = plus(known, place.random.randint(3, 40)) if place.random.random() < 0.5 else None
        bad = (MISSING, "PROCESSING") if code == 3 else (TO_RECTIFY, REASONS[code])
        spans = [*missed(place, came), Span(bad[0], (OPEN, bad[1]), known, mended)]
        states = [*until(place, came), (came, "EN_TRAITEMENT"), (known, "REJETEE" if code == 3 else "A_RECTIFIER")]
        facts = [deposit(place, came), answer(place, known, code)]
        if mended:
            facts.append(answer(place, mended, 0))
            states.append((mended, "ACCEPTEE"))
        return Story(f"judged {code}", facts, spans, states)

    return story


def turned(place: Place) -> Story:
    """Accepted, then refused after all."""
    came = _on_time(place)
    good, bad = plus(came, 2), plus(came, 9)
    facts = [deposit(place, came), answer(place, good, 0), answer(place, bad, 3)]
    states = [*until(place, came), (came, "EN_TRAITEMENT"), (good, "ACCEPTEE"), (bad, "REJETEE")]
    return Story("turned", facts, [*missed(place, came), Span(MISSING, (OPEN, "PROCESSING"), bad)], states)


def unanswered(place: Place) -> Story:
    """Declared; the caisse says nothing, or that it has not finished."""
    came = _on_time(place)
    facts = [deposit(place, came)]
    if place.random.random() < 0.5:
        facts.append(answer(place, plus(came, 2), None))
    return Story("unanswered", facts, missed(place, came), [*until(place, came), (came, "EN_TRAITEMENT")])


def looked_at_again(place: Place) -> Story:
    """Partly taken, then looked at again, then accepted: what was to rectify stays so meanwhile."""
    came = _on_time(place)
    bad, again, good = plus(came, 2), plus(came, 6), plus(came, 11)
    facts = [
        deposit(place, came),
        *(answer(place, at, code) for at, code in ((bad, 2), (again, None), (good, 0))),
    ]
    spans = [*missed(place, came), Span(TO_RECTIFY, (OPEN, "PARTIAL"), bad, good)]
    states = [*until(place, came), (came, "EN_TRAITEMENT"), (bad, "A_RECTIFIER"), (again, "EN_TRAITEMENT")]
    return Story("looked at again", facts, spans, [*states, (good, "ACCEPTEE")])


def replaced(place: Place) -> Story:
    """To rectify, replaced before the due date; the caisse accepts the replacement, or says nothing for too long."""
    came = plus(place.due, -9) + _hours(place)
    bad, sent = plus(came, 2), plus(came, 5)
    good = plus(sent, 4) if place.random.random() < 0.6 else None
    late = plus(sent, TIMEOUT)
    code = place.random.choice((1, 2))
    facts = [deposit(place, came), answer(place, bad, code), deposit(place, sent, 2, type="03")]
    spans = [
        *missed(place, came),
        Span(TO_RECTIFY, (OPEN, REASONS[code]), bad, sent),
        Span(TO_RECTIFY, (IN_CORRECTION, REASONS[code]), sent, good or late),
    ]
    states = [*until(place, came), (came, "EN_TRAITEMENT"), (bad, "A_RECTIFIER"), (sent, "EN_TRAITEMENT")]
    if good:
        return Story("replaced", [*facts, answer(place, good, 0, 2)], spans, [*states, (good, "ACCEPTEE")])
    return Story("replaced", facts, [*spans, Span(TO_RECTIFY, (OPEN, REASONS[code]), late)], states)


def in_fractions(place: Place) -> Story:
    """The first half comes in time; the other one late, or never."""
    came = _on_time(place)
    other = _late(place) if place.random.random() < 0.6 else None
    facts = [deposit(place, came, fraction=1, fractions=2)]
    spans = missed(place, other, "FRACTION")
    states = [*until(place, came), (came, "EN_ATTENTE"), (place.grace_end, "PARTIELLE")]
    if other:
        done = plus(other, 2)
        facts += [deposit(place, other, 2, fraction=2, fractions=2)]
        facts += [answer(place, done, 0, number) for number in (1, 2)]
        states = [one for one in states if one[0] < other]
        states += [(other, "EN_TRAITEMENT"), (done, "ACCEPTEE")]
    return Story("in fractions", facts, spans, states)


def not_for_us(place: Place) -> Story:
    """Only a test came, or a declaration that names another caisse."""
    said: dict[str, object] = {"test": True} if place.random.random() < 0.5 else {"fund_codes": {"BTPZZZ": 3}}
    facts = [deposit(place, _on_time(place), **said)]
    return Story("not for us", facts, missed(place, None, "NOT_ADDRESSED"), waiting(place))


def cancelled(place: Place) -> Story:
    """Accepted, then cancelled before the due date, and nothing else."""
    came = plus(place.due, -9) + _hours(place)
    done, gone = plus(came, 2), plus(came, 5)
    facts = [deposit(place, came), answer(place, done, 0), deposit(place, gone, 2, type="04", individuals=0)]
    states = [(BEGINNING, "A_VENIR"), (came, "EN_TRAITEMENT"), (done, "ACCEPTEE"), (gone, "A_VENIR")]
    return Story("cancelled", facts, missed(place), [*states, *waiting(place)[1:]])


WEIGHTED: list[tuple[Scenario, int]] = [
    (accepted(_ahead), 18),
    (accepted(_on_time), 22),
    (accepted(_in_grace), 8),
    (accepted(_late), 8),
    (nothing, 8),
    (neant, 4),
    (nobody, 3),
    (judged(1), 5),
    (judged(2), 4),
    (judged(3), 4),
    (turned, 2),
    (unanswered, 3),
    (looked_at_again, 3),
    (replaced, 3),
    (in_fractions, 3),
    (not_for_us, 2),
    (cancelled, 2),
]
AHEAD = accepted(_ahead)
LEAVING = accepted(_ahead, exit_requested=True)
