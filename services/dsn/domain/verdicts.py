"""What became of a fact that was told, and the sentence of each refusal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

RECORDED, REPEATED, REFUSED = "RECORDED", "REPEATED", "REFUSED"
DETAILS = {
    "type_inconnu": "Ce type de fait n'est pas connu.",
    "fait_illisible": "Ce fait n'est pas lisible.",
    "date_future": "Ce fait est daté dans l'avenir.",
    "sans_declaration": "Un échec désigne un établissement et son mois, ou un flux.",
    "contredit": "Cet identifiant a déjà servi à dire autre chose ; le premier fait est conservé.",
    "nature_crm_ignoree": "Ce compte rendu n'est pas celui de la caisse : il ne compte pas.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`status` is RECORDED, REPEATED (known already, no effect) or REFUSED: then `code`, `detail` and the `fields`."""

    id: str
    status: str
    code: str | None = None
    detail: str | None = None
    fields: Sequence[str] = ()

    def as_plain(self) -> dict[str, Any]:
        """As it is answered."""
        return {**asdict(self), "fields": list(self.fields)}


def refused(id: str, code: str, detail: str = "", fields: Sequence[str] = ()) -> Verdict:
    """The verdict of a refusal."""
    return Verdict(id, REFUSED, code, detail or DETAILS[code], fields)
