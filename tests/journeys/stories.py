"""What several journeys begin with: a founder in his space, a firm that companies have delegated to."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.companies import Company, import_companies
from tests.journeys.people import Person
from tests.journeys.systems import System

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
    if founder.page.get_by_role("heading", name="Connexion à votre espace CIBTP").is_visible():
        founder.choose(company, company.sites[0][0])
    expect(founder.page.get_by_role("heading", name="Bienvenue sur votre espace sécurisé !")).to_be_visible()
    return founder


def a_delegated_firm(
    system: System, someone: Someone, *companies: Company, **rights: str
) -> tuple[Person, list[Person]]:
    """A firm's accountant to whom each company delegated and confirmed, not logged in yet; and the founders."""
    import_companies(system, *companies)
    firm = someone(companies[0].firm.email)
    founders = []
    for number, company in enumerate(companies):
        founder = a_founder(system, someone, company, imported=True)
        founder.delegate_to_firm(company, **rights)
        if number == 0:
            firm.complete_account("Martin", "Claire")
        founder.confirm(founder.mail(DEMAND))
        founders.append(founder)
    return firm, founders
