"""What several journeys begin with: a founder in his space, a firm that companies have delegated to."""

from collections.abc import Callable
from contextlib import suppress

import httpx

from tests.journeys.companies import Company, import_companies, person_token
from tests.journeys.people import Person
from tests.journeys.systems import System
from tests.support.ports import eventually

Someone = Callable[[str], Person]
INVITATION = "Compléter les informations de mon espace sécurisé"
DEMAND = "Confirmer la délégation"


def a_founder(system: System, someone: Someone, company: Company, *, imported: bool = False) -> Person:
    """The founding administrator of `company`, imported, his account complete, logged in and in his space."""
    if not imported:
        import_companies(system, company)
    founder = someone(company.administrateur)
    founder.complete_account("Patron", "Paul")
    founder.log_in()
    founder.enter(company, company.sites[0][0])
    return founder


def a_delegated_firm(
    system: System, someone: Someone, *companies: Company, **rights: str
) -> tuple[Person, list[Person]]:
    """A firm's accountant to whom each company delegated and confirmed, not logged in yet; and the founders.

    Every service knows it when this returns: events are on their way for a moment after « Confirmer ».
    """
    import_companies(system, *companies)
    firm = someone(companies[0].firm.email)
    founders = []
    for number, company in enumerate(companies):
        founder = a_founder(system, someone, company, imported=True)
        founder.delegate_to_firm(company, **rights)
        if number == 0:
            firm.complete_account("Martin", "Claire")
        else:
            await_access(system, firm.email, *companies[:number])
            firm.accept(company)
        founder.confirm(founder.mail(DEMAND))
        founders.append(founder)
    await_access(system, firm.email, *companies)
    return firm, founders


def a_colleague(by: Person, someone: Someone, name: str, *, ends_on: str = "") -> Person:
    """Somebody to whom `by` delegated « En consultation » everywhere, who opened his account and was confirmed."""
    colleague, asked = someone(f"{name}-{by.email}"), len(by.mails(DEMAND))
    by.delegate_to(colleague.email, ends_on=ends_on)
    colleague.complete_account("Robin", name.title())
    by.confirm(by.mail(DEMAND, count=asked + 1))
    return colleague


def await_access(system: System, email: str, *companies: Company) -> None:
    """Until identity lets in who was just confirmed and dsn, the last to hear of it, lists all the sites.

    Asked slowly: five refusals in a row would close the door for a minute (C6).
    """

    def token() -> str:
        with suppress(httpx.HTTPStatusError):
            return person_token(system, email)
        return ""

    headers = {"Authorization": f"Bearer {eventually(token, limit=90, every=3, what=f'{email} is not let in')}"}
    sites = f"{system.api('dsn')}/v1/sites?page_size=1"
    total = sum(len(company.sites) for company in companies)
    eventually(
        lambda: httpx.get(sites, headers=headers, timeout=10).json().get("total") == total,
        limit=30,
        what=f"dsn does not show {email} the {total} sites",
    )
