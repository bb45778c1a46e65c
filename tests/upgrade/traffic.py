"""What people and the caisse do while two versions run: one company from its invitation to the closing."""

from collections import Counter
from itertools import cycle

import httpx

from embedded.mailbox import body
from tests.journeys.companies import a_company, machine_token, missing, period
from tests.journeys.test_7_kill import STEPS
from tests.journeys.test_10_bus_away import Story
from tests.upgrade.beside import Beside
from tests.upgrade.browsing import Visitor, read
from tests.upgrade.version import Version
from tools.dsn_synth.monthly import Monthly, render, rubrics

LATE = 2  # months ago the first declaration was due


class Business(Story):
    """A company, its firm, what each does by the services' HTTP and through the pages of the given versions."""

    def __init__(self, system: Beside) -> None:
        super().__init__(system, a_company(Siège=period(LATE)))  # type: ignore[arg-type]
        self._beside = system

    def declare(self) -> None:
        """The caisse sends the declaration of each month that is missing."""
        headers = {"Content-Type": "application/octet-stream"}
        for month in missing(period(LATE)):
            headers["Authorization"] = f"Bearer {machine_token(self._beside)}"
            file = render(rubrics(Monthly(self.company.siret("Siège"), month)))
            answer = httpx.post(f"{self._beside.api('dsn')}/v1/imports", content=file, headers=headers, timeout=30)
            assert answer.raise_for_status().json()["declarations"][0]["status"] in ("OK", "WARN"), answer.text

    def browse(self, *versions: Version) -> None:
        """The administrator sees his space and writes to the caisse; each request goes to the next version's pages."""
        doors = cycle([self._beside.page(version) for version in versions])
        visitor = Visitor(self._beside.url, lambda: next(doors))
        home = visitor.log_in(self.company.administrateur)
        assert "Bienvenue sur votre espace sécurisé" in home
        space = read(visitor.where, r"(/espace/[^/]+/[^/]+/)")
        assert self.company.firm.email in visitor.open(f"{space}droits")
        assert "Suivi DSN" in visitor.open(f"{space}suivi-dsn")
        visitor.open(f"{space}contact")
        told = visitor.send(objet="Question", message="Bonjour", consentement="true")
        assert "Votre message est transmis à votre caisse sous la référence" in told

    def end(self) -> None:
        """The administrator closes what his firm has; its access ends everywhere."""
        self.decide("closing")
        firm = self.company.firm.email
        self._until(lambda: self.sites(firm) == (200, 0) and self.write(firm) == 404)

    def mails(self) -> Counter[str]:
        """How often each step was mailed to whom it is for."""
        people = {"administrateur": self.company.administrateur, "cabinet": self.company.firm.email}
        return Counter(
            step
            for message in self._beside.emails()
            for step, (who, words) in STEPS.items()
            if people[who] in str(message["To"]) and words in str(message["Subject"])
        )

    def written(self) -> int:
        """The messages to the caisse that carry this company's name."""
        return sum(
            self.company.raison_sociale in body(message, "plain") and "Question" in str(message["Subject"])
            for message in self._beside.emails()
        )
