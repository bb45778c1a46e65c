"""Facts of the caisse's systems, one by one or many at once: each becomes an event of the bus (docs/decisions/0044)."""

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, ValidationError

from backbone.web import accepts, machine, perform, principal
from contracts.events.facts import CARDS, CRM_PUBLISHED, FACT_ID
from contracts.words.services import DSN_WRITE
from services.dsn.api.machine_schemas import FactsSchema, VerdictsSchema
from services.dsn.api.routes import blp
from services.dsn.domain.crm_reading import crm_from
from services.dsn.domain.verdicts import Verdict, refused
from services.dsn.use_cases.record_facts import FactSaid, RecordFacts, record_facts

MAX_BODY = 4 * 1024 * 1024
BY_TYPE = {card.type: card for card in CARDS}


@blp.post("/facts")
@machine(DSN_WRITE)
@accepts("application/json", max_bytes=MAX_BODY)
@blp.arguments(FactsSchema)
@blp.response(200, VerdictsSchema)
def post_facts(body: dict[str, Any]) -> Any:
    """Tell facts: declarations received, answers, failures, rectifications, due dates. The same again has no effect."""
    said = [_read(**one) for one in body["facts"]]
    return perform(record_facts, RecordFacts(principal().owner, said))


def _read(id: str, type: str, data: Mapping[str, Any]) -> FactSaid | Verdict:
    """The fact, or the verdict of what cannot be read: which fields are wrong, and nothing of what is in them."""
    if type not in BY_TYPE:
        return refused(id, "type_inconnu")
    card = BY_TYPE[type]
    try:
        if card is CRM_PUBLISHED:
            read = crm_from(data).crm
            if not read.is_ours:
                return refused(id, "nature_crm_ignoree")
            data = read.as_plain()
        loaded = card.schema(unknown=RAISE).load({**data, "fact_id": FACT_ID})
    except ValidationError as error:
        wrong = sorted(set(map(str, error.messages_dict)) & set(card.schema().fields))
        return refused(id, "fait_illisible", fields=wrong)
    except ValueError:
        return refused(id, "fait_illisible")
    return FactSaid(id, card, {name: value for name, value in loaded.items() if name != "fact_id"})
