"""An act on what others may change names the version it was decided on (AA52): 428 without, 412 when it is not current.

A new route that changes something is either guarded by `require_version`, or stands below with the reason why not.
"""

import inspect
from collections.abc import Iterator

from backbone.testing import ServiceUnderTest

NEW = "makes something new: there is no version yet"
ASKS = "asks, changes nothing"
LINK = "the link is the state: it is used once, and dies with what it was sent for"
OWN = "one's own session or secret, proved by what comes with the request"
NEUTRAL = "the answer is the same whatever the state is: a version would tell it"
STATES = "writes down what is, whatever was shown; twice it is the same document"
FREE = {
    "identity": {
        "/v1/sessions": NEW,
        "/v1/sessions/token": OWN,
        "/v1/sessions/rotate": OWN,
        "/v1/sessions/reauthenticate": OWN,
        "/v1/sessions/end": OWN,
        "/v1/account/sessions/<uuid:session_id>/end": OWN,
        "/v1/account/sessions/end-others": OWN,
        "/v1/account/invitations/acceptance": "names the very delegations that were shown; what is over is left out",
        "/v1/account/password": OWN,
        "/v1/account/identifier": OWN,
        "/v1/account/mobile/code": "sends a code to the number of now; the certification names it by its code",
        "/v1/account/mobile/certification": "the code is the state: it dies with the number it was sent to",
        "/v1/account/bank-details/code": "asks, of the number and the company of now",
        "/v1/account/bank-details/proof": "the code is the state: it is of one request, and dies with the number",
        "/v1/invitations/lookup": ASKS,
        "/v1/invitations/complete": LINK,
        "/v1/invitations/accept": LINK,
        "/v1/account/invitations/<uuid:delegation_id>/acceptance": "what waits for its person is not modified (T7)",
        "/v1/invitations/renew": NEUTRAL,
        "/v1/invitations/mobile/code": LINK,
        "/v1/invitations/mobile/certification": LINK,
        "/v1/account/links/lookup": ASKS,
        "/v1/password-resets": NEUTRAL,
        "/v1/password-resets/lookup": ASKS,
        "/v1/password-resets/complete": LINK,
        "/v1/identifier-changes/asked": ASKS,
        "/v1/identifier-changes/activation/lookup": ASKS,
        "/v1/identifier-changes/activation": LINK,
        "/v1/identifier-changes/undo/lookup": ASKS,
        "/v1/identifier-changes/undo": LINK,
        "/v1/certifications/lookup": ASKS,
        "/v1/certifications/complete": LINK,
        "/v1/certifications/renew": NEUTRAL,
        "/v1/token": NEW,
    },
    "delegation": {
        "/v1/mandates/<uuid:delegation_id>/reminder": "changes nothing of it; said again within two days it is refused",
        "/v1/adherents/<uuid:adherent_id>/delegations": NEW,
        "/v1/adherents/<uuid:adherent_id>/delegations/<uuid:delegation_id>/attestation": STATES,
        "/v1/mandates/<uuid:delegation_id>/attestation": STATES,
        "/v1/attestations/verification": ASKS,
        "/v1/adherents/<uuid:adherent_id>/profiles": NEW,
        "/v1/adherents/<uuid:adherent_id>/review": "each answer of the form names the version of its own delegation",
        "/v1/adherents/<uuid:adherent_id>/bank-details/requests/<uuid:request_id>/cancellation": "one request, once",
        "/v1/adherents/<uuid:adherent_id>/bank-details/passage": "one's own request, as it is now",
        "/v1/founders": "names the founder that it replaces: another one is a 409",
        "/v1/imports": NEW,
        "/v1/imports/<uuid:import_id>/lines": "the caisse's files say what is, whatever was; a chunk again is harmless",
        "/v1/adherents/<uuid:adherent_id>/uses": "a mark of one's own, that nobody else can change",
        "/v1/adherents/<uuid:adherent_id>/pins/<string:code>": "one's own wish: the last one holds",
        "/v1/adherents/<uuid:adherent_id>/pins/<string:code>/end": "one's own wish: the last one holds",
    },
    "notification": {
        "/v1/preferences": "one's own wishes, whole each time: the last one holds",
        "/v1/preferences/stops/lookup": ASKS,
        "/v1/preferences/stops": "as often as one likes: it stops what is stopped",
    },
    "dsn": {
        "/v1/imports": NEW,
        "/v1/facts": "a fact never changes: it is known by its sender's id, and again by what it says",
        "/v1/calendar": "the caisse says what its due dates are, whatever they were; the later word counts",
        "/v1/quarantine/replay": "what is known by now is judged; twice is harmless",
        "/v1/alerts/<uuid:alert_id>/seen": "a mark of one's own, that nobody else can change",
    },
    "contact": {
        "/v1/adherents/<uuid:adherent_id>/messages": NEW,
        "/v1/dossiers/lookup": ASKS,
        **{
            f"/v1/adherents/<uuid:adherent_id>/draft{act}": "one's own draft: the last word holds"
            for act in ("", "/files", "/files/<uuid:file_id>/removal", "/discard")
        },
    },
}


def changing(under: ServiceUnderTest) -> Iterator[tuple[str, bool]]:
    """Each route that may change something, and whether its view asks for the version."""
    for rule in under.app.url_map.iter_rules():
        if {"POST", "PUT", "PATCH", "DELETE"} & (rule.methods or set()):
            yield str(rule), _asks(inspect.unwrap(under.app.view_functions[rule.endpoint]))


def _asks(view: object) -> bool:
    """Whether the view, or a helper of its file that it calls, requires the version."""
    seen = [view, *(inspect.getmodule(view).__dict__.get(name) for name in view.__code__.co_names)]  # type: ignore[attr-defined,union-attr]
    return any("require_version" in one.__code__.co_names for one in seen if inspect.isfunction(one))


def test_every_act_on_what_others_may_change_names_a_version_or_says_why_not(under: ServiceUnderTest) -> None:
    free = FREE.get(under.service.name, {})
    for route, asks in changing(under):
        assert asks != (route in free), f"{under.service.name} {route}: require_version(), or a reason in FREE."


def test_no_reason_outlives_its_route(under: ServiceUnderTest) -> None:
    left = set(FREE.get(under.service.name, {})) - {route for route, _ in changing(under)}
    assert not left, f"{left}: not routes of {under.service.name} any more."
