"""The field of a form that answers for many delegations at once: three names for each, one list for its service."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from contracts.words.review import Answer
from gateway.clients.review_answer import ReviewAnswer
from gateway.kit.fields import Field
from gateway.kit.labels import is_uuid
from gateway.kit.reading import number


@dataclass(eq=False)
class Answers(Field[list[ReviewAnswer]]):
    """What becomes of each delegation of which something was chosen. `required`: the sentence when of none was."""

    CHOICE: ClassVar[str] = "choix_"
    VERSION: ClassVar[str] = "version_"
    LEVEL: ClassVar[str] = "droit_"

    def take(self, source: Mapping[str, Any]) -> dict[str, str]:
        """The names of all of them, and under its own which were answered for."""
        ours = (self.CHOICE, self.VERSION, self.LEVEL)
        sent = {name: str(source[name]) for name in source if name.startswith(ours)}
        chosen = [name.removeprefix(self.CHOICE) for name, value in sent.items() if self._chosen(name, value)]
        return {**sent, self.name: " ".join(chosen)}

    def read(self, values: Mapping[str, str]) -> list[ReviewAnswer]:
        """One of each."""
        return [self._answer(id, values) for id in values[self.name].split()]

    def _chosen(self, name: str, value: str) -> bool:
        return name.startswith(self.CHOICE) and is_uuid(name.removeprefix(self.CHOICE)) and value in list(Answer)

    def _answer(self, id: str, values: Mapping[str, str]) -> ReviewAnswer:
        start, version = f"{self.LEVEL}{id}_", number(values.get(self.VERSION + id)) or 0
        levels = {name.removeprefix(start): value for name, value in values.items() if name.startswith(start) and value}
        return ReviewAnswer(id, version, values[self.CHOICE + id], levels)
