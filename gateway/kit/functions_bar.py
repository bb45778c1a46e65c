"""The five icons of every page (G71, G79): write to the caisse, questions, help of the page, news, its tutorial.

What the pages of help are about is the page they were opened from: its help by its template, and its address, to come
back to, which they carry among themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, g, request, url_for
from jinja2 import pass_context
from jinja2.runtime import Context

from gateway.kit.beside import here
from gateway.kit.fields import Hidden
from gateway.kit.forms import Form
from gateway.kit.help_texts import Help, help_of, help_texts
from gateway.kit.memory import handle, remembered
from gateway.kit.news import newest
from gateway.kit.questions import themes
from gateway.kit.session import local_path

OF_HELP = ("aide", "questions", "nouveautes")  # the pages that come back to the one they were opened from


class Origin(Form):
    """The page that a page of help was opened from."""

    depuis = Hidden(sent=False)

    @property
    def path(self) -> str | None:
        """Its address, if it is one of this site."""
        return local_path(self.depuis.value)


@dataclass(frozen=True)
class Function:
    """One icon. `mark`: what its point means, in words; `data`: what its script is told."""

    label: str
    url: str
    icon: str
    mark: str = ""
    current: bool = False
    data: Mapping[str, str] | None = None


def show_functions(app: Flask) -> None:
    """Give `base.html` the icons of its page; read all that they lead to, so that a fault in it stops the start."""
    help_texts(), themes(), newest()
    app.jinja_env.globals["fonctions_de_la_page"] = functions_of_page


def origin() -> str | None:
    """Where the pages of help come back to: this page, or the one that this page of help was opened from."""
    return Origin.asked().path if request.blueprint in OF_HELP else here()


@pass_context
def functions_of_page(context: Context) -> list[Function]:
    """The icons, for the page that `context` is the template of."""
    found, back = help_of(context.name), origin()
    return [
        Function("Contacter votre caisse CIBTP", context["contact_url"], "mail"),
        Function(
            "Questions-Réponses",
            url_for("questions.page", depuis=back),
            "message-circle-question-mark",
            current=request.blueprint == "questions",
        ),
        Function("Aide applicative de la page", _help(found, back), "life-buoy"),
        Function(
            "Nouveautés de l'Espace sécurisé",
            url_for("nouveautes.page", depuis=back),
            "megaphone",
            mark="non lues" if _unread() else "",
            current=request.blueprint == "nouveautes",
        ),
        Function(
            "Tutoriel de la page",
            f"{_help(found, back)}#tutoriel",
            "graduation-cap",
            data={"tutoriel": found.page, "pour": handle()} if found else None,
        ),
    ]


def _help(found: Help | None, back: str | None) -> str:
    return url_for("aide.page", page=found.page, depuis=back) if found else url_for("informations.aide")


def _unread() -> bool:
    return "person" in g and remembered().news < newest()
