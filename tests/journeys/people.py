"""People of a journey, each with a browser of his own: what they read in their mails, type and click, by the labels."""

import re
from email.message import EmailMessage

from playwright.sync_api import BrowserContext, Page, expect

from embedded.mailbox import body
from tests.journeys.companies import PASSWORD, Company
from tests.journeys.systems import System
from tests.support.ports import eventually

TOO_MANY = 429


class Person:
    """Somebody with an address and a browser. `page` is where he is."""

    def __init__(self, system: System, context: BrowserContext, email: str) -> None:
        self.system, self.email, self.password = system, email, PASSWORD
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console", lambda said: self.errors.append(said.text) if _is_our_error(said.text, said.type) else None
        )

    # mails

    def mails(self, subject: str) -> list[EmailMessage]:
        """The mails he got whose subject has `subject`."""
        return [one for one in self.system.emails() if self.email in str(one["To"]) and subject in str(one["Subject"])]

    def mail(self, subject: str, count: int = 1) -> EmailMessage:
        """The last of his `count` mails with that subject, as soon as it came."""
        eventually(lambda: len(self.mails(subject)) >= count, limit=30, what=f"mail « {subject} » to {self.email}")
        return self.mails(subject)[-1]

    def link(self, mail: EmailMessage) -> str:
        """The address behind the button of a mail, as its text says it."""
        found = re.search(r"https?://\S+/(?:lien|delegations)/\S+", body(mail, "plain"))
        assert found, body(mail, "plain")
        return found.group(0)

    # account

    def open(self, path: str) -> None:
        """Go to an address of the system."""
        self.page.goto(path if path.startswith("http") else f"{self.system.url}{path}")

    def complete_account(self, nom: str, prenom: str, mail: EmailMessage | None = None) -> None:
        """Follow the invitation and fill the form (G41–G50)."""
        self.open(self.link(mail or self.mail("Compléter les informations de mon espace sécurisé")))
        expect(self.page.get_by_role("heading", name="Ouverture de délégation")).to_be_visible()
        self.page.get_by_label("Mot de passe *", exact=True).fill(PASSWORD)
        self.page.get_by_label("Confirmation mot de passe *", exact=True).fill(PASSWORD)
        self.page.get_by_label("Nom *", exact=True).fill(nom)
        self.page.get_by_label("Prénom *", exact=True).fill(prenom)
        self.page.get_by_role("button", name="Valider").click()
        expect(self.page.get_by_role("heading", name="Finalisation de l'ouverture d'une délégation")).to_be_visible()

    def accept(self, company: Company) -> None:
        """Follow the mail of a delegation that an account is offered, log in, accept it without a form, leave (T1)."""
        self.open(self.link(self.mail(f"Une délégation de {company.raison_sociale} est à accepter")))
        expect(self.page.get_by_text("Vous avez déjà un espace sécurisé : connectez-vous")).to_be_visible()
        self.page.get_by_role("main").get_by_role("link", name="Connexion", exact=True).click()
        self.page.get_by_label("Adresse électronique").fill(self.email)
        self.press("Connexion", **{"Mot de passe": PASSWORD})
        expect(self.page.get_by_role("heading", name="Délégations à accepter")).to_be_visible()
        self.page.get_by_role("button", name=f"Accepter la délégation de {company.raison_sociale}").click()
        expect(self.page.get_by_text("Vous avez accepté la délégation.")).to_be_visible()
        self.log_out()

    def try_to_log_in(self, password: str = "") -> None:
        """Fill the login form (G56), with his password or another, and be answered."""
        self.open("/connexion")
        self.page.get_by_label("Adresse électronique").fill(self.email)
        self.press("Connexion", **{"Mot de passe": password or self.password})

    def log_in(self, password: str = "") -> None:
        """Log in, and be in."""
        self.try_to_log_in(password)
        expect(self.page.get_by_role("button", name="Se déconnecter")).to_be_visible()

    def press(self, button: str, **passwords: str) -> None:
        """Fill the password fields of a form and send it: again after the minute asked for, when this machine's
        address gave passwords too often (C6)."""

        def answered() -> bool:
            for label, password in passwords.items():
                self.page.get_by_label(label, exact=True).fill(password)
            with self.page.expect_response(lambda response: response.request.method == "POST") as answer:
                self.page.get_by_role("button", name=button, exact=True).click()
            return answer.value.status != TOO_MANY

        eventually(answered, limit=90, every=5, what=f"« {button} » is not answered to {self.email}")

    def log_out(self) -> None:
        """« Se déconnecter »."""
        self.page.get_by_role("button", name="Se déconnecter").click()
        expect(self.page.get_by_role("button", name="Connexion", exact=True)).to_be_visible()

    # an adhérent's space

    def choose(self, company: Company, site: str = "Siège") -> None:
        """Select a line and « Valider » (G60)."""
        self.page.get_by_role("radio", name=f"{company.raison_sociale}, {site}").check()
        self.page.get_by_role("button", name="Valider").click()
        expect(self.page.get_by_role("heading", name="Bienvenue sur votre espace sécurisé !")).to_be_visible()

    def enter(self, company: Company, site: str = "Siège") -> None:
        """To the home page after a login: by the choice screen, or at once with one single site. An account just opened
        finds an empty list that looks again by itself until its rights have come."""
        line = self.page.get_by_role("radio", name=f"{company.raison_sociale}, {site}")
        welcome = self.page.get_by_role("heading", name="Bienvenue sur votre espace sécurisé !")
        expect(line.or_(welcome)).to_be_visible()
        if not welcome.is_visible():
            self.choose(company, site)

    def line(self, company: Company, site: str = "Siège") -> str:
        """The text of a line of the choice screen."""
        return self.page.get_by_role("row").filter(has_text=company.raison_sociale).filter(has_text=site).inner_text()

    def go_to(self, entry: str) -> None:
        """A link of the menu, a tile or a bar, by its name."""
        self.page.get_by_role("link", name=entry).first.click()

    def in_space(self, suffix: str) -> None:
        """A page of the current adhérent and site."""
        space = r"https?://[^/]+/espace/[^/]+/[^/]+/"
        if not re.match(space, self.page.url):
            self.open("/choix")  # with one single site this goes straight to its home page
        found = re.match(space, self.page.url)
        assert found, self.page.url
        self.page.goto(found.group(0) + suffix)

    def delegate_to_firm(self, company: Company, *, administrator: bool = False, **rights: str) -> None:
        """« Déléguer à mon cabinet comptable », both steps; `rights` maps a function's label to a level's (G21–G40), an
        administrator has them all (G29)."""
        self.in_space("droits")
        self.page.get_by_role("link", name="Déléguer à mon cabinet comptable").click()
        expect(self.page.get_by_label("Adresse électronique *")).to_have_value(company.firm.email)
        self.page.get_by_role("button", name=re.compile("Continuer|Suivant|Étape suivante")).click()
        if administrator:
            self.page.get_by_role("checkbox", name=re.compile("Administrateur")).check()
            self.page.get_by_label(re.compile("^Mot de passe")).fill(PASSWORD)
        else:
            for function, level in (rights or {"Mes déclarations nominatives": "Mise à jour"}).items():
                self.page.get_by_role("radio", name=f"{function} : {level}").check()
        self._delegates()

    def delegate_to(self, email: str, column: str = "En consultation", ends_on: str = "") -> None:
        """« Ajouter une délégation », both steps, with a whole column of the matrix (G24–G40)."""
        self.in_space("droits")
        self.page.get_by_role("link", name="Ajouter une délégation").click()
        self.page.get_by_label("Adresse électronique *").fill(email)
        self.page.get_by_label("Date de fin", exact=True).fill(ends_on)
        self.page.get_by_role("button", name="Suivant").click()
        self.page.get_by_role("button", name=column).click()
        self._delegates()

    def _delegates(self) -> None:
        self.page.get_by_role("button", name="Valider").last.click()
        expect(self.page.get_by_text("La délégation est enregistrée.")).to_be_visible()

    def on_line_of(self, email: str, action: str) -> None:
        """« Visualisation », « Modification » or « Fermeture » of a beneficiary's line in the list (G19)."""
        self.in_space("droits")
        theirs = self.page.get_by_role("row").filter(has_text=email)
        theirs.get_by_role("link", name=re.compile(f"^{action} ")).click()

    def confirm(self, mail: EmailMessage, decision: str = "Confirmer") -> None:
        """Follow the link of a confirmation mail and decide (G52)."""
        self.open(self.link(mail))
        self.page.get_by_role("button", name=decision).click()
        expect(
            self.page.get_by_text("La délégation est " + {"Confirmer": "confirmée", "Refuser": "refusée"}[decision])
        ).to_be_visible()


def _is_our_error(text: str, kind: str) -> bool:
    """A console error that is not the browser's note of a 4xx the test asked for."""
    return kind == "error" and "the server responded with a status of 4" not in text
